using Wholesale.Platform;
using Wholesale.Tax;

namespace Wholesale.Imports;

/// <summary>Companies' tax ids and exemptions.</summary>
internal static class TaxProfilesImport
{
    public static ImportKind Kind { get; } = ImportKind.Of<CompanyTaxProfileInput>(
        "tax-profiles",
        Permission.TaxesWrite,
        "company",
        row => row.Company,
        async (services, rows, cancellation) =>
            ImportedRow.Of(await services.GetRequiredService<TaxProfileWrites>().Upsert(rows, BulkMode.Partial, cancellation)));
}
