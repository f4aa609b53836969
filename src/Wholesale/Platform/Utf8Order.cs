namespace Wholesale.Platform;

/// <summary>
/// Orders strings as both databases do, by their bytes in UTF-8, that is by code points. <see cref="StringComparer.Ordinal"/> compares UTF-16 code units and puts
/// supplementary characters, whose surrogates are U+D800–U+DFFF, before U+E000–U+FFFF. Whatever is sorted in memory and paged by the database needs this one.
/// </summary>
public sealed class Utf8Order : IComparer<string>
{
    private const char FirstSurrogate = '\uD800';

    private Utf8Order()
    {
    }

    /// <summary>The one there is.</summary>
    public static Utf8Order Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y) => Compare(x.AsSpan(), y.AsSpan());

    /// <summary>Less than 0 if the left one goes first, 0 if they are equal, else more.</summary>
    public static int Compare(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        var same = left.CommonPrefixLength(right);
        if (same == left.Length || same == right.Length)
        {
            return left.Length.CompareTo(right.Length);
        }

        // Where two well-formed texts part inside a pair, the pairs order as their code units do.
        var (one, other) = (left[same], right[same]);
        return one >= FirstSurrogate && other >= FirstSurrogate && char.IsSurrogate(one) != char.IsSurrogate(other)
            ? char.IsSurrogate(one).CompareTo(char.IsSurrogate(other))
            : one.CompareTo(other);
    }
}
