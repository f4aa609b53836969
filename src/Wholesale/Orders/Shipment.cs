using Microsoft.EntityFrameworkCore;
using Wholesale.Inventory;
using Wholesale.Platform;
using Wholesale.Platform.Database;

namespace Wholesale.Orders;

/// <summary>Goods of a fulfillment that have left together.</summary>
public sealed class Shipment
{
    /// <summary>How many an order has at most.</summary>
    public const int MaximumOfOrder = 1_000;

    /// <summary>How many tracking numbers one has at most.</summary>
    public const int MaximumTrackingNumbers = 100;

    /// <summary>From <see cref="Ids"/>, in the order in which they were told.</summary>
    public required long Id { get; init; }

    /// <summary>The order.</summary>
    public required long OrderId { get; init; }

    /// <summary>What it is a part of.</summary>
    public required long FulfillmentId { get; init; }

    /// <summary>The seller's key for it, unique; null: none was given.</summary>
    public string? ExternalId { get; init; }

    /// <summary>From where; null: goods of which no stock is kept.</summary>
    public long? WarehouseId { get; init; }

    /// <summary>Who carries it; null: not known.</summary>
    public string? Carrier { get; set; }

    /// <summary>By which its way can be followed.</summary>
    public IReadOnlyList<TrackingNumber> TrackingNumbers { get; set; } = [];

    /// <summary>When it was sent.</summary>
    public required DateTime ShippedAt { get; init; }

    /// <summary>When it is expected; null: not known.</summary>
    public DateOnly? ExpectedDeliveryDate { get; set; }

    /// <summary>When it arrived; null: it has not.</summary>
    public DateTime? DeliveredAt { get; set; }

    /// <summary>Whether it has arrived.</summary>
    public ShipmentStatus Status => DeliveredAt is null ? ShipmentStatus.InTransit : ShipmentStatus.Delivered;

    internal static void Map(ModelBuilder model)
    {
        model.Entity<Shipment>(shipment =>
        {
            shipment.Property(s => s.Id).ValueGeneratedNever();
            shipment.Ignore(s => s.Status);
            shipment.Property(s => s.ExternalId).HasMaxLength(RowErrors.MaximumKeyLength);
            shipment.Property(s => s.Carrier).HasMaxLength(RowErrors.MaximumKeyLength);
            shipment.Property(s => s.TrackingNumbers).IsJson();
            shipment.HasIndex(s => s.ExternalId).IsUnique().HasFilter("\"ExternalId\" IS NOT NULL");
            shipment.HasIndex(s => new { s.OrderId, s.Id }).Serves("shipments_of_an_order");
            shipment.HasOne<Order>().WithMany().HasForeignKey(s => s.OrderId).OnDelete(DeleteBehavior.Cascade);
            shipment.HasOne<Fulfillment>().WithMany().HasForeignKey(s => s.FulfillmentId).OnDelete(DeleteBehavior.Restrict);
            shipment.HasOne<Warehouse>().WithMany().HasForeignKey(s => s.WarehouseId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<ShipmentLine>(line =>
        {
            line.HasKey(l => new { l.ShipmentId, l.OrderLineId });
            line.HasIndex(l => l.OrderLineId).Serves("shipments_of_an_order_line");
            line.HasOne<Shipment>().WithMany().HasForeignKey(l => l.ShipmentId).OnDelete(DeleteBehavior.Cascade);
            line.HasOne<OrderLine>().WithMany().HasForeignKey(l => l.OrderLineId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}

/// <summary>Whether a shipment has arrived.</summary>
public enum ShipmentStatus
{
    /// <summary>It is on its way.</summary>
    InTransit,

    /// <summary>It has arrived.</summary>
    Delivered,
}

/// <summary>A number by which a carrier tells where a parcel is.</summary>
/// <param name="Number">The carrier's.</param>
/// <param name="Url">Where to look; null: not known.</param>
public sealed record TrackingNumber(string Number, string? Url);

/// <summary>What of a line is in a shipment.</summary>
public sealed class ShipmentLine
{
    /// <summary>The shipment.</summary>
    public required long ShipmentId { get; init; }

    /// <summary>The order's line.</summary>
    public required long OrderLineId { get; init; }

    /// <summary>How much.</summary>
    public required Quantity Quantity { get; init; }
}
