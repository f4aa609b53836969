using Wholesale.Catalog;
using Wholesale.Companies;
using Wholesale.Platform;

namespace Wholesale.Pricing;

/// <summary>How a price came about.</summary>
/// <param name="Policy">Which list decides.</param>
/// <param name="Rounding">How amounts became whole minor units.</param>
/// <param name="Currency">What prices are in; null if the caller has no list at all.</param>
/// <param name="At">The instant it holds at.</param>
/// <param name="Quantity">How much is bought.</param>
/// <param name="Candidates">The caller's lists in the order in which they decide.</param>
public sealed record PriceExplanation(
    PricePolicy Policy, PriceRounding Rounding, Currency? Currency, DateTime At, Quantity Quantity, IReadOnlyList<PriceCandidate> Candidates)
{
    /// <summary>Explains a price, or why there is none.</summary>
    /// <param name="resolution">The caller's prices.</param>
    /// <param name="variant">The variant.</param>
    /// <param name="quantity">How much is bought.</param>
    /// <param name="groups">What the lines of a cart add up to, where there is a cart.</param>
    /// <param name="withAll">Whether lists are named that do not count now: put aside, or assigned at another time. Not the buyer's business.</param>
    internal static PriceExplanation Of(PriceResolution resolution, Variant variant, Quantity quantity, BreakGroups? groups, bool withAll = false)
    {
        var best = resolution.BestOffer(variant, quantity.Thousandths, resolution.At, groups);
        var candidates = resolution.Book.Lists
            .Where(list => withAll || list.Holds(resolution.At))
            .Select(list => PriceCandidate.Of(resolution, list, variant, quantity, groups, best));
        return new(
            resolution.Book.Terms.Policy, resolution.Book.Terms.Rounding, resolution.Currency, resolution.At, quantity, [.. candidates]);
    }
}

/// <summary>One list of the caller's, and what became of it.</summary>
/// <param name="AssignmentId">By which the caller has it.</param>
/// <param name="PriceListId">The list.</param>
/// <param name="Source">What it was assigned to.</param>
/// <param name="Priority">Its assignment's.</param>
/// <param name="BreakQuantity">The quantity by which its break was looked for.</param>
/// <param name="MinimumQuantity">Of the row that was looked at; null if it has none.</param>
/// <param name="UnitPrice">What it offers a unit at; null if it has no price for the variant.</param>
/// <param name="BasePrice">The price that this was made of, in the list it was made of; null: it is the list's own.</param>
/// <param name="Adjustments">How it was made of that, first step first.</param>
/// <param name="ValidFrom">From when the row holds; null: since ever.</param>
/// <param name="ValidTo">Until when, exclusive; null: for ever.</param>
/// <param name="Outcome">What became of it.</param>
public sealed record PriceCandidate(
    long AssignmentId,
    long PriceListId,
    AssigneeLevel Source,
    int Priority,
    Quantity BreakQuantity,
    Quantity? MinimumQuantity,
    Money? UnitPrice,
    Money? BasePrice,
    IReadOnlyList<AppliedAdjustment> Adjustments,
    DateTime? ValidFrom,
    DateTime? ValidTo,
    PriceOutcome Outcome)
{
    internal static PriceCandidate Of(
        PriceResolution resolution, AssignedPriceList list, Variant variant, Quantity quantity, BreakGroups? groups, PriceOffer? best)
    {
        var breakQuantity = resolution.BreakQuantity(list, variant, quantity.Thousandths, groups);
        var outcome = WhyNotAsked(resolution, list);
        var offer = outcome is null ? resolution.OfferOf(list, variant, breakQuantity, resolution.At) : null;
        if (outcome is null && offer is null)
        {
            // Not at this quantity: what would it take?
            offer = resolution.LeastOfferOf(list, variant);
            outcome = offer is null ? PriceOutcome.NoPrice : PriceOutcome.MinimumNotReached;
        }

        outcome ??= Compared(list, offer!.Value, best!.Value, resolution.Book.Terms.Policy);
        return new(
            list.AssignmentId,
            list.PriceListId,
            list.Level,
            list.Priority,
            new Quantity(breakQuantity),
            offer is { } row ? new Quantity(row.MinimumQuantity) : null,
            offer is { } price ? new Money(price.UnitPrice, list.Currency) : null,
            offer is { Source.Steps.Count: > 0 } made ? new Money(made.RowPrice, list.Currency) : null,
            offer is { } adjusted ? [.. adjusted.Source.Steps.Select(step => AppliedAdjustment.Of(step.For(variant.CategoryId)!.Value))] : [],
            offer?.Validity.ValidFrom,
            offer?.Validity.ValidTo,
            outcome.Value);
    }

    private static PriceOutcome? WhyNotAsked(PriceResolution resolution, AssignedPriceList list) =>
        !list.IsActive ? PriceOutcome.Inactive
        : list.Validity.To <= resolution.At || list.Validity.IsEmpty ? PriceOutcome.AssignmentEnded
        : list.Validity.From > resolution.At ? PriceOutcome.NotYetAssigned
        : list.Currency != resolution.Currency ? PriceOutcome.OtherCurrency
        : null;

    private static PriceOutcome Compared(AssignedPriceList list, PriceOffer offer, PriceOffer best, PricePolicy policy) =>
        list == best.List ? PriceOutcome.Won
        : policy == PricePolicy.Lowest && offer.UnitPrice > best.UnitPrice ? PriceOutcome.HigherPrice
        : list.Nearness != best.List.Nearness ? PriceOutcome.LessSpecific
        : list.Priority != best.List.Priority ? PriceOutcome.LowerPriority
        : PriceOutcome.OlderAssignment;
}

/// <summary>One step by which a price was made of another.</summary>
/// <param name="Percent">Added in per cent; negative: taken off.</param>
/// <param name="Amount">Added after that, in the list's currency.</param>
public sealed record AppliedAdjustment(Amount Percent, Amount Amount)
{
    internal static AppliedAdjustment Of(PriceAdjustment adjustment) => new(new Amount(adjustment.BasisPoints * 100L), new Amount(adjustment.Amount));
}

/// <summary>What became of a list when a price was looked for.</summary>
public enum PriceOutcome
{
    /// <summary>Its price is the price.</summary>
    Won,

    /// <summary>A list nearer to the caller has a price.</summary>
    LessSpecific,

    /// <summary>A list as near, with a higher priority, has a price.</summary>
    LowerPriority,

    /// <summary>A list as near, of the same priority, that was assigned later, has a price.</summary>
    OlderAssignment,

    /// <summary>The lowest price decides, and another list's is lower.</summary>
    HigherPrice,

    /// <summary>It has a price only from a greater quantity on.</summary>
    MinimumNotReached,

    /// <summary>It has no price for the variant now.</summary>
    NoPrice,

    /// <summary>Its prices are in another currency.</summary>
    OtherCurrency,

    /// <summary>It is the caller's only later.</summary>
    NotYetAssigned,

    /// <summary>It is the caller's no more.</summary>
    AssignmentEnded,

    /// <summary>The seller has put it aside.</summary>
    Inactive,
}
