using Microsoft.EntityFrameworkCore;
using Wholesale.Platform.Events;

namespace Wholesale.Platform.Idempotency;

/// <summary>Deletes the answers that were kept long enough: every hour, in steps so short that no writer notices.</summary>
public sealed class StoredAnswerPurge(IServiceScopeFactory scopes, Clock clock, ILogger<StoredAnswerPurge> log) : BackgroundService
{
    private const int StepSize = 100;

    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <summary>Deletes all that is due.</summary>
    /// <returns>How many answers were deleted.</returns>
    public async Task<int> Purge(CancellationToken cancellation)
    {
        var total = 0;
        while (true)
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<WholesaleDb>();
            var until = clock.UtcNow - IdempotentRequests.Retention;
            var due = await db.StoredAnswers.Where(answer => answer.CreatedAt < until).OrderBy(answer => answer.CreatedAt).Take(StepSize)
                .Select(answer => answer.CreatedAt).ToListAsync(cancellation);
            if (due.Count == 0)
            {
                return total;
            }

            var last = due[^1];
            total += await scope.ServiceProvider.GetRequiredService<Writes>().RunUnrecorded(
                async () => await db.StoredAnswers.Where(answer => answer.CreatedAt <= last).ExecuteDeleteAsync(cancellation), cancellation);
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
                log.LogError(exception, "Old answers could not be deleted; the next try is in an hour.");
            }
        }
    }
}
