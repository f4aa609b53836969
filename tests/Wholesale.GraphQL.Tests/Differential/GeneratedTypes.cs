using Wholesale.GraphQL.Execution;

namespace Wholesale.GraphQL.Tests.Differential;

/// <summary>An object of generated data.</summary>
internal abstract class Thing(string id)
{
    /// <summary>The field <c>id</c> where a type has one: a property, as most fields of a real schema are.</summary>
    public string Id => id;
}

/// <summary>
/// The engine tells object types by their CLR types, of which a generated schema needs as many as it has types:
/// the tags are <c>Zero</c>, <c>Next&lt;Zero&gt;</c>, <c>Next&lt;Next&lt;Zero&gt;&gt;</c> and so on.
/// </summary>
internal sealed class Thing<TTag>(string id) : Thing(id)
{
    public static Thing Create(string id) => new Thing<TTag>(id);
}

/// <summary>The first tag.</summary>
internal sealed class Zero;

/// <summary>The tag after another.</summary>
internal sealed class Next<TTag>;

/// <summary>An input object of generated schemas: its fields in order, <see cref="DBNull"/> for what was left out.</summary>
internal abstract class GeneratedInput(params (string Name, object? Value)[] fields)
{
    public (string Name, object? Value)[] Fields => fields;

    /// <summary>An optional value as an object.</summary>
    public static object? Value<T>(Optional<T> value) => value.HasValue ? value.Value : DBNull.Value;
}

/// <summary>An input object with two fields.</summary>
internal sealed class GeneratedInput<TTag, TP, TQ>(Optional<TP> p, Optional<TQ> q) : GeneratedInput(("p", Value(p)), ("q", Value(q)));

/// <summary>An input object with four.</summary>
internal sealed class GeneratedInput<TTag, TP, TQ, TR, TS>(Optional<TP> p, Optional<TQ> q, Optional<TR> r, Optional<TS> s)
    : GeneratedInput(("p", Value(p)), ("q", Value(q)), ("r", Value(r)), ("s", Value(s)));

/// <summary>An input object that contains itself: <c>{ p: Int q: Self r: [Self!] }</c>.</summary>
internal sealed class RecursiveInput<TTag>(
    Optional<int?> p, Optional<RecursiveInput<TTag>?> q, Optional<IReadOnlyList<RecursiveInput<TTag>?>?> r)
    : GeneratedInput(("p", Value(p)), ("q", Value(q)), ("r", Value(r)));
