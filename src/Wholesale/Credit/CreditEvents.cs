using Wholesale.Companies;
using Wholesale.Platform;

namespace Wholesale.Credit;

/// <summary>What happens in this room, for the event log.</summary>
public static class CreditEvents
{
    /// <summary>A payment term is new or changed.</summary>
    public const string PaymentTermChanged = "PAYMENT_TERM_CHANGED";

    /// <summary>A company's credit profile is new or changed. Its data are a <see cref="CreditChange"/>.</summary>
    public const string CreditProfileChanged = "CREDIT_PROFILE_CHANGED";

    /// <summary>A company owes something for a document. Its data are an <see cref="OpenItemTold"/>.</summary>
    public const string OpenItemOpened = "OPEN_ITEM_OPENED";

    /// <summary>Something was paid of an open item, taken back or taken off, or its last day of payment is known. Its data are an <see cref="OpenItemTold"/>.</summary>
    public const string OpenItemChanged = "OPEN_ITEM_CHANGED";

    /// <summary>A payment was received. Its data are a <see cref="PaymentTold"/>.</summary>
    public const string PaymentRecorded = "PAYMENT_RECORDED";

    /// <summary>More of a payment was allocated, or less. Its data are a <see cref="PaymentTold"/>.</summary>
    public const string PaymentChanged = "PAYMENT_CHANGED";

    /// <summary>A payment's money is gone again. Its data are a <see cref="PaymentTold"/>.</summary>
    public const string PaymentReversed = "PAYMENT_REVERSED";
}

/// <summary>A credit profile as it is now.</summary>
/// <param name="Currency">What the amounts are in.</param>
/// <param name="Limit">How much the company may owe; null: no limit.</param>
/// <param name="OpenItems">What the seller's system counts as owed.</param>
/// <param name="Hold">Whether there is a hold.</param>
internal sealed record CreditChange(Currency Currency, Amount? Limit, Amount OpenItems, bool Hold);

/// <summary>An open item as it is now.</summary>
internal sealed record OpenItemTold(
    NodeId CompanyId, string Number, string OrderNumber, OpenItemKind Kind, Currency Currency, Amount Amount, Amount Open, DateOnly? DueOn)
{
    public static OpenItemTold Of(OpenItem item) =>
        new(new(nameof(Company), item.CompanyId), item.Number, item.OrderNumber, item.Kind, item.Currency, item.Amount.Amount, item.AmountOpen.Amount, item.DueOn);
}

/// <summary>A payment as it is now.</summary>
internal sealed record PaymentTold(NodeId CompanyId, string ExternalId, Currency Currency, Amount Amount, Amount Unallocated, DateOnly ReceivedOn)
{
    public static PaymentTold Of(Payment payment) =>
        new(new(nameof(Company), payment.CompanyId), payment.ExternalId, payment.Currency, payment.Amount.Amount, payment.Unallocated.Amount, payment.ReceivedOn);
}
