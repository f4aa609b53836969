using Microsoft.EntityFrameworkCore;
using Wholesale.Catalog;
using Wholesale.Platform;
using Wholesale.Pricing;

namespace Wholesale.Repricing;

/// <summary>Another price in a list, or that a price ends.</summary>
/// <param name="PriceListId">The list.</param>
/// <param name="VariantId">The variant.</param>
/// <param name="MinimumQuantity">From this quantity on.</param>
/// <param name="UnitPrice">In 1/10,000 of the list's currency; null: none.</param>
internal readonly record struct SimulatedPrice(long PriceListId, long VariantId, Quantity MinimumQuantity, long? UnitPrice);

/// <summary>What is to be simulated.</summary>
/// <param name="PriceChangeSetId">The set of which it is the prices, as they are when it is run; null: <paramref name="Prices"/>.</param>
/// <param name="Prices">The other prices, where there is no set; each list, variant and minimum quantity once.</param>
/// <param name="At">The instant to judge by.</param>
/// <param name="Worst">How many lines and companies to tell of.</param>
internal sealed record PriceSimulationOrder(long? PriceChangeSetId, IReadOnlyList<SimulatedPrice> Prices, DateTime At, int Worst);

/// <summary>
/// Finds out what would come of a change of prices: prices each distinct chain of lists before and after, for the changed variants alone. Reads some lists
/// and variants at a time, each by one statement, and keeps none of their prices. One a scope; not thread-safe.
/// </summary>
public sealed class PriceSimulationRun(WholesaleDb db, Prices prices, BoughtGoods bought, Clock clock)
{
    /// <summary>What was bought in this time before the instant, or before now where that is to come, tells what the change comes to.</summary>
    internal static readonly TimeSpan RevenueTime = TimeSpan.FromDays(90);

    /// <summary>Chains, and variants, of which prices are read at once.</summary>
    internal const int ChunkSize = 250;

    /// <summary>Runs it.</summary>
    /// <param name="order">What to simulate.</param>
    /// <param name="progress">Told of the work done so far, in per cent.</param>
    /// <param name="cancellation">Stops between statements.</param>
    /// <exception cref="MoneyOverflowException">A unit price, rounded, is beyond what money can hold.</exception>
    internal async ValueTask<PriceSimulationResult> Run(PriceSimulationOrder order, Action<int> progress, CancellationToken cancellation)
    {
        var changes = order.PriceChangeSetId is { } set ? await PricesOf(set, cancellation) : order.Prices;
        var changed = changes.Select(price => price.PriceListId).ToHashSet();
        var reached = await PriceChains.Read(db, changed, order.At, cancellation);
        var (findings, revenues) = (new PriceSimulationFindings(reached, order.Worst), new SimulatedRevenues());
        var chains = reached.All.Index().Chunk(ChunkSize).ToList();
        var chunks = changes.GroupBy(price => price.VariantId).OrderBy(variant => variant.Key).Chunk(ChunkSize).ToList();
        var (done, steps) = (0, chunks.Count * chains.Count);
        foreach (var chunk in chunks)
        {
            var ids = Array.ConvertAll(chunk, variant => variant.Key);
            var variants = await db.Variants.Where(v => ids.Contains(v.Id)).ToDictionaryAsync(v => v.Id, cancellation);
            var sold = await Sold(reached, chunk, order.At, cancellation);
            foreach (var some in chains)
            {
                var comparison = await Comparison(some.Select(chain => chain.Item), chunk, order.At, cancellation);
                foreach (var (index, chain) in some)
                {
                    comparison.Compare(chain, variants, change => findings.Add(index, change));
                    AddUp(chain, comparison, sold, variants, revenues);
                    cancellation.ThrowIfCancellationRequested();
                }

                progress(++done * 100 / steps);
            }

            // What is left was bought in another than the company's own currency.
            foreach (var some in sold.Keys.ToList().Chunk(ChunkSize))
            {
                var comparison = await Comparison(some, chunk, order.At, cancellation);
                Array.ForEach(some, chain => AddUp(chain, comparison, sold, variants, revenues));
            }
        }

        return findings.Result() with { Revenues = revenues.Result() };
    }

    /// <summary>What was bought of some variants by the chains that a list reaches with another price of the variant: how many lines of which quantity.</summary>
    private async ValueTask<Dictionary<PriceChain, Dictionary<(long VariantId, Quantity Quantity), long>>> Sold(
        PriceChains reached, IGrouping<long, SimulatedPrice>[] chunk, DateTime at, CancellationToken cancellation)
    {
        var sold = new Dictionary<PriceChain, Dictionary<(long, Quantity), long>>(ReferenceEqualityComparer.Instance);
        var listsOf = chunk.ToDictionary(variant => variant.Key, variant => variant.Select(price => price.PriceListId).Distinct().ToArray());
        var until = at < clock.UtcNow ? at : clock.UtcNow;
        var since = until - DateTime.MinValue > RevenueTime ? until - RevenueTime : DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc);
        await foreach (var page in bought.Of([.. listsOf.Keys], since, until, cancellation))
        {
            foreach (var line in page)
            {
                if (reached.Of(line.UnitId, line.Currency) is { } chain && chain.Reached.Overlaps(listsOf[line.VariantId]))
                {
                    var lines = sold.TryGetValue(chain, out var there) ? there : sold[chain] = [];
                    var key = (line.VariantId, line.Quantity);
                    lines[key] = lines.GetValueOrDefault(key) + 1;
                }
            }
        }

        return sold;
    }

    /// <summary>Adds up what was bought by a chain, once.</summary>
    private static void AddUp(
        PriceChain chain,
        SimulatedLists comparison,
        Dictionary<PriceChain, Dictionary<(long VariantId, Quantity Quantity), long>> sold,
        Dictionary<long, Variant> variants,
        SimulatedRevenues revenues)
    {
        if (sold.Remove(chain, out var lines))
        {
            var (currency, rounding) = (chain.Book.Currency!.Value, chain.Book.Terms.Rounding.Mode);
            comparison.Price(
                chain,
                lines.Select(line => (line, variants[line.Key.VariantId], line.Key.Quantity)),
                (line, before, after) => revenues.Add(currency, line.Key.Quantity, line.Value, before, after, variants[line.Key.VariantId].StandardCost, rounding));
        }
    }

    private Task<List<SimulatedPrice>> PricesOf(long setId, CancellationToken cancellation) => db.PriceChangeLines
        .Where(line => line.PriceChangeSetId == setId)
        .Select(line => new SimulatedPrice(line.PriceListId, line.VariantId, line.MinimumQuantity, line.UnitPrice))
        .ToListAsync(cancellation);

    /// <summary>Reads the prices of some variants in all lists of some chains.</summary>
    private async ValueTask<SimulatedLists> Comparison(
        IEnumerable<PriceChain> chains, IGrouping<long, SimulatedPrice>[] changes, DateTime at, CancellationToken cancellation)
    {
        // A book numbers its sources, so that this one must not share any with the chains.
        var all = new PriceBook(chains
            .SelectMany(chain => chain.Book.Lists)
            .DistinctBy(list => list.PriceListId)
            .Select(list => list with { Sources = [.. list.Sources.Select(source => source with { })] }));
        var lists = await prices.FromDatabase(all, Array.ConvertAll(changes, variant => variant.Key), at, cancellation);
        return new SimulatedLists(lists, changes, at);
    }
}
