namespace Wholesale.GraphQL.Execution;

// Section 6.2.3 "Subscription": one plan, run once for each event of its source.
public sealed partial class GraphQLExecutor
{
    /// <summary>Section 6.2.3 Subscribe(): opens the source of a subscription.</summary>
    /// <param name="operation">Without errors, and a subscription.</param>
    /// <param name="context">
    /// The stream's own, to be kept until the stream is disposed of: its services are the source's. Its time limit holds for opening the source and not for the stream.
    /// </param>
    /// <returns>To be disposed of. With errors there is no stream: they are the answer.</returns>
    /// <exception cref="OperationCanceledException">Nobody waits any more.</exception>
    public async ValueTask<ResponseStream> Subscribe(BoundOperation operation, RequestContext context)
    {
        var field = RootFieldOf(operation);
        var run = operation.Plan!.Rent();
        try
        {
            run.Begin(context, operation.Variables, options.Execution);
            var source = await ((ISourceBinding)field.Binding!).Create(run, field);
            context.LiftTimeLimit();
            return source is null ? new ResponseStream(run.Errors()) : new ResponseStream(this, operation, source, context);
        }
        finally
        {
            operation.Plan.Return(run);
        }
    }

    /// <returns>Why the stream ends here; empty if it goes on.</returns>
    internal async ValueTask<IReadOnlyList<GraphQLError>> ExecuteEvent(BoundOperation operation, SourceStream source, RequestContext context, Utf8Writer writer)
    {
        var field = RootFieldOf(operation);
        var run = operation.Plan!.Rent();
        try
        {
            run.Begin(context, operation.Variables, options.Execution);
            run.Source = source;
            run.Cost = operation.Price;
            if (await RefusalOf(field, run) is { } refusal)
            {
                return [refusal];
            }

            await run.Execute();
            var isWhole = Write(run, writer) && !run.HasErrors;
            context.Report?.End(isWhole ? ResponseKind.Data : ResponseKind.DataAndErrors);
            return [];
        }
        finally
        {
            operation.Plan.Return(run);
        }
    }

    /// <summary>What the client is told of a source that failed.</summary>
    internal IReadOnlyList<GraphQLError> ErrorsOf(Exception exception, BoundOperation operation, RequestContext context)
    {
        var field = RootFieldOf(operation);
        return [Run.AtRoot(field, Run.ErrorOf(exception, field.Definition, context, options.Execution))];
    }

    private static async ValueTask<GraphQLError?> RefusalOf(PlanField field, Run run)
    {
        try
        {
            return await ((ISourceBinding)field.Binding!).Refusal(run.Context) is { } refusal ? Run.AtRoot(field, refusal) : null;
        }
        catch (Exception exception) when (!run.IsCancellation(exception))
        {
            return Run.AtRoot(field, run.ErrorOf(exception, field.Definition));
        }
    }

    private static PlanField RootFieldOf(BoundOperation operation) => operation.Plan is { IsSubscription: true } plan
        ? plan.Root.Fields[0]
        : throw new InvalidOperationException("The operation is no subscription.");
}
