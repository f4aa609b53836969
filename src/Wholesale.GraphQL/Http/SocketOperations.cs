using Microsoft.AspNetCore.Http;
using Wholesale.GraphQL.Execution;
using Wholesale.GraphQL.Language;

namespace Wholesale.GraphQL.Http;

/// <summary>The operations that run on one socket, by their ids. Thread-safe.</summary>
/// <param name="outbox">Takes what the client is to be told.</param>
/// <param name="fail">Told when an operation met what nothing is prepared for.</param>
internal sealed class SocketOperations(
    GraphQLExecutor executor, EndpointOptions options, HttpContext http, Client client, Outbox outbox, Action fail)
{
    // One that was completed by its client may need a moment to end: it is not counted any more, but twice as many never run.
    private readonly Dictionary<string, CancellationTokenSource> named = [];
    private readonly HashSet<Task> running = [];
    private readonly Lock sync = new();
    private readonly StreamedOperation streamed = new(executor, options, http, client);
    private bool isStopped;

    private int Maximum => client.Limits.MaxOperationsPerSocket;

    /// <summary>Starts an operation, or tells the client that it has too many.</summary>
    /// <returns>False: the id is another one's.</returns>
    public bool TryStart(string id, GraphQLRequest request)
    {
        lock (sync)
        {
            if (named.ContainsKey(id))
            {
                return false;
            }

            if (isStopped)
            {
                return true;
            }

            if (named.Count >= Maximum || running.Count / 2 >= Maximum)
            {
                outbox.Post(SocketMessage.Error(id, [new GraphQLError($"At most {Maximum} operations run at once on a socket.") { Code = ErrorCodes.TooManyStreams }]));
                return true;
            }

            var stop = new CancellationTokenSource();
            named.Add(id, stop);
            var task = Task.Run(() => Run(id, request, stop));
            running.Add(task);
            _ = task.ContinueWith(Ended, CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
            return true;
        }
    }

    /// <summary>The client wants no more of an operation, whose id is free from now on. One that has ended already is none.</summary>
    public void Complete(string id)
    {
        lock (sync)
        {
            if (named.Remove(id, out var stop))
            {
                _ = stop.CancelAsync();
            }
        }
    }

    /// <summary>Stops all operations, and starts no more.</summary>
    public void Stop()
    {
        lock (sync)
        {
            isStopped = true;
            foreach (var stop in named.Values)
            {
                _ = stop.CancelAsync();
            }

            named.Clear();
        }
    }

    /// <summary>Waits until all have ended; throws what one met that nothing is prepared for.</summary>
    public Task WhenEnded()
    {
        lock (sync)
        {
            return Task.WhenAll(running);
        }
    }

    private void Ended(Task task)
    {
        lock (sync)
        {
            running.Remove(task);
        }
    }

    private async Task Run(string id, GraphQLRequest request, CancellationTokenSource stop)
    {
        try
        {
            var errors = await Answer(id, request, stop.Token);
            if (TryFree(id, stop))
            {
                outbox.Post(errors.Count > 0 ? SocketMessage.Error(id, errors) : SocketMessage.Completed(id));
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The client wants no more of it.
        }
        catch
        {
            fail();
            throw;
        }
    }

    /// <summary>Frees the id before the client hears of the end, so that it can be used again at once.</summary>
    private bool TryFree(string id, CancellationTokenSource stop)
    {
        lock (sync)
        {
            return named.TryGetValue(id, out var current) && current == stop && named.Remove(id);
        }
    }

    /// <returns>Why it ends with an <c>error</c>; empty if it is complete.</returns>
    private async Task<IReadOnlyList<GraphQLError>> Answer(string id, GraphQLRequest request, CancellationToken stop)
    {
        using var writer = new Utf8Writer();
        IReadOnlyList<GraphQLError> errors = [];
        BoundOperation? subscription = null;
        var isExecuted = await streamed.Execute(async context => (errors, subscription) = await Execute(id, request, context, writer), stop);
        if (!isExecuted)
        {
            return [new GraphQLError("The server is busy: try again in a second.") { Code = ErrorCodes.Overloaded }];
        }

        if (errors.Count > 0)
        {
            return errors;
        }

        if (subscription is not null)
        {
            return await streamed.Subscribe(subscription, opened: () => { }, response => outbox.Add(Next(id, response), stop), stop);
        }

        await outbox.Send(writer.Written);
        return [];
    }

    /// <summary>Executes a query or mutation into the writer; of a subscription, only binds it.</summary>
    private async ValueTask<(IReadOnlyList<GraphQLError> Errors, BoundOperation? Subscription)> Execute(
        string id, GraphQLRequest request, RequestContext context, Utf8Writer writer)
    {
        var (operation, _) = await PersistedDocuments.Prepare(executor, options.PersistedDocuments, request, context);
        context.Report?.Found(operation);
        if (operation.Errors.Count > 0)
        {
            return (operation.Errors, null);
        }

        if (request.TryReadVariables(client.Limits.MaxNesting, out var variables) is { } problem)
        {
            return ([new GraphQLError(problem) { Code = ErrorCodes.BadRequest }], null);
        }

        using var disposing = variables;
        var bound = executor.Bind(operation, variables?.RootElement ?? default, client.Limits);
        if (bound.Errors.Count > 0)
        {
            context.Report?.Refuse(bound.Errors[0].Code);
            return (bound.Errors, null);
        }

        if (operation.Type == OperationType.Subscription)
        {
            context.Report?.End(OperationOutcome.Subscribed);
            return ([], bound);
        }

        var charge = options.Costs.Charge(client, bound);
        if (charge.IsRefused)
        {
            context.Report?.Refuse(ErrorCodes.RateLimited);
            return ([charge.Refusal], null);
        }

        context.Report?.End(OperationOutcome.Failed);
        try
        {
            SocketMessage.BeginNext(id, writer);
            var kind = await executor.Execute(bound, context, writer);
            context.Report?.End(kind);
            writer.Raw((byte)'}');
            return ([], null);
        }
        finally
        {
            var cost = charge.Settle(context.ActualCost);
            context.Report?.Cost = cost;
        }
    }

    private static byte[] Next(string id, Utf8Writer response)
    {
        using var writer = new Utf8Writer(response.Length + 256);
        SocketMessage.BeginNext(id, writer);
        writer.Raw(response.Written.Span);
        writer.Raw((byte)'}');
        return writer.Written.ToArray();
    }
}
