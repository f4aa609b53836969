using Microsoft.EntityFrameworkCore;
using Wholesale.Catalog;
using Wholesale.Companies;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;

namespace Wholesale.Pricing;

/// <summary>A price of a list, as the contract's <c>PriceListEntry</c> shows it.</summary>
/// <param name="Variant">Whose price.</param>
/// <param name="MinimumQuantity">From this quantity on.</param>
/// <param name="UnitPrice">Per unit of measure.</param>
/// <param name="ValidFrom">From when; null: since ever.</param>
/// <param name="ValidTo">Until when, exclusive; null: for ever.</param>
public sealed record ListedPrice(Variant Variant, Quantity MinimumQuantity, Money UnitPrice, DateTime? ValidFrom, DateTime? ValidTo);

/// <summary>What an adjustment rule says, with its category.</summary>
public sealed record PriceListAdjustmentRule(long? CategoryId, AppliedAdjustment Adjustment);

/// <summary>What a list says of the quantities of one variant.</summary>
public sealed record PriceListQuantityRule(Variant Variant, Quantity? Minimum, Quantity? Maximum, Quantity? Increment, string? BreakGroup);

/// <summary>A company's price with the reasons.</summary>
public sealed record ExplainedPrice(EffectivePrice? Price, QuantityRule QuantityRule, PriceExplanation Explanation);

/// <summary>The fields of price lists in schema/pricing.graphql: the seller's alone.</summary>
public static class PriceListFields
{
    private const string ListsByExternalId = "priceLists/EXTERNAL_ID";
    private const string EntriesBySku = "priceListEntries/SKU";

    private const string RulesBySku = "priceListQuantityRules/SKU";

    private static readonly DateTime SinceEver = DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc);

    /// <summary>Names the resolvers.</summary>
    public static void Map(ResolverMap map)
    {
        map.Node<PriceList>(nameof(PriceList), l => l.Id, LoadPriceLists);
        map.Node<PriceListAssignment>(nameof(PriceListAssignment), a => a.Id, LoadAssignments);
        map.EventsOf(nameof(PriceList), PricingEvents.PriceListChanged, PricingEvents.PricesChanged, PricingEvents.PriceListAdjusted, PricingEvents.QuantityRulesChanged, PricingEvents.PricesTurned);
        map.EventsOf(nameof(PriceListAssignment), PricingEvents.PriceListAssigned, PricingEvents.PriceListUnassigned);

        map.Field("Query.priceList", OnePriceList);
        map.Field("Query.priceLists", PriceLists);
        map.Field("PriceList.entries", Entries);
        map.Field("PriceList.assignments", Assignments);
        map.Field("PriceListAssignment.priceList", ListOfAssignment);
        map.Field("PriceList.parent", Parents);
        map.Field("PriceList.adjustmentRules", AdjustmentRules);
        map.Field("PriceListAdjustmentRule.category", RuleCategory);
        map.Field("PriceList.quantityRules", QuantityRules);
        map.Field("PriceCandidate.priceList", CandidateList);
        map.Field("PriceCandidate.assignment", CandidateAssignment);
    }

    internal static async ValueTask<PriceList?> OnePriceList(NodeId? id, string? externalId, WholesaleDb db, CancellationToken cancellation)
    {
        if (id is null == externalId is null)
        {
            throw new GraphQLException("Exactly one of `id` and `externalId` is to be given.", ErrorCodes.InvalidValue);
        }

        var key = id?.KeyOf(nameof(PriceList));
        return await db.PriceLists.SingleOrDefaultAsync(l => externalId == null ? l.Id == key : l.ExternalId == externalId, cancellation);
    }

    internal static async ValueTask<Connection<PriceList>> PriceLists(int? first, string? after, WholesaleDb db, CancellationToken cancellation)
    {
        var page = Page.Of(first, after);
        IQueryable<PriceList> lists = db.PriceLists;
        if (after is not null)
        {
            var behind = Cursor.Parse(after, ListsByExternalId).Text(0);
#pragma warning disable CA1309 // what EF Core translates; the column's collation is ordinal
            lists = lists.Where(l => string.Compare(l.ExternalId, behind) > 0);
#pragma warning restore CA1309
        }

        return page.Connect(
            await lists.OrderBy(l => l.ExternalId).Take(page.Take).ToListAsync(cancellation), l => Cursor.Of(ListsByExternalId, l.ExternalId));
    }

    /// <summary>A page of each list, by one statement: the union of one short range of each.</summary>
    internal static async ValueTask<IReadOnlyList<Connection<ListedPrice>>> Entries(
        Batch<PriceList> lists, int? first, string? after, WholesaleDb db, Clock clock, CancellationToken cancellation)
    {
        var page = Page.Of(first, after);
        var now = clock.UtcNow;
        var rows = await lists.Ranges(list => list.Id, list => EntriesOf(db, list, page, now), cancellation);
        var byList = rows.ToLookup(r => r.Entry.PriceListId);
        return lists.Map(list => page.Connect(
            [
                .. byList[list.Id]
                    .OrderBy(r => r.Variant.Sku, Utf8Order.Instance)
                    .ThenBy(r => r.Entry.MinimumQuantity)
                    .ThenBy(r => r.Entry.ValidFrom ?? SinceEver)
                    .Select(r => r.Listed(list.Currency)),
            ],
            price => Cursor.Of(EntriesBySku, price.Variant.Sku, price.MinimumQuantity.Thousandths, price.ValidFrom ?? SinceEver)));
    }

    private static IQueryable<EntryRow> EntriesOf(WholesaleDb db, PriceList list, Page page, DateTime now)
    {
        var rows =
            from entry in db.PriceListEntries
            join variant in db.Variants on entry.VariantId equals variant.Id
            where entry.PriceListId == list.Id
                && entry.FromVersion <= list.PriceVersion
                && (entry.ToVersion == null || entry.ToVersion > list.PriceVersion)
                && entry.UnitPrice != null
                && (entry.ValidTo == null || entry.ValidTo > now)
            select new EntryRow { Entry = entry, Variant = variant };
        if (page.After is not null)
        {
            var cursor = Cursor.Parse(page.After, EntriesBySku);
            var (sku, minimum, from) = (cursor.Text(0), new Quantity(cursor.Number(1)), cursor.Instant(2));
#pragma warning disable CA1309 // what EF Core translates; the column's collation is ordinal
            rows = rows.Where(r => string.Compare(r.Variant.Sku, sku) >= 0 && (string.Compare(r.Variant.Sku, sku) > 0
                || r.Entry.MinimumQuantity > minimum
                || (r.Entry.MinimumQuantity == minimum && (r.Entry.ValidFrom ?? SinceEver) > from)));
#pragma warning restore CA1309
        }

        return rows
            .OrderBy(r => r.Variant.Sku).ThenBy(r => r.Entry.MinimumQuantity).ThenBy(r => r.Entry.ValidFrom ?? SinceEver)
            .Take(page.Take);
    }

    /// <summary>Only who reads price lists finds any.</summary>
    internal static async ValueTask<IReadOnlyList<PriceList?>> LoadPriceLists(IReadOnlyList<long> keys, RequestContext context)
    {
        var lists = await MayRead(context)
            ? await context.Services.GetRequiredService<WholesaleDb>().PriceLists.Where(l => keys.Contains(l.Id)).ToListAsync(context.Cancellation)
            : [];
        return lists.InOrderOf(keys, l => l.Id);
    }

    /// <summary>Only who reads price lists finds any.</summary>
    internal static async ValueTask<IReadOnlyList<PriceListAssignment?>> LoadAssignments(IReadOnlyList<long> keys, RequestContext context)
    {
        var assignments = await MayRead(context)
            ? await context.Services.GetRequiredService<WholesaleDb>().PriceListAssignments.Where(a => keys.Contains(a.Id)).ToListAsync(context.Cancellation)
            : [];
        return assignments.InOrderOf(keys, a => a.Id);
    }

    internal static async ValueTask<bool> MayRead(RequestContext context) =>
        (await context.Services.GetRequiredService<RequestCaller>().Get(context)).Permissions.Contains(Permission.PricesRead);

    internal static async ValueTask<IReadOnlyList<IReadOnlyList<PriceListAssignment>>> Assignments(
        Batch<PriceList> lists, WholesaleDb db, CancellationToken cancellation)
    {
        var ids = lists.Keys(l => l.Id);
        var assignments = await db.PriceListAssignments
            .Where(a => ids.Contains(a.PriceListId))
            .OrderByDescending(a => a.CreatedAt).ThenByDescending(a => a.Id)
            .ToListAsync(cancellation);
        return lists.Pick(l => l.Id, assignments.ToLookup(a => a.PriceListId));
    }

    internal static async ValueTask<IReadOnlyList<PriceList>> ListOfAssignment(
        Batch<PriceListAssignment> assignments, WholesaleDb db, CancellationToken cancellation)
    {
        var ids = assignments.Keys(a => a.PriceListId);
        var lists = await db.PriceLists.Where(l => ids.Contains(l.Id)).ToDictionaryAsync(l => l.Id, cancellation);
        return assignments.Pick(a => a.PriceListId, lists);
    }

    internal static async ValueTask<IReadOnlyList<PriceList?>> Parents(Batch<PriceList> lists, WholesaleDb db, CancellationToken cancellation)
    {
        var ids = lists.Keys(l => l.Id);
        var rows = await db.PriceListAdjustments
            .Where(a => ids.Contains(a.PriceListId) && a.ValidTo == null && a.Position == 0)
            .Join(db.PriceLists, a => a.ParentId, l => l.Id, (a, l) => new { a.PriceListId, Parent = l })
            .ToDictionaryAsync(row => row.PriceListId, row => row.Parent, cancellation);
        return lists.Map(list => rows.GetValueOrDefault(list.Id));
    }

    internal static async ValueTask<IReadOnlyList<IReadOnlyList<PriceListAdjustmentRule>>> AdjustmentRules(
        Batch<PriceList> lists, WholesaleDb db, CancellationToken cancellation)
    {
        var ids = lists.Keys(l => l.Id);
        var rules = await db.PriceListAdjustments
            .Where(a => ids.Contains(a.PriceListId) && a.ValidTo == null).OrderBy(a => a.Position).ToListAsync(cancellation);
        return lists.Pick(l => l.Id, rules.ToLookup(a => a.PriceListId, a => new PriceListAdjustmentRule(a.CategoryId, AppliedAdjustment.Of(a.Adjustment))));
    }

    internal static async ValueTask<IReadOnlyList<LocalizedCategory?>> RuleCategory(
        Batch<PriceListAdjustmentRule> rules, WholesaleDb db, Sight sight, CancellationToken cancellation) =>
        rules.Pick(r => r.CategoryId, await CatalogFields.CategoriesById(db, sight, rules.Keys(r => r.CategoryId), cancellation));

    /// <summary>A page of each list, by one statement: the union of one short range of each.</summary>
    internal static async ValueTask<IReadOnlyList<Connection<PriceListQuantityRule>>> QuantityRules(
        Batch<PriceList> lists, int? first, string? after, WholesaleDb db, CancellationToken cancellation)
    {
        var page = Page.Of(first, after);
        var behind = page.After is null ? "" : Cursor.Parse(page.After, RulesBySku).Text(0);
        var rows = await lists.Ranges(list => list.Id, list =>
                (from terms in db.PriceListQuantityTerms
                 join variant in db.Variants on terms.VariantId equals variant.Id
#pragma warning disable CA1309 // what EF Core translates; the column's collation is ordinal
                 where terms.PriceListId == list.Id && string.Compare(variant.Sku, behind) > 0
#pragma warning restore CA1309
                 orderby variant.Sku
                 select new { Terms = terms, Variant = variant }).Take(page.Take), cancellation);
        var byList = rows.ToLookup(r => r.Terms.PriceListId);
        return lists.Map(list => page.Connect(
            [
                .. byList[list.Id]
                    .OrderBy(r => r.Variant.Sku, Utf8Order.Instance)
                    .Select(r => new PriceListQuantityRule(r.Variant, r.Terms.Minimum, r.Terms.Maximum, r.Terms.Increment, r.Terms.BreakGroup)),
            ],
            rule => Cursor.Of(RulesBySku, rule.Variant.Sku)));
    }

    internal static async ValueTask<IReadOnlyList<PriceList>> CandidateList(Batch<PriceCandidate> candidates, WholesaleDb db, CancellationToken cancellation)
    {
        var ids = candidates.Keys(c => c.PriceListId);
        return candidates.Pick(c => c.PriceListId, await db.PriceLists.Where(l => ids.Contains(l.Id)).ToDictionaryAsync(l => l.Id, cancellation));
    }

    internal static async ValueTask<IReadOnlyList<PriceListAssignment>> CandidateAssignment(
        Batch<PriceCandidate> candidates, WholesaleDb db, CancellationToken cancellation)
    {
        var ids = candidates.Keys(c => c.AssignmentId);
        return candidates.Pick(c => c.AssignmentId, await db.PriceListAssignments.Where(a => ids.Contains(a.Id)).ToDictionaryAsync(a => a.Id, cancellation));
    }

    /// <summary>A company's price with the reasons; null where there is no such company, unit or variant.</summary>
    internal static async ValueTask<ExplainedPrice?> Explain(
        NodeId companyId,
        NodeId? unitId,
        string sku,
        Quantity? quantity,
        DateTime? asOf,
        Currency? currency,
        WholesaleDb db,
        Prices prices,
        Clock clock,
        CancellationToken cancellation)
    {
        var variant = await db.Variants.SingleOrDefaultAsync(v => v.Sku == sku, cancellation);
        var caller = await Callers.OfUnit(db, companyId.KeyOf(nameof(Company)), unitId?.KeyOf(nameof(CompanyUnit)), cancellation);
        if (variant is null || caller is null)
        {
            return null;
        }

        var resolution = await prices.Resolve(caller, asOf ?? clock.UtcNow, currency, [variant.Id], cancellation);
        if (quantity is { } asked && resolution.WhyNot(variant, asked) is { } refusal)
        {
            throw new GraphQLException(refusal, PricingErrors.InvalidQuantity);
        }

        var rule = resolution.RuleOf(variant);
        var wanted = quantity ?? rule.Minimum;
        try
        {
            return new(resolution.Resolve(variant, wanted), rule, PriceExplanation.Of(resolution, variant, wanted, null, withAll: true));
        }
        catch (MoneyOverflowException exception)
        {
            throw new GraphQLException(exception.Message, PricingErrors.AmountOverflow);
        }
    }

    /// <summary>A row of a page of entries, as the database gives it.</summary>
    private sealed class EntryRow
    {
        public required PriceListEntry Entry { get; init; }

        public required Variant Variant { get; init; }

        public ListedPrice Listed(Currency currency) =>
            new(Variant, Entry.MinimumQuantity, new Money(Entry.UnitPrice!.Value, currency), Entry.ValidFrom, Entry.ValidTo);
    }
}
