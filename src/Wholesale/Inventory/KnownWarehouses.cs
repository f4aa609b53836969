using Microsoft.EntityFrameworkCore;
using Wholesale.Platform;
using Wholesale.Platform.Caching;
using Wholesale.Platform.Events;

namespace Wholesale.Inventory;

/// <summary>All warehouses, a statement or, where they were asked for just before, none. One a process.</summary>
public sealed class KnownWarehouses(Clock clock, CommittedEvents committed)
{
    private readonly RecentValues<int, IReadOnlyList<Warehouse>> recent =
        new("warehouses", clock, committed, e => e.Type == InventoryEvents.WarehouseChanged, capacity: 1, isTold: true);

    /// <summary>All of them, in no order, active or not. Shared: not to be changed.</summary>
    public ValueTask<IReadOnlyList<Warehouse>> All(WholesaleDb db, CancellationToken cancellation) =>
        recent.Get(db, 0, async () => await db.Warehouses.ToListAsync(cancellation), cancellation);

    /// <summary>At least those of these ids, which exist: a further statement reads those that are so new that they are not in memory yet.</summary>
    public async ValueTask<Dictionary<long, Warehouse>> ByIds(WholesaleDb db, IEnumerable<long> ids, CancellationToken cancellation)
    {
        var known = (await All(db, cancellation)).ToDictionary(warehouse => warehouse.Id);
        var missing = ids.Where(id => !known.ContainsKey(id)).ToHashSet();
        foreach (var warehouse in missing.Count == 0 ? [] : await db.Warehouses.Where(w => missing.Contains(w.Id)).ToListAsync(cancellation))
        {
            known.Add(warehouse.Id, warehouse);
        }

        return known;
    }
}
