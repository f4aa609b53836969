namespace Wholesale.GraphQL.Tests.Differential;

/// <summary>Damages a document's text without regard to what it says: most of it is no GraphQL afterwards.</summary>
internal static class Damage
{
    private static readonly string[] Pieces =
    [
        "{", "}", "(", ")", "[", "]", ":", "!", "$", "@", "=", "|", "&", "...", "..", ".", "\"", "\"\"\"", "\\", "#", ",", "\n", "\r", "\t", "é", "😀", "\uFEFF",
        "\u0000", "\u0007", "'", "0", "00", "1.", "-", "1e", "1.5", "01", "0x1", "\"\\u\"", "\"\\uD83D\"", "\"\\u{110000}\"", "\"\\q\"", "on", "fragment", "query", "null",
        "true", "type", "extend", "\"a\nb\"", "1a", "?", "%", "\u00A0", "\u2028", "$$", "@@", "{}", "()", "[]",
    ];

    public static string Inflict(string text, Random random)
    {
        for (var i = random.Next(1, 3); i > 0; i--)
        {
            var at = Whole(text, random.Next(text.Length));
            var end = Whole(text, Math.Min(text.Length, at + random.Next(1, 6)));
            var piece = Pieces[random.Next(Pieces.Length)];
            text = random.Next(4) switch
            {
                0 => text.Remove(at, end - at),
                1 => text[..at] + piece + text[end..],
                2 => text[..at] + text[at..end] + text[at..],
                _ => text[..at] + piece + text[at..],
            };
            text = text.Length == 0 ? piece : text;
        }

        return text;
    }

    /// <summary>A position that is not between the halves of a surrogate pair, since neither half could be sent as UTF-8.</summary>
    private static int Whole(string text, int at) => at < text.Length && char.IsLowSurrogate(text[at]) ? at + 1 : at;
}
