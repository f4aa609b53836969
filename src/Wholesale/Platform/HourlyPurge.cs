using Wholesale.Platform.Events;

namespace Wholesale.Platform;

/// <summary>Deletes some of the rows that are due.</summary>
/// <param name="db">Inside a write.</param>
/// <param name="writes">The write, for what is to be told.</param>
/// <param name="now">The time.</param>
/// <param name="cancellation">The host stops.</param>
/// <returns>How many; 0 when none is due any more.</returns>
public delegate Task<int> PurgeStep(WholesaleDb db, Writes writes, DateTime now, CancellationToken cancellation);

/// <summary>Deletes the rows of a table that are due: every hour, in steps so short that no writer notices.</summary>
/// <typeparam name="T">The table's entity.</typeparam>
public sealed class HourlyPurge<T>(PurgeStep step, IServiceScopeFactory scopes, Clock clock, ILogger<HourlyPurge<T>> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <summary>Deletes all that is due.</summary>
    /// <returns>How many rows were deleted.</returns>
    public async Task<int> Purge(CancellationToken cancellation)
    {
        var total = 0;
        while (true)
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<WholesaleDb>();
            var writes = scope.ServiceProvider.GetRequiredService<Writes>();
            var deleted = await writes.RunUnrecorded(async () => await step(db, writes, clock.UtcNow, cancellation), cancellation);
            if (deleted == 0)
            {
                return total;
            }

            total += deleted;
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock.TimeProvider);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Purge(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                log.LogError(exception, "Rows of {Table} that are due could not be deleted; the next try is in an hour.", typeof(T).Name);
            }
        }
    }
}

/// <summary>Purges in the host.</summary>
public static class PurgeHosting
{
    /// <summary>Registers the purge of a table of which nothing is to be told.</summary>
    public static void AddHourlyPurge<T>(this IServiceCollection services, Func<WholesaleDb, DateTime, CancellationToken, Task<int>> step) =>
        services.AddHourlyPurge<T>((db, _, now, cancellation) => step(db, now, cancellation));

    /// <summary>Registers the purge of a table.</summary>
    public static void AddHourlyPurge<T>(this IServiceCollection services, PurgeStep step) => services.AddHostedService(provider => new HourlyPurge<T>(
        step,
        provider.GetRequiredService<IServiceScopeFactory>(),
        provider.GetRequiredService<Clock>(),
        provider.GetRequiredService<ILogger<HourlyPurge<T>>>()));
}
