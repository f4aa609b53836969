using Wholesale.Inventory;
using Wholesale.Platform;

namespace Wholesale.Imports;

/// <summary>Suppliers.</summary>
internal static class SuppliersImport
{
    public static ImportKind Kind { get; } = ImportKind.Of<SupplierInput>(
        "suppliers",
        Permission.InventoryWrite,
        "externalId",
        row => row.ExternalId,
        async (services, rows, cancellation) =>
            ImportedRow.Of(await services.GetRequiredService<SupplierWrites>().Upsert(rows, BulkMode.Partial, cancellation)));
}
