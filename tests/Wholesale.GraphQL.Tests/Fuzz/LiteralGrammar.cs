using System.Globalization;
using System.Text;

namespace Wholesale.GraphQL.Tests.Fuzz;

/// <summary>Section 2.9 "Input Values": literals of every kind, and the white space between tokens.</summary>
/// <param name="random">Decides.</param>
/// <param name="text">Gets them.</param>
internal sealed class LiteralGrammar(Random random, StringBuilder text)
{
    private static readonly string[] Blanks = [" ", " ", " ", " ", "\n", ", ", "\t", "\r\n", " # a comment: { \"\n", "\uFEFF"];
    private static readonly string[] Characters = ["a", "Z", "0", " ", "é", "ß", "€", "🐕", "#", "{", "'", "\u2028", "\u0001", "\\n", "\\\"", "\\\\", "\\/", "\\u00e9", "\\u{1F415}", "\\uD83D\\uDC15"];
    private static readonly string[] BlockCharacters = ["a", "Z", "  ", "\n", "\n  ", "\r\n", "é", "🐕", "\\\"\"\"", "\"", "\\", "#", "\t"];
    private static readonly string[] Numbers = ["0", "-0", "1", "-7", "2147483647", "-2147483648", "2147483648", "99999999999999999999", "0.0", "-1.5", "1e5", "2.5E-3", "1e999", "3.14159265358979323846"];

    /// <summary>At least one ignored token.</summary>
    public void Blank() => text.Append(Blanks[random.Next(Blanks.Length)]);

    public bool Chance(double probability) => random.NextDouble() < probability;

    public T Any<T>(IReadOnlyList<T> items) => items[random.Next(items.Count)];

    /// <summary>A name that is seldom the same.</summary>
    public string Name(string prefix) => string.Create(CultureInfo.InvariantCulture, $"{prefix}{random.Next(50)}");

    public void Number() => text.Append(Any(Numbers));

    public void Int() => text.Append(CultureInfo.InvariantCulture, $"{random.Next(-3, 4)}");

    public void String()
    {
        if (Chance(0.2))
        {
            Quoted("\"\"\"", BlockCharacters, ends: "x\"\"\"");
            return;
        }

        Quoted("\"", Characters, ends: "\"");
    }

    /// <summary>A literal that no schema asked for.</summary>
    /// <param name="variable">Writes a variable; null where none may stand.</param>
    public void Value(int depth, Action? variable)
    {
        switch (random.Next(depth > 0 ? 10 : 7))
        {
            case 0:
                Number();
                break;
            case 1:
                Int();
                break;
            case 2:
                String();
                break;
            case 3:
                text.Append(Chance(0.5) ? "true" : "false");
                break;
            case 4:
                text.Append("null");
                break;
            case 5:
                text.Append(Any(["SIT", "ROLL", "A", "refused", "on", "type"]));
                break;
            case 6 when variable is not null:
                variable();
                break;
            case 7 or 8:
                List(random.Next(4), () => Value(depth - 1, variable));
                break;
            case 9:
                Object(random.Next(4), _ => Value(depth - 1, variable));
                break;
            default:
                text.Append("\"\"");
                break;
        }
    }

    public void List(int count, Action item)
    {
        text.Append('[');
        for (var i = 0; i < count; i++)
        {
            item();
            Blank();
        }

        text.Append(']');
    }

    private void Object(int count, Action<int> value)
    {
        text.Append('{');
        for (var i = 0; i < count; i++)
        {
            text.Append(Name("f")).Append(':');
            value(i);
            Blank();
        }

        text.Append('}');
    }

    private void Quoted(string begins, string[] characters, string ends)
    {
        text.Append(begins);
        for (var count = random.Next(12); count > 0; count--)
        {
            text.Append(Any(characters));
        }

        text.Append(ends);
    }
}
