using System.Collections.Concurrent;
using System.Threading.Channels;
using Wholesale.Platform.Caching;

namespace Wholesale.Pricing;

/// <summary>
/// Price lists in the Redis that all nodes share, so that of all nodes one reads a list from the database. A key names one content for ever and is never
/// overwritten: <c>pricelist:{id}:v{version}:{revision}:{content}</c> is the list, <c>pricelayer:{hash}:{n}</c> a piece of a large layer. Whatever is missing, late or
/// damaged is as if it had never been there. Thread-safe; one a process.
/// </summary>
public sealed class SharedPriceLists : BackgroundService
{
    /// <summary>How long a list stays behind the last time that a node loaded it.</summary>
    internal static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    /// <summary>How long a version stays behind which there is another.</summary>
    internal static readonly TimeSpan FormerLifetime = TimeSpan.FromMinutes(10);

    /// <summary>How large a piece of a layer is: what a call moves within a few milliseconds, and others wait for.</summary>
    internal const int PieceSize = 512 * 1024;

    /// <summary>A list of more bytes is not shared.</summary>
    private const long Largest = 1L << 30;

    /// <summary>Nor is one of which a value, that holds what it says of quantities, has more.</summary>
    private const int LargestValue = 1 << 20;

    /// <summary>Pieces that are read at the same time.</summary>
    private const int AtOnce = 4;

    /// <summary>How long it is believed that a layer is still there that was written: it may be driven out.</summary>
    private const int BelievedMilliseconds = 3_600_000;

    private const int MostWritten = 10_000;

    private const string Cache = "price_lists";

    private readonly Redis redis;
    private readonly ILogger<SharedPriceLists> log;

    private readonly Lock sync = new();

    /// <summary>Lists that wait to be written, the last version of each, and in which order.</summary>
    private readonly Dictionary<long, CompiledPriceList> waiting = [];
    private readonly Channel<long> order = Channel.CreateUnbounded<long>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Layers that this process has written lately, and when.</summary>
    private readonly ConcurrentDictionary<UInt128, long> written = new();

    /// <summary>Under which key this process has last written a list.</summary>
    private readonly Dictionary<long, string> lastKeys = [];
    private TaskCompletionSource kept = new();

    /// <summary>Begins with the host.</summary>
    public SharedPriceLists(Redis redis, ILogger<SharedPriceLists> log)
    {
        this.redis = redis;
        this.log = log;
        redis.Restored += written.Clear; // it may have begun anew
    }

    /// <summary>Whether asking is worth while.</summary>
    public bool IsAvailable => redis.IsAvailable;

    /// <summary>How long a call may take.</summary>
    internal TimeSpan Deadline => redis.Deadline;

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
    internal async Task<CompiledPriceList?> Fetch(PriceListParts parts, CancellationToken cancellation)
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
        if (!IsAvailable || list.Bytes > Largest || list.Content is null)
        {
            return;
        }

        lock (sync)
        {
            if (waiting.Count == 0)
            {
                kept = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            if (!waiting.TryGetValue(list.PriceListId, out var other))
            {
                order.Writer.TryWrite(list.PriceListId);
            }

            waiting[list.PriceListId] = other?.Version > list.Version ? other : list;
        }
    }

    /// <summary>Waits until nothing waits to be written.</summary>
    internal Task WhenKept()
    {
        lock (sync)
        {
            return waiting.Count == 0 ? Task.CompletedTask : kept.Task;
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var id in order.Reader.ReadAllAsync(stoppingToken))
        {
            CompiledPriceList list;
            lock (sync)
            {
                list = waiting[id];
            }

            try
            {
                await Write(list, stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogError(exception, "The price list {PriceListId} could not be written into Redis.", id);
            }

            Written(list);
        }
    }

    /// <summary>A list does not wait any more, unless another version of it has come meanwhile.</summary>
    private void Written(CompiledPriceList list)
    {
        lock (sync)
        {
            if (waiting[list.PriceListId] != list)
            {
                order.Writer.TryWrite(list.PriceListId);
                return;
            }

            waiting.Remove(list.PriceListId);
            if (waiting.Count == 0)
            {
                kept.TrySetResult();
            }
        }
    }

    private static string KeyOf(PriceListState state) => KeyOf(state.Id, state.PriceVersion, state.Content);

    private static string KeyOf(long id, long version, PriceListContent content) =>
        FormattableString.Invariant($"{Blob.Format}:pricelist:{id}:v{version}:{content.Revision}:{content.Id}");

    private static string KeyOf(UInt128 hash, long piece) => FormattableString.Invariant($"{Blob.Format}:pricelayer:{hash:x32}:{piece}");

    private static long Pieces(PriceColumnsShape shape) => (shape.Bytes + PieceSize - 1) / PieceSize;

    /// <summary>Reads the pieces of a layer, some at the same time.</summary>
    private async ValueTask<PriceColumns?> Fetch(PriceListLayer layer, CancellationToken cancellation)
    {
        var filling = new PriceColumns.Filling(layer.Shape);
        var pieces = Pieces(layer.Shape);
        var buffers = Enumerable.Range(0, (int)Math.Min(AtOnce, pieces)).Select(_ => new byte[PieceSize]).ToArray();
        for (var first = 0L; first < pieces; first += AtOnce)
        {
            cancellation.ThrowIfCancellationRequested();
            var targets = buffers.Take((int)(pieces - first)).Select((buffer, i) => buffer.AsMemory(0, SizeOf(layer.Shape, first + i))).ToArray();
            var read = await Task.WhenAll(targets.Select((target, i) => redis.Read(KeyOf(layer.Hash, first + i), target).AsTask()));
            if (read.Contains(false))
            {
                await Remove(layer);
                return null;
            }

            if (read.Contains(null))
            {
                written.TryRemove(layer.Hash, out _); // whoever reads the list from the database writes it again
                return null;
            }

            for (var i = 0; i < targets.Length; i++)
            {
                filling.Put((first + i) * PieceSize, targets[i]);
            }
        }

        if (filling.End(layer.Hash) is { } columns)
        {
            return columns;
        }

        await Remove(layer);
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

        var key = KeyOf(list.PriceListId, list.Version, list.Content!.Value);
        if (!await redis.Extend(key, Lifetime))
        {
            var value = PriceListBlob.Write(list);
            if (value.Length > LargestValue || !await redis.Set(key, value, Lifetime, onlyIfAbsent: true))
            {
                return;
            }
        }

        // Of a list that is edited again and again not all versions are to stay for days.
        if (lastKeys.TryGetValue(list.PriceListId, out var former) && former != key)
        {
            await redis.Extend(former, FormerLifetime);
        }

        if (lastKeys.Count >= MostWritten)
        {
            lastKeys.Clear();
        }

        lastKeys[list.PriceListId] = key;
    }

    /// <summary>Writes a layer, or has it live on if it is there.</summary>
    private async ValueTask<bool> Write(PriceColumns layer, CancellationToken cancellation)
    {
        var now = Environment.TickCount64;
        if (written.TryGetValue(layer.Hash, out var before) && now - before < BelievedMilliseconds)
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

    private ValueTask Remove(PriceListLayer layer)
    {
        written.TryRemove(layer.Hash, out _);
        return Remove([.. Enumerable.Range(0, (int)Pieces(layer.Shape)).Select(piece => KeyOf(layer.Hash, piece))]);
    }

    private async ValueTask Remove(IReadOnlyList<string> keys)
    {
        CacheMetrics.Corrupt(Cache);
        log.LogWarning("What Redis has as {Key} is not what was written, and is removed.", keys[0]);
        await redis.Delete(keys);
    }
}
