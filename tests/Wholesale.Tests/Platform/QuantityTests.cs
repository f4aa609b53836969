using Wholesale.Platform;

namespace Wholesale.Tests.Platform;

public sealed class QuantityTests
{
    [Theory]
    [InlineData("1", 1_000)]
    [InlineData("0.125", 125)]
    [InlineData("1e3", 1_000_000)]
    [InlineData("0.0", 0)]
    [InlineData("-0", 0)]
    [InlineData("999999999.999", Quantity.Maximum)]
    public void A_quantity_is_read_to_a_thousandth(string text, long thousandths)
    {
        Assert.True(Quantity.TryParse(text, out var quantity));
        Assert.Equal(thousandths, quantity.Thousandths);
    }

    [Theory]
    [InlineData("0.0005")]
    [InlineData("-1")]
    [InlineData("-0.001")]
    [InlineData("1000000000")]
    [InlineData("1e9")]
    [InlineData("one")]
    public void A_quantity_too_fine_too_great_or_negative_is_refused(string text)
    {
        Assert.False(Quantity.TryParse(text, out var quantity));
        Assert.Equal(default, quantity);
    }

    [Theory]
    [InlineData(6_000, 1_000, true)]
    [InlineData(6_500, 1_000, false)]
    [InlineData(6_500, 500, true)]
    [InlineData(0, 500, true)]
    [InlineData(7, 0, true)]
    public void Whole_increments_are_told_from_parts(long thousandths, long increment, bool whole) =>
        Assert.Equal(whole, new Quantity(thousandths).IsMultipleOf(new Quantity(increment)));

    [Theory]
    [InlineData(1_000, "1")]
    [InlineData(500, "0.5")]
    [InlineData(12_125, "12.125")]
    [InlineData(0, "0")]
    public void A_quantity_shows_only_the_decimals_it_has(long thousandths, string text) => Assert.Equal(text, new Quantity(thousandths).ToString());
}
