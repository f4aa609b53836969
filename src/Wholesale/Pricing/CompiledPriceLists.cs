using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using Wholesale.Platform;
using Wholesale.Platform.Caching;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;

namespace Wholesale.Pricing;

/// <summary>
/// The price lists that this process has in memory, shared by all callers. A reader takes one reference and sees every list as it was behind one event of the
/// log; what is committed later makes lists stale, and they are brought up to date, by the rows that were touched alone, when they are next asked for. What
/// other nodes commit is seen as soon as it is told, and within two seconds even if nobody tells. A list that is not here and not small is read in the
/// background, and the database answers meanwhile.
/// Thread-safe; one a process.
/// </summary>
public sealed class CompiledPriceLists : IDisposable
{
    /// <summary>How long it is believed that no other node has changed prices.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(2);

    /// <summary>Prices, or touched variants, that a request reads itself; more are read in the background.</summary>
    public const int ReadAtOnce = 20_000;

    /// <summary>Events that are looked through; where there are more, or some are not kept any more, every list is taken for changed.</summary>
    private const int ReadEvents = 1_000;

    private readonly IServiceScopeFactory scopes;
    private readonly CommittedEvents committed;
    private readonly PriceListReading reading;
    private readonly Meter meter = new("Wholesale");
    private readonly Clock clock;
    private readonly ILogger<CompiledPriceLists> log;
    private readonly long capacity;
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly CancellationTokenSource stopping = new();
    private readonly Lock sync = new();

    /// <summary>Lists that take more than all may.</summary>
    private volatile ImmutableHashSet<long> unfit = [];

    /// <summary>What was told since the present turn began; null between turns, and where what was known was forgotten since.</summary>
    private List<Event>? marks;

    private ImmutableDictionary<long, Task> loading = ImmutableDictionary<long, Task>.Empty;
    private LoadedPriceLists root = LoadedPriceLists.None;

    /// <summary>Begins empty.</summary>
    public CompiledPriceLists(
        IServiceScopeFactory scopes,
        CommittedEvents committed,
        PriceListReading reading,
        Clock clock,
        PricingSettings settings,
        ILogger<CompiledPriceLists> log)
    {
        this.scopes = scopes;
        this.committed = committed;
        this.reading = reading;
        this.clock = clock;
        this.log = log;
        capacity = settings.MemoryMegabytes * 1024L * 1024L;
        committed.Subscribe(MarkStale, Forget);
        meter.CreateObservableGauge("wholesale.price_lists.memory", () => Bytes, "By", "What the price lists in memory take.");
        meter.CreateObservableGauge("wholesale.price_lists.rows", () => RowCount, "{price}", "How many prices are in memory.");
    }

    /// <summary>How many prices are in memory.</summary>
    public long RowCount => Volatile.Read(ref root).Lists.Values.Sum(entry => (long)entry.List.RowCount);

    /// <summary>What they take in memory.</summary>
    public long Bytes => Volatile.Read(ref root).Bytes;

    /// <summary>The lists of a book, all as of one event; null where they are not in memory yet, or do not reach back to the instant.</summary>
    /// <param name="book">Whose lists.</param>
    /// <param name="at">For which instant.</param>
    /// <param name="cancellation">Stops reading.</param>
    public async ValueTask<IReadOnlyList<CompiledPriceList>?> Of(PriceBook book, DateTime at, CancellationToken cancellation)
    {
        if (!unfit.IsEmpty && book.PriceListIds.Any(unfit.Contains))
        {
            return NotHere(book);
        }

        if (Fresh(book) is { } here)
        {
            if (Array.TrueForAll(here, list => list.CompleteFrom <= at))
            {
                CacheMetrics.LookedUp(PriceListReading.Cache, CacheLevel.Memory, here.Length);
                return here;
            }

            if (Array.TrueForAll(here, reading.HasBegun))
            {
                return NotHere(book);
            }
        }

        var lists = await BringUpToDate(book, cancellation);
        return lists is not null && Array.TrueForAll(lists, list => list.CompleteFrom <= at) ? lists : NotHere(book);
    }

    /// <summary>As <see cref="Of"/>, without waiting for anything: for who holds up others. What is not here is brought here in the background.</summary>
    public IReadOnlyList<CompiledPriceList>? Here(PriceBook book, DateTime at)
    {
        if (Fresh(book) is { } here && Array.TrueForAll(here, list => list.CompleteFrom <= at))
        {
            CacheMetrics.LookedUp(PriceListReading.Cache, CacheLevel.Memory, here.Length);
            return here;
        }

        _ = Task.Run(() => Bring(book, at), CancellationToken.None);
        return NotHere(book);
    }

    private async Task Bring(PriceBook book, DateTime at)
    {
        try
        {
            await Of(book, at, stopping.Token);
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            log.LogWarning(exception, "Price lists could not be read ahead; the next reader tries again.");
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            // The process ends.
        }
    }

    private static CompiledPriceList[]? NotHere(PriceBook book)
    {
        CacheMetrics.LookedUp(PriceListReading.Cache, CacheLevel.Database, book.PriceListIds.Count);
        return null;
    }

    /// <summary>Waits until no list is being read in the background.</summary>
    internal async Task WhenLoaded()
    {
        while (Volatile.Read(ref loading) is { IsEmpty: false } tasks)
        {
            await Task.WhenAll(tasks.Values);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        stopping.Cancel();
        stopping.Dispose();
        turn.Dispose();
        meter.Dispose();
    }

    /// <summary>The lists of a book, if all are here, none is stale, and other nodes' commits were looked for lately.</summary>
    private CompiledPriceList[]? Fresh(PriceBook book)
    {
        var lookedAt = committed.LookedAt; // before the lists: what it told is marked in them
        var seen = Volatile.Read(ref root);
        if (seen.Number < 0 || clock.TimeProvider.GetElapsedTime(Math.Max(lookedAt, seen.VerifiedAt)) >= Lifetime)
        {
            return null;
        }

        return Fresh(seen, book, Math.Max(lookedAt, seen.VerifiedAt));
    }

    /// <summary>The lists of a book, if all are here and none is stale.</summary>
    private static CompiledPriceList[]? Fresh(LoadedPriceLists seen, PriceBook book, long now)
    {
        var lists = new CompiledPriceList[book.PriceListIds.Count];
        for (var i = 0; i < lists.Length; i++)
        {
            if (!seen.Lists.TryGetValue(book.PriceListIds[i], out var entry) || entry.Fresh is not { } list)
            {
                return null;
            }

            entry.LastUsed.Value = now;
            lists[i] = list;
        }

        return lists;
    }

    /// <summary>Looks for other nodes' commits, and reads what the book lacks, if that is not much.</summary>
    private async ValueTask<CompiledPriceList[]?> BringUpToDate(PriceBook book, CancellationToken cancellation)
    {
        await TakeTurn(cancellation);
        try
        {
            if (Fresh(book) is { } meanwhile && Array.TrueForAll(meanwhile, reading.HasBegun))
            {
                return meanwhile;
            }

            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<LongReads>().Db;
            await using var snapshot = await ReadSnapshot.Begin(db, cancellation);
            var seen = await Verify(db, cancellation);
            var missing = book.PriceListIds.Where(id => seen.Lists.GetValueOrDefault(id)?.Fresh is not { } list || !reading.HasBegun(list)).ToList();
            var read = missing.Count == 0 ? [] : await reading.Read(db, missing, seen.Find, ReadAtOnce, cancellation);
            CacheMetrics.LookedUp(PriceListReading.Cache, CacheLevel.Memory, book.PriceListIds.Count - missing.Count);
            seen = Publish(seen, read);
            foreach (var id in missing.Except(read.Select(list => list.PriceListId)))
            {
                LoadInBackground(id);
            }

            return Fresh(seen, book, seen.VerifiedAt);
        }
        finally
        {
            EndTurn();
        }
    }

    /// <summary>What is known, with what other nodes have committed meanwhile marked as stale. Inside a snapshot; nothing is published yet.</summary>
    private async ValueTask<LoadedPriceLists> Verify(WholesaleDb db, CancellationToken cancellation)
    {
        var told = committed.Newest; // before the lists: what was told is marked in them
        var (seen, now) = (Volatile.Read(ref root).UpTo(told), clock.TimeProvider.GetTimestamp());
        if (seen.Number < 0)
        {
            return await Begin(db, now, cancellation);
        }

        // The last event that is known is read again: whether it is the same says whether what follows it does follow it.
        var events = await db.Events.Where(e => e.Number >= seen.Number).OrderBy(e => e.Number).Take(ReadEvents).ToListAsync(cancellation);
        if (seen.Last is null ? events.Count > 0 && events[0].Number != 1 : events.Count == 0 || !events[0].IsSameAs(seen.Last))
        {
            return await Begin(db, now, cancellation);
        }

        if (events.Count == ReadEvents)
        {
            var doubted = seen.Lists.ToImmutableDictionary(pair => pair.Key, pair => pair.Value with { IsDoubted = true });
            return await Begin(db, now, cancellation) with { Lists = doubted, Bytes = seen.Bytes };
        }

        var changed = events.Aggregate(seen, (known, e) => known.After(e));
        var last = events.Count > 0 ? events[^1] : seen.Last;
        return changed with { Number = last?.Number ?? 0, Last = last, VerifiedAt = now };
    }

    /// <summary>Nothing but where the log is.</summary>
    private static async ValueTask<LoadedPriceLists> Begin(WholesaleDb db, long now, CancellationToken cancellation)
    {
        var last = await db.Events.OrderByDescending(e => e.Number).FirstOrDefaultAsync(cancellation);
        return LoadedPriceLists.None with { Number = last?.Number ?? 0, Last = last, VerifiedAt = now };
    }

    /// <summary>Whether the log still goes on from where it was.</summary>
    private static async ValueTask<bool> IsKept(WholesaleDb db, Event? last, CancellationToken cancellation) =>
        last is null || (await db.Events.SingleOrDefaultAsync(e => e.Number == last.Number, cancellation))?.IsSameAs(last) == true;

    /// <summary>Makes lists visible to readers, together with what was found out about other nodes' commits. Inside the turn.</summary>
    private LoadedPriceLists Publish(LoadedPriceLists seen, IReadOnlyList<CompiledPriceList> read)
    {
        lock (sync)
        {
            var known = read.Where(Fits).Aggregate(seen, (all, list) => all.With(list, isDoubted: false));
            if (marks is null)
            {
                return known; // good for who reads now, as of before; nothing to build upon
            }

            // What was committed since the turn began may be missing in what was read.
            root = Within(marks.Aggregate(known, (all, e) => all.After(e)));
            return root;
        }
    }

    /// <summary>Whether a list can be kept at all; of one that cannot, this is noted, so that it is not read again and again.</summary>
    private bool Fits(CompiledPriceList list)
    {
        if (list.Bytes <= capacity)
        {
            return true;
        }

        lock (sync)
        {
            unfit = unfit.Add(list.PriceListId);
        }

        log.LogWarning(
            "The price list {PriceListId} takes {Bytes} bytes, more than Prices:MemoryMegabytes allows for all: the database answers for it.",
            list.PriceListId,
            list.Bytes);
        return false;
    }

    private async ValueTask TakeTurn(CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        lock (sync)
        {
            marks = [];
        }
    }

    private void EndTurn()
    {
        lock (sync)
        {
            marks = null;
        }

        turn.Release();
    }

    /// <summary>Forgets the lists that were asked for longest ago, until the rest fits.</summary>
    private LoadedPriceLists Within(LoadedPriceLists full)
    {
        if (full.Bytes <= capacity)
        {
            return full;
        }

        var kept = full;
        foreach (var (id, _) in full.Lists.OrderBy(pair => pair.Value.LastUsed.Value))
        {
            kept = kept.Without(id);
            if (kept.Bytes <= capacity)
            {
                break;
            }
        }

        return kept;
    }

    /// <summary>Hears of a commit: of one of this process before its writer does. All lists of one commit become stale at one moment.</summary>
    private void MarkStale(IReadOnlyList<Event> events)
    {
        if (!events.Any(e => LoadedPriceLists.IsOfPrices(e.Type)))
        {
            return;
        }

        lock (sync)
        {
            root = events.Aggregate(root, (known, e) => known.After(e));
            marks?.AddRange(events);
        }
    }

    /// <summary>Nothing that is here is built upon any more, nor what is being read.</summary>
    private void Forget()
    {
        lock (sync)
        {
            root = LoadedPriceLists.None;
            marks = null;
            unfit = [];
        }
    }

    private void LoadInBackground(long id)
    {
        lock (sync)
        {
            if (!loading.ContainsKey(id) && !unfit.Contains(id))
            {
                using var flow = ExecutionContext.SuppressFlow(); // what it takes is not the request's
                loading = loading.Add(id, Task.Run(() => Load(id)));
            }
        }
    }

    private async Task Load(long id)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<LongReads>().Db;
            IReadOnlyList<CompiledPriceList> read;
            LoadedPriceLists asOf;
            await using (await ReadSnapshot.Begin(db, stopping.Token))
            {
                asOf = await Verify(db, stopping.Token);
                read = await reading.Read(db, [id], asOf.Find, int.MaxValue, stopping.Token);
            }

            // It is of some moment while it was read: shown as known, and brought up to the others' moment by what was touched since.
            await TakeTurn(stopping.Token);
            try
            {
                await using var snapshot = await ReadSnapshot.Begin(db, stopping.Token);
                var seen = await Verify(db, stopping.Token);
                if (!await IsKept(db, asOf.Last, stopping.Token))
                {
                    return; // a backup was restored meanwhile: whoever asks next begins anew
                }

                seen = read.Where(Fits).Aggregate(seen, (known, list) => known.With(list, isDoubted: true));
                Publish(seen, seen.Find(id) is null
                    ? []
                    : await reading.Read(db, [id], seen.Find, int.MaxValue, stopping.Token));
            }
            finally
            {
                EndTurn();
            }
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            log.LogError(exception, "The price list {PriceListId} could not be read into memory; the database answers meanwhile.", id);
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
        finally
        {
            lock (sync)
            {
                loading = loading.Remove(id);
            }
        }
    }
}
