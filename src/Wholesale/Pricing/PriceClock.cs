using Microsoft.EntityFrameworkCore;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;

namespace Wholesale.Pricing;

/// <summary>
/// Tells by events what happens to prices by time alone: a list turns, a scheduled set is applied. Prices themselves never wait for it: they are judged when they are asked
/// for. Looks once a second, by one statement where nothing is due; runs on every node, and whoever comes first does it.
/// </summary>
public sealed class PriceClock(IServiceScopeFactory scopes, LargePriceChangeSets large, Clock clock, ILogger<PriceClock> log) : BackgroundService
{
    /// <summary>Turns, or sets, of one transaction: few enough that no writer notices.</summary>
    private const int StepRows = 200;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly PeriodicTimer timer = new(Interval, clock.TimeProvider);

    /// <summary>Tells all that is due.</summary>
    /// <returns>How many turns were looked at and how many sets were applied.</returns>
    public async Task<int> Tick(CancellationToken cancellation)
    {
        var due = await InScope((db, _) => Due(db, clock.UtcNow, cancellation));
        if (due.Contains(DueKind.UnderWay))
        {
            large.Wake();
        }

        return (due.Contains(DueKind.Turn) ? await All((db, writes) => Turn(db, writes, clock.UtcNow, cancellation)) : 0)
            + (due.Contains(DueKind.Set) ? await All((db, writes) => Apply(db, writes, clock.UtcNow, cancellation)) : 0);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        timer.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Tick(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                log.LogError(exception, "What happened to prices by time could not be told; the next try is in a second.");
            }
        }
    }

    private static async ValueTask<List<DueKind>> Due(WholesaleDb db, DateTime now, CancellationToken cancellation) =>
        await db.PriceListTurns.Where(t => t.At <= now).OrderBy(t => t.At).Select(_ => DueKind.Turn).Take(1)
            .Concat(db.PriceChangeSets.Where(PriceChangeSet.IsDue(now)).OrderBy(s => s.EffectiveAt).Select(_ => DueKind.Set).Take(1))
            .Concat(db.PriceChangeSets.Where(PriceChangeSet.IsUnderWay).OrderBy(s => s.Id).Select(_ => DueKind.UnderWay).Take(1))
            .ToListAsync(cancellation);

    /// <summary>
    /// Takes the earliest turns that are due, and tells those at which a price or an assignment that is there really begins or ends: others were taken back, or are
    /// an import's that nobody sees, which tells by itself what it changes when it is done.
    /// </summary>
    private static ValueTask<int> Turn(WholesaleDb db, Writes writes, DateTime now, CancellationToken cancellation) => writes.RunUnrecorded(
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

    private static ValueTask<int> Apply(WholesaleDb db, Writes writes, DateTime now, CancellationToken cancellation) => writes.Run(
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
                    writes.Record(PricingEvents.PriceChangeSetApplied, set.Id, set.Version, new { set.EffectiveAt, set.Until });
                }
            }

            return sets.Count;
        },
        cancellation);

    private async Task<int> All(Func<WholesaleDb, Writes, ValueTask<int>> step)
    {
        var total = 0;
        int done;
        do
        {
            done = await InScope(step);
            total += done;
        }
        while (done == StepRows);

        return total;
    }

    private async ValueTask<T> InScope<T>(Func<WholesaleDb, Writes, ValueTask<T>> work)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<WholesaleDb>(), scope.ServiceProvider.GetRequiredService<Writes>());
    }

    private enum DueKind
    {
        /// <summary>A list turns.</summary>
        Turn,

        /// <summary>The time of a set has come.</summary>
        Set,

        /// <summary>A large set is being written or undone.</summary>
        UnderWay,
    }

    private sealed record DueTurn(PriceListTurn Turn, long Version, bool IsReal);
}
