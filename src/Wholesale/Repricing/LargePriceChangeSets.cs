using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;
using Wholesale.Pricing;

namespace Wholesale.Repricing;

/// <summary>
/// Writes the prices of large sets in the background, and changes them back, as an import would: into versions that nobody sees, in short turns, and then all lists
/// show theirs at once. Which sets there are to do is in the database: what a node leaves that dies, the next takes up. Thread-safe; one a process.
/// </summary>
public sealed class LargePriceChangeSets(IServiceScopeFactory scopes, ILogger<LargePriceChangeSets> log) : BackgroundService
{
    // One pending look is enough: it begins after whatever asked for it.
    private readonly Channel<bool> looks = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Has a look at what is to do, soon.</summary>
    public void Wake() => looks.Writer.TryWrite(true);

    /// <summary>Does what is to do, except where others have the lists. One set that fails does not keep the others from it.</summary>
    public async ValueTask Run(CancellationToken cancellation)
    {
        foreach (var id in await Waiting(cancellation))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<LargePriceChangeSet>().Run(id, cancellation);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                log.LogError(exception, "The prices of the set of price changes {Set} could not be written; the next try is in a second.", id);
            }
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var _ in looks.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await Run(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                log.LogError(exception, "Sets of price changes that are to be written could not be looked up; the next try is in a second.");
            }
        }
    }

    private async Task<List<long>> Waiting(CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<WholesaleDb>().PriceChangeSets
            .Where(PriceChangeSet.IsUnderWay).OrderBy(s => s.Id).Select(s => s.Id).ToListAsync(cancellation);
    }
}

/// <summary>Writes the prices of one large set, or changes them back. One a scope.</summary>
internal sealed class LargePriceChangeSet(WholesaleDb db, Writes writes, Ids ids, Clock clock, StagedPrices staged)
{
    /// <summary>Lines that are decided on at once.</summary>
    private const int BatchLines = 1_000;

    private static readonly TimeSpan BetweenRenewals = StagedPrices.WriterLease / 4;

    /// <summary>Does it all, or nothing where a list is another's or the set was given up meanwhile.</summary>
    public async ValueTask Run(long setId, CancellationToken cancellation)
    {
        var writerId = ids.Next();
        var isDone = false;
        try
        {
            var set = await db.PriceChangeSets.Where(PriceChangeSet.IsUnderWay).SingleOrDefaultAsync(s => s.Id == setId, cancellation);
            if (set is null)
            {
                return; // another node was faster
            }

            var versions = await db.PriceChangeSetVersions.Where(v => v.PriceChangeSetId == setId).ToDictionaryAsync(v => v.PriceListId, v => v.PriceVersion, cancellation);
            var listIds = set.Status == PriceChangeSetStatus.Scheduling
                ? await PriceChangeSetReads.ListsOf(db, setId).ToListAsync(cancellation)
                : [.. versions.Keys];
            var lists = await staged.Take(listIds, writerId, cancellation);
            isDone = lists.Count == listIds.Count
                && await Stage(set, lists.ToDictionary(l => l.Id), versions, writerId, cancellation) is { } changed
                && await Publish(set, changed, writerId, cancellation);
        }
        finally
        {
            if (!isDone)
            {
                await staged.Discard(writerId, CancellationToken.None);
            }
        }
    }

    /// <summary>Writes what nobody sees yet.</summary>
    /// <returns>The versions of the lists in which prices are other ones; null if a list was lost.</returns>
    private async ValueTask<IReadOnlyList<PriceChangeSetVersion>?> Stage(
        PriceChangeSet set, Dictionary<long, PriceList> lists, Dictionary<long, long> versions, long writerId, CancellationToken cancellation)
    {
        var changed = new HashSet<long>();
        var renewed = clock.TimeProvider.GetTimestamp();
        PriceChangeLine? last = null;
        while (await PriceChangeSetReads.Lines(db, set.Id, last, BatchLines).ToListAsync(cancellation) is { Count: > 0 } lines)
        {
            last = lines[^1];
            var batch = new List<(PriceList List, PriceChanges Changes)>();
            var kept = new List<PriceChangeLine>();
            foreach (var ofList in lines.Where(l => lists.ContainsKey(l.PriceListId)).GroupBy(l => l.PriceListId))
            {
                batch.Add((lists[ofList.Key], await Decide(set, [.. ofList], versions, kept, cancellation)));
            }

            if ((await staged.Stage(batch, writerId, cancellation)).Count < batch.Count)
            {
                return null;
            }

            changed.UnionWith(batch.Where(b => b.Changes.ChangePrices).Select(b => b.List.Id));
            await Keep(kept, cancellation);
            if (clock.TimeProvider.GetElapsedTime(renewed) > BetweenRenewals)
            {
                renewed = clock.TimeProvider.GetTimestamp();
                await staged.Renew(writerId, cancellation);
            }
        }

        return [.. changed.Select(id => set.VersionOf(id, lists[id].LastPriceVersion))];
    }

    private async ValueTask<PriceChanges> Decide(
        PriceChangeSet set, IReadOnlyList<PriceChangeLine> lines, Dictionary<long, long> versions, List<PriceChangeLine> kept, CancellationToken cancellation)
    {
        var listId = lines[0].PriceListId;
        return set.Status == PriceChangeSetStatus.Scheduling
            ? PriceChangeLine.Replacing(lines, await PriceChangeSetReads.Rows(db, listId, lines, null, cancellation), set.EffectiveAt!.Value, set.Until)
            : PriceChangeLine.Restoring(lines, await PriceChangeSetReads.Rows(db, listId, lines, versions[listId], cancellation), versions[listId], kept);
    }

    /// <summary>Marks lines before the set is cancelled, a few at a time; a second attempt comes to the same.</summary>
    private async ValueTask Keep(List<PriceChangeLine> kept, CancellationToken cancellation)
    {
        if (kept.Count > 0)
        {
            kept.ForEach(line => line.IsKept = true);
            await writes.RunUnrecorded(() => BulkRows.Update(db, kept, l => new { l.IsKept }, cancellation: cancellation), cancellation);
        }
    }

    /// <summary>All lists show their prices, and the set is where it was to get.</summary>
    private ValueTask<bool> Publish(PriceChangeSet begun, IReadOnlyList<PriceChangeSetVersion> changed, long writerId, CancellationToken cancellation) =>
        writes.Run(
            Actor.System,
            async () =>
            {
                var set = await db.PriceChangeSets.AsTracking().SingleAsync(s => s.Id == begun.Id, cancellation);
                var published = await staged.Publish(writerId, [.. changed.Select(v => v.PriceListId)], cancellation);
                if (set.Status != begun.Status || published.Count < changed.Count)
                {
                    writes.Undo();
                    return false;
                }

                await staged.Release(writerId, cancellation);
                if (begun.Status == PriceChangeSetStatus.Scheduling)
                {
                    await BulkRows.Insert(db, changed, cancellation);
                }

                await PriceChangeSetScheduling.End(
                    db, writes, set, begun.Status == PriceChangeSetStatus.Scheduling ? PriceChangeSetStatus.Scheduled : PriceChangeSetStatus.Cancelled, cancellation);
                return true;
            },
            cancellation);
}
