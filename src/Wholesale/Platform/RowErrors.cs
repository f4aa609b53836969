using System.Globalization;
using System.Text;

namespace Wholesale.Platform;

/// <summary>What is wrong with an input object, collected while it is checked; with the checks that every room needs. Paths begin at that object.</summary>
public sealed class RowErrors
{
    /// <summary>The longest key of the seller's: external ids and SKUs.</summary>
    public const int MaximumKeyLength = 64;

    /// <summary>The longest name.</summary>
    public const int MaximumNameLength = 200;

    /// <summary>The most rows that a mutation takes.</summary>
    public const int MaximumRows = 1000;

    private readonly List<UserError> errors = [];

    /// <summary>Whether something is wrong.</summary>
    public bool Any => errors.Count > 0;

    /// <summary>All of it, in the order found.</summary>
    public IReadOnlyList<UserError> ToList() => errors;

    /// <summary>Something is wrong.</summary>
    public void Add(UserError error) => errors.Add(error);

    /// <summary>Something is wrong.</summary>
    public void Add(string code, string message, params string[] path) => errors.Add(new UserError(code, message, path));

    /// <summary>A value is not of its form or outside its range.</summary>
    public void Invalid(string message, params string[] path) => Add(ErrorCodes.InvalidValue, message, path);

    /// <summary>A list position as a path has it.</summary>
    public static string Position(int index) => index.ToString(CultureInfo.InvariantCulture);

    /// <summary>Checks a key of the seller's: 1–64 characters, none of them a control character, no blank at either end.</summary>
    public void Key(string key, params string[] path)
    {
        Text(key, MaximumKeyLength, path);
        if (key.Length > 0 && (char.IsWhiteSpace(key[0]) || char.IsWhiteSpace(key[^1])))
        {
            Invalid($"A key begins and ends without blanks, unlike \"{key}\".", path);
        }
    }

    /// <summary>Checks words that are looked up, as <see cref="Text"/> does, and that no blank ends them: SQL Server would find them without it, too.</summary>
    public void LookedUp(string text, int maximumLength, params string[] path)
    {
        Text(text, maximumLength, path);
        if (EndsInBlank(text))
        {
            Invalid($"It must end without blanks, unlike \"{Cut(text)}\".", path);
        }
    }

    /// <summary>Whether there is a blank at the end that SQL Server does not compare: it takes no other characters for one.</summary>
    public static bool EndsInBlank(string text) => text.EndsWith(' ');

    /// <summary>Checks a name: 1–200 characters.</summary>
    public void Name(string name, params string[] path) => Text(name, MaximumNameLength, path);

    /// <summary>Checks words: so many characters, not only blanks, no control characters unless <paramref name="lines"/> are allowed.</summary>
    public void Text(string text, int maximumLength, string[] path, bool lines = false)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > maximumLength)
        {
            Invalid($"It must have 1–{maximumLength} characters that are not all blank, but has {text.Length}.", path);
        }
        else if (!IsWellFormed(text, lines))
        {
            Invalid("It must be Unicode text without control characters.", path);
        }
    }

    /// <summary>Checks a list's length.</summary>
    /// <returns>False if it is too long.</returns>
    public bool Length<T>(IReadOnlyList<T>? list, int maximum, params string[] path)
    {
        if (list is null || list.Count <= maximum)
        {
            return true;
        }

        Invalid($"At most {maximum} items are allowed, not {list.Count}.", path);
        return false;
    }

    /// <summary>Checks a language, which imports give as any text.</summary>
    /// <returns>Its usual spelling; the text as it is where it is no tag.</returns>
    public string Locale(string locale, params string[] path)
    {
        if (LanguageTag.TryParse(locale, out var tag))
        {
            return tag;
        }

        Invalid($"\"{Cut(locale)}\" is not a language tag of BCP 47.", path);
        return locale;
    }

    /// <summary>Checks a file's address, which imports give as any text.</summary>
    public void Url(string url, params string[] path)
    {
        if (!WebAddress.IsAbsolute(url))
        {
            Invalid($"\"{Cut(url)}\" is not an absolute http or https URL.", path);
        }
    }

    /// <summary>Checks that an interval holds at least one instant; null is open.</summary>
    public void Interval(DateTime? from, DateTime? to, params string[] path)
    {
        if (from is { } begin && to is { } end && begin >= end)
        {
            Invalid($"The end, {Instant.ToString(end)}, must lie after the beginning, {Instant.ToString(begin)}.", path);
        }
    }

    /// <summary>The error that refuses a call as a whole for its rows' number; null if it may go on.</summary>
    public static UserError? TooMany(int rows, string field, int maximum = MaximumRows) => rows <= maximum
        ? null
        : new UserError(ErrorCodes.TooManyRows, $"At most {maximum} rows are taken in one call, not {rows}; nothing was taken.", [field]);

    private static bool IsWellFormed(string text, bool lines)
    {
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out var rune, out var consumed) != System.Buffers.OperationStatus.Done
                || (Rune.IsControl(rune) && !(lines && rune.Value is '\n' or '\r' or '\t')))
            {
                return false;
            }

            rest = rest[consumed..];
        }

        return true;
    }

    private static string Cut(string text) => text.Length <= 50 ? text : string.Concat(text.AsSpan(0, 50), "…");
}
