using Wholesale.Platform;

namespace Wholesale.Catalog;

/// <summary>Which language serves where the one wished for is missing.</summary>
internal static class Fallback
{
    /// <summary>The catalog's default language: always known.</summary>
    public const string DefaultLocale = "en";

    /// <summary>The usual spelling of a tag that was checked.</summary>
    public static string InUsualSpelling(string locale) => LanguageTag.TryParse(locale, out var tag) ? tag : locale;

    /// <summary>
    /// A tag, then ever shorter ones, a single-letter subtag never last: RFC 4647 section 3.4 "Lookup".
    /// <c>zh-Hant-TW</c> → <c>zh-Hant</c> → <c>zh</c>.
    /// </summary>
    public static IEnumerable<string> Chain(string locale)
    {
        for (var tag = locale; tag.Length > 0;)
        {
            yield return tag;
            var end = tag.LastIndexOf('-');
            if (end >= 2 && tag[end - 2] == '-')
            {
                end -= 2;
            }

            tag = end < 0 ? "" : tag[..end];
        }
    }

    /// <summary>The known language that serves a caller best.</summary>
    /// <param name="wishes">Most wanted first.</param>
    /// <param name="known">The catalog's languages.</param>
    public static string Choose(IEnumerable<string> wishes, IReadOnlySet<string> known) =>
        wishes.SelectMany(Chain).FirstOrDefault(known.Contains) ?? DefaultLocale;

    /// <summary>The language whose words serve for another: itself, its nearest parent, the default, else the first by tag.</summary>
    /// <param name="locale">The language asked for.</param>
    /// <param name="given">The languages that there are words in; at least one.</param>
    public static string Source(string locale, IReadOnlyCollection<string> given) =>
        Chain(locale).FirstOrDefault(given.Contains)
        ?? (given.Contains(DefaultLocale) ? DefaultLocale : given.Min(StringComparer.Ordinal)!);
}
