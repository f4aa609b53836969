using System.Collections.Immutable;
using System.Text;
using Wholesale.GraphQL.Language;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Execution;

/// <summary>
/// Makes a plan of a valid operation: section 6.3 "Executing Selection Sets" with everything done beforehand that does not depend on data.
/// Works a queue, not the stack. What a document can make large is bounded: small fragments can unfold to large plans, and to deep ones.
/// </summary>
internal sealed class Planner
{
    /// <summary>Fields and fragments of a plan, each counted once for every object type and place it can stand at. Beyond it the document is refused.</summary>
    public const int MaxSelections = 20_000;

    /// <summary>How deep a response may nest, lists not counted: so deep goes the recursion that writes it.</summary>
    public const int MaxDepth = 200;

    /// <summary>Ways in which the conditions around one field or fragment may combine.</summary>
    public const int MaxAlternatives = 64;

    private readonly ExecutableSchema schema;
    private readonly OperationDefinitionNode operation;
    private readonly Dictionary<string, FragmentDefinitionNode> fragments = [];
    private readonly Dictionary<string, int> variableIndexes = [];
    private readonly List<int> conditionVariables = [];
    private readonly List<PlanField> steps = [];
    private readonly Queue<PlanField> pending = new();
    private readonly List<GraphQLError> errors = [];
    private readonly RequestLimits limits;
    private readonly PlanMetrics metrics;

    // What Collect works with, kept from selection to selection. The stack holds places in selection sets, instead of recursion: fragments can spread one another
    // in long chains.
    private readonly OrderedDictionary<string, List<(FieldNode Node, Condition Condition, int Order)>> groups = [];
    private readonly Dictionary<string, Condition> visited = [];
    private readonly Stack<(ImmutableArray<SelectionNode> Selections, int Index, Condition Condition)> stack = new();
    private int columns;
    private int selections;
    private int visits;

    private Planner(ExecutableSchema schema, DocumentNode document, OperationDefinitionNode operation, RequestLimits limits)
    {
        this.schema = schema;
        this.limits = limits;
        metrics = new PlanMetrics(schema.Schema);
        this.operation = operation;
        foreach (var definition in document.Definitions)
        {
            if (definition is FragmentDefinitionNode fragment)
            {
                fragments[fragment.Name.Value] = fragment;
            }
        }

        for (var i = 0; i < operation.VariableDefinitions.Length; i++)
        {
            variableIndexes[operation.VariableDefinitions[i].Variable.Name.Value] = i;
        }
    }

    /// <summary>Plans one operation of a valid document.</summary>
    /// <param name="limits">Those of the client that sent it.</param>
    /// <param name="errors">Why there is no plan: a constant that is no value of its scalar, or a document that unfolds too far.</param>
    public static Plan? Create(
        ExecutableSchema schema, DocumentNode document, OperationDefinitionNode operation, RequestLimits limits, out IReadOnlyList<GraphQLError> errors)
    {
        var planner = new Planner(schema, document, operation, limits);
        var plan = planner.Build();
        errors = planner.errors;
        return errors.Count == 0 ? plan : null;
    }

    private Plan? Build()
    {
        var variables = PlanVariables();
        var root = NewSelection(schema.Schema.RootType(operation.Operation)!, owner: null);
        Collect(root, [(operation.SelectionSet, Condition.Always)]);
        var ends = ImmutableArray.CreateBuilder<int>();
        if (operation.Operation == OperationType.Mutation)
        {
            foreach (var field in root.Fields)
            {
                Enqueue(field);
                Drain();
                ends.Add(steps.Count);
            }
        }
        else
        {
            foreach (var field in root.Fields)
            {
                Enqueue(field);
            }

            Drain();
            ends.Add(steps.Count);
        }

        return errors.Count > 0
            ? null
            : new Plan
            {
                Schema = schema,
                Operation = operation,
                Root = root,
                Steps = [.. steps],
                PartEnds = ends.ToImmutable(),
                Variables = variables,
                VariableIndexes = variableIndexes,
                Metrics = metrics,
                VisitCount = visits,
                ConditionVariables = [.. conditionVariables],
                ColumnCount = columns,
                SelectionCount = selections,
                HasConstantCost = conditionVariables.Count == 0 && !steps.Any(s => s.Cost?.DependsOn(s.Arguments) is true),
            };
    }

    private ImmutableArray<PlanVariable> PlanVariables()
    {
        var variables = ImmutableArray.CreateBuilder<PlanVariable>(operation.VariableDefinitions.Length);
        foreach (var node in operation.VariableDefinitions)
        {
            var type = schema.Schema.TypeOf(node.Type)!;
            var place = new InputPlace("The default of variable", $"${node.Variable.Name}");
            var value = node.DefaultValue is null ? null : new InputReader(schema, errors).Literal(type, node.DefaultValue, place);
            variables.Add(new PlanVariable(node.Variable.Name.Value, type, node.DefaultValue is not null, value, node));
        }

        return variables.MoveToImmutable();
    }

    private void Enqueue(PlanField field)
    {
        if (field.Slot >= 0)
        {
            steps.Add(field);
            if (field.Binding!.Output.ObjectTypes.Count > 0)
            {
                pending.Enqueue(field);
            }
        }
    }

    /// <summary>Plans the selections of everything enqueued, layer by layer.</summary>
    private void Drain()
    {
        while (errors.Count == 0 && pending.TryDequeue(out var field))
        {
            if (field.Parent.Depth + 1 > MaxDepth)
            {
                Refuse($"The document unfolds to more than {MaxDepth} levels.", field.Nodes[0].Node);
                return;
            }

            var sets = field.Nodes.Select(n => (n.Node.SelectionSet!, n.Condition)).ToList();
            var types = field.Binding!.Output.ObjectTypes;
            field.Selections = new PlanSelection[types.Count];
            for (var i = 0; i < types.Count && errors.Count == 0; i++)
            {
                field.Selections[i] = NewSelection(types[i], field);
                Collect(field.Selections[i], sets);
                foreach (var child in field.Selections[i].Fields)
                {
                    Enqueue(child);
                }
            }
        }
    }

    /// <summary>Section 6.3.2 CollectFields(), for all values of @skip and @include at once.</summary>
    private void Collect(PlanSelection selection, List<(SelectionSetNode Set, Condition Condition)> sets)
    {
        groups.Clear();
        visited.Clear();
        stack.Clear();
        var order = 0;
        for (var i = sets.Count - 1; i >= 0; i--)
        {
            stack.Push((sets[i].Set.Selections, 0, sets[i].Condition));
        }

        while (errors.Count == 0 && stack.TryPop(out var place))
        {
            if (place.Index == place.Selections.Length)
            {
                continue;
            }

            stack.Push(place with { Index = place.Index + 1 });
            var node = place.Selections[place.Index];
            if (++visits > MaxSelections)
            {
                Refuse($"The document unfolds to more than {MaxSelections} fields and fragments.", node);
                break;
            }

            var condition = ConditionOf(node.Directives, place.Condition);
            if (condition.IsNever)
            {
                continue;
            }

            switch (node)
            {
                case FieldNode field:
                    if (!groups.TryGetValue(field.ResponseName, out var group))
                    {
                        groups.Add(field.ResponseName, group = new(1));
                    }

                    group.Add((field, condition, order++));
                    break;
                case InlineFragmentNode inline when Applies(inline.TypeCondition, selection.Type):
                    stack.Push((inline.SelectionSet.Selections, 0, condition));
                    break;
                case FragmentSpreadNode spread:
                    // A second visit counts only in requests that made no earlier one.
                    var isVisited = visited.TryGetValue(spread.Name.Value, out var earlier);
                    if (isVisited && earlier.Covers(condition))
                    {
                        break;
                    }

                    visited[spread.Name.Value] = isVisited ? Either(earlier, condition, spread) : condition;
                    var fragment = fragments[spread.Name.Value];
                    if (Applies(fragment.TypeCondition, selection.Type))
                    {
                        stack.Push((fragment.SelectionSet.Selections, 0, condition));
                    }

                    break;
            }
        }

        if (errors.Count > 0)
        {
            selection.Fields = [];
            return;
        }

        selection.Fields = [.. groups.Select((g, i) => NewField(selection, i == 0 ? '{' : ',', g.Key, g.Value))];
        foreach (var field in selection.Fields)
        {
            if (errors.Count == 0 && metrics.Add(field, limits) is { } problem)
            {
                errors.Add(problem);
            }
        }

        selection.OrderVaries = selection.Fields.Any(f => !f.Nodes[0].Condition.Covers(f.Condition));
        selection.IsFixed = selection.Fields.Length > 0 && !selection.OrderVaries && selection.Fields.All(f => f.Condition.IsAlways);
    }

    private void Refuse(string message, SyntaxNode node) => errors.Add(GraphQLError.At(message, node) with { Code = ErrorCodes.TooLarge });

    private Condition Either(Condition left, Condition right, SyntaxNode node)
    {
        var either = left.Or(right);
        if (either.AlternativeCount > MaxAlternatives && errors.Count == 0)
        {
            Refuse($"More than {MaxAlternatives} combinations of @skip and @include lead to one selection.", node);
        }

        return either;
    }

    private bool Applies(NamedTypeNode? typeCondition, ObjectType type) =>
        typeCondition is null || schema.Schema.IsPossibleType((CompositeType)schema.Schema.Type(typeCondition.Name.Value)!, type);

    private Condition ConditionOf(ImmutableArray<DirectiveNode> directives, Condition condition)
    {
        foreach (var directive in directives)
        {
            var isSkip = directive.Name.Value == "skip";
            if (!isSkip && directive.Name.Value != "include")
            {
                continue;
            }

            switch (directive.Arguments[0].Value)
            {
                case BooleanValueNode literal:
                    condition = literal.Value == isSkip ? Condition.Never : condition;
                    break;
                case VariableNode variable:
                    condition = condition.And(1UL << BitOf(variable), !isSkip);
                    break;
            }
        }

        return condition;
    }

    private int BitOf(VariableNode variable)
    {
        var index = variableIndexes[variable.Name.Value];
        var bit = conditionVariables.IndexOf(index);
        if (bit < 0)
        {
            bit = conditionVariables.Count;
            conditionVariables.Add(index);
            if (bit == 64)
            {
                Refuse("At most 64 variables can be used by @skip and @include.", variable);
            }
        }

        return bit & 63;
    }

    private PlanSelection NewSelection(ObjectType type, PlanField? owner) =>
        new(type, selections++, owner) { Weight = schema.Costs?.WeightOf(type) ?? 0 };

    private PlanField NewField(PlanSelection parent, char separator, string responseName, List<(FieldNode Node, Condition Condition, int Order)> nodes)
    {
        var node = nodes[0].Node;
        var definition = schema.Schema.Field(parent.Type, node.Name.Value)!;
        var condition = nodes[0].Condition;
        for (var i = 1; i < nodes.Count && errors.Count == 0; i++)
        {
            condition = Either(condition, nodes[i].Condition, nodes[i].Node);
        }

        if (definition == schema.Schema.TypenameField)
        {
            return new PlanField
            {
                Prefix = Encoding.UTF8.GetBytes($"{separator}\"{responseName}\":\"{parent.Type.Name}\""),
                ResponseName = responseName,
                Definition = definition,
                Parent = parent,
                Slot = -1,
                Nodes = [.. nodes],
                Condition = condition,
            };
        }

        return new PlanField
        {
            Prefix = Encoding.UTF8.GetBytes($"{separator}\"{responseName}\":"),
            ResponseName = responseName,
            Definition = definition,
            Parent = parent,
            Slot = columns++,
            Nodes = [.. nodes],
            Condition = condition,
            Binding = schema.Binding(parent.Type, definition),
            Arguments = ArgumentPlan.Create(schema, definition, node, errors),
            Cost = schema.Costs?.CostOf(definition),
        };
    }
}
