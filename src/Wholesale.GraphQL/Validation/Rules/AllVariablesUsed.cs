namespace Wholesale.GraphQL.Validation.Rules;

/// <summary>Section 5.8.4 "All Variables Used": each operation uses what it defines, in itself or in a fragment that it reaches.</summary>
sealed class AllVariablesUsed : Rule
{
    public override void VariableUsage(ValidationContext context, OperationVariables variables, in VariableUsage usage) =>
        variables.Use(usage.Node.Name.Value);

    public override void LeaveOperation(ValidationContext context, OperationVariables variables)
    {
        foreach (var definition in variables.Operation.VariableDefinitions)
        {
            var name = definition.Variable.Name.Value;
            if (!variables.IsUsed(name))
            {
                var operation = variables.Operation.Name is { } operationName ? $" in operation \"{operationName}\"" : "";
                context.Report($"Variable \"${name}\" is never used{operation}.", definition);
            }
        }
    }
}
