using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;

namespace Wholesale.Pricing;

/// <summary>
/// The price lists that this process has in memory, shared by all callers. A reader takes one reference and sees every list as it was behind one event of the
/// log; what is committed later makes lists stale, and they are brought up to date, by the rows that were touched alone, when they are next asked for. What
/// other nodes commit is seen within two seconds. A list that is not here and not small is read in the background, and the database answers meanwhile.
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

    /// <summary>Rows that ended less than this before a list was read are kept, for requests that began before.</summary>
    private static readonly TimeSpan Leeway = TimeSpan.FromMinutes(1);

    private readonly IServiceScopeFactory scopes;
    private readonly Clock clock;
    private readonly ILogger<CompiledPriceLists> log;
    private readonly long capacity;
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly CancellationTokenSource stopping = new();
    private readonly Lock sync = new();

    /// <summary>Lists that take more than all may.</summary>
    private volatile ImmutableHashSet<long> unfit = [];

    /// <summary>What this process has committed since the present turn began; null between turns.</summary>
    private List<Event>? marks;

    private ImmutableDictionary<long, Task> loading = ImmutableDictionary<long, Task>.Empty;
    private Root root = new(-1, long.MinValue, ImmutableDictionary<long, Entry>.Empty, Bytes: 0);

    /// <summary>Begins empty.</summary>
    public CompiledPriceLists(
        IServiceScopeFactory scopes, CommittedEvents committed, Clock clock, PricingSettings settings, ILogger<CompiledPriceLists> log)
    {
        this.scopes = scopes;
        this.clock = clock;
        this.log = log;
        capacity = settings.MemoryMegabytes * 1024L * 1024L;
        committed.Subscribe(MarkStale);
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
            return null;
        }

        var lists = Fresh(Volatile.Read(ref root), book) ?? await BringUpToDate(book, cancellation);
        return lists is not null && Array.TrueForAll(lists, list => list.CompleteFrom <= at) ? lists : null;
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
    }

    /// <summary>The lists of a book, if all are here, none is stale, and other nodes' commits were looked for lately.</summary>
    private CompiledPriceList[]? Fresh(Root seen, PriceBook book)
    {
        if (seen.Number < 0 || clock.TimeProvider.GetElapsedTime(seen.VerifiedAt) >= Lifetime)
        {
            return null;
        }

        var lists = new CompiledPriceList[book.PriceListIds.Count];
        for (var i = 0; i < lists.Length; i++)
        {
            if (!seen.Lists.TryGetValue(book.PriceListIds[i], out var entry) || entry.Fresh is not { } list)
            {
                return null;
            }

            entry.LastUsed.Value = seen.VerifiedAt;
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
            if (Fresh(Volatile.Read(ref root), book) is { } meanwhile)
            {
                return meanwhile;
            }

            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<LongReads>().Db;
            await using var snapshot = await ReadSnapshot.Begin(db, cancellation);
            var seen = await Verify(db, cancellation);
            var missing = book.PriceListIds.Where(id => seen.Lists.GetValueOrDefault(id)?.Fresh is null).ToList();
            var read = missing.Count == 0 ? [] : await PriceListReading.Read(db, missing, seen.Find, ReadAtOnce, clock.UtcNow - Leeway, cancellation);
            seen = Publish(seen, read);
            foreach (var id in missing.Except(read.Select(list => list.PriceListId)))
            {
                LoadInBackground(id);
            }

            return Fresh(seen, book);
        }
        finally
        {
            EndTurn();
        }
    }

    /// <summary>What is known, with what other nodes have committed meanwhile marked as stale. Inside the turn and a snapshot; nothing is published yet.</summary>
    private async ValueTask<Root> Verify(WholesaleDb db, CancellationToken cancellation)
    {
        var (seen, now) = (Volatile.Read(ref root), clock.TimeProvider.GetTimestamp());
        if (seen.Number < 0)
        {
            var last = await db.Events.MaxAsync(e => (long?)e.Number, cancellation) ?? 0;
            return seen with { Number = last, VerifiedAt = now };
        }

        var events = await db.Events
            .Where(e => e.Number > seen.Number).OrderBy(e => e.Number).Take(ReadEvents)
            .Select(e => new { e.Number, e.Type, e.SubjectId, e.Version })
            .ToListAsync(cancellation);

        // Where the next number is not kept any more, what it told cannot be known either.
        var isGap = events.Count > 0 && events[0].Number != seen.Number + 1;
        if (events.Count == ReadEvents || isGap)
        {
            var last = await db.Events.MaxAsync(e => e.Number, cancellation);
            return seen with
            {
                Number = last,
                VerifiedAt = now,
                Lists = seen.Lists.ToImmutableDictionary(pair => pair.Key, pair => pair.Value with { IsDoubted = true }),
            };
        }

        var changed = events.Aggregate(seen, (known, e) => known.After(e.Type, e.SubjectId, e.Version));
        return changed with { Number = events.Count > 0 ? events[^1].Number : seen.Number, VerifiedAt = now };
    }

    /// <summary>Makes lists visible to readers, together with what was found out about other nodes' commits. Inside the turn.</summary>
    private Root Publish(Root seen, IReadOnlyList<CompiledPriceList> read)
    {
        lock (sync)
        {
            // What this process committed since the turn began may be missing in what was read.
            var known = read.Where(Fits).Aggregate(seen, (all, list) => all.With(list, isDoubted: false));
            root = Within(marks!.Aggregate(known, (all, e) => all.After(e.Type, e.SubjectId, e.Version)));
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
    private Root Within(Root full)
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

    /// <summary>Hears of a commit of this process before its writer does. All lists of one commit become stale at one moment.</summary>
    private void MarkStale(IReadOnlyList<Event> events)
    {
        if (!events.Any(e => IsOfPrices(e.Type)))
        {
            return;
        }

        lock (sync)
        {
            root = events.Aggregate(root, (known, e) => known.After(e.Type, e.SubjectId, e.Version));
            marks?.AddRange(events);
        }
    }

    private static bool IsOfPrices(string type) => type is PricingEvents.PricesChanged or PricingEvents.QuantityRulesChanged;

    private void LoadInBackground(long id)
    {
        lock (sync)
        {
            if (!loading.ContainsKey(id) && !unfit.Contains(id))
            {
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
            List<CompiledPriceList> read;
            await using (await ReadSnapshot.Begin(db, stopping.Token))
            {
                read = await PriceListReading.Read(db, [id], Volatile.Read(ref root).Find, int.MaxValue, clock.UtcNow - Leeway, stopping.Token);
            }

            // It is of some moment while it was read: shown as known, and brought up to the others' moment by what was touched since.
            await TakeTurn(stopping.Token);
            try
            {
                await using var snapshot = await ReadSnapshot.Begin(db, stopping.Token);
                var seen = await Verify(db, stopping.Token);
                seen = read.Where(Fits).Aggregate(seen, (known, list) => known.With(list, isDoubted: true));
                Publish(seen, seen.Find(id) is null
                    ? []
                    : await PriceListReading.Read(db, [id], seen.Find, int.MaxValue, clock.UtcNow - Leeway, stopping.Token));
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

    /// <summary>What readers see: every list as behind one event.</summary>
    /// <param name="Number">The last event that was looked at; below 0: none yet.</param>
    /// <param name="VerifiedAt">When that was.</param>
    /// <param name="Lists">The lists, by id.</param>
    /// <param name="Bytes">What they take in memory.</param>
    private sealed record Root(long Number, long VerifiedAt, ImmutableDictionary<long, Entry> Lists, long Bytes)
    {
        /// <summary>A list that is here, stale or not.</summary>
        public CompiledPriceList? Find(long id) => Lists.GetValueOrDefault(id)?.List;

        /// <summary>What is known after an event; of lists that are not here there is nothing to know.</summary>
        public Root After(string type, long subjectId, long version)
        {
            if (!IsOfPrices(type) || !Lists.TryGetValue(subjectId, out var entry))
            {
                return this;
            }

            // The version is that of the list's prices: whoever reads it has all of them. What it says of quantities has none.
            var stale = type == PricingEvents.PricesChanged ? entry with { Needed = Math.Max(entry.Needed, version) } : entry with { IsDoubted = true };
            return this with { Lists = Lists.SetItem(subjectId, stale) };
        }

        /// <summary>Has a list, in the place of another version of it.</summary>
        public Root With(CompiledPriceList list, bool isDoubted) => this with
        {
            Lists = Lists.SetItem(list.PriceListId, new Entry(list, list.Version, isDoubted, new LastUse(VerifiedAt))),
            Bytes = Bytes + list.Bytes - (Lists.GetValueOrDefault(list.PriceListId)?.List.Bytes ?? 0),
        };

        public Root Without(long id) => this with { Lists = Lists.Remove(id), Bytes = Bytes - Lists[id].List.Bytes };
    }

    /// <summary>A list in memory.</summary>
    /// <param name="List">As it was read.</param>
    /// <param name="Needed">The version that it must have to be answered from.</param>
    /// <param name="IsDoubted">Whether it may have changed in a way that was not looked at.</param>
    /// <param name="LastUsed">When it was last asked for.</param>
    private sealed record Entry(CompiledPriceList List, long Needed, bool IsDoubted, LastUse LastUsed)
    {
        public CompiledPriceList? Fresh => !IsDoubted && List.Version >= Needed ? List : null;
    }

    /// <summary>A number that readers set without a lock: the last one wins.</summary>
    private sealed class LastUse(long value)
    {
        public long Value { get; set; } = value;
    }
}
