using Wholesale.Platform;
using Wholesale.Tax;

namespace Wholesale.Imports;

/// <summary>Tax rates.</summary>
internal static class TaxRatesImport
{
    public static ImportKind Kind { get; } = ImportKind.Of<TaxRateInput>(
        "tax-rates",
        Permission.TaxesWrite,
        "externalId",
        row => row.ExternalId,
        async (services, rows, cancellation) =>
            ImportedRow.Of(await services.GetRequiredService<TaxRateWrites>().Upsert(rows, BulkMode.Partial, cancellation)));
}
