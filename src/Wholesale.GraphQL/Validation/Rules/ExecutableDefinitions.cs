using Wholesale.GraphQL.Language;

namespace Wholesale.GraphQL.Validation.Rules;

/// <summary>Section 5.1.1 "Executable Definitions": a request holds operations and fragments, never parts of a schema.</summary>
sealed class ExecutableDefinitions : Rule
{
    public override void EnterDocument(ValidationContext context)
    {
        foreach (var definition in context.Document.Definitions)
        {
            var name = definition switch
            {
                TypeDefinitionNode type => $"\"{type.Name}\"",
                DirectiveDefinitionNode directive => $"\"{directive.Name}\"",
                SchemaDefinitionNode => "schema",
                _ => null,
            };
            if (name is not null)
            {
                context.Report($"The {name} definition is not executable.", definition);
            }
        }
    }
}
