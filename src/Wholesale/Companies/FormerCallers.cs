using Microsoft.EntityFrameworkCore;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using Wholesale.Platform.Events;

namespace Wholesale.Companies;

/// <summary>
/// What a caller was at moments of the log: its unit, company, segments and market as they are, less what has happened since. Read by at most eight
/// statements, whatever the number of moments. What it may do, and its languages, are those of now.
/// </summary>
internal sealed class FormerCallers
{
    private readonly Caller caller;
    private readonly Company? company;
    private readonly CompanyUser? user;
    private readonly List<CompanyUnit> units = [];
    private readonly HashSet<long> segmentIds = [];
    private readonly Dictionary<long, Market> markets = [];

    /// <summary>Of the company and its segments, newest first.</summary>
    private readonly List<Event> events = [];
    private readonly List<Event> eventsOfMarkets = [];

    private FormerCallers(Caller caller, Company? company, CompanyUser? user) => (this.caller, this.company, this.user) = (caller, company, user);

    /// <summary>When any of it last became another, up to an event; null: it did not since the number that was asked for.</summary>
    public DateTime? LastChangedAt(long number) => events.Concat(eventsOfMarkets).Where(e => e.Number <= number).Select(e => (DateTime?)e.At).Max();

    /// <summary>Reads what a caller is, and what has happened to it behind a number.</summary>
    /// <exception cref="GraphQLException">UNAUTHENTICATED: the credential's user is gone.</exception>
    public static async ValueTask<FormerCallers> Read(WholesaleDb db, Caller caller, long behind, CancellationToken cancellation)
    {
        if (caller is not { Company.Id: var companyId, User.Id: var userId })
        {
            return new(caller, null, null);
        }

        var own = await db.Companies.SingleAsync(c => c.Id == companyId, cancellation);
        var buyer = await db.CompanyUsers.SingleOrDefaultAsync(u => u.Id == userId, cancellation) ?? throw Callers.UserIsGone();
        var former = new FormerCallers(caller, own, buyer);
        former.units.AddRange(await db.CompanyUnits.Where(u => u.CompanyId == companyId).ToListAsync(cancellation));
        var memberships = await db.CustomerSegmentMembers
            .Where(m => m.CompanyId == companyId).Select(m => new { m.SegmentId, m.ValidTo }).ToListAsync(cancellation);
        former.segmentIds.UnionWith(memberships.Where(m => m.ValidTo is null).Select(m => m.SegmentId));
        var ofCompany = (await FormerStates.Of(db, [companyId], behind, cancellation)).FindAll(e => e.Type == CompanyEvents.CompanyChanged);
        var ofSegments = (await FormerStates.Of(db, memberships.Select(m => m.SegmentId).ToHashSet(), behind, cancellation))
            .Where(e => e.Type == CompanyEvents.CustomerSegmentMembersChanged && e.Tell<SegmentMembersChange>().IsOf(companyId));
        former.events.AddRange(ofCompany.Concat(ofSegments).OrderByDescending(e => e.Number));

        var told = ofCompany.ConvertAll(e => e.Tell<FormerCompany>());
        var marketIds = former.units.Select(u => u.MarketId).Append(own.MarketId)
            .Concat(told.SelectMany(was => was.Units.Select(u => u.MarketId).Append(was.Was?.MarketId)))
            .OfType<long>().ToHashSet();
        foreach (var market in await db.Markets.Where(m => marketIds.Contains(m.Id)).ToListAsync(cancellation))
        {
            former.markets.Add(market.Id, market);
        }

        former.eventsOfMarkets.AddRange((await FormerStates.Of(db, marketIds, behind, cancellation)).Where(e => e.Type == CompanyEvents.MarketChanged));
        return former;
    }

    /// <summary>The caller as it was when an event was the last one; its units bear the names and paths of now.</summary>
    public Caller At(long number)
    {
        if (company is null)
        {
            return caller;
        }

        var (terms, unitId, segments) = (company.Terms, user!.UnitId, segmentIds.ToHashSet());
        var places = units.ToDictionary(u => u.Id, u => u.Place);
        foreach (var happened in events.TakeWhile(e => e.Number > number))
        {
            if (happened.Type == CompanyEvents.CustomerSegmentMembersChanged)
            {
                var change = happened.Tell<SegmentMembersChange>();
                _ = change.Joined.Contains(company.Id) ? segments.Remove(happened.SubjectId) : segments.Add(happened.SubjectId);
                continue;
            }

            var (was, formerUnits, formerUsers) = happened.Tell<FormerCompany>();
            terms = was ?? terms;
            unitId = formerUsers.FirstOrDefault(u => u.Id == user.Id)?.UnitId ?? unitId;
            foreach (var place in formerUnits)
            {
                places[place.Id] = place;
            }
        }

        var then = company.With(terms);
        _ = TreePath.Find(unitId, id => places[id].ParentId, out var path);
        var chain = TreePath.Ids(path).Reverse().ToList();
        var marketId = chain.Select(id => places[id].MarketId).FirstOrDefault(id => id is not null) ?? terms.MarketId;
        return Caller.Of(
            caller.Principal,
            user,
            then,
            chain.ConvertAll(id => units.Find(u => u.Id == id)!),
            marketId is { } market ? MarketAt(market, number) : null,
            segments);
    }

    private Market MarketAt(long id, long number)
    {
        var market = markets[id];
        foreach (var happened in eventsOfMarkets.Where(e => e.SubjectId == id && e.Number > number))
        {
            market = market.With(happened.Tell<FormerTerms>().Was);
        }

        return market;
    }
}
