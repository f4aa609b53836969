using Microsoft.EntityFrameworkCore;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;

namespace Wholesale.Credit;

/// <summary>
/// Holds that come and go with what is overdue: placed on companies with something on account that has been overdue for more than their <see cref="CreditProfile.OverdueHoldAfterDays"/>, released when nothing
/// is any more. Holds of staff are left alone. Inside a write, in the line of all the seller's writes: so one node at a time, and the next finds nothing left to do.
/// </summary>
public sealed class OverdueHolds(WholesaleDb db, Writes writes, Clock clock)
{
    private const int StepSize = 100;

    private DateOnly Today => DateOnly.FromDateTime(clock.UtcNow);

    /// <summary>Places and releases some of the holds that are due.</summary>
    /// <returns>How many; 0 when none is due any more.</returns>
    public async ValueTask<int> Step(CancellationToken cancellation)
    {
        var due = await DueProfiles().OrderBy(p => p.CompanyId).Take(StepSize).ToListAsync(cancellation);
        if (due.Count == 0)
        {
            return 0;
        }

        var ids = due.ConvertAll(profile => profile.CompanyId);
        var oldest = await Overdue(Today).Where(i => ids.Contains(i.CompanyId)).GroupBy(i => i.CompanyId)
            .Select(group => new { CompanyId = group.Key, DueBy = group.Min(i => i.DueBy) }).ToDictionaryAsync(row => row.CompanyId, row => row.DueBy, cancellation);
        foreach (var profile in due)
        {
            if (profile.HeldAt is null)
            {
                (profile.HeldAt, profile.HoldReason, profile.IsHeldForOverdue) =
                    (clock.UtcNow, CreditErrors.HeldForOverdue(oldest[profile.CompanyId], profile.OverdueHoldAfterDays!.Value), true);
            }
            else
            {
                profile.Release();
            }
        }

        await Save(due, cancellation);
        return due.Count;
    }

    /// <summary>Releases the clock's hold on a company where nothing is overdue that long any more; one statement where there is none.</summary>
    internal async ValueTask ReleaseIfPaid(long companyId, CancellationToken cancellation)
    {
        var profile = await Releasable(Today).SingleOrDefaultAsync(p => p.CompanyId == companyId, cancellation);
        if (profile is not null)
        {
            profile.Release();
            await Save([profile], cancellation);
        }
    }

    private IQueryable<CreditProfile> DueProfiles()
    {
        var (today, overdue) = (Today, Overdue(Today));
        return db.CreditProfiles
            .Where(p => p.HeldAt == null && p.OverdueHoldAfterDays != null
                && overdue.Any(i => i.CompanyId == p.CompanyId && i.DueBy < today.AddDays(-p.OverdueHoldAfterDays!.Value)))
            .Concat(Releasable(today));
    }

    private IQueryable<CreditProfile> Releasable(DateOnly today)
    {
        var overdue = Overdue(today);
        return db.CreditProfiles.Where(p => p.IsHeldForOverdue
            && (p.OverdueHoldAfterDays == null || !overdue.Any(i => i.CompanyId == p.CompanyId && i.DueBy < today.AddDays(-p.OverdueHoldAfterDays!.Value))));
    }

    private IQueryable<OpenItem> Overdue(DateOnly today) => db.OpenItems.Where(i => i.Kind == OpenItemKind.OnAccount && i.Rest > 0 && i.DueBy < today);

    private async ValueTask Save(IReadOnlyList<CreditProfile> profiles, CancellationToken cancellation)
    {
        foreach (var profile in profiles)
        {
            profile.Version++;
            writes.Record(CreditEvents.CreditProfileChanged, profile.CompanyId, profile.Version, profile.Told);
        }

        await BulkRows.Update(db, profiles, p => new { p.HeldAt, p.HoldReason, p.IsHeldForOverdue, p.Version }, cancellation: cancellation);
    }
}

/// <summary>Looks every hour which holds are due. On every node: whoever comes first does it.</summary>
public sealed class OverdueHoldClock(IServiceScopeFactory scopes, Clock clock, ILogger<OverdueHoldClock> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    private readonly PeriodicTimer timer = new(Interval, clock.TimeProvider);

    /// <summary>Places and releases all holds that are due.</summary>
    /// <returns>How many.</returns>
    public async Task<int> Tick(CancellationToken cancellation)
    {
        var (total, done) = (0, 1);
        while (done > 0)
        {
            await using var scope = scopes.CreateAsyncScope();
            var holds = scope.ServiceProvider.GetRequiredService<OverdueHolds>();
            done = await scope.ServiceProvider.GetRequiredService<Writes>().Run(Actor.System, () => holds.Step(cancellation), cancellation);
            total += done;
        }

        return total;
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
                log.LogError(exception, "Holds for what is overdue could not be placed or released; the next try is in an hour.");
            }
        }
    }
}
