using Wholesale.Orders;
using Wholesale.Platform;

namespace Wholesale.Reports;

/// <summary>The seller's confirmation of an order: the order as it was made, what of its lines was confirmed for when, and what that came to. None of it changes any more.</summary>
/// <param name="Order">An order that was confirmed here.</param>
public sealed record OrderConfirmation(Order Order)
{
    /// <summary>Where its page is, see <see cref="OrderExports"/>.</summary>
    internal const string Path = "/exports/order-confirmation.html";

    /// <summary>When the order was confirmed.</summary>
    public DateTime ConfirmedAt => Order.ConfirmedAt!.Value;

    /// <summary>What it came to then, tax included.</summary>
    public Money Total => new(Order.ConfirmedAmount!.Value.TenThousandths, Order.Currency);

    /// <summary>Where it is as a page.</summary>
    public string Page => $"{Path}?number={Uri.EscapeDataString(Order.Number)}";

    /// <summary>That of an order; null: it was not confirmed, or not here.</summary>
    public static OrderConfirmation? Of(Order order) => order.ConfirmedAmount is null ? null : new(order);
}
