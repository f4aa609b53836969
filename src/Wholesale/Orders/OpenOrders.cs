using Microsoft.EntityFrameworkCore;
using Wholesale.Companies;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;

namespace Wholesale.Orders;

/// <summary>The way to change an order: taken for oneself, changed, saved with what was changed of its lines. Runs inside the caller's unit of work.</summary>
public sealed class OpenOrders(WholesaleDb db, Writes writes)
{
    /// <summary>How far a clock of another system may be ahead of this one.</summary>
    internal static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    /// <summary>Takes an order for oneself until the transaction ends. Nobody waits for one, or lets others wait for it, that it does not see.</summary>
    /// <param name="id">Which.</param>
    /// <param name="expectedVersion">The version that the change was decided upon; null: whatever it is.</param>
    /// <param name="caller">Who wants to change it.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>The order as it is; with an error if it is not to be changed, and null if the caller sees no such order.</returns>
    public async ValueTask<(Order? Order, UserError? Error)> Take(long id, long? expectedVersion, Caller caller, CancellationToken cancellation)
    {
        var seen = OrdersSeen.By(db, caller).Where(o => o.Id == id);
        var order = await DatabaseLocks.TryTakeOne(db, nameof(Order), id, () => seen.AnyAsync(cancellation), cancellation) ? await seen.SingleOrDefaultAsync(cancellation) : null;
        return order switch
        {
            null => (null, CompanyErrors.NoSuchId("order", "orderId")),
            { IsImported: true } => (order, OrderErrors.IsImported(order.Number)),
            _ when expectedVersion is { } expected && expected != order.Version => (order, CompanyErrors.Changed(order.Version)),
            _ => (order, null),
        };
    }

    /// <summary>All lines of an order, in their order.</summary>
    public async ValueTask<IReadOnlyList<OrderLine>> Lines(Order order, CancellationToken cancellation) =>
        await db.OrderLines.Where(l => l.OrderId == order.Id).OrderBy(l => l.Id).ToListAsync(cancellation);

    /// <summary>The fulfillments of an order, in their order, and of each what of which lines.</summary>
    public async ValueTask<IReadOnlyList<(Fulfillment Fulfillment, IReadOnlyList<FulfillmentLine> Lines)>> Fulfillments(Order order, CancellationToken cancellation)
    {
        var fulfillments = await db.Fulfillments.Where(f => f.OrderId == order.Id).OrderBy(f => f.Id).ToListAsync(cancellation);
        var ids = fulfillments.ConvertAll(f => f.Id);
        var lines = ids.Count == 0
            ? Array.Empty<FulfillmentLine>().ToLookup(l => l.FulfillmentId)
            : (await db.FulfillmentLines.Where(l => ids.Contains(l.FulfillmentId)).ToListAsync(cancellation)).ToLookup(l => l.FulfillmentId);
        return fulfillments.ConvertAll<(Fulfillment, IReadOnlyList<FulfillmentLine>)>(f => (f, [.. lines[f.Id].OrderBy(l => l.OrderLineId)]));
    }

    /// <summary>Writes what has become of an order and of lines of it, and tells of it.</summary>
    public async ValueTask Save(Order order, IReadOnlyList<OrderLine> changed, string eventType, OrderChange change, CancellationToken cancellation)
    {
        await BulkRows.Update(
            db,
            [order],
            o => new { o.Status, o.PaymentStatus, o.CancelledAmount, o.ConfirmedAt, o.ConfirmedAmount, o.PromisedOn, o.DeliveredAt, o.CompletedAt, o.CancelledAt, o.CancellationNote, o.SupplierId, o.Version },
            cancellation: cancellation);
        await BulkRows.Update(db, changed, l => new { l.Shipped, l.Delivered, l.Rejected, l.Cancelled, l.Confirmed, l.PromisedOn, l.DeliveredAt }, cancellation: cancellation);
        writes.Record(eventType, order.Id, order.Version, change);
    }

    /// <summary>Writes what of fulfillments was sent or cancelled.</summary>
    public async ValueTask Save(IReadOnlyList<(Fulfillment Fulfillment, IReadOnlyList<FulfillmentLine> Lines)> all, IReadOnlyList<FulfillmentLine> changed, CancellationToken cancellation)
    {
        await BulkRows.Update(db, changed, l => new { l.Shipped, l.Cancelled }, cancellation: cancellation);
        await BulkRows.Update(db, [.. all.Where(of => of.Fulfillment.Settle(of.Lines)).Select(of => of.Fulfillment)], f => new { f.Status }, cancellation: cancellation);
    }
}
