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
        var assignments = await AssignmentsOf(db, [.. caller.Assignees.Select(a => a.AssigneeId)], cancellation);
        var derivations = await PriceListDerivations.Of(db, [.. assignments.Where(a => a.IsDerived).Select(a => a.PriceListId).Distinct()], cancellation);
        return Of(caller, assignments, derivations);
    }

    /// <summary>Every assignment to any of some assignees, with what is to be known of its list.</summary>
    internal static Task<List<PriceListGiven>> AssignmentsOf(WholesaleDb db, IReadOnlyCollection<long> assigneeIds, CancellationToken cancellation) =>
        db.PriceListAssignments
            .Where(a => assigneeIds.Contains(a.AssigneeId))
            .Join(db.PriceLists, a => a.PriceListId, l => l.Id, (a, l) => new PriceListGiven(a, l.Currency, l.IsActive, l.IsDerived, l.HasQuantityTerms))
            .ToListAsync(cancellation);

    /// <summary>The book of a caller whose assignments were read.</summary>
    internal static PriceBook Of(Caller caller, IEnumerable<PriceListGiven> given, PriceListDerivations derivations)
    {
        var nearness = caller.Assignees.ToDictionary(a => a.AssigneeId, a => caller.Assignees.Index().First(b => b.Item.IsAsNearAs(a)).Index);
        return new PriceBook(
            given.Select(g => new AssignedPriceList
            {
                AssignmentId = g.Assignment.Id,
                PriceListId = g.PriceListId,
                Currency = g.Currency,
                Level = g.Assignment.Level,
                Nearness = nearness[g.Assignment.AssigneeId],
                Priority = g.Assignment.Priority,
                AssignedAt = g.Assignment.CreatedAt,
                Validity = Validity.Of(g.Assignment.From, g.Assignment.ValidTo),
                IsActive = g.IsActive,
                HasQuantityTerms = g.HasQuantityTerms,
                Sources = derivations.SourcesOf(g.PriceListId),
            }),
            caller.Currency,
            PriceTerms.Of(caller.Market));
    }
}

/// <summary>An assignment, with what is to be known of its list.</summary>
internal sealed record PriceListGiven(PriceListAssignment Assignment, Currency Currency, bool IsActive, bool IsDerived, bool HasQuantityTerms)
{
    /// <summary>The list.</summary>
    public long PriceListId => Assignment.PriceListId;
}
