using Microsoft.EntityFrameworkCore;
using Wholesale.Companies;
using Wholesale.Platform;
using Wholesale.Platform.Database;

namespace Wholesale.Orders;

/// <summary>What becomes of goods on their way, and of the numbers they have. Runs inside the caller's unit of work, in the shared lane.</summary>
public sealed class Shipments(WholesaleDb db, OpenOrders orders, OrderPayments payments, Clock clock)
{
    /// <summary>A shipment arrives; of one that has, nothing is changed.</summary>
    public async ValueTask<RecordDeliveryPayload> Deliver(RecordDeliveryInput input, Caller caller, CancellationToken cancellation)
    {
        if (RowErrors.TooMany(input.Rejected.Count, "rejected", LineParts.Maximum) is { } tooMany)
        {
            return new(null, null, [tooMany]);
        }

        var (shipment, order, error) = await Take(input.ShipmentId, input.ExternalId, caller, cancellation);
        if (shipment is null || order is null || error is not null)
        {
            return new(shipment, order, [error!]);
        }

        var now = clock.UtcNow;
        var at = input.DeliveredAt ?? (now > shipment.ShippedAt ? now : shipment.ShippedAt);
        error = at < shipment.ShippedAt ? OrderErrors.NotThen($"It left at {Instant.ToString(shipment.ShippedAt)}: it did not arrive before.", "deliveredAt")
            : at > now + OpenOrders.Skew ? OrderErrors.NotThen($"It is {Instant.ToString(now)}: nothing arrived later.", "deliveredAt")
            : null;
        if (error is not null || shipment.DeliveredAt is not null)
        {
            return new(shipment, order, error is null ? [] : [error]);
        }

        var lines = await orders.Lines(order, cancellation);
        var sent = await db.ShipmentLines.Where(l => l.ShipmentId == shipment.Id).ToDictionaryAsync(l => l.OrderLineId, l => l.Quantity, cancellation);
        IReadOnlyList<LinePart> parts = [.. lines.Where(line => sent.ContainsKey(line.Id)).Select(line => new LinePart(line, sent[line.Id]))];
        var (rejected, errors) = input.Rejected.Count == 0 ? ([], []) : LineParts.Find(input.Rejected, lines, line => sent.GetValueOrDefault(line.Id), "rejected", OrderErrors.NotInShipment);
        if (errors.Count > 0)
        {
            return new(shipment, order, errors);
        }

        shipment.DeliveredAt = at;
        order.Deliver(lines, parts, rejected, at);
        await BulkRows.Update(db, [shipment], s => new { s.DeliveredAt }, cancellation: cancellation);
        await payments.Delivered(order, shipment, at, cancellation);
        await orders.Save(order, [.. parts.Select(part => part.Line)], OrderEvents.OrderDelivered, Of(order, shipment), cancellation);
        return new(shipment, order, []);
    }

    /// <summary>Says something else of a shipment.</summary>
    public async ValueTask<UpdateShipmentPayload> Update(UpdateShipmentInput input, Caller caller, CancellationToken cancellation)
    {
        var errors = new RowErrors();
        ShipmentChecks.Check(input.Carrier.Or(null), input.TrackingNumbers, errors);
        if (errors.Any)
        {
            return new(null, errors.ToList());
        }

        var (shipment, order, error) = await Take(input.ShipmentId, input.ExternalId, caller, cancellation);
        if (shipment is null || order is null || error is not null)
        {
            return new(shipment, [error!]);
        }

        var numbers = input.TrackingNumbers is null ? shipment.TrackingNumbers : ShipmentChecks.TrackingNumbers(input.TrackingNumbers);
        var (carrier, expected) = (input.Carrier.Or(shipment.Carrier), input.ExpectedDeliveryDate.Or(shipment.ExpectedDeliveryDate));
        if (ShipmentChecks.NotExpected(input.ExpectedDeliveryDate.Or(null), shipment.ShippedAt) is { } refusal)
        {
            return new(shipment, [refusal]);
        }

        if ((carrier, expected) != (shipment.Carrier, shipment.ExpectedDeliveryDate) || !numbers.SequenceEqual(shipment.TrackingNumbers))
        {
            (shipment.Carrier, shipment.ExpectedDeliveryDate, shipment.TrackingNumbers) = (carrier, expected, numbers);
            await BulkRows.Update(db, [shipment], s => new { s.Carrier, s.ExpectedDeliveryDate, s.TrackingNumbers }, cancellation: cancellation);
            order.Version++;
            await orders.Save(order, [], OrderEvents.OrderShipmentChanged, Of(order, shipment), cancellation);
        }

        return new(shipment, []);
    }

    /// <summary>Says under which number a supplier has a fulfillment.</summary>
    public async ValueTask<SetSupplierOrderNumberPayload> SetSupplierOrderNumber(SetSupplierOrderNumberInput input, Caller caller, CancellationToken cancellation)
    {
        var errors = new RowErrors();
        if (input.SupplierOrderNumber is { } number)
        {
            errors.Text(number, RowErrors.MaximumKeyLength, ["supplierOrderNumber"]);
        }

        var id = input.FulfillmentId.KeyOf(nameof(Fulfillment));
        if (errors.Any || await db.Fulfillments.Where(f => f.Id == id).Select(f => (long?)f.OrderId).SingleOrDefaultAsync(cancellation) is not { } orderId)
        {
            return new(null, errors.Any ? errors.ToList() : [CompanyErrors.NoSuchId("fulfillment", "fulfillmentId")]);
        }

        var (order, error) = await orders.Take(orderId, null, caller, cancellation);
        var fulfillment = order is null ? null : await db.Fulfillments.SingleAsync(f => f.Id == id, cancellation);
        if (order is null || error is not null || fulfillment is not { SupplierId: not null })
        {
            return new(fulfillment, [order is not null && error is not null ? error : fulfillment is null ? CompanyErrors.NoSuchId("fulfillment", "fulfillmentId") : OrderErrors.NoSupplier()]);
        }

        if (fulfillment.SupplierOrderNumber != input.SupplierOrderNumber)
        {
            fulfillment.SupplierOrderNumber = input.SupplierOrderNumber;
            await BulkRows.Update(db, [fulfillment], f => new { f.SupplierOrderNumber }, cancellation: cancellation);
            order.Version++;
            await orders.Save(order, [], OrderEvents.OrderSupplierNumberChanged, new(order.Status, FulfillmentId: new(nameof(Fulfillment), fulfillment.Id)), cancellation);
        }

        return new(fulfillment, []);
    }

    /// <summary>Closes an order that was delivered.</summary>
    public async ValueTask<CompleteOrderPayload> Complete(CompleteOrderInput input, Caller caller, CancellationToken cancellation)
    {
        var (order, error) = await orders.Take(input.OrderId.KeyOf(nameof(Order)), input.ExpectedVersion, caller, cancellation);
        if (order is null || error is not null)
        {
            return new(order, [error!]);
        }

        if (order.Status != OrderStatus.Delivered)
        {
            return new(order, [OrderErrors.NotNow(order, "completed")]);
        }

        order.Complete(clock.UtcNow);
        await orders.Save(order, [], OrderEvents.OrderCompleted, new(order.Status), cancellation);
        return new(order, []);
    }

    private static OrderChange Of(Order order, Shipment shipment) =>
        new(order.Status, new(nameof(Shipment), shipment.Id), new(nameof(Fulfillment), shipment.FulfillmentId));

    /// <summary>A shipment, with its order taken.</summary>
    private async ValueTask<(Shipment? Shipment, Order? Order, UserError? Error)> Take(NodeId? id, string? externalId, Caller caller, CancellationToken cancellation)
    {
        if (id is null == externalId is null)
        {
            return (null, null, OrderErrors.NotOneKey("shipmentId", "externalId"));
        }

        var key = id?.KeyOf(nameof(Shipment));
        var found = await db.Shipments.SingleOrDefaultAsync(s => key == null ? s.ExternalId == externalId : s.Id == key, cancellation);
        if (found is null || (externalId is not null && found.ExternalId != externalId)) // SQL Server finds "A" by "A ", too
        {
            return (null, null, externalId is null ? CompanyErrors.NoSuchId("shipment", "shipmentId") : OrderErrors.NoSuchShipment(externalId));
        }

        var (order, error) = await orders.Take(found.OrderId, null, caller, cancellation);
        return order is null ? (null, null, error) : (await db.Shipments.SingleAsync(s => s.Id == found.Id, cancellation), order, error);
    }
}
