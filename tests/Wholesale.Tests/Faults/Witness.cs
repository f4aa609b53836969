namespace Wholesale.Tests.Faults;

/// <summary>What a price is found to be.</summary>
internal enum Verdict
{
    Right,

    /// <summary>There is none.</summary>
    Missing,

    /// <summary>It was not current within two seconds before the read, nor during it.</summary>
    OutOfTime,

    /// <summary>This reader has seen a later one on this node.</summary>
    Backwards,

    /// <summary>It is another customer's, or another variant's.</summary>
    Foreign,
}

/// <summary>One reader on one node: judges each price that it sees. Not thread-safe.</summary>
/// <param name="ledger">What was written.</param>
/// <param name="node">Which node.</param>
internal sealed class Witness(PriceLedger ledger, int node)
{
    /// <summary>How long a commit of another node may go unseen.</summary>
    private static readonly TimeSpan Staleness = TimeSpan.FromSeconds(2);

    private readonly Dictionary<int, int> seen = [];

    /// <summary>Judges a price.</summary>
    /// <param name="customer">Who asked.</param>
    /// <param name="variant">For what.</param>
    /// <param name="price">In 1/10,000; null: none.</param>
    /// <param name="begin">The stopwatch's timestamp before the read.</param>
    /// <param name="end">The same behind it.</param>
    /// <param name="staleness">How long a commit of another node may go unseen; null: two seconds.</param>
    public Verdict Judge(int customer, int variant, long? price, long begin, long end, TimeSpan? staleness = null)
    {
        if (price is not { } found)
        {
            return Verdict.Missing;
        }

        var cell = ledger.CellOf(ledger.ListOf(customer, variant), variant);
        var (named, edition) = PriceLedger.Read(found);
        if (named != cell)
        {
            return Verdict.Foreign;
        }

        if (edition < seen.GetValueOrDefault(cell))
        {
            return Verdict.Backwards;
        }

        seen[cell] = edition;
        return ledger.WasCurrent(cell, edition, node, begin, end, staleness ?? Staleness) ? Verdict.Right : Verdict.OutOfTime;
    }
}

/// <summary>What readers found. Thread-safe.</summary>
internal sealed class Findings
{
    private readonly Lock sync = new();
    private readonly Dictionary<Verdict, long> verdicts = [];
    private readonly List<double> overHttp = [];
    private readonly List<double> inProcess = [];
    private long failed;
    private string? firstBad;

    /// <summary>How many prices were seen.</summary>
    public long Prices
    {
        get
        {
            lock (sync)
            {
                return verdicts.Values.Sum();
            }
        }
    }

    /// <summary>How many reads there were.</summary>
    public long Reads
    {
        get
        {
            lock (sync)
            {
                return overHttp.Count + inProcess.Count + failed;
            }
        }
    }

    public long ReadsOverHttp
    {
        get
        {
            lock (sync)
            {
                return overHttp.Count;
            }
        }
    }

    /// <summary>How many prices were another customer's.</summary>
    public long Foreign
    {
        get
        {
            lock (sync)
            {
                return verdicts.GetValueOrDefault(Verdict.Foreign);
            }
        }
    }

    /// <summary>How long a hundredth of the reads took longer than, in milliseconds.</summary>
    public (double OverHttp, double InProcess) P99
    {
        get
        {
            lock (sync)
            {
                return (P99Of(overHttp), P99Of(inProcess));
            }
        }
    }

    /// <summary>Adds a read.</summary>
    public void Add(bool isOverHttp, TimeSpan took, int customer, int node, IReadOnlyList<(Verdict Verdict, int Variant, long? Price)> judged)
    {
        lock (sync)
        {
            (isOverHttp ? overHttp : inProcess).Add(took.TotalMilliseconds);
            foreach (var (verdict, variant, price) in judged)
            {
                verdicts[verdict] = verdicts.GetValueOrDefault(verdict) + 1;
                firstBad ??= verdict == Verdict.Right ? null : $"{verdict}: customer {customer} saw {price} for variant {variant} on node {node}";
            }
        }
    }

    public void Fail(Exception exception)
    {
        lock (sync)
        {
            failed++;
            firstBad ??= exception.ToString();
        }
    }

    /// <summary>Fails if anything was not as it must be.</summary>
    public void AssertAllRight()
    {
        Assert.True(firstBad is null, $"{this}. The first: {firstBad}");
        Assert.True(Reads > 0, "Nothing was read.");
    }

    public override string ToString()
    {
        lock (sync)
        {
            var wrong = verdicts.Where(v => v.Key != Verdict.Right).Sum(v => v.Value);
            return string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"{Reads:N0} reads ({overHttp.Count:N0} over HTTP) of {Prices:N0} prices, {failed} failed, {wrong} wrong");
        }
    }

    private static double P99Of(List<double> times)
    {
        times.Sort();
        return times.Count == 0 ? 0 : times[(int)((times.Count - 1) * 0.99)];
    }
}
