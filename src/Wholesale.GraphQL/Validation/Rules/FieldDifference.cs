using System.Collections.Immutable;
using Wholesale.GraphQL.Language;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Validation.Rules;

/// <summary>Section 5.3.2: what keeps two fields of one response name from being merged, their selection sets left aside.</summary>
static class FieldDifference
{
    /// <summary>The difference as a clause; null where there is none.</summary>
    /// <param name="exclusive">No object has both fields, so only the shape of their values must agree.</param>
    public static string? Between(ValidationContext context, SelectedField a, SelectedField b, bool exclusive)
    {
        if (!exclusive)
        {
            if (a.Node.Name.Value != b.Node.Name.Value)
            {
                return $"\"{a.Node.Name}\" and \"{b.Node.Name}\" are different fields";
            }

            if (!SameArguments(context, a.Node.Arguments, b.Node.Arguments))
            {
                return "they have differing arguments";
            }

            if (a.Parent == b.Parent)
            {
                return null;
            }
        }

        return a.Definition(context.Schema)?.Type is { } typeA && b.Definition(context.Schema)?.Type is { } typeB && !SameShape(typeA, typeB)
            ? $"they return conflicting types \"{typeA}\" and \"{typeB}\""
            : null;
    }

    /// <summary>SameResponseShape() without its selection sets.</summary>
    static bool SameShape(GraphQLType a, GraphQLType b)
    {
        while (a != b)
        {
            switch (a, b)
            {
                case (NonNullType, NonNullType):
                    (a, b) = (a.Nullable, b.Nullable);
                    break;
                case (ListType listA, ListType listB):
                    (a, b) = (listA.ItemType, listB.ItemType);
                    break;
                default:
                    return a is CompositeType && b is CompositeType;
            }
        }

        return true;
    }

    static bool SameArguments(ValidationContext context, ImmutableArray<ArgumentNode> a, ImmutableArray<ArgumentNode> b)
    {
        if (a.Length != b.Length)
        {
            return false;
        }

        for (var i = 0; i < a.Length; i++)
        {
            var j = IndexOf(context, b, i, static argument => argument.Name.Value, a[i].Name.Value);
            if (j < 0 || !SameValue(context, a[i].Value, b[j].Value))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether two literals are the same text but for blanks, commas and the order of input fields.</summary>
    static bool SameValue(ValidationContext context, ValueNode a, ValueNode b) => (a, b) switch
    {
        (VariableNode x, VariableNode y) => x.Name.Value == y.Name.Value,
        (IntValueNode x, IntValueNode y) => x.Value == y.Value,
        (FloatValueNode x, FloatValueNode y) => x.Value == y.Value,
        (BooleanValueNode x, BooleanValueNode y) => x.Value == y.Value,
        (StringValueNode x, StringValueNode y) => x.Value == y.Value && x.IsBlock == y.IsBlock,
        (NullValueNode, NullValueNode) => true,
        (EnumValueNode x, EnumValueNode y) => x.Value == y.Value,
        (ListValueNode x, ListValueNode y) => SameItems(context, x.Values, y.Values),
        (ObjectValueNode x, ObjectValueNode y) => SameFields(context, x.Fields, y.Fields),
        _ => false,
    };

    static bool SameItems(ValidationContext context, ImmutableArray<ValueNode> a, ImmutableArray<ValueNode> b)
    {
        if (a.Length != b.Length)
        {
            return false;
        }

        context.SpendComparisons(a.Length);
        for (var i = 0; i < a.Length; i++)
        {
            if (!SameValue(context, a[i], b[i]))
            {
                return false;
            }
        }

        return true;
    }

    static bool SameFields(ValidationContext context, ImmutableArray<ObjectFieldNode> a, ImmutableArray<ObjectFieldNode> b)
    {
        if (a.Length != b.Length)
        {
            return false;
        }

        context.SpendComparisons(a.Length);
        for (var i = 0; i < a.Length; i++)
        {
            var j = IndexOf(context, b, i, static field => field.Name.Value, a[i].Name.Value);
            if (j < 0 || !SameValue(context, a[i].Value, b[j].Value))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Where a name stands, which is nearly always where it is expected; else a search, whose steps are counted.</summary>
    static int IndexOf<T>(ValidationContext context, ImmutableArray<T> items, int expected, Func<T, string> nameOf, string name)
    {
        if (nameOf(items[expected]) == name)
        {
            return expected;
        }

        for (var i = 0; i < items.Length; i++)
        {
            context.SpendComparisons(1);
            if (nameOf(items[i]) == name)
            {
                return i;
            }
        }

        return -1;
    }
}
