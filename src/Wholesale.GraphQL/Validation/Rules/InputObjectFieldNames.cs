using Wholesale.GraphQL.Language;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Validation.Rules;

/// <summary>Section 5.6.2 "Input Object Field Names": an input object is given fields that it has.</summary>
sealed class InputObjectFieldNames : Rule
{
    public override void ObjectField(ValidationContext context, ObjectFieldNode field, InputObjectType type, InputValueDefinition? definition)
    {
        if (definition is null)
        {
            var suggestion = DidYouMean.Similar(context, field.Name.Value, type.Fields.Select(f => f.Name));
            context.Report($"Field \"{field.Name}\" is not defined by type \"{type}\".{suggestion}", field);
        }
    }
}
