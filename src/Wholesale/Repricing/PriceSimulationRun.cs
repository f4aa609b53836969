using Microsoft.EntityFrameworkCore;
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
public sealed class PriceSimulationRun(WholesaleDb db, Prices prices)
{
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
        var findings = new PriceSimulationFindings(reached, order.Worst);
        var chains = reached.All.Index().Chunk(ChunkSize).ToList();
        var chunks = changes.GroupBy(price => price.VariantId).OrderBy(variant => variant.Key).Chunk(ChunkSize).ToList();
        var (done, steps) = (0, chunks.Count * chains.Count);
        foreach (var chunk in chunks)
        {
            var ids = Array.ConvertAll(chunk, variant => variant.Key);
            var variants = await db.Variants.Where(v => ids.Contains(v.Id)).ToDictionaryAsync(v => v.Id, cancellation);
            foreach (var some in chains)
            {
                var comparison = await Comparison(some.Select(chain => chain.Item), chunk, order.At, cancellation);
                foreach (var (index, chain) in some)
                {
                    comparison.Compare(chain, variants, change => findings.Add(index, change));
                    cancellation.ThrowIfCancellationRequested();
                }

                progress(++done * 100 / steps);
            }
        }

        return findings.Result();
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
