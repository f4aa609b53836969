using Wholesale.GraphQL.Language;

namespace Wholesale.GraphQL.Validation.Rules;

/// <summary>
/// Section 5.5.1.4 "Fragments Must Be Used": each fragment serves an operation. The section asks for a spread anywhere; one in a fragment
/// that is itself unused makes no document valid, and clients expect to hear of both.
/// </summary>
sealed class FragmentsMustBeUsed : Rule
{
    public override void LeaveDocument(ValidationContext context)
    {
        if (!context.HasFragments)
        {
            return;
        }

        foreach (var definition in context.Definitions)
        {
            // Asked by name: of two fragments of one name, the spread is of either.
            if (definition.Node is FragmentDefinitionNode fragment && context.Fragment(fragment.Name.Value) is { IsReached: false })
            {
                context.Report($"Fragment \"{fragment.Name}\" is never used.", fragment);
            }
        }
    }
}
