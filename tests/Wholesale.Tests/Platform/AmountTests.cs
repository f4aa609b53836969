using Wholesale.Platform;

namespace Wholesale.Tests.Platform;

public sealed class AmountTests
{
    [Theory]
    [InlineData("12.5", 125_000)]
    [InlineData("0", 0)]
    [InlineData("-0", 0)]
    [InlineData("-0.0001", -1)]
    [InlineData("15.000000", 150_000)]
    [InlineData("1.5e1", 150_000)]
    [InlineData("125E-4", 125)]
    [InlineData("0e999999999999", 0)]
    [InlineData("1e-4", 1)]
    [InlineData("99999999999999.9999", 999_999_999_999_999_999)]
    [InlineData("-99999999999999.9999", -999_999_999_999_999_999)]
    public void A_number_that_fits_is_read_exactly(string text, long tenThousandths)
    {
        Assert.True(Amount.TryParse(text, out var amount));
        Assert.Equal(tenThousandths, amount.TenThousandths);
    }

    [Theory]
    [InlineData("100000000000000")]
    [InlineData("1e14")]
    [InlineData("0.00001")]
    [InlineData("1e-5")]
    [InlineData("1e999999999999")]
    [InlineData("1e-999999999999")]
    [InlineData("123456789012345678901234567890")]
    [InlineData("1.0000000000000000000000000001")]
    public void A_number_with_too_many_digits_is_refused(string text) => Assert.False(Amount.TryParse(text, out _));

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("+1")]
    [InlineData("01")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("1 ")]
    [InlineData("1,5")]
    [InlineData("0x1")]
    [InlineData("NaN")]
    [InlineData("１")]
    public void What_JSON_does_not_call_a_number_is_refused(string text) => Assert.False(Amount.TryParse(text, out _));

    [Theory]
    [InlineData(85_000, 0, "8.5")]
    [InlineData(85_000, 2, "8.50")]
    [InlineData(84_995, 2, "8.4995")]
    [InlineData(80_000, 0, "8")]
    [InlineData(-1, 2, "-0.0001")]
    [InlineData(0, 2, "0.00")]
    [InlineData(-50_000, 3, "-5.000")]
    [InlineData(long.MaxValue, 0, "922337203685477.5807")]
    [InlineData(long.MinValue, 4, "-922337203685477.5808")]
    public void An_amount_shows_the_decimals_it_must_and_those_it_needs(long tenThousandths, byte minimumDigits, string text) =>
        Assert.Equal(text, new Amount(tenThousandths, minimumDigits).ToString());

    [Fact]
    public void Equal_numbers_are_equal_however_they_are_shown()
    {
        Assert.Equal(new Amount(85_000, 0), new Amount(85_000, 2));
        Assert.Equal(new Amount(85_000, 0).GetHashCode(), new Amount(85_000, 2).GetHashCode());
        Assert.True(new Amount(1) < new Amount(2));
    }
}
