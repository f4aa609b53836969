using System.Text;
using Wholesale.GraphQL.Language;

namespace Wholesale.GraphQL.Tests.Language;

/// <summary>Short ways to parse a piece of the language and to expect a refusal. Meant for <c>using static</c>.</summary>
static class LanguageHarness
{
    public static DocumentNode Parse(string text) => Parser.Parse(new Source(text));

    /// <summary>The only definition of a text.</summary>
    public static T ParseOne<T>(string text)
        where T : DefinitionNode => Assert.IsType<T>(Assert.Single(Parse(text).Definitions));

    /// <summary>The only selection of a shorthand query with that body.</summary>
    public static T ParseSelection<T>(string text)
        where T : SelectionNode => Assert.IsType<T>(Assert.Single(ParseOne<OperationDefinitionNode>($"{{{text}}}").SelectionSet.Selections));

    /// <inheritdoc cref="ParseValue{T}"/>
    public static ValueNode ParseValue(string text) => Assert.Single(ParseSelection<FieldNode>($"f(a: {text})").Arguments).Value;

    /// <summary>A value as an argument of a field, where variables are allowed.</summary>
    public static T ParseValue<T>(string text)
        where T : ValueNode => Assert.IsType<T>(ParseValue(text));

    public static GraphQLError SyntaxErrorOf(Source source, ParserOptions? options = null) =>
        Assert.Throws<GraphQLSyntaxException>(() => { Parser.Parse(source, options); }).Error;

    public static void ExpectSyntaxError(string text, string message, int line, int column) =>
        ExpectSyntaxError(Encoding.UTF8.GetBytes(text), message, line, column);

    public static void ExpectSyntaxError(byte[] body, string message, int line, int column)
    {
        var error = SyntaxErrorOf(new Source(body));

        Assert.Equal("Syntax Error: " + message, error.Message);
        Assert.Equal([new SourceLocation(line, column)], error.Locations);
        Assert.Equal("GRAPHQL_PARSE_FAILED", error.Code);
    }

    /// <summary>A file that stands beside the tests.</summary>
    public static string ReadFixture(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Language", name));

    /// <summary>All tokens of a text, strings by their value, all others as written.</summary>
    public static List<string> Tokens(string text)
    {
        var lexer = new Lexer(new Source(text), int.MaxValue);
        var tokens = new List<string>();
        for (lexer.Advance(); lexer.Kind != TokenKind.EndOfFile; lexer.Advance())
        {
            tokens.Add(lexer.Kind is TokenKind.String or TokenKind.BlockString ? lexer.StringValue : Encoding.UTF8.GetString(lexer.Text));
        }

        return tokens;
    }
}
