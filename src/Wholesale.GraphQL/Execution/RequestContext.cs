using Wholesale.GraphQL.Http;

namespace Wholesale.GraphQL.Execution;

/// <summary>One request, as resolvers, parameter providers and guards see it. Its fields run one after another: nothing in here is shared between threads.</summary>
public sealed class RequestContext : IDisposable
{
    private readonly CancellationToken aborted;
    private readonly TimeProvider clock;
    private readonly long start;
    private bool hasTimeLimit;
    private CancellationTokenSource? time;
    private CancellationTokenRegistration whenAborted;

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
        this.clock = clock;
        start = clock.GetTimestamp();
        hasTimeLimit = client.Limits.Timeout != Timeout.InfiniteTimeSpan;
    }

    /// <summary>The request's own service scope.</summary>
    public IServiceProvider Services { get; }

    /// <summary>Who asks, with its limits.</summary>
    public Client Client { get; }

    /// <summary>The host's word for who asks; null where the host gave none.</summary>
    public object? Caller => Client.Caller;

    /// <summary>Cancelled when the client is gone or time is up.</summary>
    public CancellationToken Cancellation => time is not null ? time.Token : hasTimeLimit ? StartTimer().Token : aborted;

    /// <summary>
    /// What the operation that this request executes has cost so far, by what was in fact resolved; 0 before, and in a schema without costs. An operation that is
    /// executed again begins anew.
    /// </summary>
    public long ActualCost => Weight.RoundUp(MeasuredCost);

    /// <summary>The same in thousandths: see <see cref="Weight"/>.</summary>
    internal long MeasuredCost { get; set; }

    /// <summary>Of an operation that is watched.</summary>
    internal OperationReport? Report { get; init; }

    /// <summary>Whether nobody waits for the response any more.</summary>
    internal bool IsAborted => aborted.IsCancellationRequested;

    /// <summary>Whether time is up while the client still waits: it gets a response that says so.</summary>
    internal bool IsTimedOut => !IsAborted && (time is null ? IsTimeUp : time.IsCancellationRequested);

    /// <inheritdoc/>
    public void Dispose()
    {
        whenAborted.Dispose();
        time?.Dispose();
    }

    /// <summary>From now on it may take as long as it takes.</summary>
    internal void LiftTimeLimit()
    {
        hasTimeLimit = false;
        time?.CancelAfter(Timeout.InfiniteTimeSpan);
    }

    internal void ThrowIfAborted() => aborted.ThrowIfCancellationRequested();

    /// <summary>Before a resolver is called.</summary>
    internal void ThrowIfAbortedOrTimedOut()
    {
        ThrowIfAborted();
        if (IsTimedOut)
        {
            throw new OperationCanceledException();
        }
    }

    private bool IsTimeUp => hasTimeLimit && clock.GetElapsedTime(start) >= Client.Limits.Timeout;

    /// <summary>Only what waits needs a timer, and most requests do not: what has its data in memory looks at the clock.</summary>
    private CancellationTokenSource StartTimer()
    {
        var left = Client.Limits.Timeout - clock.GetElapsedTime(start);
        time = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, clock);
        whenAborted = aborted.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), time);
        return time;
    }
}
