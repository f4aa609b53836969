using System.Globalization;
using Wholesale.GraphQL.Language;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Validation.Rules;

/// <summary>
/// Section 5.6.1 "Values of Correct Type": a literal can be coerced to the type of its position, by the rules of "Input Coercion" in
/// sections 3.5 to 3.12. The walk brings lists' items and objects' fields here one by one, so a literal is looked at by itself; what an input
/// object holds is checked by the three rules of 5.6.2 to 5.6.4.
/// </summary>
sealed class ValuesOfCorrectType : Rule
{
    const int MaxTextLength = 100;

    public override void Value(ValidationContext context, ValueNode value, GraphQLType type)
    {
        if (value is NullValueNode)
        {
            if (type is NonNullType)
            {
                context.Report($"Expected value of type \"{type}\", found null.", value);
            }

            return;
        }

        if (value is ListValueNode && type.Nullable is ListType)
        {
            return;
        }

        // Anything else where a list is expected is a list of this one value.
        switch (type.Named)
        {
            case ScalarType scalar:
                Scalar(context, value, scalar);
                break;
            case EnumType enumType:
                Enum(context, value, enumType);
                break;
            case InputObjectType when value is not ObjectValueNode:
                context.Report($"Expected value of type \"{type.Named}\", found {Text(value)}.", value);
                break;
        }
    }

    /// <summary>Section 3.10.1 "OneOf Input Objects".</summary>
    public override void ObjectValue(ValidationContext context, ObjectValueNode value, InputObjectType? type)
    {
        if (type is { IsOneOf: true } && KnownFields(value, type) is not [{ Value: not NullValueNode }])
        {
            context.Report(
                $"Within OneOf Input Object type \"{type}\", exactly one field must be specified, and the value for that field must be non-null.",
                value);
        }
    }

    static List<ObjectFieldNode> KnownFields(ObjectValueNode value, InputObjectType type)
    {
        var known = new List<ObjectFieldNode>();
        foreach (var field in value.Fields)
        {
            if (type.Field(field.Name.Value) is not null)
            {
                known.Add(field);
            }
        }

        return known;
    }

    static void Scalar(ValidationContext context, ValueNode value, ScalarType scalar)
    {
        var problem = scalar.Name switch
        {
            "Int" => value is not IntValueNode number ? "Int cannot represent non-integer value"
                : !int.TryParse(number.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
                ? "Int cannot represent non 32-bit signed integer value" : null,
            "Float" => IsFinite(value) ? null : "Float cannot represent non numeric value",
            "String" => value is StringValueNode ? null : "String cannot represent a non string value",
            "Boolean" => value is BooleanValueNode ? null : "Boolean cannot represent a non boolean value",
            "ID" => value is StringValueNode or IntValueNode ? null : "ID cannot represent a non-string and non-integer value",

            // What a custom scalar takes is its own affair, known when its values are coerced.
            _ => null,
        };
        if (problem is not null)
        {
            context.Report($"{problem}: {Text(value)}", value);
        }
    }

    static bool IsFinite(ValueNode value) => value switch
    {
        IntValueNode number => double.IsFinite(double.Parse(number.Value, CultureInfo.InvariantCulture)),
        FloatValueNode number => double.IsFinite(double.Parse(number.Value, CultureInfo.InvariantCulture)),
        _ => false,
    };

    static void Enum(ValidationContext context, ValueNode value, EnumType enumType)
    {
        if (value is not EnumValueNode name)
        {
            var text = Text(value);
            context.Report($"Enum \"{enumType}\" cannot represent non-enum value: {text}.{Suggestion(context, enumType, text)}", value);
        }
        else if (enumType.Value(name.Value) is null)
        {
            context.Report($"Value \"{name.Value}\" does not exist in \"{enumType}\" enum.{Suggestion(context, enumType, name.Value)}", value);
        }
    }

    /// <summary>The literal for a message, cut where it gets long.</summary>
    static string Text(ValueNode value)
    {
        var text = Printer.Print(value);
        return text.Length > MaxTextLength ? string.Concat(text.AsSpan(0, MaxTextLength), "…") : text;
    }

    static string Suggestion(ValidationContext context, EnumType enumType, string text) =>
        DidYouMean.Similar(context, text, enumType.Values.Select(v => v.Name), "the enum value ");
}
