using Wholesale.GraphQL.Language;
using Wholesale.GraphQL.Types;

namespace Wholesale.GraphQL.Execution;

/// <summary>
/// One request's way through a plan: its columns, rows, variables and errors. Pooled with the plan; used by one request at a time, whose fields run one after another.
/// </summary>
internal sealed class Run(Plan plan)
{
    /// <summary>Errors listed in a response; a batch that fails at ten thousand positions says so a hundred times.</summary>
    public const int MaxErrors = 100;

    /// <summary>Places listed of one error; a document can ask for a field in thousands.</summary>
    public const int MaxLocations = 10;

    private readonly Rows?[] rows = new Rows?[plan.SelectionCount];
    private readonly List<(Column Column, int Index, GraphQLError Error)> errors = [];
    private Dictionary<PlanSelection, PlanField[]>? orders;
    private ExecutionOptions options = null!;
    private bool isNull;

    public Plan Plan => plan;

    public Column[] Columns { get; } = new Column[plan.ColumnCount];

    public RequestContext Context { get; private set; } = null!;

    public Variables Variables { get; private set; } = Variables.None;

    /// <summary>The values of the variables that <c>@skip</c> and <c>@include</c> use: see <see cref="Condition"/>.</summary>
    public ulong Mask { get; private set; }

    /// <summary>What the operation may cost; null in a schema without costs.</summary>
    public OperationCost? Cost { get; set; }

    public bool HasErrors => errors.Count > 0;

    /// <summary>Of a subscription's event: the stream whose current value it is.</summary>
    public SourceStream? Source { get; set; }

    /// <summary>Takes what one request brings.</summary>
    public void Begin(RequestContext context, Variables variables, ExecutionOptions options)
    {
        Context = context;
        this.options = options;
        Variables = variables;
        Mask = plan.MaskOf(variables);
        context.MeasuredCost = plan.Root.Weight;
    }

    /// <summary>Section 6.2 "Executing Operations": all fields, layer by layer; of a mutation, one root field's tree after the other's.</summary>
    public async ValueTask Execute()
    {
        var start = 0;
        foreach (var end in plan.PartEnds)
        {
            if (isNull)
            {
                break;
            }

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

        if (plan.Operation.Operation != OperationType.Mutation && options.BeforeAnswer is { } wait)
        {
            await wait(Context);
        }
    }

    /// <summary>The rows of a selection, which a column fills; null for the root.</summary>
    public Rows<T> Rows<T>(PlanSelection selection, Column owner) => (Rows<T>)(rows[selection.Slot] ??= new Rows<T> { Owner = owner });

    public Rows<T> Rows<T>(PlanSelection selection) => (Rows<T>)rows[selection.Slot]!;

    /// <summary>How many parents a selection's fields have.</summary>
    public int CountOf(PlanSelection selection) => selection.IsRoot ? 1 : rows[selection.Slot]?.Count ?? 0;

    /// <summary>Whether nobody waits for the response any more, which no field reports.</summary>
    public bool IsCancellation(Exception exception) => exception is OperationCanceledException && Context.IsAborted;

    /// <summary>What the client is shown of an exception; the host is told of the rest.</summary>
    public GraphQLError ErrorOf(Exception exception, FieldDefinition field) => ErrorOf(exception, field, Context, options);

    /// <inheritdoc cref="ErrorOf(Exception, FieldDefinition)"/>
    public static GraphQLError ErrorOf(Exception exception, FieldDefinition field, RequestContext context, ExecutionOptions options) =>
        exception is GraphQLException expected
        ? new GraphQLError(expected.Message) { Code = expected.Code }
        : exception is OperationCanceledException && context.IsTimedOut
        ? new GraphQLError($"The request took longer than {context.Client.Limits.Timeout.TotalSeconds:0.###} seconds.") { Code = ErrorCodes.Timeout }
        : Unexpected(options.OnException?.Invoke(exception, field.Coordinate, context), options.Translate?.Invoke(exception));

    private static GraphQLError Unexpected(string? traceId, GraphQLException? translated) =>
        new(translated?.Message ?? "Something went wrong on the server.") { Code = translated?.Code ?? ErrorCodes.Internal, TraceId = traceId };

    /// <summary>An error of a root field that was met outside any run.</summary>
    public static GraphQLError AtRoot(PlanField field, GraphQLError error) => error with
    {
        Path = [field.ResponseName],
        Locations = [.. field.Nodes.Select(n => n.Node.Location).Distinct().Take(MaxLocations)],
    };

    /// <summary>Takes back the parents that a field's column made before it failed.</summary>
    public void DiscardRows(PlanField field)
    {
        foreach (var selection in field.Selections)
        {
            rows[selection.Slot]?.Release();
        }
    }

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

    /// <summary>The errors as a response lists them.</summary>
    public IReadOnlyList<GraphQLError> Errors() => errors.ConvertAll(Located);

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
        Source = null;
        Cost = null;
        options = null!;
        Context = null!;
    }

    private async ValueTask ExecuteSteps(int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            // Section 6.4.4: once the response is null, fields that have not begun need not.
            if (isNull)
            {
                break;
            }

            var field = plan.Steps[i];
            if (!field.IsIncluded(Mask) || CountOf(field.Parent) == 0)
            {
                continue;
            }

            Context.ThrowIfAborted();
            var execution = field.Binding!.Execute(this, field);
            if (!execution.IsCompletedSuccessfully)
            {
                await execution;
            }

            Measure(field);
        }
    }

    private void Measure(PlanField field)
    {
        if (Cost is null)
        {
            return;
        }

        Context.MeasuredCost = Weight.Sum(Context.MeasuredCost, Cost.Measure(this, field, CountOf(field.Parent), out var excess));
        if (excess > 0)
        {
            options.OnListTooLong?.Invoke(field.Definition.Coordinate, excess, Context);
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

        var column = Columns[field.Slot] ??= field.Binding!.NewColumn(this, field);
        var errorsBefore = errors.Count;
        var calls = 0;
        try
        {
            await around(Context, field.Definition, async () =>
            {
                if (++calls > 1)
                {
                    throw new InvalidOperationException($"{field.Definition.Coordinate} must not be executed twice.");
                }

                await ExecuteSteps(start, end);
                return !column.HasFailed(0);
            });
            if (calls == 0)
            {
                throw new InvalidOperationException($"{field.Definition.Coordinate} was not executed.");
            }
        }
        catch (Exception exception) when (!IsCancellation(exception))
        {
            // The transaction could not be begun or committed: nothing of this field happened, so nothing of it may be shown.
            var error = ErrorOf(exception, field.Definition);
            if (!column.HasFailed(0))
            {
                errors.RemoveRange(errorsBefore, errors.Count - errorsBefore);
                column.Start(1);
                column.Fail(0, error);
            }
        }
    }

    /// <summary>An error with its path from the root and the places of the nodes that asked for the field, unless it knows a better place itself.</summary>
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
            Locations = entry.Error.Locations.Count > 0
                ? entry.Error.Locations
                : [.. field.Nodes.Where(n => n.Condition.Holds(Mask)).Select(n => n.Node).Distinct().Take(MaxLocations).Select(n => n.Location)],
        };
    }
}
