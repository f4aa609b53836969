using Wholesale.Budgets;
using Wholesale.Carts;
using Wholesale.Companies;
using Wholesale.GraphQL.Execution;
using Wholesale.Inventory;
using Wholesale.Platform;

namespace Wholesale.Orders;

/// <summary>Takes back what of orders is open, with all that it took: credit, budgets and stock, in the order in which placing takes them. Runs inside the caller's unit of work.</summary>
public sealed class OrderCancelling(OpenOrders orders, OrderPayments payments, BudgetReservations budgets, StockReservations stock, Clock clock)
{
    /// <summary>Cancels what a caller wants to be cancelled.</summary>
    public async ValueTask<CancelOrderPayload> Cancel(CancelOrderInput input, Caller caller, CancellationToken cancellation)
    {
        if (caller.Kind == PrincipalKind.Staff && caller.Permissions.Contains(Permission.OrdersRead) && !caller.Permissions.Contains(Permission.OrdersWrite))
        {
            throw new GraphQLException("Mutation.cancelOrder needs the permission ORDERS_WRITE.", "FORBIDDEN");
        }

        var errors = new RowErrors();
        if (input.Note is { } note)
        {
            errors.Text(note, Cart.MaximumNoteLength, ["note"], lines: true);
        }

        if (RowErrors.TooMany(input.Lines?.Count ?? 0, "lines", LineParts.Maximum) is { } tooMany)
        {
            errors.Add(tooMany);
        }

        if (errors.Any)
        {
            return new(null, errors.ToList());
        }

        var (order, error) = await orders.Take(input.OrderId.KeyOf(nameof(Order)), input.ExpectedVersion, caller, cancellation);
        if (order is null || error is not null)
        {
            return new(order, [error!]);
        }

        if (!order.HasOpenLines || (caller.Kind != PrincipalKind.Staff && order.Status != OrderStatus.Placed))
        {
            return new(order, [OrderErrors.NotNow(order, caller.Kind == PrincipalKind.Staff ? "cancelled" : "cancelled any more: ask the seller")]);
        }

        var lines = await orders.Lines(order, cancellation);
        var (parts, wrong) = LineParts.Find(input.Lines, lines, line => line.Open);
        if (wrong.Count > 0)
        {
            return new(order, wrong);
        }

        await Cancel(order, lines, parts, input.Reason, input.Note, await orders.Fulfillments(order, cancellation), null, cancellation);
        return new(order, []);
    }

    /// <summary>Cancels parts of lines that are open.</summary>
    /// <param name="order">The order, taken.</param>
    /// <param name="lines">All of its lines.</param>
    /// <param name="parts">What is cancelled of them.</param>
    /// <param name="reason">Why.</param>
    /// <param name="note">What there is to say; null: nothing.</param>
    /// <param name="fulfillments">All of its fulfillments.</param>
    /// <param name="only">The fulfillment whose goods they are; null: whosever, the last first.</param>
    /// <param name="cancellation">Stops between statements.</param>
    internal async ValueTask Cancel(
        Order order,
        IReadOnlyList<OrderLine> lines,
        IReadOnlyList<LinePart> parts,
        CancellationReason reason,
        string? note,
        IReadOnlyList<(Fulfillment Fulfillment, IReadOnlyList<FulfillmentLine> Lines)> fulfillments,
        Fulfillment? only,
        CancellationToken cancellation)
    {
        var amount = order.Cancel(lines, parts, note, clock.UtcNow);
        await payments.Cancelled(order, amount, cancellation);
        await budgets.Reduce(order.Id, amount, cancellation);
        var (changed, goods) = TakeOff(parts, fulfillments.Where(of => only is null || of.Fulfillment == only).Reverse().ToList());
        await stock.Release(goods, cancellation);
        await orders.Save(fulfillments, changed, cancellation);
        await orders.Save(order, [.. parts.Select(part => part.Line)], OrderEvents.OrderCancelled, new(order.Status, Reason: reason, Amount: amount.Amount), cancellation);
    }

    /// <summary>Takes parts off fulfillments, and tells which goods are free with that. Before an order is confirmed it has none: then they may lie wherever.</summary>
    private static (IReadOnlyList<FulfillmentLine> Changed, IReadOnlyList<StockPart> Goods) TakeOff(
        IReadOnlyList<LinePart> parts, IReadOnlyList<(Fulfillment Fulfillment, IReadOnlyList<FulfillmentLine> Lines)> fulfillments)
    {
        var (changed, goods) = (new List<FulfillmentLine>(), new List<StockPart>());
        var byLine = fulfillments.SelectMany(of => of.Lines.Select(line => (of.Fulfillment.WarehouseId, Line: line))).ToLookup(of => of.Line.OrderLineId);
        foreach (var (line, quantity) in parts)
        {
            var left = quantity.Thousandths;
            foreach (var (warehouseId, of) in byLine[line.Id].TakeWhile(_ => left > 0))
            {
                var some = Math.Min(left, of.Open.Thousandths);
                if (some > 0)
                {
                    of.Cancelled = new(of.Cancelled.Thousandths + some);
                    changed.Add(of);
                    goods.Add(new(line.Id, new(some), warehouseId));
                    left -= some;
                }
            }

            if (left > 0)
            {
                goods.Add(new(line.Id, new(left)));
            }
        }

        var tracked = parts.Where(part => part.Line.IsTracked).Select(part => part.Line.Id).ToHashSet();
        return (changed, goods.FindAll(part => tracked.Contains(part.OwnerId)));
    }
}
