using Wholesale.Credit;
using Wholesale.Orders;
using Wholesale.Platform;
using Wholesale.Tax;

namespace Wholesale.Tests.Orders;

/// <summary>What parts of an order come to: whatever is taken off, and in whatever steps, nothing is lost and nothing is left.</summary>
public sealed class OrderValueTests
{
    private static readonly Currency Usd = Currency.Of("USD");

    [Fact]
    public void What_is_cancelled_step_by_step_adds_up_to_the_whole()
    {
        var random = new Random(20_261_128);
        for (var run = 0; run < 2_000; run++)
        {
            var (order, lines) = Any(random);
            var (sum, steps) = (0L, 0);
            while (lines.Any(line => line.Open.Thousandths > 0))
            {
                var some = lines.Where(line => line.Open.Thousandths > 0 && random.Next(2) == 0)
                    .Select(line => new LinePart(line, new(random.Next(3) == 0 ? line.Open.Thousandths : random.NextInt64(1, line.Open.Thousandths + 1)))).ToList();
                if (some.Count > 0)
                {
                    var amount = order.Cancel(lines, some, null, DateTime.UnixEpoch);
                    Assert.InRange(amount.TenThousandths, 0, order.TotalAmount.TenThousandths - sum);
                    Assert.Equal(0, amount.TenThousandths % 100);
                    sum += amount.TenThousandths;
                    steps++;
                }
            }

            Assert.True(order.TotalAmount.TenThousandths == sum, $"run {run}: {sum} of {order.TotalAmount.TenThousandths} in {steps} steps");
            Assert.Equal((OrderStatus.Cancelled, DateTime.UnixEpoch), (order.Status, order.CancelledAt));
        }
    }

    [Fact]
    public void What_is_sent_and_cancelled_step_by_step_adds_up_to_the_whole_and_more_than_is_left_is_never_taken()
    {
        var random = new Random(20_261_129);
        for (var run = 0; run < 2_000; run++)
        {
            var (order, lines) = Any(random);
            var left = order.TotalAmount.TenThousandths;
            while (lines.Any(line => line.Open.Thousandths > 0))
            {
                var some = lines.Where(line => line.Open.Thousandths > 0 && random.Next(2) == 0)
                    .Select(line => new LinePart(line, new(random.Next(3) == 0 ? line.Open.Thousandths : random.NextInt64(1, line.Open.Thousandths + 1)))).ToList();
                if (some.Count > 0)
                {
                    var amount = random.Next(3) > 0 ? order.Ship(lines, some) : order.Cancel(lines, some, null, DateTime.UnixEpoch);
                    Assert.True(amount.TenThousandths >= 0 && amount.TenThousandths <= left && amount.TenThousandths % 100 == 0, $"run {run}: {amount} of {left}");
                    left -= amount.TenThousandths;
                }
            }

            Assert.True(left == 0, $"run {run}: {left} of {order.TotalAmount.TenThousandths} are left");
        }
    }

    [Fact]
    public void A_part_is_rounded_once_a_line_and_once_a_rate()
    {
        var order = Order(Lines((3, 100_000, 7), (4, 99_900, 7), (2, 55_500, 0)), [(7, 13_990)]);
        var lines = Lines((3, 100_000, 7), (4, 99_900, 7), (2, 55_500, 0));

        var value = OrderValue.Of(order, lines, line => new(line.Quantity.Thousandths - 1_000));

        // 2/3 of 10.00 is 6.67, 3/4 of 9.99 is 7.49, 1/2 of 5.55 is 2.78; of the tax 14.16/19.99 of 1.399: 0.99.
        Assert.Equal(66_700 + 74_900 + 27_800 + 9_900, value.TenThousandths);
    }

    [Fact]
    public void Freight_stays_as_long_as_anything_is_left_and_goes_with_the_last()
    {
        var lines = Lines((2, 100_000, 7), (1, 50_000, 0));
        var order = Order(lines, [(7, 10_500)], shipping: 49_900, shippingRate: 7); // 7 % of 10.00 and 4.99

        var whole = OrderValue.Of(order, lines, line => line.Quantity);
        var half = OrderValue.Of(order, lines, line => new(line.Id == 1 ? 1_000 : 0));
        var untaxed = OrderValue.Of(order, lines, line => new(line.Id == 1 ? 0 : 1_000));
        var nothing = OrderValue.Of(order, lines, _ => default);

        // 5.00 and 4.99, with 9.99/14.99 of the tax; 5.00 and 4.99, with 4.99/14.99 of it.
        Assert.Equal((210_400, 50_000 + 49_900 + 7_000, 50_000 + 49_900 + 3_500, 0), (whole.TenThousandths, half.TenThousandths, untaxed.TenThousandths, nothing.TenThousandths));
    }

    private static (Order Order, IReadOnlyList<OrderLine> Lines) Any(Random random)
    {
        int[] rates = [0, 7, 19];
        var lines = Lines([.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => (random.Next(1, 20), random.NextInt64(0, 1_000_000) * 100, rates[random.Next(3)]))]);
        var (shipping, shippingRate) = random.Next(3) == 0 ? (0L, 0) : (random.NextInt64(0, 10_000) * 100, rates[random.Next(3)]);
        var taxes = lines.Select(line => (Rate: line.TaxRatePercent, Net: line.Total.TenThousandths)).Append((Rate: new Amount(shippingRate * 10_000L), Net: shipping))
            .GroupBy(taxed => taxed.Rate).Where(rate => rate.Key.TenThousandths > 0)
            .Select(rate => ((int)(rate.Key.TenThousandths / 10_000), new Money(rate.Sum(taxed => taxed.Net), Usd).Percent(rate.Key, RoundingMode.HalfEven).TenThousandths));
        return (Order(lines, [.. taxes], shipping, shippingRate), lines);
    }

    private static List<OrderLine> Lines(params (int Quantity, long Total, int Rate)[] lines) =>
    [
        .. lines.Select((line, i) => new OrderLine
        {
            Id = i + 1,
            CompanyId = 1,
            OrderId = 1,
            VariantId = i + 1,
            Sku = $"S{i}",
            Name = "",
            Quantity = Quantity.Of(line.Quantity),
            UnitOfMeasure = "pcs",
            UnitPrice = default,
            Total = new(line.Total),
            TaxRatePercent = new(line.Rate * 10_000L),
            Promises = [],
        }),
    ];

    private static Order Order(IReadOnlyList<OrderLine> lines, IReadOnlyList<(int Rate, long Tax)> taxes, long shipping = 0, int shippingRate = 0)
    {
        var place = new PostalAddress("", null, [], "", null, null, "US", null);
        var net = lines.Sum(line => line.Total.TenThousandths);
        return new()
        {
            Id = 1,
            Number = "1",
            CompanyId = 1,
            UserId = 1,
            UnitId = 1,
            CartId = 1,
            PlacedAt = DateTime.UnixEpoch,
            Currency = Usd,
            ShipTo = place,
            BillTo = place,
            PaymentMethod = PaymentMethod.OnAccount,
            LineCount = lines.Count,
            NetAmount = new(net),
            Taxes = [.. taxes.Select(tax => new OrderTax("", new(tax.Rate * 10_000L), TaxTreatment.Taxed, default, new(tax.Tax)))],
            ShippingAmount = new(shipping),
            Freight = shipping == 0 ? null : new("parcel", "Parcel", Wholesale.Shipping.ShippingMethodKind.Parcel, new(shipping), null, null, null, default, new(shippingRate * 10_000L)),
            TotalAmount = new(net + shipping + taxes.Sum(tax => tax.Tax)),
        };
    }
}
