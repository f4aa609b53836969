using Wholesale.Inventory;
using Wholesale.Platform;

namespace Wholesale.Imports;

/// <summary>How variants' stock is sold.</summary>
internal static class StockPoliciesImport
{
    public static ImportKind Kind { get; } = ImportKind.Of<StockPolicyInput>(
        "stock-policies",
        Permission.InventoryWrite,
        "sku",
        row => row.Sku,
        async (services, rows, cancellation) =>
            ImportedRow.Of(await services.GetRequiredService<StockPolicyWrites>().Upsert(rows, BulkMode.Partial, cancellation)));
}
