using Wholesale.Inventory;
using Wholesale.Platform;

namespace Wholesale.Imports;

/// <summary>What was counted in warehouses.</summary>
internal static class InventoryImport
{
    public static ImportKind Kind { get; } = ImportKind.Of<InventoryInput>(
        "inventory",
        Permission.InventoryWrite,
        "sku",
        row => row.Key,
        async (services, rows, cancellation) =>
            ImportedRow.Of(await services.GetRequiredService<StockLevelWrites>().Set(rows, BulkMode.Partial, cancellation)));
}
