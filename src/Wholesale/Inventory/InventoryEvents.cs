using Wholesale.Platform.Events;

namespace Wholesale.Inventory;

/// <summary>What happens in this room, for the event log.</summary>
public static class InventoryEvents
{
    /// <summary>A supplier is new or changed.</summary>
    public const string SupplierChanged = "SUPPLIER_CHANGED";

    /// <summary>A warehouse is new or changed.</summary>
    public const string WarehouseChanged = "WAREHOUSE_CHANGED";

    /// <summary>What lies in a warehouse, or is reserved of it, is another. Its data are an <see cref="InventoryChange"/>.</summary>
    public const string InventoryChanged = "INVENTORY_CHANGED";

    /// <summary>A supply is new, changed, received, removed, or another part of it is reserved. Its data are a <see cref="SupplyChange"/>.</summary>
    public const string IncomingSupplyChanged = "INCOMING_SUPPLY_CHANGED";

    /// <summary>A variant's stock policy, or what is backordered without a supply, is another.</summary>
    public const string StockPolicyChanged = "STOCK_POLICY_CHANGED";
}

/// <summary>What <see cref="InventoryEvents.InventoryChanged"/> tells.</summary>
/// <param name="VariantIds">Of which variants the stock is another; at most <see cref="MaximumSize"/>: of more, more events tell.</param>
/// <param name="Reason">Why, where the seller gave one; null otherwise.</param>
internal sealed record InventoryChange(IReadOnlyList<long> VariantIds, AdjustmentReason? Reason = null)
{
    /// <summary>How many variants one event tells of.</summary>
    public const int MaximumSize = 1_000;
}

/// <summary>What <see cref="InventoryEvents.IncomingSupplyChanged"/> tells; the supply itself may be gone.</summary>
/// <param name="VariantId">Of which variant.</param>
/// <param name="WarehouseId">At which warehouse.</param>
internal sealed record SupplyChange(long VariantId, long WarehouseId);

/// <summary>How the room tells what happened.</summary>
internal static class InventoryRecords
{
    /// <summary>Tells of stock that is another: one event a warehouse, more only of more than a thousand variants.</summary>
    public static void RecordInventory(this Writes writes, IEnumerable<(long WarehouseId, long VariantId)> changed, AdjustmentReason? reason = null)
    {
        foreach (var warehouse in changed.ToLookup(level => level.WarehouseId, level => level.VariantId))
        {
            foreach (var some in warehouse.Distinct().Chunk(InventoryChange.MaximumSize))
            {
                writes.Record(InventoryEvents.InventoryChanged, warehouse.Key, version: 0, new InventoryChange(some, reason));
            }
        }
    }

    /// <summary>Tells of a supply.</summary>
    public static void Record(this Writes writes, IncomingSupply supply) =>
        writes.Record(InventoryEvents.IncomingSupplyChanged, supply.Id, supply.Version, new SupplyChange(supply.VariantId, supply.WarehouseId));

    /// <summary>Tells of a policy.</summary>
    public static void Record(this Writes writes, StockPolicy policy) => writes.Record(InventoryEvents.StockPolicyChanged, policy.VariantId, policy.Version);
}
