using Wholesale.GraphQL.Language;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Validation.Rules;

/// <summary>Section 5.5.2.3 "Fragment Spread Is Possible": some object is of both types, the fragment's and the one it is spread in.</summary>
sealed class FragmentSpreadIsPossible : Rule
{
    public override void InlineFragment(
        ValidationContext context, InlineFragmentNode inline, NamedTypeNode condition, CompositeType? parentType, NamedType? type)
    {
        if (type is CompositeType fragmentType && parentType is not null && !context.CanOverlap(parentType, fragmentType))
        {
            context.Report($"Fragment cannot be spread here as objects of type \"{parentType}\" can never be of type \"{type}\".", inline);
        }
    }

    public override void FragmentSpread(ValidationContext context, FragmentSpreadNode spread, CompositeType? parentType)
    {
        if (context.Fragment(spread.Name.Value)?.Type is { } type && parentType is not null && !context.CanOverlap(parentType, type))
        {
            context.Report(
                $"Fragment \"{spread.Name}\" cannot be spread here as objects of type \"{parentType}\" can never be of type \"{type}\".", spread);
        }
    }
}
