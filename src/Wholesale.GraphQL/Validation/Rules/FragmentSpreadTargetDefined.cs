using Wholesale.GraphQL.Language;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Validation.Rules;

/// <summary>Section 5.5.2.1 "Fragment Spread Target Defined": the document has the fragment that it spreads.</summary>
sealed class FragmentSpreadTargetDefined : Rule
{
    public override void FragmentSpread(ValidationContext context, FragmentSpreadNode spread, CompositeType? parentType)
    {
        if (context.Fragment(spread.Name.Value) is null)
        {
            context.ReportNames($"Unknown fragment \"{spread.Name}\".", spread.Name);
        }
    }
}
