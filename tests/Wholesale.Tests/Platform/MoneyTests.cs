using Wholesale.Platform;

namespace Wholesale.Tests.Platform;

public sealed class MoneyTests
{
    [Theory]
    [InlineData("EUR", 84_995, 1_000, "8.50")] // 8.4995 → 8.50
    [InlineData("EUR", 50, 1_000, "0.01")] // half a cent goes away from zero
    [InlineData("EUR", -50, 1_000, "-0.01")]
    [InlineData("EUR", 49, 1_000, "0.00")]
    [InlineData("EUR", 33, 3_000, "0.01")] // rounded once, as a line, not three times as pieces
    [InlineData("EUR", 100_000, 333, "3.33")]
    [InlineData("JPY", 5_000, 1_000, "1")]
    [InlineData("JPY", 4_999, 1_000, "0")]
    [InlineData("KWD", 5, 1_000, "0.001")]
    [InlineData("BHD", 12_345, 2_000, "2.469")]
    [InlineData("CLF", 1, 1_500, "0.0002")]
    [InlineData("EUR", 84_995, 0, "0.00")]
    public void A_line_total_is_rounded_once_to_the_minor_unit(string currency, long unitPrice, long thousandths, string total) =>
        Assert.Equal(total, new Money(unitPrice, Currency.Of(currency)).Times(new Quantity(thousandths)).Amount.ToString());

    [Fact]
    public void A_product_beyond_64_bits_is_exact_as_long_as_the_total_fits()
    {
        var price = new Money(9_999_999_999, Currency.Of("EUR")); // 999,999.9999

        var total = price.Times(new Quantity(99_999_999_999)); // 99,999,999.999

        Assert.Equal("99999999989000.00", total.Amount.ToString());
    }

    [Theory]
    [InlineData(Amount.Maximum)]
    [InlineData(-Amount.Maximum)]
    public void A_total_of_more_digits_than_an_amount_has_is_a_typed_error(long unitPrice)
    {
        var price = new Money(unitPrice, Currency.Of("EUR"));

        var overflow = Assert.Throws<MoneyOverflowException>(() => price.Times(new Quantity(Quantity.Maximum)));

        Assert.Equal($"{(unitPrice < 0 ? "-" : "")}99999999999999.9999 EUR times 999999999.999 has more than 14 digits before the point.", overflow.Message);
    }

    [Theory]
    [InlineData("EUR", "8.50")]
    [InlineData("JPY", "8.5")]
    [InlineData("KWD", "8.500")]
    [InlineData("CLF", "8.5000")]
    public void An_amount_shows_at_least_its_currencys_minor_unit(string currency, string text) =>
        Assert.Equal(text, new Money(85_000, Currency.Of(currency)).Amount.ToString());
}
