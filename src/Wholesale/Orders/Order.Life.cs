using Wholesale.Platform;

namespace Wholesale.Orders;

/// <summary>How much of a line is to be sent, or cancelled.</summary>
/// <param name="Line">The line.</param>
/// <param name="Quantity">More than 0, and no more than is open.</param>
public sealed record LinePart(OrderLine Line, Quantity Quantity);

/// <summary>What becomes of an order, without I/O. All that these methods are given was checked before: see <see cref="OrderStatus"/> for what is possible when.</summary>
public sealed partial class Order
{
    /// <summary>Whether something of it can still be sent or cancelled.</summary>
    public bool HasOpenLines => Status is OrderStatus.Placed or OrderStatus.Confirmed or OrderStatus.PartlyShipped;

    /// <summary>Whether the seller has accepted it, and something is still to be sent.</summary>
    public bool CanShip => Status is OrderStatus.Confirmed or OrderStatus.PartlyShipped;

    /// <summary>The seller accepts it, and says when its lines will arrive.</summary>
    /// <param name="lines">All of its lines.</param>
    /// <param name="promises">The days that were promised, by line.</param>
    /// <param name="at">Now.</param>
    internal void Confirm(IReadOnlyList<OrderLine> lines, IReadOnlyDictionary<long, DateOnly> promises, DateTime at)
    {
        foreach (var line in lines)
        {
            line.PromisedOn = promises.TryGetValue(line.Id, out var day) ? day : null;
            line.Confirmed = line.Open;
        }

        (Status, ConfirmedAt, PromisedOn) = (OrderStatus.Confirmed, at, LastPromise(lines));
        ConfirmedAmount = new(TotalAmount.TenThousandths - CancelledAmount.TenThousandths);
        Version++;
    }

    /// <summary>Parts of lines leave.</summary>
    /// <returns>
    /// What they come to, tax included: what all that was sent is worth now, less what it was worth before. So the last of them takes what is left of the order, to the cent.
    /// </returns>
    internal Money Ship(IReadOnlyList<OrderLine> lines, IReadOnlyList<LinePart> parts)
    {
        var before = OrderValue.Of(this, lines, line => line.Shipped);
        foreach (var (line, quantity) in parts)
        {
            line.Shipped = new(line.Shipped.Thousandths + quantity.Thousandths);
        }

        Settle(lines);
        Version++;
        return new(OrderValue.Of(this, lines, line => line.Shipped).TenThousandths - before.TenThousandths, Currency);
    }

    /// <summary>Parts of lines arrive.</summary>
    /// <param name="lines">All of its lines.</param>
    /// <param name="parts">What arrives.</param>
    /// <param name="rejected">What of that the customer does not accept: it has arrived all the same.</param>
    /// <param name="at">When.</param>
    internal void Deliver(IReadOnlyList<OrderLine> lines, IReadOnlyList<LinePart> parts, IReadOnlyList<LinePart> rejected, DateTime at)
    {
        foreach (var (line, quantity) in parts)
        {
            line.Delivered = new(line.Delivered.Thousandths + quantity.Thousandths);
            line.DeliveredAt = Later(line.DeliveredAt, at);
        }

        foreach (var (line, quantity) in rejected)
        {
            line.Rejected = new(line.Rejected.Thousandths + quantity.Thousandths);
        }

        DeliveredAt = Later(DeliveredAt, at);
        Settle(lines);
        Version++;
    }

    /// <summary>Parts of lines are not wanted, or cannot be had.</summary>
    /// <returns>What they come to, tax included.</returns>
    internal Money Cancel(IReadOnlyList<OrderLine> lines, IReadOnlyList<LinePart> parts, string? note, DateTime at)
    {
        var before = CancelledAmount;
        foreach (var (line, quantity) in parts)
        {
            line.Cancelled = new(line.Cancelled.Thousandths + quantity.Thousandths);
        }

        CancelledAmount = new(TotalAmount.TenThousandths - OrderValue.Of(this, lines, line => new(line.Quantity.Thousandths - line.Cancelled.Thousandths)).TenThousandths);
        (CancellationNote, PromisedOn) = (note, LastPromise(lines));
        Settle(lines);
        SettlePayment();
        CancelledAt = Status == OrderStatus.Cancelled ? at : null;
        Version++;
        return new(CancelledAmount.TenThousandths - before.TenThousandths, Currency);
    }

    /// <summary>It is closed.</summary>
    internal void Complete(DateTime at)
    {
        (Status, CompletedAt) = (OrderStatus.Completed, at);
        Version++;
    }

    /// <summary>The status that the quantities of its lines say.</summary>
    private void Settle(IReadOnlyList<OrderLine> lines)
    {
        var (isOpen, isSent, isUnderWay) = (
            lines.Any(line => line.Open.Thousandths > 0), lines.Any(line => line.Shipped.Thousandths > 0), lines.Any(line => line.Delivered < line.Shipped));
        Status = (isOpen, isSent, isUnderWay) switch
        {
            (true, false, _) => Status,
            (true, true, _) => OrderStatus.PartlyShipped,
            (false, false, _) => OrderStatus.Cancelled,
            (false, true, true) => OrderStatus.Shipped,
            (false, true, false) => OrderStatus.Delivered,
        };
    }

    private static DateOnly? LastPromise(IReadOnlyList<OrderLine> lines) => lines.Where(line => line.Cancelled < line.Quantity).Max(line => line.PromisedOn);

    private static DateTime Later(DateTime? one, DateTime other) => one > other ? one.Value : other;
}
