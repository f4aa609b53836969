using Wholesale.Catalog;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using Wholesale.Platform.Events;

namespace Wholesale.Pricing;

/// <summary>What a stream of price changes is asked for.</summary>
/// <param name="Principal">Whose prices; what it is in its company is found anew for each page.</param>
/// <param name="After">Where to go on; null: from now on.</param>
/// <param name="Skus">Only variants with these; null: all.</param>
/// <param name="First">How many changes a page has at most.</param>
/// <param name="Timeout">How long a page may take.</param>
public sealed record PriceChangeStreamRequest(Principal Principal, string? After, IReadOnlyList<string>? Skus, int First, TimeSpan Timeout);

/// <summary>
/// Tells callers as their prices change. Each stream keeps in memory what its prices hang on, and reads the database only where something happened that
/// concerns them, on whatever node: events say what, but of publication, which begins and ends without any and is looked for once a second by one statement
/// while streams are open. However many streams there are, a few compare prices at once and the others wait in line, so that requests are answered meanwhile.
/// Thread-safe; one a process.
/// </summary>
public sealed class PriceChangeStreams : BackgroundService
{
    /// <summary>How many SKUs one stream may name.</summary>
    public const int MaximumSkus = 250;

    /// <summary>How many streams compare prices at once.</summary>
    internal const int MaximumComparing = 4;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly IServiceScopeFactory scopes;
    private readonly CommittedEvents committed;
    private readonly Clock clock;
    private readonly ILogger<PriceChangeStreams> log;
    private readonly SemaphoreSlim turns = new(MaximumComparing, MaximumComparing);
    private readonly PeriodicTimer timer;
    private readonly Lock sync = new();
    private readonly HashSet<PriceChangeWatch> watches = [];
    private DateTime latest = DateTime.MinValue;
    private DateTime lookedAt;
    private long comparisons;

    /// <summary>Begins to listen.</summary>
    public PriceChangeStreams(IServiceScopeFactory scopes, CommittedEvents committed, Clock clock, ILogger<PriceChangeStreams> log)
    {
        (this.scopes, this.committed, this.clock, this.log) = (scopes, committed, clock, log);
        lookedAt = clock.UtcNow;
        timer = new(Interval, clock.TimeProvider);
        committed.Subscribe(Hear, MarkAll);
    }

    /// <summary>Opens a stream. Where it begins is decided, and read, before it is handed out.</summary>
    /// <exception cref="GraphQLException">
    /// INVALID_PAGE_SIZE. INVALID_VALUE, TOO_MANY_ROWS: no SKUs, or too many. INVALID_CURSOR. SNAPSHOT_REQUIRED. The last one also ends a stream later.
    /// </exception>
    public async ValueTask<IAsyncEnumerable<Connection<PriceChange>>> Open(PriceChangeStreamRequest request, CancellationToken cancellation)
    {
        Page.CheckSize(request.First, PriceChangeFeed.MaximumSize);
        switch (request.Skus?.Count)
        {
            case 0:
                throw PricingErrors.NoSkus();
            case > MaximumSkus:
                throw PricingErrors.TooManySkus(request.Skus.Count);
        }

        var stream = new PriceChangeStream(request, Watch(), this, scopes, committed, clock);
        try
        {
            await stream.Begin(cancellation);
            return stream;
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    /// <summary>How often prices were compared.</summary>
    internal long Comparisons => Interlocked.Read(ref comparisons);

    /// <summary>Compares prices when it is its turn: those who came first go first.</summary>
    internal async ValueTask<T> InTurn<T>(Func<ValueTask<T>> compare, CancellationToken cancellation)
    {
        await turns.WaitAsync(cancellation);
        try
        {
            Interlocked.Increment(ref comparisons);
            return await compare();
        }
        finally
        {
            turns.Release();
        }
    }

    /// <summary>A new watch, which hears of all that happens from now on.</summary>
    internal PriceChangeWatch Watch()
    {
        lock (sync)
        {
            var watch = new PriceChangeWatch(latest, Forget);
            watches.Add(watch);
            return watch;
        }
    }

    /// <summary>Looks whether anything began or ended to be published.</summary>
    internal async Task Look(CancellationToken cancellation)
    {
        var (since, now) = (lookedAt, clock.UtcNow);
        lock (sync)
        {
            if (watches.Count == 0)
            {
                lookedAt = now;
                return;
            }
        }

        await using var scope = scopes.CreateAsyncScope();
        if (now < since || await FormerListings.HaveTurned(scope.ServiceProvider.GetRequiredService<WholesaleDb>(), since, now, cancellation))
        {
            MarkAll();
        }

        lookedAt = now;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        timer.Dispose();
        turns.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Look(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                log.LogError(exception, "What was published by time could not be looked up; the next try is in a second.");
            }
        }
    }

    private void Hear(IReadOnlyList<Event> events)
    {
        lock (sync)
        {
            foreach (var happened in events)
            {
                latest = happened.At > latest ? happened.At : latest;
                if (watches.Count > 0 && PriceInterest.ConcernedBy(happened) is { } concerned)
                {
                    foreach (var watch in watches)
                    {
                        watch.Hear(happened, concerned);
                    }
                }
            }
        }
    }

    private void MarkAll()
    {
        lock (sync)
        {
            foreach (var watch in watches)
            {
                watch.Mark();
            }
        }
    }

    private void Forget(PriceChangeWatch watch)
    {
        lock (sync)
        {
            watches.Remove(watch);
        }
    }
}
