using Wholesale.Platform;

namespace Wholesale.Credit;

/// <summary>The room's own codes and its messages.</summary>
public static class CreditErrors
{
    /// <summary>The company has no credit profile, or one in another currency.</summary>
    public const string NoCredit = "NO_CREDIT";

    /// <summary>The company's credit is on hold.</summary>
    public const string CreditOnHold = "CREDIT_ON_HOLD";

    /// <summary>The company would owe more than it may.</summary>
    public const string CreditLimitExceeded = "CREDIT_LIMIT_EXCEEDED";

    /// <summary>Orders have reserved something in the profile's currency.</summary>
    public const string CurrencyInUse = "CURRENCY_IN_USE";

    internal static UserError NoProfile(params string[] path) => new(NoCredit, "The company has no credit: it buys nothing on account.", path);

    internal static UserError OtherCurrency(Currency credit, Currency amount) => new(NoCredit, $"The company's credit is in {credit}, so nothing in {amount} can be bought on account.");

    internal static UserError OnHold(string reason) => new(CreditOnHold, $"Nothing can be bought on account now: {reason}");

    internal static UserError LimitExceeded(Money available, Money needed) => new(CreditLimitExceeded, $"{needed} is needed and {available} of the credit is available.");

    internal static UserError CurrencyStays(Currency currency, Money reserved, params string[] path) =>
        new(CurrencyInUse, $"Orders have reserved {reserved}, so that the currency stays {currency}.", path);

    internal static UserError AmountsNeeded(params string[] path) =>
        new(ErrorCodes.InvalidValue, "With another currency limit and open items are to be given, too: amounts are not converted.", path);

    internal static UserError Needed(string what, string field, params string[] path) => new(ErrorCodes.InvalidValue, $"A new {what} needs {field}.", path);

    internal static UserError NoNetDays(int days, params string[] path) =>
        new(ErrorCodes.InvalidValue, $"The days must be 0–{PaymentTerm.MaximumNetDays}, not {days}.", path);

    internal static UserError NoDaysOfDiscount(int days, int netDays, params string[] path) =>
        new(ErrorCodes.InvalidValue, $"The days of the discount must be 0–{netDays}, the term's own, not {days}.", path);

    internal static UserError NoPercent(Amount percent, params string[] path) =>
        new(ErrorCodes.InvalidValue, $"A discount is above 0 and below 100 per cent, not {percent}.", path);

    internal static UserError NoLimit(Amount limit, params string[] path) => new(ErrorCodes.InvalidValue, $"A limit is 0 or more, or null for none, not {limit}.", path);

    internal static UserError LimitNotSaid(params string[] path) => new(ErrorCodes.InvalidValue, "The limit is to be given, or null for none.", path);

    internal static UserError TermTwice(string externalId, params string[] path) =>
        new(ErrorCodes.DuplicateRow, $"The payment term \"{externalId}\" stands twice in this row.", path);
}
