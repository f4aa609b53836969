using Wholesale.Companies;
using Wholesale.Platform;

namespace Wholesale.Imports;

/// <summary>Customer segments.</summary>
internal static class SegmentsImport
{
    /// <summary>Few: a rule that changes is asked about every company.</summary>
    private const int BatchRows = 10;

    public static ImportKind Kind { get; } = ImportKind.Of<CustomerSegmentInput>(
        "segments",
        Permission.CompaniesWrite,
        "externalId",
        row => row.ExternalId,
        async (services, rows, cancellation) =>
            ImportedRow.Of(await services.GetRequiredService<SegmentWrites>().Upsert(rows, BulkMode.Partial, cancellation)),
        BatchRows);
}
