using System.Buffers;
using System.Text;

namespace Wholesale.GraphQL.Language;

/// <summary>Section 2.9.4 "String Value", block strings: what the text between the triple quotes means.</summary>
static class BlockString
{
    /// <summary>
    /// <c>BlockStringValue(rawValue)</c>: the common indentation and blank lines at both ends are taken away, lines are joined by <c>\n</c>
    /// and <c>\"""</c> is three quotes. Walks the bytes twice and splits nothing: a text of many short lines costs no more than another.
    /// </summary>
    public static string Value(ReadOnlySpan<byte> raw)
    {
        var (commonIndent, firstLine, lastLine) = Measure(raw);
        if (firstLine < 0)
        {
            return "";
        }

        var buffer = ArrayPool<byte>.Shared.Rent(raw.Length);
        var length = 0;
        var rest = raw;
        for (var line = 0; line <= lastLine; line++)
        {
            var text = NextLine(ref rest);
            if (line < firstLine)
            {
                continue;
            }

            if (line > firstLine)
            {
                buffer[length++] = (byte)'\n';
            }

            var content = line == 0 ? text : text[Math.Min(commonIndent, text.Length)..];
            length += CopyUnescaped(content, buffer.AsSpan(length));
        }

        var value = Encoding.UTF8.GetString(buffer, 0, length);
        ArrayPool<byte>.Shared.Return(buffer);
        return value;
    }

    /// <summary>Whether a value can be written between triple quotes by that raw text, which some cannot by any.</summary>
    public static bool CanHold(string value, string raw) => Value(Encoding.UTF8.GetBytes(raw)) == value;

    /// <summary>The indentation that all lines but the first share, and the numbers of the first and last line that are not blank, or −1.</summary>
    static (int CommonIndent, int FirstLine, int LastLine) Measure(ReadOnlySpan<byte> raw)
    {
        var commonIndent = int.MaxValue;
        var firstLine = -1;
        var lastLine = -1;
        for (var line = 0; line == 0 || !raw.IsEmpty; line++)
        {
            var text = NextLine(ref raw);
            var indent = text.IndexOfAnyExcept((byte)' ', (byte)'\t');
            if (indent < 0)
            {
                continue;
            }

            firstLine = firstLine < 0 ? line : firstLine;
            lastLine = line;
            if (line > 0)
            {
                commonIndent = Math.Min(commonIndent, indent);
            }
        }

        return (commonIndent, firstLine, lastLine);
    }

    /// <summary>Cuts off the first line; <c>LineTerminator :: LF | CR [lookahead != LF] | CR LF</c>.</summary>
    static ReadOnlySpan<byte> NextLine(ref ReadOnlySpan<byte> rest)
    {
        var length = rest.IndexOfAny((byte)'\n', (byte)'\r');
        if (length < 0)
        {
            var last = rest;
            rest = [];
            return last;
        }

        var line = rest[..length];
        rest = rest[length..];
        rest = rest[(rest.StartsWith("\r\n"u8) ? 2 : 1)..];
        return line;
    }

    static int CopyUnescaped(ReadOnlySpan<byte> text, Span<byte> target)
    {
        var length = 0;
        while (true)
        {
            var escape = text.IndexOf("\\\"\"\""u8);
            if (escape < 0)
            {
                text.CopyTo(target[length..]);
                return length + text.Length;
            }

            text[..escape].CopyTo(target[length..]);
            "\"\"\""u8.CopyTo(target[(length + escape)..]);
            length += escape + 3;
            text = text[(escape + 4)..];
        }
    }
}
