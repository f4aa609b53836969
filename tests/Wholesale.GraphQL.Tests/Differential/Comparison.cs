using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Wholesale.GraphQL.Tests.Differential;

/// <summary>
/// Whether two answers are one: the same verdict; the same bytes of data; the same errors as a set of paths and locations, messages aside. Where several
/// positions fail within one null, section 6.4.4 lets an engine stop at the first, so any of the failures that there are will do, if it is at least one.
/// </summary>
internal static class Comparison
{
    // Beyond these the engine tells no more: Run.MaxErrors, InputReader.MaxErrors.
    private const int MaxExecutionErrors = 100;
    private const int MaxVariableErrors = 5;

    /// <summary>Null where they agree, else in which way they do not.</summary>
    public static string? Difference(Answer ours, Answer theirs)
    {
        if (ours.Verdict != theirs.Verdict)
        {
            return $"verdict {ours.Verdict} for {theirs.Verdict}";
        }

        if (ours.Verdict != Verdict.Executed)
        {
            var isCut = ours.Verdict == Verdict.Refused && ours.Errors.Count >= MaxVariableErrors;
            var (oursOnly, theirsOnly) = (Only(ours, theirs), isCut ? [] : Only(theirs, ours));
            return oursOnly.Count + theirsOnly.Count == 0 ? null
                : $"errors of {ours.Verdict}: {oursOnly.Count} of ours, {string.Join(" ", theirsOnly.Select(e => e.Rule).Distinct().Order())} of theirs";
        }

        if (WithPlainNumbers(ours.Data!) != WithPlainNumbers(theirs.Data!))
        {
            return "data";
        }

        return Places(ours.Errors).SetEquals(Places(theirs.Errors)) ? null : ErrorsWithinNulls(ours, theirs);
    }

    /// <summary>The errors of one answer that the other does not have.</summary>
    public static IReadOnlyList<AnswerError> Only(Answer one, Answer other)
    {
        var places = Places(other.Errors);
        return [.. one.Errors.Where(e => !places.Contains(e.Place))];
    }

    /// <summary>
    /// JSON text with its numbers in one form. 1E+21 and 1e+21, -0 and 0, 100 and 1E+2 are the same numbers, and neither specification says which to write:
    /// the reference writes as ECMAScript's Number::toString does, the engine as .NET's shortest round trip does.
    /// </summary>
    public static string WithPlainNumbers(string json)
    {
        var text = new StringBuilder(json.Length);
        for (var i = 0; i < json.Length;)
        {
            var start = i;
            if (json[i] == '"')
            {
                for (i++; json[i] != '"'; i++)
                {
                    i += json[i] == '\\' ? 1 : 0;
                }

                text.Append(json, start, ++i - start);
            }
            else if (json[i] == '-' || char.IsAsciiDigit(json[i]))
            {
                while (i < json.Length && (char.IsAsciiLetterOrDigit(json[i]) || json[i] is '-' or '+' or '.'))
                {
                    i++;
                }

                // Adding zero makes −0 zero.
                text.Append((double.Parse(json.AsSpan(start, i - start), CultureInfo.InvariantCulture) + 0.0).ToString("R", CultureInfo.InvariantCulture));
            }
            else
            {
                text.Append(json[i++]);
            }
        }

        return text.ToString();
    }

    private static string? ErrorsWithinNulls(Answer ours, Answer theirs)
    {
        if (!Places(theirs.Failures ?? []).IsSupersetOf(Places(ours.Errors)))
        {
            return "execution errors that are none";
        }

        using var data = JsonDocument.Parse(ours.Data!);
        var (nulls, expected) = (Nulls(data.RootElement, ours.Errors), Nulls(data.RootElement, theirs.Errors));
        return nulls.SetEquals(expected) || (ours.Errors.Count >= MaxExecutionErrors && expected.IsSupersetOf(nulls)) ? null : "nulls without their error";
    }

    /// <summary>The positions of the data that are null because of some errors.</summary>
    private static HashSet<string> Nulls(JsonElement data, IEnumerable<AnswerError> errors) => [.. errors.Select(e => NullOf(data, e.Path))];

    private static string NullOf(JsonElement data, string? path)
    {
        using var steps = JsonDocument.Parse(path ?? "[]");
        var position = new StringBuilder();
        foreach (var step in steps.RootElement.EnumerateArray())
        {
            if (data.ValueKind == JsonValueKind.Null)
            {
                break;
            }

            data = step.ValueKind == JsonValueKind.Number ? data[step.GetInt32()] : data.GetProperty(step.GetString()!);
            position.Append('/').Append(step);
        }

        return position.ToString();
    }

    private static HashSet<string> Places(IEnumerable<AnswerError> errors) => [.. errors.Select(e => e.Place)];
}
