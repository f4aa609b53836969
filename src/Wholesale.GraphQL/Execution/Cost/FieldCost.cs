using System.Collections.Immutable;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Execution;

/// <summary>What the schema says of a field's cost. Made once at start-up.</summary>
/// <param name="Own">The weight of calling it for one object.</param>
/// <param name="Arguments">Those whose values weigh something.</param>
/// <param name="Size">Null where there is no <c>@listSize</c>.</param>
/// <param name="ListLevels">How many lists its type has around the named type.</param>
/// <param name="LeafWeight">Of each value, where that is a leaf.</param>
internal sealed record FieldCost(long Own, ImmutableArray<ArgumentCost> Arguments, ListSize? Size, int ListLevels, long LeafWeight)
{
    /// <summary>What one call costs: its own weight and its arguments', never less than 0.</summary>
    public long Call(ArgumentPlan arguments, Variables variables, InputCosts inputs)
    {
        var sum = Own;
        foreach (var argument in Arguments)
        {
            sum = Weight.Sum(sum, inputs.Of(argument.Definition, arguments.Value(argument.Index, variables)));
        }

        return Math.Max(sum, 0);
    }

    /// <summary>Whether the cost depends on arguments that a request's variables may change.</summary>
    public bool DependsOn(ArgumentPlan arguments) => !arguments.IsConstant && (Arguments.Length > 0 || Size is { Slicing.Length: > 0 });

    /// <summary>How many items all lists of one call have, where each has so many.</summary>
    public long Items(long size)
    {
        var items = 1L;
        for (var level = 0; level < ListLevels; level++)
        {
            items = Weight.Times(items, size);
        }

        return items;
    }
}

/// <summary>An argument that weighs something.</summary>
internal sealed record ArgumentCost(int Index, InputValueDefinition Definition);
