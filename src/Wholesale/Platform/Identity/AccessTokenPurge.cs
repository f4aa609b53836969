using Microsoft.EntityFrameworkCore;
using Wholesale.Platform.Events;

namespace Wholesale.Platform.Identity;

/// <summary>Deletes the records of access tokens that expired: every hour, in steps so short that no writer notices.</summary>
public sealed class AccessTokenPurge(IServiceScopeFactory scopes, Clock clock, ILogger<AccessTokenPurge> log) : BackgroundService
{
    private const int StepSize = 500;

    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <summary>Deletes all that expired.</summary>
    /// <returns>How many records were deleted.</returns>
    public async Task<int> Purge(CancellationToken cancellation)
    {
        var total = 0;
        while (true)
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<WholesaleDb>();
            var now = clock.UtcNow;
            var due = await db.AccessTokens.Where(token => token.ExpiresAt <= now).OrderBy(token => token.ExpiresAt).Take(StepSize)
                .Select(token => token.Id).ToListAsync(cancellation);
            if (due.Count == 0)
            {
                return total;
            }

            total += await scope.ServiceProvider.GetRequiredService<Writes>().RunUnrecorded(
                async () => await db.AccessTokens.Where(token => due.Contains(token.Id)).ExecuteDeleteAsync(cancellation), cancellation);
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
                log.LogError(exception, "Expired access tokens could not be deleted; the next try is in an hour.");
            }
        }
    }
}
