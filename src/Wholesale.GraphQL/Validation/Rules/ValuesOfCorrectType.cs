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
        if (type is { IsOneOf: true } && !HasExactlyOneField(value, type))
        {
            context.Report(
                $"Within OneOf Input Object type \"{type}\", exactly one field must be specified, and the value for that field must be non-null.",
                value);
        }
    }

    /// <summary>Unknown fields do not count: <see cref="InputObjectFieldNames"/> speaks of them.</summary>
    static bool HasExactlyOneField(ObjectValueNode value, InputObjectType type)
    {
        ObjectFieldNode? only = null;
        foreach (var field in value.Fields)
        {
            if (type.Field(field.Name.Value) is null)
            {
                continue;
            }

            if (only is not null)
            {
                return false;
            }

            only = field;
        }

        return only is { Value: not NullValueNode };
    }

    static void Scalar(ValidationContext context, ValueNode value, ScalarType scalar)
    {
        var problem = scalar.Name switch
        {
            "Int" when value is not IntValueNode => "Int cannot represent non-integer value",
            "Int" when !IsInt32(value) => "Int cannot represent non 32-bit signed integer value",
            "Float" when !IsFinite(value) => "Float cannot represent non numeric value",
            "String" when value is not StringValueNode => "String cannot represent a non string value",
            "Boolean" when value is not BooleanValueNode => "Boolean cannot represent a non boolean value",
            "ID" when value is not (StringValueNode or IntValueNode) => "ID cannot represent a non-string and non-integer value",
            _ => null,
        };
        if (problem is not null)
        {
            context.Report($"{problem}: {Text(value)}", value);
        }
        else if (!IsBuiltIn(scalar) && context.Options.ScalarProblem?.Invoke(scalar, value) is { } customProblem)
        {
            context.Report($"Value of type \"{scalar}\" {customProblem}.", value);
        }
    }

    static bool IsBuiltIn(ScalarType scalar) => scalar.Name is "Int" or "Float" or "String" or "Boolean" or "ID";

    static bool IsInt32(ValueNode value) =>
        value is IntValueNode number && int.TryParse(number.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);

    /// <summary>Section 3.5.2 "Float": a number beyond the range of doubles is none.</summary>
    static bool IsFinite(ValueNode value)
    {
        var digits = value switch
        {
            IntValueNode number => number.Value,
            FloatValueNode number => number.Value,
            _ => null,
        };
        return digits is not null && double.IsFinite(double.Parse(digits, CultureInfo.InvariantCulture));
    }

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

    static string Text(ValueNode value) => ValidationContext.Cut(Printer.Print(value), MaxTextLength);

    static string Suggestion(ValidationContext context, EnumType enumType, string text) =>
        DidYouMean.Similar(context, text, enumType.Values.Select(v => v.Name), "the enum value ");
}
