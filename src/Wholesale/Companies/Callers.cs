using Microsoft.EntityFrameworkCore;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using Wholesale.Platform.Caching;
using Wholesale.Platform.Events;
using Wholesale.Platform.Telemetry;

namespace Wholesale.Companies;

/// <summary>Makes callers of principals: one statement, or none where the caller was here within the last two seconds. One a process.</summary>
public sealed class Callers(Clock clock, CommittedEvents committed)
{
    // By user and permissions: two keys of one user may be narrowed differently.
    private readonly RecentValues<Principal, Caller> recent = new(
        "callers", clock, committed, e => e.Type is CompanyEvents.CompanyChanged or CompanyEvents.MarketChanged or CompanyEvents.CustomerSegmentChanged or CompanyEvents.CustomerSegmentMembersChanged);

    private static readonly Func<WholesaleDb, long, long?, IAsyncEnumerable<UnitOfChain>> ChainOf = EF.CompileAsyncQuery((WholesaleDb db, long companyId, long? unitId) =>
        from company in db.Companies
        from own in db.CompanyUnits
        from unit in db.CompanyUnits
        join market in db.Markets on unit.MarketId ?? company.MarketId equals market.Id into markets
        from market in markets.DefaultIfEmpty()
        from member in db.CustomerSegmentMembers.Where(m => m.CompanyId == company.Id && m.ValidTo == null).DefaultIfEmpty()
        where company.Id == companyId && own.CompanyId == companyId && (unitId == null ? own.ParentId == null : own.Id == unitId)
            && unit.CompanyId == companyId && own.Path.StartsWith(unit.Path)
        select new UnitOfChain(company, unit, market, (long?)member!.SegmentId));

    /// <summary>The caller of a request.</summary>
    /// <exception cref="GraphQLException">UNAUTHENTICATED: the credential's user is gone.</exception>
    public ValueTask<Caller> Of(WholesaleDb db, Principal principal, CancellationToken cancellation) => principal.CompanyUserId is { } userId
        ? recent.Get(db, principal, () => Read(db, principal, userId, cancellation), cancellation)
        : new ValueTask<Caller>(Caller.Without(principal));

    /// <summary>
    /// A caller of a company's unit without a user: what anyone there is to the catalog and to prices. One statement.
    /// </summary>
    /// <param name="db">The database.</param>
    /// <param name="companyId">The company.</param>
    /// <param name="unitId">One of its units; null: its top unit.</param>
    /// <param name="cancellation">Stops the statement.</param>
    /// <returns>Null where there is no such company, or it has no such unit.</returns>
    public static async ValueTask<Caller?> OfUnit(WholesaleDb db, long companyId, long? unitId, CancellationToken cancellation)
    {
        var rows = await ChainOf(db, companyId, unitId).ToListAsync(cancellation);
        if (rows.Count == 0)
        {
            return null;
        }

        // Own unit first: its path is the longest; each has a row for each segment of the company.
        rows.Sort((a, b) => b.Unit.Path.Length.CompareTo(a.Unit.Path.Length));
        var marketId = Caller.MarketIdOf(rows[0].Company, rows.Select(row => row.Unit));
        return Caller.Of(
            Principal.Anonymous,
            null,
            rows[0].Company,
            [.. rows.Select(row => row.Unit).DistinctBy(unit => unit.Id)],
            rows.Find(row => row.Market?.Id == marketId)?.Market,
            rows.Select(row => row.SegmentId).OfType<long>().Distinct());
    }

    /// <summary>As <see cref="OfUnit"/>, of every unit of some companies, those of one company together. Four statements.</summary>
    /// <param name="db">The database.</param>
    /// <param name="companyIds">The companies.</param>
    /// <param name="cancellation">Stops between statements.</param>
    public static async ValueTask<IReadOnlyList<Caller>> OfAllUnits(WholesaleDb db, IReadOnlyCollection<long> companyIds, CancellationToken cancellation)
    {
        var companies = await db.Companies.Where(c => companyIds.Contains(c.Id)).OrderBy(c => c.Id).ToListAsync(cancellation);
        var units = await db.CompanyUnits.Where(u => companyIds.Contains(u.CompanyId)).ToDictionaryAsync(u => u.Id, cancellation);
        var segments = (await db.CustomerSegmentMembers
            .Where(m => companyIds.Contains(m.CompanyId) && m.ValidTo == null)
            .Select(m => new { m.CompanyId, m.SegmentId })
            .ToListAsync(cancellation)).ToLookup(m => m.CompanyId, m => m.SegmentId);
        var marketIds = companies.Select(c => c.MarketId).Concat(units.Values.Select(u => u.MarketId)).OfType<long>().ToHashSet();
        var markets = await db.Markets.Where(m => marketIds.Contains(m.Id)).ToDictionaryAsync(m => m.Id, cancellation);
        var unitsOf = units.Values.ToLookup(u => u.CompanyId);
        return
        [
            .. from company in companies
               from unit in unitsOf[company.Id]
               let chain = TreePath.Ids(unit.Path).Reverse().Select(id => units[id]).ToList()
               let market = Caller.MarketIdOf(company, chain) is { } id ? markets[id] : null
               select Caller.Of(Principal.Anonymous, null, company, chain, market, segments[company.Id]),
        ];
    }

    internal static GraphQLException UserIsGone() => new("The user of this credential does not exist any more.", "UNAUTHENTICATED");

    private static async ValueTask<Caller> Read(WholesaleDb db, Principal principal, long userId, CancellationToken cancellation)
    {
        var memberships =
            from user in db.CompanyUsers
            join member in db.CustomerSegmentMembers on user.CompanyId equals member.CompanyId
            where user.Id == userId && member.ValidTo == null
            select new { user.UnitId, member.SegmentId };
        var rows = await (
            from user in db.CompanyUsers
            join company in db.Companies on user.CompanyId equals company.Id
            join own in db.CompanyUnits on user.UnitId equals own.Id
            from unit in db.CompanyUnits
            join market in db.Markets on unit.MarketId ?? company.MarketId equals market.Id into markets
            from market in markets.DefaultIfEmpty()
            join membership in memberships on unit.Id equals membership.UnitId into segments
            from segment in segments.DefaultIfEmpty()
            where user.Id == userId && unit.CompanyId == company.Id && own.Path.StartsWith(unit.Path)
            select new { user, company, unit, market, SegmentId = (long?)segment.SegmentId }).ToListAsync(cancellation);
        if (rows.Count == 0)
        {
            throw UserIsGone();
        }

        // Own unit first: its path is the longest; it has a row for each segment of the company.
        rows.Sort((a, b) => b.unit.Path.Length.CompareTo(a.unit.Path.Length));
        var marketId = Caller.MarketIdOf(rows[0].company, rows.Select(row => row.unit));
        return Caller.Of(
            principal,
            rows[0].user,
            rows[0].company,
            [.. rows.Select(row => row.unit).DistinctBy(unit => unit.Id)],
            rows.Find(row => row.market?.Id == marketId)?.market,
            rows.Select(row => row.SegmentId).OfType<long>());
    }

    private sealed record UnitOfChain(Company Company, CompanyUnit Unit, Market? Market, long? SegmentId);
}

/// <summary>The caller of one request, with the languages that it wishes for: made once, when first asked for.</summary>
public sealed class RequestCaller(Callers callers, WholesaleDb db, RequestLanguages languages)
{
    private Caller? caller;

    /// <summary>The caller.</summary>
    public async ValueTask<Caller> Get(RequestContext context)
    {
        if (caller is null)
        {
            var found = await callers.Of(db, context.Caller as Principal ?? Principal.Anonymous, context.Cancellation);
            RequestTally.Current?.CompanyId = found.Company?.Id;
            caller = languages.Wishes.Count == 0 ? found : found with { Locales = [.. languages.Wishes, .. found.Locales] };
        }

        return caller;
    }
}
