using System.Globalization;
using System.Text;
using Wholesale.Tests;

namespace Wholesale.GraphQL.Tests.Differential;

/// <summary>
/// This engine against npm <c>graphql</c>: the same generated schemas, data and documents must get the same answers. See README.md beside this file.
/// </summary>
public sealed class DifferentialTests(ITestOutputHelper output)
{
    // Shown in full, and shrunk, which takes seconds each.
    private const int MaxShown = 5;

    [Fact]
    public async Task Generated_documents_get_the_answers_of_the_reference()
    {
        using var reference = new Reference(Requires.Node());
        var seed = Setting("WHOLESALE_DIFFERENTIAL_SEED") ?? int.Parse(TimeProvider.System.GetUtcNow().ToString("yyyyMMdd", CultureInfo.InvariantCulture));
        var documents = Setting("WHOLESALE_DIFFERENTIAL") ?? 2_000;
        output.WriteLine($"WHOLESALE_DIFFERENTIAL_SEED={seed} WHOLESALE_DIFFERENTIAL={documents}");
        var run = new DifferentialRun(reference, seed);

        await run.Ask(documents);

        output.WriteLine(run.ToString());
        Assert.True(run.Differences.Count == 0, await Report(run.Differences, reference));
        Assert.True(run.Hits.Lowest >= documents / 1_000, $"Some rule was hardly tested:\n{run.Hits}");
        Assert.True(run.ExplainedCount < run.Count / 20, $"More is explained away than there should be:\n{run}");
    }

    [Fact]
    public async Task Every_difference_ever_found_is_answered_as_was_decided()
    {
        using var reference = new Reference(Requires.Node());
        var wrong = new StringBuilder();

        foreach (var file in CorpusFiles())
        {
            var entry = CorpusEntry.Read(file);
            var request = entry.Batch.Requests[0];
            var (ours, theirs) = (await new Engine(entry.Batch.Sdl, entry.Seed).Ask(request), (await reference.Ask(entry.Batch))[0]);
            var explained = string.Join(", ", Deviation.Of(request, ours, theirs).Select(d => d.Name));
            if (entry.Deviation is null ? Comparison.Difference(ours, theirs) is not null : explained != entry.Deviation)
            {
                wrong.Append(CultureInfo.InvariantCulture, $"{Path.GetFileName(file)}: {entry.Why}\n{ours}\n{theirs}\n");
            }
        }

        Assert.True(wrong.Length == 0, wrong.ToString());
    }

    [Fact]
    public void Every_deviation_has_a_case_in_the_corpus()
    {
        var cases = CorpusFiles().Select(CorpusEntry.Read).Select(e => e.Deviation).OfType<string>().Distinct();

        Assert.Equal(Deviation.All.Select(d => d.Name).Order(), cases.Order());
    }

    private static async Task<string> Report(IReadOnlyList<Difference> differences, Reference reference)
    {
        var text = new StringBuilder($"{differences.Count} differences: {string.Join(", ", differences.CountBy(d => d.Kind))}\n");
        foreach (var found in differences.GroupBy(d => d.Kind).SelectMany(same => same.OrderBy(d => d.Request.Query.Length).Take(2)).Take(MaxShown))
        {
            var shown = await Shrinker.Shrink(found, reference);
            text.Append(CultureInfo.InvariantCulture, $"\n{shown.Kind}\nours: {shown.Ours}\ntheirs: {shown.Theirs}\n{CorpusEntry.Print(shown)}\n");
        }

        return text.ToString();
    }

    private static IEnumerable<string> CorpusFiles([System.Runtime.CompilerServices.CallerFilePath] string caller = "") =>
        Directory.EnumerateFiles(Path.Combine(Path.GetDirectoryName(caller)!, "corpus"), "*.json").Order(StringComparer.Ordinal);

    private static int? Setting(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? int.Parse(value, CultureInfo.InvariantCulture) : null;
}
