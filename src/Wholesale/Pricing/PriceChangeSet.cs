using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Wholesale.Platform;

namespace Wholesale.Pricing;

/// <summary>
/// Where a set of price changes is. The numbers are stored.
/// <code>
///                 reopen
///            ┌───────────────┐                  written
///            ▼    approve    │     schedule   ┌──────────┐  effectiveAt comes
///          DRAFT ────────► APPROVED ────► SCHEDULING ► SCHEDULED ────────► APPLIED
///            │               │                │            │
///            │ cancel        │ cancel         │ cancel     │ cancel
///            ▼               ▼                ▼            ▼      undone
///            └───────────────┴──────────► CANCELLED ◄── CANCELLING
/// </code>
/// A set of up to <see cref="PriceWrites.MaximumRows"/> lines passes SCHEDULING and CANCELLING by within the call: only larger ones are seen there, while their
/// prices are written, or undone, in the background.
/// </summary>
public enum PriceChangeSetStatus
{
    /// <summary>Being edited; nothing of it holds.</summary>
    Draft = 0,

    /// <summary>Not to be edited any more; nothing of it holds.</summary>
    Approved = 1,

    /// <summary>Its prices are being written, and nobody sees any of them yet.</summary>
    Scheduling = 2,

    /// <summary>Its prices are in their lists, and hold from <see cref="PriceChangeSet.EffectiveAt"/> on.</summary>
    Scheduled = 3,

    /// <summary>Its prices hold, or held.</summary>
    Applied = 4,

    /// <summary>Its prices are being taken out of their lists, and everybody sees all of them still.</summary>
    Cancelling = 5,

    /// <summary>Given up.</summary>
    Cancelled = 6,
}

/// <summary>Changes of prices in any number of lists that are worked out, approved and scheduled together.</summary>
public sealed class PriceChangeSet
{
    /// <summary>The most lines.</summary>
    public const int MaximumLines = 100_000;

    /// <summary>From <see cref="Ids"/>.</summary>
    public required long Id { get; init; }

    /// <summary>The seller's key, unique, 1–64 characters, compared exactly.</summary>
    public required string ExternalId { get; init; }

    /// <summary>1–200 characters.</summary>
    public required string Name { get; set; }

    /// <summary>Where it is, as far as that is stored: see <see cref="StatusAt"/>.</summary>
    public PriceChangeSetStatus Status { get; set; }

    /// <summary>From when its prices hold; null: not said yet, which only a draft or an approved set may leave open.</summary>
    public DateTime? EffectiveAt { get; set; }

    /// <summary>Until when, exclusive: from then on the former prices hold again; null: for ever.</summary>
    public DateTime? Until { get; set; }

    /// <summary>How many lines it has.</summary>
    public int LineCount { get; set; }

    /// <summary>Counts up with every change of it or of its lines.</summary>
    public long Version { get; set; }

    /// <summary>When it was created.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>
    /// Where it is at an instant: a scheduled set whose time has come is applied, whether that was stored already or not. <see cref="IsAt"/> says the same to
    /// the database.
    /// </summary>
    public PriceChangeSetStatus StatusAt(DateTime now) => Status == PriceChangeSetStatus.Scheduled && EffectiveAt <= now ? PriceChangeSetStatus.Applied : Status;

    /// <summary>Whether <see cref="StatusAt"/> is this status.</summary>
    internal static Expression<Func<PriceChangeSet, bool>> IsAt(PriceChangeSetStatus status, DateTime now) => status switch
    {
        PriceChangeSetStatus.Scheduled => set => set.Status == PriceChangeSetStatus.Scheduled && set.EffectiveAt > now,
        PriceChangeSetStatus.Applied => set =>
            set.Status == PriceChangeSetStatus.Applied || (set.Status == PriceChangeSetStatus.Scheduled && set.EffectiveAt <= now),
        _ => set => set.Status == status,
    };

    internal static void Map(ModelBuilder model) => model.Entity<PriceChangeSet>(set =>
    {
        set.Property(s => s.Id).ValueGeneratedNever();
        set.Property(s => s.ExternalId).HasMaxLength(64);
        set.Property(s => s.Name).HasMaxLength(200);
        set.HasIndex(s => s.ExternalId).IsUnique();
        set.HasIndex(s => new { s.Status, s.EffectiveAt });
    });
}

/// <summary>One price of a set: what a variant costs from a quantity on, in one list, while the set holds.</summary>
public sealed class PriceChangeLine
{
    /// <summary>The set.</summary>
    public required long PriceChangeSetId { get; init; }

    /// <summary>The list.</summary>
    public required long PriceListId { get; init; }

    /// <summary>The variant.</summary>
    public required long VariantId { get; init; }

    /// <summary>From this quantity on.</summary>
    public required Quantity MinimumQuantity { get; init; }

    /// <summary>In 1/10,000 of the list's currency; null: the list then has no price of its own.</summary>
    public long? UnitPrice { get; set; }

    /// <summary>Whether the price was left as it is when the set was cancelled: somebody had changed it after it was scheduled.</summary>
    public bool IsKept { get; set; }

    internal static void Map(ModelBuilder model) => model.Entity<PriceChangeLine>(line =>
    {
        line.HasKey(l => new { l.PriceChangeSetId, l.PriceListId, l.VariantId, l.MinimumQuantity });
        line.HasOne<PriceChangeSet>().WithMany().HasForeignKey(l => l.PriceChangeSetId).OnDelete(DeleteBehavior.Restrict);
    });
}

/// <summary>
/// The version of a list's prices that a scheduled set made. What the set replaced are the rows that were no longer in that version: they are never overwritten, so
/// nothing else need be kept to cancel it.
/// </summary>
public sealed class PriceChangeSetVersion
{
    /// <summary>The set.</summary>
    public required long PriceChangeSetId { get; init; }

    /// <summary>The list.</summary>
    public required long PriceListId { get; init; }

    /// <summary>The version in which the set's prices begin.</summary>
    public required long PriceVersion { get; init; }

    internal static void Map(ModelBuilder model) => model.Entity<PriceChangeSetVersion>(version =>
    {
        version.HasKey(v => new { v.PriceChangeSetId, v.PriceListId });
        version.HasOne<PriceChangeSet>().WithMany().HasForeignKey(v => v.PriceChangeSetId).OnDelete(DeleteBehavior.Restrict);
    });
}
