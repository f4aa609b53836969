using Wholesale.GraphQL.Language;

namespace Wholesale.GraphQL.Types;

// "Type Validation" of sections 3.6 to 3.10: what can be said of a type by looking at its own members.
internal sealed partial class SchemaValidator
{
    private const string ReservedName = "A name must not begin with two underscores: those are the introspection system's.";

    private void CheckType(NamedType type)
    {
        if (IsReserved(type.Name))
        {
            problems.Add(type, ReservedName);
        }

        switch (type)
        {
            case FieldsType fieldsType:
                CheckFields(fieldsType);
                CheckInterfaces(fieldsType);
                break;
            case UnionType union:
                CheckMembers(union);
                break;
            case EnumType enumType:
                CheckValues(enumType);
                break;
            case InputObjectType inputObject:
                CheckInputFields(inputObject);
                break;
        }
    }

    private void CheckFields(FieldsType type)
    {
        if (type.Fields.Count == 0)
        {
            problems.Add(type, $"An {(type is ObjectType ? "object type" : "interface")} needs at least one field.");
        }

        foreach (var field in type.Fields)
        {
            if (IsReserved(field.Name))
            {
                problems.Add(field, ReservedName);
            }

            if (!field.Type.IsOutput)
            {
                problems.Add(field, $"A field has to be of an output type, and {field.Type} is an input type.");
            }

            foreach (var argument in field.Arguments)
            {
                CheckInputValue(argument);
            }
        }
    }

    private void CheckMembers(UnionType type)
    {
        // By the text: that a member is unknown or no object type is a problem already.
        if (type.Extensions.Prepend(type.Definition!).Cast<UnionTypeDefinitionNode>().All(p => p.Types.IsEmpty))
        {
            problems.Add(type, "A union needs at least one member.");
        }
    }

    private void CheckValues(EnumType type)
    {
        if (type.Values.IsEmpty)
        {
            problems.Add(type, "An enum needs at least one value.");
        }

        foreach (var value in type.Values.Where(v => IsReserved(v.Name)))
        {
            problems.Add(Place.Of(value.Definition!), $"{type}.{value}", ReservedName);
        }
    }

    /// <summary>An argument or an input field.</summary>
    private void CheckInputValue(InputValueDefinition input)
    {
        if (IsReserved(input.Name))
        {
            problems.Add(input, ReservedName);
        }

        if (!input.Type.IsInput)
        {
            problems.Add(input, $"An argument or input field has to be of an input type, and {input.Type} is an output type.");
        }

        // Section 3.13.3 "@deprecated": clients could not stop to give it.
        if (input.IsRequired && input.DeprecationReason is not null)
        {
            problems.Add(input, "It is required, so it cannot be deprecated.");
        }

        if (input.DefaultValue is not null)
        {
            CheckConstant(input.DefaultValue, input.Type, input.Coordinate);
        }
    }

    private static bool IsReserved(string name) => name.StartsWith("__", StringComparison.Ordinal);
}
