using System.Text.RegularExpressions;

namespace Wholesale.Tests;

/// <summary>Tells by a message which rule or which part of the engine speaks: a name, and how its messages begin or end.</summary>
/// <param name="patterns">Names with regular expressions.</param>
internal sealed class Messages(params (string Name, string Pattern)[] patterns)
{
    private readonly (string Name, Regex Pattern)[] patterns = [.. patterns.Select(p => (p.Name, new Regex(p.Pattern, RegexOptions.CultureInvariant | RegexOptions.Singleline)))];

    /// <summary>All names.</summary>
    public IEnumerable<string> Names => patterns.Select(p => p.Name).Distinct();

    /// <summary>Who says this; a message that nobody is known to say is an error.</summary>
    public string NameOf(string message)
    {
        foreach (var (name, pattern) in patterns)
        {
            if (pattern.IsMatch(message))
            {
                return name;
            }
        }

        throw new InvalidOperationException($"Nobody is known to say: {message}");
    }
}
