using System.Globalization;
using System.Text;
using Wholesale.GraphQL.Language;
using Wholesale.GraphQL.Validation.Rules;

namespace Wholesale.GraphQL.Tests.Differential;

/// <summary>How often each rule of section 5 was put to the test: by documents that it had something to look at in and that are valid, and by broken ones.</summary>
internal sealed class RuleHits
{
    /// <summary>By the engine's rule: which of the reference's finds the same, and whether a document gives the rule anything to do.</summary>
    private static readonly Dictionary<string, (string[] Reference, Func<DocumentModel, bool> IsExercised)> Rules = new()
    {
        [nameof(ExecutableDefinitions)] = (["ExecutableDefinitionsRule"], _ => true),
        [nameof(OperationTypeExistence)] = (["KnownOperationTypesRule"], d => d.Operations.Exists(o => o.Type != OperationType.Query)),
        [nameof(OperationNameUniqueness)] = (["UniqueOperationNamesRule"], d => d.Operations.Count(o => o.Name is not null) > 1),
        [nameof(LoneAnonymousOperation)] = (["LoneAnonymousOperationRule"], d => d.Operations.Exists(o => o.Name is null)),
        [nameof(SingleRootField)] = (["SingleFieldSubscriptionsRule"], d => d.Operations.Exists(o => o.Type == OperationType.Subscription)),
        [nameof(FieldSelections)] = (["FieldsOnCorrectTypeRule"], d => d.Fields.Any(f => f.Definition.Name != "__typename")),
        [nameof(FieldSelectionMerging)] = (["OverlappingFieldsCanBeMergedRule"], HasFieldsToMerge),
        [nameof(LeafFieldSelections)] = (["ScalarLeafsRule"], d => d.Fields.Any(f => f.Set is not null)),
        [nameof(ArgumentNames)] = (["KnownArgumentNamesRule"], d => d.ArgumentLists.Any(l => l.Count > 0)),
        [nameof(ArgumentUniqueness)] = (["UniqueArgumentNamesRule"], d => d.ArgumentLists.Any(l => l.Count > 1)),
        [nameof(RequiredArguments)] = (["ProvidedRequiredArgumentsRule"], d => d.Fields.Any(f => f.Definition.Arguments.Any(a => a.IsRequired))),
        [nameof(FragmentNameUniqueness)] = (["UniqueFragmentNamesRule"], d => d.Fragments.Count > 1),
        [nameof(FragmentSpreadTypeExistence)] = (["KnownTypeNamesRule"], HasConditions),
        [nameof(FragmentsOnObjectInterfaceOrUnionTypes)] = (["FragmentsOnCompositeTypesRule"], HasConditions),
        [nameof(FragmentsMustBeUsed)] = (["NoUnusedFragmentsRule"], d => d.Fragments.Count > 0),
        [nameof(FragmentSpreadTargetDefined)] = (["KnownFragmentNamesRule"], d => d.Fragments.Count > 0),
        [nameof(FragmentSpreadsMustNotFormCycles)] = (["NoFragmentCyclesRule"], d => d.Fragments.Exists(f => d.Reach(f).Count > 0)),
        [nameof(FragmentSpreadIsPossible)] = (["PossibleFragmentSpreadsRule"], HasConditions),
        [nameof(ValuesOfCorrectType)] = (["ValuesOfCorrectTypeRule"], d => d.Values.Any(v => v.Value is LiteralModel)),
        [nameof(InputObjectFieldNames)] = (["ValuesOfCorrectTypeRule"], d => d.Objects.Any(o => o.Fields.Count > 0)),
        [nameof(InputObjectFieldUniqueness)] = (["UniqueInputFieldNamesRule"], d => d.Objects.Any(o => o.Fields.Count > 1)),
        [nameof(InputObjectRequiredFields)] = (["ValuesOfCorrectTypeRule"], d => d.Objects.Any(o => o.Type.Fields.Any(f => f.IsRequired))),
        [nameof(DirectivesAreDefined)] = (["KnownDirectivesRule"], d => d.DirectivePlaces.Any(p => p.Directives.Count > 0)),
        [nameof(DirectivesAreInValidLocations)] = (["KnownDirectivesRule"], d => d.DirectivePlaces.Any(p => p.Directives.Count > 0)),
        [nameof(DirectivesAreUniquePerLocation)] = (["UniqueDirectivesPerLocationRule"], d => d.DirectivePlaces.Any(p => p.Directives.Count > 1)),
        [nameof(VariableUniqueness)] = (["UniqueVariableNamesRule"], d => d.Operations.Exists(o => o.Variables.Count > 1)),
        [nameof(VariablesAreInputTypes)] = (["VariablesAreInputTypesRule", "KnownTypeNamesRule"], HasVariables),
        [nameof(AllVariableUsesDefined)] = (["NoUndefinedVariablesRule"], HasVariables),
        [nameof(AllVariablesUsed)] = (["NoUnusedVariablesRule"], HasVariables),
        [nameof(AllVariableUsagesAreAllowed)] = (["VariablesInAllowedPositionRule"], HasVariables),
    };

    private readonly Dictionary<string, int> valid = [];
    private readonly Dictionary<string, int> invalid = [];

    /// <summary>The engine's rules.</summary>
    public static IReadOnlyCollection<string> Names => Rules.Keys;

    /// <summary>The lowest count of all, on either side.</summary>
    public int Lowest => Rules.Keys.Min(rule => Math.Min(valid.GetValueOrDefault(rule), invalid.GetValueOrDefault(rule)));

    /// <summary>Counts a document on which both engines agree.</summary>
    /// <param name="broken">The rule that it was made to break; null for none.</param>
    public void Count(DocumentModel document, string? broken, Answer theirs)
    {
        if (theirs.Verdict != Verdict.Invalid)
        {
            foreach (var (rule, (_, isExercised)) in Rules)
            {
                valid[rule] = valid.GetValueOrDefault(rule) + (isExercised(document) ? 1 : 0);
            }
        }
        else if (broken is not null && theirs.Errors.Any(e => Rules[broken].Reference.Contains(e.Rule)))
        {
            invalid[broken] = invalid.GetValueOrDefault(broken) + 1;
        }
    }

    /// <summary>A table.</summary>
    public override string ToString()
    {
        var text = new StringBuilder($"{"rule",-40} {"valid",8} {"invalid",8}\n");
        foreach (var rule in Rules.Keys)
        {
            text.Append(CultureInfo.InvariantCulture, $"{rule,-40} {valid.GetValueOrDefault(rule),8} {invalid.GetValueOrDefault(rule),8}\n");
        }

        return text.ToString();
    }

    private static bool HasConditions(DocumentModel document) =>
        document.Fragments.Count > 0 || document.Sets.SelectMany(s => s.Selections).Any(s => s is InlineModel { TypeCondition: not null });

    private static bool HasVariables(DocumentModel document) => document.Operations.Exists(o => o.Variables.Count > 0);

    private static bool HasFieldsToMerge(DocumentModel document) => document.Sets.Any(set =>
    {
        var names = new HashSet<string>();
        return FieldsOf(document, set, []).Any(field => !names.Add(field.Alias ?? field.Name));
    });

    private static IEnumerable<FieldModel> FieldsOf(DocumentModel document, SetModel set, HashSet<string> visited) => set.Selections.SelectMany(s => s switch
    {
        FieldModel field => [field],
        InlineModel inline => FieldsOf(document, inline.Set, visited),
        SpreadModel spread when document.Fragment(spread.Name) is { } fragment && visited.Add(spread.Name) => FieldsOf(document, fragment.Set, visited),
        _ => Enumerable.Empty<FieldModel>(),
    });
}
