using System.Collections.Immutable;
using Wholesale.GraphQL.Language;

namespace Wholesale.GraphQL.Validation;

/// <summary>
/// How large a document is, by every measure that <see cref="RequestLimits"/> bounds before anything is planned. Measured once: what one caller may send can be
/// too large for another.
/// </summary>
sealed class DocumentMetrics
{
    DocumentMetrics(DocumentNode document)
    {
        Tokens = document.TokenCount;
        Nesting = document.Nesting;
        foreach (var definition in document.Definitions)
        {
            if (definition is ExecutableDefinitionNode executable)
            {
                Measure(executable);
            }
        }
    }

    public int Tokens { get; }

    public int Nesting { get; }

    public int Fields { get; private set; }

    public int Aliases { get; private set; }

    public int Directives { get; private set; }

    /// <summary>The most that stand at one place.</summary>
    public int DirectivesPerLocation { get; private set; }

    /// <summary>What validation spent, once it is over.</summary>
    public int FragmentVisits { get; set; }

    /// <summary>What validation spent, once it is over.</summary>
    public int MergeComparisons { get; set; }

    public static DocumentMetrics Of(DocumentNode document) => new(document);

    /// <summary>Which limit the document is beyond, in a sentence; null if none.</summary>
    public string? Problem(RequestLimits limits) =>
        Beyond(Tokens, limits.MaxTokens, "tokens")
        ?? (Nesting > limits.MaxNesting ? $"The document nests deeper than {limits.MaxNesting} levels." : null)
        ?? Beyond(Fields, limits.MaxFields, "fields")
        ?? Beyond(Aliases, limits.MaxAliases, "aliases")
        ?? Beyond(Directives, limits.MaxDirectives, "directives")
        ?? Beyond(DirectivesPerLocation, limits.MaxDirectivesPerLocation, "directives at one place")
        ?? Beyond(FragmentVisits, limits.MaxFragmentVisits, "fragments to visit")
        ?? Beyond(MergeComparisons, limits.MaxMergeComparisons, "fields to compare");

    static string? Beyond(int count, int limit, string what) => count > limit ? $"The document has more than {limit} {what}." : null;

    void Measure(ExecutableDefinitionNode definition)
    {
        Count(definition.Directives);
        if (definition is OperationDefinitionNode operation)
        {
            foreach (var variable in operation.VariableDefinitions)
            {
                Count(variable.Directives);
            }
        }

        Measure(definition.SelectionSet);
    }

    /// <summary>Recursion follows the syntax, whose nesting the parser bounds.</summary>
    void Measure(SelectionSetNode set)
    {
        foreach (var selection in set.Selections)
        {
            Count(selection.Directives);
            switch (selection)
            {
                case FieldNode field:
                    Fields++;
                    Aliases += field.Alias is null ? 0 : 1;
                    if (field.SelectionSet is { } inner)
                    {
                        Measure(inner);
                    }

                    break;
                case InlineFragmentNode inline:
                    Measure(inline.SelectionSet);
                    break;
            }
        }
    }

    void Count(ImmutableArray<DirectiveNode> directives)
    {
        Directives += directives.Length;
        DirectivesPerLocation = Math.Max(DirectivesPerLocation, directives.Length);
    }
}
