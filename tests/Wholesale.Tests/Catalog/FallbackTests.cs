using Wholesale.Catalog;

namespace Wholesale.Tests.Catalog;

public sealed class FallbackTests
{
    [Theory]
    [InlineData("zh-Hant-TW", "zh-Hant-TW zh-Hant zh")]
    [InlineData("de", "de")]
    [InlineData("en-x-shop", "en-x-shop en")]
    [InlineData("de-DE-u-co-phonebk", "de-DE-u-co-phonebk de-DE-u-co de-DE de")]
    public void A_tag_falls_back_to_ever_shorter_ones(string tag, string expected) =>
        Assert.Equal(expected, string.Join(' ', Fallback.Chain(tag)));

    [Theory]
    [InlineData("de-AT", "de fr", "de")]
    [InlineData("de-AT", "de-AT de", "de-AT")]
    [InlineData("it", "de fr", "de")] // no default: the first by tag
    [InlineData("it", "de en", "en")]
    [InlineData("de", "de-AT en", "en")] // a country's words do not serve the whole language
    public void Words_come_from_the_nearest_parent_then_the_default_then_the_first(string asked, string given, string expected) =>
        Assert.Equal(expected, Fallback.Source(asked, given.Split(' ')));

    [Theory]
    [InlineData("", "de fr", "en")]
    [InlineData("it de-CH fr", "de fr", "de")]
    [InlineData("fr-CA de", "de fr", "fr")]
    [InlineData("ja", "de", "en")]
    public void A_caller_gets_its_first_wish_that_is_known_in_some_form(string wishes, string known, string expected) =>
        Assert.Equal(expected, Fallback.Choose(wishes.Split(' ', StringSplitOptions.RemoveEmptyEntries), known.Split(' ').ToHashSet()));
}
