using Microsoft.EntityFrameworkCore;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;

namespace Wholesale.Inventory;

/// <summary>
/// Takes goods that leave a warehouse out of its stock, with what their lines had reserved: there or, where they leave another one than was planned, elsewhere. Runs inside the caller's unit of work, in
/// the shared lane, in which what is on hand changes.
/// </summary>
public sealed class StockIssues(WholesaleDb db, Writes writes)
{
    /// <summary>Takes all of it out or, where there are shortages, nothing. At most twelve statements, however many lines.</summary>
    /// <param name="warehouseId">From where.</param>
    /// <param name="goods">Of which lines how much: each line and each variant once, and no more than the line has reserved.</param>
    /// <param name="cancellation">Stops the statements.</param>
    /// <returns>What is not there, or is other lines'; empty: all was taken.</returns>
    /// <exception cref="OvertakenException">Another writer changed the same reservations.</exception>
    public async ValueTask<IReadOnlyList<StockShortage>> Issue(long warehouseId, IReadOnlyList<StockWish> goods, CancellationToken cancellation)
    {
        if (goods.Count == 0)
        {
            return [];
        }

        var held = await StockHoldings.Read(db, [.. goods.Select(wish => wish.OwnerId)], cancellation);
        var sent = held.Sent([.. goods.Select(wish => new StockPart(wish.OwnerId, wish.Quantity, warehouseId))]);
        var here = sent.Where(part => part.Reservation.WarehouseId == warehouseId).ToLookup(part => part.Reservation.OwnerId);
        var elsewhere = new ReservedStock([.. sent.Where(part => part.Reservation.WarehouseId != warehouseId).Select(part => part.Row)]);
        var isTaken = await writes.RunUnrecorded(
            async () =>
            {
                var isThere = await TakeOut(warehouseId, goods, here, cancellation);
                if (!isThere)
                {
                    writes.Undo();
                }

                return isThere;
            },
            cancellation);
        if (!isTaken)
        {
            return await Shortages(warehouseId, goods, here, cancellation);
        }

        if (!await elsewhere.Count(db, -1, cancellation))
        {
            throw StockHoldings.Overtaken();
        }

        await held.Shrink(db, sent, cancellation);
        writes.RecordInventory(goods.Select(wish => (warehouseId, wish.VariantId)));
        await elsewhere.Record(db, writes, cancellation);
        return [];
    }

    /// <summary>Counts goods out. What their lines had reserved here need only be there; what they had not must not be others', either.</summary>
    private async ValueTask<bool> TakeOut(long warehouseId, IReadOnlyList<StockWish> goods, ILookup<long, TakenStock> here, CancellationToken cancellation)
    {
        var levels = goods.Select(wish => (Level: new StockLevel
        {
            VariantId = wish.VariantId,
            WarehouseId = warehouseId,
            OnHand = new(-wish.Quantity.Thousandths),
            Reserved = new(-Sum(here[wish.OwnerId])),
            Version = 1,
        }, IsReserved: Sum(here[wish.OwnerId]) == wish.Quantity.Thousandths)).OrderBy(change => change.Level.VariantId).ToLookup(change => change.IsReserved, change => change.Level);
        return await Add([.. levels[true]], "{OnHand} >= 0 AND {Reserved} >= 0", cancellation)
            && await Add([.. levels[false]], "{OnHand} >= 0 AND {Reserved} >= 0 AND {OnHand} - {Reserved} >= 0", cancellation);
    }

    private async ValueTask<bool> Add(List<StockLevel> levels, string condition, CancellationToken cancellation) =>
        await BulkRows.Add(db, levels, l => new { l.OnHand, l.Reserved, l.Version }, condition, cancellation) == levels.Count;

    private async ValueTask<List<StockShortage>> Shortages(long warehouseId, IReadOnlyList<StockWish> goods, ILookup<long, TakenStock> here, CancellationToken cancellation)
    {
        var variantIds = goods.Select(wish => wish.VariantId).ToHashSet();
        var levels = await db.StockLevels.Where(l => l.WarehouseId == warehouseId && variantIds.Contains(l.VariantId)).ToDictionaryAsync(l => l.VariantId, cancellation);
        var shortages = goods
            .Select(wish => (Wish: wish, Left: Left(levels.GetValueOrDefault(wish.VariantId), Sum(here[wish.OwnerId]))))
            .Where(found => found.Left < found.Wish.Quantity.Thousandths)
            .Select(found => new StockShortage(found.Wish.OwnerId, found.Wish.VariantId, found.Wish.Quantity, new(found.Left))).ToList();
        return shortages.Count > 0 ? shortages : throw StockHoldings.Overtaken();
    }

    /// <summary>How much of what lies there a line may take: what it has reserved, and what nobody has.</summary>
    private static long Left(StockLevel? level, long reserved) =>
        level is null ? 0 : Math.Clamp(reserved + Math.Max(0, level.OnHand.Thousandths - level.Reserved.Thousandths), 0, level.OnHand.Thousandths);

    private static long Sum(IEnumerable<TakenStock> parts) => parts.Sum(part => part.Quantity.Thousandths);
}
