using Microsoft.EntityFrameworkCore;
using Wholesale.Companies;
using Wholesale.Platform;
using Wholesale.Platform.Caching;
using Wholesale.Platform.Events;

namespace Wholesale.Shipping;

/// <summary>By what goods are shipped to a buyer in one currency.</summary>
/// <param name="Templates">All active ones for its market and everyone, in that currency.</param>
/// <param name="Terms">Its terms.</param>
public sealed record ShippingRules(IReadOnlyList<FreightTemplate> Templates, BuyersShippingTerms Terms)
{
    private static readonly Func<WholesaleDb, long?, Currency, IAsyncEnumerable<FreightTemplate>> TemplatesOf = EF.CompileAsyncQuery(
        (WholesaleDb db, long? marketId, Currency currency) => db.FreightTemplates.Where(t => t.IsActive && t.Currency == currency && (t.MarketId == null || t.MarketId == marketId)));

    private static readonly Func<WholesaleDb, IEnumerable<long>, IAsyncEnumerable<ShippingTerms>> TermsOf = EF.CompileAsyncQuery(
        (WholesaleDb db, IEnumerable<long> assignees) => db.ShippingTerms.Where(t => t.IsActive && assignees.Contains(t.AssigneeId)));

    /// <summary>As the database has them, and not as they are remembered: two statements.</summary>
    public static async ValueTask<ShippingRules> FromDatabase(WholesaleDb db, Caller buyer, Currency currency, CancellationToken cancellation) =>
        new(await Read(db, buyer.MarketId, currency, cancellation), await Read(db, buyer, cancellation));

    internal static async ValueTask<IReadOnlyList<FreightTemplate>> Read(WholesaleDb db, long? marketId, Currency currency, CancellationToken cancellation) =>
        await TemplatesOf(db, marketId, currency).ToListAsync(cancellation);

    internal static async ValueTask<BuyersShippingTerms> Read(WholesaleDb db, Caller buyer, CancellationToken cancellation) =>
        BuyersShippingTerms.Of(buyer.Assignees, await TermsOf(db, [.. buyer.Assignees.Select(a => a.AssigneeId)]).ToListAsync(cancellation));
}

/// <summary>By what goods are shipped to buyers: two statements or, where they were asked for just before, none. One a process.</summary>
public sealed class KnownShippingRules(Clock clock, CommittedEvents committed)
{
    private readonly RecentValues<(long? MarketId, Currency Currency), IReadOnlyList<FreightTemplate>> templates =
        new("freight_templates", clock, committed, e => e.Type == ShippingEvents.FreightTemplateChanged, capacity: 100, isTold: true);

    /// <summary>By all that a buyer is: of one company not all users are the same.</summary>
    private readonly RecentValues<string, BuyersShippingTerms> terms =
        new("shipping_terms", clock, committed, e => e.Type == ShippingEvents.ShippingTermsChanged, isTold: true);

    /// <summary>Those of a buyer in one currency. Shared: not to be changed.</summary>
    public async ValueTask<ShippingRules> Of(WholesaleDb db, Caller buyer, Currency currency, CancellationToken cancellation) => new(
        await templates.Get(db, (buyer.MarketId, currency), () => ShippingRules.Read(db, buyer.MarketId, currency, cancellation), cancellation),
        await terms.Get(db, string.Join(' ', buyer.Assignees.Select(a => a.AssigneeId)), () => ShippingRules.Read(db, buyer, cancellation), cancellation));
}
