using Wholesale.Companies;
using Wholesale.Platform;

namespace Wholesale.Imports;

/// <summary>Markets.</summary>
internal static class MarketsImport
{
    public static ImportKind Kind { get; } = ImportKind.Of<MarketInput>(
        "markets",
        Permission.CompaniesWrite,
        "externalId",
        row => row.ExternalId,
        async (services, rows, cancellation) =>
            ImportedRow.Of(await services.GetRequiredService<CompanyWrites>().UpsertMarkets(rows, BulkMode.Partial, cancellation)));
}
