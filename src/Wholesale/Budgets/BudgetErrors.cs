using System.Globalization;
using Wholesale.Platform;

namespace Wholesale.Budgets;

/// <summary>The room's own codes and its messages.</summary>
public static class BudgetErrors
{
    /// <summary>More would be spent than a budget has left.</summary>
    public const string BudgetExceeded = "BUDGET_EXCEEDED";

    /// <summary>Something is spent in periods of this currency and these days.</summary>
    public const string BudgetInUse = "BUDGET_IN_USE";

    /// <summary>Says which budgets are exceeded; of those that block the order is refused.</summary>
    /// <param name="amount">What was to be spent.</param>
    /// <param name="refusals">The budgets, at least one.</param>
    /// <param name="path">Where in the input; none: at no one place.</param>
    public static UserError Exceeded(Money amount, IEnumerable<BudgetRefusal> refusals, params IReadOnlyList<string> path) => new(
        BudgetExceeded,
        $"{amount} is more than is left: {string.Join(", ", refusals.Select(refusal => $"{refusal.Available} of \"{refusal.Budget.Name}\""))}.",
        path.Count == 0 ? null : path);

    internal static UserError Needed(string field, params string[] path) => new(ErrorCodes.InvalidValue, $"A new budget needs {field}.", path);

    internal static UserError TooMany() =>
        new(ErrorCodes.InvalidValue, $"A company has at most {Budget.MaximumOfCompany} budgets: change one that is no longer needed.", ["externalId"]);

    internal static UserError CompanyNeeded() => new(ErrorCodes.InvalidValue, "Staff names the company whose budget it is.", ["company"]);

    internal static UserError NoSuch(string what, string externalId, params string[] path) => new(ErrorCodes.NotFound, $"There is no {what} \"{externalId}\".", path);

    internal static UserError Twice(string externalId) =>
        new(ErrorCodes.DuplicateRow, $"\"{externalId}\" stands in an earlier row of this call already.", ["externalId"]);

    internal static UserError OfOtherScope(string field, string scope) => new(ErrorCodes.InvalidValue, $"Only a budget of the scope {scope} has this.", [field]);

    internal static UserError ScopeNeeds(string field, string scope) => new(ErrorCodes.InvalidValue, $"A budget of the scope {scope} needs this.", [field]);

    internal static UserError Negative(Amount amount) => new(ErrorCodes.InvalidValue, $"The amount must be 0 or more, not {amount}.", ["amount"]);

    internal static UserError EndsBefore(DateOnly endsOn, DateOnly startsOn) =>
        new(ErrorCodes.InvalidValue, $"The last day, {Text(endsOn)}, must not lie before the first, {Text(startsOn)}.", ["endsOn"]);

    internal static UserError NeedsEnd() => new(ErrorCodes.InvalidValue, "A FIXED period needs its last day.", ["endsOn"]);

    internal static UserError InUse(string field) =>
        new(BudgetInUse, "Something is spent in the budget's periods, so that currency, period and first day stay: end it, and make another.", [field]);

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>What happens in this room, for the event log.</summary>
public static class BudgetEvents
{
    /// <summary>A budget is new or changed.</summary>
    public const string BudgetChanged = "BUDGET_CHANGED";
}
