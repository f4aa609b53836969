using System.Diagnostics;
using Wholesale.Platform.Caching;

namespace Wholesale.Platform.Telemetry;

/// <summary>
/// What one request did so far: its statements and its look-ups in caches. An operation of a socket and an event of a stream each have one of their own. There is none
/// where telemetry is off, nor in background work, so that to ask costs next to nothing. Thread-safe.
/// </summary>
public sealed class RequestTally
{
    /// <summary>How many statements are told one by one; of an import's thousands the others are only counted.</summary>
    public const int MaxSpans = 200;

    private static readonly AsyncLocal<RequestTally?> Ambient = new();

    private readonly Lock sync = new();
    private readonly List<LookUps> lookUps = [];
    private int statements;
    private int spans;
    private bool isClosed;

    private RequestTally(Activity? span) => Span = span;

    /// <summary>The tally of what runs now; null where nobody counts.</summary>
    public static RequestTally? Current => Ambient.Value;

    /// <summary>The company that the caller acts for; null if there is none, or none was asked for yet.</summary>
    public long? CompanyId { get; set; }

    /// <summary>Statements so far.</summary>
    public int Statements
    {
        get
        {
            lock (sync)
            {
                return statements;
            }
        }
    }

    /// <summary>The request's; null where it is not traced.</summary>
    internal Activity? Span { get; }

    /// <summary>What the span is called in the end; null: what it is called already.</summary>
    internal string? SpanName { get; set; }

    /// <summary>The type of the last exception that nothing was prepared for; null if there was none.</summary>
    internal string? Failure { get; private set; }

    /// <summary>Notes that a cache was asked.</summary>
    /// <param name="cache">The cache's name in the plural, in snake case: <c>price_lists</c>.</param>
    /// <param name="level">Who had the answer.</param>
    /// <param name="count">How many answers.</param>
    public void Cache(string cache, CacheLevel level, int count = 1)
    {
        lock (sync)
        {
            if (isClosed)
            {
                return;
            }

            var place = lookUps.FindIndex(known => known.Cache == cache && known.Level == level);
            if (place < 0)
            {
                lookUps.Add(new LookUps(cache, level, count));
            }
            else
            {
                lookUps[place] = lookUps[place] with { Count = lookUps[place].Count + count };
            }
        }
    }

    /// <summary>Notes an exception that nothing was prepared for: its type and where it was thrown, but not its message, in which values stand.</summary>
    public void Fail(Exception exception)
    {
        Failure = exception.GetType().FullName;
        Span?.AddEvent(new ActivityEvent("exception", tags: new()
        {
            { "exception.type", Failure },
            { "exception.stacktrace", exception.StackTrace },
        }));
    }

    /// <summary>Begins one, for what the caller's flow of control does from here on.</summary>
    internal static RequestTally Begin(Activity? span) => Ambient.Value = new RequestTally(span);

    internal void Add(int count)
    {
        lock (sync)
        {
            statements += isClosed ? 0 : count;
        }
    }

    /// <summary>Whether a statement is to have a span of its own: not after the end, as between the events of a stream, which may last for days.</summary>
    internal bool TakesSpan()
    {
        lock (sync)
        {
            return !isClosed && Span is { IsAllDataRequested: true } && ++spans <= MaxSpans;
        }
    }

    /// <summary>Counts no more.</summary>
    internal void Close()
    {
        lock (sync)
        {
            if (isClosed)
            {
                return;
            }

            isClosed = true;
        }

        if (Span is { IsAllDataRequested: true })
        {
            Describe(Span);
        }
    }

    private void Describe(Activity span)
    {
        span.SetTag("wholesale.statements", statements);
        span.SetTag("wholesale.cache.hits", lookUps.Where(l => l.Level != CacheLevel.Database).Sum(l => l.Count));
        span.SetTag("wholesale.cache.misses", lookUps.Where(l => l.Level == CacheLevel.Database).Sum(l => l.Count));
        foreach (var (cache, level, count) in lookUps)
        {
            span.SetTag($"wholesale.cache.{cache}.{CacheMetrics.NameOf(level)}", count);
        }

        span.SetTag("wholesale.company.id", CompanyId);
    }

    /// <summary>How often a cache was asked, by who had the answer.</summary>
    private readonly record struct LookUps(string Cache, CacheLevel Level, int Count);
}
