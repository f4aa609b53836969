using Wholesale.GraphQL.Language;
using static Wholesale.GraphQL.Tests.Language.LanguageHarness;

namespace Wholesale.GraphQL.Tests.Language;

/// <summary>Section 2.9.4 "String Value", block strings and their BlockStringValue().</summary>
public sealed class BlockStringTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("simple", "simple")]
    [InlineData(" on one line white space counts ", " on one line white space counts ")]
    [InlineData("a \" and \"\" within", "a \" and \"\" within")]
    [InlineData("escapes \\n \\u0041 \\x mean themselves", "escapes \\n \\u0041 \\x mean themselves")]
    [InlineData("but \\\"\"\" is three quotes", "but \"\"\" is three quotes")]
    [InlineData("\\\"\"\"\\\"\"\"", "\"\"\"\"\"\"")]
    [InlineData("\\\\\"\"\"", "\\\"\"\"")]
    [InlineData("Müller 🙂", "Müller 🙂")]
    public void One_line_means_itself(string raw, string value) => ExpectValue(raw, value);

    [Theory]
    [InlineData("\n    Hello,\n      World!\n\n    Yours,\n      GraphQL.\n  ", "Hello,\n  World!\n\nYours,\n  GraphQL.")]
    [InlineData("Hello,\n    World!\n      more", "Hello,\nWorld!\n  more")]
    [InlineData("    Hello,\n    World!", "    Hello,\nWorld!")]
    [InlineData("\n\ta\n\t\tb", "a\n\tb")]
    [InlineData("\n \ta\n\t b", "a\nb")]
    [InlineData("a\n    \nb\n    ", "a\n    \nb")]
    [InlineData("\n  a\n     \n  b", "a\n   \nb")]
    [InlineData("\n  a\n \n  b", "a\n\nb")]
    public void The_indentation_that_all_lines_but_the_first_share_is_removed(string raw, string value) => ExpectValue(raw, value);

    [Theory]
    [InlineData("\n")]
    [InlineData("   ")]
    [InlineData(" \n\t\r\n \r ")]
    public void Blank_lines_alone_are_an_empty_string(string raw) => ExpectValue(raw, "");

    [Theory]
    [InlineData("\n \n\t\n  a\n\n  b\n \n\n")]
    [InlineData("\r \r\t\r  a\r\r  b\r \r\r")]
    [InlineData("\r\n \r\n\t\r\n  a\r\n\r\n  b\r\n \r\n\r\n")]
    public void Blank_lines_at_both_ends_are_removed_and_line_ends_become_line_feeds(string raw) => ExpectValue(raw, "a\n\nb");

    [Fact]
    public void Only_spaces_and_tabs_are_white_space() => ExpectValue("\n\u00A0a\n\u00A0b\n\u3000", "\u00A0a\n\u00A0b\n\u3000");

    [Fact]
    public void Four_quotes_at_the_end_are_an_end_and_a_new_string() =>
        ExpectSyntaxError("{f(a: \"\"\"a\"\"\"\")}", "Unterminated string.", 1, 14);

    [Fact]
    public void The_token_behind_a_block_string_has_its_line_and_column() =>
        ExpectSyntaxError("{f(a: \"\"\"\r\n\r  x\n\"\"\" ?)}", "Unexpected character: \"?\".", 4, 5);

    static void ExpectValue(string raw, string value)
    {
        var node = ParseValue<StringValueNode>($"\"\"\"{raw}\"\"\"");

        Assert.Equal(value, node.Value);
        Assert.True(node.IsBlock);
    }
}
