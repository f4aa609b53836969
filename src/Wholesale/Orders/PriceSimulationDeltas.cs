using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using Wholesale.Repricing;

namespace Wholesale.Orders;

/// <summary>What a change of prices would do to what was ordered in one currency.</summary>
/// <param name="Found">What the simulation has found.</param>
public sealed record RevenueDelta(SimulatedRevenue Found)
{
    /// <summary>Of all amounts.</summary>
    public Currency Currency => Found.Currency;

    /// <summary>What the lines come to without the change.</summary>
    public Money Before => new(Found.Before, Currency);

    /// <summary>What they come to with it.</summary>
    public Money After => new(Found.After, Currency);

    /// <summary>How much more that is.</summary>
    public Money Delta => new(Found.After - Found.Before, Currency);

    /// <summary>How much more that is, in per cent; null where there is no such number.</summary>
    public Amount? ChangePercent => PriceSimulationDeltas.Percent(Found.After - Found.Before, Found.Before);

    /// <summary>How many lines that are.</summary>
    public long LineCount => Found.Lines;

    /// <summary>Lines without a price before or after.</summary>
    public long UnpricedLines => Found.UnpricedLines;
}

/// <summary>What a change of prices would leave the seller of what was ordered in one currency.</summary>
/// <param name="Found">What the simulation has found.</param>
public sealed record MarginDelta(SimulatedRevenue Found)
{
    /// <summary>Of all amounts.</summary>
    public Currency Currency => Found.Currency;

    /// <summary>What the lines with costs come to without the change.</summary>
    public Money RevenueBefore => new(Found.CostedBefore, Currency);

    /// <summary>What they come to with it.</summary>
    public Money RevenueAfter => new(Found.CostedAfter, Currency);

    /// <summary>What of it is left without the change.</summary>
    public Money MarginBefore => new(Found.CostedBefore - Found.Cost, Currency);

    /// <summary>What of it is left with it.</summary>
    public Money MarginAfter => new(Found.CostedAfter - Found.Cost, Currency);

    /// <summary>How much more that is.</summary>
    public Money Delta => new(Found.CostedAfter - Found.CostedBefore, Currency);

    /// <summary>The margin without the change in per cent of the revenue; null where there is no such number.</summary>
    public Amount? MarginPercentBefore => PriceSimulationDeltas.Percent(Found.CostedBefore - Found.Cost, Found.CostedBefore);

    /// <summary>The margin with the change in per cent of the revenue; null where there is no such number.</summary>
    public Amount? MarginPercentAfter => PriceSimulationDeltas.Percent(Found.CostedAfter - Found.Cost, Found.CostedAfter);

    /// <summary>How many lines that are.</summary>
    public long LineCount => Found.CostedLines;

    /// <summary>Lines with prices of which no cost is known in the currency.</summary>
    public long LinesWithoutCost => Found.Lines - Found.CostedLines;
}

/// <summary>The fields of schema/orders.graphql that tell what a change of prices would do to what was ordered: what the simulation has stored.</summary>
internal static class PriceSimulationDeltas
{
    /// <summary>Names the resolvers.</summary>
    public static void Map(ResolverMap map)
    {
        map.Field("PriceSimulation.revenueDelta", (Batch<PriceSimulation> simulations) => simulations.Map(simulation => Of(simulation, found => new RevenueDelta(found))));
        map.Field("PriceSimulation.marginDelta", (Batch<PriceSimulation> simulations) => simulations.Map(simulation => Of(simulation, found => found.Lines == 0 ? null : new MarginDelta(found))));
    }

    /// <summary>A part of a whole in per cent, rounded to two decimals.</summary>
    internal static Amount? Percent(long part, long whole) => BasisPoints.Of(part, whole) is { } points ? new(points * 100) : null;

    private static IReadOnlyList<T>? Of<T>(PriceSimulation simulation, Func<SimulatedRevenue, T?> delta) where T : class =>
        simulation.Result?.Revenues is { } revenues ? [.. revenues.Select(delta).OfType<T>()] : null;
}
