using Wholesale.Platform;

namespace Wholesale.Tests.Platform;

public sealed class CurrencyTests
{
    [Theory]
    [InlineData("EUR", 2)]
    [InlineData("USD", 2)]
    [InlineData("JPY", 0)]
    [InlineData("KRW", 0)]
    [InlineData("BHD", 3)]
    [InlineData("KWD", 3)]
    [InlineData("CLF", 4)]
    public void A_currency_knows_its_minor_unit(string code, int digits)
    {
        Assert.True(Currency.TryParse(code, out var currency));

        Assert.Equal(code, currency.Code);
        Assert.Equal(digits, currency.MinorUnitDigits);
        Assert.Equal(Currency.Of(code), currency);
    }

    [Theory]
    [InlineData("eur")]
    [InlineData("EU")]
    [InlineData("")]
    [InlineData("ABC")]
    [InlineData("XAU")] // gold has no minor unit
    [InlineData("XXX")]
    [InlineData("DEM")]
    public void Other_codes_are_refused(string code)
    {
        Assert.False(Currency.TryParse(code, out var currency));

        Assert.Equal(default, currency);
        var error = Assert.Throws<FormatException>(() => Currency.Of(code));
        Assert.Equal($"\"{code}\" is not a currency code of ISO 4217.", error.Message);
    }
}
