using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Execution;

/// <summary>
/// Which code answers which field: schema coordinate → batch resolver. Filled once at start-up, then bound to a schema, which checks both against
/// each other. Together with the SDL files this is all that another engine would need.
/// </summary>
public sealed class ResolverMap
{
    internal Dictionary<string, Delegate> Fields { get; } = [];

    internal Dictionary<string, Type> ObjectTypes { get; } = [];

    internal List<(string Name, Type Value, Type Scalar)> Scalars { get; } = [];

    internal Dictionary<Type, Delegate> Parameters { get; } = [];

    internal List<Func<FieldDefinition, FieldGuard?>> Guards { get; } = [];

    /// <summary>
    /// Names a field's resolver. Of a root field: <c>R F(…)</c>; of a subscription: <c>IAsyncEnumerable&lt;R&gt; F(…)</c>, which heeds its
    /// <see cref="CancellationToken"/>. Of any other: <c>IReadOnlyList&lt;R&gt; F(Batch&lt;P&gt; parents, …)</c>, one result a parent.
    /// Either may be a <see cref="ValueTask{TResult}"/> or <see cref="Task{TResult}"/>. A further parameter named like an argument is that argument;
    /// a <see cref="CancellationToken"/> or <see cref="RequestContext"/> is the request's; any other is a service, or what <see cref="Parameter{T}"/> provides.
    /// A field without an entry is the parent's property of that name.
    /// </summary>
    public void Field(string coordinate, Delegate resolver) => Fields.Add(coordinate, resolver);

    /// <summary>Names the CLR type of an object type that no field's type leads to, as members of interfaces and unions are.</summary>
    public void Type<T>(string name) => ObjectTypes.Add(name, typeof(T));

    /// <summary>Names a scalar's CLR type and coercion; ID may be given another CLR type than string, too. The first named is the type of input values.</summary>
    public void Scalar<T, TScalar>(string name) where TScalar : struct, IScalar<T> => Scalars.Add((name, typeof(T), typeof(TScalar)));

    /// <summary>Provides a resolver parameter of this type, once a field and request; awaited before the resolver is called.</summary>
    public void Parameter<T>(Func<RequestContext, ValueTask<T>> provide) where T : class => Parameters.Add(typeof(T), provide);

    /// <summary>Asks, for each field at start-up, whether something must be checked before its resolver is called.</summary>
    public void Guard(Func<FieldDefinition, FieldGuard?> guardOf) => Guards.Add(guardOf);
}

/// <summary>Decides whether a field's resolver may be called: null for yes, else the error that every position of the field gets.</summary>
public delegate ValueTask<GraphQLError?> FieldGuard(RequestContext context);
