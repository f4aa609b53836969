using System.Globalization;
using Wholesale.Platform;
using Wholesale.Pricing;

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

    /// <summary>More is allocated than is open.</summary>
    public const string ItemOverpaid = "ITEM_OVERPAID";

    /// <summary>More is allocated than the payment has left.</summary>
    public const string PaymentExceeded = "PAYMENT_EXCEEDED";

    /// <summary>The payment was reversed.</summary>
    public const string PaymentReversed = "PAYMENT_REVERSED";

    internal static UserError NoProfile(params string[] path) => new(NoCredit, "The company has no credit: it buys nothing on account.", path);

    internal static UserError OtherCurrency(Currency credit, Currency amount) => new(NoCredit, $"The company's credit is in {credit}, so nothing in {amount} can be bought on account.");

    internal static UserError OnHold(string reason) => new(CreditOnHold, $"Nothing can be bought on account now: {reason}");

    internal static UserError LimitExceeded(Money available, Money needed) => new(CreditLimitExceeded, $"{needed} is needed and {available} of the credit is available.");

    internal static UserError CurrencyStays(Currency currency, Money reserved, params string[] path) =>
        new(CurrencyInUse, $"Orders have reserved {reserved}, so that the currency stays {currency}.", path);

    internal static UserError CurrencyIsOwed(Currency currency, params string[] path) =>
        new(CurrencyInUse, $"Open items on account are not settled, so that the currency stays {currency}.", path);

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

    internal static UserError NoHoldDays(int days, params string[] path) =>
        new(ErrorCodes.InvalidValue, $"The days must be 0–{CreditProfile.MaximumHoldDays}, or null for never, not {days}.", path);

    internal static UserError NoAmount(Amount amount, params string[] path) => new(ErrorCodes.InvalidValue, $"An amount of a payment is more than 0, not {amount}.", path);

    internal static UserError NotReceivedYet(DateOnly day, params string[] path) => new(ErrorCodes.InvalidValue, $"Nothing is received yet on {Day(day)}.", path);

    internal static UserError OtherPayment(string externalId) =>
        new(ErrorCodes.AlreadyExists, $"There is a payment \"{externalId}\" already, of another content.", ["externalId"]);

    internal static UserError PaidInOther(string number, Currency owed, Currency paid, params string[] path) =>
        new(PricingErrors.CurrencyMismatch, $"{number} is owed in {owed}, and nothing in {paid} pays it.", path);

    internal static UserError Overpaid(Money amount, Money open, string number, params string[] path) =>
        new(ItemOverpaid, $"{amount} is allocated to {number}, of which {open} is open.", path);

    internal static UserError Exceeded(Money amount, Money left, params string[] path) => new(PaymentExceeded, $"{amount} is allocated, and the payment has {left} left.", path);

    internal static UserError IsReversed(string externalId, params string[] path) => new(PaymentReversed, $"The payment \"{externalId}\" was reversed.", path);

    /// <summary>The reason of a hold that the clock places, which the company reads.</summary>
    internal static string HeldForOverdue(DateOnly since, int days) =>
        $"Something was to be paid by {Day(since)} and is open: it has been overdue for more than {days} {(days == 1 ? "day" : "days")}.";

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
