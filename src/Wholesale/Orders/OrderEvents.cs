namespace Wholesale.Orders;

/// <summary>What happens in this room, for the event log.</summary>
public static class OrderEvents
{
    /// <summary>An order was placed. Subject and version are the order's; its data are <see cref="OrderPlacedData"/>.</summary>
    public const string OrderPlaced = "ORDER_PLACED";

    /// <summary>The seller accepted an order. Subject and version of this and the following are the order's; their data are an <see cref="OrderChange"/>.</summary>
    public const string OrderConfirmed = "ORDER_CONFIRMED";

    /// <summary>A shipment of an order left.</summary>
    public const string OrderShipped = "ORDER_SHIPPED";

    /// <summary>Something else is said of a shipment.</summary>
    public const string OrderShipmentChanged = "ORDER_SHIPMENT_CHANGED";

    /// <summary>A supplier's number of a fulfillment is another. No buyer hears of it.</summary>
    public const string OrderSupplierNumberChanged = "ORDER_SUPPLIER_NUMBER_CHANGED";

    /// <summary>A shipment of an order arrived.</summary>
    public const string OrderDelivered = "ORDER_DELIVERED";

    /// <summary>What was open of an order was cancelled, or a part of that.</summary>
    public const string OrderCancelled = "ORDER_CANCELLED";

    /// <summary>An order was closed.</summary>
    public const string OrderCompleted = "ORDER_COMPLETED";

    /// <summary>Something was paid of an order, or a payment was taken back.</summary>
    public const string OrderPaymentChanged = "ORDER_PAYMENT_CHANGED";

    /// <summary>An order that was taken elsewhere was imported, or imported anew. Its data are <see cref="OrderImportedData"/>.</summary>
    public const string OrderImported = "ORDER_IMPORTED";

    /// <summary>How orders are numbered is new or changed. Subject and version are the series'.</summary>
    public const string OrderNumberSeriesChanged = "ORDER_NUMBER_SERIES_CHANGED";
}

/// <summary>What is told of an order whose life goes on.</summary>
/// <param name="Status">What had become of it then.</param>
/// <param name="ShipmentId">The shipment that it is about; null: none.</param>
/// <param name="FulfillmentId">The fulfillment that it is about; null: none.</param>
/// <param name="Reason">Why it was cancelled; null: it was not.</param>
/// <param name="Amount">What was cancelled comes to, tax included, in the order's currency; null: nothing was.</param>
/// <param name="PaymentStatus">What had become of its payment then; null: this is not about it.</param>
/// <param name="Paid">What was paid of it then, in the order's currency; null: this is not about it.</param>
public sealed record OrderChange(
    OrderStatus Status, Platform.NodeId? ShipmentId = null, Platform.NodeId? FulfillmentId = null, CancellationReason? Reason = null, Platform.Amount? Amount = null,
    OrderPaymentStatus? PaymentStatus = null, Platform.Amount? Paid = null);

/// <summary>What is told of an order that was imported.</summary>
/// <param name="Number">Its number.</param>
/// <param name="CompanyId">Who bought.</param>
/// <param name="Status">What had become of it then.</param>
/// <param name="Currency">What its amounts are in.</param>
/// <param name="Total">What it came to.</param>
/// <param name="SourceRevision">The revision of the source; null: none was given.</param>
public sealed record OrderImportedData(
    string Number, Platform.NodeId CompanyId, OrderStatus Status, Platform.Currency Currency, Platform.Amount Total, long? SourceRevision = null);

/// <summary>What is told of an order that was placed.</summary>
public sealed record OrderPlacedData(string Number, Platform.NodeId CompanyId, Platform.NodeId CartId, Platform.Currency Currency, Platform.Amount Total);
