using Microsoft.EntityFrameworkCore;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;

namespace Wholesale.Pricing;

/// <summary>
/// Prices that an import writes into the next versions of its lists, which no reader asks for before <see cref="Publish"/>. What an import leaves that
/// dies, the next writer of the list undoes. Only the import itself writes into a list that it has, so rows are decided on outside the write gate and
/// carried out in short turns at it.
/// </summary>
public sealed class StagedPrices(WholesaleDb db, Writes writes, PriceWrites prices, Ids ids, Clock clock)
{
    /// <summary>How long a list is kept for an import that does not come back to it.</summary>
    public static readonly TimeSpan WriterLease = TimeSpan.FromSeconds(10);

    /// <summary>Rows to a statement: a step is short beside a turn.</summary>
    private const int StepRows = 500;

    /// <summary>Takes lists for an import, or keeps them.</summary>
    /// <param name="listIds">The lists.</param>
    /// <param name="writerId">The import; not 0.</param>
    /// <param name="cancellation">Stops between turns.</param>
    /// <returns>Those that it has now; the others another import has.</returns>
    public async ValueTask<IReadOnlyList<PriceList>> Take(IReadOnlyCollection<long> listIds, long writerId, CancellationToken cancellation)
    {
        var taken = new List<PriceList>();
        var left = new Queue<long>(listIds);
        await writes.RunInTurns(
            async hasTime =>
            {
                while (left.TryPeek(out var id) && hasTime())
                {
                    var list = await db.PriceLists.SingleAsync(l => l.Id == id, cancellation);
                    if (!list.IsHeldFromOthersThan(writerId, clock.UtcNow))
                    {
                        if (!await Take(list, writerId, hasTime, cancellation))
                        {
                            return true;
                        }

                        taken.Add(list);
                    }

                    left.Dequeue();
                }

                return left.Count > 0;
            },
            cancellation);
        return taken;
    }

    /// <summary>Tells that an import is alive: all its lists are kept for another <see cref="WriterLease"/>.</summary>
    public async ValueTask Renew(long writerId, CancellationToken cancellation)
    {
        var until = clock.UtcNow + WriterLease;
        await writes.RunUnrecorded(
            async () => await db.PriceLists.Where(l => l.WriterId == writerId).ExecuteUpdateAsync(l => l.SetProperty(p => p.WriterUntil, until), cancellation),
            cancellation);
    }

    /// <summary>Writes prices into the unpublished versions of lists that an import has.</summary>
    /// <returns>What became of each list's rows; null of a list that the import has no longer.</returns>
    public async ValueTask<IReadOnlyList<StagedRows?>> Stage(
        IReadOnlyList<(PriceList List, IReadOnlyList<PriceInput> Rows)> batch, long writerId, CancellationToken cancellation)
    {
        var variantIds = await prices.VariantIds(batch.SelectMany(b => b.Rows).Select(row => row.Sku), cancellation);
        var plans = new List<(PriceList List, PricePlan Plan)>();
        foreach (var (list, rows) in batch)
        {
            plans.Add((list, await prices.Plan(list, rows, BulkMode.Partial, variantIds, cancellation)));
        }

        var kept = await Stage(plans.ConvertAll(p => (p.List, p.Plan.Changes)), writerId, cancellation);
        return plans.ConvertAll(p => kept.Contains(p.List.Id) ? new StagedRows(p.Plan.Result, p.Plan.Changes.ChangePrices) : null);
    }

    /// <summary>Carries changes out in the unpublished versions of lists that a writer has.</summary>
    /// <returns>The lists that it still has.</returns>
    internal async ValueTask<IReadOnlySet<long>> Stage(
        IReadOnlyList<(PriceList List, PriceChanges Changes)> batch, long writerId, CancellationToken cancellation)
    {
        var kept = batch.Select(b => b.List.Id).ToHashSet();
        using var steps = batch
            .SelectMany(b => prices.Steps(b.Changes, b.List.Id, b.List.LastPriceVersion, StepRows, cancellation).Select(step => (b.List.Id, Run: step)))
            .GetEnumerator();
        if (steps.MoveNext())
        {
            await writes.RunInTurns(
                async hasTime =>
                {
                    kept.IntersectWith(await db.PriceLists.Where(l => kept.Contains(l.Id) && l.WriterId == writerId).Select(l => l.Id).ToListAsync(cancellation));
                    do
                    {
                        if (kept.Contains(steps.Current.Id))
                        {
                            await steps.Current.Run();
                        }

                        if (!steps.MoveNext())
                        {
                            return false;
                        }
                    }
                    while (hasTime());

                    return true;
                },
                cancellation);
        }

        return kept;
    }

    /// <summary>Lets readers see what an import wrote, in all these lists at once. Runs inside the caller's unit of work.</summary>
    /// <param name="writerId">The import.</param>
    /// <param name="listIds">The lists in which it changed prices.</param>
    /// <param name="cancellation">Stops between statements.</param>
    /// <returns>Those of them that were still the import's: what it wrote into others is undone, or will be.</returns>
    public async ValueTask<IReadOnlyList<long>> Publish(long writerId, IReadOnlyCollection<long> listIds, CancellationToken cancellation)
    {
        var lists = await db.PriceLists.Where(l => l.WriterId == writerId && listIds.Contains(l.Id)).ToListAsync(cancellation);
        foreach (var list in lists)
        {
            list.Release();
            var former = list.Publish(list.LastPriceVersion, ids.Next());
            writes.Record(PricingEvents.PricesChanged, list.Id, list.PriceVersion, former);
        }

        await BulkRows.Update(db, lists, l => new { l.PriceVersion, l.ContentId, l.WriterId, l.WriterUntil }, cancellation: cancellation);
        return lists.ConvertAll(l => l.Id);
    }

    /// <summary>Gives back lists in which an import changed nothing. Runs inside the caller's unit of work.</summary>
    /// <returns>Those that were still the import's.</returns>
    public async ValueTask<IReadOnlyList<long>> Release(long writerId, CancellationToken cancellation)
    {
        var lists = await db.PriceLists.Where(l => l.WriterId == writerId).ToListAsync(cancellation);
        lists.ForEach(list => list.Release());
        await BulkRows.Update(db, lists, l => new { l.WriterId, l.WriterUntil }, cancellation: cancellation);
        return lists.ConvertAll(l => l.Id);
    }

    /// <summary>Undoes all that an import wrote and did not publish.</summary>
    public async ValueTask Discard(long writerId, CancellationToken cancellation)
    {
        foreach (var id in await db.PriceLists.Where(l => l.WriterId == writerId).Select(l => l.Id).ToListAsync(cancellation))
        {
            await Undo(id, list => list.WriterId == writerId, cancellation);
        }
    }

    /// <summary>Undoes what a dead import left in a list.</summary>
    public ValueTask Undo(long listId, CancellationToken cancellation) => Undo(listId, _ => false, cancellation);

    private ValueTask Undo(long listId, Func<PriceList, bool> isOurs, CancellationToken cancellation) => writes.RunInTurns(
        async hasTime =>
        {
            var list = await db.PriceLists.SingleAsync(l => l.Id == listId, cancellation);
            var isUnfinished = list.WriterId is not null && (isOurs(list) || !list.IsHeldFromOthersThan(null, clock.UtcNow));
            return isUnfinished && !await prices.Undo(list, StepRows, hasTime, cancellation);
        },
        cancellation);

    /// <returns>False if there is more to undo first.</returns>
    private async ValueTask<bool> Take(PriceList list, long writerId, Func<bool> hasTime, CancellationToken cancellation)
    {
        if (list.WriterId == writerId)
        {
            return true;
        }

        if (list.WriterId is not null && !await prices.Undo(list, StepRows, hasTime, cancellation))
        {
            return false;
        }

        list.TakeFor(writerId, clock.UtcNow + WriterLease);
        await BulkRows.Update(db, [list], l => new { l.LastPriceVersion, l.WriterId, l.WriterUntil }, cancellation: cancellation);
        return true;
    }
}

/// <summary>What became of an import's rows.</summary>
/// <param name="Result">Of each of them.</param>
/// <param name="ChangePrices">Whether any price is another one than before.</param>
public sealed record StagedRows(BulkResult<PriceDraft> Result, bool ChangePrices);
