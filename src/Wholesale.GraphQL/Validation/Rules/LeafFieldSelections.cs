using Wholesale.GraphQL.Language;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Validation.Rules;

/// <summary>Section 5.3.3 "Leaf Field Selections": a selection goes down to scalars and enums, and no further.</summary>
sealed class LeafFieldSelections : Rule
{
    public override void Field(ValidationContext context, FieldNode field, CompositeType? parentType, FieldDefinition? definition)
    {
        if (definition is null)
        {
            return;
        }

        var isLeaf = definition.Type.Named is not CompositeType;
        if (isLeaf && field.SelectionSet is { } selectionSet)
        {
            context.Report(
                $"Field \"{field.Name}\" must not have a selection since type \"{definition.Type}\" has no subfields.", selectionSet);
        }
        else if (!isLeaf && field.SelectionSet is null)
        {
            var suggestion = context.Options.Suggestions ? $" Did you mean \"{field.Name} {{ ... }}\"?" : "";
            context.Report($"Field \"{field.Name}\" of type \"{definition.Type}\" must have a selection of subfields.{suggestion}", field);
        }
    }
}
