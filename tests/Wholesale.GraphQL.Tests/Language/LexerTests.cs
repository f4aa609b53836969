using System.Text;
using Wholesale.GraphQL.Language;
using static Wholesale.GraphQL.Tests.Language.LanguageHarness;

namespace Wholesale.GraphQL.Tests.Language;

/// <summary>Sections 2.1.1 to 2.1.9: source text, what is ignored, punctuators and names.</summary>
public sealed class LexerTests
{
    [Fact]
    public void Every_punctuator_is_a_token_of_its_own()
    {
        var lexer = new Lexer(new Source("!$&()...:=@[]{|}"), int.MaxValue);
        var kinds = new List<TokenKind>();
        for (lexer.Advance(); lexer.Kind != TokenKind.EndOfFile; lexer.Advance())
        {
            kinds.Add(lexer.Kind);
        }

        TokenKind[] expected =
        [
            TokenKind.ExclamationMark, TokenKind.Dollar, TokenKind.Ampersand, TokenKind.LeftParenthesis, TokenKind.RightParenthesis,
            TokenKind.Ellipsis, TokenKind.Colon, TokenKind.EqualsSign, TokenKind.At, TokenKind.LeftBracket, TokenKind.RightBracket,
            TokenKind.LeftBrace, TokenKind.VerticalBar, TokenKind.RightBrace,
        ];
        Assert.Equal(expected, kinds);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("_")]
    [InlineData("__typename")]
    [InlineData("Z9_z0")]
    [InlineData("query")]
    public void A_name_is_letters_digits_and_underscores(string name)
    {
        Assert.Equal([name], Tokens(name));
        Assert.Equal([name, "!"], Tokens(name + "!"));
    }

    [Fact]
    public void Equal_names_of_a_document_are_one_string()
    {
        var selections = ParseOne<OperationDefinitionNode>("{ price name price }").SelectionSet.Selections;

        Assert.Same(((FieldNode)selections[0]).Name.Value, ((FieldNode)selections[2]).Name.Value);
    }

    [Fact]
    public void Names_that_share_a_slot_of_the_table_keep_their_values()
    {
        var expected = Enumerable.Range(0, 2_000).Select(i => $"name{i}").ToList();

        var selections = ParseOne<OperationDefinitionNode>($"{{ {string.Join(' ', expected)} }}").SelectionSet.Selections;

        Assert.Equal(expected, selections.Select(s => ((FieldNode)s).Name.Value));
    }

    [Theory]
    [InlineData(" \t\n\r\r\n,,, a ,\t")]
    [InlineData("\uFEFFa")]
    [InlineData("\uFEFF\n \uFEFF a \uFEFF")]
    [InlineData("# a comment, \"with\" { anything é 🙂 \u0007\n a #")]
    [InlineData("#\r a # ends with the file")]
    public void White_space_line_ends_commas_comments_and_byte_order_marks_are_ignored(string text) => Assert.Equal(["a"], Tokens(text));

    [Theory]
    [InlineData("\n")]
    [InlineData("\r")]
    [InlineData("\r\n")]
    public void Every_kind_of_line_end_counts_once(string lineEnd) =>
        ExpectSyntaxError($"{{{lineEnd}  a{lineEnd} ?}}", "Unexpected character: \"?\".", 3, 2);

    [Fact]
    public void A_byte_order_mark_takes_no_column() => ExpectSyntaxError("\uFEFF?", "Unexpected character: \"?\".", 1, 1);

    [Fact]
    public void Columns_count_utf_16_code_units() => ExpectSyntaxError("{a(b:\"é🙂\") ?}", "Unexpected character: \"?\".", 1, 13);

    [Theory]
    [InlineData("?", "Unexpected character: \"?\".")]
    [InlineData("~", "Unexpected character: \"~\".")]
    [InlineData("%", "Unexpected character: \"%\".")]
    [InlineData("\\u0022", "Unexpected character: \"\\\".")]
    [InlineData(".", "Unexpected character: \".\".")]
    [InlineData("..", "Unexpected character: \".\".")]
    [InlineData(".5", "Unexpected character: \".\".")]
    [InlineData("'a'", "Unexpected single quote character ('), did you mean to use a double quote (\")?")]
    [InlineData("\0", "Unexpected character: U+0000.")]
    [InlineData("\b", "Unexpected character: U+0008.")]
    [InlineData("\u007F", "Unexpected character: U+007F.")]
    [InlineData("\u00A0", "Unexpected character: U+00A0.")]
    [InlineData("é", "Unexpected character: U+00E9.")]
    [InlineData("ï", "Unexpected character: U+00EF.")]
    [InlineData("\u2028", "Unexpected character: U+2028.")]
    [InlineData("\uFEFE", "Unexpected character: U+FEFE.")]
    [InlineData("🙂", "Unexpected character: U+1F642.")]
    public void A_character_that_begins_no_token_is_named(string character, string message) =>
        ExpectSyntaxError("{\n a " + character, message, 2, 4);

    [Fact]
    public void A_name_ends_before_a_letter_that_is_not_ascii() => ExpectSyntaxError("{ naïve }", "Unexpected character: U+00EF.", 1, 5);

    [Theory]
    [InlineData(new byte[] { 0x80 }, "80")] // a lone continuation byte
    [InlineData(new byte[] { 0xC3 }, "C3")] // a sequence cut short
    [InlineData(new byte[] { 0xC0, 0xAF }, "C0")] // an overlong form
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 }, "ED")] // a surrogate
    [InlineData(new byte[] { 0xF4, 0x90, 0x80, 0x80 }, "F4")] // above U+10FFFF
    [InlineData(new byte[] { 0xFF }, "FF")] // never in UTF-8
    public void Invalid_utf_8_is_refused_wherever_it_stands(byte[] bytes, string hex)
    {
        foreach (var (before, after) in new[] { ("{\n a ", "}"), ("{\n #é", "\n}"), ("{ a(b:\n\"é", "\") }"), ("{\n ü ", "") })
        {
            byte[] body = [.. Encoding.UTF8.GetBytes(before), .. bytes, .. Encoding.UTF8.GetBytes(after)];
            var column = before.Length - before.IndexOf('\n', StringComparison.Ordinal);

            ExpectSyntaxError(body, $"Invalid UTF-8, unexpected byte 0x{hex}.", 2, column);
        }
    }

    [Fact]
    public void The_end_of_the_text_stays_the_end()
    {
        var lexer = new Lexer(new Source(" "), int.MaxValue);
        lexer.Advance();
        lexer.Advance();

        Assert.Equal(TokenKind.EndOfFile, lexer.Kind);
        Assert.Equal(1, lexer.Start);
    }
}
