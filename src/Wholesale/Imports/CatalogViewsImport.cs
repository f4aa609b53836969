using Microsoft.EntityFrameworkCore;
using Wholesale.Catalog;
using Wholesale.Companies;
using Wholesale.Platform;

namespace Wholesale.Imports;

/// <summary>A catalog view, and who has it.</summary>
internal sealed record CatalogViewRow(
    string ExternalId, string? Name = null, IReadOnlyList<CatalogViewRuleInput>? Rules = null, IReadOnlyList<AssigneeRow>? Assignees = null);

/// <summary>Catalog views with their assignees. A seller has dozens of them, so they are written one by one.</summary>
internal static class CatalogViewsImport
{
    public static ImportKind Kind { get; } = ImportKind.Of<CatalogViewRow>(
        "catalog-views", Permission.CatalogWrite, "externalId", row => row.ExternalId, Write);

    private static async ValueTask<IReadOnlyList<ImportedRow>> Write(
        IServiceProvider services, IReadOnlyList<CatalogViewRow> rows, CancellationToken cancellation)
    {
        var db = services.GetRequiredService<WholesaleDb>();
        var known = await KnownAssignees.Read(db, [.. rows.SelectMany(r => r.Assignees ?? [])], cancellation);
        var externalIds = rows.Select(r => r.ExternalId).ToHashSet();
        var ids = await db.CatalogViews.Where(v => externalIds.Contains(v.ExternalId)).ToDictionaryAsync(v => v.ExternalId, v => v.Id, cancellation);
        var results = new List<ImportedRow>();
        foreach (var row in rows)
        {
            var errors = await Write(services.GetRequiredService<CatalogViewWrites>(), row, ids, known, cancellation);
            results.Add(new ImportedRow(errors.Count > 0 ? RowOutcome.Failed : RowOutcome.Applied, errors));
        }

        return results;
    }

    /// <summary>Writes one view, or nothing of it: its assignees are found first, and no step after the first can fail.</summary>
    private static async ValueTask<IReadOnlyList<UserError>> Write(
        CatalogViewWrites views, CatalogViewRow row, Dictionary<string, long> ids, KnownAssignees known, CancellationToken cancellation)
    {
        var errors = new RowErrors();
        var assignees = (row.Assignees ?? [])
            .Select((assignee, index) => known.Find(assignee, errors, "assignees", RowErrors.Position(index)))
            .OfType<Assignee>()
            .ToList();
        var isNew = !ids.TryGetValue(row.ExternalId, out var id);
        if (isNew && row.Name is null)
        {
            errors.Invalid("A new catalog view needs a name.", "name");
        }

        if (errors.Any)
        {
            return errors.ToList();
        }

        var (view, userErrors) = isNew
            ? await views.Create(new CreateCatalogViewInput(row.ExternalId, row.Name!, row.Rules), cancellation)
            : await views.Update(new UpdateCatalogViewInput(IdOf(id), row.Name, row.Rules), cancellation);
        if (userErrors.Count == 0)
        {
            foreach (var assignee in assignees)
            {
                await views.Assign(new AssignCatalogViewInput(IdOf(view!.Id), InputOf(assignee)), cancellation);
            }
        }

        return userErrors;
    }

    private static NodeId IdOf(long viewId) => new(nameof(CatalogView), viewId);

    private static AssigneeInput InputOf(Assignee assignee) => assignee.Level switch
    {
        AssigneeLevel.Unit => new(UnitId: new NodeId(nameof(CompanyUnit), assignee.AssigneeId)),
        AssigneeLevel.Company => new(CompanyId: new NodeId(nameof(Company), assignee.AssigneeId)),
        AssigneeLevel.Segment => new(SegmentId: new NodeId(nameof(CustomerSegment), assignee.AssigneeId)),
        AssigneeLevel.Tier => new(TierId: new NodeId(nameof(CustomerTier), assignee.AssigneeId)),
        AssigneeLevel.Market => new(MarketId: new NodeId(nameof(Market), assignee.AssigneeId)),
        _ => new(Everyone: true),
    };
}
