using Microsoft.EntityFrameworkCore;
using Wholesale.GraphQL.Execution;
using Wholesale.Orders;
using Wholesale.Platform;

namespace Wholesale.Reports;

/// <summary>The seller's confirmation of an order: the order as it was made, and how much of its lines was confirmed for when. None of that changes any more.</summary>
/// <param name="Order">An order that was confirmed here.</param>
public sealed record OrderConfirmation(Order Order)
{
    /// <summary>Where its page is, see <see cref="OrderExports"/>.</summary>
    internal const string Path = "/exports/order-confirmation.html";

    /// <summary>When the order was confirmed.</summary>
    public DateTime ConfirmedAt => Order.ConfirmedAt!.Value;

    /// <summary>Where it is as a page.</summary>
    public string Page => $"{Path}?number={Uri.EscapeDataString(Order.Number)}";

    /// <summary>That of an order; null: it was not confirmed, or not here.</summary>
    public static OrderConfirmation? Of(Order order) => order.ConfirmedAt is null || order.Source == OrderSource.Import ? null : new(order);

    /// <summary>What orders came to when they were confirmed: one statement for all of them.</summary>
    internal static async ValueTask<IReadOnlyList<Money>> Totals(Batch<OrderConfirmation> confirmations, WholesaleDb db, CancellationToken cancellation)
    {
        var ids = confirmations.Keys(confirmation => confirmation.Order.Id);
        var lines = (await db.OrderLines.Where(line => ids.Contains(line.OrderId)).ToListAsync(cancellation)).ToLookup(line => line.OrderId);
        return confirmations.Map(confirmation => confirmation.Order.ConfirmedTotal([.. lines[confirmation.Order.Id]]));
    }
}
