using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Wholesale.Platform.Caching;

/// <summary>Where an answer came from.</summary>
public enum CacheLevel
{
    /// <summary>This process's memory.</summary>
    Memory,

    /// <summary>The Redis that all nodes share.</summary>
    Redis,

    /// <summary>The database: no cache had it.</summary>
    Database,
}

/// <summary>
/// What there is to see of the caches, in the meter <c>Wholesale</c>: docs/caching.md has the names. Thread-safe; one a process.
/// </summary>
public sealed class CacheMetrics : IDisposable
{
    private static readonly string[] Levels = ["memory", "redis", "database"];

    private readonly Meter meter = new("Wholesale");
    private readonly Counter<long> lookups;
    private readonly Counter<long> corrupt;
    private readonly Histogram<double> duration;
    private readonly Counter<long> bytes;

    /// <summary>Makes the instruments.</summary>
    public CacheMetrics()
    {
        lookups = meter.CreateCounter<long>("wholesale.cache.lookups", "{lookup}", "What was looked up in a cache, by the level that had it.");
        corrupt = meter.CreateCounter<long>("wholesale.cache.corrupt", "{value}", "Values of Redis that were not what was written, and were removed.");
        duration = meter.CreateHistogram<double>("wholesale.redis.duration", "s", "How long calls of Redis took, by operation and outcome.");
        bytes = meter.CreateCounter<long>("wholesale.redis.bytes", "By", "What was read from Redis and written into it.");
    }

    /// <summary>Counts what was looked up.</summary>
    /// <param name="cache">What kind of thing, as in <c>price_lists</c>.</param>
    /// <param name="level">Where it came from.</param>
    /// <param name="count">How many.</param>
    public void LookedUp(string cache, CacheLevel level, int count = 1)
    {
        if (count > 0 && lookups.Enabled)
        {
            lookups.Add(count, new KeyValuePair<string, object?>("cache", cache), new KeyValuePair<string, object?>("level", Levels[(int)level]));
        }
    }

    /// <summary>Counts a value of Redis that cannot be used.</summary>
    public void Corrupt(string cache) => corrupt.Add(1, new KeyValuePair<string, object?>("cache", cache));

    /// <inheritdoc/>
    public void Dispose() => meter.Dispose();

    /// <summary>Publishes a value that is asked for when someone reads it.</summary>
    internal void Observe(string name, string unit, string description, Func<long> value) => meter.CreateObservableGauge(name, value, unit, description);

    internal void Observe(Func<bool> isAvailable) => meter.CreateObservableGauge(
        "wholesale.redis.available", () => isAvailable() ? 1 : 0, "1", "1 while Redis is asked, 0 while it does not answer in time, or there is none.");

    internal void Called(string operation, string outcome, long begin) => duration.Record(
        Stopwatch.GetElapsedTime(begin).TotalSeconds,
        new KeyValuePair<string, object?>("operation", operation),
        new KeyValuePair<string, object?>("outcome", outcome));

    internal void Read(long count) => Moved(count, "read");

    internal void Wrote(long count) => Moved(count, "written");

    private void Moved(long count, string direction)
    {
        if (count > 0)
        {
            bytes.Add(count, new KeyValuePair<string, object?>("direction", direction));
        }
    }
}
