namespace Wholesale.Orders;

/// <summary>
/// What has become of an order: schema/orders.graphql draws it. What the quantities of its lines say follows from them (<see cref="Order.Settle"/>); only confirming and completing are steps of their
/// own. The numbers are stored.
/// </summary>
public enum OrderStatus
{
    /// <summary>It was ordered, and the seller has not answered yet.</summary>
    Placed = 0,

    /// <summary>The seller has accepted it; nothing was sent yet.</summary>
    Confirmed = 1,

    /// <summary>A part was sent, and something is still open.</summary>
    PartlyShipped = 2,

    /// <summary>All was sent that was not cancelled, and not all of it has arrived.</summary>
    Shipped = 3,

    /// <summary>All that was sent has arrived.</summary>
    Delivered = 4,

    /// <summary>It was delivered, and is closed.</summary>
    Completed = 5,

    /// <summary>All of it was cancelled; nothing was sent.</summary>
    Cancelled = 6,
}

/// <summary>Why something was cancelled.</summary>
public enum CancellationReason
{
    /// <summary>The buyer wants it no more.</summary>
    BuyerRequest,

    /// <summary>It cannot be had.</summary>
    OutOfStock,

    /// <summary>It is not sold any more.</summary>
    Discontinued,

    /// <summary>It was ordered at a price that cannot be.</summary>
    PriceError,

    /// <summary>The buyer did not pay.</summary>
    NotPaid,

    /// <summary>Another reason.</summary>
    Other,
}
