using Wholesale.GraphQL.Language;

namespace Wholesale.GraphQL.Validation.Rules;

/// <summary>Section 5.8.1 "Variable Uniqueness": an operation defines a variable once.</summary>
sealed class VariableUniqueness : Rule
{
    public override void Operation(ValidationContext context, OperationDefinitionNode operation)
    {
        // The place is the name after the $.
        if (DuplicateNames.Any(operation.VariableDefinitions, static v => v.Variable.Name))
        {
            foreach (var same in DuplicateNames.Of(operation.VariableDefinitions, static v => v.Variable.Name))
            {
                context.ReportNames($"There can be only one variable named \"${same[0]}\".", same);
            }
        }
    }
}
