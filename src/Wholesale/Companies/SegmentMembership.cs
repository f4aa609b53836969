using Microsoft.EntityFrameworkCore;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;

namespace Wholesale.Companies;

/// <summary>
/// Keeps who belongs to the segments: a table, so that a caller looks rows up instead of evaluating rules. Only differences are written, and told.
/// Reads and writes sets of up to <see cref="ChunkSize"/> companies, each with the same few statements.
/// </summary>
internal static class SegmentMembership
{
    private const int ChunkSize = 5000;

    /// <summary>Brings some segments up to date with their rules, over all companies.</summary>
    public static async ValueTask Rebuild(
        WholesaleDb db, Writes writes, IReadOnlyList<CustomerSegment> segments, Ids ids, DateTime now, CancellationToken cancellation)
    {
        var rules = segments.ToDictionary(segment => segment.Id, segment => new SegmentEvaluation(segment.Rule));
        var segmentIds = rules.Keys.ToList();
        var last = 0L;
        List<CompanyFacts> chunk;
        do
        {
            chunk = await Facts(db, db.Companies.Where(c => c.Id > last).OrderBy(c => c.Id).Take(ChunkSize)).ToListAsync(cancellation);
            var (behind, end) = (last, chunk.Count > 0 ? chunk.Max(company => company.Id) : last);
            var members = db.CustomerSegmentMembers.Where(m => segmentIds.Contains(m.SegmentId) && m.CompanyId > behind && m.CompanyId <= end);
            await Write(db, writes, rules, chunk, members, ids, now, cancellation);
            last = end;
        }
        while (chunk.Count == ChunkSize);
    }

    /// <summary>Brings all segments up to date with some companies.</summary>
    public static async ValueTask Refresh(
        WholesaleDb db, Writes writes, IReadOnlyList<long> companyIds, Ids ids, DateTime now, CancellationToken cancellation)
    {
        if (companyIds.Count == 0)
        {
            return;
        }

        var segments = await db.CustomerSegments.Select(s => new { s.Id, s.Rule }).ToListAsync(cancellation);
        if (segments.Count == 0)
        {
            return;
        }

        var rules = segments.ToDictionary(segment => segment.Id, segment => new SegmentEvaluation(segment.Rule));
        foreach (var chunk in companyIds.Chunk(ChunkSize))
        {
            var companies = await Facts(db, db.Companies.Where(c => chunk.Contains(c.Id))).ToListAsync(cancellation);
            await Write(db, writes, rules, companies, db.CustomerSegmentMembers.Where(m => chunk.Contains(m.CompanyId)), ids, now, cancellation);
        }
    }

    private static IQueryable<CompanyFacts> Facts(WholesaleDb db, IQueryable<Company> companies) =>
        from company in companies
        join tier in db.CustomerTiers on company.TierId equals tier.Id into tiers
        from tier in tiers.DefaultIfEmpty()
        join market in db.Markets on company.MarketId equals market.Id into markets
        from market in markets.DefaultIfEmpty()
        select new CompanyFacts(
            company.Id,
            company.ExternalId,
            company.Industry,
            company.Country,
            company.Region,
            company.Employees,
            company.BusinessType,
            tier.ExternalId,
            market.ExternalId);

    /// <param name="members">The memberships of these companies in these segments, ended ones included.</param>
    private static async ValueTask Write(
        WholesaleDb db,
        Writes writes,
        Dictionary<long, SegmentEvaluation> rules,
        List<CompanyFacts> companies,
        IQueryable<CustomerSegmentMember> members,
        Ids ids,
        DateTime now,
        CancellationToken cancellation)
    {
        var left = await members.Where(m => m.ValidTo == null).ToDictionaryAsync(m => (m.SegmentId, m.CompanyId), cancellation);
        var added = new List<CustomerSegmentMember>();
        foreach (var (segmentId, rule) in rules)
        {
            foreach (var company in companies.Where(rule.Takes))
            {
                if (!left.Remove((segmentId, company.Id)))
                {
                    added.Add(new CustomerSegmentMember { Id = ids.Next(), SegmentId = segmentId, CompanyId = company.Id, ValidFrom = now });
                }
            }
        }

        var ended = left.Values.ToList();
        ended.ForEach(member => member.ValidTo = now);
        await BulkRows.Update(db, ended, m => new { m.ValidTo }, cancellation: cancellation);
        await BulkRows.Insert(db, added, cancellation);
        Record(writes, added, ended);
    }

    private static void Record(Writes writes, List<CustomerSegmentMember> added, List<CustomerSegmentMember> ended)
    {
        var joined = added.ToLookup(member => member.SegmentId, member => member.CompanyId);
        var left = ended.ToLookup(member => member.SegmentId, member => member.CompanyId);
        foreach (var segmentId in joined.Select(members => members.Key).Union(left.Select(members => members.Key)))
        {
            foreach (var some in joined[segmentId].Chunk(SegmentMembersChange.MaximumSize))
            {
                writes.Record(CompanyEvents.CustomerSegmentMembersChanged, segmentId, version: 0, new SegmentMembersChange(some, []));
            }

            foreach (var some in left[segmentId].Chunk(SegmentMembersChange.MaximumSize))
            {
                writes.Record(CompanyEvents.CustomerSegmentMembersChanged, segmentId, version: 0, new SegmentMembersChange([], some));
            }
        }
    }
}
