using Wholesale.Companies;
using Wholesale.Platform;

namespace Wholesale.Pricing;

/// <summary>Where prices of an assigned list come from: its own rows, or those of a list above it, adjusted on the way.</summary>
/// <param name="PriceListId">The list that has the rows.</param>
/// <param name="Steps">The adjustments, that of the list nearest to the rows first; empty for the assigned list's own rows.</param>
/// <param name="Validity">When the prices are made this way.</param>
public sealed record PriceSource(long PriceListId, IReadOnlyList<AdjustmentStep> Steps, Validity Validity)
{
    /// <summary>The place of <see cref="PriceListId"/> in the book's <see cref="PriceBook.PriceListIds"/>.</summary>
    public int Index { get; internal set; }
}

/// <summary>A price list as a caller has it, by one assignment.</summary>
public sealed record AssignedPriceList
{
    /// <summary>The assignment; a later one has a higher id.</summary>
    public required long AssignmentId { get; init; }

    /// <summary>The list.</summary>
    public required long PriceListId { get; init; }

    /// <summary>Of all its prices.</summary>
    public required Currency Currency { get; init; }

    /// <summary>What it was assigned to.</summary>
    public required AssigneeLevel Level { get; init; }

    /// <summary>How near to the caller that is: 0 is its own unit, then come the units above, the company, its segments, tier, market, everyone.</summary>
    public required int Nearness { get; init; }

    /// <summary>Within one nearness the higher goes first.</summary>
    public int Priority { get; init; }

    /// <summary>Within one priority the newer goes first.</summary>
    public required DateTime AssignedAt { get; init; }

    /// <summary>When the caller has it.</summary>
    public required Validity Validity { get; init; }

    /// <summary>False: the seller has put the list aside; it is here to be explained, and gives no price.</summary>
    public bool IsActive { get; init; } = true;

    /// <summary>Whether it may say something of quantities.</summary>
    public bool HasQuantityTerms { get; init; }

    /// <summary>Where its prices come from: the first source that has one at the quantity decides. Its own rows stand first.</summary>
    public required IReadOnlyList<PriceSource> Sources { get; init; }

    /// <summary>Whether it was assigned to everyone.</summary>
    public bool IsForEveryone => Level == AssigneeLevel.Everyone;

    /// <summary>Whether it gives prices at an instant.</summary>
    public bool Holds(DateTime instant) => IsActive && Validity.Holds(instant);
}

/// <summary>How a market makes one price of several lists, and rounds it.</summary>
/// <param name="Policy">Which list decides.</param>
/// <param name="Rounding">How amounts become whole minor units.</param>
public sealed record PriceTerms(PricePolicy Policy, PriceRounding Rounding)
{
    /// <summary>Those of a market that says nothing, and of no market.</summary>
    public static PriceTerms Usual { get; } = new(default, new(default, default));

    /// <summary>The terms of a market.</summary>
    public static PriceTerms Of(Market? market) => market is null ? Usual : new(market.PricePolicy, market.Rounding);
}

/// <summary>
/// The ordered price lists of a caller, without their prices; many callers share one. Past and future assignments are in it, so that it answers for any
/// instant. Immutable.
/// </summary>
public sealed class PriceBook
{
    /// <summary>A book of a caller's lists, given in any order.</summary>
    /// <param name="lists">The lists.</param>
    /// <param name="currency">The caller's own currency; null: that of its first list.</param>
    /// <param name="terms">Its market's.</param>
    public PriceBook(IEnumerable<AssignedPriceList> lists, Currency? currency = null, PriceTerms? terms = null)
    {
        Lists =
        [
            .. lists.OrderBy(l => l.Nearness).ThenByDescending(l => l.Priority).ThenByDescending(l => l.AssignedAt).ThenByDescending(l => l.AssignmentId),
        ];
        Currency = currency;
        Terms = terms ?? PriceTerms.Usual;
        var places = new Dictionary<long, int>();
        foreach (var source in Lists.SelectMany(l => l.Sources))
        {
            places.TryAdd(source.PriceListId, places.Count);
            source.Index = places[source.PriceListId];
        }

        PriceListIds = [.. places.OrderBy(p => p.Value).Select(p => p.Key)];
    }

    /// <summary>First the one that decides first. A list stands here once for each of its assignments.</summary>
    public IReadOnlyList<AssignedPriceList> Lists { get; }

    /// <summary>Each list that prices come from, once: the assigned lists and those they are made of.</summary>
    public IReadOnlyList<long> PriceListIds { get; }

    /// <summary>Whether a list may say something of quantities, so that what lines cost may depend on one another.</summary>
    internal bool HasQuantityTerms => Lists.Any(list => list.HasQuantityTerms);

    /// <summary>The caller's own currency; null if it has none.</summary>
    public Currency? Currency { get; }

    /// <summary>Its market's.</summary>
    public PriceTerms Terms { get; }

    /// <summary>
    /// The currency that prices are in at an instant: the caller's own, or that of the first list which is assigned then, so that one answer never mixes
    /// currencies. Null if none is.
    /// </summary>
    public Currency? CurrencyAt(DateTime instant)
    {
        if (Currency is not null)
        {
            return Currency;
        }

        foreach (var list in Lists)
        {
            if (list.Holds(instant))
            {
                return list.Currency;
            }
        }

        return null;
    }

    /// <summary>The currencies that prices can be asked in at an instant, that of <see cref="CurrencyAt"/> first.</summary>
    public IReadOnlyList<Currency> CurrenciesAt(DateTime instant)
    {
        var currencies = new List<Currency>();
        if (CurrencyAt(instant) is { } own)
        {
            currencies.Add(own);
        }

        foreach (var list in Lists)
        {
            if (list.Holds(instant) && !currencies.Contains(list.Currency))
            {
                currencies.Add(list.Currency);
            }
        }

        return currencies;
    }
}
