using Microsoft.EntityFrameworkCore;
using Wholesale.Catalog;
using Wholesale.Companies;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using Wholesale.Pricing;

namespace Wholesale.Repricing;

/// <summary>A change of prices to be tried out: a set, or prices of a list.</summary>
public sealed record SimulatePriceChangeInput(
    NodeId? PriceChangeSetId = null,
    NodeId? PriceListId = null,
    IReadOnlyList<SimulatedPriceInput>? Prices = null,
    DateTime? At = null,
    int Worst = 50);

/// <summary>Another price.</summary>
public sealed record SimulatedPriceInput(string Sku, Optional<Quantity> MinimumQuantity = default, Amount? UnitPrice = null);

/// <summary>The simulation.</summary>
public sealed record SimulatePriceChangePayload(PriceSimulation? Simulation, IReadOnlyList<UserError> UserErrors);

/// <summary>The fields of price simulations in schema/repricing.graphql.</summary>
public static class PriceSimulationFields
{
    /// <summary>How many lines and companies a simulation tells of at most.</summary>
    public const int MaximumWorst = 250;

    /// <summary>The services.</summary>
    public static void Add(IServiceCollection services)
    {
        services.AddScoped<PriceSimulationRun>();
        services.AddScoped<PriceSimulationRequests>();
        services.AddSingleton<PriceSimulations>();
        services.AddHostedService(provider => provider.GetRequiredService<PriceSimulations>());
        services.AddHourlyPurge<PriceSimulation>(PriceSimulation.Purge);
    }

    /// <summary>Names the resolvers.</summary>
    public static void Map(ResolverMap map)
    {
        map.Node<PriceSimulation>(nameof(PriceSimulation), s => s.Id, Load);
        map.Field("Query.simulatePriceChange", (SimulatePriceChangeInput input, PriceSimulationRequests requests, CancellationToken ct) => requests.Ask(input, ct));
        map.Field("Query.priceSimulation", async ValueTask<PriceSimulation?> (NodeId id, WholesaleDb db, Clock clock, CancellationToken ct) =>
            (await Read(db, clock, [id.KeyOf(nameof(PriceSimulation))], ct)).SingleOrDefault());
        map.Field("PriceSimulation.priceList", Lists);
        map.Field("PriceSimulation.priceChangeSet", Sets);
        map.Field("SimulatedPriceChange.variant", Variants);
        map.Field("SimulatedPriceChange.exampleCompany", (Batch<SimulatedPriceChange> changes, WholesaleDb db, CancellationToken ct) =>
            Companies(changes, change => change.ExampleCompanyId, db, ct));
        map.Field("SimulatedCompany.company", (Batch<SimulatedCompany> companies, WholesaleDb db, CancellationToken ct) =>
            Companies(companies, company => company.CompanyId, db, ct));
    }

    internal static async ValueTask<IReadOnlyList<PriceSimulation>> Read(
        WholesaleDb db, Clock clock, IReadOnlyList<long> ids, CancellationToken cancellation)
    {
        var simulations = await db.PriceSimulations.Where(s => ids.Contains(s.Id)).ToListAsync(cancellation);
        return simulations.ConvertAll(simulation => simulation.AsOf(clock.UtcNow));
    }

    /// <summary>Only who reads price lists finds any.</summary>
    private static async ValueTask<IReadOnlyList<PriceSimulation?>> Load(IReadOnlyList<long> keys, RequestContext context)
    {
        var services = context.Services;
        var found = await PriceListFields.MayRead(context)
            ? await Read(services.GetRequiredService<WholesaleDb>(), services.GetRequiredService<Clock>(), keys, context.Cancellation)
            : [];
        return found.InOrderOf(keys, s => s.Id);
    }

    private static async ValueTask<IReadOnlyList<PriceChangeSet?>> Sets(Batch<PriceSimulation> simulations, WholesaleDb db, CancellationToken cancellation)
    {
        var ids = simulations.Keys(s => s.PriceChangeSetId);
        return simulations.Pick(s => s.PriceChangeSetId, await db.PriceChangeSets.Where(s => ids.Contains(s.Id)).ToDictionaryAsync(s => s.Id, cancellation));
    }

    private static async ValueTask<IReadOnlyList<PriceList?>> Lists(Batch<PriceSimulation> simulations, WholesaleDb db, CancellationToken cancellation)
    {
        var ids = simulations.Keys(s => s.PriceListId);
        return simulations.Pick(s => s.PriceListId, await db.PriceLists.Where(l => ids.Contains(l.Id)).ToDictionaryAsync(l => l.Id, cancellation));
    }

    private static async ValueTask<IReadOnlyList<Variant>> Variants(Batch<SimulatedPriceChange> changes, WholesaleDb db, CancellationToken cancellation)
    {
        var ids = changes.Keys(c => c.VariantId);
        return changes.Pick(c => c.VariantId, await db.Variants.Where(v => ids.Contains(v.Id)).ToDictionaryAsync(v => v.Id, cancellation));
    }

    private static async ValueTask<IReadOnlyList<Company>> Companies<T>(
        Batch<T> things, Func<T, long> companyId, WholesaleDb db, CancellationToken cancellation)
    {
        var ids = things.Keys(companyId);
        return things.Pick(companyId, await db.Companies.Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, cancellation));
    }
}
