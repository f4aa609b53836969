namespace Wholesale.Orders;

/// <summary>When something is wanted, promised and there. Days are those of UTC.</summary>
/// <param name="RequestedOn">When the buyer wants it; null: as soon as it can be had.</param>
/// <param name="PromisedOn">When it will arrive, as the seller said; null: it did not.</param>
/// <param name="DeliveredOn">When all of it had arrived that was not cancelled; null: it has not.</param>
/// <param name="IsMet">Whether the promise was kept; null: there is none, or it cannot be told yet.</param>
public sealed record DeliveryDates(DateOnly? RequestedOn, DateOnly? PromisedOn, DateOnly? DeliveredOn, bool? IsMet)
{
    /// <summary>Those of an order.</summary>
    public static DeliveryDates Of(Order order, DateTime now) => Of(
        order.RequestedDeliveryDate,
        order.PromisedOn,
        order.Status is OrderStatus.Delivered or OrderStatus.Completed ? order.DeliveredAt : null,
        order.Status != OrderStatus.Cancelled,
        now);

    /// <summary>Those of one of its lines.</summary>
    public static DeliveryDates Of(PlacedLine placed, DateTime now)
    {
        var line = placed.Line;
        var isWanted = line.Cancelled < line.Quantity;
        return Of(
            placed.Order.RequestedDeliveryDate,
            line.PromisedOn,
            isWanted && line.Delivered.Thousandths + line.Cancelled.Thousandths == line.Quantity.Thousandths ? line.DeliveredAt : null,
            isWanted,
            now);
    }

    private static DeliveryDates Of(DateOnly? requestedOn, DateOnly? promisedOn, DateTime? deliveredAt, bool isWanted, DateTime now)
    {
        DateOnly? deliveredOn = deliveredAt is { } at ? DateOnly.FromDateTime(at) : null;
        bool? isMet = promisedOn is null || !isWanted ? null
            : deliveredOn is not null ? deliveredOn <= promisedOn
            : DateOnly.FromDateTime(now) > promisedOn ? false
            : null;
        return new(requestedOn, promisedOn, deliveredOn, isMet);
    }
}
