using System.Globalization;
using Wholesale.GraphQL.Language;

namespace Wholesale.GraphQL.Types;

/// <summary>Section 5.6 "Values" for the constants of a schema: default values and the arguments of directives.</summary>
internal static class ConstantValue
{
    /// <summary>
    /// Reports every part of a literal that input coercion to a type would refuse. The parser's limit on nesting bounds the recursion.
    /// </summary>
    public static void Check(ValueNode value, GraphQLType type, Action<SyntaxNode, string> report)
    {
        switch (type.Nullable)
        {
            case var _ when value is NullValueNode:
                if (type is NonNullType)
                {
                    report(value, Unexpected(value, type));
                }

                break;
            case ListType list when value is ListValueNode items:
                foreach (var item in items.Values)
                {
                    Check(item, list.ItemType, report);
                }

                break;
            case ListType list:
                // Section 3.11: a single value stands for a list of one.
                Check(value, list.ItemType, report);
                break;
            case InputObjectType inputObject when value is ObjectValueNode objectValue:
                CheckFields(objectValue, inputObject, report);
                break;
            case EnumType enumType when value is EnumValueNode enumValue:
                if (enumType.Value(enumValue.Value) is null)
                {
                    report(value, $"Value \"{enumValue.Value}\" does not exist in \"{enumType}\" enum.");
                }

                break;
            case InputObjectType or EnumType:
            case ScalarType scalar when !Accepts(scalar, value):
                report(value, Unexpected(value, type));
                break;
        }
    }

    /// <summary>Sections 5.6.2 to 5.6.4, and 3.10.1 "OneOf Input Objects".</summary>
    private static void CheckFields(ObjectValueNode value, InputObjectType type, Action<SyntaxNode, string> report)
    {
        var given = new HashSet<string>();
        foreach (var node in value.Fields)
        {
            var name = node.Name.Value;
            if (!given.Add(name))
            {
                report(node, $"There can be only one input field named \"{name}\".");
            }

            if (type.Field(name) is { } field)
            {
                Check(node.Value, field.Type, report);
            }
            else
            {
                report(node, $"Field \"{name}\" is not defined by type \"{type}\".");
            }
        }

        foreach (var missing in type.Fields.Where(f => f.IsRequired && !given.Contains(f.Name)))
        {
            report(value, $"Field \"{missing}\" of required type \"{missing.Type}\" was not provided.");
        }

        if (type.IsOneOf && value.Fields is not [{ Value: not NullValueNode }])
        {
            report(value, $"Exactly one field of \"{type}\" has to be given, and it must not be null.");
        }
    }

    /// <summary>"Input Coercion" of sections 3.5.1 to 3.5.5; a custom scalar's format is its own affair.</summary>
    private static bool Accepts(ScalarType type, ValueNode value) => type.Name switch
    {
        "Int" => value is IntValueNode number && int.TryParse(number.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        "Float" => value is IntValueNode or FloatValueNode && double.IsFinite(double.Parse(NumberText(value), CultureInfo.InvariantCulture)),
        "String" => value is StringValueNode,
        "Boolean" => value is BooleanValueNode,
        "ID" => value is StringValueNode or IntValueNode,
        _ => true,
    };

    private static string NumberText(ValueNode value) => value is IntValueNode number ? number.Value : ((FloatValueNode)value).Value;

    private static string Unexpected(ValueNode value, GraphQLType type) => $"Expected value of type \"{type}\", found {Printer.Print(value)}.";
}
