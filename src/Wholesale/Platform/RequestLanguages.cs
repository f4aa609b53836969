using System.Globalization;

namespace Wholesale.Platform;

/// <summary>The languages that a request wishes for. One a request; the host sets it from the header <c>Accept-Language</c>.</summary>
public sealed class RequestLanguages
{
    private const int MaximumWishes = 20;

    /// <summary>Most wanted first, in their usual spelling; empty without the header.</summary>
    public IReadOnlyList<string> Wishes { get; set; } = [];

    /// <summary>
    /// Reads the header (RFC 9110 section 12.5.4): <c>1#( language-range [ weight ] )</c>. Equal weights keep the header's order; <c>*</c>, weight 0 and
    /// what is no tag are passed over, since every caller gets some language in the end.
    /// </summary>
    public static IReadOnlyList<string> Parse(string? header) => string.IsNullOrEmpty(header)
        ? []
        : [.. header.Split(',', MaximumWishes + 1, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Take(MaximumWishes)
            .Select(Wish)
            .Where(wish => wish.Weight > 0)
            .OrderByDescending(wish => wish.Weight)
            .Select(wish => wish.Tag)];

    private static (string Tag, double Weight) Wish(string range)
    {
        var end = range.IndexOf(';', StringComparison.Ordinal);
        var isTag = LanguageTag.TryParse((end < 0 ? range : range[..end]).Trim(), out var tag);
        return (tag, isTag ? Weight(end < 0 ? "" : range[(end + 1)..].Trim()) : 0);
    }

    // weight = OWS ";" OWS "q=" qvalue
    private static double Weight(string parameter) => parameter.Length == 0 ? 1
        : parameter.StartsWith("q=", StringComparison.OrdinalIgnoreCase)
            && double.TryParse(parameter.AsSpan(2), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var weight) ? weight
        : 0;
}
