using Microsoft.EntityFrameworkCore;
using Wholesale.Catalog;
using Wholesale.Companies;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;

namespace Wholesale.Pricing;

/// <summary>A change of prices to be tried out.</summary>
public sealed record SimulatePriceChangeInput(
    NodeId PriceListId, IReadOnlyList<SimulatedPriceInput> Prices, DateTime? At = null, int Worst = 50);

/// <summary>Another price.</summary>
public sealed record SimulatedPriceInput(string Sku, Optional<Quantity> MinimumQuantity = default, Amount? UnitPrice = null);

/// <summary>The simulation.</summary>
public sealed record SimulatePriceChangePayload(PriceSimulation? Simulation, IReadOnlyList<UserError> UserErrors);

/// <summary>The fields of price simulations in schema/pricing.graphql: the seller's alone.</summary>
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

    private static async ValueTask<IReadOnlyList<PriceList>> Lists(Batch<PriceSimulation> simulations, WholesaleDb db, CancellationToken cancellation)
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

/// <summary>Takes orders for simulations: checks them, has them run, and waits a while for the result. One a request.</summary>
public sealed class PriceSimulationRequests(
    WholesaleDb db, Writes writes, Ids ids, Clock clock, PriceWrites prices, PriceSimulations simulations, PricingSettings settings)
{
    /// <summary>Orders a simulation and waits for it, not longer than is set.</summary>
    public async ValueTask<SimulatePriceChangePayload> Ask(SimulatePriceChangeInput input, CancellationToken cancellation)
    {
        var (order, errors) = await Order(input, cancellation);
        if (order is null)
        {
            return new(null, errors);
        }

        if (!simulations.TryTakePlace())
        {
            return new(null, [PricingErrors.TooManySimulationsWait()]);
        }

        var now = clock.UtcNow;
        var simulation = new PriceSimulation
        {
            Id = ids.Next(),
            PriceListId = input.PriceListId.KeyOf(nameof(PriceList)),
            At = order.At,
            CreatedAt = now,
            LeaseUntil = now + PriceSimulation.Lease,
        };
        try
        {
            await writes.RunUnrecorded(
                async () =>
                {
                    await BulkRows.Insert(db, [simulation], cancellation);
                    return true;
                },
                cancellation);
        }
        catch
        {
            simulations.GiveUpPlace();
            throw;
        }

        return new(await Wait(simulation, simulations.Begin(simulation.Id, order), cancellation), []);
    }

    private async ValueTask<PriceSimulation> Wait(PriceSimulation simulation, Task finished, CancellationToken cancellation)
    {
        try
        {
            await finished.WaitAsync(TimeSpan.FromSeconds(settings.SimulationWaitSeconds), clock.TimeProvider, cancellation);
        }
        catch (TimeoutException)
        {
            return simulation;
        }

        return (await PriceSimulationFields.Read(db, clock, [simulation.Id], cancellation)).SingleOrDefault() ?? simulation;
    }

    /// <summary>What is to be simulated, or what is wrong with it.</summary>
    private async ValueTask<(PriceSimulationOrder? Order, IReadOnlyList<UserError> Errors)> Order(
        SimulatePriceChangeInput input, CancellationToken cancellation)
    {
        var errors = new RowErrors();
        if (input.Worst is < 1 or > PriceSimulationFields.MaximumWorst)
        {
            errors.Invalid($"`worst` must be from 1 to {PriceSimulationFields.MaximumWorst}, not {input.Worst}.", "worst");
        }

        if (input.Prices.Count == 0)
        {
            errors.Invalid("At least one price must be given.", "prices");
        }

        if (RowErrors.TooMany(input.Prices.Count, "prices", PriceWrites.MaximumRows) is { } tooMany)
        {
            errors.Add(tooMany);
        }

        if (errors.Any)
        {
            return (null, errors.ToList());
        }

        var key = input.PriceListId.KeyOf(nameof(PriceList));
        if (await db.PriceLists.SingleOrDefaultAsync(l => l.Id == key, cancellation) is not { } list)
        {
            return (null, [PricingErrors.NoSuchId("price list", "priceListId")]);
        }

        var rows = BulkRow<PriceInput, PriceDraft>.Of(input.Prices.Select(price => new PriceInput(price.Sku, price.MinimumQuantity, price.UnitPrice)));
        PriceWrites.ReadDrafts(rows, list, await prices.VariantIds(rows.Select(row => row.Input), cancellation));
        var result = BulkRow<PriceInput, PriceDraft>.Result(rows, BulkMode.AllOrNothing);
        return result.Errors("prices") is { Count: > 0 } refusals
            ? (null, refusals)
            : (new([.. result.Things.Select(d => new SimulatedPrice(list.Id, d.VariantId, d.MinimumQuantity, d.UnitPrice))], input.At ?? clock.UtcNow, input.Worst), []);
    }
}
