using System.Collections.Concurrent;
using Wholesale.Platform.Events;

namespace Wholesale.Platform.Caching;

/// <summary>
/// Values read from the database, kept in this process's memory by key: believed for two seconds at most, so that what other nodes commit is seen, and not
/// beyond a commit of this process that concerns them. Thread-safe; readers of one key at the same moment may each read it.
/// </summary>
/// <typeparam name="TKey">What tells the values apart.</typeparam>
/// <typeparam name="TValue">Immutable: it is shared.</typeparam>
public sealed class RecentValues<TKey, TValue> where TKey : notnull
{
    /// <summary>How long a value is believed.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<TKey, Entry> entries = new();
    private readonly TimeProvider time;
    private readonly int capacity;
    private long generation;

    /// <summary>Begins empty.</summary>
    /// <param name="clock">Measures the two seconds.</param>
    /// <param name="committed">This process's commits.</param>
    /// <param name="concerns">Whether an event makes values stale: all of them, since events are rare and reading again is cheap.</param>
    /// <param name="capacity">How many values are kept; when there are more, all are forgotten.</param>
    public RecentValues(Clock clock, CommittedEvents committed, Func<Event, bool> concerns, int capacity = 10_000)
    {
        time = clock.TimeProvider;
        this.capacity = capacity;
        committed.Subscribe(events =>
        {
            if (events.Any(concerns))
            {
                Interlocked.Increment(ref generation);
            }
        });
    }

    /// <summary>The value of a key.</summary>
    /// <param name="db">The request's: inside its transaction nothing is taken from memory, nor kept, since it may yet be undone.</param>
    /// <param name="key">Which.</param>
    /// <param name="read">Reads it from the database.</param>
    public async ValueTask<TValue> Get(WholesaleDb db, TKey key, Func<ValueTask<TValue>> read) =>
        (await Recall(db, key, read!, keepsNull: true))!;

    /// <summary>As <see cref="Get"/>, where there may be none: what is not there is read again each time, so that guessing keys drives nothing out.</summary>
    public ValueTask<TValue?> Find(WholesaleDb db, TKey key, Func<ValueTask<TValue?>> read) => Recall(db, key, read, keepsNull: false);

    private async ValueTask<TValue?> Recall(WholesaleDb db, TKey key, Func<ValueTask<TValue?>> read, bool keepsNull)
    {
        if (db.Database.CurrentTransaction is not null)
        {
            return await read();
        }

        // Both are noted before reading: a commit meanwhile makes the value stale at once.
        var (now, current) = (time.GetTimestamp(), Interlocked.Read(ref generation));
        if (entries.TryGetValue(key, out var entry) && entry.Generation == current && time.GetElapsedTime(entry.ReadAt, now) < Lifetime)
        {
            return entry.Value;
        }

        var value = await read();
        if (value is null && !keepsNull)
        {
            return default;
        }

        if (entries.Count >= capacity)
        {
            entries.Clear();
        }

        entries[key] = new Entry(value!, current, now);
        return value;
    }

    private sealed record Entry(TValue Value, long Generation, long ReadAt);
}
