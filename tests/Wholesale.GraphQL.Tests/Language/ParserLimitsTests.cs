using System.Text;
using Wholesale.GraphQL.Language;
using static Wholesale.GraphQL.Tests.Language.LanguageHarness;

namespace Wholesale.GraphQL.Tests.Language;

public sealed class ParserLimitsTests
{
    const int KiB = 1024;

    [Fact]
    public void A_document_of_exactly_the_allowed_tokens_is_parsed()
    {
        var document = Parser.Parse(new Source("{ a b c } # a comment is no token"), new ParserOptions { MaxTokens = 5 });

        Assert.Single(document.Definitions);
    }

    [Fact]
    public void The_first_token_too_many_is_refused_where_it_stands()
    {
        var error = SyntaxErrorOf(new Source("{ a b\n  c }"), new ParserOptions { MaxTokens = 4 });

        Assert.Equal("Syntax Error: Document contains more than 4 tokens. Parsing aborted.", error.Message);
        Assert.Equal([new SourceLocation(2, 5)], error.Locations);
    }

    [Fact]
    public void Fifteen_thousand_tokens_are_allowed_by_default()
    {
        Parser.Parse(new Source("{" + Repeat(" a", 14_998) + "}"));
        var error = SyntaxErrorOf(new Source("{" + Repeat(" a", 14_999) + "}"));

        Assert.Equal("Syntax Error: Document contains more than 15000 tokens. Parsing aborted.", error.Message);
    }

    // What stands before the nesting, one level of it, what stands inside, and what closes: all of it without the last is a document.
    [Theory]
    [InlineData("", "{a", "", "}", "")]
    [InlineData("{", "...{", "a", "}", "}")]
    [InlineData("query($a: A = ", "[", "1", "]", ") {a}")]
    [InlineData("query($a: A = ", "{a:", "1", "}", ") {a}")]
    [InlineData("query($a: ", "[", "A", "]", ") {a}")]
    [InlineData("type A {a: ", "[", "A", "]", "}")]
    [InlineData("type A {a(a: A = ", "{a:", "1", "}", "): A}")]
    [InlineData("extend schema @a(a: ", "[", "1", "]", ")")]
    public void Nesting_is_bounded_before_the_stack_is_in_danger(string before, string open, string inside, string close, string after)
    {
        // The braces of a query around its fragments are a level of their own.
        var deepest = before == "{" ? 99 : 100;
        var message = "Syntax Error: Document nests deeper than 100 levels. Parsing aborted.";
        var column = before.Length + (deepest * open.Length) + open.IndexOfAny(['{', '[']) + 1;
        var options = new ParserOptions { MaxTokens = int.MaxValue };
        foreach (var stackSize in new[] { 1024 * KiB, 256 * KiB })
        {
            var document = OnStackOf(stackSize, () => Parser.Parse(Nested(deepest)));
            var justTooDeep = OnStackOf(stackSize, () => SyntaxErrorOf(Nested(deepest + 1)));
            var hostile = OnStackOf(stackSize, () => SyntaxErrorOf(Nested(100_000), options));

            Assert.Single(document.Definitions);
            Assert.Equal((message, new SourceLocation(1, column)), (justTooDeep.Message, Assert.Single(justTooDeep.Locations)));
            Assert.Equal((message, new SourceLocation(1, column)), (hostile.Message, Assert.Single(hostile.Locations)));
        }

        Source Nested(int levels) => new(before + Repeat(open, levels) + inside + Repeat(close, levels) + after);
    }

    [Fact]
    public void A_document_at_the_limit_is_printed_on_a_small_stack()
    {
        var text = Repeat("{a", 50) + "(b:" + Repeat("[", 50) + Repeat("]", 50) + ")" + Repeat("}", 50);

        var printed = OnStackOf(256 * KiB, () => Printer.Print(Parse(text)));

        Assert.Contains(Repeat("[", 50) + Repeat("]", 50), printed, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_definition_counts_its_nesting_anew()
    {
        var text = string.Concat(Enumerable.Repeat("query($a: [[A]] = [[1]]) {a {a}} ", 50));

        var document = Parser.Parse(new Source(text), new ParserOptions { MaxNesting = 2 });

        Assert.Equal(50, document.Definitions.Length);
    }

    [Fact]
    public void Values_count_the_selection_sets_around_them()
    {
        var error = SyntaxErrorOf(new Source("{a {a(a: [1])}}"), new ParserOptions { MaxNesting = 2 });

        Assert.Equal("Syntax Error: Document nests deeper than 2 levels. Parsing aborted.", error.Message);
        Assert.Equal([new SourceLocation(1, 10)], error.Locations);
    }

    static string Repeat(string text, int count) => new StringBuilder().Insert(0, text, count).ToString();

    static T OnStackOf<T>(int bytes, Func<T> work)
    {
        var result = default(T);
        Exception? failure = null;
        var thread = new Thread(
            () =>
            {
                failure = Record.Exception(() => { result = work(); });
            },
            bytes);
        thread.Start();
        thread.Join();
        Assert.Null(failure);
        return result!;
    }
}
