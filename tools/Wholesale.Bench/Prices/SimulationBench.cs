using System.Diagnostics;
using System.Globalization;

namespace Wholesale.Bench.Prices;

/// <summary>How long it takes to simulate a change of prices that concerns every company: where all have the same lists, where some share one, where each has its own.</summary>
internal static class SimulationBench
{
    /// <param name="skus">In the list for everyone, three breaks each.</param>
    /// <param name="companies">All of them have that list.</param>
    /// <param name="changes">Changed prices.</param>
    /// <param name="rounds">The table has medians.</param>
    public static async Task<int> Run(int skus, int companies, int changes, int rounds)
    {
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{changes:n0} of {skus:n0} SKUs changed, {companies:n0} companies\n\n| chains | lines | companies affected | s | GC peak, MB |\n|---|---|---|---|---|"));
        foreach (var (shared, own) in new[] { (0, 0), (100, 0), (0, 100) })
        {
            using var folder = new BenchFolder();
            await new GeneratedShop(skus, Breaks: 3, Companies: companies, OverridesPerCompany: own, SharedLists: shared).Write(folder.ConnectionString);
            await using var node = await PriceNode.Start(folder.ConnectionString);
            var result = await node.Simulate(changes);
            var seconds = new List<double>();
            for (var round = 0; round < rounds; round++)
            {
                var clock = Stopwatch.StartNew();
                result = await node.Simulate(changes);
                seconds.Add(clock.Elapsed.TotalSeconds);
            }

            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {result.Chains:n0} | {result.Lines:n0} | {result.AffectedCompanies:n0} | {Figures.Spread(seconds, "0.00")} | {GC.GetGCMemoryInfo().HeapSizeBytes / 1e6:0} |"));
        }

        return 0;
    }
}
