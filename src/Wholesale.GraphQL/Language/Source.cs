namespace Wholesale.GraphQL.Language;

/// <summary>A GraphQL source text: the UTF-8 bytes of one document and the name by which errors call it.</summary>
/// <param name="body">The document, UTF-8, without byte order mark handling: the lexer ignores a leading one.</param>
/// <param name="name">A file name or another word for the reader of an error; "GraphQL request" by default.</param>
public sealed class Source(ReadOnlyMemory<byte> body, string name = "GraphQL request")
{
    /// <summary>Encodes a text as UTF-8. Meant for schema files and tests; requests arrive as bytes.</summary>
    public Source(string body, string name = "GraphQL request") : this(System.Text.Encoding.UTF8.GetBytes(body), name) { }

    /// <summary>The document, UTF-8.</summary>
    public ReadOnlyMemory<byte> Body => body;

    /// <summary>The name by which errors call this source.</summary>
    public string Name => name;

    /// <summary>Line and column of a byte offset; walks the text, so it is for errors only.</summary>
    public SourceLocation LocationAt(int offset)
    {
        var text = body.Span[..Math.Min(offset, body.Length)];
        var line = 1;
        var lineStart = text.StartsWith("\uFEFF"u8) ? 3 : 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n' || (text[i] == '\r' && !(i + 1 < body.Length && body.Span[i + 1] == '\n')))
            {
                line++;
                lineStart = i + 1;
            }
        }

        // Columns count UTF-16 code units, as the reference implementation's do.
        var column = 1;
        foreach (var b in text[Math.Min(lineStart, text.Length)..])
        {
            column += (b & 0xC0) == 0x80 ? 0 : b >= 0xF0 ? 2 : 1;
        }

        return new SourceLocation(line, column);
    }
}

/// <summary>A place in a source text. Section 7.1.2 "Errors": both numbers start at 1.</summary>
public readonly record struct SourceLocation(int Line, int Column);
