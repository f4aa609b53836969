namespace Wholesale.GraphQL.Language;

/// <summary>Parses section 2 "Language" and section 3 "Type System" documents.</summary>
public static class Parser
{
    /// <summary>Parses a whole document.</summary>
    /// <exception cref="GraphQLSyntaxException">The text is not a document, or is larger than the options allow.</exception>
    public static DocumentNode Parse(Source source, ParserOptions? options = null) => throw new GraphQLSyntaxException("stub", source, 0);
}

/// <summary>What the parser refuses before it does the work.</summary>
public sealed record ParserOptions
{
    /// <summary>Lexical tokens in a document, comments not counted.</summary>
    public int MaxTokens { get; init; } = 15_000;

    /// <summary>How deep selection sets, list and object values and list types may nest, each counted from the definition.</summary>
    public int MaxNesting { get; init; } = 100;
}
