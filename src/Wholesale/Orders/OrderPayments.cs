using Wholesale.Credit;
using Wholesale.Platform;
using Wholesale.Platform.Events;

namespace Wholesale.Orders;

/// <summary>
/// What is owed for orders, step by step of their life: an order that is paid by transfer as a whole from the first, one on account shipment by shipment. Inside the transaction of the step, so that
/// reservation, open items and what was cancelled always add up to the order's total.
/// </summary>
public sealed class OrderPayments(OpenItems items, CreditReservations credit, Writes writes)
{
    /// <summary>An order was placed; one statement if it is paid by transfer, else none.</summary>
    public async ValueTask Placed(Order order, CancellationToken cancellation)
    {
        if (order.PaymentMethod == PaymentMethod.BankTransfer && order.TotalAmount.TenThousandths > 0)
        {
            await items.Open(
                new(order.Id, order.Number, order.Id, order.Number, order.CompanyId, OpenItemKind.Prepayment, order.Total, null, DateOnly.FromDateTime(order.PlacedAt)), cancellation);
        }
    }

    /// <summary>A shipment left: what it comes to is owed from now on, and not reserved any more.</summary>
    /// <param name="order">The order.</param>
    /// <param name="shipment">The shipment.</param>
    /// <param name="number">Which of the order's shipments it is, from 1 on.</param>
    /// <param name="amount">What it comes to, tax included.</param>
    /// <param name="cancellation">Stops between and inside statements.</param>
    public async ValueTask Shipped(Order order, Shipment shipment, int number, Money amount, CancellationToken cancellation)
    {
        if (order.PaymentMethod != PaymentMethod.OnAccount || amount.TenThousandths == 0)
        {
            return;
        }

        await credit.Reduce(order.Id, amount, cancellation);
        await items.Open(
            new(shipment.Id, FormattableString.Invariant($"{order.Number}/{number}"), order.Id, order.Number, order.CompanyId, OpenItemKind.OnAccount, amount, DaysOf(order), DateOnly.FromDateTime(shipment.ShippedAt)),
            cancellation);
    }

    /// <summary>A shipment arrived: where the days of payment count from then, they do.</summary>
    public async ValueTask Delivered(Order order, Shipment shipment, DateTime at, CancellationToken cancellation)
    {
        if (order.PaymentTerm?.DueBasis == DueBasis.Delivery)
        {
            await items.Delivered(order.CompanyId, [shipment.Id], DateOnly.FromDateTime(at), cancellation);
        }
    }

    /// <summary>So much of an order was cancelled: it is not reserved any more, or not owed.</summary>
    public async ValueTask Cancelled(Order order, Money amount, CancellationToken cancellation)
    {
        if (order.PaymentMethod == PaymentMethod.OnAccount)
        {
            await credit.Reduce(order.Id, amount, cancellation);
        }
        else
        {
            await items.Reduce(order.CompanyId, order.Id, amount, cancellation);
        }
    }

    /// <summary>Tells what was paid of an order, and what has become of its payment.</summary>
    public void Tell(Order order) => Tell(writes, order);

    internal static void Tell(Writes writes, Order order) =>
        writes.Record(OrderEvents.OrderPaymentChanged, order.Id, order.Version, new OrderChange(order.Status, PaymentStatus: order.PaymentStatus, Paid: order.AmountPaid.Amount));

    private static PaymentDays? DaysOf(Order order) => order.PaymentTerm is { } term ? new(term.DueBasis, term.NetDays, term.EarlyPaymentDiscount) : null;
}
