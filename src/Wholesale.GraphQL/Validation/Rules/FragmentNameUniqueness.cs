using Wholesale.GraphQL.Language;

namespace Wholesale.GraphQL.Validation.Rules;

/// <summary>Section 5.5.1.1 "Fragment Name Uniqueness": a spread names one fragment of the document.</summary>
sealed class FragmentNameUniqueness : Rule
{
    public override void EnterDocument(ValidationContext context)
    {
        if (!context.HasFragments)
        {
            return;
        }

        var names = new Dictionary<string, Name>(context.Definitions.Count);
        foreach (var definition in context.Definitions)
        {
            if (definition.Node is FragmentDefinitionNode { Name: var name } && !names.TryAdd(name.Value, name))
            {
                context.ReportNames($"There can be only one fragment named \"{name}\".", names[name.Value], name);
            }
        }
    }
}
