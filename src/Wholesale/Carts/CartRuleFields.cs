using Microsoft.EntityFrameworkCore;
using Wholesale.Catalog;
using Wholesale.Companies;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using Wholesale.Platform.Events;

namespace Wholesale.Carts;

/// <summary>The fields of what carts have to keep to: what companies ask for with orders, and what orders must come to.</summary>
internal static class CartRuleFields
{
    /// <summary>Names the resolvers.</summary>
    public static void Map(ResolverMap map)
    {
        map.Node<ReferenceField>(nameof(ReferenceField), field => field.Id, LoadFields);
        map.Node<OrderMinimum>(nameof(OrderMinimum), minimum => minimum.Id, LoadMinimums);
        map.EventsOf(nameof(Company), CartEvents.ReferenceFieldsChanged);
        map.EventsOf(nameof(OrderMinimum), CartEvents.OrderMinimumChanged);
        map.Field("Company.referenceFields", Fields);
        map.Field("Query.orderMinimums", async ValueTask<IReadOnlyList<OrderMinimum>> (WholesaleDb db, CancellationToken cancellation) =>
            await db.OrderMinimums.OrderBy(m => m.ExternalId).ToListAsync(cancellation));
        map.Field("OrderMinimum.category", Categories);
        map.Field("OrderMinimum.amount", (Batch<OrderMinimum> minimums) => minimums.Map(minimum => minimum.Least));
        map.Field("Mutation.upsertReferenceFields", (UpsertReferenceFieldsInput input, ReferenceFieldWrites fields, Caller caller, CancellationToken ct) => fields.Upsert(input, caller, ct));
        map.Field("Mutation.upsertOrderMinimums", (UpsertOrderMinimumsInput input, OrderMinimumWrites minimums, CancellationToken ct) => minimums.Upsert(input, ct));
    }

    private static async ValueTask<IReadOnlyList<IReadOnlyList<ReferenceField>>> Fields(Batch<Company> companies, WholesaleDb db, CancellationToken cancellation)
    {
        var ids = companies.Keys(c => c.Id);
        var fields = await db.ReferenceFields.Where(f => ids.Contains(f.CompanyId)).OrderBy(f => f.Position).ThenBy(f => f.Code).ToListAsync(cancellation);
        return companies.Pick(c => c.Id, fields.ToLookup(field => field.CompanyId));
    }

    /// <summary>Staff that reads companies finds all, a buyer that reads its company that company's.</summary>
    private static async ValueTask<IReadOnlyList<ReferenceField?>> LoadFields(IReadOnlyList<long> keys, RequestContext context)
    {
        var caller = await context.Services.GetRequiredService<RequestCaller>().Get(context);
        var companyId = caller.Permissions.Contains(Permission.CompanyRead) ? caller.Company?.Id ?? 0 : 0;
        var all = caller.Permissions.Contains(Permission.CompaniesRead);
        var fields = await context.Services.GetRequiredService<WholesaleDb>().ReferenceFields
            .Where(f => keys.Contains(f.Id) && (all || f.CompanyId == companyId)).ToListAsync(context.Cancellation);
        return fields.InOrderOf(keys, field => field.Id);
    }

    /// <summary>Only who reads price lists finds any.</summary>
    private static async ValueTask<IReadOnlyList<OrderMinimum?>> LoadMinimums(IReadOnlyList<long> keys, RequestContext context)
    {
        var caller = await context.Services.GetRequiredService<RequestCaller>().Get(context);
        var minimums = caller.Permissions.Contains(Permission.PricesRead)
            ? await context.Services.GetRequiredService<WholesaleDb>().OrderMinimums.Where(m => keys.Contains(m.Id)).ToListAsync(context.Cancellation)
            : [];
        return minimums.InOrderOf(keys, minimum => minimum.Id);
    }

    private static async ValueTask<IReadOnlyList<LocalizedCategory?>> Categories(Batch<OrderMinimum> minimums, WholesaleDb db, Sight sight, CancellationToken cancellation) =>
        minimums.Pick(m => m.CategoryId, await CatalogFields.CategoriesById(db, sight, minimums.Keys(m => m.CategoryId), cancellation));
}
