using Microsoft.EntityFrameworkCore;
using Wholesale.Companies;
using Wholesale.Inventory;
using Wholesale.Platform;
using Wholesale.Platform.Database;

namespace Wholesale.Orders;

/// <summary>Goods of orders leave: out of stock, into a shipment. Runs inside the caller's unit of work, in the shared lane, in which what is on hand changes.</summary>
public sealed class OrderDispatch(WholesaleDb db, OpenOrders orders, OrderCancelling cancelling, OrderPayments payments, StockIssues stock, Ids ids, Clock clock)
{
    /// <summary>Sends goods of a fulfillment.</summary>
    public async ValueTask<ShipFulfillmentPayload> Ship(ShipFulfillmentInput input, Caller caller, CancellationToken cancellation)
    {
        if (ShipmentChecks.Look(input) is { Count: > 0 } refusals)
        {
            return new(null, null, refusals);
        }

        var id = input.FulfillmentId.KeyOf(nameof(Fulfillment));
        if (await db.Fulfillments.Where(f => f.Id == id).Select(f => (long?)f.OrderId).SingleOrDefaultAsync(cancellation) is not { } orderId)
        {
            return new(null, null, [CompanyErrors.NoSuchId("fulfillment", "fulfillmentId")]);
        }

        var (order, error) = await orders.Take(orderId, null, caller, cancellation);
        if (order is null || error is not null)
        {
            return new(null, order, [error!]);
        }

        var fulfillments = await orders.Fulfillments(order, cancellation);
        var (fulfillment, goods) = fulfillments.Single(of => of.Fulfillment.Id == id);
        if (input.ExternalId is { } externalId && await db.Shipments.SingleOrDefaultAsync(s => s.ExternalId == externalId, cancellation) is { } before)
        {
            return await Before(input, before, fulfillment, order, cancellation);
        }

        var sentBefore = await db.Shipments.CountAsync(s => s.OrderId == order.Id, cancellation);
        var refusal = input.ExpectedVersion is { } expected && expected != order.Version ? CompanyErrors.Changed(order.Version)
            : !order.CanShip ? OrderErrors.NotNow(order, "sent")
            : ShipmentChecks.Days(input, order, clock.UtcNow)
            ?? (sentBefore >= Shipment.MaximumOfOrder ? OrderErrors.TooManyShipments() : null);
        if (refusal is not null)
        {
            return new(null, order, [refusal]);
        }

        var lines = await orders.Lines(order, cancellation);
        var open = goods.ToDictionary(line => line.OrderLineId, line => line.Open);
        var (parts, errors) = LineParts.Find(input.Lines, lines, line => open.GetValueOrDefault(line.Id));
        if (errors.Count > 0)
        {
            return new(null, order, errors);
        }

        var (warehouseId, notThere) = await TakeOut(input, fulfillment, parts, cancellation);
        if (notThere.Count > 0)
        {
            return new(null, order, notThere);
        }

        var shipment = new Shipment
        {
            Id = ids.Next(),
            OrderId = order.Id,
            FulfillmentId = fulfillment.Id,
            ExternalId = input.ExternalId,
            WarehouseId = warehouseId,
            Carrier = input.Carrier,
            TrackingNumbers = ShipmentChecks.TrackingNumbers(input.TrackingNumbers),
            ShippedAt = input.ShippedAt ?? clock.UtcNow,
            ExpectedDeliveryDate = input.ExpectedDeliveryDate,
        };
        var amount = await Store(shipment, order, lines, parts, fulfillments, goods, cancellation);
        await payments.Shipped(order, shipment, sentBefore + 1, amount, cancellation);
        if (input.CancelRest)
        {
            await CancelRest(order, lines, parts, fulfillments, fulfillment, cancellation);
        }

        return new(shipment, order, []);
    }

    /// <summary>The same shipment told again changes nothing; another one under its key is refused.</summary>
    private async ValueTask<ShipFulfillmentPayload> Before(ShipFulfillmentInput input, Shipment before, Fulfillment fulfillment, Order order, CancellationToken cancellation)
    {
        var sent = await db.ShipmentLines.Where(l => l.ShipmentId == before.Id).ToDictionaryAsync(l => l.OrderLineId, l => l.Quantity, cancellation);
        var lines = (await orders.Lines(order, cancellation)).Where(line => sent.ContainsKey(line.Id)).ToList();
        var isSame = before.FulfillmentId == fulfillment.Id && before.ExternalId == input.ExternalId
            && (input.Lines is null || (input.Lines.Count == sent.Count
                && LineParts.Find(input.Lines, lines, line => sent[line.Id]) is { Errors.Count: 0 } told && told.Parts.All(part => part.Quantity == sent[part.Line.Id])));
        return isSame ? new(before, order, []) : new(null, order, [OrderErrors.OtherShipment(input.ExternalId!)]);
    }

    /// <summary>Takes the goods out of stock: those that stock was kept of when they were ordered.</summary>
    /// <returns>From where they leave, or why they cannot.</returns>
    private async ValueTask<(long? WarehouseId, IReadOnlyList<UserError> Errors)> TakeOut(
        ShipFulfillmentInput input, Fulfillment fulfillment, IReadOnlyList<LinePart> parts, CancellationToken cancellation)
    {
        var warehouseId = fulfillment.WarehouseId;
        if (input.Warehouse is { } externalId)
        {
            var warehouse = await db.Warehouses.SingleOrDefaultAsync(w => w.ExternalId == externalId, cancellation);
            if (warehouse is null || warehouse.ExternalId != externalId) // SQL Server finds "A" by "A ", too
            {
                return (null, [InventoryErrors.NoSuchWarehouse(externalId)]);
            }

            warehouseId = warehouse.Id;
        }

        if (warehouseId is null)
        {
            return (null, []);
        }

        var shortages = await stock.Issue(
            warehouseId.Value, [.. parts.Where(part => part.Line.IsTracked).Select(part => new StockWish(part.Line.Id, part.Line.VariantId, part.Quantity))], cancellation);
        return (warehouseId, NotThere(input, parts, shortages));
    }

    private static IReadOnlyList<UserError> NotThere(ShipFulfillmentInput input, IReadOnlyList<LinePart> parts, IReadOnlyList<StockShortage> shortages)
    {
        if (shortages.Count == 0)
        {
            return [];
        }

        var lines = parts.ToDictionary(part => part.Line.Id, part => part.Line);
        var idOfSku = parts.ToDictionary(part => part.Line.Sku, part => part.Line.Id, StringComparer.Ordinal);
        var places = input.Lines?.Index().ToDictionary(given => given.Item.LineId?.KeyOf(nameof(OrderLine)) ?? idOfSku[given.Item.Sku!], given => given.Index);
        return [.. shortages.Select(shortage => OrderErrors.NotThere(
            lines[shortage.OwnerId].Sku, shortage, places is null ? null : ["lines", RowErrors.Position(places[shortage.OwnerId]), "quantity"]))];
    }

    /// <returns>What is sent comes to.</returns>
    private async ValueTask<Money> Store(
        Shipment shipment,
        Order order,
        IReadOnlyList<OrderLine> lines,
        IReadOnlyList<LinePart> parts,
        IReadOnlyList<(Fulfillment Fulfillment, IReadOnlyList<FulfillmentLine> Lines)> fulfillments,
        IReadOnlyList<FulfillmentLine> goods,
        CancellationToken cancellation)
    {
        var amount = order.Ship(lines, parts);
        var of = goods.ToDictionary(line => line.OrderLineId);
        foreach (var (line, quantity) in parts)
        {
            of[line.Id].Shipped = new(of[line.Id].Shipped.Thousandths + quantity.Thousandths);
        }

        await orders.Save(fulfillments, [.. parts.Select(part => of[part.Line.Id])], cancellation);
        await BulkRows.Insert(db, [shipment], cancellation);
        await BulkRows.Insert(db, parts.Select(part => new ShipmentLine { ShipmentId = shipment.Id, OrderLineId = part.Line.Id, Quantity = part.Quantity }).ToList(), cancellation);
        await orders.Save(
            order,
            [.. parts.Select(part => part.Line)],
            OrderEvents.OrderShipped,
            new(order.Status, new(nameof(Shipment), shipment.Id), new(nameof(Fulfillment), shipment.FulfillmentId)),
            cancellation);
        return amount;
    }

    private async ValueTask CancelRest(
        Order order,
        IReadOnlyList<OrderLine> lines,
        IReadOnlyList<LinePart> sent,
        IReadOnlyList<(Fulfillment Fulfillment, IReadOnlyList<FulfillmentLine> Lines)> fulfillments,
        Fulfillment fulfillment,
        CancellationToken cancellation)
    {
        var open = fulfillments.Single(of => of.Fulfillment == fulfillment).Lines.ToDictionary(line => line.OrderLineId, line => line.Open);
        IReadOnlyList<LinePart> rest = [.. sent.Select(part => new LinePart(part.Line, open[part.Line.Id])).Where(part => part.Quantity.Thousandths > 0)];
        if (rest.Count > 0)
        {
            await cancelling.Cancel(order, lines, rest, CancellationReason.OutOfStock, null, fulfillments, fulfillment, cancellation);
        }
    }
}
