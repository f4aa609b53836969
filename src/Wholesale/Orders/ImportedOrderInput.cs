using Wholesale.Credit;
using Wholesale.Platform;
using Wholesale.Tax;

namespace Wholesale.Orders;

// The rows of the import `orders`: each tells all of an order. docs/imports.md describes them.

/// <summary>An order that was taken elsewhere.</summary>
public sealed record ImportedOrderInput(
    string Number,
    string Company,
    string User,
    DateTime PlacedAt,
    Currency Currency,
    PaymentMethod PaymentMethod,
    ImportedAddressInput ShipTo,
    ImportedAddressInput BillTo,
    IReadOnlyList<ImportedLineInput> Lines,
    string? Unit = null,
    string? Supplier = null,
    string? PurchaseOrderNumber = null,
    string? CostCenter = null,
    string? JobCode = null,
    string? Note = null,
    DateOnly? RequestedDeliveryDate = null,
    DateTime? ConfirmedAt = null,
    DateTime? CompletedAt = null,
    DateTime? CancelledAt = null,
    string? CancellationNote = null,
    ImportedShippingInput? Shipping = null,
    IReadOnlyList<ImportedTaxInput>? Taxes = null,
    Amount AmountPaid = default,
    IReadOnlyList<ImportedShipmentInput>? Shipments = null,
    long? SourceRevision = null);

/// <summary>A place.</summary>
public sealed record ImportedAddressInput(
    string Name,
    IReadOnlyList<string> Lines,
    string City,
    string Country,
    string? Attention = null,
    string? Region = null,
    string? PostalCode = null,
    string? Phone = null);

/// <summary>What the way costs, net of tax.</summary>
public sealed record ImportedShippingInput(Amount Amount, Amount TaxRatePercent = default);

/// <summary>The tax of one rate.</summary>
public sealed record ImportedTaxInput(string Name, Amount RatePercent, Amount Net, Amount Tax, TaxTreatment Treatment = TaxTreatment.Taxed);

/// <summary>A line. What was sent of it, its order's shipments tell.</summary>
public sealed record ImportedLineInput(
    string Sku,
    string Name,
    Quantity Quantity,
    Amount UnitPrice,
    Amount? Total = null,
    string? UnitOfMeasure = null,
    Amount TaxRatePercent = default,
    Quantity Cancelled = default,
    DateOnly? PromisedOn = null,
    string? Note = null);

/// <summary>Goods that have left together.</summary>
public sealed record ImportedShipmentInput(
    DateTime ShippedAt,
    IReadOnlyList<ImportedShipmentLineInput> Lines,
    string? ExternalId = null,
    string? Carrier = null,
    IReadOnlyList<TrackingNumberInput>? TrackingNumbers = null,
    DateOnly? ExpectedDeliveryDate = null,
    DateTime? DeliveredAt = null);

/// <summary>What of a line is in a shipment, and what of that was not accepted.</summary>
public sealed record ImportedShipmentLineInput(Quantity Quantity, string? Sku = null, int? Line = null, Quantity Rejected = default);
