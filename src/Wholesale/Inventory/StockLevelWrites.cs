using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;

namespace Wholesale.Inventory;

/// <summary>
/// Takes what was counted, and what came or went, many rows at once: for mutations and imports alike. What is reserved stays. Runs inside the caller's unit of work, in the
/// shared line, so that nobody else counts meanwhile; orders may reserve.
/// </summary>
/// <remarks>Throws an <see cref="OvertakenException"/> where one of the levels is not there any more.</remarks>
public sealed class StockLevelWrites(WholesaleDb db, Writes writes, Clock clock)
{
    /// <summary>Says what lies in warehouses, whatever lay there before.</summary>
    public async ValueTask<BulkResult<StockLevel>> Set(IReadOnlyList<InventoryInput> inputs, BulkMode mode, CancellationToken cancellation)
    {
        var rows = BulkRow<InventoryInput, StockLevel>.Of(inputs);
        var places = await StockPlaces.Read(db, [.. inputs.Select(input => (input.Sku, input.Warehouse))], cancellation);
        var changes = new List<LevelChange>();
        foreach (var (i, row) in rows.Index())
        {
            if (places.Find(i, row.Errors) is not { } level)
            {
                continue;
            }

            row.IsSkipped = row.Input.SourceRevision < level.SourceRevision;
            row.Thing = level;
            var (onHandBefore, before) = (level.OnHand, (level.OnHand, level.SafetyStock, level.SourceRevision));
            if (row.IsGood)
            {
                level.OnHand = row.Input.OnHand;
                level.SafetyStock = row.Input.SafetyStock ?? level.SafetyStock;
                level.SourceRevision = row.Input.SourceRevision ?? level.SourceRevision;
                if (level.Version == 0 || before != (level.OnHand, level.SafetyStock, level.SourceRevision))
                {
                    changes.Add(new(level, onHandBefore));
                }
            }
        }

        if (BulkRow<InventoryInput, StockLevel>.MayProceed(rows, mode))
        {
            await Store(changes, cancellation);
        }

        return BulkRow<InventoryInput, StockLevel>.Result(rows, mode);
    }

    /// <summary>Adds to what lies in warehouses, or takes from it. Of rows with a revision each is taken once.</summary>
    public async ValueTask<BulkResult<StockLevel>> Adjust(IReadOnlyList<InventoryAdjustmentInput> inputs, BulkMode mode, CancellationToken cancellation)
    {
        var rows = BulkRow<InventoryAdjustmentInput, StockLevel>.Of(inputs);
        var places = await StockPlaces.Read(db, [.. inputs.Select(input => (input.Sku, input.Warehouse))], cancellation);
        var changes = new List<LevelChange>();
        foreach (var (i, row) in rows.Index())
        {
            if (places.Find(i, row.Errors) is not { } level)
            {
                continue;
            }

            row.Thing = level;
            row.IsSkipped = row.Input.SourceRevision <= level.SourceRevision;
            var onHandBefore = level.OnHand;
            if (row.IsGood && Adjusted(onHandBefore, row.Input, row.Errors) is { } onHand)
            {
                level.OnHand = onHand;
                level.SourceRevision = row.Input.SourceRevision ?? level.SourceRevision;
                changes.Add(new(level, onHandBefore, row.Input.Reason));
            }
        }

        if (BulkRow<InventoryAdjustmentInput, StockLevel>.MayProceed(rows, mode))
        {
            await Store(changes, cancellation);
        }

        return BulkRow<InventoryAdjustmentInput, StockLevel>.Result(rows, mode);
    }

    /// <summary>What lies there afterwards; null if that cannot be.</summary>
    private static Quantity? Adjusted(Quantity onHand, InventoryAdjustmentInput input, RowErrors errors)
    {
        var (added, removed) = (input.Add ?? default, input.Remove ?? default);
        if (input.Add is null == input.Remove is null || added == removed)
        {
            errors.Add(InventoryErrors.NotOneOfAddAndRemove());
            return null;
        }

        var sum = onHand.Thousandths + added.Thousandths - removed.Thousandths;
        if (sum is >= 0 and <= Quantity.Maximum)
        {
            return new Quantity(sum);
        }

        errors.Add(sum < 0 ? InventoryErrors.Insufficient(removed, onHand) : InventoryErrors.TooMuch(onHand));
        return null;
    }

    /// <summary>
    /// Writes levels. Not by the version that was read: each order counts that up, and of a thousand levels one is ordered always. What is on hand is as it was read, since only
    /// the shared line changes it.
    /// </summary>
    private async ValueTask Store(List<LevelChange> changes, CancellationToken cancellation)
    {
        var now = clock.UtcNow;
        changes.ForEach(change => change.Level.UpdatedAt = now);
        var found = changes.FindAll(change => change.Level.Version > 0);
        var kept = await BulkRows.Update(
            db,
            found.ConvertAll(change => change.Level),
            l => new { l.SafetyStock, l.SourceRevision, l.UpdatedAt },
            cancellation: cancellation);
        var added = found.ConvertAll(change => new StockLevel
        {
            VariantId = change.Level.VariantId,
            WarehouseId = change.Level.WarehouseId,
            OnHand = new(change.Level.OnHand.Thousandths - change.OnHandBefore.Thousandths),
            Version = 1,
        });
        if (kept < found.Count || await BulkRows.Add(db, added, l => new { l.OnHand, l.Version }, "{OnHand} >= 0", cancellation) < found.Count)
        {
            throw new OvertakenException("Stock levels are not there any more, or were counted by another writer since they were read.");
        }

        var news = changes.FindAll(change => change.Level.Version == 0);
        changes.ForEach(change => change.Level.Version++);
        await BulkRows.Insert(db, news.ConvertAll(change => change.Level), cancellation);
        foreach (var reason in changes.GroupBy(change => change.Reason))
        {
            writes.RecordInventory(reason.Select(change => (change.Level.WarehouseId, change.Level.VariantId)), reason.Key);
        }
    }

    /// <summary>A level as it is to be.</summary>
    /// <param name="Level">Of version 0 if it is new, else of the version that was read.</param>
    /// <param name="OnHandBefore">What lay there.</param>
    /// <param name="Reason">Why; null if that was not given.</param>
    private sealed record LevelChange(StockLevel Level, Quantity OnHandBefore, AdjustmentReason? Reason = null);
}
