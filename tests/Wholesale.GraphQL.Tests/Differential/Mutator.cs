using Wholesale.GraphQL.Types;
using Wholesale.GraphQL.Validation.Rules;

namespace Wholesale.GraphQL.Tests.Differential;

/// <summary>Breaks one rule of a valid document, in one of several ways. The rule's name is its class's.</summary>
internal sealed partial class Mutator
{
    private readonly Schema schema;
    private readonly Random random;
    private readonly DocumentGenerator generator;
    private DocumentModel document = new();

    public Mutator(Schema schema, Random random, DocumentGenerator generator)
    {
        this.schema = schema;
        this.random = random;
        this.generator = generator;
        Rules = new()
        {
            [nameof(ExecutableDefinitions)] = [AddTypeSystemDefinition],
            [nameof(OperationTypeExistence)] = [AskForMissingRoot],
            [nameof(OperationNameUniqueness)] = [RepeatOperation, RenameOperation],
            [nameof(LoneAnonymousOperation)] = [ForgetOperationName, AddAnonymousOperation],
            [nameof(SingleRootField)] = [AddSecondRootField, AddTypenameToSubscription, SkipRootField, SpreadSecondRootField],
            [nameof(FieldSelections)] = [RenameField, SelectFieldOfOtherType, SelectSchemaBelowRoot],
            [nameof(FieldSelectionMerging)] =
                [AliasLikeNeighbour, RepeatFieldWithOtherArguments, RepeatFieldWithOtherInside, AliasLikeAnything, ConflictThroughFragment, ConflictByShape],
            [nameof(LeafFieldSelections)] = [ForgetSelections, SelectOnLeaf],
            [nameof(ArgumentNames)] = [RenameArgument, AddArgument],
            [nameof(ArgumentUniqueness)] = [RepeatArgument],
            [nameof(RequiredArguments)] = [ForgetRequiredArgument, ForgetCondition],
            [nameof(FragmentNameUniqueness)] = [RepeatFragment],
            [nameof(FragmentSpreadTypeExistence)] = [ConditionOnUnknownType],
            [nameof(FragmentsOnObjectInterfaceOrUnionTypes)] = [ConditionOnLeafType],
            [nameof(FragmentsMustBeUsed)] = [AddUnusedFragment, RemoveSpreads],
            [nameof(FragmentSpreadTargetDefined)] = [SpreadUnknownFragment],
            [nameof(FragmentSpreadsMustNotFormCycles)] = [SpreadFragmentInItself, SpreadFragmentInReached],
            [nameof(FragmentSpreadIsPossible)] = [ConditionOnImpossibleType, SpreadImpossibleFragment],
            [nameof(ValuesOfCorrectType)] = [ReplaceValue, ReplaceByNull, BreakOneOf, ReplaceByExtremeNumber],
            [nameof(InputObjectFieldNames)] = [RenameInputField],
            [nameof(InputObjectFieldUniqueness)] = [RepeatInputField],
            [nameof(InputObjectRequiredFields)] = [ForgetRequiredInputField],
            [nameof(DirectivesAreDefined)] = [AddUnknownDirective],
            [nameof(DirectivesAreInValidLocations)] = [MisplaceDirective],
            [nameof(DirectivesAreUniquePerLocation)] = [RepeatDirective],
            [nameof(VariableUniqueness)] = [RepeatVariable],
            [nameof(VariablesAreInputTypes)] = [DeclareOutputType, DeclareUnknownType],
            [nameof(AllVariableUsesDefined)] = [ForgetVariable, UseUndefinedVariable],
            [nameof(AllVariablesUsed)] = [DeclareUnusedVariable],
            [nameof(AllVariableUsagesAreAllowed)] = [DeclareOtherType, ForgetDefault, LoosenType],
        };
    }

    /// <summary>The ways to break each rule; one that finds nothing to break says so.</summary>
    public Dictionary<string, Func<bool>[]> Rules { get; }

    /// <summary>Breaks a rule of a document, if there is something to break.</summary>
    public bool Break(string rule, DocumentModel valid)
    {
        document = valid;

        // What is added must not be wrong for another reason: an operation that does not define it.
        generator.UsesVariables = false;
        var ways = (Func<bool>[])Rules[rule].Clone();
        random.Shuffle(ways);
        return ways.Any(way => way());
    }

    private FieldModel NewField(CompositeType type)
    {
        var set = generator.Set(type, depth: 3);
        return set.Selections.OfType<FieldModel>().FirstOrDefault() ?? new FieldModel(schema.TypenameField, type);
    }

    private SetModel TypenameOn(CompositeType type)
    {
        var set = new SetModel(type);
        set.Selections.Add(new FieldModel(schema.TypenameField, type));
        return set;
    }

    private DirectiveModel Condition(string name)
    {
        var definition = schema.Directive(name)!;
        return new DirectiveModel(name, definition) { Arguments = [new ArgumentModel("if", definition.Arguments[0].Type, new LiteralModel("true"))] };
    }

    /// <summary>Changes one of some things, if there are any.</summary>
    private bool Change<T>(IEnumerable<T> candidates, Action<T> change)
    {
        var all = candidates.ToList();
        if (all.Count > 0)
        {
            change(Pick(all));
        }

        return all.Count > 0;
    }

    private bool Chance(int percent) => random.Next(100) < percent;

    private T Pick<T>(IReadOnlyList<T> items) => items[random.Next(items.Count)];
}
