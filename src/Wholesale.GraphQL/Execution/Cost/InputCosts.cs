using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Execution;

/// <summary>
/// What input values cost: the weight of the argument or input field they are given for, for each item of a list, and of all that is within. Null costs nothing.
/// For one request: a list is added up once, however many fields it is given to.
/// </summary>
internal sealed class InputCosts(CostModel model)
{
    private Dictionary<(object List, InputValueDefinition Place), long>? lists;

    /// <summary>The cost of a coerced value. Recurses no deeper than input may nest.</summary>
    public long Of(InputValueDefinition place, object? value) => Of(place, place.Type.Nullable, value);

    private long Of(InputValueDefinition place, GraphQLType type, object? value)
    {
        if (value is null || value == Absent.Value)
        {
            return 0;
        }

        if (type is ListType list)
        {
            var item = list.ItemType.Nullable;
            var items = (object?[])value;
            return item is ListType or InputObjectType ? SumOf(place, item, items) : Weight.Times(model.WeightOf(place), items.Length);
        }

        return value is InputObjectValue inputObject ? Weight.Sum(model.WeightOf(place), Within(inputObject)) : model.WeightOf(place);
    }

    private long SumOf(InputValueDefinition place, GraphQLType item, object?[] items)
    {
        lists ??= [];
        if (!lists.TryGetValue((items, place), out var sum))
        {
            foreach (var each in items)
            {
                sum = Weight.Sum(sum, Of(place, item, each));
            }

            lists[(items, place)] = sum;
        }

        return sum;
    }

    private long Within(InputObjectValue value)
    {
        if (value.CostWithin == InputObjectValue.Unknown)
        {
            var sum = 0L;
            for (var i = 0; i < value.Fields.Length; i++)
            {
                sum = Weight.Sum(sum, Of(value.Type.Fields[i], value.Fields[i]));
            }

            value.CostWithin = sum;
        }

        return value.CostWithin;
    }
}
