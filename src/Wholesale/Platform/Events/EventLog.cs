using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Wholesale.GraphQL.Execution;

namespace Wholesale.Platform.Events;

/// <summary>
/// Reads the log as it grows: old events from the table, by number, new ones as <see cref="CommittedEvents"/> tells them, so that any number of readers cost
/// one statement. One a process; thread-safe.
/// </summary>
public sealed class EventLog(IServiceScopeFactory scopes, CommittedEvents committed)
{
    /// <summary>How many events are read by one statement.</summary>
    public const int PageSize = 250;

    private static readonly Func<WholesaleDb, long, IAsyncEnumerable<Event>> Behind = EF.CompileAsyncQuery(
        (WholesaleDb db, long number) => db.Events.Where(e => e.Number > number).OrderBy(e => e.Number).Take(PageSize));

    /// <summary>The number to begin behind: the given one, or without any the newest, 0 of an empty log.</summary>
    /// <exception cref="GraphQLException">What follows it cannot be told: see <see cref="EventNumbers.Start"/>.</exception>
    public async ValueTask<long> Start(long? after, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        return (await EventNumbers.Read(scope.ServiceProvider.GetRequiredService<WholesaleDb>(), cancellation)).Start(after);
    }

    /// <summary>All events behind one, ascending, first those that are there and then, without gap or repetition, those to come. Never ends by itself.</summary>
    /// <param name="after">A number that <see cref="Start"/> gave.</param>
    /// <param name="types">Only these; null: all.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="GraphQLException">
    /// SNAPSHOT_REQUIRED: its reader is so slow that the next event is not kept any more, or a backup was restored meanwhile.
    /// </exception>
    public async IAsyncEnumerable<Event> Follow(long after, IReadOnlyCollection<string>? types, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var page in FollowPages(after, types, cancellation))
        {
            foreach (var happened in page)
            {
                yield return happened;
            }
        }
    }

    /// <summary>As <see cref="Follow"/>, those together that are there together: at least one, and at most <see cref="PageSize"/>.</summary>
    /// <inheritdoc cref="Follow"/>
    public async IAsyncEnumerable<IReadOnlyList<Event>> FollowPages(long after, IReadOnlyCollection<string>? types, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var past = committed.Past;
        while (true)
        {
            var news = committed.News; // before reading, so that no commit falls in between
            var (events, last, hasMore) = await Page(after, types, cancellation);
            if (committed.Past != past)
            {
                throw EventErrors.NotKept(after + 1);
            }

            after = last;
            if (events.Count > 0)
            {
                yield return events;
            }

            if (!hasMore)
            {
                await news.WaitAsync(cancellation);
            }
        }
    }

    /// <summary>In a scope of its own: nothing is held open while its reader takes its time.</summary>
    private async Task<(IReadOnlyList<Event> Events, long Last, bool HasMore)> Page(long after, IReadOnlyCollection<string>? types, CancellationToken cancellation)
    {
        if (committed.TryRead(after, PageSize, out var recent))
        {
            return (types is null ? recent : recent.FindAll(happened => types.Contains(happened.Type)), after + recent.Count, recent.Count == PageSize);
        }

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WholesaleDb>();
        if (types is not null)
        {
            var page = await EventPage.Read(db, after, [.. types], PageSize, cancellation);
            return (page.Events, page.Last, page.HasMore);
        }

        var rows = await Behind(db, after).ToListAsync(cancellation);
        return rows.Count == 0 ? (rows, after, false)
            : rows[0].Number == after + 1 ? (rows, rows[^1].Number, rows.Count == PageSize)
            : throw EventErrors.NotKept(after + 1);
    }
}
