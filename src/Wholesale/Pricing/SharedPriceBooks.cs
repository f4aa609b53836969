using System.IO.Hashing;
using System.Text;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Wholesale.Catalog;
using Wholesale.Platform;
using Wholesale.Platform.Caching;
using Wholesale.Platform.Events;

namespace Wholesale.Pricing;

/// <summary>
/// Price books in the Redis that all nodes share: <c>pricebook:{context}:{event number}:{its instant}</c>, of the last event that concerns books. What is under
/// such a key is the book as that event left it, and never another. Thread-safe; one a process.
/// </summary>
public sealed class SharedPriceBooks : BackgroundService
{
    private const string Cache = "price_books";

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(6);

    private static readonly string[] Types =
    [
        PricingEvents.PriceListChanged, PricingEvents.PriceListAssigned, PricingEvents.PriceListUnassigned, PricingEvents.PriceListAdjusted,
        PricingEvents.QuantityRulesChanged, CatalogEvents.CategoryChanged,
    ];

    private readonly Redis redis;
    private readonly CommittedEvents committed;
    private readonly IServiceScopeFactory scopes;
    private readonly Clock clock;
    private readonly ILogger<SharedPriceBooks> log;
    private readonly Channel<ReadPriceBook> read = Channel.CreateBounded<ReadPriceBook>(
        new BoundedChannelOptions(1_000) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private readonly Lock sync = new();
    private LogMoment? last;
    private int told;

    /// <summary>Listens to what concerns books.</summary>
    public SharedPriceBooks(
        Redis redis, CommittedEvents committed, IServiceScopeFactory scopes, Clock clock, ILogger<SharedPriceBooks> log)
    {
        this.redis = redis;
        this.committed = committed;
        this.scopes = scopes;
        this.clock = clock;
        this.log = log;
        committed.Subscribe(Hear, Forget);
    }

    /// <summary>Whether an event makes books others than they were.</summary>
    internal static bool Concerns(Event happened) => Types.Contains(happened.Type);

    /// <summary>Looks for a book.</summary>
    /// <param name="db">The database, which is asked once for the event that books are of.</param>
    /// <param name="context">Whose.</param>
    /// <param name="cancellation">Stops the statement.</param>
    internal async ValueTask<SharedPriceBook> Find(WholesaleDb db, string context, CancellationToken cancellation)
    {
        var lookedAt = committed.LookedAt; // what was told up to then is in the moment
        if (!redis.IsAvailable || lookedAt == long.MinValue || clock.TimeProvider.GetElapsedTime(lookedAt) >= RecentValues<string, PriceBook>.Lifetime
            || await Moment(db, cancellation) is not { } moment || await redis.Get([KeyOf(context, moment)]) is not [var value])
        {
            return default;
        }

        var book = value is null ? null : PriceBookBlob.Read(value, context);
        if (value is null || book is not null)
        {
            return new(book, moment, lookedAt);
        }

        CacheMetrics.Corrupt(Cache);
        log.LogWarning("What Redis has as {Key} is not what was written, and is removed.", KeyOf(context, moment));
        await redis.Delete(KeyOf(context, moment));
        return new(null, moment, lookedAt);
    }

    /// <summary>Has a book written, in the background, if no event concerned books while it was read.</summary>
    /// <param name="context">Whose.</param>
    /// <param name="book">As the database has it.</param>
    /// <param name="sought">What was found before it was read.</param>
    internal void Keep(string context, PriceBook book, SharedPriceBook sought)
    {
        if (sought.Moment is { } moment)
        {
            read.Writer.TryWrite(new(context, book, moment));
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var found in read.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await Write(found, stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                log.LogError(exception, "A price book could not be written into Redis.");
            }
        }
    }

    private static string KeyOf(string context, LogMoment moment) => FormattableString.Invariant(
        $"{Blob.Format}:pricebook:{XxHash128.HashToUInt128(Encoding.UTF8.GetBytes(context)):x32}:{moment.Number}:{moment.At.Ticks}");

    /// <summary>Databases keep instants less exactly than memory does.</summary>
    private static LogMoment MomentOf(long number, DateTime at) => new(number, new DateTime(at.Ticks - (at.Ticks % TimeSpan.TicksPerMillisecond), DateTimeKind.Utc));

    /// <summary>The last event that concerns books; of none, one before all.</summary>
    private static async ValueTask<LogMoment> Newest(WholesaleDb db, CancellationToken cancellation)
    {
        var newest = await Types
            .Select(type => db.Events.Where(e => e.Type == type).OrderByDescending(e => e.Number).Take(1).Select(e => new { e.Number, e.At }))
            .Aggregate((one, other) => one.Concat(other))
            .OrderByDescending(e => e.Number)
            .FirstOrDefaultAsync(cancellation);
        return newest is null ? MomentOf(0, DateTime.MinValue) : MomentOf(newest.Number, newest.At);
    }

    /// <summary>The last event that concerns books, as it was told, or read if none was told yet; null where one was told meanwhile.</summary>
    private async ValueTask<LogMoment?> Moment(WholesaleDb db, CancellationToken cancellation)
    {
        int before;
        lock (sync)
        {
            if (last is not null)
            {
                return last;
            }

            before = told;
        }

        var newest = await Newest(db, cancellation);
        lock (sync)
        {
            return told == before ? last = newest : last;
        }
    }

    private void Hear(IReadOnlyList<Event> events)
    {
        foreach (var happened in events.Where(Concerns))
        {
            lock (sync)
            {
                told++;
                last = last is { } moment && moment.Number < happened.Number ? MomentOf(happened.Number, happened.At) : last;
            }
        }
    }

    private void Forget()
    {
        lock (sync)
        {
            told++;
            last = null;
        }
    }

    private async ValueTask Write(ReadPriceBook found, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        if (await Newest(scope.ServiceProvider.GetRequiredService<WholesaleDb>(), cancellation) == found.Moment)
        {
            await redis.Set(KeyOf(found.Context, found.Moment), PriceBookBlob.Write(found.Context, found.Book), Lifetime, onlyIfAbsent: true);
        }
    }

    /// <summary>A book, and the last event that concerned books before it was read.</summary>
    private readonly record struct ReadPriceBook(string Context, PriceBook Book, LogMoment Moment);
}

/// <summary>What was found of a book.</summary>
/// <param name="Book">The book; null: it is not there.</param>
/// <param name="Moment">The last event that concerned books; null: that is not known, and Redis was not asked.</param>
/// <param name="AsOf">As of which of the clock's timestamps the book is right.</param>
internal readonly record struct SharedPriceBook(PriceBook? Book, LogMoment? Moment, long AsOf);
