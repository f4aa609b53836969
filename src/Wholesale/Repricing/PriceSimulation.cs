using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Pricing;

namespace Wholesale.Repricing;

/// <summary>Where a simulation is. The numbers are stored.</summary>
public enum PriceSimulationStatus
{
    /// <summary>It waits in line or is at work, on some node.</summary>
    Running = 0,

    /// <summary>It has a result.</summary>
    Done = 1,

    /// <summary>It has none and will have none.</summary>
    Failed = 2,
}

/// <summary>
/// A simulation of a change of prices, kept for a week so that every node can tell of it. The node that runs it renews its lease; one whose lease has ended is
/// taken for failed, since its node must be gone.
/// </summary>
public sealed class PriceSimulation
{
    /// <summary>How long it is kept.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromDays(7);

    /// <summary>How long a node that does not renew the lease is taken to be at work.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    /// <summary>From <see cref="Ids"/>.</summary>
    public required long Id { get; init; }

    /// <summary>The list with other prices; null: those of a set.</summary>
    public long? PriceListId { get; init; }

    /// <summary>The set of price changes; null: prices of one list.</summary>
    public long? PriceChangeSetId { get; init; }

    /// <summary>The instant that prices are compared at.</summary>
    public required DateTime At { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>Where it is.</summary>
    public PriceSimulationStatus Status { get; set; }

    /// <summary>How much of the work is done, in per cent; written every ten seconds.</summary>
    public int Progress { get; set; }

    /// <summary>Until when its node is taken to be at work.</summary>
    public DateTime LeaseUntil { get; set; }

    /// <summary>When it was done or failed; null: not yet.</summary>
    public DateTime? FinishedAt { get; set; }

    /// <summary>What came out, as JSON; null unless it is done.</summary>
    public string? Outcome { get; set; }

    /// <summary>Why it failed, in a sentence; null unless it did.</summary>
    public string? Failure { get; set; }

    /// <summary>What came out; null unless it is done.</summary>
    public PriceSimulationResult? Result => Outcome is null ? null : JsonSerializer.Deserialize<PriceSimulationResult>(Outcome, Json.Options);

    /// <summary>As it is to be told at an instant: failed, if its node has died.</summary>
    internal PriceSimulation AsOf(DateTime now)
    {
        if (Status == PriceSimulationStatus.Running && LeaseUntil <= now)
        {
            (Status, FinishedAt, Failure) = (PriceSimulationStatus.Failed, LeaseUntil, PriceSimulationErrors.SimulationLost());
        }

        return this;
    }

    /// <summary>Deletes some of those that were kept long enough.</summary>
    internal static async Task<int> Purge(WholesaleDb db, DateTime now, CancellationToken cancellation)
    {
        const int StepSize = 100;
        var until = now - Retention;
        return await db.PriceSimulations.Where(s => s.CreatedAt < until).OrderBy(s => s.CreatedAt).Take(StepSize).ExecuteDeleteAsync(cancellation);
    }

    internal static void Map(ModelBuilder model) => model.Entity<PriceSimulation>(simulation =>
    {
        simulation.Property(s => s.Id).ValueGeneratedNever();
        simulation.Ignore(s => s.Result);
        simulation.Property(s => s.Failure).HasMaxLength(400);
        simulation.HasIndex(s => s.CreatedAt).Serves("simulations_by_age");
        simulation.HasOne<PriceList>().WithMany().HasForeignKey(s => s.PriceListId).OnDelete(DeleteBehavior.Restrict);
        simulation.HasOne<PriceChangeSet>().WithMany().HasForeignKey(s => s.PriceChangeSetId).OnDelete(DeleteBehavior.Restrict);
    });
}
