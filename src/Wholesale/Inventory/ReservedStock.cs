using Microsoft.EntityFrameworkCore;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;

namespace Wholesale.Inventory;

/// <summary>Reservations that come or go together, added up by what counts them, in the order of its keys: two who count the same then seldom wait for one another.</summary>
/// <param name="reservations">The rows; at least one, or nothing is done.</param>
internal sealed class ReservedStock(IReadOnlyList<StockReservation> reservations)
{
    private readonly List<IGrouping<(long VariantId, long WarehouseId), StockReservation>> ofLevels =
        [.. reservations.Where(r => r.WarehouseId is not null).GroupBy(r => (r.VariantId, r.WarehouseId!.Value)).OrderBy(group => group.Key)];

    private readonly List<IGrouping<long, StockReservation>> ofSupplies =
        [.. reservations.Where(r => r.IncomingSupplyId is not null).GroupBy(r => r.IncomingSupplyId!.Value).OrderBy(group => group.Key)];

    private readonly List<IGrouping<long, StockReservation>> ofPolicies =
        [.. reservations.Where(r => r.WarehouseId is null && r.IncomingSupplyId is null).GroupBy(r => r.VariantId).OrderBy(group => group.Key)];

    private IReadOnlyList<IncomingSupply>? supplies;

    /// <summary>That the policy is still <see cref="BackorderPolicy.Always"/>, and its limit not passed.</summary>
    private const string Backorderable = "{BackorderPolicy} = 2 AND ({BackorderLimit} IS NULL OR {Backordered} <= {BackorderLimit})";

    /// <summary>The rows.</summary>
    public IReadOnlyList<StockReservation> Reservations => reservations;

    /// <summary>Adds them to what counts them, or takes them off it, as far as there is enough. Three statements.</summary>
    /// <param name="db">The database, in a transaction.</param>
    /// <param name="sign">1 to reserve, −1 to give back.</param>
    /// <param name="cancellation">Stops the statements.</param>
    /// <returns>False if something was not there any more: then others may be counted, and the transaction's part is to be undone.</returns>
    public async ValueTask<bool> Count(WholesaleDb db, int sign, CancellationToken cancellation)
    {
        Quantity Sum(IEnumerable<StockReservation> rows) => new(sign * rows.Sum(row => row.Quantity.Thousandths));
        var levels = ofLevels.ConvertAll(group => new StockLevel
        {
            VariantId = group.Key.VariantId,
            WarehouseId = group.Key.WarehouseId,
            Reserved = Sum(group),
            Version = 1,
        });
        var parts = ofSupplies.ConvertAll(group => new IncomingSupply
        {
            Id = group.Key,
            ExternalId = "",
            VariantId = 0,
            WarehouseId = 0,
            ExpectedOn = default,
            Reserved = Sum(group),
            Version = 1,
        });
        var policies = ofPolicies.ConvertAll(group => new StockPolicy { VariantId = group.Key, Backordered = Sum(group), Version = 1 });

        // What is given back need not be there any more: it may have been counted away, or the limit lowered.
        var isEnough = sign < 0
            ? (Level: "{Reserved} >= 0", Supply: "{Reserved} >= 0", Policy: "{Backordered} >= 0")
            : (Level: "{OnHand} - {Reserved} - {SafetyStock} >= 0", Supply: "{Quantity} - {Reserved} >= 0", Policy: Backorderable);
        return await BulkRows.Add(db, levels, l => new { l.Reserved, l.Version }, isEnough.Level, cancellation) == levels.Count
            && await BulkRows.Add(db, parts, s => new { s.Reserved, s.Version }, isEnough.Supply, cancellation) == parts.Count
            && await BulkRows.Add(db, policies, p => new { p.Backordered, p.Version }, isEnough.Policy, cancellation) == policies.Count;
    }

    /// <summary>The supplies among what counts them, by their ids, as they are once they were counted. One statement, once.</summary>
    public async ValueTask<IReadOnlyList<IncomingSupply>> Supplies(WholesaleDb db, CancellationToken cancellation)
    {
        var ids = ofSupplies.ConvertAll(group => group.Key);
        return supplies ??= ids.Count == 0 ? [] : await db.IncomingSupplies.Where(s => ids.Contains(s.Id)).OrderBy(s => s.Id).ToListAsync(cancellation);
    }

    /// <summary>Tells of the warehouses, supplies and policies whose counters are others now. At most two statements.</summary>
    public async ValueTask Record(WholesaleDb db, Writes writes, CancellationToken cancellation)
    {
        writes.RecordInventory(ofLevels.Select(group => (group.Key.WarehouseId, group.Key.VariantId)));
        foreach (var supply in await Supplies(db, cancellation))
        {
            writes.Record(supply);
        }

        var variantIds = ofPolicies.ConvertAll(group => group.Key);
        foreach (var policy in variantIds.Count == 0 ? [] : await db.StockPolicies.Where(p => variantIds.Contains(p.VariantId)).OrderBy(p => p.VariantId).ToListAsync(cancellation))
        {
            writes.Record(policy);
        }
    }
}
