using Wholesale.GraphQL.Language;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Validation.Rules;

/// <summary>Section 5.8.2 "Variables Are Input Types": a variable is of a type that the schema has and that can be sent.</summary>
sealed class VariablesAreInputTypes : Rule
{
    public override void VariableDefinition(ValidationContext context, VariableDefinitionNode variable, GraphQLType? type)
    {
        if (type is null)
        {
            var named = Named(variable.Type);
            var suggestion = DidYouMean.Similar(context, named.Name.Value, context.Schema.Types.Select(t => t.Name));
            context.Report($"Unknown type \"{named}\".{suggestion}", named);
        }
        else if (!type.IsInput)
        {
            context.Report($"Variable \"${variable.Variable.Name}\" cannot be non-input type \"{type}\".", variable.Type);
        }
    }

    static NamedTypeNode Named(TypeNode type) => type switch
    {
        NonNullTypeNode nonNull => Named(nonNull.Type),
        ListTypeNode list => Named(list.Type),
        _ => (NamedTypeNode)type,
    };
}
