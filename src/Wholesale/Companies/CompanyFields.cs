using Microsoft.EntityFrameworkCore;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using Wholesale.Platform.Events;

namespace Wholesale.Companies;

/// <summary>The fields of schema/companies.graphql. A buyer sees its own company, staff that reads companies all of them.</summary>
public static class CompanyFields
{
    private const string CompaniesOrder = "companies/NAME";

    /// <summary>The room's services.</summary>
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<Callers>();
        services.AddSingleton<Logins>();
        services.AddScoped<Credentials>();
        services.AddSingleton<CredentialWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<CredentialWatch>());
        services.AddScoped<RequestLanguages>();
        services.AddScoped<RequestCaller>();
        services.AddScoped<CompanyWrites>();
        services.AddScoped<SegmentWrites>();
        services.AddScoped<AddressWrites>();
    }

    /// <summary>Names the resolvers.</summary>
    public static void Map(ResolverMap map)
    {
        map.Parameter<Caller>(context => context.Services.GetRequiredService<RequestCaller>().Get(context));
        map.Field("Query.me", (Caller caller) => caller);
        map.Field("ViewerContext.permissions", (Batch<Caller> callers) => callers.Map(caller => caller.Permissions.ToList()));

        map.Node<Company>("Company", company => company.Id, CompanyNodes.Companies);
        map.Node<CompanyUnit>("CompanyUnit", unit => unit.Id, CompanyNodes.Units);
        map.Node<CompanyUser>("CompanyUser", user => user.Id, CompanyNodes.Users);
        map.Node<Market>("Market", market => market.Id, CompanyNodes.Markets);
        map.Node<CustomerTier>("CustomerTier", tier => tier.Id, CompanyNodes.Tiers);
        map.EventsOf("Company", CompanyEvents.CompanyChanged);
        map.EventsOf("Market", CompanyEvents.MarketChanged);
        map.EventsOf("CustomerTier", CompanyEvents.CustomerTierChanged);

        map.Field("Query.company", Company);
        map.Field("Query.companies", Companies);
        map.Field("Query.markets", Markets);
        map.Field("Query.customerTiers", CustomerTiers);
        map.TotalCount<Company>("CompanyConnection");

        map.Field("Company.tier", CompanyTier);
        map.Field("Company.market", CompanyMarket);
        map.Field("Company.currency", CompanyCurrency);
        map.Field("Company.units", CompanyUnits);
        map.Field("Company.users", CompanyUsers);
        map.Field("CompanyUnit.parent", UnitParent);
        map.Field("CompanyUnit.children", UnitChildren);
        map.Field("CompanyUnit.path", UnitPath);
        map.Field("CompanyUnit.market", UnitMarket);
        map.Field("CompanyUser.unit", UserUnit);
        map.Field("CompanyUser.logins", UserLogins);

        map.Field("Assignee.unit", (Batch<Assignee> assignees, WholesaleDb db, CancellationToken cancellation) =>
            OfLevel(assignees, AssigneeLevel.Unit, ids => UnitsById(db, ids, cancellation)));
        map.Field("Assignee.company", (Batch<Assignee> assignees, WholesaleDb db, CancellationToken cancellation) =>
            OfLevel(assignees, AssigneeLevel.Company, ids => CompaniesById(db, ids, cancellation)));
        map.Field("Assignee.segment", (Batch<Assignee> assignees, WholesaleDb db, CancellationToken cancellation) =>
            OfLevel(assignees, AssigneeLevel.Segment, ids => SegmentsById(db, ids, cancellation)));
        map.Field("Assignee.tier", (Batch<Assignee> assignees, WholesaleDb db, CancellationToken cancellation) =>
            OfLevel(assignees, AssigneeLevel.Tier, ids => TiersById(db, ids, cancellation)));
        map.Field("Assignee.market", (Batch<Assignee> assignees, WholesaleDb db, CancellationToken cancellation) =>
            OfLevel(assignees, AssigneeLevel.Market, ids => MarketsById(db, ids, cancellation)));

        map.Field("Mutation.upsertCompanies", UpsertCompanies);
        map.Field("Mutation.upsertMarkets", UpsertMarkets);
        map.Field("Mutation.upsertCustomerTiers", UpsertCustomerTiers);
        map.Field("Mutation.setCompanyVerification", (SetCompanyVerificationInput input, CompanyWrites writes, CancellationToken cancellation) =>
            writes.SetVerification(input, cancellation));
    }

    internal static async ValueTask<Company?> Company(NodeId? id, string? externalId, WholesaleDb db, CancellationToken cancellation)
    {
        if (id is null == externalId is null)
        {
            throw new GraphQLException("Exactly one of id and externalId is to be given.", ErrorCodes.InvalidValue);
        }

        var key = id?.KeyOf(nameof(Company));
        return await db.Companies.SingleOrDefaultAsync(c => key == null ? c.ExternalId == externalId : c.Id == key, cancellation);
    }

    internal static async ValueTask<Connection<Company>> Companies(int? first, string? after, WholesaleDb db, CancellationToken cancellation)
    {
        var page = Page.Of(first, after);
        var companies = db.Companies.AsQueryable();
        if (page.After is not null)
        {
            var cursor = Cursor.Parse(page.After, CompaniesOrder);
            var (name, id) = (cursor.Text(0), cursor.Number(1));
#pragma warning disable CA1309 // what EF Core translates; the column's collation is ordinal
            companies = companies.Where(c => string.Compare(c.NameKey, name) >= 0 && (string.Compare(c.NameKey, name) > 0 || c.Id > id));
#pragma warning restore CA1309
        }

        var rows = await companies.OrderBy(c => c.NameKey).ThenBy(c => c.Id).Take(page.Take).ToListAsync(cancellation);
        return page.Connect(
            rows, company => Cursor.Of(CompaniesOrder, company.NameKey, company.Id), async () => await db.Companies.CountAsync(cancellation));
    }

    internal static async ValueTask<IReadOnlyList<Market>> Markets(WholesaleDb db, CancellationToken cancellation) =>
        await db.Markets.OrderBy(m => m.ExternalId).ToListAsync(cancellation);

    internal static async ValueTask<IReadOnlyList<CustomerTier>> CustomerTiers(WholesaleDb db, CancellationToken cancellation) =>
        await db.CustomerTiers.OrderByDescending(t => t.Rank).ThenBy(t => t.ExternalId).ToListAsync(cancellation);

    internal static async ValueTask<IReadOnlyList<CustomerTier?>> CompanyTier(Batch<Company> companies, WholesaleDb db, CancellationToken cancellation) =>
        companies.Pick(c => c.TierId, await TiersById(db, companies.Keys(c => c.TierId), cancellation));

    internal static async ValueTask<IReadOnlyList<Market?>> CompanyMarket(Batch<Company> companies, WholesaleDb db, CancellationToken cancellation) =>
        companies.Pick(c => c.MarketId, await MarketsById(db, companies.Keys(c => c.MarketId), cancellation));

    internal static async ValueTask<IReadOnlyList<Currency?>> CompanyCurrency(Batch<Company> companies, WholesaleDb db, CancellationToken cancellation)
    {
        var markets = await CompanyMarket(companies, db, cancellation);
        return [.. markets.Select((market, i) => companies[i].EffectiveCurrency(market))];
    }

    internal static async ValueTask<IReadOnlyList<IReadOnlyList<CompanyUnit>>> CompanyUnits(
        Batch<Company> companies, WholesaleDb db, CancellationToken cancellation)
    {
        var ids = companies.Keys(c => c.Id);
        var units = await db.CompanyUnits.Where(u => ids.Contains(u.CompanyId)).ToListAsync(cancellation);
        return companies.Pick(c => c.Id, CompanyUnit.InOrder(units).ToLookup(unit => unit.CompanyId));
    }

    internal static async ValueTask<IReadOnlyList<IReadOnlyList<CompanyUser>>> CompanyUsers(
        Batch<Company> companies, WholesaleDb db, CancellationToken cancellation)
    {
        var ids = companies.Keys(c => c.Id);
        var users = await db.CompanyUsers.Where(u => ids.Contains(u.CompanyId)).ToListAsync(cancellation);
        var inOrder = users.OrderBy(user => NameKey.Of(user.Name), Utf8Order.Instance).ThenBy(user => user.Id);
        return companies.Pick(c => c.Id, inOrder.ToLookup(user => user.CompanyId));
    }

    internal static async ValueTask<IReadOnlyList<CompanyUnit?>> UnitParent(Batch<CompanyUnit> units, WholesaleDb db, CancellationToken cancellation) =>
        units.Pick(u => u.ParentId, await UnitsById(db, units.Keys(u => u.ParentId), cancellation));

    internal static async ValueTask<IReadOnlyList<IReadOnlyList<CompanyUnit>>> UnitChildren(
        Batch<CompanyUnit> units, WholesaleDb db, CancellationToken cancellation)
    {
        var ids = units.Keys(u => u.Id);
        var children = await db.CompanyUnits.Where(u => u.ParentId != null && ids.Contains(u.ParentId.Value)).ToListAsync(cancellation);
        return units.Pick(u => u.Id, CompanyUnit.InOrder(children).ToLookup(child => child.ParentId!.Value));
    }

    internal static async ValueTask<IReadOnlyList<IReadOnlyList<string>>> UnitPath(Batch<CompanyUnit> units, WholesaleDb db, CancellationToken cancellation)
    {
        var ids = units.Map(u => u.Path).SelectMany(TreePath.Ids).Distinct().ToList();
        var names = await db.CompanyUnits.Where(u => ids.Contains(u.Id)).Select(u => new { u.Id, u.Name }).ToDictionaryAsync(u => u.Id, u => u.Name, cancellation);
        return units.Map<IReadOnlyList<string>>(unit => [.. TreePath.Ids(unit.Path).Select(id => names[id])]);
    }

    internal static async ValueTask<IReadOnlyList<InheritedMarket?>> UnitMarket(Batch<CompanyUnit> units, WholesaleDb db, CancellationToken cancellation)
    {
        var pathIds = units.Map(u => u.Path).SelectMany(TreePath.Ids).Distinct().ToList();
        var companyIds = units.Keys(u => u.CompanyId);
        var setters = await (
            from unit in db.CompanyUnits
            join market in db.Markets on unit.MarketId equals market.Id
            where pathIds.Contains(unit.Id)
            select new { unit, market }).ToDictionaryAsync(row => row.unit.Id, cancellation);
        var companies = await (
            from company in db.Companies
            join market in db.Markets on company.MarketId equals market.Id
            where companyIds.Contains(company.Id)
            select new { company, market }).ToDictionaryAsync(row => row.company.Id, cancellation);
        return units.Map(unit =>
            TreePath.Ids(unit.Path).LastOrDefault(setters.ContainsKey) is var nearest and > 0 ? new InheritedMarket(setters[nearest].market, setters[nearest].unit)
            : companies.TryGetValue(unit.CompanyId, out var company) ? new InheritedMarket(company.market, company.company)
            : null);
    }

    internal static async ValueTask<IReadOnlyList<CompanyUnit>> UserUnit(Batch<CompanyUser> users, WholesaleDb db, CancellationToken cancellation) =>
        users.Pick(u => u.UnitId, await UnitsById(db, users.Keys(u => u.UnitId), cancellation));

    internal static async ValueTask<IReadOnlyList<IReadOnlyList<UserLogin>>> UserLogins(
        Batch<CompanyUser> users, WholesaleDb db, CancellationToken cancellation)
    {
        var ids = users.Keys(u => u.Id);
        var logins = await db.UserLogins.Where(l => ids.Contains(l.CompanyUserId)).OrderBy(l => l.Issuer).ThenBy(l => l.Subject).ToListAsync(cancellation);
        return users.Pick(u => u.Id, logins.ToLookup(login => login.CompanyUserId));
    }

    internal static async ValueTask<UpsertCompaniesPayload> UpsertCompanies(
        UpsertCompaniesInput input, CompanyWrites writes, CancellationToken cancellation)
    {
        if (RowErrors.TooMany(input.Companies.Count, "companies") is { } refusal)
        {
            return new([], BulkCounts.Refused(input.Companies.Count), [refusal]);
        }

        var result = await writes.UpsertCompanies(input.Companies, input.Mode, cancellation);
        return new(result.Things, result.Counts, result.Errors("companies"));
    }

    internal static async ValueTask<UpsertMarketsPayload> UpsertMarkets(UpsertMarketsInput input, CompanyWrites writes, CancellationToken cancellation)
    {
        if (RowErrors.TooMany(input.Markets.Count, "markets") is { } refusal)
        {
            return new([], BulkCounts.Refused(input.Markets.Count), [refusal]);
        }

        var result = await writes.UpsertMarkets(input.Markets, input.Mode, cancellation);
        return new(result.Things, result.Counts, result.Errors("markets"));
    }

    internal static async ValueTask<UpsertCustomerTiersPayload> UpsertCustomerTiers(
        UpsertCustomerTiersInput input, CompanyWrites writes, CancellationToken cancellation)
    {
        if (RowErrors.TooMany(input.Tiers.Count, "tiers") is { } refusal)
        {
            return new([], BulkCounts.Refused(input.Tiers.Count), [refusal]);
        }

        var result = await writes.UpsertCustomerTiers(input.Tiers, input.Mode, cancellation);
        return new(result.Things, result.Counts, result.Errors("tiers"));
    }

    private static async ValueTask<IReadOnlyList<T?>> OfLevel<T>(
        Batch<Assignee> assignees, AssigneeLevel level, Func<List<long>, Task<Dictionary<long, T>>> read) where T : class
    {
        long? Key(Assignee assignee) => assignee.Level == level ? assignee.AssigneeId : null;
        var ids = assignees.Keys(Key);
        return ids.Count == 0 ? new T?[assignees.Count] : assignees.Pick(Key, await read(ids));
    }

    private static Task<Dictionary<long, Company>> CompaniesById(WholesaleDb db, List<long> ids, CancellationToken cancellation) =>
        db.Companies.Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, cancellation);

    private static Task<Dictionary<long, CompanyUnit>> UnitsById(WholesaleDb db, List<long> ids, CancellationToken cancellation) =>
        db.CompanyUnits.Where(u => ids.Contains(u.Id)).ToDictionaryAsync(u => u.Id, cancellation);

    private static Task<Dictionary<long, Market>> MarketsById(WholesaleDb db, List<long> ids, CancellationToken cancellation) =>
        db.Markets.Where(m => ids.Contains(m.Id)).ToDictionaryAsync(m => m.Id, cancellation);

    private static Task<Dictionary<long, CustomerSegment>> SegmentsById(WholesaleDb db, List<long> ids, CancellationToken cancellation) =>
        db.CustomerSegments.Where(s => ids.Contains(s.Id)).ToDictionaryAsync(s => s.Id, cancellation);

    private static Task<Dictionary<long, CustomerTier>> TiersById(WholesaleDb db, List<long> ids, CancellationToken cancellation) =>
        db.CustomerTiers.Where(t => ids.Contains(t.Id)).ToDictionaryAsync(t => t.Id, cancellation);
}
