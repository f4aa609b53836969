using Microsoft.EntityFrameworkCore;
using Wholesale.Inventory;
using Wholesale.Platform;
using Wholesale.Platform.Database;

namespace Wholesale.Orders;

/// <summary>What one warehouse is to send of an order, or a supplier straight to the customer. Made when the order is confirmed.</summary>
public sealed class Fulfillment
{
    /// <summary>The day of what is neither promised nor wanted for any: behind all others.</summary>
    public static readonly DateOnly NoDay = DateOnly.MaxValue;

    /// <summary>From <see cref="Ids"/>, in the order of their numbers.</summary>
    public required long Id { get; init; }

    /// <summary>The order.</summary>
    public required long OrderId { get; init; }

    /// <summary>The order's number, a hyphen and a number from 1 on.</summary>
    public required string Number { get; init; }

    /// <summary>From where; null: goods of which no stock is kept.</summary>
    public long? WarehouseId { get; init; }

    /// <summary>Who ships it straight to the customer; null: the seller does.</summary>
    public long? SupplierId { get; init; }

    /// <summary>The number that the supplier has for it; null: none is known.</summary>
    public string? SupplierOrderNumber { get; set; }

    /// <summary>The first day that a line of it was promised for, else the day that the order is wanted for, else <see cref="NoDay"/>: by it sellers decide what is sent first. Never changes.</summary>
    public required DateOnly DueBy { get; init; }

    /// <summary>The same; null: there is none.</summary>
    public DateOnly? DueOn => DueBy == NoDay ? null : DueBy;

    /// <summary>What has become of it.</summary>
    public FulfillmentStatus Status { get; private set; }

    /// <summary>Takes the status that the quantities of its lines say.</summary>
    /// <returns>Whether it is another.</returns>
    internal bool Settle(IEnumerable<FulfillmentLine> lines)
    {
        var (isOpen, isSent) = (false, false);
        foreach (var line in lines)
        {
            isOpen |= line.Open.Thousandths > 0;
            isSent |= line.Shipped.Thousandths > 0;
        }

        var before = Status;
        Status = (isOpen, isSent) switch
        {
            (true, false) => FulfillmentStatus.Open,
            (true, true) => FulfillmentStatus.PartlyShipped,
            (false, true) => FulfillmentStatus.Shipped,
            (false, false) => FulfillmentStatus.Cancelled,
        };
        return Status != before;
    }

    internal static void Map(ModelBuilder model) => model.Entity<Fulfillment>(fulfillment =>
    {
        fulfillment.Property(f => f.Id).ValueGeneratedNever();
        fulfillment.Ignore(f => f.DueOn);
        fulfillment.Property(f => f.DueBy).HasDefaultValue(NoDay);
        fulfillment.Property(f => f.Number).HasMaxLength(OrderNumberSeries.MaximumNumberLength + 12);
        fulfillment.Property(f => f.SupplierOrderNumber).HasMaxLength(RowErrors.MaximumKeyLength);
        fulfillment.HasIndex(f => f.Number).IsUnique();
        fulfillment.HasIndex(f => new { f.OrderId, f.Id }).Serves("fulfillments_of_an_order");
        fulfillment.HasIndex(f => new { f.DueBy, f.OrderId, f.Id }).Serves("fulfillments_to_ship").HasFilter("\"Status\" < 2");
        fulfillment.HasOne<Order>().WithMany().HasForeignKey(f => f.OrderId).OnDelete(DeleteBehavior.Cascade);
        fulfillment.HasOne<Warehouse>().WithMany().HasForeignKey(f => f.WarehouseId).OnDelete(DeleteBehavior.Restrict);
        fulfillment.HasOne<Supplier>().WithMany().HasForeignKey(f => f.SupplierId).OnDelete(DeleteBehavior.Restrict);
    });
}

/// <summary>What has become of a fulfillment. The numbers are stored.</summary>
public enum FulfillmentStatus
{
    /// <summary>Nothing of it was sent yet.</summary>
    Open = 0,

    /// <summary>A part was sent, and something is still open.</summary>
    PartlyShipped = 1,

    /// <summary>All was sent that was not cancelled.</summary>
    Shipped = 2,

    /// <summary>All of it was cancelled.</summary>
    Cancelled = 3,
}

/// <summary>What of a line one warehouse is to send.</summary>
public sealed class FulfillmentLine
{
    /// <summary>The fulfillment.</summary>
    public required long FulfillmentId { get; init; }

    /// <summary>The order's line.</summary>
    public required long OrderLineId { get; init; }

    /// <summary>How much was to be sent.</summary>
    public required Quantity Quantity { get; init; }

    /// <summary>How much was sent.</summary>
    public Quantity Shipped { get; set; }

    /// <summary>How much was cancelled.</summary>
    public Quantity Cancelled { get; set; }

    /// <summary>How much is still to be sent.</summary>
    public Quantity Open => new(Quantity.Thousandths - Shipped.Thousandths - Cancelled.Thousandths);

    internal static void Map(ModelBuilder model) => model.Entity<FulfillmentLine>(line =>
    {
        line.HasKey(l => new { l.FulfillmentId, l.OrderLineId });
        line.Ignore(l => l.Open);
        line.HasIndex(l => l.OrderLineId).Serves("fulfillments_of_an_order_line");
        line.HasOne<Fulfillment>().WithMany().HasForeignKey(l => l.FulfillmentId).OnDelete(DeleteBehavior.Cascade);
        line.HasOne<OrderLine>().WithMany().HasForeignKey(l => l.OrderLineId).OnDelete(DeleteBehavior.Restrict);
    });
}
