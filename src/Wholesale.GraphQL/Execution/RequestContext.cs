namespace Wholesale.GraphQL.Execution;

/// <summary>One request, as resolvers, parameter providers and guards see it. Its fields run one after another: nothing in here is shared between threads.</summary>
public sealed class RequestContext : IDisposable
{
    private readonly CancellationToken aborted;
    private readonly CancellationTokenSource? time;
    private readonly CancellationTokenRegistration whenAborted;

    /// <summary>A request without a time limit.</summary>
    /// <param name="services">The request's own service scope.</param>
    /// <param name="caller">The host's word for who asks; the engine only passes it on.</param>
    /// <param name="aborted">Cancelled when nobody waits for the response any more.</param>
    public RequestContext(IServiceProvider services, object? caller, CancellationToken aborted)
        : this(services, new Client { Caller = caller, Limits = RequestLimits.Unlimited }, TimeProvider.System, aborted)
    {
    }

    /// <summary>A client's request, whose time begins to run now.</summary>
    /// <param name="services">The request's own service scope.</param>
    /// <param name="client">Who asks.</param>
    /// <param name="clock">Measures <see cref="RequestLimits.Timeout"/>.</param>
    /// <param name="aborted">Cancelled when nobody waits for the response any more.</param>
    public RequestContext(IServiceProvider services, Client client, TimeProvider clock, CancellationToken aborted)
    {
        Services = services;
        Client = client;
        this.aborted = aborted;
        Cancellation = aborted;
        if (client.Limits.Timeout != Timeout.InfiniteTimeSpan)
        {
            time = new CancellationTokenSource(client.Limits.Timeout, clock);
            whenAborted = aborted.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), time);
            Cancellation = time.Token;
        }
    }

    /// <summary>The request's own service scope.</summary>
    public IServiceProvider Services { get; }

    /// <summary>Who asks, with its limits.</summary>
    public Client Client { get; }

    /// <summary>The host's word for who asks; null where the host gave none.</summary>
    public object? Caller => Client.Caller;

    /// <summary>Cancelled when the client is gone or time is up.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>Whether nobody waits for the response any more.</summary>
    internal bool IsAborted => aborted.IsCancellationRequested;

    /// <summary>Whether time is up while the client still waits: it gets a response that says so.</summary>
    internal bool IsTimedOut => Cancellation.IsCancellationRequested && !IsAborted;

    /// <inheritdoc/>
    public void Dispose()
    {
        whenAborted.Dispose();
        time?.Dispose();
    }

    internal void ThrowIfAborted() => aborted.ThrowIfCancellationRequested();
}
