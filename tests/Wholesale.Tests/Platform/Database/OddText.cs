using System.Globalization;
using System.Text;

namespace Wholesale.Tests.Platform.Database;

/// <summary>Text on which databases differ, if they differ: generated from a seed, so that a failure comes back. All of it is Unicode without control characters.</summary>
public static class OddText
{
    /// <summary>One of each kind at least: cases, accents, scripts, digits, what escapes or matches in SQL and JSON, blanks, what is not seen, and both sides of the surrogates.</summary>
    private static readonly string[] Pieces =
    [
        "a", "A", "b", "z", "Z", "ä", "Ä", "a\u0308", "A\u0308", "ö", "ü", "Ü", "ß", "ẞ", "ss", "é", "É", "e\u0301", "E\u0301", "ñ", "n\u0303", "ø", "æ", "Æ", "å", "\u212B", "\u212A",
        "i", "I", "İ", "ı", "i\u0307", "ﬁ", "ŉ", "ǆ", "ǅ", "Ǆ", "ж", "Ж", "я", "σ", "ς", "Σ", "ὰ", "ש", "א", "\u05B7", "ع", "ไ", "漢", "字", "ア", "ｱ", "か\u3099", "が", "한", "\u1112\u1161\u11AB",
        "0", "1", "9", "10", "１", "²", "½", "٣", "-", "\u2010", ".", ",", "'", "\"", "\\", "/", "%", "_", "[", "]", "{", "}", "#", "&", "@", "~", " ", "  ", "\u00A0", "\u3000",
        "\u200B", "\u200D", "\uFEFF", "\u00AD", "\uFE0F", "\u2800", "\u115F", "\uD7A3", "\uE000", "\uF8FF", "\uFB01", "\uFF21", "\uFFFC", "\uFFFD",
        "\U00010000", "\U00010400", "\U00010428", "\U0001D49C", "😀", "👩\u200D👧", "🇩🇪", "\U00020000", "\U000E0001", "\U000F0000", "\U0010FFFD",
    ];

    /// <summary>Names of 1–200 characters, many of which are nearly alike: in another case, longer by a character, the beginning of another, or the same.</summary>
    public static IReadOnlyList<string> Names(int count, int seed)
    {
        var random = new Random(seed);
        var names = new List<string>(count + 16);
        while (names.Count < count)
        {
            var pieces = Enumerable.Range(0, random.Next(1, 9)).Select(_ => random.GetItems(Pieces, 1)[0]).ToList();
            var name = string.Concat(pieces);
            names.AddRange(random.Next(8) switch
            {
                0 => [name, name.ToUpperInvariant(), name.ToLowerInvariant()],
                1 => [name + "\u200B", name, name + "\u0301", name + " ", name + "!"],
                2 => pieces.Select((_, i) => string.Concat(pieces.Take(i + 1))),
                3 => [Filled(name, "x"), Filled(name, "X"), Filled(name, "\U0001F600"), Filled(name, "\uFFFD")],
                4 => [name, name],
                _ => [name],
            });
        }

        return [.. names.Where(name => !string.IsNullOrWhiteSpace(name)).Take(count)];
    }

    /// <summary>Keys that may be given, each another one: 1–64 characters without blanks at either end.</summary>
    public static IReadOnlyList<string> Keys(int count, int seed) =>
    [
        .. Names(count * 3, seed)
            .Where(name => name.Length <= 64 && !char.IsWhiteSpace(name[0]) && !char.IsWhiteSpace(name[^1]))
            .Distinct(StringComparer.Ordinal)
            .Take(count),
    ];

    /// <summary>Compares as the contract says that both databases do, by means of its own.</summary>
    public static int Compare(string one, string other) => Encoding.UTF8.GetBytes(one).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(other));

    /// <summary>The same, to sort by.</summary>
    public static IComparer<string> Order { get; } = Comparer<string>.Create(Compare);

    /// <summary>A text's code points, for messages: what differs is often not seen.</summary>
    public static string CodePoints(string text) => string.Join(' ', text.EnumerateRunes().Select(rune => rune.Value.ToString("X4", CultureInfo.InvariantCulture)));

    /// <summary>As long as a name can be, and different in its last characters only.</summary>
    private static string Filled(string name, string end)
    {
        var body = name + new string('m', 200);
        var length = 200 - end.Length;
        return body[..(char.IsHighSurrogate(body[length - 1]) ? length - 1 : length)] + end;
    }
}
