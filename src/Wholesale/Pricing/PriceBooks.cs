using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Wholesale.Catalog;
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
        clock,
        committed,
        e => e.Type is PricingEvents.PriceListChanged or PricingEvents.PriceListAssigned or PricingEvents.PriceListUnassigned
            or PricingEvents.PriceListAdjusted or PricingEvents.QuantityRulesChanged or CatalogEvents.CategoryChanged);

    /// <summary>
    /// The book of a caller: by one statement that seeks the assignments of its units, company, segments, tier and market, or none; one more for each level of
    /// lists that are made of others, and one for their categories.
    /// </summary>
    public ValueTask<PriceBook> Of(WholesaleDb db, Caller caller, CancellationToken cancellation) =>
        recent.Get(db, KeyOf(caller), () => Read(db, caller, cancellation));

    /// <summary>Callers of the same unit, segments, tier, market and currency share a book.</summary>
    private static string KeyOf(Caller caller)
    {
        var terms = PriceTerms.Of(caller.Market);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{string.Join(' ', caller.Assignees.Select(a => a.AssigneeId))} {caller.Currency?.Code} {terms.Policy} {terms.Rounding.Mode} {terms.Rounding.Level}");
    }

    private static async ValueTask<PriceBook> Read(WholesaleDb db, Caller caller, CancellationToken cancellation)
    {
        var nearness = caller.Assignees.ToDictionary(a => a.AssigneeId, a => caller.Assignees.Index().First(b => b.Item.IsAsNearAs(a)).Index);
        var ids = caller.Assignees.Select(a => a.AssigneeId).ToArray();
        var assigned = await db.PriceListAssignments
            .Where(a => ids.Contains(a.AssigneeId))
            .Join(db.PriceLists, a => a.PriceListId, l => l.Id, (a, l) => new { Assignment = a, l.Currency, l.IsActive, l.IsDerived, l.HasQuantityTerms })
            .ToListAsync(cancellation);
        var derivations = await PriceListDerivations.Of(
            db, [.. assigned.Where(a => a.IsDerived).Select(a => a.Assignment.PriceListId).Distinct()], cancellation);
        return new PriceBook(
            assigned.Select(a => new AssignedPriceList
            {
                AssignmentId = a.Assignment.Id,
                PriceListId = a.Assignment.PriceListId,
                Currency = a.Currency,
                Level = a.Assignment.Level,
                Nearness = nearness[a.Assignment.AssigneeId],
                Priority = a.Assignment.Priority,
                AssignedAt = a.Assignment.CreatedAt,
                Validity = Validity.Of(a.Assignment.From, a.Assignment.ValidTo),
                IsActive = a.IsActive,
                HasQuantityTerms = a.HasQuantityTerms,
                Sources = derivations.SourcesOf(a.Assignment.PriceListId),
            }),
            caller.Currency,
            PriceTerms.Of(caller.Market));
    }
}
