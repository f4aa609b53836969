namespace Wholesale.GraphQL.Language;

/// <summary>What the parser refuses before it does the work.</summary>
public sealed record ParserOptions
{
    /// <summary>The limits that hold when none are named.</summary>
    public static ParserOptions Default { get; } = new();

    /// <summary>Lexical tokens in a document, comments not counted.</summary>
    public int MaxTokens { get; init; } = 15_000;

    /// <summary>How deep selection sets, list and object values and list types may nest, all together, counted from the definition.</summary>
    public int MaxNesting { get; init; } = 100;
}
