using Microsoft.EntityFrameworkCore;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;

namespace Wholesale.Pricing;

/// <summary>
/// Writes prices: those of one call at once, or those of an import, which readers see when all are there. Runs inside the caller's unit of work; a
/// handful of statements a call, however many rows. An import writes into its list's next version, which no reader asks for before
/// <see cref="Publish"/>; if it dies, the next writer of the list undoes what it left.
/// </summary>
public sealed class PriceWrites(WholesaleDb db, Writes writes, Ids ids, Clock clock)
{
    /// <summary>Rows that a mutation takes.</summary>
    public const int MaximumRows = 5_000;

    /// <summary>How long a list is kept for an import that does not come back to it. An import that is alive renews it with every thousand rows.</summary>
    public static readonly TimeSpan WriterLease = TimeSpan.FromSeconds(10);

    /// <summary>Writes prices that readers see with the caller's commit.</summary>
    /// <param name="list">The list, tracked.</param>
    /// <param name="inputs">The rows.</param>
    /// <param name="mode">What happens to the good rows when others are bad.</param>
    /// <param name="cancellation">Stops between statements.</param>
    public async ValueTask<BulkResult<PriceDraft>> Write(
        PriceList list, IReadOnlyList<PriceInput> inputs, BulkMode mode, CancellationToken cancellation)
    {
        var isUndone = await UndoUnfinished(list, cancellation);
        var version = list.LastPriceVersion + 1;
        var (result, changes) = await WriteRows(list, version, inputs, mode, cancellation);
        if (changes.ChangePrices)
        {
            list.LastPriceVersion = version;
            list.PriceVersion = version;
        }

        await db.SaveChangesAsync(cancellation);
        if (isUndone || !changes.AreNone)
        {
            writes.Record(PricingEvents.PricesChanged, list.Id, list.PriceVersion);
        }

        return result;
    }

    /// <summary>Takes a list for an import, or keeps it.</summary>
    /// <param name="list">The list, tracked.</param>
    /// <param name="writerId">The import.</param>
    /// <returns>False if another import has it.</returns>
    public async ValueTask<bool> Hold(PriceList list, long writerId, CancellationToken cancellation)
    {
        if (list.IsHeldFromOthersThan(writerId, clock.UtcNow))
        {
            return false;
        }

        if (list.WriterId != writerId)
        {
            await UndoUnfinished(list, cancellation);
            list.LastPriceVersion++;
            list.WriterId = writerId;
        }

        list.WriterUntil = clock.UtcNow + WriterLease;
        await db.SaveChangesAsync(cancellation);
        return true;
    }

    /// <summary>Writes prices into the version of a list that an import holds.</summary>
    /// <returns>What became of the rows, and what they changed.</returns>
    public ValueTask<(BulkResult<PriceDraft> Result, PriceChanges Changes)> WriteUnpublished(
        PriceList list, IReadOnlyList<PriceInput> inputs, CancellationToken cancellation) =>
        WriteRows(list, list.LastPriceVersion, inputs, BulkMode.Partial, cancellation);

    /// <summary>Lets readers see what an import wrote, in all these lists at once.</summary>
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
            list.PriceVersion = list.LastPriceVersion;
            writes.Record(PricingEvents.PricesChanged, list.Id, list.PriceVersion);
        }

        await BulkRows.Update(db, lists, l => new { l.PriceVersion, l.WriterId, l.WriterUntil }, cancellation: cancellation);
        return lists.ConvertAll(l => l.Id);
    }

    /// <summary>Gives back lists in which an import changed nothing.</summary>
    /// <returns>Those that were still the import's.</returns>
    public async ValueTask<IReadOnlyList<long>> Release(long writerId, CancellationToken cancellation)
    {
        var lists = await db.PriceLists.Where(l => l.WriterId == writerId).ToListAsync(cancellation);
        lists.ForEach(list => list.Release());
        await BulkRows.Update(db, lists, l => new { l.WriterId, l.WriterUntil }, cancellation: cancellation);
        return lists.ConvertAll(l => l.Id);
    }

    /// <summary>Undoes what an import wrote and did not publish.</summary>
    public async ValueTask Discard(long writerId, CancellationToken cancellation)
    {
        foreach (var list in await db.PriceLists.AsTracking().Where(l => l.WriterId == writerId).ToListAsync(cancellation))
        {
            await UndoUnfinished(list, cancellation);
        }

        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>Versions above the published one are of an import that ended halfway.</summary>
    /// <returns>Whether there was such an import.</returns>
    private async ValueTask<bool> UndoUnfinished(PriceList list, CancellationToken cancellation)
    {
        if (list.WriterId is null)
        {
            return false;
        }

        await db.PriceListEntries
            .Where(e => e.PriceListId == list.Id && e.FromVersion > list.PriceVersion)
            .ExecuteDeleteAsync(cancellation);
        await db.PriceListEntries
            .Where(e => e.PriceListId == list.Id && e.ToVersion > list.PriceVersion)
            .ExecuteUpdateAsync(e => e.SetProperty(p => p.ToVersion, (long?)null), cancellation);
        list.Release();
        return true;
    }

    /// <summary>Writes rows into one version of a list.</summary>
    private async ValueTask<(BulkResult<PriceDraft> Result, PriceChanges Changes)> WriteRows(
        PriceList list, long version, IReadOnlyList<PriceInput> inputs, BulkMode mode, CancellationToken cancellation)
    {
        var rows = BulkRow<PriceInput, PriceDraft>.Of(inputs);
        await ReadDrafts(rows, list, cancellation);
        var drafts = rows.Where(r => r.IsGood).Select(r => r.Thing!).ToList();
        var variantIds = drafts.Select(d => d.VariantId).ToHashSet();
        var current = await db.PriceListEntries
            .Where(e => e.PriceListId == list.Id && e.ToVersion == null && variantIds.Contains(e.VariantId))
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

        if (!BulkRow<PriceInput, PriceDraft>.MayProceed(rows, mode))
        {
            changes = PriceChanges.None;
        }

        await Store(changes, list.Id, version, cancellation);
        return (BulkRow<PriceInput, PriceDraft>.Result(rows, mode), changes);
    }

    /// <summary>Checks each row by itself and finds its variant.</summary>
    private async ValueTask ReadDrafts(List<BulkRow<PriceInput, PriceDraft>> rows, PriceList list, CancellationToken cancellation)
    {
        var skus = rows.Select(r => r.Input.Sku).ToHashSet();
        var variantIds = await db.Variants.Where(v => skus.Contains(v.Sku)).ToDictionaryAsync(v => v.Sku, v => v.Id, cancellation);
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

    private static void Check(PriceInput input, PriceList list, RowErrors errors)
    {
        if (input.MinimumQuantity.Or(Quantity.One).Thousandths == 0)
        {
            errors.Add(PricingErrors.MinimumIsZero());
        }

        if (input.UnitPrice is { TenThousandths: < 0 } unitPrice)
        {
            errors.Add(PricingErrors.Negative(unitPrice));
        }

        if (input.Currency is { } currency && currency != list.Currency)
        {
            errors.Add(PricingErrors.NotTheLists(currency, list.Currency));
        }

        errors.Interval(input.ValidFrom, input.ValidTo, "validTo");
    }

    private async ValueTask Store(PriceChanges changes, long listId, long version, CancellationToken cancellation)
    {
        var ended = changes.Ended.ToLookup(e => e.FromVersion == version);
        var neverSeen = ended[true].ToList();
        var seen = ended[false].ToList();
        seen.ForEach(e => e.ToVersion = version);
        await BulkRows.Delete(db, neverSeen, cancellation);
        await BulkRows.Update(db, seen, e => new { e.ToVersion }, cancellation: cancellation);
        await BulkRows.Update(db, changes.Revised, e => new { e.SourceRevision }, cancellation: cancellation);
        await BulkRows.Insert(
            db,
            [
                .. changes.Begun.Select(d => new PriceListEntry
                {
                    Id = ids.Next(),
                    PriceListId = listId,
                    VariantId = d.VariantId,
                    MinimumQuantity = d.MinimumQuantity,
                    UnitPrice = d.UnitPrice,
                    ValidFrom = d.ValidFrom,
                    ValidTo = d.ValidTo,
                    FromVersion = version,
                    SourceRevision = d.SourceRevision,
                }),
            ],
            cancellation);
    }
}
