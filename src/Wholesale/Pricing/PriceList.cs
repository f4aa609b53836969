using Microsoft.EntityFrameworkCore;
using Wholesale.Companies;
using Wholesale.Platform;
using Wholesale.Platform.Database;

namespace Wholesale.Pricing;

/// <summary>Prices in one currency, given to whoever they are for by assignments.</summary>
public sealed class PriceList
{
    /// <summary>From <see cref="Ids"/>.</summary>
    public required long Id { get; init; }

    /// <summary>The seller's key, unique, 1–64 characters, compared exactly.</summary>
    public required string ExternalId { get; init; }

    /// <summary>1–200 characters.</summary>
    public required string Name { get; set; }

    /// <summary>Of all its prices; never changes.</summary>
    public required Currency Currency { get; init; }

    /// <summary>Whether it is used at all.</summary>
    public bool IsActive { get; set; }

    /// <summary>Whether it is, or once was, made of another list: see <see cref="PriceListAdjustment"/>.</summary>
    public bool IsDerived { get; set; }

    /// <summary>Whether it says, or once said, something of quantities: see <see cref="PriceListQuantityTerms"/>.</summary>
    public bool HasQuantityTerms { get; set; }

    /// <summary>Counts up with every change but those of its prices.</summary>
    public long Version { get; set; }

    /// <summary>The version of its prices that readers see. Grows with every change of them, not always by one.</summary>
    public long PriceVersion { get; set; }

    /// <summary>
    /// From <see cref="Ids"/>: another one each time that readers see other prices or quantity rules in the list, so that it never stands for two contents, not
    /// even when a backup was restored. 0: as they were before the list had one.
    /// </summary>
    public long ContentId { get; set; }

    /// <summary>The highest version of prices that was ever begun: a version that was given up is not used again.</summary>
    public long LastPriceVersion { get; set; }

    /// <summary>
    /// The import that is writing <see cref="LastPriceVersion"/>, which readers do not see yet; 0: what an import wrote is being undone; null: there is nothing
    /// that readers do not see.
    /// </summary>
    public long? WriterId { get; set; }

    /// <summary>Until when the writer may be taken to be at work; later its version may be undone by another.</summary>
    public DateTime? WriterUntil { get; set; }

    /// <summary>Takes a new name or state; null leaves it as it is.</summary>
    /// <param name="name">The name.</param>
    /// <param name="isActive">The state.</param>
    /// <param name="former">Which state it had; null if it still has it.</param>
    /// <returns>Whether anything is another than before.</returns>
    internal bool Change(string? name, bool? isActive, out FormerPriceList? former)
    {
        var (newName, newState) = (name ?? Name, isActive ?? IsActive);
        former = newState == IsActive ? null : new(new(IsActive));
        if (newName == Name && former is null)
        {
            return false;
        }

        Name = newName;
        IsActive = newState;
        Version++;
        return true;
    }

    /// <summary>Lets readers see a version of the prices.</summary>
    /// <param name="version">The version.</param>
    /// <param name="contentId">An id that no content has had.</param>
    /// <returns>What the event is to tell.</returns>
    internal FormerPrices Publish(long version, long contentId)
    {
        var former = new FormerPrices(new(PriceVersion));
        PriceVersion = version;
        ContentId = contentId;
        return former;
    }

    /// <summary>Gives the list to someone.</summary>
    /// <param name="assignee">Who.</param>
    /// <param name="priority">Among assignments of the same level, the higher goes first.</param>
    /// <param name="validFrom">From when; null: from now on.</param>
    /// <param name="validTo">Until when, exclusive; null: for ever.</param>
    /// <param name="id">The assignment's.</param>
    /// <param name="now">When it is made.</param>
    internal PriceListAssignment AssignTo(Assignee assignee, int priority, DateTime? validFrom, DateTime? validTo, long id, DateTime now) => new()
    {
        Id = id,
        PriceListId = Id,
        Level = assignee.Level,
        AssigneeId = assignee.AssigneeId,
        Priority = priority,
        ValidFrom = validFrom,
        ValidTo = validTo,
        CreatedAt = now,
    };

    /// <summary>Whether an import that may be alive has the list, and it is not this one.</summary>
    internal bool IsHeldFromOthersThan(long? writerId, DateTime now) => WriterId is not null && WriterId != writerId && now < WriterUntil;

    /// <summary>An import has the list, and begins a version of its own.</summary>
    internal void TakeFor(long writerId, DateTime until)
    {
        LastPriceVersion++;
        WriterId = writerId;
        WriterUntil = until;
    }

    /// <summary>The import that had the list has lost it; what it wrote is to be undone, by whoever comes.</summary>
    internal void GiveUp()
    {
        WriterId = 0;
        WriterUntil = null;
    }

    /// <summary>No import has the list any more, and nothing is left of any.</summary>
    internal void Release()
    {
        WriterId = null;
        WriterUntil = null;
    }

    /// <summary>Finds a list that is to be changed; null where there is none.</summary>
    internal static Task<PriceList?> Find(WholesaleDb db, NodeId id, CancellationToken cancellation)
    {
        var key = id.KeyOf(nameof(PriceList));
        return db.PriceLists.AsTracking().SingleOrDefaultAsync(l => l.Id == key, cancellation);
    }

    internal static void Map(ModelBuilder model) => model.Entity<PriceList>(list =>
    {
        list.Property(l => l.Id).ValueGeneratedNever();
        list.Property(l => l.ExternalId).HasMaxLength(64);
        list.Property(l => l.Name).HasMaxLength(200);
        list.HasIndex(l => l.ExternalId).IsUnique();
        list.HasIndex(l => l.WriterId).Serves("unfinished_imports").HasFilter("\"WriterId\" IS NOT NULL");
    });
}

/// <summary>
/// One price of a list, in the versions of the list from <see cref="FromVersion"/> up to, but not including, <see cref="ToVersion"/>. It is never
/// overwritten: a new price is a new row.
/// </summary>
public sealed class PriceListEntry
{
    /// <summary>From <see cref="Ids"/>.</summary>
    public required long Id { get; init; }

    /// <summary>The list.</summary>
    public required long PriceListId { get; init; }

    /// <summary>The variant.</summary>
    public required long VariantId { get; init; }

    /// <summary>From this quantity on.</summary>
    public required Quantity MinimumQuantity { get; init; }

    /// <summary>In 1/10,000 of the list's currency. Null: there is no price; the row only keeps <see cref="SourceRevision"/>.</summary>
    public long? UnitPrice { get; init; }

    /// <summary>From when; null: since ever.</summary>
    public DateTime? ValidFrom { get; init; }

    /// <summary>Until when, exclusive; null: for ever.</summary>
    public DateTime? ValidTo { get; init; }

    /// <summary>The first version of the list's prices that it is in.</summary>
    public required long FromVersion { get; init; }

    /// <summary>The first version that it is no longer in; null: it is in the newest.</summary>
    public long? ToVersion { get; set; }

    /// <summary>The highest revision taken from the seller's system for this variant, minimum quantity and beginning; null if none was given yet.</summary>
    public long? SourceRevision { get; set; }

    internal static void Map(ModelBuilder model) => model.Entity<PriceListEntry>(entry =>
    {
        entry.Property(e => e.Id).ValueGeneratedNever();
        entry.Property(e => e.UnitPrice).InUnit(Stored.TenThousandths);

        // With the version, or SQLite would rather read all of a list by the next index than the variants asked for by this one.
        entry.HasIndex(e => new { e.PriceListId, e.VariantId, e.FromVersion })
            .Serves("prices_of_variants", e => new { e.ToVersion, e.MinimumQuantity, e.UnitPrice, e.ValidFrom, e.ValidTo });
        entry.HasIndex(e => new { e.PriceListId, e.FromVersion }).Serves("prices_begun_by_a_version", e => new { e.VariantId });
        entry.HasIndex(e => new { e.PriceListId, e.ToVersion }).Serves("prices_ended_by_a_version", e => new { e.VariantId }).HasFilter("\"ToVersion\" IS NOT NULL");

        // What begins or ends to hold in some time; with the version for the same reason. Most prices hold always: they are not in these, and cost nothing.
        entry.HasIndex(e => new { e.PriceListId, e.ValidFrom, e.FromVersion }).Serves("prices_that_begin", e => new { e.VariantId, e.ToVersion, e.UnitPrice }).HasFilter("\"ValidFrom\" IS NOT NULL");
        entry.HasIndex(e => new { e.PriceListId, e.ValidTo, e.FromVersion }).Serves("prices_that_end", e => new { e.VariantId, e.ToVersion, e.UnitPrice }).HasFilter("\"ValidTo\" IS NOT NULL");

        // No foreign key to variants: they are never deleted, and EF Core would add an index for it, which each imported price would pay for.
        entry.HasOne<PriceList>().WithMany().HasForeignKey(e => e.PriceListId).OnDelete(DeleteBehavior.Restrict);
    });
}

/// <summary>Who a price list is given to, and when. An ended assignment stays on record.</summary>
public sealed class PriceListAssignment
{
    /// <summary>From <see cref="Ids"/>.</summary>
    public required long Id { get; init; }

    /// <summary>The list.</summary>
    public required long PriceListId { get; init; }

    /// <summary>What kind of thing it is given to.</summary>
    public required AssigneeLevel Level { get; init; }

    /// <summary>The unit's, company's, segment's, tier's or market's id; 0 for everyone.</summary>
    public required long AssigneeId { get; init; }

    /// <summary>Among assignments of the same level, the higher goes first.</summary>
    public int Priority { get; init; }

    /// <summary>From when; null: since it was made.</summary>
    public DateTime? ValidFrom { get; init; }

    /// <summary>Until when, exclusive; null: for ever.</summary>
    public DateTime? ValidTo { get; set; }

    /// <summary>When it was made.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>From when, whether that was said or not.</summary>
    public DateTime From => ValidFrom ?? CreatedAt;

    /// <summary>Who has the list.</summary>
    public Assignee Assignee => new(Level, AssigneeId);

    /// <summary>Ends it at an instant, unless it ends before that anyway.</summary>
    /// <returns>What the event is to tell; null if it does not end earlier than before.</returns>
    internal AssignmentEnded? End(DateTime at)
    {
        if (ValidTo <= at)
        {
            return null;
        }

        var ended = new AssignmentEnded(PriceListId, new(ValidTo));
        ValidTo = at;
        return ended;
    }

    /// <summary>The assignment as it was before it was ended; this one stays as it is.</summary>
    internal PriceListAssignment Until(DateTime? validTo)
    {
        var copy = (PriceListAssignment)MemberwiseClone();
        copy.ValidTo = validTo;
        return copy;
    }

    internal static void Map(ModelBuilder model) => model.Entity<PriceListAssignment>(assignment =>
    {
        assignment.Property(a => a.Id).ValueGeneratedNever();
        assignment.Ignore(a => a.From);
        assignment.Ignore(a => a.Assignee);
        assignment.HasIndex(a => a.AssigneeId).Serves("lists_of_an_assignee");
        assignment.HasIndex(a => a.PriceListId).Serves("assignees_of_a_list");
        assignment.HasOne<PriceList>().WithMany().HasForeignKey(a => a.PriceListId).OnDelete(DeleteBehavior.Restrict);
    });
}
