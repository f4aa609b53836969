using System.Collections.Concurrent;
using System.Threading.Channels;
using Wholesale.Platform.Caching;

namespace Wholesale.Pricing;

/// <summary>
/// Price lists in the Redis that all nodes share, so that of all nodes one reads a list from the database. A key names one content for ever and is never
/// overwritten: <c>pricelist:{id}:v{version}:{content id}</c> is the list, <c>pricelayer:{hash}:{n}</c> a piece of a large layer. Whatever is missing, late or
/// damaged is as if it had never been there. Thread-safe; one a process.
/// </summary>
public sealed class SharedPriceLists : BackgroundService
{
    /// <summary>How long a list stays behind the last time that a node loaded it.</summary>
    internal static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    /// <summary>How large a piece of a layer is: what a call moves within a few milliseconds, and others wait for.</summary>
    internal const int PieceSize = 512 * 1024;

    /// <summary>A list of more bytes is not shared.</summary>
    private const long Largest = 1L << 30;

    private const int MostWritten = 10_000;

    private const string Cache = "price_lists";

    private readonly Redis redis;
    private readonly ILogger<SharedPriceLists> log;

    /// <summary>Lists that wait to be written, the last version of each, and in which order.</summary>
    private readonly ConcurrentDictionary<long, CompiledPriceList> waiting = new();
    private readonly Channel<long> order = Channel.CreateUnbounded<long>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Layers that this process has written lately, and when.</summary>
    private readonly ConcurrentDictionary<UInt128, long> written = new();
    private TaskCompletionSource? idle;

    /// <summary>Begins with the host.</summary>
    public SharedPriceLists(Redis redis, ILogger<SharedPriceLists> log)
    {
        this.redis = redis;
        this.log = log;
        redis.Restored += written.Clear; // it may have begun anew
    }

    /// <summary>Whether asking is worth while.</summary>
    public bool IsAvailable => redis.IsAvailable;

    /// <summary>Looks for lists, all at once.</summary>
    /// <param name="states">Which versions.</param>
    /// <returns>Those that are there. Of large ones, layers may have to be fetched yet.</returns>
    internal async ValueTask<IReadOnlyList<PriceListParts>> Find(IReadOnlyList<PriceListState> states)
    {
        if (states.Count == 0 || await redis.Get([.. states.Select(KeyOf)]) is not { } values)
        {
            return [];
        }

        var found = new List<PriceListParts>();
        foreach (var (value, state) in values.Zip(states))
        {
            if (value is null)
            {
                continue;
            }

            if (PriceListBlob.Read(value, state) is { } parts)
            {
                found.Add(parts);
            }
            else
            {
                await Remove([KeyOf(state)]);
            }
        }

        return found;
    }

    /// <summary>Fetches what is missing of a list.</summary>
    /// <returns>The list; null: not all of it is there.</returns>
    internal async ValueTask<CompiledPriceList?> Fetch(PriceListParts parts, CancellationToken cancellation)
    {
        var layers = new List<PriceListLayer>();
        foreach (var layer in parts.Layers)
        {
            if ((layer.Columns ?? await Fetch(layer, cancellation)) is not { } columns)
            {
                return null;
            }

            layers.Add(layer with { Columns = columns });
        }

        return (parts with { Layers = layers }).List();
    }

    /// <summary>Has a list written, or live on if it is there: in the background, and if Redis does not answer perhaps never.</summary>
    public void Keep(CompiledPriceList list)
    {
        if (IsAvailable && list.Bytes <= Largest && list.ContentId != 0)
        {
            var isNew = false;
            waiting.AddOrUpdate(
                list.PriceListId,
                _ =>
                {
                    isNew = true;
                    return list;
                },
                (_, other) => other.Version > list.Version ? other : list);
            if (isNew)
            {
                order.Writer.TryWrite(list.PriceListId);
            }
        }
    }

    /// <summary>Waits until nothing waits to be written.</summary>
    internal async Task WhenKept()
    {
        while (!waiting.IsEmpty)
        {
            var next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var other = Interlocked.CompareExchange(ref idle, next, null) ?? next;
            if (waiting.IsEmpty)
            {
                return;
            }

            await other.Task;
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var id in order.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await Write(waiting[id], stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                log.LogError(exception, "The price list {PriceListId} could not be written into Redis.", id);
            }
            finally
            {
                waiting.TryRemove(id, out _);
                Interlocked.Exchange(ref idle, null)?.TrySetResult();
            }
        }
    }

    private static string KeyOf(PriceListState state) => KeyOf(state.Id, state.PriceVersion, state.ContentId);

    private static string KeyOf(long id, long version, long contentId) => FormattableString.Invariant($"{Blob.Format}:pricelist:{id}:v{version}:{contentId}");

    private static string KeyOf(UInt128 hash, long piece) => FormattableString.Invariant($"{Blob.Format}:pricelayer:{hash:x32}:{piece}");

    private static long Pieces(PriceColumnsShape shape) => (shape.Bytes + PieceSize - 1) / PieceSize;

    private async ValueTask<PriceColumns?> Fetch(PriceListLayer layer, CancellationToken cancellation)
    {
        var filling = new PriceColumns.Filling(layer.Shape);
        var buffer = new byte[PieceSize];
        for (var piece = 0L; piece < Pieces(layer.Shape); piece++)
        {
            cancellation.ThrowIfCancellationRequested();
            var target = buffer.AsMemory(0, SizeOf(layer.Shape, piece));
            if (!await redis.Read(KeyOf(layer.Hash, piece), target))
            {
                return null;
            }

            filling.Put(piece * PieceSize, target);
        }

        if (filling.End(layer.Hash) is { } columns)
        {
            return columns;
        }

        await Remove([.. Enumerable.Range(0, (int)Pieces(layer.Shape)).Select(piece => KeyOf(layer.Hash, piece))]);
        return null;
    }

    private static int SizeOf(PriceColumnsShape shape, long piece) => (int)Math.Min(PieceSize, shape.Bytes - (piece * PieceSize));

    private async ValueTask Write(CompiledPriceList list, CancellationToken cancellation)
    {
        foreach (var layer in list.Layers.Where(layer => layer.Shape.Bytes > PriceListBlob.LargestInside))
        {
            if (!await Write(layer, cancellation))
            {
                return; // a list of which parts are missing would only be looked at in vain
            }
        }

        var key = KeyOf(list.PriceListId, list.Version, list.ContentId);
        if (!await redis.Extend(key, Lifetime))
        {
            await redis.Set(key, PriceListBlob.Write(list), Lifetime, onlyIfAbsent: true);
        }
    }

    /// <summary>Writes a layer, or has it live on if it is there.</summary>
    private async ValueTask<bool> Write(PriceColumns layer, CancellationToken cancellation)
    {
        var now = Environment.TickCount64;
        if (written.TryGetValue(layer.Hash, out var before) && now - before < Lifetime.TotalMilliseconds / 4)
        {
            return true;
        }

        var buffer = new byte[PieceSize];
        for (var piece = 0L; piece < Pieces(layer.Shape); piece++)
        {
            cancellation.ThrowIfCancellationRequested();
            var key = KeyOf(layer.Hash, piece);
            if (!await redis.Extend(key, Lifetime))
            {
                var source = buffer.AsMemory(0, SizeOf(layer.Shape, piece));
                layer.CopyTo(piece * PieceSize, source);
                if (!await redis.Set(key, source, Lifetime))
                {
                    return false;
                }
            }
        }

        if (written.Count >= MostWritten)
        {
            written.Clear();
        }

        written[layer.Hash] = now;
        return true;
    }

    private async ValueTask Remove(IReadOnlyList<string> keys)
    {
        CacheMetrics.Corrupt(Cache);
        log.LogWarning("What Redis has as {Key} is not what was written, and is removed.", keys[0]);
        await redis.Delete(keys);
    }
}
