using Wholesale.Platform;

namespace Wholesale.Orders;

/// <summary>
/// What a part of an order comes to, tax included. Parts that are taken off one after another always add up to the whole: what is left is computed, never what goes. A line is worth its share of its
/// total, a rate's tax its share of what is taxed, each rounded once to the currency's minor unit, half away from zero; freight and insurance are worth what was charged as long as anything is left.
/// Nothing is worth 0, and all of it the order's total.
/// </summary>
internal static class OrderValue
{
    /// <summary>Values a part.</summary>
    /// <param name="order">The order.</param>
    /// <param name="lines">All of its lines.</param>
    /// <param name="quantity">How much of a line, no more than was ordered.</param>
    public static Money Of(Order order, IReadOnlyList<OrderLine> lines, Func<OrderLine, Quantity> quantity)
    {
        var shipping = order.ShippingAmount.TenThousandths;
        var net = lines.Select(line => (line.TaxRatePercent, Whole: line.Total.TenThousandths, Part: Share(line.Total.TenThousandths, quantity(line).Thousandths, line.Quantity.Thousandths, order.Currency)))
            .Append((TaxRatePercent: order.Freight?.TaxRatePercent ?? default, Whole: shipping, Part: lines.Any(line => quantity(line).Thousandths > 0) ? shipping : 0))
            .GroupBy(line => line.TaxRatePercent).ToDictionary(rate => rate.Key, rate => (Whole: rate.Sum(line => line.Whole), Part: rate.Sum(line => line.Part)));
        var tax = order.Taxes.GroupBy(tax => tax.RatePercent).Sum(rate =>
            net.TryGetValue(rate.Key, out var of) ? Share(rate.Sum(tax => tax.Tax.TenThousandths), of.Part, of.Whole, order.Currency) : 0);
        return new(net.Values.Sum(of => of.Part) + tax, order.Currency);
    }

    /// <summary>So much of an amount as a part is of a whole; of a whole of 0 nothing.</summary>
    private static long Share(long amount, long part, long whole, Currency currency)
    {
        if (part == whole || whole == 0)
        {
            return part == whole ? amount : 0;
        }

        var unit = FixedPoint.PowerOfTen(Amount.Scale - currency.MinorUnitDigits);
        var (units, rest) = Int128.DivRem((Int128)amount * part, (Int128)whole * unit);
        return (long)((units + (rest * 2 >= (Int128)whole * unit ? 1 : 0)) * unit);
    }
}
