using Wholesale.Companies;
using Wholesale.Credit;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;

namespace Wholesale.Carts;

// The input objects of schema/carts.graphql and their payloads. A field that may be left out is Optional where null would clear a value.

/// <summary>A cart to be opened.</summary>
public sealed record CreateCartInput(string? Name = null, Currency? Currency = null, bool IsShared = false, CartDetailsInput? Details = null);

/// <summary>What a cart says of itself.</summary>
public sealed record CartDetailsInput(
    Optional<string?> PurchaseOrderNumber = default,
    Optional<string?> CostCenter = default,
    Optional<string?> JobCode = default,
    Optional<IReadOnlyList<ReferenceInput>?> References = default,
    Optional<DateOnly?> RequestedDeliveryDate = default,
    Optional<string?> Note = default,
    Optional<NodeId?> ShipToAddressId = default,
    Optional<NodeId?> BillToAddressId = default,
    Optional<PaymentMethod?> PaymentMethod = default,
    Optional<NodeId?> PaymentTermId = default,
    Optional<string?> ShippingMethod = default,
    Optional<bool?> ShippingInsurance = default);

/// <summary>The value of a reference field.</summary>
public sealed record ReferenceInput(string Code, string Value);

/// <summary>The cart.</summary>
public sealed record CreateCartPayload(Cart? Cart, IReadOnlyList<UserError> UserErrors);

/// <summary>What a cart is to say of itself.</summary>
public sealed record UpdateCartInput(NodeId CartId, long? ExpectedVersion = null, string? Name = null, bool? IsShared = null, CartDetailsInput? Details = null);

/// <summary>The cart as it is now.</summary>
public sealed record UpdateCartPayload(Cart? Cart, IReadOnlyList<UserError> UserErrors);

/// <summary>A cart to be deleted.</summary>
public sealed record DeleteCartInput(NodeId CartId, long? ExpectedVersion = null);

/// <summary>What became of it.</summary>
public sealed record DeleteCartPayload(NodeId? DeletedCartId, IReadOnlyList<UserError> UserErrors);

/// <summary>Rows to be added.</summary>
public sealed record AddCartLinesInput(IReadOnlyList<CartLineInput> Lines, NodeId? CartId = null, long? ExpectedVersion = null, BulkMode Mode = BulkMode.Partial);

/// <summary>What to add.</summary>
public sealed record CartLineInput(Quantity Quantity, NodeId? VariantId = null, string? Sku = null, string? Note = null);

/// <summary>What became of the rows.</summary>
public sealed record AddCartLinesPayload(Cart? Cart, IReadOnlyList<long> LineIds, BulkCounts Counts, IReadOnlyList<UserError> UserErrors);

/// <summary>Lines to be changed.</summary>
public sealed record UpdateCartLinesInput(NodeId CartId, IReadOnlyList<CartLineUpdateInput> Lines, long? ExpectedVersion = null, BulkMode Mode = BulkMode.Partial);

/// <summary>What to change of a line.</summary>
public sealed record CartLineUpdateInput(NodeId? LineId = null, string? Sku = null, Quantity? Quantity = null, Optional<string?> Note = default);

/// <summary>What became of the rows.</summary>
public sealed record UpdateCartLinesPayload(Cart? Cart, IReadOnlyList<long> LineIds, BulkCounts Counts, IReadOnlyList<UserError> UserErrors);

/// <summary>Lines to be removed.</summary>
public sealed record RemoveCartLinesInput(NodeId CartId, long? ExpectedVersion = null, IReadOnlyList<NodeId>? LineIds = null, bool All = false);

/// <summary>The cart as it is now.</summary>
public sealed record RemoveCartLinesPayload(Cart? Cart, int RemovedCount, IReadOnlyList<UserError> UserErrors);

/// <summary>Rows of a spreadsheet.</summary>
public sealed record ImportCartInput(
    NodeId CartId, IReadOnlyList<ImportCartRowInput> Rows, long? ExpectedVersion = null, bool Replace = false, BulkMode Mode = BulkMode.Partial);

/// <summary>A row of a spreadsheet.</summary>
public sealed record ImportCartRowInput(string Sku, Quantity Quantity, string? Note = null);

/// <summary>What became of the rows.</summary>
public sealed record ImportCartPayload(Cart? Cart, IReadOnlyList<ImportedCartRow> Rows, BulkCounts Counts, IReadOnlyList<UserError> UserErrors);

/// <summary>What became of a row.</summary>
/// <param name="Cart">The cart.</param>
/// <param name="Row">Which row, from 1.</param>
/// <param name="Sku">As it was given.</param>
/// <param name="LineId">The line that it went into; null if into none.</param>
/// <param name="UserErrors">Why it is not; paths begin at the row.</param>
public sealed record ImportedCartRow(Cart Cart, int Row, string Sku, long? LineId, IReadOnlyList<UserError> UserErrors)
{
    /// <summary>Whether it is in the cart.</summary>
    public bool IsTaken => LineId is not null;
}

/// <summary>A cart whose prices are accepted.</summary>
public sealed record AcceptCartPricesInput(NodeId CartId, long? ExpectedVersion = null);

/// <summary>The cart as it is now.</summary>
public sealed record AcceptCartPricesPayload(Cart? Cart, IReadOnlyList<UserError> UserErrors);

/// <summary>Reference fields of one company.</summary>
public sealed record UpsertReferenceFieldsInput(IReadOnlyList<ReferenceFieldInput> Fields, string? Company = null, BulkMode Mode = BulkMode.Partial);

/// <summary>A reference field.</summary>
public sealed record ReferenceFieldInput(
    string Code,
    string? Label = null,
    bool? IsRequired = null,
    Optional<string?> Pattern = default,
    Optional<IReadOnlyList<string>?> Options = default,
    int? Position = null,
    bool? IsActive = null);

/// <summary>What became of the rows.</summary>
public sealed record UpsertReferenceFieldsPayload(IReadOnlyList<ReferenceField> ReferenceFields, BulkCounts Counts, IReadOnlyList<UserError> UserErrors);

/// <summary>Rows of order minimums.</summary>
public sealed record UpsertOrderMinimumsInput(IReadOnlyList<OrderMinimumInput> OrderMinimums, BulkMode Mode = BulkMode.Partial);

/// <summary>An order minimum.</summary>
public sealed record OrderMinimumInput(
    string ExternalId,
    AssigneeInput? Assignee = null,
    Optional<string?> Category = default,
    Optional<Amount?> Amount = default,
    Currency? Currency = null,
    Optional<Quantity?> Quantity = default,
    bool? IsActive = null);

/// <summary>What became of the rows.</summary>
public sealed record UpsertOrderMinimumsPayload(IReadOnlyList<OrderMinimum> OrderMinimums, BulkCounts Counts, IReadOnlyList<UserError> UserErrors);
