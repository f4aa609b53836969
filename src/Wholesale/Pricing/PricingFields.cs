using Wholesale.Catalog;
using Wholesale.Companies;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;

namespace Wholesale.Pricing;

/// <summary>The fields of schema/pricing.graphql.</summary>
public static class PricingFields
{
    /// <summary>The room's services.</summary>
    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(PricingSettings.Of(configuration));
        services.AddSingleton<SharedPriceBooks>();
        services.AddHostedService(provider => provider.GetRequiredService<SharedPriceBooks>());
        services.AddSingleton<PriceBooks>();
        services.AddSingleton<SharedPriceLists>();
        services.AddHostedService(provider => provider.GetRequiredService<SharedPriceLists>());
        services.AddSingleton<PriceListReading>();
        services.AddSingleton<CompiledPriceLists>();
        services.AddScoped<Prices>();
        services.AddScoped<CartPrices>();
        services.AddScoped<EffectivePrices>();
        services.AddScoped<UpcomingPriceChanges>();
        services.AddScoped<PriceHistory>();
        services.AddScoped<PriceChangeFeed>();
        services.AddSingleton<PriceChangeStreams>();
        services.AddHostedService(provider => provider.GetRequiredService<PriceChangeStreams>());
        services.AddScoped<PriceWrites>();
        services.AddScoped<StagedPrices>();
        services.AddSingleton<UnfinishedPrices>();
        services.AddHostedService(provider => provider.GetRequiredService<UnfinishedPrices>());
        services.AddScoped<PriceListWrites>();
        services.AddScoped<PriceListUpsert>();
        services.AddScoped<PriceListTermsWrites>();
        services.AddSingleton<PriceClockStep, PriceListTurns>();
        services.AddSingleton<PriceClock>();
        services.AddHostedService(provider => provider.GetRequiredService<PriceClock>());
    }

    /// <summary>Names the resolvers.</summary>
    public static void Map(ResolverMap map)
    {
        map.Field("Variant.price", Price);
        map.Field("Variant.quantityRule", QuantityRule);
        map.Field("Variant.priceHistory", (
            Batch<Variant> variants, Quantity? quantity, DateTime? since, int first, PriceHistory history, Caller caller, CancellationToken ct) =>
            history.Of(variants, quantity, since, first, caller, ct));
        map.Field("ViewerContext.currencies", Currencies);
        map.Field("Query.priceCart", (
            IReadOnlyList<PriceCartLineInput> lines, DateTime? asOf, Currency? currency, CartPrices carts, Caller caller, Sight sight, CancellationToken ct) =>
            carts.Price(lines, asOf, currency, caller, sight, ct));
        map.Field("Query.effectivePrices", (
            int? first, string? after, Currency? currency, EffectivePrices prices, Caller caller, Sight sight, CancellationToken ct) =>
            prices.Read(Page.Of(first, after), currency, caller, sight, ct));
        map.Field("Query.upcomingPriceChanges", (
            int withinDays, int? first, string? after, UpcomingPriceChanges changes, Caller caller, Sight sight, CancellationToken ct) =>
            changes.Read(Page.Of(first, after), withinDays, caller, sight, ct));
        map.Field("Query.priceChanges", (string? after, int first, PriceChangeFeed changes, Caller caller, CancellationToken ct) =>
            changes.Read(after, first, caller, ct));
        map.Field("Subscription.effectivePriceChanged", (
            string? after, IReadOnlyList<string>? skus, int first, PriceChangeStreams streams, Caller caller, RequestContext context, CancellationToken ct) =>
            streams.Open(new(caller.Principal, after, skus, first, context.Client.Limits.Timeout), ct));
        map.Field("PriceChange.variant", ChangedVariants);
        map.Field("PricedVariant.price", PricedVariant.Prices);
        map.Field("Query.explainPrice", PriceListFields.Explain);
        PriceListFields.Map(map);

        map.Field("Mutation.createPriceList", (CreatePriceListInput input, PriceListWrites lists, CancellationToken ct) => lists.Create(input, ct));
        map.Field("Mutation.updatePriceList", (UpdatePriceListInput input, PriceListWrites lists, CancellationToken ct) => lists.Update(input, ct));
        map.Field("Mutation.assignPriceList", (AssignPriceListInput input, PriceListWrites lists, CancellationToken ct) => lists.Assign(input, ct));
        map.Field("Mutation.unassignPriceList", (UnassignPriceListInput input, PriceListWrites lists, CancellationToken ct) => lists.Unassign(input, ct));
        map.Field("Mutation.upsertPrices", (UpsertPricesInput input, PriceListWrites lists, CancellationToken ct) => lists.UpsertPrices(input, ct));
        map.Field("Mutation.setPriceListAdjustments", (SetPriceListAdjustmentsInput input, PriceListTermsWrites terms, CancellationToken ct) => terms.SetAdjustments(input, ct));
        map.Field("Mutation.upsertQuantityRules", (UpsertQuantityRulesInput input, PriceListTermsWrites terms, CancellationToken ct) => terms.UpsertQuantityRules(input, ct));
    }

    /// <summary>Of changes up to a moment that lies behind us: what has gone since must not be shown, and its product could not be.</summary>
    private static async ValueTask<IReadOnlyList<Variant?>> ChangedVariants(
        Batch<PriceChange> changes, SelectedFields selected, WholesaleDb db, Sight sight, CancellationToken cancellation)
    {
        var ids = changes.Keys(change => change.Variant?.Id);
        var seen = (await CatalogQueries.VariantsByIds(db, sight, ids, selected, cancellation)).ToDictionary(v => v.Id);
        return changes.Pick(change => change.Variant?.Id, seen);
    }

    private static ValueTask<IReadOnlyList<EffectivePrice?>> Price(
        Batch<Variant> variants, Quantity? quantity, DateTime? asOf, Currency? currency, Prices prices, Caller caller, CancellationToken cancellation) =>
        prices.Of(variants, quantity, asOf, currency, caller, cancellation);

    private static ValueTask<IReadOnlyList<QuantityRule>> QuantityRule(Batch<Variant> variants, Prices prices, Caller caller, CancellationToken cancellation) =>
        prices.RulesOf(variants, caller, cancellation);

    private static async ValueTask<IReadOnlyList<IReadOnlyList<Currency>>> Currencies(Batch<Caller> callers, Prices prices, CancellationToken cancellation)
    {
        var currencies = new IReadOnlyList<Currency>[callers.Count];
        for (var i = 0; i < currencies.Length; i++)
        {
            currencies[i] = await prices.CurrenciesOf(callers[i], cancellation);
        }

        return currencies;
    }
}
