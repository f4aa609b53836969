using Microsoft.EntityFrameworkCore;
using Wholesale.Companies;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;

namespace Wholesale.Catalog;

/// <summary>The fields of catalog views in schema/catalog.graphql: the seller's alone.</summary>
public static class CatalogViewFields
{
    /// <summary>Names the resolvers.</summary>
    public static void Map(ResolverMap map)
    {
        map.Node<CatalogView>("CatalogView", view => view.Id, Nodes);
        map.Field("Query.catalogViews", CatalogViews);
        map.Field("CatalogView.rules", Rules);
        map.Field("CatalogView.assignees", ViewAssignees);
        map.Field("CatalogView.productCount", ProductCount);
        map.Field("CatalogViewRule.category", RuleCategory);
        map.Field("CatalogViewRule.attribute", (Batch<CatalogViewRule> rules) => rules.Map(RuleAttribute));

        map.Field("Mutation.createCatalogView", (CreateCatalogViewInput input, CatalogViewWrites writes, CancellationToken cancellation) =>
            writes.Create(input, cancellation));
        map.Field("Mutation.updateCatalogView", (UpdateCatalogViewInput input, CatalogViewWrites writes, CancellationToken cancellation) =>
            writes.Update(input, cancellation));
        map.Field("Mutation.assignCatalogView", (AssignCatalogViewInput input, CatalogViewWrites writes, CancellationToken cancellation) =>
            writes.Assign(input, cancellation));
        map.Field("Mutation.unassignCatalogView", (AssignCatalogViewInput input, CatalogViewWrites writes, CancellationToken cancellation) =>
            writes.Unassign(input, cancellation));
    }

    internal static async ValueTask<IReadOnlyList<CatalogView>> CatalogViews(WholesaleDb db, CancellationToken cancellation) =>
        await db.CatalogViews.OrderBy(v => v.ExternalId).ToListAsync(cancellation);

    internal static async ValueTask<IReadOnlyList<IReadOnlyList<CatalogViewRule>>> Rules(
        Batch<CatalogView> views, WholesaleDb db, CancellationToken cancellation)
    {
        var ids = views.Keys(v => v.Id);
        var rules = await db.CatalogViewRules.Where(r => ids.Contains(r.ViewId)).OrderBy(r => r.ViewId).ThenBy(r => r.Position).ToListAsync(cancellation);
        return views.Pick(v => v.Id, rules.ToLookup(rule => rule.ViewId));
    }

    internal static async ValueTask<IReadOnlyList<IReadOnlyList<Assignee>>> ViewAssignees(
        Batch<CatalogView> views, WholesaleDb db, CancellationToken cancellation)
    {
        var ids = views.Keys(v => v.Id);
        var rows = await db.CatalogViewAssignments
            .Where(a => ids.Contains(a.ViewId))
            .OrderBy(a => a.ViewId).ThenBy(a => a.Level).ThenBy(a => a.AssigneeId)
            .ToListAsync(cancellation);
        return views.Pick(v => v.Id, rows.ToLookup(row => row.ViewId, row => new Assignee(row.Level, row.AssigneeId)));
    }

    internal static async ValueTask<IReadOnlyList<int>> ProductCount(Batch<CatalogView> views, WholesaleDb db, CancellationToken cancellation)
    {
        var ids = views.Keys(v => v.Id);
        var counts = await db.CatalogViewProducts
            .Where(m => ids.Contains(m.ViewId))
            .GroupBy(m => m.ViewId)
            .Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(row => row.Key, row => row.Count, cancellation);
        return views.Map(view => counts.GetValueOrDefault(view.Id));
    }

    internal static async ValueTask<IReadOnlyList<LocalizedCategory?>> RuleCategory(
        Batch<CatalogViewRule> rules, WholesaleDb db, Sight sight, CancellationToken cancellation) =>
        rules.Pick(r => r.CategoryId, await CatalogFields.CategoriesById(db, sight, rules.Keys(r => r.CategoryId), cancellation));

    private static Fact? RuleAttribute(CatalogViewRule rule) =>
        rule.AttributeCode is null ? null : new Fact(rule.AttributeCode, rule.AttributeValue!, rule.AttributeUnit);

    private static async ValueTask<IReadOnlyList<CatalogView?>> Nodes(IReadOnlyList<long> keys, RequestContext context)
    {
        var caller = await context.Services.GetRequiredService<RequestCaller>().Get(context);
        if (!caller.Permissions.Contains(Permission.CatalogWrite))
        {
            return new CatalogView?[keys.Count];
        }

        var db = context.Services.GetRequiredService<WholesaleDb>();
        return (await db.CatalogViews.Where(v => keys.Contains(v.Id)).ToListAsync(context.Cancellation)).InOrderOf(keys, view => view.Id);
    }
}
