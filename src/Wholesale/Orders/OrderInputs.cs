using Wholesale.Carts;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;

namespace Wholesale.Orders;

// The input objects of schema/orders.graphql and their payloads.

/// <summary>What would become of a cart if it were ordered now.</summary>
/// <param name="Cart">The cart.</param>
/// <param name="Total">What it would come to; null where a line has no price.</param>
/// <param name="Issues">What stands against it.</param>
/// <param name="Warnings">What does not, and should be known.</param>
public sealed record CartValidation(Cart Cart, Money? Total, IReadOnlyList<UserError> Issues, IReadOnlyList<UserError> Warnings)
{
    /// <summary>Whether nothing stands against it.</summary>
    public bool IsOrderable => Issues.Count == 0;
}

/// <summary>A cart to be ordered.</summary>
public sealed record PlaceOrderInput(NodeId CartId, Amount ExpectedTotal, bool AcceptDecreases = true, long? ExpectedVersion = null);

/// <summary>The order, or why there is none.</summary>
public sealed record PlaceOrderPayload(Order? Order, Cart? Cart, IReadOnlyList<CartPriceChange> PriceChanges, IReadOnlyList<UserError> UserErrors);

/// <summary>An order that is to be ordered again.</summary>
public sealed record ReorderInput(NodeId OrderId, NodeId? CartId = null, IReadOnlyList<OrderLineQuantityInput>? Lines = null, long? ExpectedVersion = null);

/// <summary>What became of the order's lines.</summary>
/// <param name="Cart">As it is now; null if it was not found, or a new one would have no lines.</param>
/// <param name="LineIds">Its lines that grew or are new.</param>
/// <param name="Changes">What is another than in the order.</param>
/// <param name="UserErrors">Why nothing was put into the cart.</param>
public sealed record ReorderPayload(Cart? Cart, IReadOnlyList<long> LineIds, IReadOnlyList<ReorderChange> Changes, IReadOnlyList<UserError> UserErrors)
{
    /// <summary>How many changes there are.</summary>
    public int ChangeCount => Changes.Count;

    /// <summary>Nothing was done.</summary>
    internal static ReorderPayload Refused(params IReadOnlyList<UserError> errors) => new(null, [], [], errors);
}

/// <summary>Rows of series.</summary>
public sealed record UpsertOrderNumberSeriesInput(IReadOnlyList<OrderNumberSeriesInput> Series, BulkMode Mode = BulkMode.Partial);

/// <summary>A series of order numbers.</summary>
public sealed record OrderNumberSeriesInput(
    string ExternalId, Optional<string?> Market = default, string? Prefix = null, int? Digits = null, bool? RestartsYearly = null, long? NextNumber = null);

/// <summary>What became of the rows.</summary>
public sealed record UpsertOrderNumberSeriesPayload(IReadOnlyList<OrderNumberSeries> Series, BulkCounts Counts, IReadOnlyList<UserError> UserErrors);
