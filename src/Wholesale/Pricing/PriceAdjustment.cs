namespace Wholesale.Pricing;

/// <summary>
/// How a list makes its prices of another list's: a per cent, then an amount. Several in a row, one for each list on the way, are computed exactly and
/// rounded once, to 1/10,000 of the currency, half away from zero.
/// </summary>
/// <param name="BasisPoints">Hundredths of a per cent, −10,000 to 90,000: −1,200 takes 12 % off.</param>
/// <param name="Amount">In 1/10,000 of the currency, added after that.</param>
public readonly record struct PriceAdjustment(int BasisPoints, long Amount)
{
    /// <summary>The greatest <see cref="BasisPoints"/>: ten times the price.</summary>
    public const int MaximumBasisPoints = 90_000;

    /// <summary>The least <see cref="BasisPoints"/>: nothing is left.</summary>
    public const int MinimumBasisPoints = -10_000;

    /// <summary>How many lists may stand above one another, the one with its own prices included.</summary>
    public const int MaximumLevels = 4;

    private const int Whole = 10_000;

    /// <summary>Adjusts a price.</summary>
    /// <param name="unitPrice">In 1/10,000 of the currency, 0 or more.</param>
    /// <param name="steps">The adjustments, that of the list nearest to the price first; at most three.</param>
    /// <returns>Null if what comes out is below 0 or has more than 14 digits before the point: that is no price.</returns>
    public static long? Apply(long unitPrice, ReadOnlySpan<PriceAdjustment> steps)
    {
        // At most 10¹⁸ · 10⁵ · 10⁵ · 10⁵, far from 2¹²⁷: nothing can overflow on the way.
        Int128 numerator = unitPrice;
        Int128 denominator = 1;
        foreach (var step in steps)
        {
            numerator = (numerator * (Whole + step.BasisPoints)) + (step.Amount * denominator * Whole);
            denominator *= Whole;
        }

        if (numerator < 0)
        {
            return null;
        }

        var rounded = (numerator + (denominator / 2)) / denominator;
        return rounded <= Platform.Amount.Maximum ? (long)rounded : null;
    }
}

/// <summary>One rule of a list that is made of another: which variants it is for, and what it does to their prices.</summary>
/// <param name="CategoryIds">The category and all below it; null: every variant.</param>
/// <param name="Adjustment">What it does.</param>
public sealed record AdjustmentRule(IReadOnlySet<long>? CategoryIds, PriceAdjustment Adjustment)
{
    /// <summary>Whether it is for the variants of a category.</summary>
    public bool IsFor(long? categoryId) => CategoryIds is null || (categoryId is { } id && CategoryIds.Contains(id));
}

/// <summary>The rules by which a list was made of another during some time; the first that is for a variant decides.</summary>
/// <param name="Rules">In order.</param>
public sealed record AdjustmentStep(IReadOnlyList<AdjustmentRule> Rules)
{
    /// <summary>What is done to the prices of a category's variants; null: they are not taken over.</summary>
    public PriceAdjustment? For(long? categoryId)
    {
        foreach (var rule in Rules)
        {
            if (rule.IsFor(categoryId))
            {
                return rule.Adjustment;
            }
        }

        return null;
    }
}
