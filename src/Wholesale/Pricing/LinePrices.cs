using Wholesale.Catalog;
using Wholesale.Platform;

namespace Wholesale.Pricing;

/// <summary>What lines of carts and orders cost, and why they could not be ordered so: the same rules wherever lines are.</summary>
internal static class LinePrices
{
    /// <summary>The price of a line; null if there is none. A line that could not be ordered so has a price all the same.</summary>
    /// <param name="resolution">The caller's prices.</param>
    /// <param name="variant">What is bought.</param>
    /// <param name="quantity">How much of it.</param>
    /// <param name="groups">What the lines beside it add up to.</param>
    /// <param name="errors">Gets why it could not be ordered so; paths begin at the line.</param>
    /// <exception cref="MoneyOverflowException">The total is beyond what money can hold.</exception>
    public static EffectivePrice? Of(PriceResolution resolution, Variant variant, Quantity quantity, BreakGroups groups, List<UserError> errors)
    {
        var rule = resolution.RuleOf(variant);
        if (resolution.WhyNot(variant, quantity) is { } refusal)
        {
            errors.Add(new(PricingErrors.InvalidQuantity, refusal, ["quantity"]));
        }
        else if (quantity < rule.Minimum)
        {
            errors.Add(PricingErrors.BelowMinimum(quantity, rule.Minimum));
        }
        else if (quantity > rule.Maximum)
        {
            errors.Add(PricingErrors.AboveMaximum(quantity, rule.Maximum.Value));
        }

        var price = quantity.Thousandths == 0 ? null : resolution.Resolve(variant, quantity, groups);
        if (price is null && quantity.Thousandths > 0)
        {
            errors.Add(PricingErrors.HasNoPrice(variant.Sku, quantity));
        }

        return price;
    }

    /// <summary>The sum of totals, all of one currency.</summary>
    /// <exception cref="MoneyOverflowException">The sum is beyond what money can hold.</exception>
    public static Money Sum(IEnumerable<Money> totals, Currency currency)
    {
        var sum = totals.Aggregate(Int128.Zero, (sum, total) => sum + total.TenThousandths);
        return Int128.Abs(sum) <= Amount.Maximum
            ? new Money((long)sum, currency)
            : throw new MoneyOverflowException("The sum of the lines has more than 14 digits before the point.");
    }
}
