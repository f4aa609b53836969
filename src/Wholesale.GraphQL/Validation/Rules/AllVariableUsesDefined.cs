namespace Wholesale.GraphQL.Validation.Rules;

/// <summary>
/// Section 5.8.3 "All Variable Uses Defined": each operation defines what it uses, in itself and in the fragments that it reaches. So a
/// variable in a fragment can be right in one operation and wrong in another.
/// </summary>
sealed class AllVariableUsesDefined : Rule
{
    public override void VariableUsage(ValidationContext context, OperationVariables variables, in VariableUsage usage)
    {
        var name = usage.Node.Name.Value;
        if (variables.Find(name).Definition is null)
        {
            var operation = variables.Operation.Name is { } operationName ? $" by operation \"{operationName}\"" : "";
            context.Report($"Variable \"${name}\" is not defined{operation}.", usage.Node, variables.Operation);
        }
    }
}
