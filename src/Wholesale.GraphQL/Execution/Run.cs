using System.Collections.Immutable;
using Wholesale.GraphQL.Language;

namespace Wholesale.GraphQL.Execution;

/// <summary>
/// One request's way through a plan: its columns, rows, variables and errors. Pooled with the plan; used by one request at a time, whose fields run one after another.
/// </summary>
internal sealed class Run(Plan plan)
{
    /// <summary>Errors listed in a response; a batch that fails at ten thousand positions says so a hundred times.</summary>
    public const int MaxErrors = 100;

    private readonly Rows?[] rows = new Rows?[plan.SelectionCount];
    private readonly List<(Column Column, int Index, GraphQLError Error)> errors = [];
    private Dictionary<PlanSelection, PlanField[]>? orders;
    private bool isNull;

    public Plan Plan => plan;

    public Column[] Columns { get; } = new Column[plan.ColumnCount];

    public RequestContext Context { get; private set; } = null!;

    public ExecutionOptions Options { get; private set; } = null!;

    public Variables Variables { get; private set; } = Variables.None;

    /// <summary>The values of the variables that <c>@skip</c> and <c>@include</c> use: see <see cref="Condition"/>.</summary>
    public ulong Mask { get; private set; }

    public bool HasErrors => errors.Count > 0;

    /// <summary>Section 6.2 "Executing Operations": all fields, layer by layer; of a mutation, one root field's tree after the other's.</summary>
    public async ValueTask Execute(RequestContext context, Variables variables, ExecutionOptions options)
    {
        Context = context;
        Options = options;
        Variables = variables;
        Mask = 0;
        for (var bit = 0; bit < plan.ConditionVariables.Length; bit++)
        {
            if (variables.Value(plan.ConditionVariables[bit]) is true)
            {
                Mask |= 1UL << bit;
            }
        }

        var start = 0;
        foreach (var end in plan.PartEnds)
        {
            if (plan.Operation.Operation == OperationType.Mutation && options.AroundMutationField is { } around && start < end)
            {
                await ExecuteMutationField(around, start, end);
            }
            else
            {
                await ExecuteSteps(start, end);
            }

            start = end;
        }
    }

    /// <summary>The rows of a selection, which a column fills; null for the root.</summary>
    public Rows<T> Rows<T>(PlanSelection selection, Column owner) => (Rows<T>)(rows[selection.Slot] ??= new Rows<T> { Owner = owner });

    public Rows<T> Rows<T>(PlanSelection selection) => (Rows<T>)rows[selection.Slot]!;

    /// <summary>How many parents a selection's fields have.</summary>
    public int CountOf(PlanSelection selection) => selection.IsRoot ? 1 : rows[selection.Slot]?.Count ?? 0;

    public void Report(Column column, int index, GraphQLError error)
    {
        if (errors.Count < MaxErrors)
        {
            errors.Add((column, index, error));
        }
    }

    /// <summary>An object became null because of a field in it: so does the position it stands at.</summary>
    public void FailRow(PlanSelection selection, int row)
    {
        if (selection.IsRoot)
        {
            isNull = true;
        }
        else
        {
            var parent = rows[selection.Slot]!;
            parent.Owner!.MarkFailed(parent.PositionOf(row));
        }
    }

    /// <summary>The fields of a selection in the order in which this request's CollectFields() would meet them.</summary>
    public PlanField[] OrderOf(PlanSelection selection)
    {
        orders ??= [];
        if (!orders.TryGetValue(selection, out var order))
        {
            orders[selection] = order =
            [
                .. selection.Fields.Where(f => f.IsIncluded(Mask)).OrderBy(f => f.Nodes.First(n => n.Condition.Holds(Mask)).Order),
            ];
        }

        return order;
    }

    /// <summary>Section 7.1 "Response Format": errors first, then data.</summary>
    public void Write(Utf8Writer writer)
    {
        writer.Raw((byte)'{');
        if (errors.Count > 0)
        {
            ErrorWriter.Write(errors.Select(Located), writer);
            writer.Raw((byte)',');
        }

        writer.Raw("\"data\":"u8);
        if (isNull)
        {
            writer.Null();
        }
        else
        {
            plan.Root.Write(this, 0, writer);
        }

        writer.Raw((byte)'}');
    }

    public void Release()
    {
        foreach (var column in Columns)
        {
            column?.Release();
        }

        foreach (var selectionRows in rows)
        {
            selectionRows?.Release();
        }

        errors.Clear();
        orders = null;
        isNull = false;
        Variables = Variables.None;
        Context = null!;
    }

    private async ValueTask ExecuteSteps(int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            var field = plan.Steps[i];
            if (!field.IsIncluded(Mask) || CountOf(field.Parent) == 0)
            {
                continue;
            }

            Context.Cancellation.ThrowIfCancellationRequested();
            var execution = field.Binding!.Execute(this, field);
            if (!execution.IsCompletedSuccessfully)
            {
                await execution;
            }
        }
    }

    /// <summary>One root field of a mutation, inside whatever the host puts around it: a transaction.</summary>
    private async ValueTask ExecuteMutationField(AroundMutationField around, int start, int end)
    {
        var field = plan.Steps[start];
        if (!field.IsIncluded(Mask))
        {
            return;
        }

        try
        {
            await around(Context, async () =>
            {
                await ExecuteSteps(start, end);
                return !Columns[field.Slot].HasFailed(0);
            });
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !Context.Cancellation.IsCancellationRequested)
        {
            // The transaction could not be begun or committed: nothing of this field happened, so nothing of it may be shown.
            var column = Columns[field.Slot] ??= field.Binding!.NewColumn(this, field);
            if (!column.HasFailed(0))
            {
                column.Start(1);
                column.Fail(0, Options.ErrorOf(exception, field.Definition, Context));
            }
        }
    }

    /// <summary>An error with its path from the root and the places of the nodes that asked for the field.</summary>
    private GraphQLError Located((Column Column, int Index, GraphQLError Error) entry)
    {
        var path = new List<object>();
        var (column, index) = (entry.Column, entry.Index);
        var field = column.Field;
        while (true)
        {
            while (column.Container is { } list)
            {
                var position = list.ListOf(index);
                path.Add(index - list.FirstItemOf(position));
                (column, index) = (list, position);
            }

            path.Add(column.Field.ResponseName);
            var parent = column.Field.Parent;
            if (parent.IsRoot)
            {
                break;
            }

            var parentRows = rows[parent.Slot]!;
            (column, index) = (parentRows.Owner!, parentRows.PositionOf(index));
        }

        path.Reverse();
        return entry.Error with
        {
            Path = path,
            Locations = [.. field.Nodes.Where(n => n.Condition.Holds(Mask)).Select(n => n.Node).Distinct().Select(n => n.Location)],
        };
    }
}

/// <summary>The operation's variables as coerced for one request; a variable that was not given and has no default is absent.</summary>
internal sealed class Variables(ImmutableArray<PlanVariable> definitions, object?[] values, bool[] present)
{
    public static Variables None { get; } = new([], [], []);

    public object? Value(int index) => values[index];

    public bool TryGet(string name, out object? value)
    {
        for (var i = 0; i < definitions.Length; i++)
        {
            if (definitions[i].Name == name)
            {
                value = values[i];
                return present[i];
            }
        }

        value = null;
        return false;
    }
}
