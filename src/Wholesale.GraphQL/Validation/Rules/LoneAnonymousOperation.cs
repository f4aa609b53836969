using Wholesale.GraphQL.Language;

namespace Wholesale.GraphQL.Validation.Rules;

/// <summary>Section 5.2.3.1 "Lone Anonymous Operation": an operation without a name cannot be chosen, so it must be the only one.</summary>
sealed class LoneAnonymousOperation : Rule
{
    public override void EnterDocument(ValidationContext context)
    {
        var operations = 0;
        foreach (var definition in context.Definitions)
        {
            operations += definition.Node is OperationDefinitionNode ? 1 : 0;
        }

        if (operations <= 1)
        {
            return;
        }

        foreach (var definition in context.Definitions)
        {
            if (definition.Node is OperationDefinitionNode { Name: null })
            {
                context.Report("This anonymous operation must be the only defined operation.", definition.Node);
            }
        }
    }
}
