using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;

namespace Wholesale.Inventory;

/// <summary>One line to be reserved.</summary>
/// <param name="OwnerId">The order line; each once.</param>
/// <param name="VariantId">The variant.</param>
/// <param name="Quantity">How much.</param>
public sealed record StockWish(long OwnerId, long VariantId, Quantity Quantity);

/// <summary>A line of which there is not enough.</summary>
/// <param name="OwnerId">The order line.</param>
/// <param name="VariantId">The variant.</param>
/// <param name="Wanted">How much was wished for.</param>
/// <param name="Promised">How much there is: less.</param>
public sealed record StockShortage(long OwnerId, long VariantId, Quantity Wanted, Quantity Promised);

/// <summary>What became of wishes.</summary>
/// <param name="Promises">By owner, of each wish; empty where nothing is there, and of variants that are not tracked.</param>
/// <param name="Shortages">In the order of the wishes; empty: all of it is there.</param>
public sealed record StockOutcome(IReadOnlyDictionary<long, IReadOnlyList<StockPromise>> Promises, IReadOnlyList<StockShortage> Shortages);

/// <summary>
/// Reserves stock for order lines, and gives it back. Whatever others do meanwhile, no more is reserved than there is: each counter changes by one conditional statement.
/// One a scope; not thread-safe.
/// </summary>
public sealed class StockReservations(WholesaleDb db, Writes writes, Ids ids, Clock clock, KnownWarehouses warehouses)
{
    /// <summary>How often stock is looked for anew when another writer was faster.</summary>
    internal const int MaximumAttempts = 5;

    /// <summary>Without changing anything: what <see cref="Reserve"/> would find. Several wishes of one variant share its stock, in their order.</summary>
    /// <param name="wishes">The lines.</param>
    /// <param name="country">Where they go, ISO 3166-1 alpha-2; null: all warehouses count.</param>
    /// <param name="cancellation">Stops the statements: at most three.</param>
    public async ValueTask<StockOutcome> Check(IReadOnlyList<StockWish> wishes, string? country, CancellationToken cancellation)
    {
        var stocks = await StockReads.Tracked(db, wishes.Select(wish => wish.VariantId).ToHashSet(), cancellation);
        var inOrder = Warehouse.For(await warehouses.All(db, cancellation), country);
        var today = DateOnly.FromDateTime(clock.UtcNow);
        var plans = stocks.ToDictionary(stock => stock.Key, stock => new StockPlan(stock.Value, inOrder, today));
        var promises = new Dictionary<long, IReadOnlyList<StockPromise>>();
        var shortages = new List<StockShortage>();
        foreach (var wish in wishes)
        {
            var plan = plans.GetValueOrDefault(wish.VariantId);
            var promised = plan?.Promise(wish.Quantity) ?? [];
            promises.Add(wish.OwnerId, promised);
            var sum = new Quantity(promised.Sum(promise => promise.Quantity.Thousandths));
            if (plan is not null && sum < wish.Quantity)
            {
                shortages.Add(new(wish.OwnerId, wish.VariantId, wish.Quantity, sum));
            }
        }

        return new(promises, shortages);
    }

    /// <summary>
    /// Reserves all of it or, where there are shortages, nothing. Inside the caller's transaction, whose tracked entities it may forget. At most nine statements an attempt,
    /// however many lines.
    /// </summary>
    /// <param name="wishes">The lines; none of their owners has a reservation yet.</param>
    /// <param name="country">Where they go, ISO 3166-1 alpha-2; null: all warehouses count.</param>
    /// <param name="cancellation">Stops the statements.</param>
    /// <exception cref="OvertakenException">Others were faster, again and again.</exception>
    public async ValueTask<StockOutcome> Reserve(IReadOnlyList<StockWish> wishes, string? country, CancellationToken cancellation)
    {
        DemandTransaction();
        for (var attempt = 0; attempt < MaximumAttempts; attempt++)
        {
            var outcome = await Check(wishes, country, cancellation);
            var changes = new ReservedStock(
                [.. wishes.SelectMany(wish => outcome.Promises[wish.OwnerId].Select(promise => Reservation(wish, promise)))]);
            if (outcome.Shortages.Count > 0 || changes.Reservations.Count == 0)
            {
                return outcome;
            }

            if (await Try(changes, outcome, cancellation))
            {
                await changes.Record(db, writes, cancellation);
                return outcome;
            }
        }

        throw new OvertakenException("Stock was reserved by others each time it was found.");
    }

    /// <summary>What lines have, in the order in which it was reserved; one statement.</summary>
    public async ValueTask<IReadOnlyList<HeldStock>> Held(IReadOnlyCollection<long> ownerIds, CancellationToken cancellation) =>
        ownerIds.Count == 0 ? [] : (await StockHoldings.Read(db, ownerIds, cancellation)).Places;

    /// <summary>Gives back all that these owners have. Inside the caller's transaction. Owners without reservations are passed over.</summary>
    /// <param name="ownerIds">The order lines.</param>
    /// <param name="cancellation">Stops the statements: at most eight.</param>
    /// <exception cref="OvertakenException">Another writer changed the same reservations.</exception>
    public async ValueTask Release(IReadOnlyCollection<long> ownerIds, CancellationToken cancellation)
    {
        var held = await StockHoldings.Read(db, ownerIds, cancellation);
        await Release(held, held.All, cancellation);
    }

    /// <summary>
    /// Gives back a part of what lines have. What is the least certain goes first: what nobody has ordered yet, then what is expected, the latest first, then what is there. Inside the caller's
    /// transaction.
    /// </summary>
    /// <param name="parts">Of which lines how much; no more than each has.</param>
    /// <param name="cancellation">Stops the statements: at most nine.</param>
    /// <returns>What was given back.</returns>
    /// <exception cref="OvertakenException">Another writer changed the same reservations.</exception>
    public async ValueTask<IReadOnlyList<HeldStock>> Release(IReadOnlyList<StockPart> parts, CancellationToken cancellation)
    {
        if (parts.Count == 0)
        {
            return [];
        }

        var held = await StockHoldings.Read(db, [.. parts.Select(part => part.OwnerId)], cancellation);
        var taken = held.LeastCertain(parts);
        await Release(held, taken, cancellation);
        return held.PlacesOf(taken);
    }

    private async ValueTask Release(StockHoldings held, IReadOnlyList<TakenStock> taken, CancellationToken cancellation)
    {
        DemandTransaction();
        if (taken.Count == 0)
        {
            return;
        }

        var changes = new ReservedStock([.. taken.Select(part => part.Row)]);
        if (!await changes.Count(db, -1, cancellation))
        {
            throw StockHoldings.Overtaken();
        }

        await held.Shrink(db, taken, cancellation);
        await changes.Record(db, writes, cancellation);
    }

    private void DemandTransaction()
    {
        if (db.Database.CurrentTransaction is null)
        {
            throw new InvalidOperationException("Stock is reserved and given back inside a write, together with what it is for.");
        }
    }

    /// <summary>Reserves what was planned, or undoes what of it could be.</summary>
    private ValueTask<bool> Try(ReservedStock changes, StockOutcome outcome, CancellationToken cancellation) => writes.RunUnrecorded(
        async () =>
        {
            if (!await changes.Count(db, 1, cancellation) || !ArePlanned(await changes.Supplies(db, cancellation), changes, outcome))
            {
                writes.Undo();
                return false;
            }

            await BulkRows.Insert(db, changes.Reservations, cancellation);
            return true;
        },
        cancellation);

    /// <summary>Whether supplies, which nobody can change any more, are of the variant, at the warehouse and of the day that they were promised for.</summary>
    private static bool ArePlanned(IReadOnlyList<IncomingSupply> supplies, ReservedStock changes, StockOutcome outcome)
    {
        var planned = outcome.Promises.Values.SelectMany(promises => promises)
            .Where(promise => promise.IncomingSupplyId is not null)
            .Select(promise => (promise.IncomingSupplyId!.Value, promise.WarehouseId, promise.Date)).ToHashSet();
        var variants = changes.Reservations.Where(r => r.IncomingSupplyId is not null).Select(r => (r.IncomingSupplyId!.Value, r.VariantId)).ToHashSet();
        return supplies.All(s => planned.Contains((s.Id, s.WarehouseId, s.ExpectedOn)) && variants.Contains((s.Id, s.VariantId)));
    }

    private StockReservation Reservation(StockWish wish, StockPromise promise) => new()
    {
        Id = ids.Next(),
        OwnerId = wish.OwnerId,
        VariantId = wish.VariantId,
        WarehouseId = promise.Source == StockSource.OnHand ? promise.WarehouseId : null,
        IncomingSupplyId = promise.IncomingSupplyId,
        Quantity = promise.Quantity,
        PromisedOn = promise.Date,
    };
}
