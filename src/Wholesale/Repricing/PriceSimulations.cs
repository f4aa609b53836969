using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Wholesale.Platform;
using Wholesale.Platform.Events;
using Wholesale.Pricing;

namespace Wholesale.Repricing;

/// <summary>
/// Runs simulations in the background: a few at once, the others wait in line. What becomes of one is written into its row, from which every node reads it; here
/// is nothing but the work. Thread-safe; one a process.
/// </summary>
public sealed class PriceSimulations(IServiceScopeFactory scopes, Clock clock, PricingSettings settings, ILogger<PriceSimulations> log) : BackgroundService
{
    /// <summary>How many wait in line at most.</summary>
    public const int MaximumWaiting = 20;

    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(10);

    private readonly Channel<Job> line = Channel.CreateUnbounded<Job>();
    private readonly ConcurrentDictionary<long, Job> jobs = new();
    private int places;

    /// <summary>Takes a place among those that run or wait. Each is to be used by <see cref="Begin"/> or given up.</summary>
    /// <returns>False if there is none.</returns>
    internal bool TryTakePlace()
    {
        if (Interlocked.Increment(ref places) <= settings.Simulations + MaximumWaiting)
        {
            return true;
        }

        GiveUpPlace();
        return false;
    }

    /// <summary>Gives up a place that was taken.</summary>
    internal void GiveUpPlace() => Interlocked.Decrement(ref places);

    /// <summary>Has a simulation run that has a row and a place.</summary>
    /// <returns>Done when its row says what became of it, or never will.</returns>
    internal Task Begin(long id, PriceSimulationOrder order)
    {
        var job = new Job(id, order);
        jobs[id] = job;
        line.Writer.TryWrite(job);
        return job.Finished.Task;
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        var left = jobs.Values.ToList();
        if (left.Count > 0)
        {
            await Finish([.. left.Select(job => job.Id)], PriceSimulationStatus.Failed, null, PriceSimulationErrors.SimulationStopped(), cancellationToken);
        }

        left.ForEach(End);
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll([Renew(stoppingToken), .. Enumerable.Range(0, settings.Simulations).Select(_ => Work(stoppingToken))]);

    private async Task Work(CancellationToken stopping)
    {
        await foreach (var job in line.Reader.ReadAllAsync(stopping))
        {
            try
            {
                await Run(job, stopping);
            }
            catch (Exception exception) when (!stopping.IsCancellationRequested)
            {
                log.LogError(exception, "What became of the simulation {Simulation} could not be written down: it is taken for failed when its lease ends.", job.Id);
            }

            // Told to stop, the row does not say yet what became of it.
            stopping.ThrowIfCancellationRequested();
            End(job);
        }
    }

    private async Task Run(Job job, CancellationToken stopping)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var result = await scope.ServiceProvider.GetRequiredService<PriceSimulationRun>().Run(job.Order, done => job.Progress = done, stopping);
            await Finish([job.Id], PriceSimulationStatus.Done, JsonSerializer.Serialize(result, Json.Options), null, stopping);
        }
        catch (MoneyOverflowException exception)
        {
            await Finish([job.Id], PriceSimulationStatus.Failed, null, exception.Message, stopping);
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            log.LogError(exception, "The simulation {Simulation} failed.", job.Id);
            await Finish([job.Id], PriceSimulationStatus.Failed, null, PriceSimulationErrors.SimulationBroke(), stopping);
        }
    }

    /// <summary>Says that this process is at work on its simulations, and how far they are.</summary>
    private async Task Renew(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Renewal, clock.TimeProvider);
        while (await timer.WaitForNextTickAsync(stopping))
        {
            var current = jobs.Values.ToList();
            if (current.Count == 0)
            {
                continue;
            }

            try
            {
                await Write(async db =>
                {
                    var (ids, until) = (current.ConvertAll(job => job.Id), clock.UtcNow + PriceSimulation.Lease);
                    await db.PriceSimulations.Where(s => ids.Contains(s.Id)).ExecuteUpdateAsync(s => s.SetProperty(p => p.LeaseUntil, until), stopping);
                    foreach (var job in current.Where(job => job.Progress > 0))
                    {
                        var progress = job.Progress;
                        await db.PriceSimulations.Where(s => s.Id == job.Id).ExecuteUpdateAsync(s => s.SetProperty(p => p.Progress, progress), stopping);
                    }
                }, stopping);
            }
            catch (Exception exception) when (!stopping.IsCancellationRequested)
            {
                log.LogError(exception, "The leases of simulations could not be renewed; the next try is in ten seconds.");
            }
        }
    }

    private Task Finish(long[] ids, PriceSimulationStatus status, string? outcome, string? failure, CancellationToken cancellation) => Write(
        async db =>
        {
            var now = clock.UtcNow;
            await db.PriceSimulations.Where(s => ids.Contains(s.Id)).ExecuteUpdateAsync(
                s => s.SetProperty(p => p.Status, status)
                    .SetProperty(p => p.FinishedAt, now)
                    .SetProperty(p => p.Progress, p => status == PriceSimulationStatus.Done ? 100 : p.Progress)
                    .SetProperty(p => p.Outcome, outcome)
                    .SetProperty(p => p.Failure, failure),
                cancellation);
        },
        cancellation);

    private async Task Write(Func<WholesaleDb, Task> work, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WholesaleDb>();
        await scope.ServiceProvider.GetRequiredService<Writes>().RunUnrecorded(
            async () =>
            {
                await work(db);
                return true;
            },
            cancellation);
    }

    private void End(Job job)
    {
        if (jobs.TryRemove(job.Id, out _))
        {
            GiveUpPlace();
            job.Finished.TrySetResult();
        }
    }

    /// <summary>A simulation that runs or waits here.</summary>
    private sealed class Job(long id, PriceSimulationOrder order)
    {
        private volatile int progress;

        public long Id => id;

        public PriceSimulationOrder Order => order;

        public TaskCompletionSource Finished { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>In per cent.</summary>
        public int Progress
        {
            get => progress;
            set => progress = value;
        }
    }
}
