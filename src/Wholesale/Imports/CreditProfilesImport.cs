using Wholesale.Credit;
using Wholesale.Platform;

namespace Wholesale.Imports;

/// <summary>Companies' credit.</summary>
internal static class CreditProfilesImport
{
    public static ImportKind Kind { get; } = ImportKind.Of<CreditProfileInput>(
        "credit-profiles",
        Permission.CreditWrite,
        "company",
        row => row.Company,
        async (services, rows, cancellation) =>
            ImportedRow.Of(await services.GetRequiredService<CreditWrites>().Upsert(rows, BulkMode.Partial, cancellation)));
}
