using Microsoft.EntityFrameworkCore;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;

namespace Wholesale.Companies;

/// <summary>Creates and changes customer segments, many at once: for mutations and imports alike. Runs inside the caller's unit of work.</summary>
public sealed class SegmentWrites(WholesaleDb db, Writes writes, Ids ids, Clock clock)
{
    /// <summary>The most rows of one call: each may be asked about every company.</summary>
    public const int MaximumRows = 100;

    /// <summary>Creates segments, or changes those that are there; companies come and go at once.</summary>
    public async ValueTask<BulkResult<CustomerSegment>> Upsert(
        IReadOnlyList<CustomerSegmentInput> inputs, BulkMode mode, CancellationToken cancellation)
    {
        var rows = BulkRow<CustomerSegmentInput, CustomerSegment>.Of(inputs);
        BulkRow<CustomerSegmentInput, CustomerSegment>.RefuseDuplicates(rows, input => input.ExternalId, "externalId");
        var externalIds = inputs.Select(input => input.ExternalId).ToHashSet();
        var existing = await db.CustomerSegments.Where(s => externalIds.Contains(s.ExternalId)).ToDictionaryAsync(s => s.ExternalId, cancellation);
        var checks = await Known(inputs, cancellation);
        var changes = new Changes<CustomerSegment>();
        var ruled = new List<CustomerSegment>();
        foreach (var row in rows)
        {
            row.Errors.Key(row.Input.ExternalId, "externalId");
            row.Errors.Name(row.Input.Name, "name");
            checks.Check(row.Input.Rule, row.Errors);
            if (row.IsGood)
            {
                var isNew = !existing.TryGetValue(row.Input.ExternalId, out var segment);
                row.Thing = segment ??= New(row.Input);
                var (isChanged, hasOtherRule) = segment.Change(row.Input);
                changes.Note(segment, isNew, isChanged);
                ruled.AddRange(hasOtherRule ? [segment] : []);
            }
        }

        if (BulkRow<CustomerSegmentInput, CustomerSegment>.MayProceed(rows, mode))
        {
            await BulkRows.Insert(db, changes.Added, cancellation);
            await BulkRows.Update(db, changes.Changed, cancellation: cancellation);
            if (ruled.Count > 0)
            {
                await SegmentMembership.Rebuild(db, writes, ruled, ids, clock.UtcNow, cancellation);
            }

            foreach (var segment in changes.Added.Concat(changes.Changed))
            {
                writes.Record(CompanyEvents.CustomerSegmentChanged, segment.Id, segment.Version);
            }
        }

        return BulkRow<CustomerSegmentInput, CustomerSegment>.Result(rows, mode);
    }

    private CustomerSegment New(CustomerSegmentInput input) =>
        new() { Id = ids.Next(), ExternalId = input.ExternalId, Name = input.Name, Rule = input.Rule };

    private async ValueTask<SegmentRuleChecks> Known(IReadOnlyList<CustomerSegmentInput> inputs, CancellationToken cancellation)
    {
        HashSet<string> Named(SegmentAttribute attribute) =>
        [
            .. inputs.SelectMany(input => input.Rule.Conditions).Where(condition => condition.Attribute == attribute).SelectMany(condition => condition.In ?? []),
        ];

        var (tiers, markets, companies) = (Named(SegmentAttribute.Tier), Named(SegmentAttribute.Market), Named(SegmentAttribute.Company));
        return new SegmentRuleChecks(
            await db.CustomerTiers.Where(t => tiers.Contains(t.ExternalId)).Select(t => t.ExternalId).ToHashSetAsync(cancellation),
            await db.Markets.Where(m => markets.Contains(m.ExternalId)).Select(m => m.ExternalId).ToHashSetAsync(cancellation),
            await db.Companies.Where(c => companies.Contains(c.ExternalId)).Select(c => c.ExternalId).ToHashSetAsync(cancellation));
    }
}
