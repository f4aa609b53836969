using Wholesale.GraphQL.Language;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Validation;

/// <summary>An operation or fragment of the document, and what the walk found in it.</summary>
/// <param name="node">As it was parsed.</param>
/// <param name="index">Its place in <see cref="ValidationContext.Definitions"/>.</param>
/// <param name="type">What its selection set is on; null where there is no such composite type.</param>
sealed class DefinitionFacts(ExecutableDefinitionNode node, int index, CompositeType? type)
{
    FragmentSpreadNode[]? spreads;

    public ExecutableDefinitionNode Node => node;

    public int Index => index;

    public CompositeType? Type => type;

    /// <summary>Where its variables begin in <see cref="ValidationContext.VariableUsages"/>.</summary>
    public int FirstUsage { get; set; }

    /// <summary>How many there are: its own, not those of the fragments that it spreads.</summary>
    public int UsageCount { get; set; }

    /// <summary>Selections and variables in it: what following a spread of it costs.</summary>
    public int Size { get; set; }

    /// <summary>Whether an operation reaches this fragment. Known once the walk is over.</summary>
    public bool IsReached { get; set; }

    /// <summary>The last traversal that came by, so that it comes by once; 0 if none did. See <see cref="ValidationContext.NextMark"/>.</summary>
    public int Mark { get; set; }

    /// <summary>
    /// The spreads in it, nested ones included; those of a selection set before those of the sets inside it, and these from the last to the
    /// first. The order shows only in which of several cycles is reported; it is the reference implementation's.
    /// </summary>
    public FragmentSpreadNode[] Spreads => spreads ??= CollectSpreads();

    FragmentSpreadNode[] CollectSpreads()
    {
        List<FragmentSpreadNode>? found = null;
        Stack<SelectionSetNode>? toVisit = null;
        var set = node.SelectionSet;
        do
        {
            foreach (var selection in set.Selections)
            {
                switch (selection)
                {
                    case FragmentSpreadNode spread:
                        (found ??= []).Add(spread);
                        break;
                    case FieldNode { SelectionSet: { } inner }:
                        (toVisit ??= new()).Push(inner);
                        break;
                    case InlineFragmentNode inline:
                        (toVisit ??= new()).Push(inline.SelectionSet);
                        break;
                }
            }
        }
        while (toVisit is not null && toVisit.TryPop(out set!));

        return found is null ? [] : [.. found];
    }
}

/// <summary>A variable where a value is expected.</summary>
/// <param name="Node">The use.</param>
/// <param name="Type">The type of its position; null where that is unknown, or inside a custom scalar.</param>
/// <param name="HasDefault">Whether the argument or input field that it is given to has a default.</param>
/// <param name="InputObject">The input object in whose field it stands directly; else null.</param>
readonly record struct VariableUsage(VariableNode Node, GraphQLType? Type, bool HasDefault, InputObjectType? InputObject);
