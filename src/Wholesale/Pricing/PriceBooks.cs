using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Wholesale.Companies;
using Wholesale.Platform;
using Wholesale.Platform.Events;

namespace Wholesale.Pricing;

/// <summary>
/// The price books of callers, kept in memory: at most two seconds, so that what other nodes change is seen, and not beyond a change of lists or
/// assignments on this node. Prices are not in a book, so that changed prices leave it alone. Thread-safe; one a process.
/// </summary>
public sealed class PriceBooks
{
    /// <summary>How long a book is taken to be true.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(2);

    /// <summary>How many books are kept.</summary>
    public const int Capacity = 10_000;

    private readonly ConcurrentDictionary<string, Entry> books = new(StringComparer.Ordinal);
    private readonly TimeProvider time;
    private long changes;

    /// <summary>Books that hear of what is committed.</summary>
    public PriceBooks(Clock clock, CommittedEvents committed)
    {
        time = clock.TimeProvider;
        committed.Subscribe(events =>
        {
            if (events.Any(e => e.Type is PricingEvents.PriceListChanged or PricingEvents.PriceListAssigned or PricingEvents.PriceListUnassigned))
            {
                Interlocked.Increment(ref changes);
            }
        });
    }

    /// <summary>The book of a caller: one statement, or none.</summary>
    public async ValueTask<PriceBook> Of(WholesaleDb db, Caller caller, CancellationToken cancellation)
    {
        var key = KeyOf(caller);
        if (books.TryGetValue(key, out var entry) && entry.Changes == Volatile.Read(ref changes) && time.GetElapsedTime(entry.ReadAt) < Lifetime)
        {
            return entry.Book;
        }

        // Noted before the reading: a change that commits meanwhile makes the new entry stale at once.
        var (changesBefore, readAt) = (Volatile.Read(ref changes), time.GetTimestamp());
        var book = await Read(db, caller, cancellation);
        if (books.Count >= Capacity)
        {
            books.Clear();
        }

        books[key] = new Entry(book, changesBefore, readAt);
        return book;
    }

    /// <summary>Callers of the same unit, tier, market and currency share a book.</summary>
    private static string KeyOf(Caller caller) => string.Join(
        ' ', caller.Assignees.Select(a => a.AssigneeId.ToString(CultureInfo.InvariantCulture)).Append(caller.Currency?.Code ?? ""));

    private static async ValueTask<PriceBook> Read(WholesaleDb db, Caller caller, CancellationToken cancellation)
    {
        var nearness = caller.Assignees.Index().ToDictionary(a => a.Item.AssigneeId, a => a.Index);
        var ids = caller.Assignees.Select(a => a.AssigneeId).ToArray();
        var lists = db.PriceLists.Where(l => l.IsActive);
        if (caller.Currency is { } currency)
        {
            lists = lists.Where(l => l.Currency == currency);
        }

        var assigned = await db.PriceListAssignments
            .Where(a => ids.Contains(a.AssigneeId))
            .Join(lists, a => a.PriceListId, l => l.Id, (a, l) => new { Assignment = a, l.Currency })
            .ToListAsync(cancellation);
        return new PriceBook(assigned.Select(p => new AssignedPriceList(
            p.Assignment.Id,
            p.Assignment.PriceListId,
            p.Currency,
            nearness[p.Assignment.AssigneeId],
            p.Assignment.Level == AssigneeLevel.Everyone,
            p.Assignment.Priority,
            p.Assignment.CreatedAt,
            p.Assignment.From,
            p.Assignment.ValidTo)));
    }

    private sealed record Entry(PriceBook Book, long Changes, long ReadAt);
}
