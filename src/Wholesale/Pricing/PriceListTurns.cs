using Microsoft.EntityFrameworkCore;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;

namespace Wholesale.Pricing;

/// <summary>
/// Takes the earliest turns that are due, and tells those at which a price or an assignment that is there really begins or ends: others were taken back, or are
/// an import's that nobody sees, which tells by itself what it changes when it is done.
/// </summary>
internal sealed class PriceListTurns : PriceClockStep
{
    /// <inheritdoc/>
    public override IQueryable<int> Due(WholesaleDb db, DateTime now) => db.PriceListTurns.Where(t => t.At <= now).OrderBy(t => t.At).Select(_ => 0);

    /// <inheritdoc/>
    public override async ValueTask<(int Done, bool IsMore)> Run(WholesaleDb db, Writes writes, DateTime now, CancellationToken cancellation)
    {
        var done = await writes.RunUnrecorded(
            async () =>
            {
                var turns = await Turns(db, db.PriceListTurns.Where(t => t.At <= now).OrderBy(t => t.At).ThenBy(t => t.PriceListId).Take(StepRows)).ToListAsync(cancellation);
                await BulkRows.Delete(db, turns.ConvertAll(t => t.Turn), cancellation);
                return await writes.Run(Actor.System, () =>
                {
                    foreach (var (turn, version, _) in turns.Where(t => t.IsReal).OrderBy(t => t.Turn.At))
                    {
                        writes.Record(PricingEvents.PricesTurned, turn.PriceListId, version, new { turn.At });
                    }

                    return ValueTask.FromResult(turns.Count);
                });
            },
            cancellation);
        return (done, done == StepRows);
    }

    private static IQueryable<DueTurn> Turns(WholesaleDb db, IQueryable<PriceListTurn> turns) =>
        from turn in turns
        join list in db.PriceLists on turn.PriceListId equals list.Id
        select new DueTurn(
            turn,
            list.PriceVersion,
            db.PriceListEntries.Any(e => e.PriceListId == list.Id && e.ValidFrom == turn.At
                && e.UnitPrice != null && e.FromVersion <= list.PriceVersion && (e.ToVersion == null || e.ToVersion > list.PriceVersion))
            || db.PriceListEntries.Any(e => e.PriceListId == list.Id && e.ValidTo == turn.At
                && e.UnitPrice != null && e.FromVersion <= list.PriceVersion && (e.ToVersion == null || e.ToVersion > list.PriceVersion))
            || db.PriceListAssignments.Any(a => a.PriceListId == list.Id && a.ValidFrom == turn.At && (a.ValidTo == null || a.ValidTo > turn.At))
            || db.PriceListAssignments.Any(a => a.PriceListId == list.Id && a.ValidTo == turn.At && (a.ValidFrom == null || a.ValidFrom < turn.At)));

    private sealed record DueTurn(PriceListTurn Turn, long Version, bool IsReal);
}
