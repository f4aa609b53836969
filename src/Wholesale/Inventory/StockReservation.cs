using Microsoft.EntityFrameworkCore;
using Wholesale.Catalog;
using Wholesale.Platform;
using Wholesale.Platform.Database;

namespace Wholesale.Inventory;

/// <summary>
/// What an order line has of a variant: of what lies in a warehouse, or of a supply, or (of neither) of what nobody has ordered yet. The rows add up to the columns that count
/// them: <see cref="StockLevel.Reserved"/>, <see cref="IncomingSupply.Reserved"/>, <see cref="StockPolicy.Backordered"/>.
/// </summary>
public sealed class StockReservation
{
    /// <summary>From <see cref="Ids"/>, so that rows stand in the order in which they were made.</summary>
    public required long Id { get; init; }

    /// <summary>The order line.</summary>
    public required long OwnerId { get; init; }

    /// <summary>The variant.</summary>
    public required long VariantId { get; init; }

    /// <summary>Where it lies; null: it is not there yet.</summary>
    public long? WarehouseId { get; set; }

    /// <summary>With what it will come; null: it is there, or not ordered yet.</summary>
    public long? IncomingSupplyId { get; set; }

    /// <summary>How much; more than 0.</summary>
    public required Quantity Quantity { get; set; }

    /// <summary>For when it was promised; null: that was not known.</summary>
    public DateOnly? PromisedOn { get; init; }

    internal static void Map(ModelBuilder model) => model.Entity<StockReservation>(reservation =>
    {
        reservation.Property(r => r.Id).ValueGeneratedNever();
        reservation.HasIndex(r => r.OwnerId).Serves("reservations_of_an_order_line");
        reservation.HasIndex(r => r.IncomingSupplyId).Serves("reservations_of_a_supply").HasFilter("\"IncomingSupplyId\" IS NOT NULL");
        reservation.HasIndex(r => new { r.VariantId, r.WarehouseId }).Serves("reservations_of_a_level");
        reservation.HasOne<Variant>().WithMany().HasForeignKey(r => r.VariantId).OnDelete(DeleteBehavior.Restrict);
        reservation.HasOne<IncomingSupply>().WithMany().HasForeignKey(r => r.IncomingSupplyId).OnDelete(DeleteBehavior.Restrict);
        reservation.HasOne<StockLevel>().WithMany().HasForeignKey(r => new { r.VariantId, r.WarehouseId }).OnDelete(DeleteBehavior.Restrict);
    });
}
