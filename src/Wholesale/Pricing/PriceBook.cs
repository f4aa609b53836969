using Wholesale.Platform;

namespace Wholesale.Pricing;

/// <summary>A price list as a caller has it, by one assignment.</summary>
/// <param name="AssignmentId">The assignment; a later one has a higher id.</param>
/// <param name="PriceListId">The list.</param>
/// <param name="Currency">Of all its prices.</param>
/// <param name="Nearness">How near to the caller it was assigned: 0 to its own unit, then the units above, the company, its segments alike, the tier, the market, everyone.</param>
/// <param name="IsForEveryone">Whether it was assigned to everyone.</param>
/// <param name="Priority">Within one nearness the higher goes first.</param>
/// <param name="AssignedAt">Within one priority the newer goes first.</param>
/// <param name="ValidFrom">From when the caller has it.</param>
/// <param name="ValidTo">Until when, exclusive; null: for ever.</param>
public sealed record AssignedPriceList(
    long AssignmentId, long PriceListId, Currency Currency, int Nearness, bool IsForEveryone, int Priority, DateTime AssignedAt, DateTime ValidFrom, DateTime? ValidTo);

/// <summary>
/// The ordered price lists of a caller; many callers share one. Past and future assignments are in it, so that it answers for any instant. Immutable.
/// </summary>
public sealed class PriceBook
{
    private static readonly int[] None = [];

    private readonly Dictionary<long, int[]> ranks;

    /// <summary>A book of a caller's lists, given in any order.</summary>
    public PriceBook(IEnumerable<AssignedPriceList> lists)
    {
        Lists =
        [
            .. lists.OrderBy(l => l.Nearness).ThenByDescending(l => l.Priority).ThenByDescending(l => l.AssignedAt).ThenByDescending(l => l.AssignmentId),
        ];
        ranks = Lists.Index().GroupBy(l => l.Item.PriceListId, l => l.Index).ToDictionary(g => g.Key, g => g.ToArray());
        PriceListIds = [.. ranks.Keys];
    }

    /// <summary>First the one that decides first. A list stands here once for each of its assignments.</summary>
    public IReadOnlyList<AssignedPriceList> Lists { get; }

    /// <summary>Each list once.</summary>
    public long[] PriceListIds { get; }

    /// <summary>The places of a list in <see cref="Lists"/>; none if it is not in the book.</summary>
    public ReadOnlySpan<int> RanksOf(long priceListId) => ranks.GetValueOrDefault(priceListId, None);

    /// <summary>
    /// The currency that prices are in at an instant: that of the first list which is assigned then, so that one answer never mixes currencies.
    /// Null if none is.
    /// </summary>
    public Currency? CurrencyAt(DateTime instant)
    {
        foreach (var list in Lists)
        {
            if (list.ValidFrom <= instant && (list.ValidTo is null || instant < list.ValidTo))
            {
                return list.Currency;
            }
        }

        return null;
    }
}
