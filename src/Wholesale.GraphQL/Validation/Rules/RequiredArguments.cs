using System.Collections.Immutable;
using Wholesale.GraphQL.Language;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Validation.Rules;

/// <summary>
/// Section 5.4.3 "Required Arguments": an argument that cannot be null and has no default is given. That it is not given as <c>null</c> is
/// seen by <see cref="ValuesOfCorrectType"/>.
/// </summary>
sealed class RequiredArguments : Rule
{
    public override void Field(ValidationContext context, FieldNode field, CompositeType? parentType, FieldDefinition? definition)
    {
        if (definition is null)
        {
            return;
        }

        foreach (var argument in definition.Arguments)
        {
            if (argument.IsRequired && !IsGiven(field.Arguments, argument.Name))
            {
                context.Report(
                    $"Field \"{field.Name}\" argument \"{argument.Name}\" of type \"{argument.Type}\" is required, but it was not provided.", field);
            }
        }
    }

    public override void Directive(ValidationContext context, DirectiveNode directive, DirectiveDefinition? definition, string location)
    {
        if (definition is null)
        {
            return;
        }

        foreach (var argument in definition.Arguments)
        {
            if (argument.IsRequired && !IsGiven(directive.Arguments, argument.Name))
            {
                context.Report(
                    $"Directive \"{definition}\" argument \"{argument.Name}\" of type \"{argument.Type}\" is required, but it was not provided.",
                    directive);
            }
        }
    }

    static bool IsGiven(ImmutableArray<ArgumentNode> arguments, string name)
    {
        foreach (var argument in arguments)
        {
            if (argument.Name.Value == name)
            {
                return true;
            }
        }

        return false;
    }
}
