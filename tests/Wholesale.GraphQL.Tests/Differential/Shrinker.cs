using System.Text.RegularExpressions;

namespace Wholesale.GraphQL.Tests.Differential;

/// <summary>Makes a document on which the engines differ shorter, as long as they differ in the same way.</summary>
internal static partial class Shrinker
{
    // Each round asks for every balanced run of tokens that could be left out, so a few rounds find nearly all.
    private const int MaxRounds = 12;
    // Within so many ends a definition ends, or a field with alias, arguments, directive and selections; the last ones leave out the most.
    private const int FirstEnds = 8;
    private const int LastEnds = 3;

    public static async Task<Difference> Shrink(Difference found, Reference reference)
    {
        var best = found;
        for (var round = 0; round < MaxRounds; round++)
        {
            var shorter = Candidates(best.Request.Query).Select(query => best.Request with { Query = query }).ToList();
            if (await FirstThatDiffers(best, shorter, reference) is not { } next)
            {
                break;
            }

            best = next;
        }

        return best;
    }

    /// <summary>The shortest first.</summary>
    private static IEnumerable<string> Candidates(string query)
    {
        var tokens = Token().Matches(query).Select(m => m.Value).ToList();
        return Runs(tokens)
            .Select(run => string.Join(" ", tokens.Take(run.Start).Concat(tokens.Skip(run.End))))
            .Where(text => text.Length < query.Length)
            .Distinct()
            .OrderBy(text => text.Length);
    }

    /// <summary>Runs of tokens in which every bracket is closed.</summary>
    private static IEnumerable<(int Start, int End)> Runs(List<string> tokens)
    {
        for (var start = 0; start < tokens.Count; start++)
        {
            var ends = new List<int>();
            var depth = 0;
            for (var end = start; end < tokens.Count && depth >= 0; end++)
            {
                depth += tokens[end] is "{" or "(" or "[" ? 1 : tokens[end] is "}" or ")" or "]" ? -1 : 0;
                if (depth == 0)
                {
                    ends.Add(end + 1);
                }
            }

            foreach (var end in ends.Take(FirstEnds).Concat(ends.TakeLast(LastEnds)).Distinct())
            {
                yield return (start, end);
            }
        }
    }

    private static async Task<Difference?> FirstThatDiffers(Difference like, List<DifferentialRequest> requests, Reference reference)
    {
        var engine = new Engine(like.Sdl, like.Seed);
        var theirs = await reference.Ask(new DifferentialBatch(like.Sdl, like.Seed, requests));
        for (var i = 0; i < requests.Count; i++)
        {
            var ours = await engine.Ask(requests[i]);
            if (Comparison.Difference(ours, theirs[i]) == like.Kind && Deviation.Of(requests[i], ours, theirs[i]).Count == 0)
            {
                return like with { Request = requests[i], Ours = ours, Theirs = theirs[i] };
            }
        }

        return null;
    }

    [GeneratedRegex("\"\"\"[\\s\\S]*?\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\"|\\.\\.\\.|[A-Za-z0-9_$@.+-]+|[^\\s,]")]
    private static partial Regex Token();
}
