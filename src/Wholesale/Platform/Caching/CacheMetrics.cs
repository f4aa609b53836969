using System.Diagnostics;
using System.Diagnostics.Metrics;
using Wholesale.Platform.Telemetry;

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

/// <summary>What there is to see of the caches, in the meter <c>Wholesale</c>: docs/caching.md has the names. Thread-safe.</summary>
internal static class CacheMetrics
{
    private static readonly Meter Meter = new("Wholesale");

    private static readonly Counter<long> Lookups =
        Meter.CreateCounter<long>("wholesale.cache.lookups", "{lookup}", "What was looked up in a cache, by the level that had it.");

    private static readonly Counter<long> Damaged =
        Meter.CreateCounter<long>("wholesale.cache.corrupt", "{value}", "Values of Redis that were not what was written, and were removed.");

    private static readonly Histogram<double> Durations =
        Meter.CreateHistogram("wholesale.redis.duration", "s", "How long calls of Redis took.", advice: Seconds.Advice);

    private static readonly Counter<long> Bytes =
        Meter.CreateCounter<long>("wholesale.redis.bytes", "By", "What was read from Redis, and written into it.");

    /// <summary>Counts what was looked up, also for the request that it was looked up for.</summary>
    /// <param name="cache">What kind of thing, as in <c>price_lists</c>.</param>
    /// <param name="level">Where it came from.</param>
    /// <param name="count">How many.</param>
    public static void LookedUp(string cache, CacheLevel level, int count = 1)
    {
        if (count == 0)
        {
            return;
        }

        if (Lookups.Enabled)
        {
            Lookups.Add(count, new("wholesale.cache", cache), new("wholesale.cache.level", NameOf(level)));
        }

        RequestTally.Current?.Cache(cache, level, count);
    }

    /// <summary>Counts a value of Redis that cannot be used.</summary>
    public static void Corrupt(string cache) => Damaged.Add(1, new KeyValuePair<string, object?>("wholesale.cache", cache));

    /// <summary>How a level is called.</summary>
    public static string NameOf(CacheLevel level) => level switch
    {
        CacheLevel.Memory => "memory",
        CacheLevel.Redis => "redis",
        _ => "database",
    };

    /// <summary>Records a call of Redis.</summary>
    public static void Called(string operation, string outcome, long begin) => Durations.Record(
        Stopwatch.GetElapsedTime(begin).TotalSeconds, new("wholesale.redis.operation", operation), new("wholesale.redis.outcome", outcome));

    /// <summary>Counts bytes that came from Redis.</summary>
    public static void Read(long count) => Moved(count, "read");

    /// <summary>Counts bytes that went to Redis.</summary>
    public static void Wrote(long count) => Moved(count, "written");

    private static void Moved(long count, string direction)
    {
        if (count > 0)
        {
            Bytes.Add(count, new KeyValuePair<string, object?>("wholesale.redis.direction", direction));
        }
    }
}
