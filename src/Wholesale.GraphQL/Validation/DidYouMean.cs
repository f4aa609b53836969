namespace Wholesale.GraphQL.Validation;

/// <summary>The end of a message that suggests what the client may have meant. Runs for errors only.</summary>
static class DidYouMean
{
    const int MaxSuggestions = 5;

    /// <summary>Names that are nearly what was written, nearest first; empty where there is none or where suggestions are off.</summary>
    /// <param name="what">A word before the names, with a space after it.</param>
    public static string Similar(ValidationContext context, string written, IEnumerable<string> names, string what = "")
    {
        if (!context.Options.Suggestions)
        {
            return "";
        }

        // Two letters in five may be wrong; the case of all counts as one.
        var threshold = (written.Length * 2 / 5) + 1;
        var similar = names
            .Where(name => Math.Abs(name.Length - written.Length) <= threshold)
            .Select(name => (Name: name, Distance: Distance(written, name)))
            .Where(candidate => candidate.Distance <= threshold)
            .OrderBy(candidate => candidate.Distance)
            .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .Select(candidate => candidate.Name)
            .ToList();
        return OneOf(similar, what);
    }

    /// <summary>The names as a question; empty where there are none.</summary>
    public static string OneOf(IReadOnlyList<string> names, string what = "")
    {
        var quoted = names.Take(MaxSuggestions).Select(name => $"\"{name}\"").ToList();
        return quoted switch
        {
            [] => "",
            [var only] => $" Did you mean {what}{only}?",
            [var first, var second] => $" Did you mean {what}{first} or {second}?",
            [.. var some, var last] => $" Did you mean {what}{string.Join(", ", some)}, or {last}?",
        };
    }

    /// <summary>Damerau and Levenshtein's: letters to insert, delete, replace, or to swap with their neighbour.</summary>
    static int Distance(string written, string name)
    {
        if (written == name)
        {
            return 0;
        }

        var a = written.ToUpperInvariant();
        var b = name.ToUpperInvariant();
        if (a == b)
        {
            return 1;
        }

        var (beforeLast, last, current) = (new int[b.Length + 1], new int[b.Length + 1], new int[b.Length + 1]);
        for (var j = 0; j <= b.Length; j++)
        {
            last[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                current[j] = Math.Min(replaced, Math.Min(last[j], current[j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    current[j] = Math.Min(current[j], beforeLast[j - 2] + 1);
                }
            }

            (beforeLast, last, current) = (last, current, beforeLast);
        }

        return last[b.Length];
    }
}
