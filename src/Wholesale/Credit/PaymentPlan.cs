using Wholesale.Platform;

namespace Wholesale.Credit;

/// <summary>Decides what money pays, step by step: pure. What one step takes of an open item, the next one does not find there any more.</summary>
/// <param name="left">How much there is.</param>
/// <param name="receivedOn">When it arrived: what decides on discounts for paying early.</param>
internal sealed class PaymentPlan(Money left, DateOnly receivedOn)
{
    private readonly Dictionary<long, (OpenItem Item, long Paid, long Discount)> taken = [];

    /// <summary>What is not allocated.</summary>
    public long Left { get; private set; } = left.TenThousandths;

    /// <summary>What is paid of each open item, and what is taken off of it, in the order of the first step on each.</summary>
    public IReadOnlyList<(OpenItem Item, long Paid, long Discount)> Taken => [.. taken.Values];

    /// <summary>Pays open items in their order as far as the money goes, each with its discount where there is enough for it.</summary>
    public void PayInOrder(IEnumerable<OpenItem> items)
    {
        foreach (var item in items.TakeWhile(_ => Left > 0))
        {
            Pay(item, Math.Min(Left, Needed(item)));
        }
    }

    /// <summary>Pays so much of an open item, or says why that cannot be.</summary>
    public UserError? Pay(OpenItem item, Amount amount, string[] path) => Pay([item], amount, item.Number, path);

    /// <summary>Pays so much of the open items of an order, those first that come first; or says why that cannot be.</summary>
    public UserError? Pay(IReadOnlyList<OpenItem> items, Amount amount, string number, string[] path)
    {
        var rest = amount.TenThousandths;
        if (items.FirstOrDefault(item => item.Currency != left.Currency) is { } other)
        {
            return CreditErrors.PaidInOther(other.Number, other.Currency, left.Currency, path);
        }

        if (rest > Left)
        {
            return CreditErrors.Exceeded(In(rest), In(Left), path);
        }

        var open = items.Sum(Rest);
        if (rest > open)
        {
            return CreditErrors.Overpaid(In(rest), In(open), number, path);
        }

        // Discounts are given only where all of the amount still finds something to pay: it is what the seller said.
        var withDiscounts = rest <= items.Sum(Needed);
        foreach (var item in items)
        {
            var part = Math.Min(rest, withDiscounts ? Needed(item) : Rest(item));
            Pay(item, part);
            rest -= part;
        }

        return null;
    }

    private void Pay(OpenItem item, long amount)
    {
        if (amount > 0)
        {
            var before = Of(item);
            var discount = amount == Needed(item) ? Rest(item) - amount : 0;
            taken[item.Id] = (item, before.Paid + amount, before.Discount + discount);
            Left -= amount;
        }
    }

    private (OpenItem Item, long Paid, long Discount) Of(OpenItem item) => taken.TryGetValue(item.Id, out var before) ? before : (item, 0, 0);

    /// <summary>What is open, not below 0.</summary>
    private long Rest(OpenItem item) => Now(item).AmountOpen.TenThousandths;

    /// <summary>What settles it: the rest, less the discount where it is to be had.</summary>
    private long Needed(OpenItem item) => Now(item).NeededOn(receivedOn);

    private OpenItem Now(OpenItem item) => taken.TryGetValue(item.Id, out var before) ? item.With(paid: before.Paid, discount: before.Discount) : item;

    private Money In(long amount) => new(amount, left.Currency);
}
