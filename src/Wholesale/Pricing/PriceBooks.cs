using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Wholesale.Companies;
using Wholesale.Platform;
using Wholesale.Platform.Caching;
using Wholesale.Platform.Events;

namespace Wholesale.Pricing;

/// <summary>
/// The price books of callers. Prices are not in a book, so that changed prices leave it alone. Thread-safe; one a process.
/// </summary>
public sealed class PriceBooks(Clock clock, CommittedEvents committed)
{
    private readonly RecentValues<string, PriceBook> recent = new(
        clock, committed, e => e.Type is PricingEvents.PriceListChanged or PricingEvents.PriceListAssigned or PricingEvents.PriceListUnassigned);

    /// <summary>The book of a caller: one statement, or none.</summary>
    public ValueTask<PriceBook> Of(WholesaleDb db, Caller caller, CancellationToken cancellation) =>
        recent.Get(db, KeyOf(caller), () => Read(db, caller, cancellation));

    /// <summary>Callers of the same unit, segments, tier, market and currency share a book.</summary>
    private static string KeyOf(Caller caller) => string.Join(
        ' ', caller.Assignees.Select(a => a.AssigneeId.ToString(CultureInfo.InvariantCulture)).Append(caller.Currency?.Code ?? ""));

    private static async ValueTask<PriceBook> Read(WholesaleDb db, Caller caller, CancellationToken cancellation)
    {
        var nearness = caller.Assignees.ToDictionary(a => a.AssigneeId, a => caller.Assignees.Index().First(b => b.Item.IsAsNearAs(a)).Index);
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
}
