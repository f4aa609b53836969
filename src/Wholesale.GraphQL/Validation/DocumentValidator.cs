using Wholesale.GraphQL.Language;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Validation;

/// <summary>Section 5 "Validation": checks an executable document against a schema, every rule in one walk.</summary>
public static class DocumentValidator
{
    /// <summary>
    /// All errors in the order found; empty for a valid document. A document that reaches a limit of the options is refused by one last error
    /// that says which, so the list has at most <see cref="ValidationOptions.MaxErrors"/> + 1 entries.
    /// </summary>
    public static IReadOnlyList<GraphQLError> Validate(Schema schema, DocumentNode document, ValidationOptions? options = null) =>
        Validate(schema, document, options ?? new ValidationOptions(), metrics: null);

    /// <param name="metrics">Gets what validation spent.</param>
    internal static IReadOnlyList<GraphQLError> Validate(Schema schema, DocumentNode document, ValidationOptions options, DocumentMetrics? metrics)
    {
        var context = new ValidationContext(schema, document, options);
        try
        {
            new DocumentWalk(context).Document();
        }
        catch (ValidationAbortedException aborted)
        {
            context.Errors.Add(new GraphQLError(aborted.Message) { Code = ValidationContext.ErrorCode });
        }

        if (metrics is not null)
        {
            (metrics.FragmentVisits, metrics.MergeComparisons) = (context.FragmentVisits, context.Comparisons);
        }

        return context.Errors;
    }
}

/// <summary>What validation refuses or stops at.</summary>
public sealed record ValidationOptions
{
    /// <summary>After this many errors the next one ends the walk.</summary>
    public int MaxErrors { get; init; } = 5;

    /// <summary>Comparisons that "Field Selection Merging" may make before the document is refused.</summary>
    public int MaxMergeComparisons { get; init; } = 100_000;

    /// <summary>
    /// Fragment spreads followed, each counted every time it is visited, before the document is refused. A fragment of hundreds of selections
    /// and variables counts once more for each hundred, since following it costs as much.
    /// </summary>
    public int MaxFragmentVisits { get; init; } = 1_000;

    /// <summary>Whether messages may end in "Did you mean …?". Off in production: suggestions reveal names.</summary>
    public bool Suggestions { get; init; } = true;
}
