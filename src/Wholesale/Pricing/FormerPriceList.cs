using Wholesale.Platform;

namespace Wholesale.Pricing;

/// <summary>What an event tells of a list that was ended or resumed.</summary>
internal sealed record FormerPriceList(PriceListUse Was);

/// <summary>Whether a list was used.</summary>
internal sealed record PriceListUse(bool IsActive);

/// <summary>What an event tells of a list whose prices are other ones.</summary>
internal sealed record FormerPrices(PricesPublished Was);

/// <summary>Which version of a list's prices readers saw.</summary>
internal sealed record PricesPublished(long PriceVersion);

/// <summary>What an event tells of a list that is made of another one, or no longer.</summary>
internal sealed record FormerAdjustments(AdjustmentsInForce Was);

/// <summary>By which rules a list was made of another one.</summary>
/// <param name="RuleIds">In order; empty: it was on its own.</param>
internal sealed record AdjustmentsInForce(IReadOnlyList<long> RuleIds);

/// <summary>What an event tells of a list that says something else of quantities: at most <see cref="MaximumSize"/> variants; more are told by more events.</summary>
internal sealed record FormerQuantityRules(IReadOnlyList<FormerQuantityRule> Was)
{
    /// <summary>So many variants, so that no event grows beyond some 60,000 characters.</summary>
    public const int MaximumSize = 500;
}

/// <summary>What a list said of a variant's quantities; all null: nothing.</summary>
internal sealed record FormerQuantityRule(long VariantId, Quantity? Minimum, Quantity? Maximum, Quantity? Increment, string? BreakGroup)
{
    /// <summary>As compiled lists have it.</summary>
    public QuantityTerms Terms() => new(Minimum, Maximum, Increment, BreakGroup);

    /// <summary>Of a row; null: there was none.</summary>
    public static FormerQuantityRule Of(long variantId, PriceListQuantityTerms? row) =>
        new(variantId, row?.Minimum, row?.Maximum, row?.Increment, row?.BreakGroup);
}

/// <summary>What an event tells of a new assignment.</summary>
internal sealed record AssignmentMade(long PriceListId);

/// <summary>What an event tells of an assignment that was ended.</summary>
internal sealed record AssignmentEnded(long PriceListId, AssignmentEnd Was);

/// <summary>When an assignment was to end.</summary>
/// <param name="ValidTo">Null: never.</param>
internal sealed record AssignmentEnd(DateTime? ValidTo);
