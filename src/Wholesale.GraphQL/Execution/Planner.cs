using System.Collections.Immutable;
using System.Text;
using Wholesale.GraphQL.Language;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Execution;

/// <summary>
/// Makes a plan of a valid operation: section 6.3 "Executing Selection Sets" with everything done beforehand that does not depend on data.
/// Works a queue, not the stack: what a document can make large is bounded by <see cref="MaxFields"/>.
/// </summary>
internal sealed class Planner
{
    /// <summary>Fields of a plan, each counted once for every object type and place it can stand at. Beyond it the document is refused.</summary>
    public const int MaxFields = 20_000;

    private readonly ExecutableSchema schema;
    private readonly OperationDefinitionNode operation;
    private readonly Dictionary<string, FragmentDefinitionNode> fragments = [];
    private readonly Dictionary<string, int> variableIndexes = [];
    private readonly List<int> conditionVariables = [];
    private readonly List<PlanField> steps = [];
    private readonly Queue<(PlanField Field, ImmutableArray<ObjectType> Types)> pending = new();
    private readonly List<GraphQLError> errors = [];
    private int columns;
    private int selections;
    private int fields;

    private Planner(ExecutableSchema schema, DocumentNode document, OperationDefinitionNode operation)
    {
        this.schema = schema;
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
    /// <param name="errors">Why there is no plan: a constant that is no value of its scalar, or a document that unfolds too far.</param>
    public static Plan? Create(ExecutableSchema schema, DocumentNode document, OperationDefinitionNode operation, out IReadOnlyList<GraphQLError> errors)
    {
        var planner = new Planner(schema, document, operation);
        var plan = planner.Build();
        errors = planner.errors;
        return errors.Count == 0 ? plan : null;
    }

    private Plan? Build()
    {
        var variables = PlanVariables();
        var root = NewSelection(schema.Schema.RootType(operation.Operation)!, isRoot: true);
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
                ConditionVariables = [.. conditionVariables],
                ColumnCount = columns,
                SelectionCount = selections,
            };
    }

    private ImmutableArray<PlanVariable> PlanVariables()
    {
        var variables = ImmutableArray.CreateBuilder<PlanVariable>(operation.VariableDefinitions.Length);
        foreach (var node in operation.VariableDefinitions)
        {
            var type = schema.Schema.TypeOf(node.Type)!;
            var reader = new InputReader(schema, errors);
            var value = node.DefaultValue is null ? null : reader.Literal(type, node.DefaultValue, $"variable \"${node.Variable.Name}\"");
            variables.Add(new PlanVariable(node.Variable.Name.Value, type, node.DefaultValue is not null, value, node));
        }

        return variables.MoveToImmutable();
    }

    private PlanSelection NewSelection(ObjectType type, bool isRoot = false) => new(type, selections++, isRoot);

    private void Enqueue(PlanField field)
    {
        if (field.Slot >= 0)
        {
            steps.Add(field);
            if (field.Binding!.Output.ObjectTypes.Count > 0)
            {
                pending.Enqueue((field, [.. field.Binding.Output.ObjectTypes]));
            }
        }
    }

    /// <summary>Plans the selections of everything enqueued, layer by layer.</summary>
    private void Drain()
    {
        while (errors.Count == 0 && pending.TryDequeue(out var next))
        {
            var (field, types) = next;
            var sets = field.Nodes.Select(n => (n.Node.SelectionSet!, n.Condition)).ToList();
            field.Selections = new PlanSelection[types.Length];
            for (var i = 0; i < types.Length && errors.Count == 0; i++)
            {
                field.Selections[i] = NewSelection(types[i]);
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
        var groups = new OrderedDictionary<string, List<(FieldNode Node, Condition Condition, int Order)>>();
        var order = 0;
        var visited = new Dictionary<string, Condition>();

        // A stack of places in selection sets instead of recursion: fragments can spread one another in long chains.
        var stack = new Stack<(ImmutableArray<SelectionNode> Selections, int Index, Condition Condition)>();
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
                        groups.Add(field.ResponseName, group = []);
                    }

                    group.Add((field, condition, order++));
                    Count(field);
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

                    visited[spread.Name.Value] = isVisited ? earlier.Or(condition) : condition;
                    var fragment = fragments[spread.Name.Value];
                    Count(spread);
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

        selection.Fields = [.. groups.Select(g => NewField(selection, g.Key, g.Value))];
        selection.IsConditional = selection.Fields.Any(f => !f.Condition.IsAlways);
        selection.OrderVaries = selection.IsConditional
            && selection.Fields.Any(f => f.Nodes.Length > 1 && f.Nodes.Any(n => !n.Condition.IsAlways));
    }

    private void Count(SyntaxNode node)
    {
        if (++fields > MaxFields)
        {
            errors.Add(GraphQLError.At($"The document unfolds to more than {MaxFields} fields.", node) with { Code = ErrorCodes.TooLarge });
        }
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
                errors.Add(GraphQLError.At("At most 64 variables can be used by @skip and @include.", variable) with { Code = ErrorCodes.TooLarge });
            }
        }

        return bit & 63;
    }

    private PlanField NewField(PlanSelection parent, string responseName, List<(FieldNode Node, Condition Condition, int Order)> nodes)
    {
        var node = nodes[0].Node;
        var definition = schema.Schema.Field(parent.Type, node.Name.Value)!;
        var condition = nodes.Aggregate(Condition.Never, (sum, n) => sum.Or(n.Condition));
        if (definition == schema.Schema.TypenameField)
        {
            return new PlanField
            {
                Prefix = Encoding.UTF8.GetBytes($"\"{responseName}\":\"{parent.Type.Name}\""),
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
            Prefix = Encoding.UTF8.GetBytes($"\"{responseName}\":"),
            ResponseName = responseName,
            Definition = definition,
            Parent = parent,
            Slot = columns++,
            Nodes = [.. nodes],
            Condition = condition,
            Binding = schema.Binding(parent.Type, definition),
            Arguments = ArgumentPlan.Create(schema, definition, node, variableIndexes, errors),
        };
    }
}
