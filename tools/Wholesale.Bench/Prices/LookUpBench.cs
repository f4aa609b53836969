using System.Diagnostics;
using System.Globalization;
using Wholesale.Catalog;
using Wholesale.Platform;
using Wholesale.Pricing;

namespace Wholesale.Bench.Prices;

/// <summary>
/// U1: one price at a time, each of a random one of 1,000 buyers and a random SKU, timed alone. Once in a heap that has its memory, as a server that answers
/// has it; and once right after all that is free was given back to the system: then each new piece of it, one for some 85 prices, is two page faults.
/// </summary>
internal static class LookUpBench
{
    private const int Buyers = 1_000;
    private const int LookUps = 100_000;

    public static async Task Run(PriceNode node, int companies, int skus, int rounds, List<string> table)
    {
        var random = new Random(1);
        var buyers = new PriceResolution[Buyers];
        for (var i = 0; i < buyers.Length; i++)
        {
            buyers[i] = await node.Resolution(random.Next(companies));
        }

        var variants = Enumerable.Range(0, LookUps).Select(_ => node.VariantAt(random.Next(skus))).ToArray();
        var (warm, returned) = (new List<Pass>(), new List<Pass>());
        for (var round = -1; round < rounds; round++)
        {
            var afterCollection = Measure(buyers, variants, random, givesMemoryBack: true);
            var after = Measure(buyers, variants, random, givesMemoryBack: false);
            if (round >= 0)
            {
                returned.Add(afterCollection);
                warm.Add(after);
            }
        }

        table.Add($"| U1 one price of a random buyer and SKU, µs: {Row(warm)} | p99 ≤ 2 |");
        table.Add($"| U1 the same right after free memory was given back, µs: {Row(returned)} | |");
    }

    private static Pass Measure(PriceResolution[] buyers, Variant[] variants, Random random, bool givesMemoryBack)
    {
        if (givesMemoryBack)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
        else
        {
            // Until the collector has come around twice, so that new objects stand where others stood before.
            for (var i = GC.CollectionCount(0) + 2; GC.CollectionCount(0) < i;)
            {
                buyers[random.Next(buyers.Length)].Resolve(variants[random.Next(variants.Length)], Quantity.One);
            }
        }

        var times = new long[variants.Length];
        var faults = PageFaults();
        for (var i = 0; i < times.Length; i++)
        {
            var buyer = buyers[random.Next(buyers.Length)];
            var start = Stopwatch.GetTimestamp();
            buyer.Resolve(variants[i], Quantity.One);
            times[i] = Stopwatch.GetTimestamp() - start;
        }

        faults = PageFaults() - faults;
        Array.Sort(times);
        double At(double part) => times[(int)(times.Length * part)] * 1e6 / Stopwatch.Frequency;
        return new(At(0.5), At(0.9), At(0.99), At(0.999), faults);
    }

    /// <summary>Pages that the system has given to this process so far.</summary>
    private static long PageFaults() => OperatingSystem.IsLinux()
        ? long.Parse(File.ReadAllText("/proc/self/stat").Split(") ")[^1].Split(' ')[7], CultureInfo.InvariantCulture)
        : 0;

    private static string Row(List<Pass> passes) => string.Create(
        CultureInfo.InvariantCulture,
        $"median, p90, p99, p99.9 (page faults) | {Figures.Median(passes.Select(p => p.Median)):0.00}, {Figures.Median(passes.Select(p => p.P90)):0.00}, {Figures.Spread(passes.Select(p => p.P99), "0.00")}, {Figures.Median(passes.Select(p => p.P999)):0.00} ({Figures.Median(passes.Select(p => (double)p.PageFaults)):0})");

    private readonly record struct Pass(double Median, double P90, double P99, double P999, long PageFaults);
}
