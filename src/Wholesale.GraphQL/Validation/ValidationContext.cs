using Wholesale.GraphQL.Language;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Validation;

/// <summary>All that one validation knows: the rules themselves keep no state. Not thread-safe; lives for one call.</summary>
sealed class ValidationContext
{
    /// <summary>The <c>extensions.code</c> of every error of this section.</summary>
    public const string ErrorCode = "GRAPHQL_VALIDATION_FAILED";

    // A message names what the client wrote, and a client can write names of any length and repeat them any number of times.
    const int MaxMessageLength = 1_000;
    const int MaxLocations = 40;

    readonly Dictionary<string, DefinitionFacts> fragments = [];
    Dictionary<(CompositeType, CompositeType), bool>? overlaps;
    int mark;

    public ValidationContext(Schema schema, DocumentNode document, ValidationOptions options)
    {
        Schema = schema;
        Document = document;
        Options = options;

        foreach (var definition in document.Definitions)
        {
            if (definition is not ExecutableDefinitionNode executable)
            {
                continue;
            }

            var facts = new DefinitionFacts(executable, Definitions.Count, TypeOf(executable));
            Definitions.Add(facts);
            if (executable is FragmentDefinitionNode fragment)
            {
                fragments[fragment.Name.Value] = facts;
            }
        }
    }

    public Schema Schema { get; }

    public DocumentNode Document { get; }

    public ValidationOptions Options { get; }

    /// <summary>What "Field Selection Merging" has cost so far.</summary>
    public int Comparisons { get; private set; }

    /// <summary>Spreads followed so far, as <see cref="ValidationOptions.MaxFragmentVisits"/> counts.</summary>
    public int FragmentVisits { get; private set; }

    /// <summary>Found so far.</summary>
    public List<GraphQLError> Errors { get; } = [];

    /// <summary>Operations and fragments in the order of the text.</summary>
    public List<DefinitionFacts> Definitions { get; } = [];

    /// <summary>Every use of a variable; a definition's own stand together, see <see cref="DefinitionFacts.FirstUsage"/>.</summary>
    public List<VariableUsage> VariableUsages { get; } = [];

    /// <summary>Whether there is any fragment, without which some rules have nothing to do.</summary>
    public bool HasFragments => fragments.Count > 0;

    /// <summary>A fragment by its name; the last one where the name is not unique.</summary>
    public DefinitionFacts? Fragment(string name) => fragments.GetValueOrDefault(name);

    /// <summary>What an inline fragment's selection set is on; null where there is no such composite type.</summary>
    public CompositeType? TypeIn(InlineFragmentNode inline, CompositeType? parentType) =>
        inline.TypeCondition is { } condition ? Schema.Type(condition.Name.Value) as CompositeType : parentType;

    /// <summary>A number that no traversal of the fragments has used: see <see cref="DefinitionFacts.Mark"/>.</summary>
    public int NextMark() => ++mark;

    /// <summary>Whether some object is of both types.</summary>
    public bool CanOverlap(CompositeType a, CompositeType b)
    {
        if (a == b)
        {
            return true;
        }

        if (a is ObjectType objectA)
        {
            return Schema.IsPossibleType(b, objectA);
        }

        if (b is ObjectType objectB)
        {
            return Schema.IsPossibleType(a, objectB);
        }

        // Two abstract types may have hundreds of objects each, and be met at every spread.
        overlaps ??= [];
        if (!overlaps.TryGetValue((a, b), out var known))
        {
            overlaps[(a, b)] = known = Schema.PossibleTypes(a).Overlaps(Schema.PossibleTypes(b));
        }

        return known;
    }

    /// <summary>Adds an error at the beginnings of some nodes.</summary>
    public void Report(string message, params ReadOnlySpan<SyntaxNode> nodes)
    {
        var locations = new SourceLocation[Math.Min(nodes.Length, MaxLocations)];
        for (var i = 0; i < locations.Length; i++)
        {
            locations[i] = nodes[i].Location;
        }

        Add(message, locations);
    }

    /// <summary>Adds an error at some names.</summary>
    public void ReportNames(string message, params ReadOnlySpan<Name> names)
    {
        var locations = new SourceLocation[Math.Min(names.Length, MaxLocations)];
        for (var i = 0; i < locations.Length; i++)
        {
            locations[i] = Document.Source.LocationAt(names[i].Start);
        }

        Add(message, locations);
    }

    /// <summary>A text for a message, cut where it gets too long, though not within a character.</summary>
    public static string Cut(string text, int maxLength) =>
        text.Length <= maxLength ? text : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[maxLength - 1]) ? maxLength - 1 : maxLength), "…");

    /// <summary>Counts work of "Field Selection Merging".</summary>
    /// <exception cref="ValidationAbortedException">It is too much.</exception>
    public void SpendComparisons(int count)
    {
        if ((Comparisons += count) > Options.MaxMergeComparisons)
        {
            throw new ValidationAbortedException(
                $"The document needs more than {Options.MaxMergeComparisons} comparisons to tell whether its fields can be merged. "
                + "Validation aborted.");
        }
    }

    /// <summary>Counts a spread that is being followed.</summary>
    /// <exception cref="ValidationAbortedException">It is one too many.</exception>
    public void SpendFragmentVisit(DefinitionFacts fragment)
    {
        if ((FragmentVisits += 1 + (fragment.Size / 100)) > Options.MaxFragmentVisits)
        {
            throw new ValidationAbortedException(
                $"The document's fragments are visited more than {Options.MaxFragmentVisits} times. Validation aborted.");
        }
    }

    void Add(string message, SourceLocation[] locations)
    {
        if (Errors.Count >= Options.MaxErrors)
        {
            throw new ValidationAbortedException("Too many validation errors, error limit reached. Validation aborted.");
        }

        Errors.Add(new GraphQLError(Cut(message, MaxMessageLength)) { Locations = locations, Code = ErrorCode });
    }

    CompositeType? TypeOf(ExecutableDefinitionNode definition) => definition switch
    {
        OperationDefinitionNode operation => Schema.RootType(operation.Operation),
        FragmentDefinitionNode fragment => Schema.Type(fragment.TypeCondition.Name.Value) as CompositeType,
        _ => null,
    };
}
