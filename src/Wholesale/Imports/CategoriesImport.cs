using Wholesale.Catalog;
using Wholesale.Platform;

namespace Wholesale.Imports;

/// <summary>Categories.</summary>
internal static class CategoriesImport
{
    public static ImportKind Kind { get; } = ImportKind.Of<CategoryInput>(
        "categories",
        Permission.CatalogWrite,
        "externalId",
        row => row.ExternalId,
        async (services, rows, cancellation) =>
            ImportedRow.Of(await services.GetRequiredService<CategoryWrites>().Upsert(rows, BulkMode.Partial, cancellation)));
}
