using System.Text;
using Wholesale.GraphQL.Language;

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
        var error = Refusal("{ a b\n  c }", new ParserOptions { MaxTokens = 4 });

        Assert.Equal("Syntax Error: Document contains more than 4 tokens. Parsing aborted.", error.Message);
        Assert.Equal([new SourceLocation(2, 5)], error.Locations);
    }

    [Fact]
    public void Fifteen_thousand_tokens_are_allowed_by_default()
    {
        Parser.Parse(new Source("{" + Repeat(" a", 14_998) + "}"));
        var error = Refusal("{" + Repeat(" a", 14_999) + "}");

        Assert.Equal("Syntax Error: Document contains more than 15000 tokens. Parsing aborted.", error.Message);
    }

    public static TheoryData<string, string, string, string, string> Nestings => new()
    {
        { "selection sets", "", "{a", "", "}" },
        { "inline fragments", "", "{...", "{a}", "}" },
        { "lists", "query($a: A = ", "[", "1", "]" },
        { "objects", "query($a: A = ", "{a:", "1", "}" },
        { "lists of objects", "query($a: A = ", "[{a:", "1", "}]" },
        { "list types", "query($a: ", "[", "A", "]" },
        { "list types of fields", "type A { a: ", "[", "A", "]" },
        { "values in a directive", "extend schema @a(a: ", "[", "1", "]" },
    };

    [Theory]
    [MemberData(nameof(Nestings))]
    public void Nesting_a_hundred_thousand_deep_is_refused_before_the_stack_is_in_danger(
        string what, string before, string open, string middle, string close)
    {
        var text = before + Repeat(open, 100_000) + middle + Repeat(close, 100_000);

        foreach (var stackSize in new[] { 1024 * KiB, 256 * KiB })
        {
            var error = OnStackOf(stackSize, () => Refusal(text, new ParserOptions { MaxTokens = int.MaxValue }));

            Assert.Equal("Syntax Error: Document nests deeper than 100 levels. Parsing aborted.", error.Message);
            Assert.True(error.Locations is [{ Line: 1, Column: < 1_000 }], what);
        }
    }

    [Theory]
    [MemberData(nameof(Nestings))]
    public void Nesting_at_the_limit_fits_a_small_stack(string what, string before, string open, string middle, string close)
    {
        // A pair of brackets in one opening counts as two levels; the field that holds a middle selection set or a definition's braces as one.
        var levels = (100 - middle.Count(c => c == '{')) / open.Count(c => c is '{' or '[');
        var after = before switch
        {
            "" or "extend schema @a(a: " => before.Length == 0 ? "" : ")",
            "type A { a: " => "}",
            _ => ") {a}",
        };
        var text = before + Repeat(open, levels) + middle + Repeat(close, levels) + after;

        var document = OnStackOf(256 * KiB, () => Parser.Parse(new Source(text)));

        Assert.True(document.Definitions.Length == 1, what);
        Refusal(before + Repeat(open, levels + 1) + middle + Repeat(close, levels + 1) + after);
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
        var error = Refusal("{a {a(a: [1])}}", new ParserOptions { MaxNesting = 2 });

        Assert.Equal("Syntax Error: Document nests deeper than 2 levels. Parsing aborted.", error.Message);
        Assert.Equal([new SourceLocation(1, 10)], error.Locations);
    }

    static GraphQLError Refusal(string text, ParserOptions? options = null) =>
        Assert.Throws<GraphQLSyntaxException>(() => { Parser.Parse(new Source(text), options); }).Error;

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
