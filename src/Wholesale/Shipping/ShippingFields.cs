using Microsoft.EntityFrameworkCore;
using Wholesale.Catalog;
using Wholesale.Companies;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using Wholesale.Platform.Events;

namespace Wholesale.Shipping;

/// <summary>The fields of schema/shipping.graphql. Templates and terms are the seller's; a buyer sees what comes of them.</summary>
public static class ShippingFields
{
    private const string TermsOrder = "shippingTerms/EXTERNAL_ID";

    /// <summary>The room's services.</summary>
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<KnownShippingRules>();
        services.AddScoped<FreightTemplateWrites>();
        services.AddScoped<ShippingTermsWrites>();
        services.AddScoped<ShippingEstimates>();
    }

    /// <summary>Names the resolvers.</summary>
    public static void Map(ResolverMap map)
    {
        map.Node<FreightTemplate>(nameof(FreightTemplate), template => template.Id, Templates);
        map.Node<ShippingTerms>(nameof(ShippingTerms), terms => terms.Id, Terms);
        map.EventsOf(nameof(FreightTemplate), ShippingEvents.FreightTemplateChanged);
        map.EventsOf(nameof(ShippingTerms), ShippingEvents.ShippingTermsChanged);

        map.Field("Query.estimateShipping", (EstimateShippingInput input, ShippingEstimates estimates, Caller caller, Sight sight, CancellationToken ct) =>
            estimates.Of(input, caller, sight, ct));
        map.Field("Query.freightTemplates", async ValueTask<IReadOnlyList<FreightTemplate>> (WholesaleDb db, CancellationToken cancellation) =>
            await db.FreightTemplates.OrderBy(t => t.ExternalId).ToListAsync(cancellation));
        map.Field("Query.shippingTerms", AllTerms);
        map.Field("FreightTemplate.market", Markets);
        map.Field("FreightTemplate.zones", (Batch<FreightTemplate> templates) =>
            templates.Map<IReadOnlyList<FreightZone>>(template => [.. template.Zones.Select(zone => zone.In(template.Currency))]));
        map.Field("Mutation.upsertFreightTemplates", UpsertTemplates);
        map.Field("Mutation.upsertShippingTerms", UpsertTerms);
    }

    private static async ValueTask<Connection<ShippingTerms>> AllTerms(int? first, string? after, WholesaleDb db, CancellationToken cancellation)
    {
        var page = Page.Of(first, after);
        IQueryable<ShippingTerms> all = db.ShippingTerms;
        if (page.After is not null)
        {
            var last = Cursor.Parse(page.After, TermsOrder).Text(0);
#pragma warning disable CA1309 // what EF Core translates; the column's collation is ordinal
            all = all.Where(t => string.Compare(t.ExternalId, last) > 0);
#pragma warning restore CA1309
        }

        return page.Connect(await all.OrderBy(t => t.ExternalId).Take(page.Take).ToListAsync(cancellation), terms => Cursor.Of(TermsOrder, terms.ExternalId));
    }

    private static async ValueTask<IReadOnlyList<Market?>> Markets(Batch<FreightTemplate> templates, WholesaleDb db, CancellationToken cancellation)
    {
        var ids = templates.Keys(t => t.MarketId);
        return templates.Pick(t => t.MarketId, ids.Count == 0 ? [] : await db.Markets.Where(m => ids.Contains(m.Id)).ToDictionaryAsync(m => m.Id, cancellation));
    }

    private static async ValueTask<UpsertFreightTemplatesPayload> UpsertTemplates(UpsertFreightTemplatesInput input, FreightTemplateWrites writes, CancellationToken cancellation)
    {
        if (RowErrors.TooMany(input.Templates.Count, "templates") is { } refusal)
        {
            return new([], BulkCounts.Refused(input.Templates.Count), [refusal]);
        }

        var result = await writes.Upsert(input.Templates, input.Mode, cancellation);
        return new(result.Things, result.Counts, result.Errors("templates"));
    }

    private static async ValueTask<UpsertShippingTermsPayload> UpsertTerms(UpsertShippingTermsInput input, ShippingTermsWrites writes, CancellationToken cancellation)
    {
        if (RowErrors.TooMany(input.Terms.Count, "terms") is { } refusal)
        {
            return new([], BulkCounts.Refused(input.Terms.Count), [refusal]);
        }

        var result = await writes.Upsert(input.Terms, input.Mode, cancellation);
        return new(result.Things, result.Counts, result.Errors("terms"));
    }

    /// <summary>Only who writes templates finds any.</summary>
    private static async ValueTask<IReadOnlyList<FreightTemplate?>> Templates(IReadOnlyList<long> keys, RequestContext context) => await MayRead(context)
        ? (await Db(context).FreightTemplates.Where(t => keys.Contains(t.Id)).ToListAsync(context.Cancellation)).InOrderOf(keys, template => template.Id)
        : new FreightTemplate?[keys.Count];

    /// <summary>Only who writes terms finds any.</summary>
    private static async ValueTask<IReadOnlyList<ShippingTerms?>> Terms(IReadOnlyList<long> keys, RequestContext context) => await MayRead(context)
        ? (await Db(context).ShippingTerms.Where(t => keys.Contains(t.Id)).ToListAsync(context.Cancellation)).InOrderOf(keys, terms => terms.Id)
        : new ShippingTerms?[keys.Count];

    private static async ValueTask<bool> MayRead(RequestContext context) =>
        (await context.Services.GetRequiredService<RequestCaller>().Get(context)).Permissions.Contains(Permission.ShippingWrite);

    private static WholesaleDb Db(RequestContext context) => context.Services.GetRequiredService<WholesaleDb>();
}
