using Microsoft.EntityFrameworkCore;
using Wholesale.Platform;

namespace Wholesale.Inventory;

/// <summary>The levels that rows name by SKU and warehouse.</summary>
internal sealed class StockPlaces
{
    private readonly IReadOnlyList<(string Sku, string Warehouse)> names;
    private readonly Dictionary<string, long> variants;
    private readonly Dictionary<string, long> warehouses;
    private readonly Dictionary<(long, long), StockLevel> levels;
    private readonly HashSet<(string, string)> seen = [];

    private StockPlaces(
        IReadOnlyList<(string, string)> names,
        Dictionary<string, long> variants,
        Dictionary<string, long> warehouses,
        Dictionary<(long, long), StockLevel> levels) =>
        (this.names, this.variants, this.warehouses, this.levels) = (names, variants, warehouses, levels);

    /// <summary>Reads what there is of them, by three statements.</summary>
    public static async ValueTask<StockPlaces> Read(WholesaleDb db, IReadOnlyList<(string Sku, string Warehouse)> names, CancellationToken cancellation)
    {
        var ids = await Ids(db, names.Select(name => name.Sku), names.Select(name => name.Warehouse), cancellation);
        var (variantIds, warehouseIds) = (ids.Variants.Values.ToList(), ids.Warehouses.Values.ToList());
        var found = await db.StockLevels
            .Where(l => variantIds.Contains(l.VariantId) && warehouseIds.Contains(l.WarehouseId))
            .ToDictionaryAsync(l => (l.VariantId, l.WarehouseId), cancellation);
        return new(names, ids.Variants, ids.Warehouses, found);
    }

    /// <summary>The ids of variants by SKU and of warehouses by external id.</summary>
    public static async ValueTask<(Dictionary<string, long> Variants, Dictionary<string, long> Warehouses)> Ids(
        WholesaleDb db, IEnumerable<string?> skusOfRows, IEnumerable<string?> warehousesOfRows, CancellationToken cancellation)
    {
        var (skus, externalIds) = (skusOfRows.OfType<string>().ToHashSet(), warehousesOfRows.OfType<string>().ToHashSet());
        return (
            await db.Variants.Where(v => skus.Contains(v.Sku)).ToDictionaryAsync(v => v.Sku, v => v.Id, cancellation),
            await db.Warehouses.Where(w => externalIds.Contains(w.ExternalId)).ToDictionaryAsync(w => w.ExternalId, w => w.Id, cancellation));
    }

    /// <summary>The level of a row, a new one of version 0 where there is none yet; null if the row names no place, or one of an earlier row.</summary>
    public StockLevel? Find(int row, RowErrors errors)
    {
        var (sku, warehouse) = names[row];
        if (!seen.Add((sku, warehouse)))
        {
            errors.Add(InventoryErrors.Duplicate(sku, warehouse));
        }

        if (!variants.TryGetValue(sku, out var variantId))
        {
            errors.Add(InventoryErrors.NoSuchSku(sku));
        }

        if (!warehouses.TryGetValue(warehouse, out var warehouseId))
        {
            errors.Add(InventoryErrors.NoSuchWarehouse(warehouse));
        }

        return errors.Any ? null : levels.GetValueOrDefault((variantId, warehouseId)) ?? new StockLevel { VariantId = variantId, WarehouseId = warehouseId };
    }
}
