using Wholesale.GraphQL.Language;

namespace Wholesale.GraphQL.Validation.Rules;

/// <summary>Section 5.2.2.1 "Operation Name Uniqueness": a name chooses one operation of the document, whatever the operations' kinds.</summary>
sealed class OperationNameUniqueness : Rule
{
    public override void EnterDocument(ValidationContext context)
    {
        if (context.Definitions.Count == 1)
        {
            return;
        }

        var names = new Dictionary<string, Name>(context.Definitions.Count);
        foreach (var definition in context.Definitions)
        {
            if (definition.Node is OperationDefinitionNode { Name: { } name } && !names.TryAdd(name.Value, name))
            {
                context.ReportNames($"There can be only one operation named \"{name}\".", names[name.Value], name);
            }
        }
    }
}
