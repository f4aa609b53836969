using Wholesale.GraphQL.Validation.Rules;

namespace Wholesale.GraphQL.Validation;

/// <summary>Every rule of section 5, and which of them listen to what.</summary>
static class RuleTable
{
    // In the order of the specification.
    static readonly Rule[] All =
    [
        new ExecutableDefinitions(),
        new OperationTypeExistence(),
        new OperationNameUniqueness(),
        new LoneAnonymousOperation(),
        new SingleRootField(),
        new FieldSelections(),
        new FieldSelectionMerging(),
        new LeafFieldSelections(),
        new ArgumentNames(),
        new ArgumentUniqueness(),
        new RequiredArguments(),
        new FragmentNameUniqueness(),
        new FragmentSpreadTypeExistence(),
        new FragmentsOnObjectInterfaceOrUnionTypes(),
        new FragmentsMustBeUsed(),
        new FragmentSpreadTargetDefined(),
        new FragmentSpreadsMustNotFormCycles(),
        new FragmentSpreadIsPossible(),
        new ValuesOfCorrectType(),
        new InputObjectFieldNames(),
        new InputObjectFieldUniqueness(),
        new InputObjectRequiredFields(),
        new DirectivesAreDefined(),
        new DirectivesAreInValidLocations(),
        new DirectivesAreUniquePerLocation(),
        new VariableUniqueness(),
        new VariablesAreInputTypes(),
        new AllVariableUsesDefined(),
        new AllVariablesUsed(),
        new AllVariableUsagesAreAllowed(),
    ];

    public static readonly Rule[] EnterDocument = Overriding(nameof(Rule.EnterDocument));
    public static readonly Rule[] Operation = Overriding(nameof(Rule.Operation));
    public static readonly Rule[] VariableDefinition = Overriding(nameof(Rule.VariableDefinition));
    public static readonly Rule[] Fragment = Overriding(nameof(Rule.Fragment));
    public static readonly Rule[] Field = Overriding(nameof(Rule.Field));
    public static readonly Rule[] InlineFragment = Overriding(nameof(Rule.InlineFragment));
    public static readonly Rule[] FragmentSpread = Overriding(nameof(Rule.FragmentSpread));
    public static readonly Rule[] Directives = Overriding(nameof(Rule.Directives));
    public static readonly Rule[] Directive = Overriding(nameof(Rule.Directive));
    public static readonly Rule[] Argument = Overriding(nameof(Rule.Argument));
    public static readonly Rule[] Value = Overriding(nameof(Rule.Value));
    public static readonly Rule[] ObjectValue = Overriding(nameof(Rule.ObjectValue));
    public static readonly Rule[] ObjectField = Overriding(nameof(Rule.ObjectField));
    public static readonly Rule[] VariableUsage = Overriding(nameof(Rule.VariableUsage));
    public static readonly Rule[] LeaveOperation = Overriding(nameof(Rule.LeaveOperation));
    public static readonly Rule[] LeaveDocument = Overriding(nameof(Rule.LeaveDocument));

    static Rule[] Overriding(string method) => [.. All.Where(rule => rule.GetType().GetMethod(method)!.DeclaringType != typeof(Rule))];
}
