using Microsoft.EntityFrameworkCore;
using Wholesale.Platform;
using Wholesale.Platform.Database;

namespace Wholesale.Inventory;

/// <summary>A part of what a line has.</summary>
/// <param name="OwnerId">The order line.</param>
/// <param name="Quantity">How much of it.</param>
/// <param name="WarehouseId">From there first, whether it is there or expected; null: from wherever.</param>
/// <param name="IsPromisedThere">Whether what nobody has ordered yet was promised from there.</param>
public sealed record StockPart(long OwnerId, Quantity Quantity, long? WarehouseId = null, bool IsPromisedThere = true);

/// <summary>What a line has somewhere.</summary>
/// <param name="OwnerId">The order line.</param>
/// <param name="WarehouseId">Where it lies, or will arrive; null: nobody has ordered it yet.</param>
/// <param name="Quantity">How much.</param>
/// <param name="IsThere">Whether it lies there.</param>
public sealed record HeldStock(long OwnerId, long? WarehouseId, Quantity Quantity, bool IsThere);

/// <summary>A part of a reservation.</summary>
/// <param name="Reservation">As it was read.</param>
/// <param name="Quantity">How much of it.</param>
internal sealed record TakenStock(StockReservation Reservation, Quantity Quantity)
{
    /// <summary>The part as a row, for what counts rows.</summary>
    public StockReservation Row => WithQuantity(Quantity);

    /// <summary>What is left; null: nothing.</summary>
    public StockReservation? Rest =>
        Quantity == Reservation.Quantity ? null : WithQuantity(new(Reservation.Quantity.Thousandths - Quantity.Thousandths));

    private StockReservation WithQuantity(Quantity quantity) => new()
    {
        Id = Reservation.Id,
        OwnerId = Reservation.OwnerId,
        VariantId = Reservation.VariantId,
        WarehouseId = Reservation.WarehouseId,
        IncomingSupplyId = Reservation.IncomingSupplyId,
        Quantity = quantity,
        PromisedOn = Reservation.PromisedOn,
    };
}

/// <summary>What order lines have of stock, and which parts of it go when less is needed. Immutable.</summary>
internal sealed class StockHoldings
{
    private readonly IReadOnlyList<Held> held;

    private StockHoldings(IReadOnlyList<Held> held) => this.held = held;

    /// <summary>All of it.</summary>
    public IReadOnlyList<TakenStock> All => [.. held.Select(of => new TakenStock(of.Reservation, of.Reservation.Quantity))];

    /// <summary>Where it is.</summary>
    public IReadOnlyList<HeldStock> Places => PlacesOf(All);

    /// <summary>Reads it; one statement.</summary>
    public static async ValueTask<StockHoldings> Read(WholesaleDb db, IReadOnlyCollection<long> ownerIds, CancellationToken cancellation) => new(await (
        from reservation in db.StockReservations
        join supply in db.IncomingSupplies on reservation.IncomingSupplyId equals supply.Id into supplies
        from supply in supplies.DefaultIfEmpty()
        where ownerIds.Contains(reservation.OwnerId)
        orderby reservation.Id
        select new Held(reservation, reservation.WarehouseId ?? supply!.WarehouseId, supply!.ExpectedOn)).ToListAsync(cancellation));

    /// <summary>Where parts of it are.</summary>
    public IReadOnlyList<HeldStock> PlacesOf(IReadOnlyList<TakenStock> parts)
    {
        var warehouses = held.ToDictionary(of => of.Reservation.Id, of => of.WarehouseId);
        return [.. parts.Select(part => new HeldStock(part.Reservation.OwnerId, warehouses[part.Reservation.Id], part.Quantity, part.Reservation.WarehouseId is not null))];
    }

    /// <summary>The parts that go when lines need less: of the warehouse that is named first, and there what is the least certain.</summary>
    public List<TakenStock> LeastCertain(IReadOnlyList<StockPart> parts) => Take(
        parts,
        (of, part) => of.OrderBy(h => part.WarehouseId is null || (h.WarehouseId is null ? part.IsPromisedThere : h.WarehouseId == part.WarehouseId) ? 0 : 1)
            .ThenBy(h => h.Certainty).ThenByDescending(h => h.ExpectedOn).ThenByDescending(h => h.Reservation.Id));

    /// <summary>The parts that goods which leave a warehouse were: what lies there first, else what is the least certain.</summary>
    public List<TakenStock> Sent(IReadOnlyList<StockPart> parts) => Take(
        parts,
        (of, part) => of.OrderBy(h => h.Reservation.WarehouseId == part.WarehouseId ? 0 : 1)
            .ThenBy(h => h.Certainty).ThenByDescending(h => h.ExpectedOn).ThenByDescending(h => h.Reservation.Id));

    /// <summary>
    /// Writes what is left of reservations. What counts them was counted before, which waits for whoever changes the same: what is there then has to be what was read, since a receipt may have moved it
    /// from a supply into a warehouse, or split it. Three statements.
    /// </summary>
    /// <exception cref="OvertakenException">It is not.</exception>
    public async ValueTask Shrink(WholesaleDb db, IReadOnlyList<TakenStock> taken, CancellationToken cancellation)
    {
        var now = await Read(db, [.. held.Select(of => of.Reservation.OwnerId).Distinct()], cancellation);
        var gone = taken.Where(part => part.Rest is null).Select(part => part.Reservation).ToList();
        var less = taken.Select(part => part.Rest).OfType<StockReservation>().ToList();
        if (!held.Select(of => of.Place).SequenceEqual(now.held.Select(of => of.Place))
            || await BulkRows.Delete(db, gone, cancellation) < gone.Count
            || await BulkRows.Update(db, less, r => new { r.Quantity }, cancellation: cancellation) < less.Count)
        {
            throw Overtaken();
        }
    }

    /// <summary>What was read is not there any more.</summary>
    public static OvertakenException Overtaken() => new("Reservations were changed by another writer while they were given back.");

    private List<TakenStock> Take(IReadOnlyList<StockPart> parts, Func<IEnumerable<Held>, StockPart, IEnumerable<Held>> inOrder)
    {
        var byOwner = held.ToLookup(of => of.Reservation.OwnerId);
        var taken = new Dictionary<long, long>();
        foreach (var part in parts)
        {
            var left = part.Quantity.Thousandths;
            foreach (var reservation in inOrder(byOwner[part.OwnerId], part).Select(of => of.Reservation).TakeWhile(_ => left > 0))
            {
                var before = taken.GetValueOrDefault(reservation.Id);
                var some = Math.Min(left, reservation.Quantity.Thousandths - before);
                taken[reservation.Id] = before + some;
                left -= some;
            }

            if (left > 0)
            {
                throw new OvertakenException("A line has less of stock than is to be given back.");
            }
        }

        return [.. held.Where(of => taken.GetValueOrDefault(of.Reservation.Id) > 0).Select(of => new TakenStock(of.Reservation, new(taken[of.Reservation.Id])))];
    }

    /// <summary>A reservation and where its goods are, or will be.</summary>
    private sealed record Held(StockReservation Reservation, long? WarehouseId, DateOnly? ExpectedOn)
    {
        /// <summary>0: nobody has ordered it yet; 1: it is expected; 2: it is there.</summary>
        public int Certainty => Reservation.WarehouseId is not null ? 2 : Reservation.IncomingSupplyId is not null ? 1 : 0;

        public (long Id, long? WarehouseId, long? IncomingSupplyId, Quantity Quantity) Place =>
            (Reservation.Id, Reservation.WarehouseId, Reservation.IncomingSupplyId, Reservation.Quantity);
    }
}
