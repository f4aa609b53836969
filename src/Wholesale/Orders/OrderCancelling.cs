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
        if (!caller.Permissions.Contains(caller.Kind == PrincipalKind.Staff ? Permission.OrdersWrite : Permission.OrdersPlace) && OrdersSeen.MaySeeAny(caller))
        {
            throw new GraphQLException($"Mutation.cancelOrder needs the permission {(caller.Kind == PrincipalKind.Staff ? "ORDERS_WRITE" : "ORDERS_PLACE")}.", "FORBIDDEN");
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
    /// <param name="only">The fulfillment whose goods they are; null: whosever.</param>
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
        var paymentBefore = order.PaymentStatus;
        var amount = order.Cancel(lines, parts, note, clock.UtcNow);
        await payments.Cancelled(order, amount, cancellation);
        await budgets.Reduce(order.Id, amount, cancellation);
        var changed = only is null ? await TakeOff(parts, fulfillments, cancellation) : await TakeOff(parts, fulfillments.Single(of => of.Fulfillment == only), cancellation);
        await orders.Save(fulfillments, changed, cancellation);
        await orders.Save(order, [.. parts.Select(part => part.Line)], OrderEvents.OrderCancelled, new(order.Status, Reason: reason, Amount: amount.Amount), cancellation);
        if (order.PaymentStatus != paymentBefore)
        {
            payments.Tell(order); // nothing more is to be paid, because of what was cancelled
        }
    }

    /// <summary>Takes parts off one fulfillment, and gives its goods back.</summary>
    private async ValueTask<IReadOnlyList<FulfillmentLine>> TakeOff(
        IReadOnlyList<LinePart> parts, (Fulfillment Fulfillment, IReadOnlyList<FulfillmentLine> Lines) from, CancellationToken cancellation)
    {
        var place = from.Fulfillment.WarehouseId;
        await stock.Release(
            [.. parts.Where(part => part.Line.IsTracked).Select(part => new StockPart(part.Line.Id, part.Quantity, place, part.Line.Promises[^1].WarehouseId == place))], cancellation);
        var lines = from.Lines.ToDictionary(line => line.OrderLineId);
        return [.. parts.Select(part => Less(lines[part.Line.Id], part.Quantity.Thousandths))];
    }

    /// <summary>Gives parts back, the least certain goods first, and takes them off the fulfillments whose they were. Before an order is confirmed it has none.</summary>
    private async ValueTask<IReadOnlyList<FulfillmentLine>> TakeOff(
        IReadOnlyList<LinePart> parts, IReadOnlyList<(Fulfillment Fulfillment, IReadOnlyList<FulfillmentLine> Lines)> from, CancellationToken cancellation)
    {
        var gone = (await stock.Release([.. parts.Where(part => part.Line.IsTracked).Select(part => new StockPart(part.Line.Id, part.Quantity))], cancellation)).ToLookup(of => of.OwnerId);
        var byLine = from.Reverse().SelectMany(of => of.Lines.Select(line => (of.Fulfillment.WarehouseId, Line: line))).ToLookup(of => of.Line.OrderLineId);
        var changed = new HashSet<FulfillmentLine>();
        foreach (var (line, quantity) in parts)
        {
            // Where goods left another warehouse than was planned, they need not be where a fulfillment has them: what does not fit there goes off the others, the last first.
            var left = quantity.Thousandths;
            var places = gone[line.Id].Select(of => (WarehouseId: of.WarehouseId ?? line.Promises[^1].WarehouseId, of.Quantity.Thousandths)).ToList();
            foreach (var (of, most) in places.SelectMany(place => byLine[line.Id].Where(of => of.WarehouseId == place.WarehouseId).Select(of => (of.Line, place.Thousandths))).Concat(byLine[line.Id].Select(of => (of.Line, quantity.Thousandths))))
            {
                var some = Math.Min(Math.Min(left, most), of.Open.Thousandths);
                if (some > 0)
                {
                    changed.Add(Less(of, some));
                    left -= some;
                }
            }
        }

        return [.. changed];
    }

    private static FulfillmentLine Less(FulfillmentLine line, long thousandths)
    {
        line.Cancelled = new(line.Cancelled.Thousandths + thousandths);
        return line;
    }
}
