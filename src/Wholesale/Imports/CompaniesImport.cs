using Wholesale.Companies;
using Wholesale.Platform;

namespace Wholesale.Imports;

/// <summary>Companies with their units, users and addresses.</summary>
internal static class CompaniesImport
{
    public static ImportKind Kind { get; } = ImportKind.Of<CompanyInput>(
        "companies",
        Permission.CompaniesWrite,
        "externalId",
        row => row.ExternalId,
        async (services, rows, cancellation) =>
            ImportedRow.Of(await services.GetRequiredService<CompanyWrites>().UpsertCompanies(rows, BulkMode.Partial, cancellation)),
        ImportRun.BatchWideRows);
}
