using System.Diagnostics;
using System.Globalization;
using Wholesale.Catalog;
using Wholesale.Companies;
using Wholesale.Platform;
using Wholesale.Platform.Events;
using Wholesale.Pricing;

namespace Wholesale.Bench.Prices;

/// <summary>
/// U4: what a shop that keeps a copy of its prices waits for after one in a hundred has changed, against reading all of them again; in one process, without
/// HTTP, page by page as a client would ask. Meanwhile another list changes as much, which the shop does not have.
/// </summary>
internal static class PriceChangesBench
{
    /// <param name="skus">In the list for everyone, three breaks each.</param>
    /// <param name="rounds">Alternating; the table has medians.</param>
    public static async Task<int> Run(int skus, int rounds)
    {
        const int Buyer = 0;
        const int Times = 20; // the same changes again: a server that runs has its code compiled
        using var folder = new BenchFolder();
        await new GeneratedShop(skus, Breaks: 3, Companies: 10, OverridesPerCompany: 1_000, SharedLists: 4).Write(folder.ConnectionString);
        await using var node = await PriceNode.Start(folder.ConnectionString);
        var caller = await node.CallerOf(Buyer);
        await node.Price(Buyer, 500);
        await node.WhenLoaded();

        var (full, delta, idle) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = -1; round < rounds; round++)
        {
            var (_, _, cursor) = await Changes(node, caller, null);
            await Edit(node, "base", skus, round);
            await Edit(node, "contract-1", skus, round);
            var (all, prices) = await Everything(node, caller);
            var (changed, changes, next) = (0d, 0, "");
            var (nothing, none) = (0d, 0);
            for (var i = 0; i < Times; i++)
            {
                (changed, changes, next) = await Changes(node, caller, cursor);
                (nothing, none, _) = await Changes(node, caller, next);
            }

            if (prices != skus || changes < skus / 250 || none != 0)
            {
                throw new InvalidOperationException($"{prices} prices, {changes} changes and then {none} are not what was to be told.");
            }

            if (round >= 0)
            {
                full.Add(all);
                delta.Add(changed);
                idle.Add(nothing);
            }
        }

        Console.WriteLine("\n| | measured | target |\n|---|---|---|");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| U4 all prices of {skus:n0} SKUs, ms | {Figures.Spread(full, "0")} | |"));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| U4 after 1 % has changed, ms | {Figures.Spread(delta, "0.0")} | ≤ {(Figures.Median(full) / 100) + 10:0.0} (1 % + 10 ms) |"));
        Console.WriteLine($"| U4 when nothing has, ms | {Figures.Spread(idle, "0.0")} | |");
        return 0;
    }

    private static async Task<(double Milliseconds, int Count)> Everything(PriceNode node, Caller caller)
    {
        var (start, count, after) = (Stopwatch.GetTimestamp(), 0, (string?)null);
        var sight = new Sight(false, DateTime.UtcNow, caller.Company!.Id, null, "en");
        do
        {
            var page = await node.In(services => services.GetRequiredService<EffectivePrices>().Read(Page.Of(Page.MaximumSize, after), null, caller, sight, default));
            count += page.Edges.Count(edge => edge.Node.Price!.Breaks.Count > 0);
            after = page.PageInfo.HasNextPage ? page.PageInfo.EndCursor : null;
        }
        while (after is not null);

        return (Stopwatch.GetElapsedTime(start).TotalMilliseconds, count);
    }

    private static async Task<(double Milliseconds, int Count, string Cursor)> Changes(PriceNode node, Caller caller, string? after)
    {
        var (start, count, hasMore) = (Stopwatch.GetTimestamp(), 0, true);
        while (hasMore)
        {
            var page = await node.In(services => services.GetRequiredService<PriceChangeFeed>().Read(after, PriceChangeFeed.MaximumSize, caller, default));
            (count, after, hasMore) = (count + page.Edges.Count, page.PageInfo.EndCursor, page.PageInfo.HasNextPage);
        }

        return (Stopwatch.GetElapsedTime(start).TotalMilliseconds, count, after!);
    }

    /// <summary>Another price for one SKU in a hundred.</summary>
    private static async Task Edit(PriceNode node, string list, int skus, int round)
    {
        foreach (var chunk in Enumerable.Range(0, skus / 100).Chunk(PriceWrites.MaximumRows))
        {
            await node.In(async services =>
            {
                var db = services.GetRequiredService<WholesaleDb>();
                var id = db.PriceLists.Where(l => l.ExternalId == list).Select(l => l.Id).Single();
                var payload = await services.GetRequiredService<Writes>().Run(Actor.System, () => services.GetRequiredService<PriceListWrites>().UpsertPrices(
                    new(
                        new NodeId(nameof(PriceList), id),
                        [.. chunk.Select(i => new PriceInput(GeneratedShop.Sku((i * 100) + 7), UnitPrice: new Amount(50_0000 + ((round + 2) * 100) + (i % 100))))]),
                    default));
                return payload.UserErrors.Count == 0 ? true : throw new InvalidOperationException(payload.UserErrors[0].Message);
            });
        }
    }
}
