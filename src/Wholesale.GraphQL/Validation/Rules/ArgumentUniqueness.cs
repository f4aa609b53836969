using System.Collections.Immutable;
using Wholesale.GraphQL.Language;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Validation.Rules;

/// <summary>Section 5.4.2 "Argument Uniqueness": an argument is given once.</summary>
sealed class ArgumentUniqueness : Rule
{
    public override void Field(ValidationContext context, FieldNode field, CompositeType? parentType, FieldDefinition? definition) =>
        Check(context, field.Arguments);

    public override void Directive(ValidationContext context, DirectiveNode directive, DirectiveDefinition? definition, string location) =>
        Check(context, directive.Arguments);

    static void Check(ValidationContext context, ImmutableArray<ArgumentNode> arguments)
    {
        if (DuplicateNames.Any(arguments, static a => a.Name))
        {
            foreach (var same in DuplicateNames.Of(arguments, static a => a.Name))
            {
                context.ReportNames($"There can be only one argument named \"{same[0]}\".", same);
            }
        }
    }
}
