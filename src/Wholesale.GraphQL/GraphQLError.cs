using Wholesale.GraphQL.Language;

namespace Wholesale.GraphQL;

/// <summary>Section 7.1.2 "Errors": one entry of a response's <c>errors</c>.</summary>
/// <param name="Message">A full sentence for the developer who sent the request.</param>
public sealed record GraphQLError(string Message)
{
    /// <summary>Places in the document, possibly none.</summary>
    public IReadOnlyList<SourceLocation> Locations { get; init; } = [];

    /// <summary>Names (<see cref="string"/>) and list positions (<see cref="int"/>) from the root of the data; null for a request error.</summary>
    public IReadOnlyList<object>? Path { get; init; }

    /// <summary>Goes into <c>extensions.code</c>: SCREAMING_CASE; null leaves it out.</summary>
    public string? Code { get; init; }

    /// <summary>Goes into <c>extensions.traceId</c>: under which the log has what the client is not told; null leaves it out.</summary>
    public string? TraceId { get; init; }

    /// <summary>An error at the beginnings of some nodes.</summary>
    public static GraphQLError At(string message, params ReadOnlySpan<SyntaxNode> nodes)
    {
        var locations = new SourceLocation[nodes.Length];
        for (var i = 0; i < nodes.Length; i++)
        {
            locations[i] = nodes[i].Location;
        }

        return new GraphQLError(message) { Locations = locations };
    }
}

/// <summary>A document that cannot be parsed. The parser throws it; nothing else does.</summary>
public sealed class GraphQLSyntaxException(string message, Source source, int offset) : Exception($"Syntax Error: {message}")
{
    /// <summary>The text that is wrong.</summary>
    public Source Document => source;

    /// <summary>The error as the response shows it.</summary>
    public GraphQLError Error => new(Message) { Locations = [source.LocationAt(offset)], Code = "GRAPHQL_PARSE_FAILED" };
}

/// <summary>A schema that is not valid, or does not fit the resolvers it was bound to. Lists every problem, never only the first.</summary>
public sealed class SchemaException(IReadOnlyList<string> problems)
    : Exception($"The schema has {problems.Count} problem(s):{Environment.NewLine}{string.Join(Environment.NewLine, problems.Select(p => "- " + p))}")
{
    /// <summary>One sentence a problem, each naming the coordinate or the file, line and column.</summary>
    public IReadOnlyList<string> Problems => problems;
}
