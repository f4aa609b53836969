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
        var past = committed.Past;
        while (true)
        {
            var news = committed.News; // before reading, so that no commit falls in between
            var page = await Page(after, cancellation);
            if (committed.Past != past || (page.Count > 0 && page[0].Number != after + 1))
            {
                throw EventErrors.NotKept(after + 1);
            }

            foreach (var happened in page)
            {
                after = happened.Number;
                if (types is null || types.Contains(happened.Type))
                {
                    yield return happened;
                }
            }

            if (page.Count < PageSize)
            {
                await news.WaitAsync(cancellation);
            }
        }
    }

    /// <summary>In a scope of its own: nothing is held open while its reader takes its time.</summary>
    private async Task<List<Event>> Page(long after, CancellationToken cancellation)
    {
        if (committed.TryRead(after, PageSize, out var recent))
        {
            return recent;
        }

        await using var scope = scopes.CreateAsyncScope();
        return await Behind(scope.ServiceProvider.GetRequiredService<WholesaleDb>(), after).ToListAsync(cancellation);
    }
}
