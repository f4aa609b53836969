using Wholesale.GraphQL.Language;
using static Wholesale.GraphQL.Tests.Language.LanguageHarness;

namespace Wholesale.GraphQL.Tests.Language;

/// <summary>Sections 2.9.1 "Int Value" and 2.9.2 "Float Value".</summary>
public sealed class NumberTests
{
    [Theory]
    [InlineData("0")]
    [InlineData("-0")]
    [InlineData("4")]
    [InlineData("-4")]
    [InlineData("9007199254740993")]
    [InlineData("123456789012345678901234567890")]
    public void An_int_is_kept_as_written(string text) => Assert.Equal(text, ParseValue<IntValueNode>(text).Value);

    [Theory]
    [InlineData("0.0")]
    [InlineData("-0.10")]
    [InlineData("4.123")]
    [InlineData("123e4")]
    [InlineData("123E4")]
    [InlineData("123e-4")]
    [InlineData("123e+4")]
    [InlineData("0e12")]
    [InlineData("-1.123e4567")]
    [InlineData("1.00E007")]
    public void A_float_is_kept_as_written(string text) => Assert.Equal(text, ParseValue<FloatValueNode>(text).Value);

    [Theory]
    [InlineData("00", 2, "unexpected digit after 0: \"0\"")]
    [InlineData("01", 2, "unexpected digit after 0: \"1\"")]
    [InlineData("-01.5", 3, "unexpected digit after 0: \"1\"")]
    [InlineData("-", 2, "expected digit but got: \"]\"")]
    [InlineData("--1", 2, "expected digit but got: \"-\"")]
    [InlineData("-A", 2, "expected digit but got: \"A\"")]
    [InlineData("1.", 3, "expected digit but got: \"]\"")]
    [InlineData("1.A", 3, "expected digit but got: \"A\"")]
    [InlineData("1.e1", 3, "expected digit but got: \"e\"")]
    [InlineData("1.2.3", 4, "expected digit but got: \".\"")]
    [InlineData("1..2", 3, "expected digit but got: \".\"")]
    [InlineData("1e", 3, "expected digit but got: \"]\"")]
    [InlineData("1e+", 4, "expected digit but got: \"]\"")]
    [InlineData("1e-x", 4, "expected digit but got: \"x\"")]
    [InlineData("1e1.5", 4, "expected digit but got: \".\"")]
    [InlineData("1e1e1", 4, "expected digit but got: \"e\"")]
    [InlineData("0xF1", 2, "expected digit but got: \"x\"")]
    [InlineData("12_000", 3, "expected digit but got: \"_\"")]
    [InlineData("3name", 2, "expected digit but got: \"n\"")]
    [InlineData("1.5f", 4, "expected digit but got: \"f\"")]
    public void A_number_that_goes_on_wrongly_is_refused_at_that_character(string text, int column, string reason) =>
        ExpectSyntaxError($"{{f(a:\n[{text}])}}", $"Invalid number, {reason}.", 2, 1 + column);

    [Theory]
    [InlineData("{f(a: -")]
    [InlineData("{f(a: 1.")]
    [InlineData("{f(a: 1e")]
    [InlineData("{f(a: 1e+")]
    public void A_number_cut_off_by_the_end_is_refused_there(string text) =>
        ExpectSyntaxError(text, "Invalid number, expected digit but got: <EOF>.", 1, text.Length + 1);

    [Fact]
    public void A_plus_sign_begins_no_number() => ExpectSyntaxError("{f(a: +1)}", "Unexpected character: \"+\".", 1, 7);
}
