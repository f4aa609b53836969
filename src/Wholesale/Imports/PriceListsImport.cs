using Wholesale.Platform;
using Wholesale.Pricing;

namespace Wholesale.Imports;

/// <summary>A price list with its assignments.</summary>
internal sealed record PriceListRow(
    string ExternalId, string? Name = null, Currency? Currency = null, bool? IsActive = null, IReadOnlyList<PriceListAssignmentRow>? Assignments = null);

/// <summary>Who is to have a list, and when.</summary>
internal sealed record PriceListAssignmentRow(
    string? Unit = null,
    string? Company = null,
    string? Segment = null,
    string? Tier = null,
    string? Market = null,
    bool? Everyone = null,
    int Priority = 0,
    DateTime? ValidFrom = null,
    DateTime? ValidTo = null) : IAssigneeRow;

/// <summary>Price lists with their assignments.</summary>
internal static class PriceListsImport
{
    public static ImportKind Kind { get; } = ImportKind.Of<PriceListRow>(
        "price-lists", Permission.PricesWrite, "externalId", row => row.ExternalId, Write);

    private static async ValueTask<IReadOnlyList<ImportedRow>> Write(
        IServiceProvider services, IReadOnlyList<PriceListRow> rows, CancellationToken cancellation)
    {
        var known = await KnownAssignees.Read(services.GetRequiredService<WholesaleDb>(), [.. rows.SelectMany(r => r.Assignments ?? [])], cancellation);
        var drafts = rows.Select(row => Draft(row, known)).ToList();
        await services.GetRequiredService<PriceListUpsert>().Upsert(drafts, cancellation);
        return ImportedRow.Of(BulkRow<PriceListDraft, PriceList>.Result(drafts, BulkMode.Partial));
    }

    private static BulkRow<PriceListDraft, PriceList> Draft(PriceListRow row, KnownAssignees known)
    {
        var errors = new RowErrors();
        var assignments = new List<AssignmentDraft>();
        foreach (var (index, assignment) in (row.Assignments ?? []).Index())
        {
            string[] path = ["assignments", RowErrors.Position(index)];
            var assignee = known.Find(assignment, errors, path);
            errors.Interval(assignment.ValidFrom, assignment.ValidTo, [.. path, "validTo"]);
            if (assignee is null)
            {
                continue;
            }

            if (assignments.Exists(a => a.Assignee == assignee && a.ValidFrom == assignment.ValidFrom))
            {
                errors.Add(ErrorCodes.DuplicateRow, "An earlier assignment of this row has the same assignee and validFrom.", path);
            }

            assignments.Add(new AssignmentDraft(assignee, assignment.Priority, assignment.ValidFrom, assignment.ValidTo));
        }

        var draft = new BulkRow<PriceListDraft, PriceList>(new(row.ExternalId, row.Name, row.Currency, row.IsActive, assignments));
        foreach (var error in errors.ToList())
        {
            draft.Errors.Add(error);
        }

        return draft;
    }
}
