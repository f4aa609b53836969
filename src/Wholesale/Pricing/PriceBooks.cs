using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Wholesale.Companies;
using Wholesale.Platform;
using Wholesale.Platform.Caching;
using Wholesale.Platform.Events;

namespace Wholesale.Pricing;

/// <summary>
/// The price books of callers, kept for as long as no event concerns them. Prices are not in a book, so that changed prices leave it alone. Thread-safe; one a
/// process.
/// </summary>
public sealed class PriceBooks(Clock clock, CommittedEvents committed, SharedPriceBooks shared)
{
    private static readonly Func<WholesaleDb, IEnumerable<long>, IAsyncEnumerable<AssignedRow>> CompiledAssignedTo = EF.CompileAsyncQuery(
        (WholesaleDb db, IEnumerable<long> assigneeIds) => db.PriceListAssignments
            .Where(a => assigneeIds.Contains(a.AssigneeId))
            .Join(db.PriceLists, a => a.PriceListId, l => l.Id, (a, l) => new AssignedRow(a, l.Currency, l.IsActive, l.IsDerived, l.HasQuantityTerms)));

    private readonly RecentValues<string, PriceBook> recent = new("price_books", clock, committed, SharedPriceBooks.Concerns, isTold: true);

    /// <summary>
    /// The book of a caller: from memory, or from Redis, or by one statement that seeks the assignments of its units, company, segments, tier and market; one
    /// more for each level of lists that are made of others, and one for their categories.
    /// </summary>
    public ValueTask<PriceBook> Of(WholesaleDb db, Caller caller, CancellationToken cancellation)
    {
        var context = KeyOf(caller);
        if (recent.TryGet(db, context, out var book))
        {
            return new(book);
        }

        return db.Database.CurrentTransaction is null
            ? recent.Get(db, context, () => FindOrRead(db, context, caller, cancellation), cancellation)
            : FromDatabase(db, caller, cancellation);
    }

    private async ValueTask<(PriceBook Book, long? AsOf)> FindOrRead(WholesaleDb db, string context, Caller caller, CancellationToken cancellation)
    {
        var found = await shared.Find(db, context, cancellation);
        if (found.Book is not null)
        {
            return (found.Book, found.AsOf);
        }

        var read = await FromDatabase(db, caller, cancellation);
        shared.Keep(context, read, found);
        return (read, null);
    }

    /// <summary>Callers of the same unit, segments, tier, market and currency share a book.</summary>
    private static string KeyOf(Caller caller) => KeyOf(caller.Assignees.Select(a => a.AssigneeId), caller.Currency, PriceTerms.Of(caller.Market));

    /// <summary>What tells a book of some things in their order, a currency and terms from all others.</summary>
    internal static string KeyOf(IEnumerable<long> ids, Currency? currency, PriceTerms terms) => string.Create(
        CultureInfo.InvariantCulture,
        $"{string.Join(' ', ids)} {currency?.Code} {terms.Policy} {terms.Rounding.Mode} {terms.Rounding.Level}");

    /// <summary>What was assigned to some units, companies, segments, tiers, markets or everyone, at whatever time.</summary>
    internal static ValueTask<List<AssignedRow>> AssignedTo(WholesaleDb db, IReadOnlyCollection<long> assigneeIds, CancellationToken cancellation) =>
        CompiledAssignedTo(db, assigneeIds).ToListAsync(cancellation);

    /// <summary>Who has any of some lists at an instant, as long as the lists are active.</summary>
    internal static async ValueTask<IReadOnlyCollection<Assignee>> AssigneesOf(
        WholesaleDb db, IEnumerable<long> listIds, DateTime at, CancellationToken cancellation)
    {
        var rows = await db.PriceListAssignments
            .Where(a => listIds.Contains(a.PriceListId) && (a.ValidFrom ?? a.CreatedAt) <= at && (a.ValidTo == null || a.ValidTo > at))
            .Join(db.PriceLists.Where(l => l.IsActive), a => a.PriceListId, l => l.Id, (a, l) => new { a.Level, a.AssigneeId })
            .Distinct()
            .ToListAsync(cancellation);
        return rows.ConvertAll(row => new Assignee(row.Level, row.AssigneeId));
    }

    /// <summary>Makes a caller's book of what was assigned to its <see cref="Caller.Assignees"/>.</summary>
    /// <param name="caller">The caller.</param>
    /// <param name="assigned">All of that.</param>
    /// <param name="sourcesOf">Where a list's prices come from; new objects at each call.</param>
    internal static PriceBook BookOf(Caller caller, IEnumerable<AssignedRow> assigned, Func<long, IReadOnlyList<PriceSource>> sourcesOf)
    {
        var nearness = caller.Assignees.ToDictionary(a => a.AssigneeId, a => caller.Assignees.Index().First(b => b.Item.IsAsNearAs(a)).Index);
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
                Sources = sourcesOf(a.Assignment.PriceListId),
            }),
            caller.Currency,
            PriceTerms.Of(caller.Market));
    }

    /// <summary>The book of a caller as the database has it, and not as it is remembered.</summary>
    internal static async ValueTask<PriceBook> FromDatabase(WholesaleDb db, Caller caller, CancellationToken cancellation)
    {
        var assigned = await AssignedTo(db, [.. caller.Assignees.Select(a => a.AssigneeId)], cancellation);
        var derivations = await PriceListDerivations.Of(
            db, [.. assigned.Where(a => a.IsDerived).Select(a => a.Assignment.PriceListId).Distinct()], cancellation);
        return BookOf(caller, assigned, derivations.SourcesOf);
    }
}

/// <summary>An assignment with what is to be known of its list.</summary>
internal sealed record AssignedRow(PriceListAssignment Assignment, Currency Currency, bool IsActive, bool IsDerived, bool HasQuantityTerms);
