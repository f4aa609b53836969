using System.Numerics;
using Wholesale.Companies;
using Wholesale.Orders;
using Wholesale.Platform;
using Wholesale.Shipping;

namespace Wholesale.Tests.Orders;

/// <summary>
/// What an order comes to, written from docs/taxes.md, docs/shipping.md and the architecture's chapter on prices: whole numbers of any length that count minor units. It shares the world's data with the product and none
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

        var (freight, premium) = Shipping(ordered, subtotal);
        var bearing = freight + premium > 0 ? Bearing(world.Terms.TaxClass, ordered.Country, ordered.Region).Percent : 0;
        if (order.Shipping.TaxRatePercent.TenThousandths != bearing)
        {
            return $"Shipping is taxed {order.Shipping.TaxRatePercent} %, and not {bearing} ten thousandths.";
        }

        foreach (var charge in new[] { freight, premium }.Where(charge => charge > 0))
        {
            var row = Bearing(world.Terms.TaxClass, ordered.Country, ordered.Region);
            rows[row] = rows.GetValueOrDefault(row) + charge;
        }

        var taxes = rows.OrderBy(r => r.Key.Place).ThenByDescending(r => r.Key.Percent).ThenBy(r => r.Key.Name, StringComparer.Ordinal)
            .Select(r => (r.Key.Place, r.Key.Percent, r.Key.Name, Net: (long)(r.Value * minorUnit), Tax: (long)(Rounded(r.Value * r.Key.Percent, 1_000_000) * minorUnit))).ToList();
        var told = order.Taxes.Select(t => ((int)t.Treatment, t.RatePercent.TenThousandths, t.Name, t.Net.TenThousandths, t.Tax.TenThousandths)).ToList();
        if (!taxes.SequenceEqual(told))
        {
            return $"Taxes are {string.Join(", ", told)} and not {string.Join(", ", taxes)}.";
        }

        var (net, sent) = ((long)(subtotal * minorUnit), (long)((freight + premium) * minorUnit));
        var gross = net + sent + taxes.Sum(t => t.Tax);
        return (order.Subtotal.TenThousandths, order.Shipping.Total.TenThousandths, order.Total.TenThousandths, ordered.Checkout.Total?.TenThousandths) != (net, sent, gross, gross)
            ? $"It comes to {order.Subtotal}, {order.Shipping.Total} and {order.Total}, and not to {net}, {sent} and {gross} ten thousandths."
            : Drift(order, ordered.Lines);
    }

    /// <summary>What an order says of itself, added up again.</summary>
    private string? Drift(Order order, IReadOnlyList<OrderLine> lines)
    {
        var tax = order.Tax;
        var amounts = lines.Select(l => l.Total.TenThousandths).Concat(tax.Lines.SelectMany(t => new[] { t.Net.TenThousandths, t.Tax.TenThousandths }))
            .Concat([order.Subtotal.TenThousandths, order.Shipping.Total.TenThousandths, order.Shipping.Price?.TenThousandths ?? 0, order.Shipping.Insurance?.Premium.TenThousandths ?? 0, tax.Total.TenThousandths, order.Total.TenThousandths]);
        return lines.Sum(l => l.Total.TenThousandths) != order.Subtotal.TenThousandths ? "The lines do not add up to the subtotal."
            : (order.Shipping.Price?.TenThousandths ?? 0) + (order.Shipping.Insurance?.Premium.TenThousandths ?? 0) != order.Shipping.Total.TenThousandths ? "Freight and premium are not what shipping comes to."
            : tax.Lines.Sum(t => t.Net.TenThousandths) != order.Subtotal.TenThousandths + order.Shipping.Total.TenThousandths ? "What is taxed does not add up to the subtotal and shipping."
            : tax.Lines.Sum(t => t.Tax.TenThousandths) != tax.Total.TenThousandths ? "The rates' taxes do not add up to the tax."
            : order.Subtotal.TenThousandths + order.Shipping.Total.TenThousandths + tax.Total.TenThousandths != order.Total.TenThousandths ? "Subtotal, shipping and tax are not the total."
            : amounts.Any(amount => amount % minorUnit != 0) ? "An amount is not in whole minor units."
            : null;
    }

    /// <summary>Freight and premium in minor units, as docs/shipping.md has them.</summary>
    private (BigInteger Freight, BigInteger Premium) Shipping(MoneyCase ordered, BigInteger subtotal)
    {
        var template = world.Templates.SingleOrDefault(t => t.Id == ordered.Checkout.Cart.FreightTemplateId);
        var freight = template is null ? 0 : Freight(template, ordered, subtotal);
        BigInteger premium = 0;
        if (world.Terms.Insurance is { } terms && (ordered.Checkout.Cart.IsInsured ?? terms.IsDefault))
        {
            var least = terms.Minimum is { } minimum && terms.Currency == world.Currency ? Rounded(minimum.TenThousandths, minorUnit) : 0;
            premium = BigInteger.Max(Rounded(subtotal * terms.RatePercent.TenThousandths, 1_000_000), least);
        }

        return (freight, premium);
    }

    private BigInteger Freight(FreightTemplate template, MoneyCase ordered, BigInteger subtotal)
    {
        var zone = template.Zones.FirstOrDefault(z => z.Places.Any(p => p.Country == ordered.Country && p.Region is not null && p.Region == ordered.Region))
            ?? template.Zones.FirstOrDefault(z => z.Places.Any(p => p.Country == ordered.Country && p.Region is null))
            ?? template.Zones.Single(z => z.Places.Count == 0);
        if (zone.FreeFrom is { } free && subtotal * minorUnit >= free.TenThousandths)
        {
            return 0;
        }

        var byId = world.Variants.ToDictionary(v => v.Id);
        BigInteger measure = 0;
        foreach (var (variant, quantity) in ordered.Wishes)
        {
            var ofOne = template.Basis switch { FreightBasis.Weight => byId[variant].ShippingWeight!.Value.Thousandths, FreightBasis.Volume => byId[variant].ShippingVolume!.Value.Thousandths, _ => 1000 };
            measure += (BigInteger)quantity * ofOne;
        }

        BigInteger begin = 0;
        foreach (var step in zone.Steps)
        {
            if (step.UpTo is not { } end || measure <= (BigInteger)end.Thousandths * 1000)
            {
                var (whole, rest) = BigInteger.DivRem(measure - begin, 1_000_000);
                return Rounded(step.Price.TenThousandths + (step.PerUnit.TenThousandths * (whole + (rest > 0 ? 1 : 0))), minorUnit);
            }

            begin = (BigInteger)end.Thousandths * 1000;
        }

        throw new InvalidOperationException("The last step ends nowhere.");
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
