using Microsoft.EntityFrameworkCore;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;

namespace Wholesale.Orders;

/// <summary>Closes orders that were delivered so long ago that nothing is expected to be said against them any more, one by one.</summary>
internal static class DeliveredOrders
{
    private const int StepSize = 100;

    /// <summary>Closes some of those that are due, the first first.</summary>
    /// <returns>How many; 0 when none is due any more.</returns>
    public static async Task<int> Complete(WholesaleDb db, Writes writes, DateTime now, TimeSpan after, CancellationToken cancellation)
    {
        var latest = now - after;
        var due = await db.Orders
            .Where(o => o.DeliveredAt != null && o.CompletedAt == null && o.DeliveredAt <= latest && o.Status == OrderStatus.Delivered)
            .OrderBy(o => o.DeliveredAt).Take(StepSize).Select(o => o.Id).ToListAsync(cancellation);
        return due.Count == 0 ? 0 : await writes.Run(
            Actor.System,
            async () =>
            {
                var orders = new OpenOrders(db, writes);
                foreach (var id in due)
                {
                    await DatabaseLocks.TakeOne(db, nameof(Order), id, cancellation);
                    var order = await db.Orders.SingleAsync(o => o.Id == id, cancellation);
                    if (order.Status == OrderStatus.Delivered)
                    {
                        order.Complete(now);
                        await orders.Save(order, [], OrderEvents.OrderCompleted, new(order.Status), cancellation);
                    }
                }

                return due.Count;
            },
            cancellation);
    }
}
