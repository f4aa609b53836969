using Wholesale.GraphQL.Language;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Validation.Rules;

/// <summary>Section 5.4.1 "Argument Names": a field or directive is given arguments that it has.</summary>
sealed class ArgumentNames : Rule
{
    public override void Argument(
        ValidationContext context, ArgumentNode argument, InputValueDefinition? definition, FieldDefinition? field,
        DirectiveDefinition? directive)
    {
        if (definition is not null)
        {
            return;
        }

        if (field is not null)
        {
            var suggestion = DidYouMean.Similar(context, argument.Name.Value, field.Arguments.Select(a => a.Name));
            context.Report($"Unknown argument \"{argument.Name}\" on field \"{field.Coordinate}\".{suggestion}", argument);
        }
        else if (directive is not null)
        {
            var suggestion = DidYouMean.Similar(context, argument.Name.Value, directive.Arguments.Select(a => a.Name));
            context.Report($"Unknown argument \"{argument.Name}\" on directive \"{directive}\".{suggestion}", argument);
        }
    }
}
