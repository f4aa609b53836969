using Microsoft.EntityFrameworkCore;
using Wholesale.Catalog;
using Wholesale.Platform;
using Wholesale.Platform.Database;

namespace Wholesale.Inventory;

/// <summary>
/// What is expected of a variant at a warehouse on a day. Orders can be reserved against it before it is there. One of which nothing is expected any more is kept for its
/// revision, so that an older row does not create it again: nobody sees it, and after <see cref="DaysKept"/> days it is deleted.
/// </summary>
public sealed class IncomingSupply
{
    /// <summary>How many days one is kept of which nothing is expected any more.</summary>
    public const int DaysKept = 90;

    /// <summary>From <see cref="Ids"/>.</summary>
    public required long Id { get; init; }

    /// <summary>The seller's key, unique, 1–64 characters, compared exactly: a line of a purchase order, as a rule.</summary>
    public required string ExternalId { get; init; }

    /// <summary>The variant.</summary>
    public required long VariantId { get; set; }

    /// <summary>Where it will arrive.</summary>
    public required long WarehouseId { get; set; }

    /// <summary>
    /// From which day on it can be shipped. While this lies before today nothing is promised of it. Where nothing is expected any more, the day on which that was last said.
    /// </summary>
    public required DateOnly ExpectedOn { get; set; }

    /// <summary>How much is still to come; not less than <see cref="Reserved"/>. 0: nothing is expected any more.</summary>
    public Quantity Quantity { get; set; }

    /// <summary>What orders have of it: the sum of its <see cref="StockReservation"/> rows.</summary>
    public Quantity Reserved { get; set; }

    /// <summary>The highest revision taken from the seller's system; null if none was given yet.</summary>
    public long? SourceRevision { get; set; }

    /// <summary>Counts up with every change, of what is reserved too.</summary>
    public long Version { get; set; }

    /// <summary>What can still be promised.</summary>
    public Quantity Free => new(Math.Max(0, Quantity.Thousandths - Reserved.Thousandths));

    /// <summary>Deletes some of those that were kept long enough.</summary>
    /// <returns>How many; 0 when none is due any more.</returns>
    internal static async Task<int> Purge(WholesaleDb db, DateTime now, CancellationToken cancellation)
    {
        const int StepSize = 500;
        var (nothing, until) = (default(Quantity), DateOnly.FromDateTime(now).AddDays(-DaysKept));
        var due = await db.IncomingSupplies
            .Where(s => s.Quantity == nothing && s.ExpectedOn < until)
            .OrderBy(s => s.ExpectedOn).ThenBy(s => s.Id).Take(StepSize).Select(s => s.Id).ToListAsync(cancellation);
        return due.Count == 0 ? 0 : await db.IncomingSupplies.Where(s => due.Contains(s.Id)).ExecuteDeleteAsync(cancellation);
    }

    internal static void Map(ModelBuilder model) => model.Entity<IncomingSupply>(supply =>
    {
        supply.Property(s => s.Id).ValueGeneratedNever();
        supply.Ignore(s => s.Free);
        supply.Property(s => s.ExternalId).HasMaxLength(RowErrors.MaximumKeyLength);
        supply.HasIndex(s => s.ExternalId).IsUnique();
        supply.HasIndex(s => new { s.ExpectedOn, s.Id }).Serves("supplies_by_day");
        supply.HasIndex(s => s.VariantId).Serves("supplies_of_a_variant");
        supply.HasOne<Variant>().WithMany().HasForeignKey(s => s.VariantId).OnDelete(DeleteBehavior.Restrict);
        supply.HasOne<Warehouse>().WithMany().HasForeignKey(s => s.WarehouseId).OnDelete(DeleteBehavior.Restrict);
    });
}
