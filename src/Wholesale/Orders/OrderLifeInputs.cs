using Wholesale.GraphQL.Execution;
using Wholesale.Platform;

namespace Wholesale.Orders;

// The input objects of schema/orders.graphql by which orders go on, and their payloads.

/// <summary>A line of an order, and how much of it.</summary>
public sealed record OrderLineQuantityInput(NodeId? LineId = null, string? Sku = null, Quantity? Quantity = null);

/// <summary>What is to be cancelled.</summary>
public sealed record CancelOrderInput(
    NodeId OrderId, IReadOnlyList<OrderLineQuantityInput>? Lines = null, CancellationReason Reason = CancellationReason.BuyerRequest, string? Note = null, long? ExpectedVersion = null);

/// <summary>The order as it is now.</summary>
public sealed record CancelOrderPayload(Order? Order, IReadOnlyList<UserError> UserErrors);

/// <summary>An order that is accepted.</summary>
public sealed record ConfirmOrderInput(NodeId OrderId, IReadOnlyList<ConfirmedLineInput> Lines, DateOnly? DeliveryDate = null, long? ExpectedVersion = null);

/// <summary>When a line will arrive.</summary>
public sealed record ConfirmedLineInput(DateOnly DeliveryDate, NodeId? LineId = null, string? Sku = null);

/// <summary>The order as it is now.</summary>
public sealed record ConfirmOrderPayload(Order? Order, IReadOnlyList<UserError> UserErrors);

/// <summary>Goods that have left.</summary>
public sealed record ShipFulfillmentInput(
    NodeId FulfillmentId,
    IReadOnlyList<TrackingNumberInput> TrackingNumbers,
    string? ExternalId = null,
    IReadOnlyList<OrderLineQuantityInput>? Lines = null,
    string? Warehouse = null,
    DateTime? ShippedAt = null,
    string? Carrier = null,
    DateOnly? ExpectedDeliveryDate = null,
    bool CancelRest = false,
    long? ExpectedVersion = null);

/// <summary>A number by which a carrier tells where a parcel is.</summary>
public sealed record TrackingNumberInput(string Number, string? Url = null);

/// <summary>What was sent.</summary>
public sealed record ShipFulfillmentPayload(Shipment? Shipment, Order? Order, IReadOnlyList<UserError> UserErrors);

/// <summary>What else is said of a shipment.</summary>
public sealed record UpdateShipmentInput(
    NodeId? ShipmentId = null,
    string? ExternalId = null,
    Optional<string?> Carrier = default,
    IReadOnlyList<TrackingNumberInput>? TrackingNumbers = null,
    Optional<DateOnly?> ExpectedDeliveryDate = default);

/// <summary>The shipment as it is now.</summary>
public sealed record UpdateShipmentPayload(Shipment? Shipment, IReadOnlyList<UserError> UserErrors);

/// <summary>A shipment that has arrived.</summary>
public sealed record RecordDeliveryInput(IReadOnlyList<OrderLineQuantityInput> Rejected, NodeId? ShipmentId = null, string? ExternalId = null, DateTime? DeliveredAt = null);

/// <summary>The shipment and its order as they are now.</summary>
public sealed record RecordDeliveryPayload(Shipment? Shipment, Order? Order, IReadOnlyList<UserError> UserErrors);

/// <summary>Under which number a supplier has a fulfillment.</summary>
public sealed record SetSupplierOrderNumberInput(NodeId FulfillmentId, string? SupplierOrderNumber = null);

/// <summary>The fulfillment as it is now.</summary>
public sealed record SetSupplierOrderNumberPayload(Fulfillment? Fulfillment, IReadOnlyList<UserError> UserErrors);

/// <summary>An order to be closed.</summary>
public sealed record CompleteOrderInput(NodeId OrderId, long? ExpectedVersion = null);

/// <summary>The order as it is now.</summary>
public sealed record CompleteOrderPayload(Order? Order, IReadOnlyList<UserError> UserErrors);
