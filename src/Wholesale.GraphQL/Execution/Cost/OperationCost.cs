using Wholesale.GraphQL.Language;

namespace Wholesale.GraphQL.Execution;

/// <summary>
/// What an operation costs at most with one request's variables, worked out before anything runs: "Static Query Analysis" of the cost specification. Linear in the
/// plan. Of an abstract type the greatest member counts. Immutable.
/// </summary>
internal sealed class OperationCost
{
    private const int MaxOnStack = 64;

    private readonly Plan plan;
    private readonly ulong mask;
    private readonly long[] calls;
    private readonly long[] sizes;

    private OperationCost(Plan plan, ulong mask)
    {
        this.plan = plan;
        this.mask = mask;
        calls = new long[plan.ColumnCount];
        sizes = new long[plan.ColumnCount];
    }

    /// <summary>In thousandths: see <see cref="Weight"/>.</summary>
    public long Total { get; private set; }

    /// <summary>As it is compared and charged: whole.</summary>
    public long Whole => Weight.RoundUp(Total);

    /// <summary>Prices an operation; the same for every request if nothing in it depends on variables.</summary>
    /// <param name="problem">A slicing argument that had to be given.</param>
    public static OperationCost? Of(Plan plan, Variables variables, out GraphQLError? problem)
    {
        problem = null;
        if (plan.Schema.Costs is not { } model)
        {
            return null;
        }

        if (plan.ConstantCost is { } known)
        {
            return known;
        }

        var cost = new OperationCost(plan, plan.MaskOf(variables));
        problem = cost.Evaluate(model, variables);
        if (problem is null && plan.HasConstantCost)
        {
            plan.ConstantCost = cost;
        }

        return cost;
    }

    /// <summary>Why a client may not have this; null if it may.</summary>
    public GraphQLError? Problem(RequestLimits limits)
    {
        if (limits.GreatestCost is not { } greatest || Whole <= greatest)
        {
            return null;
        }

        var field = MostExpensive();
        var most = field is null ? "" : $" Most of it is {field.Definition.Coordinate}.";
        var node = field?.Nodes[0].Node ?? (SyntaxNode)plan.Operation;
        return GraphQLError.At($"The operation may cost {Whole}; the limit is {greatest}.{most}", node) with { Code = ErrorCodes.CostLimitExceeded };
    }

    /// <summary>What a field has cost in fact, once it is resolved for all its parents.</summary>
    /// <param name="parents">How many objects it was resolved for.</param>
    /// <param name="excess">How many more items its lists have than they may; 0 if none.</param>
    public long Measure(Run run, PlanField field, int parents, out long excess)
    {
        var sum = Weight.Times(calls[field.Slot], parents);
        long items = field.Cost!.LeafWeight == 0 ? 0 : run.Columns[field.Slot].ValueCount;
        sum = Weight.Sum(sum, Weight.Times(field.Cost.LeafWeight, items));
        foreach (var selection in field.Selections)
        {
            var rows = run.CountOf(selection);
            items += rows;
            sum = Weight.Sum(sum, Weight.Times(selection.Weight, rows));
        }

        excess = field.Cost.ListLevels == 0 || SizeOf(field) is not { } size ? 0 : Math.Max(items - Weight.Times(field.Cost.Items(size), parents), 0);
        return sum;
    }

    private GraphQLError? Evaluate(CostModel model, Variables variables)
    {
        var inputs = new InputCosts(model);
        foreach (var field in plan.Steps)
        {
            if (!field.IsIncluded(mask))
            {
                continue;
            }

            calls[field.Slot] = field.Cost!.Call(field.Arguments, variables, inputs);
            if (field.Cost.Size is { } size)
            {
                sizes[field.Slot] = size.Of(field.Arguments, variables, out var isRefused);
                if (isRefused)
                {
                    var names = string.Join(", ", size.Slicing.Select(s => $"\"{s.Text}\""));
                    var message = $"{field.Definition.Coordinate} must be given exactly one of {names}.";
                    return GraphQLError.At(message, field.Nodes[0].Node) with { Code = ErrorCodes.ValidationFailed };
                }
            }
        }

        var within = plan.SelectionCount <= MaxOnStack ? stackalloc long[plan.SelectionCount] : new long[plan.SelectionCount];
        AddUp(within);
        Total = Weight.Sum(plan.Root.Weight, within[plan.Root.Slot]);
        return null;
    }

    /// <summary>What all fields of one object cost. From the deepest layer up, so that each is known when it is needed.</summary>
    /// <param name="within">By selection; all 0.</param>
    private void AddUp(Span<long> within)
    {
        for (var i = plan.Steps.Length - 1; i >= 0; i--)
        {
            var field = plan.Steps[i];
            if (field.IsIncluded(mask))
            {
                ref var sum = ref within[field.Parent.Slot];
                sum = Weight.Sum(sum, Weight.Sum(calls[field.Slot], Weight.Times(ValueCost(field, within), ItemsOf(field))));
            }
        }
    }

    /// <summary>What one value of a field costs with all that is selected of it.</summary>
    private static long ValueCost(PlanField field, ReadOnlySpan<long> within)
    {
        var greatest = field.Cost!.LeafWeight;
        foreach (var selection in field.Selections)
        {
            greatest = Math.Max(greatest, Weight.Sum(selection.Weight, within[selection.Slot]));
        }

        return greatest;
    }

    private long ItemsOf(PlanField field) => field.Cost!.Items(SizeOf(field) ?? 0);

    /// <summary>How long each list of a field is at most: as the field around it says, else as its own directive does. Null for a list that costs nothing.</summary>
    private long? SizeOf(PlanField field)
    {
        if (field.Parent.Owner is { Cost.Size: { SizedFields.IsEmpty: false } outer } owner && outer.SizedFields.Contains(field.Definition.Name))
        {
            return sizes[owner.Slot];
        }

        return field.Cost!.Size is { SizedFields.IsEmpty: true } ? sizes[field.Slot] : null;
    }

    /// <summary>The field that costs most in all places together, without what is selected of it; null if nothing costs anything.</summary>
    private PlanField? MostExpensive()
    {
        var counts = new long[plan.SelectionCount];
        counts[plan.Root.Slot] = 1;
        var (most, greatest) = ((PlanField?)null, 0L);
        foreach (var field in plan.Steps)
        {
            if (!field.IsIncluded(mask))
            {
                continue;
            }

            var values = Weight.Times(counts[field.Parent.Slot], ItemsOf(field));
            var weight = field.Cost!.LeafWeight;
            foreach (var selection in field.Selections)
            {
                counts[selection.Slot] = values;
                weight = Math.Max(weight, selection.Weight);
            }

            var share = Weight.Sum(Weight.Times(calls[field.Slot], counts[field.Parent.Slot]), Weight.Times(weight, values));
            (most, greatest) = share > greatest ? (field, share) : (most, greatest);
        }

        return most;
    }
}
