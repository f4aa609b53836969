using Microsoft.EntityFrameworkCore;
using Wholesale.Platform;
using Wholesale.Platform.Events;

namespace Wholesale.Pricing;

/// <summary>Something that happens to prices by time alone. One a process.</summary>
public abstract class PriceClockStep
{
    /// <summary>Of one transaction: few enough that no writer notices.</summary>
    protected const int StepRows = 200;

    /// <summary>A row of any content where something is due, none otherwise: a part of one statement.</summary>
    public abstract IQueryable<int> Due(WholesaleDb db, DateTime now);

    /// <summary>Does some of what is due.</summary>
    /// <returns>How much was looked at, and whether there may be more.</returns>
    public abstract ValueTask<(int Done, bool IsMore)> Run(WholesaleDb db, Writes writes, DateTime now, CancellationToken cancellation);
}

/// <summary>
/// Tells by events what happens to prices by time alone. Prices themselves never wait for it: they are judged when they are asked for. Looks once a second, by
/// one statement where nothing is due; runs on every node, and whoever comes first does it.
/// </summary>
public sealed class PriceClock(IServiceScopeFactory scopes, IEnumerable<PriceClockStep> steps, Clock clock, ILogger<PriceClock> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly PeriodicTimer timer = new(Interval, clock.TimeProvider);
    private readonly PriceClockStep[] steps = [.. steps];

    /// <summary>Tells all that is due.</summary>
    /// <returns>How much was looked at.</returns>
    public async Task<int> Tick(CancellationToken cancellation)
    {
        var total = 0;
        foreach (var step in await InScope((db, _) => Due(db, clock.UtcNow, cancellation)))
        {
            var isMore = true;
            while (isMore)
            {
                (var done, isMore) = await InScope((db, writes) => step.Run(db, writes, clock.UtcNow, cancellation));
                total += done;
            }
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
                log.LogError(exception, "What happened to prices by time could not be told; the next try is in a second.");
            }
        }
    }

    private async ValueTask<List<PriceClockStep>> Due(WholesaleDb db, DateTime now, CancellationToken cancellation)
    {
        var due = await steps
            .Select((step, place) => step.Due(db, now).Select(_ => place).Take(1))
            .Aggregate((one, other) => one.Concat(other))
            .ToListAsync(cancellation);
        return due.ConvertAll(place => steps[place]);
    }

    private async ValueTask<T> InScope<T>(Func<WholesaleDb, Writes, ValueTask<T>> work)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<WholesaleDb>(), scope.ServiceProvider.GetRequiredService<Writes>());
    }
}
