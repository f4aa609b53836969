namespace Wholesale.Platform;

/// <summary>Languages by their BCP 47 tags: the scalar <c>Locale</c>.</summary>
public static class LanguageTag
{
    /// <summary>The longest tag taken, as RFC 5646 section 4.4.1 advises.</summary>
    public const int MaximumLength = 35;

    /// <summary>
    /// Whether a tag is well-formed (RFC 5646 section 2.1, <c>langtag</c> or <c>privateuse</c>), and its usual spelling (section 2.1.1):
    /// <c>ZH-hant-tw</c> → <c>zh-Hant-TW</c>. The irregular tags of old (<c>i-klingon</c>) are refused. Whether the subtags are registered is not asked.
    /// </summary>
    public static bool TryParse(string text, out string tag)
    {
        tag = "";
        var subtags = text.Split('-');
        if (text.Length > MaximumLength || !subtags.All(s => s.Length is >= 1 and <= 8 && s.All(char.IsAsciiLetterOrDigit)) || !IsWellFormed(subtags))
        {
            return false;
        }

        for (var i = 0; i < subtags.Length; i++)
        {
            subtags[i] = InUsualCase(subtags[i], isFirst: i == 0, followsSingleton: i > 0 && subtags[i - 1].Length == 1);
        }

        tag = string.Join('-', subtags);
        return true;
    }

    // langtag = language ["-" script] ["-" region] *("-" variant) *("-" extension) ["-" privateuse]
    private static bool IsWellFormed(string[] subtags)
    {
        var next = 0;
        bool Take(Func<string, bool> fits)
        {
            var taken = next < subtags.Length && fits(subtags[next]);
            next += taken ? 1 : 0;
            return taken;
        }

        if (!IsSingleton(subtags[0], privateUse: true))
        {
            if (!Take(s => s.Length >= 2 && s.All(char.IsAsciiLetter)))
            {
                return false;
            }

            // extlang = 3ALPHA *2("-" 3ALPHA), after a language of two or three letters
            for (var i = 0; i < 3 && subtags[0].Length <= 3 && Take(s => s.Length == 3 && s.All(char.IsAsciiLetter)); i++)
            {
            }

            Take(s => s.Length == 4 && s.All(char.IsAsciiLetter));
            Take(s => (s.Length == 2 && s.All(char.IsAsciiLetter)) || (s.Length == 3 && s.All(char.IsAsciiDigit)));
            while (Take(s => s.Length >= 5 || (s.Length == 4 && char.IsAsciiDigit(s[0]))))
            {
            }

            while (Take(s => IsSingleton(s, privateUse: false)))
            {
                if (!Take(s => s.Length >= 2))
                {
                    return false;
                }

                while (Take(s => s.Length >= 2))
                {
                }
            }
        }

        if (Take(s => IsSingleton(s, privateUse: true)))
        {
            return next++ < subtags.Length;
        }

        return next == subtags.Length;
    }

    private static bool IsSingleton(string subtag, bool privateUse) => subtag.Length == 1 && subtag is "x" or "X" == privateUse;

    private static string InUsualCase(string subtag, bool isFirst, bool followsSingleton) => (isFirst || followsSingleton, subtag.Length) switch
    {
        (false, 2) => subtag.ToUpperInvariant(),
        (false, 4) => string.Concat(subtag[..1].ToUpperInvariant(), subtag[1..].ToLowerInvariant()),
        _ => subtag.ToLowerInvariant(),
    };
}

/// <summary>Where a file is: the scalar <c>URL</c>.</summary>
public static class WebAddress
{
    /// <summary>The longest address taken.</summary>
    public const int MaximumLength = 2048;

    /// <summary>Whether this is an absolute <c>http</c> or <c>https</c> URL by RFC 3986, which is ASCII with everything else percent-encoded.</summary>
    public static bool IsAbsolute(string text) =>
        text.Length <= MaximumLength
        && text.All(c => c is > ' ' and < '\x7F')
        && Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
        && uri.IsWellFormedOriginalString();
}
