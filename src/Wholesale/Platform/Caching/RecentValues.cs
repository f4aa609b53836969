using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Wholesale.Platform.Events;

namespace Wholesale.Platform.Caching;

/// <summary>
/// Values read from the database, kept in this process's memory by key: believed for two seconds at most, so that what other nodes commit is seen even where
/// nobody is told of it, and not beyond an event that concerns them. Of those who ask for one key at the same moment one reads it, and the others wait.
/// Thread-safe.
/// </summary>
/// <typeparam name="TKey">What tells the values apart.</typeparam>
/// <typeparam name="TValue">Immutable: it is shared.</typeparam>
public sealed class RecentValues<TKey, TValue> where TKey : notnull
{
    /// <summary>How long a value is believed.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<TKey, Entry> entries = new();
    private readonly ConcurrentDictionary<TKey, Task<Flight>> flights = new();
    private readonly string name;
    private readonly TimeProvider time;
    private readonly CommittedEvents committed;
    private readonly int capacity;
    private readonly bool isTold;
    private long generation;

    /// <summary>Begins empty.</summary>
    /// <param name="name">What meters call the values, in the plural and in snake case.</param>
    /// <param name="clock">Measures the two seconds.</param>
    /// <param name="committed">What is committed, here and elsewhere.</param>
    /// <param name="concerns">Whether an event makes values stale: all of them, since events are rare and reading again is cheap.</param>
    /// <param name="capacity">How many values are kept; when there are more, all are forgotten.</param>
    /// <param name="isTold">
    /// Whether events tell of everything that the values are made of. Then the two seconds begin anew each time the log was looked at and told nothing of them.
    /// </param>
    public RecentValues(string name, Clock clock, CommittedEvents committed, Func<Event, bool> concerns, int capacity = 10_000, bool isTold = false)
    {
        this.name = name;
        time = clock.TimeProvider;
        this.committed = committed;
        this.capacity = capacity;
        this.isTold = isTold;
        committed.Subscribe(
            events =>
            {
                if (events.Any(concerns))
                {
                    Interlocked.Increment(ref generation);
                }
            },
            () => Interlocked.Increment(ref generation));
    }

    /// <summary>The value of a key, if it is here and believed; never inside a transaction of the request's.</summary>
    public bool TryGet(WholesaleDb db, TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        value = default;
        if (!db.MayReadCaches || !TryRecall(key, out value))
        {
            return false;
        }

        CacheMetrics.LookedUp(name, CacheLevel.Memory);
        return true;
    }

    /// <summary>The value of a key.</summary>
    /// <param name="db">The request's: inside its transaction nothing is taken from memory, nor kept, since it may yet be undone.</param>
    /// <param name="key">Which.</param>
    /// <param name="read">Reads it from the database.</param>
    /// <param name="cancellation">Ends waiting for another who reads it.</param>
    public async ValueTask<TValue> Get(WholesaleDb db, TKey key, Func<ValueTask<TValue>> read, CancellationToken cancellation) =>
        TryGet(db, key, out var known) ? known : (await Recall(db, key, async () => (await read(), null), keepsNull: true, cancellation))!;

    /// <summary>As the other, where a value may come from Redis, right as of one of the clock's timestamps; null: it was read from the database now.</summary>
    public async ValueTask<TValue> Get(WholesaleDb db, TKey key, Func<ValueTask<(TValue Value, long? AsOf)>> read, CancellationToken cancellation) =>
        (await Recall(db, key, read!, keepsNull: true, cancellation))!;

    /// <summary>As the others, where there may be none: what is not there is read again each time, so that guessing keys drives nothing out.</summary>
    public ValueTask<TValue?> Find(WholesaleDb db, TKey key, Func<ValueTask<TValue?>> read, CancellationToken cancellation) =>
        TryGet(db, key, out var known) ? new(known) : Recall(db, key, async () => (await read(), null), keepsNull: false, cancellation);

    private async ValueTask<TValue?> Recall(
        WholesaleDb db, TKey key, Func<ValueTask<(TValue? Value, long? AsOf)>> read, bool keepsNull, CancellationToken cancellation)
    {
        if (!db.MayReadCaches)
        {
            return (await read()).Value;
        }

        while (true)
        {
            var own = new TaskCompletionSource<Flight>(TaskCreationOptions.RunContinuationsAsynchronously);
            var flight = flights.GetOrAdd(key, own.Task);
            if (flight == own.Task)
            {
                return await Lead(key, own, read, keepsNull, cancellation);
            }

            try
            {
                var (value, current) = await flight.WaitAsync(cancellation);
                if (current == Interlocked.Read(ref generation) && (value is not null || keepsNull))
                {
                    CacheMetrics.LookedUp(name, CacheLevel.Memory);
                    return value;
                }
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                // Whoever read it does not want it any more.
            }

            if (TryGet(db, key, out var known))
            {
                return known;
            }
        }
    }

    /// <summary>Reads a value for all who wait for it. They share its failure, too: one after the other they would have the same.</summary>
    private async ValueTask<TValue?> Lead(
        TKey key, TaskCompletionSource<Flight> own, Func<ValueTask<(TValue? Value, long? AsOf)>> read, bool keepsNull, CancellationToken cancellation)
    {
        // Both are noted before reading: a commit meanwhile makes the value stale at once.
        var (now, current) = (time.GetTimestamp(), Interlocked.Read(ref generation));
        try
        {
            var (value, asOf) = await read();
            CacheMetrics.LookedUp(name, asOf is null ? CacheLevel.Database : CacheLevel.Redis);
            if (value is not null || keepsNull)
            {
                if (entries.Count >= capacity)
                {
                    entries.Clear();
                }

                entries[key] = new Entry(value!, current, asOf ?? now);
            }

            flights.TryRemove(KeyValuePair.Create(key, own.Task));
            own.SetResult(new(value, current));
            return value;
        }
        catch (Exception exception)
        {
            flights.TryRemove(KeyValuePair.Create(key, own.Task));
            if (exception is OperationCanceledException || cancellation.IsCancellationRequested) // SQL Server's driver has an exception of its own for it
            {
                own.SetCanceled(CancellationToken.None);
            }
            else
            {
                own.SetException(exception);
                _ = own.Task.Exception; // seen, also where nobody waits
            }

            throw;
        }
    }

    private bool TryRecall(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        value = default;
        if (!entries.TryGetValue(key, out var entry))
        {
            return false;
        }

        // When the log was looked at is taken first: what it told is in the generation.
        var asOf = isTold ? Math.Max(entry.ReadAt, committed.LookedAt) : entry.ReadAt;
        if (entry.Generation != Interlocked.Read(ref generation) || time.GetElapsedTime(asOf) >= Lifetime)
        {
            return false;
        }

        value = entry.Value;
        return true;
    }

    private sealed record Entry(TValue Value, long Generation, long ReadAt);

    private readonly record struct Flight(TValue? Value, long Generation);
}
