using Wholesale.Orders;
using Wholesale.Platform;

namespace Wholesale.Imports;

/// <summary>Orders that were taken elsewhere.</summary>
internal static class OrdersImport
{
    public static ImportKind Kind { get; } = ImportKind.Of<ImportedOrderInput>(
        "orders",
        Permission.OrdersWrite,
        "number",
        row => row.Number,
        async (services, rows, cancellation) =>
            ImportedRow.Of(await services.GetRequiredService<OrderImports>().Upsert(rows, BulkMode.Partial, cancellation)),
        ImportRun.BatchWideRows);
}
