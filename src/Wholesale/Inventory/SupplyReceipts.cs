using Microsoft.EntityFrameworkCore;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;

namespace Wholesale.Inventory;

/// <summary>
/// Takes supplies that have arrived into their warehouses, with what orders have of them: the reservations that were made first are served first, and the last of them in part
/// where not all has come. Runs inside the caller's unit of work.
/// </summary>
public sealed class SupplyReceipts(WholesaleDb db, Writes writes, Ids ids, Clock clock)
{
    /// <summary>Receives a supply, or a part of it. Of a supply that has come whole nothing is left.</summary>
    /// <exception cref="OvertakenException">Another writer changed the supply since it was read.</exception>
    public async ValueTask<ReceiveIncomingSupplyPayload> Receive(ReceiveIncomingSupplyInput input, CancellationToken cancellation)
    {
        var supply = await db.ExpectedSupplies.SingleOrDefaultAsync(s => s.ExternalId == input.ExternalId, cancellation);
        if (supply is null || supply.ExternalId != input.ExternalId) // SQL Server finds "A" by "A ", too
        {
            return new(null, null, [InventoryErrors.NoSuchSupply(input.ExternalId)]);
        }

        var received = input.Quantity ?? supply.Quantity;
        var level = await db.StockLevels.SingleOrDefaultAsync(l => l.VariantId == supply.VariantId && l.WarehouseId == supply.WarehouseId, cancellation);
        if (Refuse(supply, received, level) is { } refusal)
        {
            return new(supply, level, [refusal]);
        }

        var reservations = await db.StockReservations.Where(r => r.IncomingSupplyId == supply.Id).OrderBy(r => r.Id).ToListAsync(cancellation);
        var served = Served(reservations, received);
        var moved = new Quantity(served.Sum(part => part.Quantity.Thousandths));
        level = await AddTo(level, supply, received, moved, cancellation); // before the supply, as orders do, so that neither waits for the other
        await TakeFrom(supply, received, moved, cancellation);
        await Move(served, supply, cancellation);
        writes.Record(supply);
        writes.RecordInventory([(supply.WarehouseId, supply.VariantId)], AdjustmentReason.Receipt);
        return new(supply, level, []);
    }

    private static UserError? Refuse(IncomingSupply supply, Quantity received, StockLevel? level) =>
        received > supply.Quantity ? InventoryErrors.MoreThanExpected(received, supply.Quantity)
        : received == default ? new UserError(ErrorCodes.InvalidValue, "More than 0 must be received.", ["quantity"])
        : level?.OnHand.Thousandths + received.Thousandths > Quantity.Maximum ? InventoryErrors.TooMuch(level!.OnHand) with { Path = ["quantity"] }
        : null;

    /// <summary>Which reservations are served, and how much of each.</summary>
    private static List<(StockReservation Reservation, Quantity Quantity)> Served(List<StockReservation> reservations, Quantity received)
    {
        var served = new List<(StockReservation, Quantity)>();
        var left = received.Thousandths;
        foreach (var reservation in reservations.TakeWhile(_ => left > 0))
        {
            var part = Math.Min(left, reservation.Quantity.Thousandths);
            served.Add((reservation, new(part)));
            left -= part;
        }

        return served;
    }

    private async ValueTask TakeFrom(IncomingSupply supply, Quantity received, Quantity moved, CancellationToken cancellation)
    {
        supply.ExpectedOn = received == supply.Quantity ? DateOnly.FromDateTime(clock.UtcNow) : supply.ExpectedOn; // from then on it is kept for its revision alone
        var kept = await BulkRows.Update(db, [supply], s => new { s.ExpectedOn }, s => new { s.Id, s.Version }, cancellation);
        var taken = IncomingSupplyWrites.Difference(supply, -received.Thousandths, -moved.Thousandths);
        if (kept < 1 || await BulkRows.Add(db, [taken], s => new { s.Quantity, s.Reserved, s.Version }, "{Quantity} - {Reserved} >= 0 AND {Reserved} >= 0", cancellation) < 1)
        {
            throw new OvertakenException("The supply was changed by another writer since it was read.");
        }

        supply.Quantity = new(supply.Quantity.Thousandths - received.Thousandths);
        supply.Reserved = new(supply.Reserved.Thousandths - moved.Thousandths);
        supply.Version++;
    }

    private async ValueTask<StockLevel> AddTo(StockLevel? level, IncomingSupply supply, Quantity received, Quantity moved, CancellationToken cancellation)
    {
        var now = clock.UtcNow;
        var added = new StockLevel
        {
            VariantId = supply.VariantId,
            WarehouseId = supply.WarehouseId,
            OnHand = received,
            Reserved = moved,
            Version = 1,
            UpdatedAt = now,
        };
        if (level is null)
        {
            await BulkRows.Insert(db, [added], cancellation);
            return added;
        }

        if (await BulkRows.Add(db, [added], l => new { l.OnHand, l.Reserved, l.Version }, cancellation: cancellation) < 1)
        {
            throw new OvertakenException("The stock level was removed by another writer since it was read.");
        }

        await BulkRows.Update(db, [added], l => new { l.UpdatedAt }, cancellation: cancellation);
        level.OnHand = new(level.OnHand.Thousandths + received.Thousandths);
        level.Reserved = new(level.Reserved.Thousandths + moved.Thousandths);
        (level.Version, level.UpdatedAt) = (level.Version + 1, now);
        return level;
    }

    /// <summary>Reservations that are served whole lie in the warehouse now; of one that is served in part, the part does, and the rest keeps its place.</summary>
    private async ValueTask Move(List<(StockReservation Reservation, Quantity Quantity)> served, IncomingSupply supply, CancellationToken cancellation)
    {
        var parts = new List<StockReservation>();
        foreach (var (reservation, quantity) in served)
        {
            if (quantity == reservation.Quantity)
            {
                (reservation.WarehouseId, reservation.IncomingSupplyId) = (supply.WarehouseId, null);
                continue;
            }

            reservation.Quantity = new(reservation.Quantity.Thousandths - quantity.Thousandths);
            parts.Add(new StockReservation
            {
                Id = ids.Next(),
                OwnerId = reservation.OwnerId,
                VariantId = reservation.VariantId,
                WarehouseId = supply.WarehouseId,
                Quantity = quantity,
                PromisedOn = reservation.PromisedOn,
            });
        }

        await BulkRows.Update(
            db, served.ConvertAll(part => part.Reservation), r => new { r.WarehouseId, r.IncomingSupplyId, r.Quantity }, cancellation: cancellation);
        await BulkRows.Insert(db, parts, cancellation);
    }
}
