using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Wholesale.GraphQL.Execution;

namespace Wholesale.GraphQL.Http;

/// <summary>Runs the operations of one client's streams: service scopes, time limits and places at the gate, whatever the transport.</summary>
internal sealed class StreamedOperation(GraphQLExecutor executor, EndpointOptions options, HttpContext http, Client client)
{
    /// <summary>Subscribes, and hands on one response after the other.</summary>
    /// <param name="operation">A subscription without errors.</param>
    /// <param name="opened">Told when the source is open: nothing is missed from here on.</param>
    /// <param name="next">Takes a response, valid until it returns; the next event waits for it.</param>
    /// <param name="aborted">Unsubscribes.</param>
    /// <returns>Why the stream ended before its source did, or never began; empty otherwise.</returns>
    /// <exception cref="OperationCanceledException">It was unsubscribed from.</exception>
    public async Task<IReadOnlyList<GraphQLError>> Subscribe(
        BoundOperation operation, Action opened, Func<Utf8Writer, ValueTask> next, CancellationToken aborted)
    {
        await using var scope = NewScope();
        ResponseStream? stream = null;
        RequestContext? context = null;
        try
        {
            await options.Gate.EnterEvent(aborted);
            try
            {
                context = new RequestContext(scope.ServiceProvider, client, options.Time, aborted);
                stream = await executor.Subscribe(operation, context);
            }
            finally
            {
                options.Gate.LeaveEvent();
            }

            if (stream.Errors.Count == 0)
            {
                opened();
            }

            while (await stream.MoveNext() && await Execute(operation, stream, next, aborted))
            {
            }

            return stream.Errors;
        }
        finally
        {
            if (stream is not null)
            {
                await stream.DisposeAsync();
            }

            context?.Dispose();
        }
    }

    /// <summary>Executes a query or mutation in a scope of its own.</summary>
    /// <returns>False: the server is too busy, and nothing was done.</returns>
    /// <exception cref="OperationCanceledException">Nobody waits for it any more.</exception>
    public async Task<bool> Execute(Func<RequestContext, ValueTask> execute, CancellationToken aborted)
    {
        using var watched = options.Begin(http, client, OperationTransport.WebSocket, aborted, out var report);
        await using var scope = NewScope();
        using var context = new RequestContext(scope.ServiceProvider, client, options.Time, aborted) { Report = report };
        if (!await options.Gate.MayEnter(context))
        {
            report?.Refuse(ErrorCodes.Overloaded);
            return false;
        }

        try
        {
            await execute(context);
            return true;
        }
        finally
        {
            options.Gate.Leave();
        }
    }

    /// <summary>One event: is paid for and waits for a place first, so that its time runs only while it is executed.</summary>
    private async Task<bool> Execute(BoundOperation operation, ResponseStream stream, Func<Utf8Writer, ValueTask> next, CancellationToken aborted)
    {
        using var writer = new Utf8Writer(1024);
        if (!await Execute(operation, stream, writer, aborted))
        {
            return false;
        }

        aborted.ThrowIfCancellationRequested();
        await next(writer);
        return true;
    }

    /// <returns>False: the stream has ended.</returns>
    private async Task<bool> Execute(BoundOperation operation, ResponseStream stream, Utf8Writer writer, CancellationToken aborted)
    {
        using var watched = options.Begin(http, client, OperationTransport.Event, aborted, out var report);
        report?.Plan = operation.Plan;
        var charge = await Charge(operation, aborted);
        long? actual = null;
        try
        {
            await options.Gate.EnterEvent(aborted);
            try
            {
                await using var scope = NewScope();
                using var context = new RequestContext(scope.ServiceProvider, client, options.Time, aborted) { Report = report };
                var goesOn = await stream.Execute(context, writer);
                actual = context.ActualCost;
                if (!goesOn)
                {
                    report?.Refuse(stream.Errors[0].Code);
                }

                return goesOn;
            }
            finally
            {
                options.Gate.LeaveEvent();
            }
        }
        finally
        {
            var cost = charge.Settle(actual);
            report?.Cost = cost;
        }
    }

    /// <summary>A stream must not miss an event: one that its account cannot pay for waits until it can.</summary>
    private async ValueTask<CostCharge> Charge(BoundOperation operation, CancellationToken aborted)
    {
        while (true)
        {
            var charge = options.Costs.Charge(client, operation);
            if (!charge.IsRefused)
            {
                return charge;
            }

            await Task.Delay(TimeSpan.FromSeconds(charge.RetryAfterSeconds), options.Time, aborted);
        }
    }

    private AsyncServiceScope NewScope()
    {
        var scope = http.RequestServices.GetRequiredService<IServiceScopeFactory>().CreateAsyncScope();
        options.NewScope?.Invoke(http, scope.ServiceProvider);
        return scope;
    }
}
