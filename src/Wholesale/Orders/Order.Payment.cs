using Wholesale.Credit;
using Wholesale.Platform;

namespace Wholesale.Orders;

/// <summary>What is paid of an order, without I/O. What is owed for it are <see cref="OpenItem"/>s; here stands what they add up to.</summary>
public sealed partial class Order
{
    /// <summary>What was paid.</summary>
    public Money AmountPaid => In(PaidAmount);

    /// <summary>What is still to be paid, whether it is due or not; not below 0.</summary>
    public Money AmountDue => new(Math.Max(0, Due - Settled), Currency);

    /// <summary>What was paid and is not owed any more, not below 0.</summary>
    public Money AmountOverpaid => new(Math.Max(0, Settled - Due), Currency);

    /// <summary>What it comes to without what was cancelled.</summary>
    private long Due => TotalAmount.TenThousandths - CancelledAmount.TenThousandths;

    /// <summary>What was paid, and taken off for paying early.</summary>
    private long Settled => PaidAmount.TenThousandths + DiscountAmount.TenThousandths;

    /// <summary>Something is paid, or taken back; and taken off for paying early.</summary>
    internal void Pay(long paid, long discount)
    {
        (PaidAmount, DiscountAmount) = (new(PaidAmount.TenThousandths + paid), new(DiscountAmount.TenThousandths + discount));
        SettlePayment();
        Version++;
    }

    /// <summary>The status that the amounts say. Of what came to nothing from the first, all is paid; of what was cancelled before anything was paid, nothing.</summary>
    internal void SettlePayment() => PaymentStatus =
        Settled == 0 && (Due > 0 || CancelledAmount.TenThousandths > 0) ? (PaymentMethod == PaymentMethod.OnAccount ? OrderPaymentStatus.OnAccount : OrderPaymentStatus.PendingReceipt)
        : Settled < Due ? OrderPaymentStatus.PartlyPaid
        : OrderPaymentStatus.Paid;
}
