using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Execution;

/// <summary>An output type of the schema together with the CLR type of its values: knows which column holds them. Made once at start-up.</summary>
internal abstract class Output
{
    /// <summary>The object types whose selections such a value needs, in the order of <see cref="PlanField.Selections"/>; empty for leaves.</summary>
    public virtual IReadOnlyList<ObjectType> ObjectTypes => [];
}

/// <summary>An output whose nullable values have the CLR type <typeparamref name="T"/>.</summary>
internal abstract class Output<T> : Output
{
    public abstract Column<T> NewColumn(Run run, PlanField field, bool nonNull, Column? container);
}

internal sealed class ScalarOutput<T, TScalar> : Output<T>
    where TScalar : struct, IScalar<T>
{
    public override Column<T> NewColumn(Run run, PlanField field, bool nonNull, Column? container) =>
        new ScalarColumn<T, TScalar>(run, field, nonNull, container);
}

/// <summary>The specification's String and ID, as CLR strings.</summary>
internal sealed class StringOutput : Output<string>
{
    public override Column<string> NewColumn(Run run, PlanField field, bool nonNull, Column? container) => new StringColumn(run, field, nonNull, container);
}

internal sealed class NullableScalarOutput<T, TScalar> : Output<T?>
    where T : struct
    where TScalar : struct, IScalar<T>
{
    public override Column<T?> NewColumn(Run run, PlanField field, bool nonNull, Column? container) =>
        new NullableScalarColumn<T, TScalar>(run, field, nonNull, container);
}

internal sealed class EnumOutput<T, TKey>(FrozenDictionary<TKey, byte[]> names) : Output<T>
    where TKey : notnull
{
    public override Column<T> NewColumn(Run run, PlanField field, bool nonNull, Column? container) =>
        new EnumColumn<T, TKey>(run, field, nonNull, container, names);
}

internal sealed class ListOutput<TList, TItem>(Output item, bool itemNonNull) : Output<TList>
    where TList : class, IReadOnlyList<TItem>
{
    public override IReadOnlyList<ObjectType> ObjectTypes => item.ObjectTypes;

    public override Column<TList> NewColumn(Run run, PlanField field, bool nonNull, Column? container) =>
        new ListColumn<TList, TItem>(run, field, nonNull, container, (Output<TItem>)item, itemNonNull);
}

internal sealed class ObjectOutput<T>(ObjectType type) : Output<T>
{
    public override IReadOnlyList<ObjectType> ObjectTypes { get; } = [type];

    public override Column<T> NewColumn(Run run, PlanField field, bool nonNull, Column? container) =>
        new ObjectColumn<T>(run, field, nonNull, container);
}

internal sealed class NullableObjectOutput<T>(ObjectType type) : Output<T?>
    where T : struct
{
    public override IReadOnlyList<ObjectType> ObjectTypes { get; } = [type];

    public override Column<T?> NewColumn(Run run, PlanField field, bool nonNull, Column? container) =>
        new NullableObjectColumn<T>(run, field, nonNull, container);
}

/// <summary>An interface or union: tells a value's object type by its CLR type. Its members are known only when all types are bound.</summary>
internal sealed class AbstractOutput<T> : Output<T>, IAbstractOutput
    where T : class
{
    private FrozenDictionary<Type, int> indexes = FrozenDictionary<Type, int>.Empty;
    private IReadOnlyList<ObjectType> objectTypes = [];

    public override IReadOnlyList<ObjectType> ObjectTypes => objectTypes;

    public IReadOnlyList<MemberRows> Members { get; private set; } = [];

    public void Bind(IReadOnlyList<(ObjectType Type, Type Clr)> members)
    {
        objectTypes = [.. members.Select(m => m.Type)];
        Members = [.. members.Select(m => (MemberRows)Activator.CreateInstance(typeof(MemberRows<>).MakeGenericType(m.Clr))!)];
        indexes = members.Select((m, i) => KeyValuePair.Create(m.Clr, i)).ToFrozenDictionary();
    }

    /// <summary>Which member a value is; a value of a derived CLR class is what its nearest bound base is; −1 for none.</summary>
    public int TypeIndexOf(T value)
    {
        for (var type = value.GetType(); type is not null; type = type.BaseType)
        {
            if (indexes.TryGetValue(type, out var index))
            {
                return index;
            }
        }

        return -1;
    }

    public override Column<T> NewColumn(Run run, PlanField field, bool nonNull, Column? container) =>
        new AbstractColumn<T>(run, field, nonNull, container, this);
}

internal interface IAbstractOutput
{
    void Bind(IReadOnlyList<(ObjectType Type, Type Clr)> members);
}

/// <summary>The rows of one object type in an abstract column.</summary>
internal abstract class MemberRows
{
    public abstract void Begin(Column column, PlanSelection selection, int capacity);

    public abstract int Add(Column column, PlanSelection selection, object item, int position);
}

[SuppressMessage("Performance", "CA1812", Justification = "Made by AbstractOutput.Bind.")]
internal sealed class MemberRows<T> : MemberRows
{
    public override void Begin(Column column, PlanSelection selection, int capacity) => column.Run.Rows<T>(selection, column).Begin(capacity);

    public override int Add(Column column, PlanSelection selection, object item, int position) =>
        column.Run.Rows<T>(selection, column).Add((T)item, position);
}
