using Microsoft.EntityFrameworkCore;
using Wholesale.Credit;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;

namespace Wholesale.Orders;

/// <summary>Notes on orders what was paid of their open items, in the payment's own transaction.</summary>
internal sealed class PaidOrders(WholesaleDb db, Writes writes) : OpenItemOwners
{
    /// <inheritdoc/>
    public override async ValueTask<(long? CompanyId, UserError? Refusal)> CompanyOf(string orderNumber, CancellationToken cancellation)
    {
        var order = await db.Orders.Where(o => o.Number == orderNumber).Select(o => new { o.CompanyId, o.Number, o.Source }).SingleOrDefaultAsync(cancellation);
        return order?.Number != orderNumber ? (null, null) // SQL Server finds "A" by "A ", too
            : (order.CompanyId, order.Source == OrderSource.Import ? OrderErrors.IsImported(orderNumber) : null);
    }

    /// <inheritdoc/>
    public override async ValueTask Paid(IReadOnlyList<(OpenItem Was, OpenItem Is)> changes, CancellationToken cancellation)
    {
        var byOrder = changes.ToLookup(change => change.Is.OwnerId);
        var ids = byOrder.Select(order => order.Key).Order().ToList();

        // Behind the company's, which the payment took; who cancels takes both the other way round. Where two meet so, the database ends one, and it is tried again.
        foreach (var id in ids)
        {
            await DatabaseLocks.TakeOne(db, nameof(Order), id, cancellation);
        }

        var orders = await db.Orders.Where(o => ids.Contains(o.Id)).OrderBy(o => o.Id).ToListAsync(cancellation);
        foreach (var order in orders)
        {
            order.Pay(byOrder[order.Id].Sum(change => change.Is.Paid - change.Was.Paid), byOrder[order.Id].Sum(change => change.Is.Discount - change.Was.Discount));
            OrderPayments.Tell(writes, order);
        }

        await BulkRows.Update(db, orders, o => new { o.PaidAmount, o.DiscountAmount, o.PaymentStatus, o.Version }, cancellation: cancellation);
    }
}
