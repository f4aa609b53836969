using Wholesale.Platform;

namespace Wholesale.Shipping;

/// <summary>Where goods are sent.</summary>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="Region">By the code that addresses have; null: none.</param>
/// <param name="PostalCode">Null: it is not known.</param>
public sealed record ShippingDestination(string Country, string? Region, string? PostalCode)
{
    /// <summary>The postal code as it is compared.</summary>
    internal string? PlainCode { get; } = PostalCode is null ? null : FreightPlace.Plain(PostalCode);
}

/// <summary>Goods to be sent.</summary>
/// <param name="Quantity">How much.</param>
/// <param name="UnitWeight">Of a quantity of 1, in kilograms; null: it is not known.</param>
/// <param name="UnitVolume">Of a quantity of 1, in litres; null: it is not known.</param>
public readonly record struct ShippedGoods(Quantity Quantity, Quantity? UnitWeight, Quantity? UnitVolume);

/// <summary>Why goods cannot be sent in some way.</summary>
public enum ShippingObstacle
{
    /// <summary>Nothing is sent there.</summary>
    NotServed,

    /// <summary>The weight of something is not known.</summary>
    UnknownWeight,

    /// <summary>The volume of something is not known.</summary>
    UnknownVolume,

    /// <summary>It is heavier than what is sent.</summary>
    TooHeavy,

    /// <summary>It is more than there is a price for.</summary>
    TooMuch,
}

/// <summary>
/// Works freight out: pure. How much it is, is added up exactly, in millionths of a kilogram, litre or quantity; the price of its step, and that of each begun unit above the step before,
/// are added up exactly, and rounded once to the currency's minor unit. See docs/shipping.md.
/// </summary>
internal static class Freight
{
    private static readonly Int128 Unit = 1_000_000;

    /// <summary>What it costs to send goods, net of tax; or why they cannot be sent.</summary>
    /// <param name="template">The way.</param>
    /// <param name="zone">Where they go; null: nothing is sent there.</param>
    /// <param name="goods">The goods.</param>
    /// <param name="subtotal">What they cost, in the template's currency.</param>
    /// <param name="rounding">The market's.</param>
    public static (Money? Price, ShippingObstacle? Obstacle) Of(FreightTemplate template, FreightZone? zone, IReadOnlyList<ShippedGoods> goods, Money subtotal, RoundingMode rounding)
    {
        if (zone is null)
        {
            return (null, ShippingObstacle.NotServed);
        }

        if (WhyNotByWeight(template, goods) is { } obstacle)
        {
            return (null, obstacle);
        }

        var measured = template.Basis switch
        {
            FreightBasis.Weight => Sum(goods, g => g.UnitWeight),
            FreightBasis.Volume => Sum(goods, g => g.UnitVolume),
            _ => Sum(goods, _ => Quantity.One),
        };
        if (measured is not { } measure)
        {
            return (null, template.Basis == FreightBasis.Weight ? ShippingObstacle.UnknownWeight : ShippingObstacle.UnknownVolume);
        }

        if (PriceOf(zone, measure) is not { } exact || Rounded(exact, template.Currency, rounding) is not { } price)
        {
            return (null, ShippingObstacle.TooMuch);
        }

        return (zone.FreeFrom is { } free && subtotal.Amount >= free ? new Money(0, template.Currency) : price, null);
    }

    private static ShippingObstacle? WhyNotByWeight(FreightTemplate template, IReadOnlyList<ShippedGoods> goods) =>
        template.MaximumWeight is not { } maximum ? null
        : Sum(goods, g => g.UnitWeight) is not { } weight ? ShippingObstacle.UnknownWeight
        : weight > Millionths(maximum) ? ShippingObstacle.TooHeavy
        : null;

    /// <summary>All of the goods, in millionths; null where something is not known. 5,000 lines of the greatest quantities and weights are less than 2⁹³.</summary>
    private static Int128? Sum(IReadOnlyList<ShippedGoods> goods, Func<ShippedGoods, Quantity?> ofOne)
    {
        var sum = Int128.Zero;
        foreach (var some in goods)
        {
            if (ofOne(some) is not { } one)
            {
                return null;
            }

            sum += (Int128)some.Quantity.Thousandths * one.Thousandths;
        }

        return sum;
    }

    /// <summary>In ten thousandths, not rounded; null where no step reaches so far, or it is far beyond what money can hold.</summary>
    private static Int128? PriceOf(FreightZone zone, Int128 measure)
    {
        var before = Int128.Zero;
        foreach (var step in zone.Steps)
        {
            if (step.UpTo is not { } end || measure <= Millionths(end))
            {
                var begun = (measure - before + Unit - 1) / Unit;
                return begun > Amount.Maximum && step.PerUnit.TenThousandths > 0 ? null : step.Price.TenThousandths + (step.PerUnit.TenThousandths * begun);
            }

            before = Millionths(end);
        }

        return null;
    }

    private static Int128 Millionths(Quantity quantity) => (Int128)quantity.Thousandths * 1000;

    private static Money? Rounded(Int128 tenThousandths, Currency currency, RoundingMode rounding) =>
        tenThousandths > Amount.Maximum ? null : new Money((long)tenThousandths, currency).TryTimes(Quantity.One, rounding);
}
