using Microsoft.EntityFrameworkCore;
using Wholesale.Catalog;
using Wholesale.Platform;
using Wholesale.Platform.Database;

namespace Wholesale.Inventory;

/// <summary>
/// How much of a variant lies in a warehouse. What was counted and what is reserved change independently of one another: more may be reserved than is there, when the
/// seller has counted less than was sold. Then nothing is available.
/// </summary>
public sealed class StockLevel
{
    /// <summary>The variant.</summary>
    public required long VariantId { get; init; }

    /// <summary>The warehouse.</summary>
    public required long WarehouseId { get; init; }

    /// <summary>What lies there, as counted.</summary>
    public Quantity OnHand { get; set; }

    /// <summary>What orders have of it: the sum of its <see cref="StockReservation"/> rows.</summary>
    public Quantity Reserved { get; set; }

    /// <summary>What is kept back.</summary>
    public Quantity SafetyStock { get; set; }

    /// <summary>The highest revision taken from the seller's system; null if none was given yet.</summary>
    public long? SourceRevision { get; set; }

    /// <summary>Counts up with every change, of what is reserved too.</summary>
    public long Version { get; set; }

    /// <summary>When it was last counted or corrected.</summary>
    public DateTime UpdatedAt { get; set; }

    /// <summary>What can be sold now; 0 or more.</summary>
    public Quantity Available => new(Math.Max(0, OnHand.Thousandths - Reserved.Thousandths - SafetyStock.Thousandths));

    internal static void Map(ModelBuilder model) => model.Entity<StockLevel>(level =>
    {
        level.HasKey(l => new { l.VariantId, l.WarehouseId });
        level.Ignore(l => l.Available);
        level.HasIndex(l => l.WarehouseId).Serves("levels_of_a_warehouse");
        level.HasOne<Variant>().WithMany().HasForeignKey(l => l.VariantId).OnDelete(DeleteBehavior.Restrict);
        level.HasOne<Warehouse>().WithMany().HasForeignKey(l => l.WarehouseId).OnDelete(DeleteBehavior.Restrict);
    });
}
