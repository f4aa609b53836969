using Microsoft.EntityFrameworkCore;
using Wholesale.Platform.Events;
using Wholesale.Pricing;

namespace Wholesale.Repricing;

/// <summary>Says of scheduled sets whose time has come that they are applied.</summary>
internal sealed class DuePriceChangeSets : PriceClockStep
{
    /// <inheritdoc/>
    public override IQueryable<int> Due(WholesaleDb db, DateTime now) =>
        db.PriceChangeSets.Where(PriceChangeSet.IsDue(now)).OrderBy(s => s.EffectiveAt).Select(_ => 0);

    /// <inheritdoc/>
    public override async ValueTask<(int Done, bool IsMore)> Run(WholesaleDb db, Writes writes, DateTime now, CancellationToken cancellation)
    {
        var done = await writes.Run(
            Actor.System,
            async () =>
            {
                var sets = await db.PriceChangeSets.Where(PriceChangeSet.IsDue(now)).OrderBy(s => s.EffectiveAt).Take(StepRows).ToListAsync(cancellation);
                foreach (var set in sets)
                {
                    // The version stays: readers saw it applied already.
                    var isOurs = await db.PriceChangeSets.Where(PriceChangeSet.IsDue(now)).Where(s => s.Id == set.Id)
                        .ExecuteUpdateAsync(s => s.SetProperty(p => p.Status, PriceChangeSetStatus.Applied), cancellation) == 1;
                    if (isOurs)
                    {
                        writes.Record(RepricingEvents.PriceChangeSetApplied, set.Id, set.Version, new { set.EffectiveAt, set.Until });
                    }
                }

                return sets.Count;
            },
            cancellation);
        return (done, done == StepRows);
    }
}

/// <summary>Wakes this node where a large set is being written or undone, be it that another node left it.</summary>
internal sealed class UnderWayPriceChangeSets(LargePriceChangeSets large) : PriceClockStep
{
    /// <inheritdoc/>
    public override IQueryable<int> Due(WholesaleDb db, DateTime now) => db.PriceChangeSets.Where(PriceChangeSet.IsUnderWay).OrderBy(s => s.Id).Select(_ => 0);

    /// <inheritdoc/>
    public override ValueTask<(int Done, bool IsMore)> Run(WholesaleDb db, Writes writes, DateTime now, CancellationToken cancellation)
    {
        large.Wake();
        return new((0, false));
    }
}
