using Wholesale.GraphQL.Language;

namespace Wholesale.GraphQL.Validation.Rules;

/// <summary>Section 5.2.1.1 "Operation Type Existence": the schema has a root type for each kind of operation in the document.</summary>
sealed class OperationTypeExistence : Rule
{
    public override void Operation(ValidationContext context, OperationDefinitionNode operation)
    {
        if (context.Schema.RootType(operation.Operation) is null)
        {
            var kind = operation.Operation is OperationType.Mutation ? "mutation" : "subscription";
            context.Report($"The {kind} operation is not supported by the schema.", operation);
        }
    }
}
