using System.Text.Json;

namespace Wholesale.GraphQL.Tests.Differential;

/// <summary>A request on which the engines differ, with all that is needed to ask it again.</summary>
internal sealed record Difference(string Sdl, string Seed, DifferentialRequest Request, string Kind, Answer Ours, Answer Theirs);

/// <summary>Asks both engines a number of generated documents and counts.</summary>
/// <param name="seed">The same seed makes the same schemas, data and documents.</param>
internal sealed class DifferentialRun(Reference reference, int seed)
{
    private const int DocumentsOfSchema = 50;

    // Ways to make a document, with a total of a hundred.
    private const int ValidPercent = 25;
    private const int BrokenPercent = 60;
    private const int DamagedPercent = 8;
    private const int BrokenTwicePercent = 15;

    // How many documents may have nothing that could break a rule, one after the other.
    private const int MaxTries = 40;

    private readonly string[] rules = [.. RuleHits.Names];
    private int nextRule;

    public RuleHits Hits { get; } = new();

    public Dictionary<string, int> Verdicts { get; } = [];

    public Dictionary<string, int> Explained { get; } = [];

    public List<Difference> Differences { get; } = [];

    public int Count { get; private set; }

    /// <summary>Documents on which the engines differ as <see cref="Deviation"/> allows.</summary>
    public int ExplainedCount { get; private set; }

    public async Task Ask(int documents)
    {
        for (var schema = 0; Count < documents; schema++)
        {
            await AskSchema(new Random(unchecked((seed * 1_000_003) + schema)), $"{seed}.{schema}");
        }
    }

    /// <summary>All counts.</summary>
    public override string ToString() => $"""
        {Hits}
        {Count} documents: {string.Join(", ", Verdicts.OrderBy(v => v.Key).Select(v => $"{v.Value} {v.Key}"))}
        {Differences.Count} differences, {ExplainedCount} accepted:
        {string.Join("\n", Explained.OrderByDescending(e => e.Value).Select(e => $"{e.Value,8} {e.Key}"))}
        """;

    private async Task AskSchema(Random random, string dataSeed)
    {
        var sdl = SchemaGenerator.Generate(random);
        var engine = new Engine(sdl, dataSeed);
        var made = Enumerable.Range(0, DocumentsOfSchema).Select(_ => Make(engine, random)).ToList();
        var asked = reference.Ask(new DifferentialBatch(sdl, dataSeed, [.. made.Select(m => m.Request)]));
        var ours = new List<Answer>();
        foreach (var (_, _, request) in made)
        {
            ours.Add(await engine.Ask(request));
        }

        var theirs = await asked;
        for (var i = 0; i < made.Count; i++)
        {
            Judge(sdl, dataSeed, made[i], ours[i], theirs[i]);
        }
    }

    private void Judge(string sdl, string dataSeed, (DocumentModel? Document, string? Broken, DifferentialRequest Request) made, Answer ours, Answer theirs)
    {
        Count++;
        Verdicts[theirs.Verdict.ToString()] = Verdicts.GetValueOrDefault(theirs.Verdict.ToString()) + 1;
        if (Comparison.Difference(ours, theirs) is not { } kind)
        {
            if (made.Document is not null)
            {
                Hits.Count(made.Document, made.Broken, theirs);
            }
        }
        else if (Deviation.Of(made.Request, ours, theirs) is { Count: > 0 } deviations)
        {
            ExplainedCount++;
            foreach (var deviation in deviations)
            {
                Explained[deviation.Name] = Explained.GetValueOrDefault(deviation.Name) + 1;
            }
        }
        else
        {
            Differences.Add(new Difference(sdl, dataSeed, made.Request, kind, ours, theirs));
        }
    }

    /// <summary>A request, its document unless that was damaged, and the rule that it breaks.</summary>
    private (DocumentModel? Document, string? Broken, DifferentialRequest Request) Make(Engine engine, Random random)
    {
        var generator = new DocumentGenerator(engine.Schema, random);
        var way = random.Next(100);
        var document = generator.Generate();
        string? broken = null;
        if (way is >= ValidPercent and < ValidPercent + BrokenPercent)
        {
            (document, broken) = Broken(engine, random, generator);
        }

        var isDamaged = way is >= ValidPercent + BrokenPercent and < ValidPercent + BrokenPercent + DamagedPercent;
        var hasWrongVariables = way >= ValidPercent + BrokenPercent + DamagedPercent;
        var variables = generator.VariablesJson(document, hasWrongVariables ? random.Next(1, 25) : 0);
        var operationName = random.Next(50) == 0 ? "Other" : document.OperationName;
        var text = new DocumentWriter(random).Write(document);
        var request = new DifferentialRequest(isDamaged ? Damage.Inflict(text, random) : text, operationName, JsonElement.Parse(variables));
        return (isDamaged ? null : document, broken, request);
    }

    private (DocumentModel Document, string? Broken) Broken(Engine engine, Random random, DocumentGenerator generator)
    {
        // One rule after the other, so that the hard ones are hit as often as the easy ones.
        var rule = rules[nextRule++ % rules.Length];
        for (var i = 0; ; i++)
        {
            var document = generator.Generate();
            var mutator = new Mutator(engine.Schema, random, generator);
            if (mutator.Break(rule, document))
            {
                // Now and then another one too, since what one rule finds must not depend on the rest.
                if (random.Next(100) < BrokenTwicePercent)
                {
                    mutator.Break(rules[random.Next(rules.Length)], document);
                }

                return (document, rule);
            }

            if (i == MaxTries)
            {
                // The schema has nothing for this rule: no subscriptions, no input objects.
                return (document, null);
            }
        }
    }
}
