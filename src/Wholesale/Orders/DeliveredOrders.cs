using Microsoft.EntityFrameworkCore;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;

namespace Wholesale.Orders;

/// <summary>Closes orders that were delivered so long ago that nothing is expected to be said against them any more.</summary>
internal static class DeliveredOrders
{
    private const int StepSize = 100;

    /// <summary>Closes some of those that are due, the first first, by two statements: only who stands in the same line changes an order that was delivered.</summary>
    /// <returns>How many; 0 when none is due any more.</returns>
    public static async Task<int> Complete(WholesaleDb db, Writes writes, DateTime now, TimeSpan after, CancellationToken cancellation)
    {
        var latest = now - after;
        return await writes.Run(
            Actor.System,
            async () =>
            {
                var due = await db.Orders
                    .Where(o => o.DeliveredAt != null && o.CompletedAt == null && o.DeliveredAt <= latest && o.Status == OrderStatus.Delivered && o.Source != OrderSource.Import)
                    .OrderBy(o => o.DeliveredAt).Take(StepSize).ToListAsync(cancellation);
                foreach (var order in due)
                {
                    order.Complete(now);
                    writes.Record(OrderEvents.OrderCompleted, order.Id, order.Version, new OrderChange(order.Status));
                }

                await BulkRows.Update(db, due, o => new { o.Status, o.CompletedAt, o.Version }, cancellation: cancellation);
                return due.Count;
            },
            cancellation);
    }
}
