using System.Globalization;

namespace Wholesale.GraphQL.Language;

// Section 2.9 "Input Values".
public sealed partial class Printer
{
    void WriteValue(ValueNode node)
    {
        switch (node)
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
            case NullValueNode:
                text.Append("null");
                break;
            case EnumValueNode value:
                text.Append(value.Value);
                break;
            case StringValueNode { IsBlock: true } block:
                WriteBlockString(block.Value);
                break;
            case StringValueNode value:
                WriteString(value.Value);
                break;
            case ListValueNode list:
                text.Append('[');
                WriteJoined(list.Values, ", ");
                text.Append(']');
                break;
            case ObjectValueNode { Fields: [] }:
                text.Append("{}");
                break;
            case ObjectValueNode value:
                text.Append("{ ");
                WriteJoined(value.Fields, ", ");
                text.Append(" }");
                break;
        }
    }

    void WriteString(string value)
    {
        text.Append('"');
        foreach (var character in value)
        {
            _ = character switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                _ when char.IsControl(character) => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}"),
                _ => text.Append(character),
            };
        }

        text.Append('"');
    }

    /// <summary>
    /// Text of one line stays on the line of its quotes, where leading white space counts; more lines stand below them, indented like them.
    /// What block strings cannot say (a carriage return, blank lines at the ends) becomes a plain string.
    /// </summary>
    void WriteBlockString(string value)
    {
        var escaped = value.Replace("\"\"\"", "\\\"\"\"", StringComparison.Ordinal);
        var isOneLine = !value.Contains('\n', StringComparison.Ordinal);
        if (!BlockString.CanHold(value, isOneLine ? escaped : $"\n{escaped}\n"))
        {
            WriteString(value);
            return;
        }

        text.Append("\"\"\"");
        if (isOneLine)
        {
            text.Append(escaped);
        }
        else
        {
            foreach (var line in escaped.Split('\n'))
            {
                text.Append('\n').Append(' ', line.Length == 0 ? 0 : indent * IndentWidth).Append(line);
            }
        }

        // At the end of the only line these two would run into the closing quotes, or escape them.
        if (!isOneLine || value.EndsWith('"') || value.EndsWith('\\'))
        {
            WriteLineBreak();
        }

        text.Append("\"\"\"");
    }

    /// <summary>A description on lines of its own, before what it describes.</summary>
    void WriteDescription(string? description)
    {
        if (description is not null)
        {
            WriteBlockString(description);
            WriteLineBreak();
        }
    }
}
