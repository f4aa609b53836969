using Microsoft.EntityFrameworkCore;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;

namespace Wholesale.Pricing;

/// <summary>
/// Writes prices: decides what rows mean, by reading alone, and carries that out. <see cref="StagedPrices"/> uses it for imports.
/// A handful of statements a call, however many rows.
/// </summary>
public sealed class PriceWrites(WholesaleDb db, Writes writes, Ids ids, Clock clock)
{
    /// <summary>Rows that a mutation takes, and as many of a dead import's rows as it undoes.</summary>
    public const int MaximumRows = 5_000;

    /// <summary>Writes prices that readers see with the caller's commit. Undoes first what a dead import left in the list.</summary>
    /// <param name="list">The list, tracked.</param>
    /// <param name="inputs">The rows.</param>
    /// <param name="mode">What happens to the good rows when others are bad.</param>
    /// <param name="cancellation">Stops between statements.</param>
    public async ValueTask<BulkResult<PriceDraft>> Write(
        PriceList list, IReadOnlyList<PriceInput> inputs, BulkMode mode, CancellationToken cancellation)
    {
        PricePlan? plan = null;
        await Write(
            list,
            async () =>
            {
                plan = await Plan(list, inputs, mode, await VariantIds(inputs.Select(input => input.Sku), cancellation), cancellation);
                return plan.Changes;
            },
            cancellation);
        return plan!.Result;
    }

    /// <summary>Carries changes out that readers see with the caller's commit. Undoes first what a dead import left in the list.</summary>
    /// <param name="list">The list, tracked.</param>
    /// <param name="decide">Says what is to change, once nothing of a dead import is there any more.</param>
    /// <param name="cancellation">Stops between statements.</param>
    /// <returns>The version in which the changes are; null where no price is another than before.</returns>
    internal async ValueTask<long?> Write(PriceList list, Func<ValueTask<PriceChanges>> decide, CancellationToken cancellation)
    {
        var wasUnfinished = list.WriterId is not null;
        if (wasUnfinished)
        {
            await Undo(list, MaximumRows, hasTime: () => true, cancellation);
        }

        var changes = await decide();
        var version = list.LastPriceVersion + 1;
        foreach (var step in Steps(changes, list.Id, version, MaximumRows, cancellation))
        {
            await step();
        }

        list.LastPriceVersion = changes.ChangePrices ? version : list.LastPriceVersion;
        var former = list.Publish(changes.ChangePrices ? version : list.PriceVersion, changes.AreNone ? list.ContentId : ids.Next());
        await db.SaveChangesAsync(cancellation);
        if (wasUnfinished || !changes.AreNone)
        {
            writes.Record(PricingEvents.PricesChanged, list.Id, list.PriceVersion, former);
        }

        return changes.ChangePrices ? version : null;
    }

    /// <summary>The ids of the variants that rows name.</summary>
    internal async ValueTask<IReadOnlyDictionary<string, long>> VariantIds(IEnumerable<string> skus, CancellationToken cancellation)
    {
        var named = skus.ToHashSet(StringComparer.Ordinal);
        return await db.Variants
            .Where(v => named.Contains(v.Sku))
            .Select(v => new { v.Sku, v.Id })
            .ToDictionaryAsync(v => v.Sku, v => v.Id, StringComparer.Ordinal, cancellation);
    }

    /// <summary>Decides what rows mean for a list. Only reads: what it says is true for as long as nobody else writes into the list.</summary>
    internal async ValueTask<PricePlan> Plan(
        PriceList list, IReadOnlyList<PriceInput> inputs, BulkMode mode, IReadOnlyDictionary<string, long> variantIds, CancellationToken cancellation)
    {
        var rows = BulkRow<PriceInput, PriceDraft>.Of(inputs);
        ReadDrafts(rows, list, variantIds);
        var drafts = rows.Where(r => r.IsGood).Select(r => r.Thing!).ToList();
        var priced = drafts.Select(d => d.VariantId).ToHashSet();
        var current = await db.PriceListEntries
            .Where(e => e.PriceListId == list.Id && e.ToVersion == null && priced.Contains(e.VariantId))
            .ToListAsync(cancellation);

        var changes = PriceChanges.Of(drafts, current);
        foreach (var draft in changes.Skipped)
        {
            rows[draft.Row].IsSkipped = true;
        }

        foreach (var draft in changes.Overlapping)
        {
            rows[draft.Row].Errors.Add(PricingErrors.Overlaps(draft.MinimumQuantity));
        }

        var mayProceed = BulkRow<PriceInput, PriceDraft>.MayProceed(rows, mode);
        return new PricePlan(BulkRow<PriceInput, PriceDraft>.Result(rows, mode), mayProceed ? changes : PriceChanges.None);
    }

    /// <summary>The statements that carry changes out, in order, each for at most so many rows.</summary>
    internal IEnumerable<Func<ValueTask>> Steps(PriceChanges changes, long listId, long version, int stepRows, CancellationToken cancellation)
    {
        var ended = changes.Ended.ToLookup(e => e.FromVersion == version);
        foreach (var neverSeen in ended[true].Chunk(stepRows))
        {
            yield return async () => await BulkRows.Delete(db, neverSeen, cancellation);
        }

        foreach (var seen in ended[false].Select(e => e.Id).Chunk(stepRows))
        {
            yield return async () => await db.PriceListEntries
                .Where(e => seen.Contains(e.Id))
                .ExecuteUpdateAsync(e => e.SetProperty(p => p.ToVersion, version), cancellation);
        }

        foreach (var revised in changes.Revised.Chunk(stepRows))
        {
            yield return async () => await BulkRows.Update(db, revised, e => new { e.SourceRevision }, cancellation: cancellation);
        }

        foreach (var begun in changes.Begun.Chunk(stepRows))
        {
            yield return () => BulkRows.Insert(db, Array.ConvertAll(begun, draft => draft.Begin(ids.Next(), listId, version)), cancellation);
        }

        // Also those of rows that nobody sees yet: a turn is looked at again when it comes.
        foreach (var turns in PriceListTurn.Of(listId, changes.Begun.Where(d => d.UnitPrice is not null).SelectMany(d => new[] { d.ValidFrom, d.ValidTo }), clock.UtcNow).Chunk(stepRows))
        {
            yield return () => BulkRows.InsertMissing(db, turns, cancellation);
        }
    }

    /// <summary>Whether an import left more in a list than a mutation can undo.</summary>
    internal async ValueTask<bool> HasMuchToUndo(PriceList list, CancellationToken cancellation) =>
        list.WriterId is not null
        && (await Begun(list).Skip(MaximumRows).AnyAsync(cancellation) || await Ended(list).Skip(MaximumRows).AnyAsync(cancellation));

    /// <summary>
    /// Undoes what an import wrote into a list and did not publish, so many rows at a time, as long as there is time: versions above the published one.
    /// The import is no longer the list's writer from the first step on, so that it cannot publish a part. Runs inside a transaction.
    /// </summary>
    /// <param name="list">The list as it is now.</param>
    /// <param name="stepRows">Rows to a statement.</param>
    /// <param name="hasTime">Whether to begin another step.</param>
    /// <param name="cancellation">Stops between statements.</param>
    /// <returns>Whether nothing is left of it.</returns>
    internal async ValueTask<bool> Undo(PriceList list, int stepRows, Func<bool> hasTime, CancellationToken cancellation)
    {
        bool isDone;
        do
        {
            isDone = await Begun(list).Take(stepRows).ExecuteDeleteAsync(cancellation) < stepRows
                && await Ended(list).Take(stepRows).ExecuteUpdateAsync(e => e.SetProperty(p => p.ToVersion, (long?)null), cancellation) < stepRows;
        }
        while (!isDone && hasTime());

        list.GiveUp();
        if (isDone)
        {
            list.Release();
        }

        await BulkRows.Update(db, [list], l => new { l.WriterId, l.WriterUntil }, cancellation: cancellation);
        return isDone;
    }

    private IQueryable<PriceListEntry> Begun(PriceList list) =>
        db.PriceListEntries.Where(e => e.PriceListId == list.Id && e.FromVersion > list.PriceVersion);

    private IQueryable<PriceListEntry> Ended(PriceList list) =>
        db.PriceListEntries.Where(e => e.PriceListId == list.Id && e.ToVersion > list.PriceVersion);

    /// <summary>Checks each row by itself and finds its variant.</summary>
    internal static void ReadDrafts(List<BulkRow<PriceInput, PriceDraft>> rows, PriceList list, IReadOnlyDictionary<string, long> variantIds)
    {
        var keys = new HashSet<(long, Quantity, DateTime?)>();
        foreach (var (index, row) in rows.Index())
        {
            Check(row.Input, list, row.Errors);
            if (!variantIds.TryGetValue(row.Input.Sku, out var variantId))
            {
                row.Errors.Add(PricingErrors.NoSuchSku(row.Input.Sku));
                continue;
            }

            var input = row.Input;
            row.Thing = new PriceDraft(
                index, variantId, input.MinimumQuantity.Or(Quantity.One), input.UnitPrice?.TenThousandths, input.ValidFrom, input.ValidTo, input.SourceRevision);
            if (!row.Errors.Any && !keys.Add(row.Thing.Key))
            {
                row.Errors.Add(PricingErrors.Duplicate(input.Sku));
            }
        }
    }

    /// <summary>Checks what every row of a price says.</summary>
    internal static void Check(Quantity minimum, Amount? unitPrice, RowErrors errors)
    {
        if (minimum.Thousandths == 0)
        {
            errors.Add(PricingErrors.MinimumIsZero());
        }

        if (unitPrice is { TenThousandths: < 0 } price)
        {
            errors.Add(PricingErrors.Negative(price));
        }
    }

    private static void Check(PriceInput input, PriceList list, RowErrors errors)
    {
        Check(input.MinimumQuantity.Or(Quantity.One), input.UnitPrice, errors);
        if (input.Currency is { } currency && currency != list.Currency)
        {
            errors.Add(PricingErrors.NotTheLists(currency, list.Currency));
        }

        errors.Interval(input.ValidFrom, input.ValidTo, "validTo");
    }
}

/// <summary>What rows come to, before anything is written.</summary>
/// <param name="Result">What becomes of each row.</param>
/// <param name="Changes">What is to be written.</param>
internal sealed record PricePlan(BulkResult<PriceDraft> Result, PriceChanges Changes);
