using System.Globalization;
using System.Text.RegularExpressions;
using Wholesale.GraphQL.Language;

namespace Wholesale.GraphQL.Tests.Differential;

/// <summary>
/// Where this engine follows the specification and npm <c>graphql</c> 17.1.0 does not, or where the specification leaves a choice. Everything else has
/// to agree. An entry sets aside single errors; what remains of both answers has to be equal.
/// </summary>
/// <param name="Section">Of the specification, September 2025 edition.</param>
internal sealed partial record Deviation(string Name, string Section, string Reason)
{
    public static IReadOnlyList<Deviation> All { get; } =
    [
        new(
            "A nullable variable with a default in a field of a OneOf input object",
            "5.8.5 All Variable Usages Are Allowed",
            "IsVariableUsageAllowed() lets a default stand in at every position that must not be null, and IsNonNullPosition() makes the field of a OneOf "
            + "input object one. The reference demands a non-null type whatever the default.")
        {
            IsTheirs = (asked, error) => OneOfIsNullable().IsMatch(error.Message) && asked.VariablesWithDefault.Contains(FirstPlace(error)),
        },
        new(
            "A nullable variable in a OneOf input object in a list or a position that is not null",
            "5.8.5 All Variable Usages Are Allowed",
            "The section's own counter-example: the expected type of the object is the OneOf input object, whatever is around it. The reference looks for that type "
            + "and finds a list or a non-null type, and takes the variable.")
        {
            IsOurs = (_, error) => OneOfIsNullable().IsMatch(error.Message),
        },
        new(
            "A number beyond the range of doubles as a Float",
            "3.5.2 Float",
            "What no finite IEEE 754 number represents must be refused. The reference refuses it as a variable and takes it as a literal, as Infinity.")
        {
            IsOurs = (_, error) => FloatIsInfinite().Match(error.Message) is { Success: true } match
                && !double.IsFinite(double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)),
        },
        new(
            "__typename under the response name of a field with another shape",
            "5.3.2 Field Selection Merging",
            "SameResponseShape() compares the types of all fields, and that of __typename is String!. The reference does not look up the types of meta-fields.")
        {
            IsOurs = (asked, error) => asked.IsConflictOfMetaField(error),

            // Of two conflicts inside one pair of fields it reports the other alone.
            IsTheirs = (asked, error) => FieldsConflict().IsMatch(error.Message)
                && asked.Ours.Errors.Any(o => asked.IsConflictOfMetaField(o) && FirstPlace(o) == FirstPlace(error)),
        },
        new(
            "Names inside type system definitions",
            "5.1.1 Executable Definitions",
            "A document with type system definitions is refused as such; nothing looks into them. The reference reports unknown types and directives in them, too.")
        {
            IsTheirs = (asked, error) => asked.IsInTypeSystemDefinition(FirstPlace(error)),
        },
        new(
            "What stands in the arguments of an unknown directive",
            "5.6.1 Values of Correct Type",
            "An argument of a directive that nobody defines has no type. The reference gives it the type of the field's argument of that name.")
        {
            IsTheirs = (asked, error) => error.Locations.Split(' ').Any(asked.PlacesInUnknownDirectives.Contains),
        },
        new(
            "The first values of an input field that is given twice",
            "5.6.1 Values of Correct Type",
            "The rule holds for each literal in the document. The reference looks at the last one of those that have one name.")
        {
            IsOurs = (asked, error) => asked.PlacesInRepeatedFields.Contains(FirstPlace(error)),
        },
        new(
            "Where an unterminated string is",
            "7.1.2 Errors",
            "A location is the beginning of the associated syntax element, so here where the string begins. The reference names the place where its end is missed.")
        {
            Explains = (_, ours, theirs) => ours.Verdict == Verdict.Syntax && theirs.Verdict == Verdict.Syntax
                && ours.Errors[0].Message == "Syntax Error: Unterminated string." && StringEnds().IsMatch(theirs.Errors[0].Message),
        },
        new(
            "Where a description describes nothing",
            "7.1.2 Errors",
            "Behind a description a definition is expected. What stands there in its place is the unexpected token, so that is where the error is; the reference "
            + "names the description.")
        {
            Explains = (_, ours, theirs) => ours.Verdict == Verdict.Syntax && theirs.Verdict == Verdict.Syntax
                && theirs.Errors[0].Message == "Syntax Error: Unexpected description, only GraphQL definitions support descriptions.",
        },
        new(
            "The first line's columns behind a byte order mark",
            "7.1.2 Errors",
            "A byte order mark is no part of the text that an editor shows, so columns are counted behind it. The reference counts it.")
        {
            Explains = (asked, ours, theirs) => asked.BeginsWithByteOrderMark
                && Comparison.Difference(ours with { Errors = [.. ours.Errors.Select(e => e with { Locations = OnFirstLine().Replace(e.Locations, OneMore) })] }, theirs) is null,
        },
        new(
            "Null for the condition of @skip or @include",
            "6.3.2 Field Collection",
            "A nullable variable with a default may be given null. CollectFields() then neither skips nor includes, without an error; the reference fails the "
            + "object around.")
        {
            Explains = (_, ours, theirs) => ours.Verdict == Verdict.Executed && theirs.Verdict == Verdict.Executed
                && theirs.Errors.Concat(theirs.Failures ?? []).Any(e => ConditionIsNull().IsMatch(e.Message)),
        },
    ];

    /// <summary>Whether an error of ours is one that only we report.</summary>
    private Func<Case, AnswerError, bool> IsOurs { get; init; } = (_, _) => false;

    /// <summary>Whether an error of theirs is one that only they report.</summary>
    private Func<Case, AnswerError, bool> IsTheirs { get; init; } = (_, _) => false;

    /// <summary>Whether the answers may differ as a whole.</summary>
    private Func<Case, Answer, Answer, bool> Explains { get; init; } = (_, _, _) => false;

    /// <summary>The entries that explain a difference; none if they do not.</summary>
    public static IReadOnlyList<Deviation> Of(DifferentialRequest request, Answer ours, Answer theirs)
    {
        var asked = new Case(request, ours, theirs);
        if (All.FirstOrDefault(d => d.Explains(asked, ours, theirs)) is { } whole)
        {
            return [whole];
        }

        if (ours.Verdict is Verdict.Syntax || theirs.Verdict is Verdict.Syntax || (ours.Verdict != Verdict.Invalid && theirs.Verdict != Verdict.Invalid))
        {
            return [];
        }

        // Of an answer that is not a refusal by section 5, no error counts.
        var (oursOnly, theirsOnly) = (Only(ours, theirs), Only(theirs, ours));
        var used = All.Where(d => oursOnly.Exists(e => d.IsOurs(asked, e)) || theirsOnly.Exists(e => d.IsTheirs(asked, e))).ToList();
        return oursOnly.TrueForAll(e => used.Exists(d => d.IsOurs(asked, e))) && theirsOnly.TrueForAll(e => used.Exists(d => d.IsTheirs(asked, e))) ? used : [];
    }

    private static List<AnswerError> Only(Answer one, Answer other) => one.Verdict != Verdict.Invalid ? []
        : [.. other.Verdict != Verdict.Invalid ? one.Errors : Comparison.Only(one, other)];

    private static string OneMore(Match column) => $"1:{int.Parse(column.Groups[1].Value, CultureInfo.InvariantCulture) + 1}";

    private static string FirstPlace(AnswerError error) => error.Locations.Split(' ')[0];

    [GeneratedRegex("(?<![0-9])1:([0-9]+)")]
    private static partial Regex OnFirstLine();

    [GeneratedRegex("^Syntax Error: (Unterminated string|Invalid character escape sequence: \"\\\\[\r\n]?\")\\.$")]
    private static partial Regex StringEnds();

    [GeneratedRegex("must be non-nullable to be used for OneOf Input Object")]
    private static partial Regex OneOfIsNullable();

    [GeneratedRegex("^Float cannot represent non numeric value: (-?[0-9][0-9.eE+-]*)$")]
    private static partial Regex FloatIsInfinite();

    [GeneratedRegex("conflict because")]
    private static partial Regex FieldsConflict();

    [GeneratedRegex("^Argument \"@(skip|include)\\(if:\\)\" has invalid value: Expected variable .* not to be null")]
    private static partial Regex ConditionIsNull();

    /// <summary>A request's document, as far as the entries ask for it. Parsed when it is asked for.</summary>
    private sealed class Case(DifferentialRequest request, Answer ours, Answer theirs)
    {
        private readonly Lazy<DocumentNode> document = new(() => Parser.Parse(new Source(request.Query), new ParserOptions { MaxTokens = int.MaxValue }));

        public Answer Ours => ours;

        public bool BeginsWithByteOrderMark => request.Query.StartsWith('\uFEFF');

        /// <summary>Where variables are defined that have a default other than null.</summary>
        public IEnumerable<string> VariablesWithDefault => document.Value.Definitions.OfType<OperationDefinitionNode>()
            .SelectMany(o => o.VariableDefinitions)
            .Where(v => v.DefaultValue is not (null or NullValueNode))
            .Select(Place);

        /// <summary>Where the values begin that are given to directives which the schema does not have.</summary>
        public HashSet<string> PlacesInUnknownDirectives
        {
            get
            {
                var unknown = theirs.Errors.Where(e => e.Message.StartsWith("Unknown directive", StringComparison.Ordinal)).Select(e => e.Locations).ToHashSet();
                return [.. Directives.Where(d => unknown.Contains(Place(d))).SelectMany(d => d.Arguments).SelectMany(a => Within(a.Value)).Select(Place)];
            }
        }

        /// <summary>Whether a place is inside a definition that is no operation or fragment.</summary>
        public bool IsInTypeSystemDefinition(string place)
        {
            var numbers = place.Split(':').Select(n => int.Parse(n, CultureInfo.InvariantCulture)).ToArray();
            var around = document.Value.Definitions.LastOrDefault(d => (d.Location.Line, d.Location.Column).CompareTo((numbers[0], numbers[1])) <= 0);
            return around is TypeSystemDefinitionNode;
        }

        /// <summary>Where things begin in the values of input fields that are given again behind them.</summary>
        public HashSet<string> PlacesInRepeatedFields =>
        [
            .. Directives.SelectMany(d => d.Arguments).Concat(Fields.SelectMany(f => f.Arguments)).Select(a => a.Value)
                .Concat(document.Value.Definitions.OfType<OperationDefinitionNode>().SelectMany(o => o.VariableDefinitions).Select(v => v.DefaultValue).OfType<ValueNode>())
                .SelectMany(Within)
                .OfType<ObjectValueNode>()
                .SelectMany(o => o.Fields.GroupBy(f => f.Name.Value).SelectMany(same => same.SkipLast(1)))
                .SelectMany(f => Within(f.Value))
                .Select(Place),
        ];

        /// <summary>Whether an error is that fields cannot be merged, and one of them is a meta-field.</summary>
        public bool IsConflictOfMetaField(AnswerError error)
        {
            if (!FieldsConflict().IsMatch(error.Message))
            {
                return false;
            }

            var places = error.Locations.Split(' ').ToHashSet();
            return Fields.Any(f => f.Name.Value.StartsWith("__", StringComparison.Ordinal) && places.Contains(Place(f)));
        }

        private IEnumerable<FieldNode> Fields => document.Value.Definitions.OfType<ExecutableDefinitionNode>()
            .SelectMany(d => SelectionsOf(d.SelectionSet))
            .OfType<FieldNode>();

        private IEnumerable<DirectiveNode> Directives => document.Value.Definitions.OfType<ExecutableDefinitionNode>().SelectMany(d =>
            d.Directives.Concat(d.VariableDefinitions.SelectMany(v => v.Directives)).Concat(SelectionsOf(d.SelectionSet).SelectMany(s => s.Directives)));

        private static IEnumerable<SyntaxNode> Within(ValueNode value) => value switch
        {
            ListValueNode list => list.Values.SelectMany(Within).Prepend(value),
            ObjectValueNode fields => fields.Fields.SelectMany(f => Within(f.Value).Prepend(f)).Prepend(value),
            _ => [value],
        };

        private static IEnumerable<SelectionNode> SelectionsOf(SelectionSetNode? set) => set is null ? [] : set.Selections.SelectMany(s => s switch
        {
            FieldNode field => SelectionsOf(field.SelectionSet).Prepend(field),
            InlineFragmentNode inline => SelectionsOf(inline.SelectionSet).Prepend(inline),
            _ => [s],
        });

        private static string Place(SyntaxNode node) => $"{node.Location.Line}:{node.Location.Column}";
    }
}
