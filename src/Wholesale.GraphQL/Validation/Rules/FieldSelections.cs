using Wholesale.GraphQL.Language;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Validation.Rules;

/// <summary>Section 5.3.1 "Field Selections": what is selected is a field of the type that it is selected on.</summary>
sealed class FieldSelections : Rule
{
    public override void Field(ValidationContext context, FieldNode field, CompositeType? parentType, FieldDefinition? definition)
    {
        if (definition is null && parentType is not null)
        {
            context.Report($"Cannot query field \"{field.Name}\" on type \"{parentType}\".{Suggestion(context, field, parentType)}", field);
        }
    }

    static string Suggestion(ValidationContext context, FieldNode field, CompositeType parentType)
    {
        if (!context.Options.Suggestions)
        {
            return "";
        }

        // The field may well exist, only not on all objects that can stand here.
        var types = TypesWithField(context.Schema, parentType, field.Name.Value);
        return types.Count > 0
            ? DidYouMean.OneOf(types, "to use an inline fragment on ")
            : DidYouMean.Similar(context, field.Name.Value, (parentType as FieldsType)?.Fields.Select(f => f.Name) ?? []);
    }

    /// <summary>Objects that can stand where the type is expected and their interfaces, if they have the field; the widest first.</summary>
    static List<string> TypesWithField(Schema schema, CompositeType parentType, string fieldName)
    {
        if (parentType is ObjectType)
        {
            return [];
        }

        var objects = schema.PossibleTypes(parentType).Where(type => type.Field(fieldName) is not null).ToList();
        var interfaces = objects.SelectMany(type => type.Interfaces).Where(type => type.Field(fieldName) is not null);
        return [.. objects.Concat<FieldsType>(interfaces)
            .GroupBy(type => type.Name)
            .OrderByDescending(same => same.Count())
            .ThenByDescending(same => same.First() is InterfaceType)
            .ThenBy(same => same.Key, StringComparer.Ordinal)
            .Select(same => same.Key)];
    }
}
