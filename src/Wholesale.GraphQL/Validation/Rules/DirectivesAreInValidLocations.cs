using Wholesale.GraphQL.Language;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Validation.Rules;

/// <summary>Section 5.7.2 "Directives Are in Valid Locations": a directive stands where its definition lets it.</summary>
sealed class DirectivesAreInValidLocations : Rule
{
    public override void Directive(ValidationContext context, DirectiveNode directive, DirectiveDefinition? definition, string location)
    {
        if (definition is not null && !definition.Locations.Contains(location))
        {
            context.Report($"Directive \"{definition}\" may not be used on {location}.", directive);
        }
    }
}
