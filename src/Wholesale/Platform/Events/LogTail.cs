using System.Buffers.Binary;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Wholesale.Platform.Caching;
using Wholesale.Platform.Database;

namespace Wholesale.Platform.Events;

/// <summary>
/// Reads what other nodes write into the log, and tells <see cref="CommittedEvents"/>: every half second by one statement, which is the truth, and at once when
/// a message through Redis says that there is something. Such a message is nothing but the number of an event: one that is lost, late or false costs half a
/// second or a statement, and never a wrong answer. Notices when the log goes on from another past, as after a backup was restored: then all caches forget what
/// they know. One a process.
/// </summary>
public sealed class LogTail : BackgroundService
{
    /// <summary>How long another node's commit may go unnoticed where nobody wakes.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private const string Topic = "events";

    /// <summary>Events that are read by one statement.</summary>
    private const int PageSize = 500;

    /// <summary>Events that are told one by one; behind more, caches forget what they know, which costs less.</summary>
    private const int Most = 5_000;

    private static readonly Func<WholesaleDb, long, IAsyncEnumerable<Event>> From = EF.CompileAsyncQuery(
        (WholesaleDb db, long number) => db.Events.Where(e => e.Number >= number).OrderBy(e => e.Number).Take(PageSize));

    private static readonly Func<WholesaleDb, IAsyncEnumerable<Event>> Newest = EF.CompileAsyncQuery(
        (WholesaleDb db) => db.Events.OrderByDescending(e => e.Number).Take(1));

    private readonly IServiceScopeFactory scopes;
    private readonly CommittedEvents committed;
    private readonly DurableCommits commits;
    private readonly Clock clock;
    private readonly ILogger<LogTail> log;
    private readonly ITimer timer;

    // One pending look is enough: it begins after whatever asked for it.
    private readonly Channel<bool> looks = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private bool isFailing;

    /// <summary>Begins with the host.</summary>
    public LogTail(IServiceScopeFactory scopes, CommittedEvents committed, DurableCommits commits, Redis redis, Clock clock, ILogger<LogTail> log)
    {
        this.scopes = scopes;
        this.committed = committed;
        this.commits = commits;
        this.clock = clock;
        this.log = log;
        timer = clock.TimeProvider.CreateTimer(_ => Wake(), null, Interval, Interval);
        redis.Listen(Topic, Hear);
        redis.Restored += Wake; // what was told meanwhile is lost
        committed.Written += events =>
        {
            var message = new byte[sizeof(long)];
            BinaryPrimitives.WriteInt64LittleEndian(message, events[^1].Number);
            redis.Publish(Topic, message);
            if (committed.IsBehind)
            {
                Wake(); // another node's commit is in between
            }
        };
    }

    /// <summary>Has the log looked at as soon as can be, without waiting for it.</summary>
    public void Wake() => looks.Writer.TryWrite(true);

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await TryLook(cancellationToken); // before the first request, so that nothing it reads is forgotten again
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        timer.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var _ in looks.Reader.ReadAllAsync(stoppingToken))
        {
            await TryLook(stoppingToken);
        }
    }

    private void Hear(ReadOnlyMemory<byte> message)
    {
        // Its own messages come back, and tell nothing new.
        if (!committed.TryGetNewest(out var newest) || !BinaryPrimitives.TryReadInt64LittleEndian(message.Span, out var number) || number > (newest?.Number ?? 0))
        {
            Wake();
        }
    }

    private async Task TryLook(CancellationToken cancellation)
    {
        try
        {
            await Look(cancellation);
            isFailing = false;
        }
        catch (Exception exception) when (!cancellation.IsCancellationRequested)
        {
            if (!isFailing)
            {
                log.LogError(exception, "The event log cannot be read; it is tried again every {Milliseconds} ms.", Interval.TotalMilliseconds);
            }

            isFailing = true;
        }
    }

    /// <summary>Reads what is new, and tells it.</summary>
    internal async Task Look(CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WholesaleDb>();
        var at = clock.TimeProvider.GetTimestamp();
        if (!committed.TryGetNewest(out var newest))
        {
            await Begin(db, at, cancellation);
            return;
        }

        var events = new List<Event>();
        while (true)
        {
            // The newest that is known is read again: whether it is the same says whether what follows it does follow it.
            var known = events.LastOrDefault() ?? newest;
            var page = await From(db, known?.Number ?? 1).ToListAsync(cancellation);
            if (known is null ? page.Count > 0 && page[0].Number != 1 : page.Count == 0 || !page[0].IsSameAs(known))
            {
                log.LogWarning(
                    "The event log does not go on behind event {Number} as this process knows it: a backup was restored, or events were deleted. All caches begin anew.",
                    known?.Number ?? 0);
                committed.Forget(hasOtherPast: true);
                await Begin(db, at, cancellation);
                return;
            }

            events.AddRange(known is null ? page : page[1..]);
            if (page.Count < PageSize)
            {
                await commits.Reached();
                committed.Hear(events, at);
                return;
            }

            if (events.Count > Most)
            {
                committed.Forget(hasOtherPast: false);
                await Begin(db, at, cancellation);
                return;
            }
        }
    }

    private async Task Begin(WholesaleDb db, long at, CancellationToken cancellation)
    {
        var last = await Newest(db).SingleOrDefaultAsync(cancellation);
        await commits.Reached();
        committed.Begin(last, at);
    }
}
