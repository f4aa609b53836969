using System.Globalization;
using System.Text;

namespace Wholesale.Tests;

/// <summary>
/// Feeds one part of the product with made-up inputs: the same ones for the same seed. Every failure is shown with its input in a form that a test can
/// be made of. <c>WHOLESALE_FUZZ=50</c> feeds fifty times as many, <c>WHOLESALE_FUZZ_SEED=7</c> others.
/// </summary>
/// <param name="part">What is fed, for the reader of the output.</param>
/// <param name="leastMedian">Bytes that half of the inputs have at least, or they are too short to hold much.</param>
internal sealed class FuzzRun(string part, int leastMedian = 200)
{
    /// <summary>Longest that one input may take, in processor time: about a thousand times the usual.</summary>
    private const int HangMilliseconds = 50;

    private const int MaxFailures = 10;

    private static readonly int Seed = (int)Number("WHOLESALE_FUZZ_SEED", 1);
    private static readonly double Times = Number("WHOLESALE_FUZZ", 1);

    private readonly Dictionary<string, string> failures = [];
    private readonly List<Hits> hits = [];
    private readonly int[] lengths = new int[64 * 1024];
    private double slowest;

    /// <summary>Where everything that is made up comes from.</summary>
    public Random Random { get; } = new(Seed);

    /// <summary>Counts how often something happens that must happen.</summary>
    /// <param name="what">For the reader of the output.</param>
    /// <param name="expected">The names that must be hit.</param>
    public Hits Count(string what, IEnumerable<string> expected)
    {
        var counted = new Hits(what, expected);
        hits.Add(counted);
        return counted;
    }

    /// <summary>Feeds inputs and reports; fails if one made the part throw or hang, if they are short, or if something was never hit.</summary>
    /// <param name="inputs">How many, before <c>WHOLESALE_FUZZ</c>.</param>
    /// <param name="next">Makes up an input.</param>
    /// <param name="feed">Takes it; whatever it throws is a failure.</param>
    public void Run(int inputs, Func<byte[]> next, Action<byte[]> feed)
    {
        var count = (long)(inputs * Times);
        var start = ThreadClock.Milliseconds;
        for (var i = 0L; i < count && failures.Count < MaxFailures; i++)
        {
            var input = next();
            lengths[Math.Min(input.Length, lengths.Length - 1)]++;
            Feed(input, feed);
        }

        Report(count, ThreadClock.Milliseconds - start);
    }

    private void Feed(byte[] input, Action<byte[]> feed)
    {
        var start = ThreadClock.Milliseconds;
        try
        {
            feed(input);
        }
        catch (Exception failure)
        {
            // One of each kind is enough: a kind is an exception and the line that threw it.
            failures.TryAdd($"{failure.GetType()} {failure.StackTrace?.Split('\n')[0]}", $"{failure}\n{Show(input)}");
            return;
        }

        var took = ThreadClock.Milliseconds - start;
        slowest = Math.Max(slowest, took > HangMilliseconds ? Again(input, feed) : took);
    }

    /// <summary>A slow input again, for it may have paid for a collection or a compilation; the best of all counts.</summary>
    private double Again(byte[] input, Action<byte[]> feed)
    {
        var best = double.MaxValue;
        for (var repetition = 0; repetition < 3; repetition++)
        {
            var start = ThreadClock.Milliseconds;
            feed(input);
            best = Math.Min(best, ThreadClock.Milliseconds - start);
        }

        if (best > HangMilliseconds)
        {
            failures.TryAdd("hang", string.Create(CultureInfo.InvariantCulture, $"It took {best:0} ms at best.\n{Show(input)}"));
        }

        return best;
    }

    private void Report(long count, double milliseconds)
    {
        var output = TestContext.Current.TestOutputHelper!;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{part}: {count} inputs, seed {Seed}, median {Median(count)} bytes, {milliseconds / 1000:0.0} s, slowest {slowest:0.0} ms, {failures.Count} failures"));
        foreach (var counted in hits)
        {
            output.WriteLine(counted.ToString());
        }

        Assert.True(failures.Count == 0, $"{part}, seed {Seed}:\n{string.Join("\n\n", failures.Values)}");
        Assert.All(hits, counted => Assert.Empty(counted.Missed));
        Assert.InRange(Median(count), leastMedian, lengths.Length);
    }

    private int Median(long count)
    {
        var length = 0;
        for (var seen = (long)lengths[0]; seen < count / 2; seen += lengths[length])
        {
            length++;
        }

        return length;
    }

    /// <summary>As text for the eye, and as an expression to paste.</summary>
    private static string Show(byte[] input) => $"{Encoding.UTF8.GetString(input)}\nConvert.FromBase64String(\"{Convert.ToBase64String(input)}\")";

    private static double Number(string variable, double otherwise) =>
        double.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}

/// <summary>How often each of some things happened.</summary>
internal sealed class Hits
{
    private readonly string what;
    private readonly SortedDictionary<string, int> counts = new(StringComparer.Ordinal);

    public Hits(string what, IEnumerable<string> expected)
    {
        this.what = what;
        foreach (var name in expected)
        {
            counts.Add(name, 0);
        }
    }

    /// <summary>What never happened.</summary>
    public IEnumerable<string> Missed => counts.Where(c => c.Value == 0).Select(c => c.Key);

    /// <summary>Counts one; whatever was not expected is an error.</summary>
    public void Add(string name) =>
        counts[name] = counts.TryGetValue(name, out var count) ? count + 1 : throw new InvalidOperationException($"Nothing expects {what} \"{name}\".");

    /// <inheritdoc/>
    public override string ToString() => $"  {what}:\n" + string.Join('\n', counts.Select(c => string.Create(CultureInfo.InvariantCulture, $"    {c.Value,9} {c.Key}")));
}
