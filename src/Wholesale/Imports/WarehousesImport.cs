using Wholesale.Inventory;
using Wholesale.Platform;

namespace Wholesale.Imports;

/// <summary>Warehouses.</summary>
internal static class WarehousesImport
{
    public static ImportKind Kind { get; } = ImportKind.Of<WarehouseInput>(
        "warehouses",
        Permission.InventoryWrite,
        "externalId",
        row => row.ExternalId,
        async (services, rows, cancellation) =>
            ImportedRow.Of(await services.GetRequiredService<WarehouseWrites>().Upsert(rows, BulkMode.Partial, cancellation)));
}
