using Wholesale.Catalog;
using Wholesale.Platform;

namespace Wholesale.Imports;

/// <summary>Products with their variants.</summary>
internal static class ProductsImport
{
    public static ImportKind Kind { get; } = ImportKind.Of<ProductInput>(
        "products",
        Permission.CatalogWrite,
        "sku",
        row => row.Sku,
        async (services, rows, cancellation) =>
            ImportedRow.Of(await services.GetRequiredService<ProductWrites>().Upsert(rows, BulkMode.Partial, cancellation)),
        ImportRun.BatchWideRows);
}
