using Wholesale.GraphQL.Language;
using Wholesale.GraphQL.Validation;

namespace Wholesale.GraphQL;

/// <summary>
/// What one request may take. Each limit is checked before the work that it bounds. A document that is kept for everybody is measured once and compared with
/// the limits of whoever sends it.
/// </summary>
public sealed record RequestLimits
{
    /// <summary>For a caller with a credential: the defaults of each property.</summary>
    public static RequestLimits SignedIn { get; } = new();

    /// <summary>For a caller without one.</summary>
    public static RequestLimits Anonymous { get; } = new()
    {
        MaxBodyBytes = 256 * 1024,
        MaxTokens = 2_000,
        MaxNesting = 64,
        MaxDepth = 15,
        MaxAliases = 30,
        MaxFields = 500,
        Timeout = TimeSpan.FromSeconds(5),
    };

    /// <summary>Only what protects the process itself.</summary>
    public static RequestLimits Unlimited { get; } = new()
    {
        MaxBodyBytes = int.MaxValue,
        MaxTokens = int.MaxValue,
        MaxDepth = int.MaxValue,
        MaxFieldCycle = int.MaxValue,
        MaxAliases = int.MaxValue,
        MaxFields = int.MaxValue,
        MaxDirectivesPerLocation = int.MaxValue,
        MaxDirectives = int.MaxValue,
        MaxFragmentVisits = int.MaxValue,
        MaxMergeComparisons = int.MaxValue,
        Timeout = System.Threading.Timeout.InfiniteTimeSpan,
    };

    /// <summary>Bytes of a request's body; beyond it the answer is 413.</summary>
    public int MaxBodyBytes { get; init; } = 2 * 1024 * 1024;

    /// <summary>Lexical tokens in a document, comments not counted.</summary>
    public int MaxTokens { get; init; } = 15_000;

    /// <summary>How deep a document's brackets may nest, and a body's JSON, variables included.</summary>
    public int MaxNesting { get; init; } = 100;

    /// <summary>How many fields may stand within one another, fragments unfolded; those below <c>__schema</c> and <c>__type</c> are not counted.</summary>
    public int MaxDepth { get; init; } = 20;

    /// <summary>How often the same field may stand within itself; not counted below <c>__schema</c> and <c>__type</c>.</summary>
    public int MaxFieldCycle { get; init; } = 3;

    /// <summary>Aliases in a document.</summary>
    public int MaxAliases { get; init; } = 100;

    /// <summary>Fields in a document as it is written.</summary>
    public int MaxFields { get; init; } = 2_048;

    /// <summary>Directives at one place.</summary>
    public int MaxDirectivesPerLocation { get; init; } = 4;

    /// <summary>Directives in a document.</summary>
    public int MaxDirectives { get; init; } = 50;

    /// <summary>See <see cref="ValidationOptions.MaxFragmentVisits"/>.</summary>
    public int MaxFragmentVisits { get; init; } = 1_000;

    /// <summary>See <see cref="ValidationOptions.MaxMergeComparisons"/>.</summary>
    public int MaxMergeComparisons { get; init; } = 100_000;

    /// <summary>Validation errors that are told; one more ends validation.</summary>
    public int MaxValidationErrors { get; init; } = 5;

    /// <summary>How long a request may wait and run. When it is over, no resolver is called any more: the fields that were not resolved fail with <c>TIMEOUT</c>.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    internal ParserOptions Parser => new() { MaxTokens = MaxTokens, MaxNesting = MaxNesting };

    internal ValidationOptions Validation(bool suggestions) => new()
    {
        MaxErrors = MaxValidationErrors,
        MaxFragmentVisits = MaxFragmentVisits,
        MaxMergeComparisons = MaxMergeComparisons,
        Suggestions = suggestions,
    };
}
