using Wholesale.Platform;
using Wholesale.Pricing;

namespace Wholesale.Repricing;

/// <summary>The codes of sets of price changes, and their messages.</summary>
public static class PriceChangeSetErrors
{
    /// <summary>The set is no draft any more.</summary>
    public const string NotADraft = "NOT_A_DRAFT";

    /// <summary>From where the set is, it cannot get there.</summary>
    public const string InvalidTransition = "INVALID_TRANSITION";

    internal static UserError NoSuchSet() => PricingErrors.NoSuchId("set of price changes", "priceChangeSetId");

    internal static UserError SetExists(string externalId) =>
        new(ErrorCodes.AlreadyExists, $"There is a set of price changes \"{externalId}\" already.", ["externalId"]);

    internal static UserError IsNoDraft(PriceChangeSetStatus status) =>
        new(NotADraft, $"The set is {Word(status)}: only a draft can be edited.", ["priceChangeSetId"]);

    internal static UserError CannotBecome(PriceChangeSetStatus from, PriceChangeSetStatus to) =>
        new(InvalidTransition, $"The set is {Word(from)} and cannot become {Word(to)}.", ["priceChangeSetId"]);

    internal static UserError HasNoLines() =>
        new(ErrorCodes.InvalidValue, "A set without lines cannot be approved.", ["priceChangeSetId"]);

    internal static UserError TooManyLines(long lines) =>
        new(ErrorCodes.TooManyRows, $"A set has at most {PriceChangeSet.MaximumLines} lines and would have {lines}; nothing was taken.", ["lines"]);

    internal static UserError TooManyLists(int lists) =>
        new(ErrorCodes.TooManyRows, $"A set changes prices of at most {PriceChangeSet.MaximumLists} lists and would change {lists}; nothing was taken.", ["lines"]);

    internal static UserError DuplicateLine(string sku) =>
        new(ErrorCodes.DuplicateRow, $"An earlier row of this call has the same price list, SKU \"{sku}\" and minimum quantity.", ["sku"]);

    internal static UserError RemovedWithPrice() =>
        new(ErrorCodes.InvalidValue, "A line that is removed has no price.", ["remove"]);

    internal static UserError NoInstant() =>
        new(ErrorCodes.InvalidValue, "The set does not say from when its prices hold: give effectiveAt or atOnce.", ["effectiveAt"]);

    internal static UserError ApprovedFor(DateTime effectiveAt, string field) => new(
        ErrorCodes.InvalidValue, $"The set was approved for {Instant.ToString(effectiveAt)}: for another instant it is to be opened again.", [field]);

    internal static UserError BothInstants() =>
        new(ErrorCodes.InvalidValue, "Give effectiveAt or atOnce, not both.", ["atOnce"]);

    internal static UserError IsPast(DateTime effectiveAt, DateTime now) =>
        new(ErrorCodes.InvalidValue, $"Prices cannot begin to hold at {Instant.ToString(effectiveAt)}: it is {Instant.ToString(now)} already.", ["effectiveAt"]);

    internal static UserError Busy(string externalId) => PricingErrors.Busy(externalId, "priceChangeSetId");

    /// <summary>A status as the contract spells it.</summary>
    internal static string Word(PriceChangeSetStatus status) => status.ToString().ToUpperInvariant();
}
