using Wholesale.Platform;

namespace Wholesale.Tests.Platform;

public sealed class RequestLanguagesTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("", "")]
    [InlineData("de", "de")]
    [InlineData("da, en-gb;q=0.8, en;q=0.7", "da en-GB en")]
    [InlineData("en;q=0.5,de;q=0.9 , fr", "fr de en")]
    [InlineData("fr;q=0.5,de;q=0.5", "fr de")]
    [InlineData("*, de;q=0, it;q=x, 12, es;level=1", "")]
    [InlineData("ZH-hant-tw;Q=1.0", "zh-Hant-TW")]
    public void Wishes_stand_by_weight_then_as_written(string? header, string expected) =>
        Assert.Equal(expected, string.Join(' ', RequestLanguages.Parse(header)));

    [Fact]
    public void A_long_header_is_read_to_its_twentieth_wish() =>
        Assert.Equal(20, RequestLanguages.Parse(string.Join(',', Enumerable.Repeat("de", 10_000))).Count);
}
