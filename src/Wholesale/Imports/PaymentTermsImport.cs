using Wholesale.Credit;
using Wholesale.Platform;

namespace Wholesale.Imports;

/// <summary>Payment terms.</summary>
internal static class PaymentTermsImport
{
    public static ImportKind Kind { get; } = ImportKind.Of<PaymentTermInput>(
        "payment-terms",
        Permission.CreditWrite,
        "externalId",
        row => row.ExternalId,
        async (services, rows, cancellation) =>
            ImportedRow.Of(await services.GetRequiredService<PaymentTermWrites>().Upsert(rows, BulkMode.Partial, cancellation)));
}
