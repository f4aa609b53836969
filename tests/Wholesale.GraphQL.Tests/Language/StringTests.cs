using Wholesale.GraphQL.Language;
using static Wholesale.GraphQL.Tests.Language.LanguageHarness;

namespace Wholesale.GraphQL.Tests.Language;

/// <summary>Section 2.9.4 "String Value", strings in single quotes.</summary>
public sealed class StringTests
{
    [Theory]
    [InlineData("\"\"", "")]
    [InlineData("\"simple\"", "simple")]
    [InlineData("\" white, space # no comment \"", " white, space # no comment ")]
    [InlineData("\"{}[]()!$&|:=@...\"", "{}[]()!$&|:=@...")]
    [InlineData("\"quote \\\" slashes \\\\ \\/\"", "quote \" slashes \\ /")]
    [InlineData("\"\\b\\f\\n\\r\\t\"", "\b\f\n\r\t")]
    [InlineData("\"ends with \\\\\"", "ends with \\")]
    [InlineData("\"tab\tand bell\u0007and nul\0\"", "tab\tand bell\u0007and nul\0")]
    [InlineData("\"Müller & Söhne 🙂 日本\"", "Müller & Söhne 🙂 日本")]
    [InlineData("\"no line end: \u0085 \u2028 \u2029\"", "no line end: \u0085 \u2028 \u2029")]
    public void A_string_means_its_characters_and_escapes(string text, string value)
    {
        var node = ParseValue<StringValueNode>(text);

        Assert.Equal(value, node.Value);
        Assert.False(node.IsBlock);
    }

    [Theory]
    [InlineData(@"\u0000", "\0")]
    [InlineData(@"\u00e9\u00E9", "éé")]
    [InlineData(@"\uFFFF", "\uFFFF")]
    [InlineData(@"\u{0}", "\0")]
    [InlineData(@"\u{e9}", "é")]
    [InlineData(@"\u{1F642}", "🙂")]
    [InlineData(@"\u{00000000001f642}", "🙂")]
    [InlineData(@"\u{10FFFF}", "\U0010FFFF")]
    [InlineData(@"\uD83D\uDE42", "🙂")]
    [InlineData(@"\uD83D\uDE42\uD83D\uDE42é", "🙂🙂é")]
    [InlineData(@"\\u0041", @"\u0041")]
    public void A_unicode_escape_is_one_character(string escape, string value) =>
        Assert.Equal($"<{value}>", ParseValue<StringValueNode>($"\"<{escape}>\"").Value);

    [Theory]
    [InlineData(@"\x", @"\x")]
    [InlineData(@"\U0041", @"\U")]
    [InlineData(@"\'", @"\'")]
    [InlineData(@"\0", @"\0")]
    [InlineData(@"\é", @"\é")]
    [InlineData(@"\🙂", @"\🙂")]
    public void An_unknown_escape_is_refused_at_its_backslash(string escape, string shown) =>
        ExpectSyntaxError($"{{f(a:\n\"bad {escape} escape\")}}", $"Invalid character escape sequence: \"{shown}\".", 2, 6);

    [Theory]
    [InlineData(@"\u", @"\u")]
    [InlineData(@"\u1 ", @"\u1")]
    [InlineData(@"\u12G4", @"\u12")]
    [InlineData(@"\u-123", @"\u")]
    [InlineData(@"\u{}", @"\u{")]
    [InlineData(@"\u{ 41}", @"\u{")]
    [InlineData(@"\u{41", @"\u{41")]
    [InlineData(@"\u{4G}", @"\u{4")]
    [InlineData(@"\u{110000}", @"\u{110000")]
    [InlineData(@"\u{FFFFFFFFFF}", @"\u{FFFFFF")]
    [InlineData(@"\u{D83D}", @"\u{D83D")]
    [InlineData(@"\u{D83D}\u{DE42}", @"\u{D83D")]
    [InlineData(@"\uD83D", @"\uD83D")]
    [InlineData(@"\uDE42", @"\uDE42")]
    [InlineData(@"\uDE42\uD83D", @"\uDE42\uD83D")]
    [InlineData(@"\uD83Dx", @"\uD83D")]
    [InlineData(@"\uD83D\n", @"\uD83D")]
    [InlineData(@"\uD83D\uD83D", @"\uD83D\uD83D")]
    [InlineData(@"\uD83D\u0041", @"\uD83D\u0041")]
    [InlineData(@"\uD83D\u{DE42}", @"\uD83D\u")]
    public void A_unicode_escape_that_is_no_character_is_refused_at_its_backslash(string escape, string shown) =>
        ExpectSyntaxError($"{{f(a:\n\"bad {escape}\")}}", $"Invalid Unicode escape sequence: \"{shown}\".", 2, 6);

    [Theory]
    [InlineData("\"")]
    [InlineData("\"no end")]
    [InlineData("\"ends in the next line\n\"")]
    [InlineData("\"ends in the next line\r\"")]
    [InlineData("\"\\")]
    [InlineData("\"\\\"")]
    [InlineData("\"backslash at the line's end\\\n\"")]
    [InlineData("\"\"\"")]
    [InlineData("\"\"\"no end")]
    [InlineData("\"\"\"no end\"\"")]
    [InlineData("\"\"\"escaped end\\\"\"\"")]
    public void An_unclosed_string_is_reported_at_its_quote(string text) =>
        ExpectSyntaxError("{f(a:\n  " + text, "Unterminated string.", 2, 3);

    [Fact]
    public void A_quote_behind_a_string_begins_another() =>
        Assert.Equal(["a", "b"], ParseValue<ListValueNode>("[\"a\"\"b\"]").Values.Select(v => ((StringValueNode)v).Value));
}
