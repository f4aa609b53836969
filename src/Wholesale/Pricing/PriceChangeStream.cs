using Wholesale.Companies;
using Wholesale.Platform;
using Wholesale.Platform.Events;

namespace Wholesale.Pricing;

/// <summary>
/// The price changes of one caller, page by page, each page in a scope of its own: nothing is held open while its reader takes its time. Never ends by itself.
/// To be read by one reader, once.
/// </summary>
internal sealed class PriceChangeStream(
    PriceChangeStreamRequest request, PriceChangeWatch watch, PriceChangeStreams streams, IServiceScopeFactory scopes, CommittedEvents committed, Clock clock)
    : IAsyncEnumerable<Connection<PriceChange>>, IAsyncEnumerator<Connection<PriceChange>>
{
    /// <summary>From one comparison to the next, so that what happens in quick succession is told together.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(250);

    /// <summary>After this a client is given a newer cursor, although nothing has changed for it.</summary>
    public static readonly TimeSpan LongestSilence = TimeSpan.FromHours(1);

    private readonly int past = committed.Past;
    private string? cursor = request.After;
    private Connection<PriceChange>? first;

    /// <summary>Whether the last page was told and is not the last of its turn.</summary>
    private bool isWithinTurn;

    /// <summary>Whether there is more to compare already.</summary>
    private bool goesOn;
    private long comparedAt;
    private long toldAt = clock.TimeProvider.GetTimestamp();
    private CancellationToken cancellation;

    /// <inheritdoc/>
    public Connection<PriceChange> Current { get; private set; } = null!;

    /// <summary>
    /// Reads the first page. Not in line with other streams: who opens one has a place among the requests meanwhile, as whoever asks <c>priceChanges</c> has.
    /// </summary>
    public async ValueTask Begin(CancellationToken opening)
    {
        var page = await ReadInTime(opening);
        isWithinTurn = request.After is { } after && PriceChangeCursor.Parse(after).To is not null;
        first = request.After is null || IsToBeTold(page) ? page : null;
    }

    /// <inheritdoc/>
    public IAsyncEnumerator<Connection<PriceChange>> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        cancellation = cancellationToken;
        return this;
    }

    /// <inheritdoc/>
    public async ValueTask<bool> MoveNextAsync()
    {
        var page = first;
        first = null;
        while (page is null)
        {
            if (!goesOn)
            {
                await SomethingToCompare();
            }

            page = await Compare(cancellation);
            page = IsToBeTold(page) ? page : null;
        }

        isWithinTurn = page.PageInfo.HasNextPage;
        toldAt = clock.TimeProvider.GetTimestamp();
        Current = page;
        return true;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        watch.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>A turn that was told of in part is ended, so that the reader knows that its copy is of one moment.</summary>
    private bool IsToBeTold(Connection<PriceChange> page) =>
        page.Edges.Count > 0 || (!page.PageInfo.HasNextPage && (isWithinTurn || clock.TimeProvider.GetElapsedTime(toldAt) >= LongestSilence));

    private async ValueTask SomethingToCompare()
    {
        var silence = LongestSilence - clock.TimeProvider.GetElapsedTime(toldAt);
        var left = watch.Again - clock.UtcNow is { } skew && skew < silence ? skew : silence;
        try
        {
            await watch.News.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, clock.TimeProvider, cancellation);
        }
        catch (TimeoutException)
        {
            // There is nothing new but the time.
        }

        var rest = Rest - clock.TimeProvider.GetElapsedTime(comparedAt);
        if (rest > TimeSpan.Zero)
        {
            await Task.Delay(rest, clock.TimeProvider, cancellation);
        }
    }

    private ValueTask<Connection<PriceChange>> Compare(CancellationToken ending) => streams.InTurn(() => ReadInTime(ending), ending);

    private async ValueTask<Connection<PriceChange>> ReadInTime(CancellationToken ending)
    {
        using var late = new CancellationTokenSource(request.Timeout, clock.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ending, late.Token);
        try
        {
            return await ReadPage(either.Token);
        }
        catch (Exception) when (late.IsCancellationRequested && !ending.IsCancellationRequested)
        {
            throw PricingErrors.PageTookTooLong(request.Timeout); // whatever the driver calls it
        }
    }

    private async ValueTask<Connection<PriceChange>> ReadPage(CancellationToken stopping)
    {
        await using var scope = scopes.CreateAsyncScope();
        watch.Begin();
        var caller = await scope.ServiceProvider.GetRequiredService<Callers>()
            .Of(scope.ServiceProvider.GetRequiredService<WholesaleDb>(), request.Principal, stopping);
        var (page, interest, isOfEarlier) = await scope.ServiceProvider.GetRequiredService<PriceChangeFeed>()
            .Watch(cursor, request.First, request.Skus, caller, stopping);
        watch.Done(interest);
        if (committed.Past != past)
        {
            throw PricingErrors.SnapshotRequired();
        }

        cursor = page.PageInfo.EndCursor;
        comparedAt = clock.TimeProvider.GetTimestamp();
        goesOn = page.PageInfo.HasNextPage || isOfEarlier;
        return page;
    }
}
