using Wholesale.Budgets;
using Wholesale.Platform;

namespace Wholesale.Imports;

/// <summary>Companies' budgets.</summary>
internal static class BudgetsImport
{
    public static ImportKind Kind { get; } = ImportKind.Of<BudgetInput>(
        "budgets",
        Permission.BudgetsWrite,
        "externalId",
        row => $"{row.Company}/{row.ExternalId}",
        async (services, rows, cancellation) =>
            ImportedRow.Of(await services.GetRequiredService<BudgetWrites>().Upsert(rows, null, BulkMode.Partial, cancellation)));
}
