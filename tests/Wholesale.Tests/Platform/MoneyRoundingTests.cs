using System.Numerics;
using Wholesale.Platform;

namespace Wholesale.Tests.Platform;

/// <summary>The four ways of rounding, compared with those of decimal and of whole numbers as long as need be.</summary>
public sealed class MoneyRoundingTests
{
    private static readonly Currency[] Currencies = [Currency.Of("JPY"), Currency.Of("EUR"), Currency.Of("KWD"), Currency.Of("CLF")];

    [Theory]
    [InlineData(RoundingMode.HalfAwayFromZero)]
    [InlineData(RoundingMode.HalfEven)]
    [InlineData(RoundingMode.Up)]
    [InlineData(RoundingMode.Down)]
    public void An_amount_is_rounded_as_decimal_does(RoundingMode mode)
    {
        var random = new Random(1);
        foreach (var currency in Currencies)
        {
            for (var i = 0; i < 20_000; i++)
            {
                var amount = i < 4_000 ? i - 2_000 : random.NextInt64(-999_999_999_999_000_000, 999_999_999_999_000_000);

                Assert.Equal((long)(Rounded(amount / 10_000m, currency, mode) * 10_000m), new Money(amount, currency).Rounded(mode).TenThousandths);
            }
        }
    }

    [Theory]
    [InlineData(RoundingMode.HalfAwayFromZero)]
    [InlineData(RoundingMode.HalfEven)]
    [InlineData(RoundingMode.Up)]
    [InlineData(RoundingMode.Down)]
    public void A_total_is_the_exact_product_rounded_once(RoundingMode mode)
    {
        var random = new Random(2);
        var overflows = 0;
        foreach (var currency in Currencies)
        {
            for (var i = 0; i < 20_000; i++)
            {
                var price = i % 2 == 0 ? random.NextInt64(-20_000, 20_000) : random.NextInt64(-Amount.Maximum, Amount.Maximum);
                var quantity = i % 3 == 0 ? random.NextInt64(Quantity.Maximum) : random.NextInt64(5_000);

                var expected = Product(price, quantity, currency, mode);

                Assert.Equal(expected, new Money(price, currency).TryTimes(new Quantity(quantity), mode)?.TenThousandths);
                overflows += expected is null ? 1 : 0;
            }
        }

        Assert.True(overflows > 1_000);
    }

    [Theory]
    [InlineData(RoundingMode.HalfAwayFromZero, 1_0050, 1_0100)]
    [InlineData(RoundingMode.HalfEven, 1_0050, 1_0000)]
    [InlineData(RoundingMode.HalfEven, 1_0150, 1_0200)]
    [InlineData(RoundingMode.Up, 1_0001, 1_0100)]
    [InlineData(RoundingMode.Up, 1_0100, 1_0100)]
    [InlineData(RoundingMode.Down, 1_0099, 1_0000)]
    [InlineData(RoundingMode.Up, -1_0001, -1_0100)]
    [InlineData(RoundingMode.Down, -1_0099, -1_0000)]
    public void Each_way_goes_where_its_name_says(RoundingMode mode, long amount, long rounded) =>
        Assert.Equal(rounded, new Money(amount, Currency.Of("EUR")).Rounded(mode).TenThousandths);

    private static decimal Rounded(decimal amount, Currency currency, RoundingMode mode) => mode switch
    {
        RoundingMode.HalfAwayFromZero => Math.Round(amount, currency.MinorUnitDigits, MidpointRounding.AwayFromZero),
        RoundingMode.HalfEven => Math.Round(amount, currency.MinorUnitDigits, MidpointRounding.ToEven),
        RoundingMode.Up when amount < 0 => Math.Round(amount, currency.MinorUnitDigits, MidpointRounding.ToNegativeInfinity),
        RoundingMode.Up => Math.Round(amount, currency.MinorUnitDigits, MidpointRounding.ToPositiveInfinity),
        _ => Math.Round(amount, currency.MinorUnitDigits, MidpointRounding.ToZero),
    };

    /// <summary>In ten thousandths; null if it has more digits than an amount.</summary>
    private static long? Product(long price, long quantity, Currency currency, RoundingMode mode)
    {
        var minorUnit = BigInteger.Pow(10, 4 - currency.MinorUnitDigits);
        var unit = minorUnit * 1_000;
        var exact = BigInteger.Abs((BigInteger)price * quantity);
        var below = exact / unit;
        var rest = exact - (below * unit);
        var isUp = mode == RoundingMode.Up ? rest > 0
            : mode == RoundingMode.Down ? false
            : 2 * rest == unit ? mode == RoundingMode.HalfAwayFromZero || !below.IsEven
            : 2 * rest > unit;
        var total = (below + (isUp ? 1 : 0)) * minorUnit;
        return total > Amount.Maximum ? null : (long)(price < 0 ? -total : total);
    }
}
