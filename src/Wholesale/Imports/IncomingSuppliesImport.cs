using Wholesale.Inventory;
using Wholesale.Platform;

namespace Wholesale.Imports;

/// <summary>What is expected at warehouses.</summary>
internal static class IncomingSuppliesImport
{
    public static ImportKind Kind { get; } = ImportKind.Of<IncomingSupplyInput>(
        "incoming-supplies",
        Permission.InventoryWrite,
        "externalId",
        row => row.ExternalId,
        async (services, rows, cancellation) =>
            ImportedRow.Of(await services.GetRequiredService<IncomingSupplyWrites>().Upsert(rows, BulkMode.Partial, cancellation)));
}
