using Microsoft.EntityFrameworkCore;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using Wholesale.Platform.Events;

namespace Wholesale.Companies;

/// <summary>The fields of customer segments in schema/companies.graphql: the seller's alone.</summary>
public static class SegmentFields
{
    private const string MembersOrder = "segmentCompanies/CREATED";

    /// <summary>Names the resolvers.</summary>
    public static void Map(ResolverMap map)
    {
        map.Node<CustomerSegment>("CustomerSegment", segment => segment.Id, CompanyNodes.Segments);
        map.EventsOf("CustomerSegment", CompanyEvents.CustomerSegmentChanged, CompanyEvents.CustomerSegmentMembersChanged);
        map.Field("Query.customerSegments", Segments);
        map.Field("CustomerSegment.companies", SegmentCompanies);
        map.Field("Company.segments", CompanySegments);
        map.Field("Mutation.upsertCustomerSegments", Upsert);
    }

    internal static async ValueTask<IReadOnlyList<CustomerSegment>> Segments(WholesaleDb db, CancellationToken cancellation) =>
        await db.CustomerSegments.OrderBy(s => s.ExternalId).ToListAsync(cancellation);

    internal static async ValueTask<IReadOnlyList<IReadOnlyList<CustomerSegment>>> CompanySegments(
        Batch<Company> companies, WholesaleDb db, CancellationToken cancellation)
    {
        var ids = companies.Keys(c => c.Id);
        var rows = await (
            from member in db.CustomerSegmentMembers
            join segment in db.CustomerSegments on member.SegmentId equals segment.Id
            where member.ValidTo == null && ids.Contains(member.CompanyId)
            orderby segment.ExternalId
            select new { member.CompanyId, segment }).ToListAsync(cancellation);
        return companies.Pick(c => c.Id, rows.ToLookup(row => row.CompanyId, row => row.segment));
    }

    /// <summary>A page of each segment by one statement, and one more for all their counts.</summary>
    internal static async ValueTask<IReadOnlyList<Connection<Company>>> SegmentCompanies(
        Batch<CustomerSegment> segments, int? first, string? after, WholesaleDb db, CancellationToken cancellation)
    {
        var page = Page.Of(first, after);
        var behind = page.After is null ? 0 : Cursor.Parse(page.After, MembersOrder).Number(0);
        var (take, ids) = (page.Take, segments.Keys(s => s.Id));
        var members = db.CustomerSegmentMembers.Where(m => m.ValidTo == null);
        var rows = await (
            from segment in db.CustomerSegments.Where(s => ids.Contains(s.Id))
            from member in members.Where(m => m.SegmentId == segment.Id && m.CompanyId > behind).OrderBy(m => m.CompanyId).Take(take)
            join company in db.Companies on member.CompanyId equals company.Id
            orderby company.Id
            select new { member.SegmentId, company }).ToListAsync(cancellation);
        var companies = rows.ToLookup(row => row.SegmentId, row => row.company);
        var counts = new Lazy<Task<Dictionary<long, int>>>(() => members
            .Where(m => ids.Contains(m.SegmentId)).GroupBy(m => m.SegmentId).ToDictionaryAsync(group => group.Key, group => group.Count(), cancellation));
        return segments.Map(segment => page.Connect(
            [.. companies[segment.Id]],
            company => Cursor.Of(MembersOrder, company.Id),
            async () => (await counts.Value).GetValueOrDefault(segment.Id)));
    }

    internal static async ValueTask<UpsertCustomerSegmentsPayload> Upsert(
        UpsertCustomerSegmentsInput input, SegmentWrites writes, CancellationToken cancellation)
    {
        if (RowErrors.TooMany(input.Segments.Count, "segments", SegmentWrites.MaximumRows) is { } refusal)
        {
            return new([], BulkCounts.Refused(input.Segments.Count), [refusal]);
        }

        var result = await writes.Upsert(input.Segments, input.Mode, cancellation);
        return new(result.Things, result.Counts, result.Errors("segments"));
    }
}
