using Wholesale.Platform;

namespace Wholesale.Orders;

/// <summary>What was sent of an imported order, made of its row: what of its lines was sent, has arrived and was not accepted follows from its shipments alone.</summary>
/// <param name="input">The row.</param>
/// <param name="lines">Its lines, in the order of the row.</param>
/// <param name="before">The order as it was; null: it is new.</param>
/// <param name="place">Whose it is.</param>
/// <param name="ids">For what is new.</param>
internal sealed class ImportedParts(ImportedOrderInput input, IReadOnlyList<OrderLine> lines, ImportedOrder? before, OrderPlace place, Ids ids)
{
    private readonly long fulfillmentId = before is { Fulfillments: [var only, ..] } ? only.Id : ids.Next();
    private readonly ILookup<string, OrderLine> bySku = lines.ToLookup(line => line.Sku, StringComparer.Ordinal);
    private readonly List<Shipment> shipments = [];
    private readonly List<ShipmentLine> sent = [];

    /// <summary>Sends what the row's shipments have of the lines, and says what is wrong with that.</summary>
    public void Send(RowErrors errors)
    {
        // Those without a key of their own are found again by their order.
        var unnamed = new Queue<long>((before?.Shipments ?? []).Where(shipment => shipment.ExternalId is null).Select(shipment => shipment.Id));
        var named = (before?.Shipments ?? []).Where(shipment => shipment.ExternalId is not null).ToDictionary(shipment => shipment.ExternalId!, shipment => shipment.Id, StringComparer.Ordinal);
        foreach (var (i, told) in (input.Shipments ?? []).Index())
        {
            var shipment = new Shipment
            {
                Id = told.ExternalId is { } externalId ? (named.TryGetValue(externalId, out var id) ? id : ids.Next()) : unnamed.TryDequeue(out id) ? id : ids.Next(),
                OrderId = place.OrderId,
                FulfillmentId = fulfillmentId,
                ExternalId = told.ExternalId,
                Carrier = told.Carrier,
                TrackingNumbers = ShipmentChecks.TrackingNumbers(told.TrackingNumbers ?? []),
                ShippedAt = told.ShippedAt,
                ExpectedDeliveryDate = told.ExpectedDeliveryDate,
                DeliveredAt = told.DeliveredAt,
            };
            shipments.Add(shipment);
            Send(shipment, told, i, errors);
        }

        foreach (var (i, line) in lines.Index().Where(line => line.Item.Open.Thousandths < 0))
        {
            errors.Invalid($"Of {line.Quantity} {line.Shipped} cannot be sent and {line.Cancelled} cancelled.", "lines", RowErrors.Position(i), "quantity");
        }
    }

    /// <summary>All of the order.</summary>
    public ImportedOrder Of(Order order)
    {
        var toSend = order.ConfirmedAt is null ? [] : lines.Select(line => new FulfillmentLine
        {
            FulfillmentId = fulfillmentId,
            OrderLineId = line.Id,
            Quantity = line.Quantity,
            Shipped = line.Shipped,
            Cancelled = line.Cancelled,
        }).ToList();
        var fulfillment = new Fulfillment
        {
            Id = fulfillmentId,
            OrderId = order.Id,
            Number = $"{order.Number}-1",
            SupplierId = place.SupplierId,
            DueBy = Fulfillment.NoDay, // behind all that is to be sent here
        };
        fulfillment.Settle(toSend);
        return new(order, [.. lines.OrderBy(line => line.Id)], toSend.Count == 0 ? [] : [fulfillment], toSend, [.. shipments.OrderBy(shipment => shipment.Id)], sent);
    }

    private void Send(Shipment shipment, ImportedShipmentInput told, int position, RowErrors errors)
    {
        var inIt = new HashSet<long>();
        foreach (var (i, part) in told.Lines.Index())
        {
            string[] path = ["shipments", RowErrors.Position(position), "lines", RowErrors.Position(i)];
            var (line, error) = Find(part, path);
            if (line is null || !inIt.Add(line.Id))
            {
                errors.Add(error ?? OrderErrors.LineTwice(line!.Sku, path));
                continue;
            }

            sent.Add(new() { ShipmentId = shipment.Id, OrderLineId = line.Id, Quantity = part.Quantity });
            line.Shipped = Sum(line.Shipped, part.Quantity);
            if (shipment.DeliveredAt is { } at)
            {
                (line.Delivered, line.Rejected) = (Sum(line.Delivered, part.Quantity), Sum(line.Rejected, part.Rejected));
                line.DeliveredAt = line.DeliveredAt > at ? line.DeliveredAt : at;
            }
        }
    }

    private (OrderLine? Line, UserError? Error) Find(ImportedShipmentLineInput part, string[] path)
    {
        if (part.Line is { } number)
        {
            return number >= 0 && number < lines.Count ? (lines[number], null)
                : (null, new(ErrorCodes.NotFound, $"The order has the lines 0–{lines.Count - 1}, and no line {number}.", [.. path, "line"]));
        }

        return bySku[part.Sku!].Take(2).ToList() switch
        {
            [var line] => (line, null),
            [] => (null, OrderErrors.NotOrdered(part.Sku!, [.. path, "sku"])),
            _ => (null, new(ErrorCodes.InvalidValue, $"The order has several lines of \"{part.Sku}\": name one by `line`.", [.. path, "sku"])),
        };
    }

    private static Quantity Sum(Quantity one, Quantity other) => new(one.Thousandths + other.Thousandths);
}
