using System.Text;
using System.Text.Encodings.Web;
using Wholesale.GraphQL.Language;

namespace Wholesale.GraphQL.Validation;

/// <summary>Prints a literal for an error message: as the document has it, on one line, cut where it gets long.</summary>
static class ValueText
{
    const int MaxLength = 100;

    public static string Of(ValueNode value)
    {
        var text = new StringBuilder();
        Print(text, value);
        return text.Length > MaxLength ? text.ToString(0, MaxLength) + "…" : text.ToString();
    }

    static void Print(StringBuilder text, ValueNode value)
    {
        switch (value)
        {
            case VariableNode variable:
                text.Append('$').Append(variable.Name.Value);
                break;
            case IntValueNode number:
                text.Append(number.Value);
                break;
            case FloatValueNode number:
                text.Append(number.Value);
                break;
            case BooleanValueNode boolean:
                text.Append(boolean.Value ? "true" : "false");
                break;
            case StringValueNode words:
                var start = words.Value.Length > MaxLength ? words.Value[..MaxLength] : words.Value;
                text.Append('"').Append(JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(start)).Append('"');
                break;
            case NullValueNode:
                text.Append("null");
                break;
            case EnumValueNode name:
                text.Append(name.Value);
                break;
            case ListValueNode list:
                List(text, list);
                break;
            case ObjectValueNode inner:
                Object(text, inner);
                break;
        }
    }

    static void List(StringBuilder text, ListValueNode list)
    {
        text.Append('[');
        var separator = "";
        foreach (var item in list.Values)
        {
            if (text.Length > MaxLength)
            {
                return;
            }

            text.Append(separator);
            Print(text, item);
            separator = ", ";
        }

        text.Append(']');
    }

    static void Object(StringBuilder text, ObjectValueNode value)
    {
        text.Append('{');
        var separator = " ";
        foreach (var field in value.Fields)
        {
            if (text.Length > MaxLength)
            {
                return;
            }

            text.Append(separator).Append(field.Name.Value).Append(": ");
            Print(text, field.Value);
            separator = ", ";
        }

        text.Append(value.Fields.IsEmpty ? "}" : " }");
    }
}
