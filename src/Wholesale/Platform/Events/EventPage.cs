using Microsoft.EntityFrameworkCore;
using Wholesale.GraphQL.Execution;

namespace Wholesale.Platform.Events;

/// <summary>Events behind a number, and how to go on.</summary>
/// <param name="Events">Numbers ascending.</param>
/// <param name="Last">The number up to which the page has looked: where the next page begins.</param>
/// <param name="HasMore">Whether there is more behind <paramref name="Last"/> already.</param>
/// <param name="Oldest">The oldest number that is kept; 0 before the first event.</param>
public sealed record EventPage(IReadOnlyList<Event> Events, long Last, bool HasMore, long Oldest)
{
    /// <summary>How many events a page holds at most.</summary>
    public const int MaximumSize = 1_000;

    /// <summary>How many numbers a page looks at that is of some types only.</summary>
    public const int MaximumScan = 10_000;

    private static readonly Func<WholesaleDb, long, long, IAsyncEnumerable<Event>> All = EF.CompileAsyncQuery((WholesaleDb db, long after, long until) =>
        db.Events.Where(e => e.Number > after && e.Number <= until).OrderBy(e => e.Number).Take(MaximumSize));

    // The one right behind is read whatever its type: if it is not there, it was deleted since the numbers were read.
    private static readonly Func<WholesaleDb, long, long, IReadOnlyList<string>, int, IAsyncEnumerable<Event>> OfTypes = EF.CompileAsyncQuery(
        (WholesaleDb db, long after, long until, IReadOnlyList<string> types, int take) => db.Events
            .Where(e => e.Number > after && e.Number <= until && (e.Number == after + 1 || types.Contains(e.Type)))
            .OrderBy(e => e.Number).Take(take));

    /// <summary>Reads a page: one statement, or two where there is something new.</summary>
    /// <param name="db">The database.</param>
    /// <param name="after">The number to begin behind; null: the newest.</param>
    /// <param name="types">Only these; null: all.</param>
    /// <param name="first">How many at most.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="GraphQLException">INVALID_PAGE_SIZE, or as <see cref="EventNumbers.Start"/>.</exception>
    public static async ValueTask<EventPage> Read(WholesaleDb db, long? after, IReadOnlyList<string>? types, int first, CancellationToken cancellation)
    {
        Page.CheckSize(first, MaximumSize);
        var numbers = await EventNumbers.Read(db, cancellation);
        var start = numbers.Start(after);
        if (start == numbers.Newest)
        {
            return new EventPage([], start, false, numbers.Oldest);
        }

        var until = Math.Min(numbers.Newest, start + (types is null ? first : MaximumScan));
        var rows = await (types is null ? All(db, start, until) : OfTypes(db, start, until, types, first + 1)).ToListAsync(cancellation);
        if (rows.FirstOrDefault()?.Number != start + 1)
        {
            throw EventErrors.NotKept(start + 1);
        }

        var events = rows.Where(e => types?.Contains(e.Type) ?? true).Take(first).ToList();
        var last = events.Count == first ? events[^1].Number : until;
        return new EventPage(events, last, last < numbers.Newest, numbers.Oldest);
    }
}
