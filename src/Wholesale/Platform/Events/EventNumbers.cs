using Microsoft.EntityFrameworkCore;
using Wholesale.GraphQL.Execution;

namespace Wholesale.Platform.Events;

/// <summary>Which events the log holds at a moment: all numbers from the oldest to the newest, without gaps.</summary>
/// <param name="Oldest">The oldest that is kept; 0 before the first event.</param>
/// <param name="Newest">The newest; 0 before the first event.</param>
public readonly record struct EventNumbers(long Oldest, long Newest)
{
    // Two look-ups by the primary key in one statement; of MIN and MAX together SQLite reads the whole table.
    private static readonly Func<WholesaleDb, IAsyncEnumerable<long>> Ends = EF.CompileAsyncQuery((WholesaleDb db) =>
        db.Events.OrderBy(e => e.Number).Select(e => e.Number).Take(1).Concat(db.Events.OrderByDescending(e => e.Number).Select(e => e.Number).Take(1)));

    /// <summary>Reads them, by one statement.</summary>
    public static async ValueTask<EventNumbers> Read(WholesaleDb db, CancellationToken cancellation)
    {
        var (oldest, newest) = (0L, 0L);
        await foreach (var number in Ends(db).WithCancellation(cancellation))
        {
            oldest = oldest == 0 ? number : Math.Min(oldest, number);
            newest = Math.Max(newest, number);
        }

        return new EventNumbers(oldest, newest);
    }

    /// <summary>Whether all that follows a number is kept; false also for a number that was never given.</summary>
    public bool AreKeptBehind(long after) => after >= 0 && after <= Newest && after + 1 >= Oldest;

    /// <summary>The number to begin behind.</summary>
    /// <param name="after">The number that a client remembers; null: the newest.</param>
    /// <exception cref="GraphQLException">
    /// SNAPSHOT_REQUIRED: the event behind it is not kept any more, or the number was never given. INVALID_VALUE: it is negative.
    /// </exception>
    public long Start(long? after) => after switch
    {
        null => Newest,
        < 0 => throw EventErrors.Negative(after.Value),
        _ when after > Newest => throw EventErrors.NeverGiven(after.Value, Newest),
        _ when after + 1 < Oldest => throw EventErrors.NotKept(after.Value + 1),
        _ => after.Value,
    };
}
