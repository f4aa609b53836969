using Microsoft.EntityFrameworkCore;
using Wholesale.Catalog;
using Wholesale.Companies;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using Wholesale.Platform.Events;

namespace Wholesale.Pricing;

/// <summary>A price of a list, as the contract's <c>PriceListEntry</c> shows it.</summary>
/// <param name="Variant">Whose price.</param>
/// <param name="MinimumQuantity">From this quantity on.</param>
/// <param name="UnitPrice">Per unit of measure.</param>
/// <param name="ValidFrom">From when; null: since ever.</param>
/// <param name="ValidTo">Until when, exclusive; null: for ever.</param>
public sealed record ListedPrice(Variant Variant, Quantity MinimumQuantity, Money UnitPrice, DateTime? ValidFrom, DateTime? ValidTo);

/// <summary>The fields of schema/pricing.graphql.</summary>
public static class PricingFields
{
    private const string ListsByExternalId = "priceLists/EXTERNAL_ID";
    private const string EntriesBySku = "priceListEntries/SKU";

    private static readonly DateTime SinceEver = DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc);

    /// <summary>The room's services.</summary>
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<PriceBooks>();
        services.AddScoped<Prices>();
        services.AddScoped<PriceWrites>();
        services.AddScoped<StagedPrices>();
        services.AddSingleton<UnfinishedPrices>();
        services.AddHostedService(provider => provider.GetRequiredService<UnfinishedPrices>());
        services.AddScoped<PriceListWrites>();
        services.AddScoped<PriceListUpsert>();
    }

    /// <summary>Names the resolvers.</summary>
    public static void Map(ResolverMap map)
    {
        map.Node<PriceList>(nameof(PriceList), l => l.Id, LoadPriceLists);
        map.Node<PriceListAssignment>(nameof(PriceListAssignment), a => a.Id, LoadAssignments);
        map.EventsOf(nameof(PriceList), PricingEvents.PriceListChanged, PricingEvents.PricesChanged);
        map.EventsOf(nameof(PriceListAssignment), PricingEvents.PriceListAssigned, PricingEvents.PriceListUnassigned);

        map.Field("Variant.price", Price);
        map.Field("Query.priceList", OnePriceList);
        map.Field("Query.priceLists", PriceLists);
        map.Field("PriceList.entries", Entries);
        map.Field("PriceList.assignments", Assignments);
        map.Field("PriceListAssignment.priceList", ListOfAssignment);

        map.Field("Mutation.createPriceList", (CreatePriceListInput input, PriceListWrites lists, CancellationToken ct) => lists.Create(input, ct));
        map.Field("Mutation.updatePriceList", (UpdatePriceListInput input, PriceListWrites lists, CancellationToken ct) => lists.Update(input, ct));
        map.Field("Mutation.assignPriceList", (AssignPriceListInput input, PriceListWrites lists, CancellationToken ct) => lists.Assign(input, ct));
        map.Field("Mutation.unassignPriceList", (UnassignPriceListInput input, PriceListWrites lists, CancellationToken ct) => lists.Unassign(input, ct));
        map.Field("Mutation.upsertPrices", (UpsertPricesInput input, PriceListWrites lists, CancellationToken ct) => lists.UpsertPrices(input, ct));
    }

    private static ValueTask<IReadOnlyList<EffectivePrice?>> Price(
        Batch<Variant> variants, Quantity quantity, DateTime? asOf, Prices prices, Caller caller, CancellationToken cancellation) =>
        prices.Of(variants, quantity, asOf, caller, cancellation);

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
        var rows = await lists
            .Map(list => EntriesOf(db, list, page, now))
            .Aggregate((union, range) => union.Concat(range))
            .ToListAsync(cancellation);
        var byList = rows.ToLookup(r => r.Entry.PriceListId);
        return lists.Map(list => page.Connect(
            [
                .. byList[list.Id]
                    .OrderBy(r => r.Variant.Sku, StringComparer.Ordinal)
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

    private static async ValueTask<bool> MayRead(RequestContext context) =>
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

    /// <summary>A row of a page of entries, as the database gives it.</summary>
    private sealed class EntryRow
    {
        public required PriceListEntry Entry { get; init; }

        public required Variant Variant { get; init; }

        public ListedPrice Listed(Currency currency) =>
            new(Variant, Entry.MinimumQuantity, new Money(Entry.UnitPrice!.Value, currency), Entry.ValidFrom, Entry.ValidTo);
    }
}
