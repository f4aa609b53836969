using Microsoft.EntityFrameworkCore;
using Wholesale.Catalog;
using Wholesale.Platform;

namespace Wholesale.Inventory;

/// <summary>
/// Whether a variant's stock is tracked, and whether more may be sold than is there. A variant without one is tracked as soon as it has a stock level or an incoming supply,
/// and sold as far as it is there.
/// </summary>
public sealed class StockPolicy
{
    /// <summary>The longest lead time: ten years.</summary>
    public const int MaximumLeadTimeDays = 3_650;

    /// <summary>The variant.</summary>
    public required long VariantId { get; init; }

    /// <summary>False: it can always be ordered, whatever is there.</summary>
    public bool IsTracked { get; set; } = true;

    /// <summary>Whether more may be sold than is there.</summary>
    public BackorderPolicy BackorderPolicy { get; set; }

    /// <summary>How much may be sold of what nobody has ordered yet; null: no limit. Null unless the policy is <see cref="BackorderPolicy.Always"/>.</summary>
    public Quantity? BackorderLimit { get; set; }

    /// <summary>How much is sold of what nobody has ordered yet: the sum of the variant's <see cref="StockReservation"/> rows of neither warehouse nor supply.</summary>
    public Quantity Backordered { get; set; }

    /// <summary>How many days it takes until more can be shipped, 0–3,650; null: not known.</summary>
    public int? LeadTimeDays { get; set; }

    /// <summary>The highest revision taken from the seller's system; null if none was given yet.</summary>
    public long? SourceRevision { get; set; }

    /// <summary>Counts up with every change, of what is backordered too.</summary>
    public long Version { get; set; }

    /// <summary>How much more of that may be sold, if the policy is <see cref="BackorderPolicy.Always"/>; 0 or more.</summary>
    internal Quantity BackorderLeft => new(Math.Max(0, (BackorderLimit?.Thousandths ?? Quantity.Maximum) - Backordered.Thousandths));

    internal static void Map(ModelBuilder model) => model.Entity<StockPolicy>(policy =>
    {
        policy.Ignore(p => p.BackorderLeft);
        policy.HasKey(p => p.VariantId);
        policy.Property(p => p.VariantId).ValueGeneratedNever();
        policy.HasOne<Variant>().WithMany().HasForeignKey(p => p.VariantId).OnDelete(DeleteBehavior.Restrict);
    });
}

/// <summary>Whether more may be sold than is there. The numbers are stored.</summary>
public enum BackorderPolicy
{
    /// <summary>Only what is there.</summary>
    Never = 0,

    /// <summary>Also what is expected.</summary>
    AgainstIncoming = 1,

    /// <summary>Also what nobody has ordered yet, within the limit.</summary>
    Always = 2,
}
