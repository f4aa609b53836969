using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Pricing;

namespace Wholesale.Repricing;

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
/// A set of up to <see cref="PriceChangeSet.MaximumLinesOfCall"/> lines passes SCHEDULING and CANCELLING by within the call: only larger ones are seen there, while their
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

    /// <summary>The most lists that one set changes prices of: all of them show their new prices by one short transaction.</summary>
    public const int MaximumLists = 250;

    /// <summary>The most lines whose prices the call itself writes, or changes back: each may be four rows, so that this takes no longer than other calls.</summary>
    internal const int MaximumLinesOfCall = 1_000;

    /// <summary>The most lists whose prices the call itself writes, or changes back: each takes some statements.</summary>
    internal const int MaximumListsOfCall = 20;

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

    /// <summary>Why it cannot be edited; null if it can.</summary>
    /// <param name="expectedVersion">The version that the edit was made upon; null: whatever it is.</param>
    internal UserError? WhyNotEdit(long? expectedVersion) =>
        expectedVersion is { } expected && expected != Version ? PricingErrors.Changed(Version)
        : Status != PriceChangeSetStatus.Draft ? PriceChangeSetErrors.IsNoDraft(Status)
        : null;

    /// <summary>Why it cannot get to a status; null if it can.</summary>
    /// <param name="status">Draft, approved, scheduled or cancelled: what callers ask for.</param>
    /// <param name="expectedVersion">The version that this was decided upon; null: whatever it is.</param>
    /// <param name="now">The time.</param>
    internal UserError? WhyNotBecome(PriceChangeSetStatus status, long? expectedVersion, DateTime now) =>
        expectedVersion is { } expected && expected != Version ? PricingErrors.Changed(Version)
        : (StatusAt(now), status) is not (
            (PriceChangeSetStatus.Draft, PriceChangeSetStatus.Approved)
            or (PriceChangeSetStatus.Approved, PriceChangeSetStatus.Draft or PriceChangeSetStatus.Scheduled)
            or (PriceChangeSetStatus.Draft or PriceChangeSetStatus.Approved or PriceChangeSetStatus.Scheduling or PriceChangeSetStatus.Scheduled,
                PriceChangeSetStatus.Cancelled))
            ? PriceChangeSetErrors.CannotBecome(StatusAt(now), status)
        : null;

    /// <summary>From when the prices are to hold, or why that cannot be. What was approved with an instant is scheduled for that instant.</summary>
    /// <param name="asked">The instant asked for; null: none.</param>
    /// <param name="atOnce">Whether they are to hold from now on.</param>
    /// <param name="now">The time.</param>
    internal (DateTime? EffectiveAt, UserError? Refusal) InstantFor(DateTime? asked, bool atOnce, DateTime now)
    {
        if (asked is not null && atOnce)
        {
            return (null, PriceChangeSetErrors.BothInstants());
        }

        if (EffectiveAt is { } approved && (atOnce || (asked is not null && asked != approved)))
        {
            return (null, PriceChangeSetErrors.ApprovedFor(approved, atOnce ? "atOnce" : "effectiveAt"));
        }

        var instant = atOnce ? now : asked ?? EffectiveAt;
        if (instant is null)
        {
            return (null, PriceChangeSetErrors.NoInstant());
        }

        var errors = new RowErrors();
        errors.Interval(instant, Until, "effectiveAt");
        return instant < now ? (null, PriceChangeSetErrors.IsPast(instant.Value, now)) : (instant, errors.Any ? errors.ToList()[0] : null);
    }

    /// <summary>The version of a list that this set made.</summary>
    internal PriceChangeSetVersion VersionOf(long listId, long version) => new() { PriceChangeSetId = Id, PriceListId = listId, PriceVersion = version };

    /// <summary>Takes a new name and other times.</summary>
    /// <returns>Whether anything is another than before.</returns>
    internal bool Change(string name, DateTime? effectiveAt, DateTime? until)
    {
        if ((Name, EffectiveAt, Until) == (name, effectiveAt, until))
        {
            return false;
        }

        (Name, EffectiveAt, Until) = (name, effectiveAt, until);
        Version++;
        return true;
    }

    /// <summary>Gets to a status.</summary>
    internal void Become(PriceChangeSetStatus status)
    {
        Status = status;
        Version++;
    }

    /// <summary>Finds a set that is to be changed; null where there is none.</summary>
    internal static Task<PriceChangeSet?> Find(WholesaleDb db, NodeId id, CancellationToken cancellation)
    {
        var key = id.KeyOf(nameof(PriceChangeSet));
        return db.PriceChangeSets.AsTracking().SingleOrDefaultAsync(s => s.Id == key, cancellation);
    }

    /// <summary>Whether <see cref="StatusAt"/> is this status.</summary>
    internal static Expression<Func<PriceChangeSet, bool>> IsAt(PriceChangeSetStatus status, DateTime now) => status switch
    {
        PriceChangeSetStatus.Scheduled => set => set.Status == PriceChangeSetStatus.Scheduled && set.EffectiveAt > now,
        PriceChangeSetStatus.Applied => set =>
            set.Status == PriceChangeSetStatus.Applied || (set.Status == PriceChangeSetStatus.Scheduled && set.EffectiveAt <= now),
        _ => set => set.Status == status,
    };

    /// <summary>Whether its prices are being written, or changed back, in the background.</summary>
    internal static Expression<Func<PriceChangeSet, bool>> IsUnderWay { get; } =
        set => set.Status == PriceChangeSetStatus.Scheduling || set.Status == PriceChangeSetStatus.Cancelling;

    /// <summary>Whether its time has come and that was not told yet.</summary>
    internal static Expression<Func<PriceChangeSet, bool>> IsDue(DateTime now) => set => set.Status == PriceChangeSetStatus.Scheduled && set.EffectiveAt <= now;

    internal static void Map(ModelBuilder model) => model.Entity<PriceChangeSet>(set =>
    {
        set.Property(s => s.Id).ValueGeneratedNever();
        set.Property(s => s.ExternalId).HasMaxLength(64);
        set.Property(s => s.Name).HasMaxLength(200);
        set.HasIndex(s => s.ExternalId).IsUnique();
        set.HasIndex(s => new { s.Status, s.EffectiveAt }).Serves("sets_that_are_due");
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

    /// <summary>What the list is to have.</summary>
    internal PlannedPrice Planned => new(VariantId, MinimumQuantity, UnitPrice);

    /// <summary>As <see cref="PriceChanges.Replacing"/>.</summary>
    internal static PriceChanges Replacing(
        IReadOnlyList<PriceChangeLine> lines, IReadOnlyList<PriceListEntry> current, DateTime from, DateTime? until) =>
        PriceChanges.Replacing([.. lines.Select(line => line.Planned)], current, from, until);

    /// <summary>As <see cref="PriceChanges.Restoring"/>.</summary>
    internal static PriceChanges Restoring(
        IReadOnlyList<PriceChangeLine> lines, IReadOnlyList<PriceListEntry> rows, long version, List<PriceChangeLine> kept)
    {
        var left = new HashSet<PlannedPrice>();
        var changes = PriceChanges.Restoring([.. lines.Select(line => line.Planned)], rows, version, left);
        kept.AddRange(lines.Where(line => left.Contains(line.Planned)));
        return changes;
    }

    internal static void Map(ModelBuilder model) => model.Entity<PriceChangeLine>(line =>
    {
        line.Ignore(l => l.Planned);
        line.Property(l => l.UnitPrice).InUnit(Stored.TenThousandths);
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
