using Wholesale.Platform;

namespace Wholesale.Credit;

/// <summary>What happens in this room, for the event log.</summary>
public static class CreditEvents
{
    /// <summary>A payment term is new or changed.</summary>
    public const string PaymentTermChanged = "PAYMENT_TERM_CHANGED";

    /// <summary>A company's credit profile is new or changed. Its data are a <see cref="CreditChange"/>.</summary>
    public const string CreditProfileChanged = "CREDIT_PROFILE_CHANGED";
}

/// <summary>A credit profile as it is now.</summary>
/// <param name="Currency">What the amounts are in.</param>
/// <param name="Limit">How much the company may owe; null: no limit.</param>
/// <param name="OpenItems">What the seller's system counts as owed.</param>
/// <param name="Hold">Whether there is a hold.</param>
internal sealed record CreditChange(Currency Currency, Amount? Limit, Amount OpenItems, bool Hold);
