using Wholesale.Catalog;
using Wholesale.Companies;
using Wholesale.Platform;

namespace Wholesale.Pricing;

/// <summary>
/// A price after all rules. What a query does not ask for is not computed: breaks, list price, end and explanation are found when they are read, from the
/// same prices at the same instant.
/// </summary>
public sealed class EffectivePrice
{
    private readonly PriceResolution resolution;
    private readonly AssignedPriceList list;
    private readonly BreakGroups? groups;
    private readonly PriceResolution.FirstRows first;
    private readonly long shown;
    private PriceBreak[]? breaks;

    internal EffectivePrice(
        PriceResolution resolution,
        Variant variant,
        Quantity quantity,
        AssignedPriceList list,
        long unitPrice,
        BreakGroups? groups,
        PriceResolution.FirstRows first)
    {
        this.resolution = resolution;
        this.list = list;
        this.groups = groups;
        this.first = first;
        Variant = variant;
        Quantity = quantity;
        shown = resolution.Shown(unitPrice).TenThousandths;
        UnitPrice.CheckTimes(quantity);
    }

    /// <summary>What it is the price of.</summary>
    public Variant Variant { get; }

    /// <summary>The quantity it is for.</summary>
    public Quantity Quantity { get; }

    /// <summary>Per unit of measure.</summary>
    public Money UnitPrice => resolution.InCurrency(shown);

    /// <summary>Unit price × quantity, rounded once.</summary>
    public Money Total => UnitPrice.Times(Quantity, Rounding);

    /// <summary>Which way totals are rounded.</summary>
    internal RoundingMode Rounding => resolution.Book.Terms.Rounding.Mode;

    /// <summary>The quantity by which the break was found: more than <see cref="Quantity"/> where lines of one break group add up.</summary>
    public Quantity BreakQuantity => new(resolution.BreakQuantity(list, Variant, Quantity.Thousandths, groups));

    /// <summary>What everyone would pay for one; null if the lists for everyone have no price.</summary>
    public Money? ListPrice =>
        resolution.BestOffer(Variant, Quantity.One.Thousandths, resolution.At, forEveryone: true) is { } found ? resolution.Shown(found.UnitPrice) : null;

    /// <summary>Where the unit price changes, lowest quantity first; never empty.</summary>
    public IReadOnlyList<PriceBreak> Breaks => breaks ??= resolution.BreaksOf(Variant, first);

    /// <summary>What buying more would save; null if no greater quantity costs less a unit.</summary>
    public NextBreak? NextBreak => resolution.NextBreakOf(Variant, Quantity, UnitPrice, groups);

    /// <summary>Until when the unit price holds, exclusive; null: no end is known.</summary>
    public DateTime? ValidUntil => resolution.ValidUntil(Variant, Quantity.Thousandths, UnitPrice, groups);

    /// <summary>What the list that decided was assigned to.</summary>
    public AssigneeLevel Source => list.Level;

    /// <summary>Whether two prices, of which there may be none, differ in unit price or breaks.</summary>
    internal static bool IsAnother(EffectivePrice? one, EffectivePrice? other) =>
        one is null || other is null ? one is not null || other is not null : one.UnitPrice != other.UnitPrice || !one.Breaks.SequenceEqual(other.Breaks);

    /// <summary>What may be bought.</summary>
    public QuantityRule QuantityRule => resolution.RuleOf(Variant);

    /// <summary>Every list of the caller, and why it decided or did not.</summary>
    public PriceExplanation Explanation => PriceExplanation.Of(resolution, Variant, Quantity, groups);
}

/// <summary>A unit price from a quantity on, for the whole quantity.</summary>
public readonly record struct PriceBreak(Quantity MinimumQuantity, Money UnitPrice);

/// <summary>The next quantity from which a unit costs less.</summary>
/// <param name="AddQuantity">How much more is to be bought, as the quantity rule allows it.</param>
/// <param name="UnitPrice">What a unit of all then costs.</param>
/// <param name="Saving">How much less that greater quantity costs than at the present unit price, rounded once.</param>
public sealed record NextBreak(Quantity AddQuantity, Money UnitPrice, Money Saving);

/// <summary>What may be bought of a variant on one line.</summary>
/// <param name="Minimum">The least; a multiple of the increment.</param>
/// <param name="Maximum">The most; null: as much as one likes.</param>
/// <param name="Increment">What quantities are multiples of; more than 0.</param>
/// <param name="BreakGroup">Variants of one group add their quantities up when a break is looked for; null: the variant is in none.</param>
public sealed record QuantityRule(Quantity Minimum, Quantity? Maximum, Quantity Increment, string? BreakGroup)
{
    /// <summary>The rule of a variant by its list and itself.</summary>
    internal static QuantityRule Of(Variant variant, QuantityTerms? terms)
    {
        var increment = terms?.Increment ?? variant.QuantityIncrement;
        var minimum = terms?.Minimum ?? variant.MinimumQuantity ?? increment;
        return new(RoundUp(minimum, increment), terms?.Maximum ?? variant.MaximumQuantity, increment, terms?.BreakGroup);
    }

    /// <summary>The least multiple of the increment that is not below a quantity.</summary>
    public Quantity RoundUp(Quantity quantity) => RoundUp(quantity, Increment);

    /// <summary>What can be bought in the place of a quantity: it itself, else the next above it, else the greatest; null: nothing can.</summary>
    internal Quantity? Fit(Quantity quantity)
    {
        var most = Maximum?.Thousandths ?? Quantity.Maximum;
        most -= most % Math.Max(1, Increment.Thousandths);
        return Minimum.Thousandths > most ? null : new(Math.Clamp(RoundUp(quantity).Thousandths, Minimum.Thousandths, most));
    }

    private static Quantity RoundUp(Quantity quantity, Quantity increment)
    {
        var steps = Math.Max(1, increment.Thousandths);
        return new((quantity.Thousandths + steps - 1) / steps * steps);
    }
}
