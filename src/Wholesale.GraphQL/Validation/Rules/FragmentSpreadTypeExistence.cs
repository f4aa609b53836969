using Wholesale.GraphQL.Language;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Validation.Rules;

/// <summary>Section 5.5.1.2 "Fragment Spread Type Existence": the type in a fragment's condition is one of the schema's.</summary>
sealed class FragmentSpreadTypeExistence : Rule
{
    public override void Fragment(ValidationContext context, FragmentDefinitionNode fragment, NamedType? type) =>
        Check(context, fragment.TypeCondition, type);

    public override void InlineFragment(
        ValidationContext context, InlineFragmentNode inline, NamedTypeNode condition, CompositeType? parentType, NamedType? type) =>
        Check(context, condition, type);

    static void Check(ValidationContext context, NamedTypeNode condition, NamedType? type)
    {
        if (type is null)
        {
            var suggestion = DidYouMean.Similar(context, condition.Name.Value, context.Schema.Types.Select(t => t.Name));
            context.Report($"Unknown type \"{condition}\".{suggestion}", condition);
        }
    }
}
