using Wholesale.Platform;

namespace Wholesale.Orders;

/// <summary>What became of an order that was taken elsewhere, as its import tells it, without I/O.</summary>
public sealed partial class Order
{
    /// <summary>Whether what becomes of it is told by imports, and by nothing else.</summary>
    internal bool IsImported => Source == OrderSource.Import;

    /// <summary>What became of it.</summary>
    /// <param name="lines">All of its lines, with what was sent, arrived and cancelled of them: status and what is cancelled follow from that.</param>
    /// <param name="confirmedAt">When it was accepted; null: it was not.</param>
    /// <param name="cancelledAt">When all of it was cancelled.</param>
    /// <param name="note">What whoever cancelled something had to say; null: nothing.</param>
    /// <param name="paid">What was paid of it.</param>
    internal void Import(IReadOnlyList<OrderLine> lines, DateTime? confirmedAt, DateTime? cancelledAt, string? note, Amount paid)
    {
        (Status, ConfirmedAt, CancelledAt, CancellationNote, PaidAmount) = (confirmedAt is null ? OrderStatus.Placed : OrderStatus.Confirmed, confirmedAt, cancelledAt, note, paid);
        CancelledAmount = new(TotalAmount.TenThousandths - OrderValue.Of(this, lines, line => new(line.Quantity.Thousandths - line.Cancelled.Thousandths)).TenThousandths);
        (PromisedOn, DeliveredAt) = (LastPromise(lines), lines.Max(line => line.DeliveredAt));
        Settle(lines);
        SettlePayment();
    }

    /// <summary>It was closed.</summary>
    internal void ImportCompleted(DateTime at) => (Status, CompletedAt) = (OrderStatus.Completed, at);
}
