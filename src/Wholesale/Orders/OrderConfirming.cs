using Wholesale.Companies;
using Wholesale.Inventory;
using Wholesale.Platform;
using Wholesale.Platform.Database;

namespace Wholesale.Orders;

/// <summary>The seller accepts orders: their lines get their days, and each place that has goods of them a fulfillment. Runs inside the caller's unit of work, in the shared lane.</summary>
public sealed class OrderConfirming(WholesaleDb db, OpenOrders orders, StockReservations stock, KnownWarehouses warehouses, Ids ids, Clock clock)
{
    /// <summary>Confirms an order.</summary>
    public async ValueTask<ConfirmOrderPayload> Confirm(ConfirmOrderInput input, Caller caller, CancellationToken cancellation)
    {
        if (RowErrors.TooMany(input.Lines.Count, "lines", LineParts.Maximum) is { } tooMany)
        {
            return new(null, [tooMany]);
        }

        var (order, error) = await orders.Take(input.OrderId.KeyOf(nameof(Order)), input.ExpectedVersion, caller, cancellation);
        if (order is null || error is not null)
        {
            return new(order, [error!]);
        }

        if (order.Status != OrderStatus.Placed)
        {
            return new(order, [OrderErrors.NotNow(order, "confirmed")]);
        }

        var lines = await orders.Lines(order, cancellation);
        var (promises, errors) = Promises(input, order, lines);
        if (errors.Count > 0)
        {
            return new(order, errors);
        }

        order.Confirm(lines, promises, clock.UtcNow);
        var fulfillments = await Split(order, lines, cancellation);
        order.SupplierId = fulfillments.Select(of => of.Fulfillment.SupplierId).Distinct().ToList() is [var only] ? only : null;
        await orders.Save(order, lines, OrderEvents.OrderConfirmed, new(order.Status), cancellation);
        await BulkRows.Insert(db, fulfillments.Select(of => of.Fulfillment).ToList(), cancellation);
        await BulkRows.Insert(db, fulfillments.SelectMany(of => of.Lines).ToList(), cancellation);
        return new(order, []);
    }

    private static (IReadOnlyDictionary<long, DateOnly> Promises, IReadOnlyList<UserError> Errors) Promises(ConfirmOrderInput input, Order order, IReadOnlyList<OrderLine> lines)
    {
        var firstDay = DateOnly.FromDateTime(order.PlacedAt);
        var errors = new List<UserError>();
        var promises = new Dictionary<long, DateOnly>();
        void Check(DateOnly day, string[] path)
        {
            if (day < firstDay)
            {
                errors.Add(new(ErrorCodes.InvalidValue, $"It was ordered on {firstDay:yyyy-MM-dd}: nothing arrives before.", path));
            }
        }

        if (input.DeliveryDate is { } all)
        {
            Check(all, ["deliveryDate"]);
            promises = lines.Where(line => line.Open.Thousandths > 0).ToDictionary(line => line.Id, _ => all);
        }

        var finder = new LineFinder(lines);
        foreach (var (i, given) in input.Lines.Index())
        {
            string[] path = ["lines", RowErrors.Position(i)];
            var (line, error) = finder.Find(given.LineId, given.Sku, path);
            if (line is null || line.Open == default)
            {
                errors.Add(error ?? OrderErrors.NothingOpen(path));
                continue;
            }

            Check(given.DeliveryDate, [.. path, "deliveryDate"]);
            promises[line.Id] = given.DeliveryDate;
        }

        return (promises, errors);
    }

    /// <summary>
    /// What each place sends: a line's goods where they lie or will arrive, of what nobody has ordered yet where it was promised from; goods of which no stock is kept from no place in particular. In the
    /// order in which the lines name the places.
    /// </summary>
    private async ValueTask<List<(Fulfillment Fulfillment, List<FulfillmentLine> Lines)>> Split(Order order, IReadOnlyList<OrderLine> lines, CancellationToken cancellation)
    {
        var open = lines.Where(line => line.Open.Thousandths > 0).ToList();
        var held = (await stock.Held([.. open.Where(line => line.IsTracked).Select(line => line.Id)], cancellation)).ToLookup(of => of.OwnerId);
        var parts = open.SelectMany(line => line.IsTracked
            ? held[line.Id].GroupBy(of => of.WarehouseId ?? line.Promises[^1].WarehouseId).Select(place => (WarehouseId: (long?)place.Key, Line: line, Quantity: place.Sum(of => of.Quantity.Thousandths)))
            : [(WarehouseId: null, Line: line, Quantity: line.Open.Thousandths)]);
        var known = await warehouses.ByIds(db, held.SelectMany(of => of).Select(of => of.WarehouseId).OfType<long>().Concat(open.SelectMany(line => line.Promises.Select(p => p.WarehouseId))), cancellation);
        var fulfillments = new List<(Fulfillment, List<FulfillmentLine>)>();
        foreach (var place in parts.GroupBy(part => part.WarehouseId))
        {
            var fulfillment = new Fulfillment
            {
                Id = ids.Next(),
                OrderId = order.Id,
                Number = $"{order.Number}-{RowErrors.Position(fulfillments.Count + 1)}",
                WarehouseId = place.Key,
                SupplierId = place.Key is { } id ? known[id].SupplierId : null,
                DueBy = place.Min(part => part.Line.PromisedOn) ?? order.RequestedDeliveryDate ?? Fulfillment.NoDay,
            };
            fulfillments.Add((fulfillment, [.. place.Select(part => new FulfillmentLine { FulfillmentId = fulfillment.Id, OrderLineId = part.Line.Id, Quantity = new(part.Quantity) })]));
        }

        return fulfillments;
    }
}
