using Wholesale.Platform;

namespace Wholesale.Orders;

/// <summary>An order that was taken elsewhere, with all that is kept of it.</summary>
/// <param name="Order">The order.</param>
/// <param name="Lines">Its lines.</param>
/// <param name="Fulfillments">One, if the order was confirmed: whoever sends it, sends all of it.</param>
/// <param name="FulfillmentLines">Of all its lines.</param>
/// <param name="Shipments">What was sent.</param>
/// <param name="ShipmentLines">Of which lines.</param>
internal sealed record ImportedOrder(
    Order Order,
    IReadOnlyList<OrderLine> Lines,
    IReadOnlyList<Fulfillment> Fulfillments,
    IReadOnlyList<FulfillmentLine> FulfillmentLines,
    IReadOnlyList<Shipment> Shipments,
    IReadOnlyList<ShipmentLine> ShipmentLines)
{
    /// <summary>Whether another reading of the same order says the same, whatever its version.</summary>
    public bool SaysTheSameAs(ImportedOrder other) =>
        AreSame(Order, other.Order)
        && Lines.Select(ValuesOf).SequenceEqual(other.Lines.Select(ValuesOf))
        && Fulfillments.Select(f => (f.Id, f.SupplierId, f.Status)).SequenceEqual(other.Fulfillments.Select(f => (f.Id, f.SupplierId, f.Status)))
        && Shipments.Select(ValuesOf).SequenceEqual(other.Shipments.Select(ValuesOf))
        && Shipments.SelectMany(s => s.TrackingNumbers).SequenceEqual(other.Shipments.SelectMany(s => s.TrackingNumbers))
        && ShipmentLines.Select(ValuesOf).ToHashSet().SetEquals(other.ShipmentLines.Select(ValuesOf));

    private static bool AreSame(Order one, Order other) =>
        ValuesOf(one).Equals(ValuesOf(other)) && AreSame(one.ShipTo, other.ShipTo) && AreSame(one.BillTo, other.BillTo) && one.Taxes.SequenceEqual(other.Taxes);

    private static bool AreSame(PostalAddress one, PostalAddress other) => one with { Lines = other.Lines } == other && one.Lines.SequenceEqual(other.Lines);

    private static object ValuesOf(Order order) => (
        (order.UserId, order.UnitId, order.SupplierId, order.SourceRevision, order.PurchaseOrderNumber, order.CostCenter, order.JobCode, order.Note, order.RequestedDeliveryDate),
        (order.PaymentMethod, order.PaymentStatus, order.Status, order.ConfirmedAt, order.PromisedOn, order.DeliveredAt, order.CompletedAt, order.CancelledAt, order.CancellationNote),
        (order.LineCount, order.NetAmount, order.ShippingAmount, order.Freight?.TaxRatePercent, order.TotalAmount, order.CancelledAmount, order.PaidAmount));

    private static object ValuesOf(OrderLine line) => (
        (line.Id, line.VariantId, line.Sku, line.Name, line.Quantity, line.UnitOfMeasure, line.UnitPrice, line.Total, line.TaxRatePercent, line.Note),
        (line.Shipped, line.Delivered, line.Rejected, line.Cancelled, line.PromisedOn, line.DeliveredAt));

    private static object ValuesOf(Shipment shipment) =>
        (shipment.Id, shipment.ExternalId, shipment.Carrier, shipment.TrackingNumbers.Count, shipment.ShippedAt, shipment.ExpectedDeliveryDate, shipment.DeliveredAt);

    private static (long, long, Quantity) ValuesOf(ShipmentLine line) => (line.ShipmentId, line.OrderLineId, line.Quantity);
}
