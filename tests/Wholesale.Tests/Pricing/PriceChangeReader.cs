using Wholesale.Platform;
using Wholesale.Pricing;

namespace Wholesale.Tests.Pricing;

/// <summary>Reads a stream of price changes in a shop whose clock the test moves.</summary>
internal sealed class PriceChangeReader : IAsyncDisposable
{
    private readonly ShopHost shop;
    private readonly CancellationTokenSource gone = new();
    private readonly IAsyncEnumerator<Connection<PriceChange>> stream;
    private Task<bool>? next;

    private PriceChangeReader(ShopHost shop, string? after, IAsyncEnumerable<Connection<PriceChange>> pages) =>
        (this.shop, Cursor, stream) = (shop, after, pages.GetAsyncEnumerator(gone.Token));

    /// <summary>Of the last page; before it, where the stream began.</summary>
    public string? Cursor { get; private set; }

    public static async Task<PriceChangeReader> Open(
        ShopHost shop, Principal principal, string? after = null, IReadOnlyList<string>? skus = null, int first = 250) =>
        new(shop, after, await shop.Get<PriceChangeStreams>().Open(new(principal, after, skus, first, Timeout.InfiniteTimeSpan), default));

    /// <summary>The next page, while the clock goes on in steps.</summary>
    public async Task<Connection<PriceChange>> Next()
    {
        Connection<PriceChange>? page = null;
        await Eventually.Holds(async () =>
        {
            page = await TryNext();
            if (page is null)
            {
                shop.Time.Advance(TimeSpan.FromMilliseconds(100));
            }

            return page is not null;
        });
        return page!;
    }

    /// <summary>The next page, if it is there.</summary>
    public async Task<Connection<PriceChange>?> TryNext()
    {
        next ??= stream.MoveNextAsync().AsTask();
        if (!next.IsCompleted)
        {
            return null;
        }

        Assert.True(await next);
        next = null;
        Cursor = stream.Current.PageInfo.EndCursor;
        return stream.Current;
    }

    /// <summary>As a client that goes away.</summary>
    public async ValueTask DisposeAsync()
    {
        await gone.CancelAsync();
        if (next is not null)
        {
            await next.ContinueWith(static read => read.Exception, TaskScheduler.Default);
        }

        await stream.DisposeAsync();
        gone.Dispose();
    }
}
