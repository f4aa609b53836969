using Microsoft.EntityFrameworkCore;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;
using Wholesale.Pricing;

namespace Wholesale.Repricing;

/// <summary>
/// Schedules and cancels sets of price changes: the prices of small sets are written, or changed back, here; large ones are left to
/// <see cref="LargePriceChangeSets"/>. Runs inside the caller's unit of work.
/// </summary>
public sealed class PriceChangeSetScheduling(WholesaleDb db, Writes writes, Clock clock, PriceWrites prices, UnfinishedPrices unfinished)
{
    /// <summary>Kept lines that a payload shows.</summary>
    private const int ShownLines = 250;

    /// <summary>Schedules an approved set.</summary>
    public async ValueTask<SchedulePriceChangeSetPayload> Schedule(SchedulePriceChangeSetInput input, CancellationToken cancellation)
    {
        if (await PriceChangeSet.Find(db, input.PriceChangeSetId, cancellation) is not { } set)
        {
            return new(null, [PriceChangeSetErrors.NoSuchSet()]);
        }

        var now = clock.UtcNow;
        var (effectiveAt, wrongInstant) = set.InstantFor(input.EffectiveAt, input.AtOnce, now);
        if ((set.WhyNotBecome(PriceChangeSetStatus.Scheduled, input.ExpectedVersion, now) ?? wrongInstant) is { } refusal)
        {
            return new(set, [refusal]);
        }

        var listIds = await PriceChangeSetReads.ListsOf(db, set.Id).ToListAsync(cancellation);
        var lists = await Lists(listIds, cancellation);
        if (await WhyBusy(lists, cancellation) is { } busy)
        {
            return new(set, [busy]);
        }

        set.EffectiveAt = effectiveAt;
        if (IsLarge(set, lists))
        {
            await Begin(set, PriceChangeSetStatus.Scheduling, cancellation);
            return new(set, []);
        }

        var lines = (await PriceChangeSetReads.Lines(db, set.Id, null, PriceChangeSet.MaximumLinesOfCall).ToListAsync(cancellation)).ToLookup(l => l.PriceListId);
        var versions = new List<PriceChangeSetVersion>();
        foreach (var list in lists)
        {
            IReadOnlyList<PriceChangeLine> ofList = [.. lines[list.Id]];
            var version = await prices.Write(
                list,
                async () => PriceChangeLine.Replacing(
                    ofList, await PriceChangeSetReads.Rows(db, list.Id, ofList, null, cancellation), effectiveAt!.Value, set.Until),
                cancellation);
            versions.AddRange(version is { } made ? [set.VersionOf(list.Id, made)] : []);
        }

        await BulkRows.Insert(db, versions, cancellation);
        await End(db, writes, set, PriceChangeSetStatus.Scheduled, cancellation);
        return new(set, []);
    }

    /// <summary>Gives a set up.</summary>
    public async ValueTask<CancelPriceChangeSetPayload> Cancel(CancelPriceChangeSetInput input, CancellationToken cancellation)
    {
        if (await PriceChangeSet.Find(db, input.PriceChangeSetId, cancellation) is not { } set)
        {
            return new(null, [], [PriceChangeSetErrors.NoSuchSet()]);
        }

        if (set.WhyNotBecome(PriceChangeSetStatus.Cancelled, input.ExpectedVersion, clock.UtcNow) is { } refusal)
        {
            return new(set, [], [refusal]);
        }

        var versions = await db.PriceChangeSetVersions.Where(v => v.PriceChangeSetId == set.Id).ToDictionaryAsync(v => v.PriceListId, v => v.PriceVersion, cancellation);
        var lists = await Lists(versions.Keys, cancellation);
        if (await WhyBusy(lists, cancellation) is { } busy)
        {
            return new(set, [], [busy]);
        }

        if (lists.Count > 0 && IsLarge(set, lists))
        {
            await Begin(set, PriceChangeSetStatus.Cancelling, cancellation);
            return new(set, [], []);
        }

        var kept = new List<PriceChangeLine>();
        var lines = lists.Count == 0
            ? Enumerable.Empty<PriceChangeLine>().ToLookup(l => l.PriceListId)
            : (await PriceChangeSetReads.Lines(db, set.Id, null, PriceChangeSet.MaximumLinesOfCall).ToListAsync(cancellation)).ToLookup(l => l.PriceListId);
        foreach (var list in lists)
        {
            IReadOnlyList<PriceChangeLine> ofList = [.. lines[list.Id]];
            await prices.Write(
                list,
                async () => PriceChangeLine.Restoring(
                    ofList, await PriceChangeSetReads.Rows(db, list.Id, ofList, versions[list.Id], cancellation), versions[list.Id], kept),
                cancellation);
        }

        kept.ForEach(line => line.IsKept = true);
        await BulkRows.Update(db, kept, l => new { l.IsKept }, cancellation: cancellation);
        await End(db, writes, set, PriceChangeSetStatus.Cancelled, cancellation);
        return new(set, kept.Count == 0 ? [] : await KeptLines(set, cancellation), []);
    }

    /// <summary>A set's prices are in their lists, or no longer.</summary>
    /// <param name="db">The database.</param>
    /// <param name="writes">The unit of work.</param>
    /// <param name="set">The set, tracked.</param>
    /// <param name="status">Scheduled or cancelled.</param>
    /// <param name="cancellation">Stops before it is saved.</param>
    internal static async ValueTask End(
        WholesaleDb db, Writes writes, PriceChangeSet set, PriceChangeSetStatus status, CancellationToken cancellation)
    {
        set.Become(status);
        await db.SaveChangesAsync(cancellation);
        if (status == PriceChangeSetStatus.Scheduled)
        {
            writes.Record(RepricingEvents.PriceChangeSetScheduled, set.Id, set.Version, new { set.EffectiveAt, set.Until, set.LineCount });
        }
        else
        {
            writes.Record(RepricingEvents.PriceChangeSetCancelled, set.Id, set.Version);
        }
    }

    /// <summary>Leaves the rest to the background; who asked for it is told now.</summary>
    private async ValueTask Begin(PriceChangeSet set, PriceChangeSetStatus status, CancellationToken cancellation)
    {
        set.Become(status);
        await db.SaveChangesAsync(cancellation);
        writes.Record(RepricingEvents.PriceChangeSetChanged, set.Id, set.Version, new { Status = PriceChangeSetErrors.Word(status) });
    }

    private static bool IsLarge(PriceChangeSet set, List<PriceList> lists) =>
        set.LineCount > PriceChangeSet.MaximumLinesOfCall || lists.Count > PriceChangeSet.MaximumListsOfCall;

    private Task<List<PriceList>> Lists(IEnumerable<long> ids, CancellationToken cancellation) =>
        db.PriceLists.AsTracking().Where(l => ids.Contains(l.Id)).OrderBy(l => l.Id).ToListAsync(cancellation);

    /// <summary>Whether an import has one of the lists, or has left more in it than a call can undo.</summary>
    private async ValueTask<UserError?> WhyBusy(List<PriceList> lists, CancellationToken cancellation)
    {
        foreach (var list in lists.Where(l => l.WriterId is not null))
        {
            var hasMuchToUndo = !list.IsHeldFromOthersThan(null, clock.UtcNow) && await prices.HasMuchToUndo(list, cancellation);
            if (hasMuchToUndo)
            {
                unfinished.Add(list.Id);
            }

            if (hasMuchToUndo || list.IsHeldFromOthersThan(null, clock.UtcNow))
            {
                return PriceChangeSetErrors.Busy(list.ExternalId);
            }
        }

        return null;
    }

    private async ValueTask<IReadOnlyList<ListedPriceChange>> KeptLines(PriceChangeSet set, CancellationToken cancellation)
    {
        var pages = await PriceChangeSetReads.Pages(db, [set], Page.Of(ShownLines), isKept: true, cancellation);
        return [.. pages[0].Edges.Select(e => e.Node)];
    }
}
