using Wholesale.GraphQL.Language;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Validation.Rules;

/// <summary>Section 5.5.1.3 "Fragments on Object, Interface or Union Types": nothing can be selected on another type.</summary>
sealed class FragmentsOnObjectInterfaceOrUnionTypes : Rule
{
    public override void Fragment(ValidationContext context, FragmentDefinitionNode fragment, NamedType? type)
    {
        if (type is not (null or CompositeType))
        {
            context.Report(
                $"Fragment \"{fragment.Name}\" cannot condition on non composite type \"{fragment.TypeCondition}\".", fragment.TypeCondition);
        }
    }

    public override void InlineFragment(
        ValidationContext context, InlineFragmentNode inline, NamedTypeNode condition, CompositeType? parentType, NamedType? type)
    {
        if (type is not (null or CompositeType))
        {
            context.Report($"Fragment cannot condition on non composite type \"{condition}\".", condition);
        }
    }
}
