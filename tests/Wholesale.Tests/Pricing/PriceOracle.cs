using Wholesale.Platform;

namespace Wholesale.Tests.Pricing;

/// <summary>
/// The price rules once more, from their description instead of the product's code, and as naively as they can be put: sort, filter, take the first,
/// and try every hour of the world. Slow, obviously right, and sharing nothing with the product but money and quantities.
/// </summary>
internal static class PriceOracle
{
    public static Money? UnitPrice(PriceWorld world, DateTime at, Quantity quantity) => UnitPrice(world, at, at, quantity, _ => true);

    public static Money? ListPrice(PriceWorld world, DateTime at) =>
        UnitPrice(world, at, at, new Quantity(1_000), a => a.Nearness == PriceWorld.Everyone);

    public static Money? Total(PriceWorld world, DateTime at, Quantity quantity)
    {
        if (UnitPrice(world, at, quantity) is not { } unitPrice)
        {
            return null;
        }

        var exact = unitPrice.TenThousandths / 10_000m * (quantity.Thousandths / 1_000m);
        var rounded = Math.Round(exact, unitPrice.Currency.MinorUnitDigits, MidpointRounding.AwayFromZero);
        return new Money((long)(rounded * 10_000m), unitPrice.Currency);
    }

    public static DateTime? ValidUntil(PriceWorld world, DateTime at, Quantity quantity)
    {
        var now = UnitPrice(world, at, quantity);
        foreach (var hour in PriceWorld.Hours.Where(h => h > at))
        {
            if (UnitPrice(world, at, hour, quantity, _ => true) != now)
            {
                return hour;
            }
        }

        return null;
    }

    /// <summary>The price at one instant, in the currency that answers have at another.</summary>
    private static Money? UnitPrice(PriceWorld world, DateTime currencyAt, DateTime at, Quantity quantity, Func<PriceWorld.Assignment, bool> counts)
    {
        if (InOrder(world, currencyAt).FirstOrDefault() is not { } first)
        {
            return null;
        }

        var currency = world.CurrencyOf(first.List);
        foreach (var assignment in InOrder(world, at).Where(a => counts(a) && world.CurrencyOf(a.List) == currency))
        {
            var row = world.Rows
                .Where(r => r.List == assignment.List && Holds(r.ValidFrom, r.ValidTo, at) && r.Minimum <= quantity)
                .OrderByDescending(r => r.Minimum)
                .FirstOrDefault();
            if (row is not null)
            {
                return new Money(row.UnitPrice, currency);
            }
        }

        return null;
    }

    private static IEnumerable<PriceWorld.Assignment> InOrder(PriceWorld world, DateTime at) =>
        world.Assignments
            .Where(a => Holds(a.ValidFrom ?? a.MadeAt, a.ValidTo, at))
            .OrderBy(a => a.Nearness)
            .ThenBy(a => -a.Priority)
            .ThenByDescending(a => a.MadeAt)
            .ThenByDescending(a => a.Id);

    private static bool Holds(DateTime? from, DateTime? to, DateTime at) => (from is null || from <= at) && (to is null || at < to);
}
