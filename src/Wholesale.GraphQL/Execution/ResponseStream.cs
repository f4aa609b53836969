namespace Wholesale.GraphQL.Execution;

/// <summary>
/// Section 6.2.3.2 "Response Stream": the answers to a subscription, one an event. Read by one reader: <see cref="MoveNext"/> waits for an event,
/// <see cref="Execute"/> answers it. Disposing of it is section 6.2.3.3 Unsubscribe(); a reader that waits is first let go by the context's token, which a source
/// must heed.
/// </summary>
public sealed class ResponseStream : IAsyncDisposable
{
    private readonly GraphQLExecutor? executor;
    private readonly BoundOperation? operation;
    private readonly SourceStream? source;
    private readonly RequestContext? context;
    private bool isEnded;

    internal ResponseStream(IReadOnlyList<GraphQLError> errors)
    {
        Errors = errors;
        isEnded = true;
    }

    internal ResponseStream(GraphQLExecutor executor, BoundOperation operation, SourceStream source, RequestContext context) =>
        (this.executor, this.operation, this.source, this.context) = (executor, operation, source, context);

    /// <summary>Why there is no stream, or why it ended before its source did; empty otherwise. They are the client's last answer.</summary>
    public IReadOnlyList<GraphQLError> Errors { get; private set; } = [];

    /// <summary>Waits for the next event, for as long as it takes.</summary>
    /// <returns>False: there are no more; <see cref="Errors"/> tell whether something went wrong.</returns>
    /// <exception cref="OperationCanceledException">Nobody waits any more.</exception>
    public async ValueTask<bool> MoveNext()
    {
        if (isEnded)
        {
            return false;
        }

        try
        {
            isEnded = !await source!.MoveNext();
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !context!.IsAborted)
        {
            Errors = executor!.ErrorsOf(exception, operation!, context!);
            isEnded = true;
        }

        return !isEnded;
    }

    /// <summary>
    /// Section 6.2.3.2 ExecuteSubscriptionEvent(): runs the selections on the event that <see cref="MoveNext"/> found. A caller that may not subscribe any more is
    /// told so, and the stream ends.
    /// </summary>
    /// <param name="eventContext">The event's own: its services, its time limit.</param>
    /// <param name="writer">Gets the response; nothing if the stream ends by <see cref="Errors"/>.</param>
    /// <returns>False: the stream has ended.</returns>
    public async ValueTask<bool> Execute(RequestContext eventContext, Utf8Writer writer)
    {
        Errors = await executor!.ExecuteEvent(operation!, source!, eventContext, writer);
        isEnded = Errors.Count > 0;
        return !isEnded;
    }

    /// <summary>Ends the source. One that fails to end is told to the host.</summary>
    public async ValueTask DisposeAsync()
    {
        isEnded = true;
        if (source is null)
        {
            return;
        }

        try
        {
            await source.DisposeAsync();
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !context!.IsAborted)
        {
            _ = executor!.ErrorsOf(exception, operation!, context!);
        }
    }
}
