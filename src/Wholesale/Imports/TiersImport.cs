using Wholesale.Companies;
using Wholesale.Platform;

namespace Wholesale.Imports;

/// <summary>Customer tiers.</summary>
internal static class TiersImport
{
    public static ImportKind Kind { get; } = ImportKind.Of<CustomerTierInput>(
        "tiers",
        Permission.CompaniesWrite,
        "externalId",
        row => row.ExternalId,
        async (services, rows, cancellation) =>
            ImportedRow.Of(await services.GetRequiredService<CompanyWrites>().UpsertCustomerTiers(rows, BulkMode.Partial, cancellation)));
}
