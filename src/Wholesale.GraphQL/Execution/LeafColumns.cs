using System.Collections.Frozen;

namespace Wholesale.GraphQL.Execution;

/// <summary>Scalars whose CLR type is a class, or a struct that is never null.</summary>
internal sealed class ScalarColumn<T, TScalar>(Run run, PlanField field, bool nonNull, Column? container) : Column<T>(run, field, nonNull, container)
    where TScalar : struct, IScalar<T>
{
    public override void Complete()
    {
        for (var i = 0; i < Count; i++)
        {
            if (Items[i] is not { } value)
            {
                RejectNull(i);
            }
            else if (!TScalar.CanWrite(value) && !HasFailed(i))
            {
                Fail(i, LeafErrors.NotRepresentable(Field, value));
            }
        }
    }

    public override void Write(int index, Utf8Writer writer)
    {
        if (HasFailed(index) || Items[index] is not { } value)
        {
            writer.Null();
        }
        else
        {
            TScalar.Write(value, writer);
        }
    }
}

/// <summary>
/// Scalars that are strings and travel as they are: most leaves of most answers. <see cref="ScalarColumn{T,TScalar}"/> would do, but classes share one
/// compiled form of it, which looks up the scalar's methods at every value.
/// </summary>
internal sealed class StringColumn(Run run, PlanField field, bool nonNull, Column? container) : Column<string>(run, field, nonNull, container)
{
    private readonly bool nonNull = nonNull;

    public override void Complete()
    {
        for (var i = 0; nonNull && i < Count; i++)
        {
            if (Items[i] is null)
            {
                RejectNull(i);
            }
        }
    }

    public override void Write(int index, Utf8Writer writer)
    {
        if (HasFailed(index) || Items[index] is not { } value)
        {
            writer.Null();
        }
        else
        {
            writer.String(value);
        }
    }
}

/// <summary>Scalars whose CLR type is a nullable struct.</summary>
internal sealed class NullableScalarColumn<T, TScalar>(Run run, PlanField field, bool nonNull, Column? container)
    : Column<T?>(run, field, nonNull, container)
    where T : struct
    where TScalar : struct, IScalar<T>
{
    public override void Complete()
    {
        for (var i = 0; i < Count; i++)
        {
            if (Items[i] is not { } value)
            {
                RejectNull(i);
            }
            else if (!TScalar.CanWrite(value) && !HasFailed(i))
            {
                Fail(i, LeafErrors.NotRepresentable(Field, value));
            }
        }
    }

    public override void Write(int index, Utf8Writer writer)
    {
        if (HasFailed(index) || Items[index] is not { } value)
        {
            writer.Null();
        }
        else
        {
            TScalar.Write(value, writer);
        }
    }
}

/// <summary>Section 3.9 "Enums": CLR enums or strings, by a table of their names as JSON.</summary>
/// <typeparam name="T">The column's CLR type, nullable or not.</typeparam>
/// <typeparam name="TKey">The same without null.</typeparam>
internal sealed class EnumColumn<T, TKey>(Run run, PlanField field, bool nonNull, Column? container, FrozenDictionary<TKey, byte[]> names)
    : Column<T>(run, field, nonNull, container)
    where TKey : notnull
{
    public override void Complete()
    {
        for (var i = 0; i < Count; i++)
        {
            if (Items[i] is not TKey value)
            {
                RejectNull(i);
            }
            else if (!names.ContainsKey(value) && !HasFailed(i))
            {
                Fail(i, LeafErrors.NotRepresentable(Field, value));
            }
        }
    }

    public override void Write(int index, Utf8Writer writer)
    {
        if (HasFailed(index) || Items[index] is not TKey value)
        {
            writer.Null();
        }
        else
        {
            writer.Raw(names[value]);
        }
    }
}

internal static class LeafErrors
{
    public static GraphQLError NotRepresentable(PlanField field, object value) =>
        new($"{field.Definition.Type.Named} cannot represent value: {value}") { Code = ErrorCodes.Internal };
}
