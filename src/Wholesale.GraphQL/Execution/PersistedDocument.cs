namespace Wholesale.GraphQL.Execution;

/// <summary>
/// A document that the host keeps and vouches for, known by the SHA-256 of its text. Whoever may send it at all may send it by its id; its size, depth and the like
/// were the host's to judge when it was registered, so they are not compared with the sender's limits.
/// </summary>
public sealed class PersistedDocument
{
    private const string Prefix = "sha256:";

    private static readonly System.Buffers.SearchValues<char> HexadecimalDigits = System.Buffers.SearchValues.Create("0123456789abcdef");

    private PersistedDocument(ReadOnlyMemory<byte> text)
    {
        Text = text;
        Hash = DocumentHash.Of(text.Span);
    }

    /// <summary>UTF-8.</summary>
    public ReadOnlyMemory<byte> Text { get; }

    /// <summary>Its id as clients send it: <c>sha256:</c> and 64 lower-case hexadecimal digits.</summary>
    public string Id => IdOf(Hash);

    internal DocumentHash Hash { get; }

    internal static string IdOf(DocumentHash hash) => Prefix + hash;

    /// <summary>A document by its text.</summary>
    public static PersistedDocument Of(ReadOnlyMemory<byte> text) => new(text);

    /// <summary>Whether a text has the form of an id.</summary>
    public static bool IsId(string text) =>
        text.Length == Prefix.Length + 64
        && text.StartsWith(Prefix, StringComparison.Ordinal)
        && text.AsSpan(Prefix.Length).IndexOfAnyExcept(HexadecimalDigits) < 0;
}
