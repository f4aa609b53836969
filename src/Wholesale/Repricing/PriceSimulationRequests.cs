using Microsoft.EntityFrameworkCore;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;
using Wholesale.Pricing;

namespace Wholesale.Repricing;

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
            return new(null, [PriceSimulationErrors.TooManySimulationsWait()]);
        }

        var now = clock.UtcNow;
        var simulation = new PriceSimulation
        {
            Id = ids.Next(),
            PriceListId = input.PriceListId?.KeyOf(nameof(PriceList)),
            PriceChangeSetId = order.PriceChangeSetId,
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
        if (input.Worst is < 1 or > PriceSimulationFields.MaximumWorst)
        {
            return (null, [PriceSimulationErrors.NotSoManyWorst(input.Worst)]);
        }

        return input switch
        {
            { PriceChangeSetId: { } setId, PriceListId: null, Prices: null } => await OfSet(setId, input, cancellation),
            { PriceChangeSetId: null, PriceListId: { } listId, Prices: { } rows } => await OfList(listId, rows, input, cancellation),
            _ => (null, [PriceSimulationErrors.NotOneChange()]),
        };
    }

    private async ValueTask<(PriceSimulationOrder?, IReadOnlyList<UserError>)> OfSet(
        NodeId id, SimulatePriceChangeInput input, CancellationToken cancellation)
    {
        var key = id.KeyOf(nameof(PriceChangeSet));
        if (await db.PriceChangeSets.SingleOrDefaultAsync(s => s.Id == key, cancellation) is not { } set)
        {
            return (null, [PriceChangeSetErrors.NoSuchSet()]);
        }

        // The lists of a set that is scheduled have its prices already: there is no before.
        return set.Status is PriceChangeSetStatus.Draft or PriceChangeSetStatus.Approved
            ? (new(set.Id, [], input.At ?? set.EffectiveAt ?? clock.UtcNow, input.Worst), [])
            : (null, [PriceSimulationErrors.NotToBeSimulated(set.StatusAt(clock.UtcNow))]);
    }

    private async ValueTask<(PriceSimulationOrder?, IReadOnlyList<UserError>)> OfList(
        NodeId id, IReadOnlyList<SimulatedPriceInput> inputs, SimulatePriceChangeInput input, CancellationToken cancellation)
    {
        if (RowErrors.TooMany(inputs.Count, "prices", PriceWrites.MaximumRows) is { } tooMany)
        {
            return (null, [tooMany]);
        }

        if (inputs.Count == 0)
        {
            return (null, [PriceSimulationErrors.NothingToSimulate()]);
        }

        var key = id.KeyOf(nameof(PriceList));
        if (await db.PriceLists.SingleOrDefaultAsync(l => l.Id == key, cancellation) is not { } list)
        {
            return (null, [PricingErrors.NoSuchId("price list", "priceListId")]);
        }

        var rows = BulkRow<PriceInput, PriceDraft>.Of(inputs.Select(price => new PriceInput(price.Sku, price.MinimumQuantity, price.UnitPrice)));
        PriceWrites.ReadDrafts(rows, list, await prices.VariantIds(inputs.Select(price => price.Sku), cancellation));
        var result = BulkRow<PriceInput, PriceDraft>.Result(rows, BulkMode.AllOrNothing);
        if (result.Errors("prices") is { Count: > 0 } refusals)
        {
            return (null, refusals);
        }

        var changes = result.Things.Select(draft => new SimulatedPrice(list.Id, draft.VariantId, draft.MinimumQuantity, draft.UnitPrice)).ToList();
        return (new(null, changes, input.At ?? clock.UtcNow, input.Worst), []);
    }
}
