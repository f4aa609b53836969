using System.Numerics;
using Wholesale.Companies;
using Wholesale.Orders;
using Wholesale.Platform;

namespace Wholesale.Tests.Orders;

/// <summary>
/// What an order comes to, written from docs/taxes.md and the architecture's chapter on prices: whole numbers of any length that count minor units. It shares the world's data with the product and none
/// of its code.
/// </summary>
internal sealed class MoneyOracle(MoneyWorld world)
{
    private readonly BigInteger minorUnit = BigInteger.Pow(10, 4 - world.Currency.MinorUnitDigits);

    /// <summary>How many amounts lay in the middle between two minor units.</summary>
    public long Ties { get; private set; }

    /// <summary>The first thing of an order that is not as it must be; null: there is none.</summary>
    public string? WhyNot(MoneyCase ordered)
    {
        var (order, subtotal) = (ordered.Order, BigInteger.Zero);
        var rows = new Dictionary<(int Place, long Percent, string Name), BigInteger>();
        foreach (var ((variant, quantity), line) in ordered.Wishes.Zip(ordered.Lines))
        {
            var unitPrice = UnitPrice(variant, quantity);
            var total = Rounded(unitPrice * quantity, 1000 * minorUnit);
            var row = Bearing(world.ClassOf[variant], ordered.Country, ordered.Region);
            if ((line.UnitPrice.TenThousandths, line.Total.TenThousandths, line.TaxRatePercent.TenThousandths) != ((long)unitPrice, (long)(total * minorUnit), row.Percent))
            {
                return $"Of {quantity} thousandths at {unitPrice} the line is {line.Total} at {line.UnitPrice}, taxed {line.TaxRatePercent} %, and not {total} minor units, taxed by {row}.";
            }

            subtotal += total;
            rows[row] = rows.GetValueOrDefault(row) + total;
        }

        var taxes = rows.OrderBy(r => r.Key.Place).ThenByDescending(r => r.Key.Percent).ThenBy(r => r.Key.Name, StringComparer.Ordinal)
            .Select(r => (r.Key.Place, r.Key.Percent, r.Key.Name, Net: (long)(r.Value * minorUnit), Tax: (long)(Rounded(r.Value * r.Key.Percent, 1_000_000) * minorUnit))).ToList();
        var told = order.Taxes.Select(t => ((int)t.Treatment, t.RatePercent.TenThousandths, t.Name, t.Net.TenThousandths, t.Tax.TenThousandths)).ToList();
        if (!taxes.SequenceEqual(told))
        {
            return $"Taxes are {string.Join(", ", told)} and not {string.Join(", ", taxes)}.";
        }

        var (net, gross) = ((long)(subtotal * minorUnit), (long)(subtotal * minorUnit) + taxes.Sum(t => t.Tax));
        return (order.Subtotal.TenThousandths, order.Total.TenThousandths, ordered.Checkout.Total?.TenThousandths) != (net, gross, gross)
            ? $"It comes to {order.Subtotal} and {order.Total}, and not to {net} and {gross} ten thousandths."
            : Drift(order, ordered.Lines);
    }

    /// <summary>What an order says of itself, added up again.</summary>
    private string? Drift(Order order, IReadOnlyList<OrderLine> lines)
    {
        var tax = order.Tax;
        var amounts = lines.Select(l => l.Total.TenThousandths).Concat(tax.Lines.SelectMany(t => new[] { t.Net.TenThousandths, t.Tax.TenThousandths }))
            .Concat([order.Subtotal.TenThousandths, tax.Total.TenThousandths, order.Total.TenThousandths]);
        return lines.Sum(l => l.Total.TenThousandths) != order.Subtotal.TenThousandths ? "The lines do not add up to the subtotal."
            : tax.Lines.Sum(t => t.Net.TenThousandths) != order.Subtotal.TenThousandths ? "What is taxed does not add up to the subtotal."
            : tax.Lines.Sum(t => t.Tax.TenThousandths) != tax.Total.TenThousandths ? "The rates' taxes do not add up to the tax."
            : order.Subtotal.TenThousandths + tax.Total.TenThousandths != order.Total.TenThousandths ? "Subtotal and tax are not the total."
            : amounts.Any(amount => amount % minorUnit != 0) ? "An amount is not in whole minor units."
            : null;
    }

    /// <summary>Of the breaks not above the quantity the last; where the market rounds units, in whole minor units.</summary>
    private BigInteger UnitPrice(long variant, long quantity)
    {
        BigInteger price = 0;
        foreach (var (minimum, unitPrice) in world.Prices[variant])
        {
            price = minimum <= quantity ? unitPrice : price;
        }

        return world.Rounding.Level == RoundingLevel.UnitPrice ? Rounded(price, minorUnit) * minorUnit : price;
    }

    /// <summary>The row of the totals: its place among the treatments (taxed, exempt, reverse charge, not taxed), its rate and its name.</summary>
    private (int Place, long Percent, string Name) Bearing(string taxClass, string country, string? region)
    {
        var candidates = world.Rates.Where(rate => rate.TaxClass == taxClass && rate.Country == country).ToList();
        var rate = candidates.Find(r => r.Region is not null && r.Region == region) ?? candidates.Find(r => r.Region is null);
        if (rate is null)
        {
            return (3, 0, "");
        }

        if (world.Exemptions.Any(exemption => exemption.Country == country && (exemption.Region is null || exemption.Region == region)))
        {
            return (1, 0, rate.Name);
        }

        return rate.IsReverseCharged && world.HasTaxId ? (2, 0, rate.Name) : (0, rate.Rate.TenThousandths, rate.Name);
    }

    /// <summary>The whole number that a fraction, 0 or more, is rounded to.</summary>
    private BigInteger Rounded(BigInteger numerator, BigInteger denominator)
    {
        var below = numerator / denominator;
        var rest = numerator - (below * denominator);
        var toMiddle = (2 * rest).CompareTo(denominator);
        Ties += toMiddle == 0 ? 1 : 0;
        var isUp = world.Rounding.Mode switch
        {
            RoundingMode.Up => !rest.IsZero,
            RoundingMode.Down => false,
            RoundingMode.HalfEven => toMiddle > 0 || (toMiddle == 0 && !below.IsEven),
            RoundingMode.HalfAwayFromZero => toMiddle >= 0,
            _ => throw new InvalidOperationException($"{world.Rounding.Mode} is not known here."),
        };
        return isUp ? below + 1 : below;
    }
}
