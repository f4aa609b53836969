using Wholesale.Platform;

namespace Wholesale.Tests.Platform;

public sealed class LanguageTagTests
{
    [Theory]
    [InlineData("en", "en")]
    [InlineData("DE-at", "de-AT")]
    [InlineData("ZH-hant-tw", "zh-Hant-TW")]
    [InlineData("es-419", "es-419")]
    [InlineData("sl-ROZAJ-biske", "sl-rozaj-biske")]
    [InlineData("de-CH-1901", "de-CH-1901")]
    [InlineData("zh-YUE-hk", "zh-yue-HK")]
    [InlineData("EN-us-U-islamcal", "en-US-u-islamcal")]
    [InlineData("en-CA-x-CA", "en-CA-x-ca")]
    [InlineData("X-Whatever", "x-whatever")]
    [InlineData("az-arab-x-AZE-derbend", "az-Arab-x-aze-derbend")]
    public void A_well_formed_tag_gets_its_usual_spelling(string text, string tag)
    {
        Assert.True(LanguageTag.TryParse(text, out var parsed));
        Assert.Equal(tag, parsed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("e")]
    [InlineData("en_US")]
    [InlineData("en-")]
    [InlineData("-en")]
    [InlineData("en--US")]
    [InlineData("en-u")]
    [InlineData("en-x")]
    [InlineData("en-US-DE")]
    [InlineData("en-abcdefghi")]
    [InlineData("i-klingon")]
    [InlineData("12")]
    [InlineData("én")]
    [InlineData("en-a-bbb-x-a-ccc-dddddddd-eeeeeeee-f")]
    public void Anything_else_is_refused(string text) => Assert.False(LanguageTag.TryParse(text, out _));
}

public sealed class WebAddressTests
{
    [Theory]
    [InlineData("https://example.com/a.jpg")]
    [InlineData("http://localhost:8080/")]
    [InlineData("https://example.com/gr%C3%B6%C3%9Fe.jpg?w=1&h=2#x")]
    [InlineData("HTTPS://EXAMPLE.COM")]
    public void An_absolute_web_address_is_taken(string text) => Assert.True(WebAddress.IsAbsolute(text));

    [Theory]
    [InlineData("")]
    [InlineData("/a.jpg")]
    [InlineData("example.com/a.jpg")]
    [InlineData("ftp://example.com/a.jpg")]
    [InlineData("javascript:alert(1)")]
    [InlineData("https://")]
    [InlineData("https://example.com/a b.jpg")]
    [InlineData(" https://example.com/")]
    [InlineData("https://example.com/größe.jpg")]
    [InlineData("https://example.com/\n")]
    public void Anything_else_is_refused(string text) => Assert.False(WebAddress.IsAbsolute(text));
}
