using Wholesale.GraphQL.Language;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Validation;

/// <summary>Section 5 "Validation": checks an executable document against a schema, every rule in one walk.</summary>
public static class DocumentValidator
{
    /// <summary>All errors in the order found, at most <see cref="ValidationOptions.MaxErrors"/>; empty for a valid document.</summary>
    public static IReadOnlyList<GraphQLError> Validate(Schema schema, DocumentNode document, ValidationOptions? options = null) => [];
}

/// <summary>What validation refuses or stops at.</summary>
public sealed record ValidationOptions
{
    /// <summary>After this many errors the walk ends.</summary>
    public int MaxErrors { get; init; } = 5;

    /// <summary>Comparisons that "Field Selection Merging" may make before the document is refused.</summary>
    public int MaxMergeComparisons { get; init; } = 100_000;

    /// <summary>Fragment spreads followed, each counted every time it is visited, before the document is refused.</summary>
    public int MaxFragmentVisits { get; init; } = 1_000;

    /// <summary>Whether messages may end in "Did you mean …?". Off in production: suggestions reveal names.</summary>
    public bool Suggestions { get; init; } = true;
}
