using System.Collections.Immutable;
using Wholesale.GraphQL.Language;

namespace Wholesale.GraphQL.Validation.Rules;

/// <summary>Section 5.7.3 "Directives Are Unique per Location": only a repeatable directive stands twice at one place.</summary>
sealed class DirectivesAreUniquePerLocation : Rule
{
    public override void Directives(ValidationContext context, ImmutableArray<DirectiveNode> directives)
    {
        if (!DuplicateNames.Any(directives, static d => d.Name))
        {
            return;
        }

        var seen = new Dictionary<string, DirectiveNode>();
        foreach (var directive in directives)
        {
            if (context.Schema.Directive(directive.Name.Value) is { IsRepeatable: false } definition
                && !seen.TryAdd(definition.Name, directive))
            {
                context.Report($"The directive \"{definition}\" can only be used once at this location.", seen[definition.Name], directive);
            }
        }
    }
}
