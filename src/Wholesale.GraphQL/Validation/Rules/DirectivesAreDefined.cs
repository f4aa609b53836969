using Wholesale.GraphQL.Language;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Validation.Rules;

/// <summary>Section 5.7.1 "Directives Are Defined": the schema knows each directive.</summary>
sealed class DirectivesAreDefined : Rule
{
    public override void Directive(ValidationContext context, DirectiveNode directive, DirectiveDefinition? definition, string location)
    {
        if (definition is null)
        {
            context.Report($"Unknown directive \"@{directive.Name}\".", directive);
        }
    }
}
