using Wholesale.Catalog;
using Wholesale.Companies;
using Wholesale.Platform.Events;

namespace Wholesale.Pricing;

/// <summary>All that a caller's prices hang on at a moment of the log, but the prices themselves.</summary>
/// <param name="Moment">When.</param>
/// <param name="Caller">As it was then.</param>
/// <param name="Sight">What it saw.</param>
/// <param name="Book">The lists that it had.</param>
internal sealed record PriceView(LogMoment Moment, Caller Caller, Sight Sight, PriceBook Book)
{
    /// <summary>The lists that gave prices, first the one that decides first; once each.</summary>
    private List<AssignedPriceList> Lists => [.. Book.Lists.Where(list => list.Holds(Moment.At)).DistinctBy(list => list.PriceListId)];

    /// <summary>
    /// The lists any of whose prices may count otherwise in another view, although no price of theirs is another: what was given, taken, adjusted or put into
    /// another order. Where the whole book counts otherwise, these are all lists.
    /// </summary>
    public HashSet<long> ListsOtherwiseIn(PriceView later)
    {
        var (before, after) = (Lists, later.Lists);
        var common = before.Where(list => after.Exists(other => IsSame(list, other, later.Moment.At))).Select(list => list.PriceListId).ToList();
        var isOrderKept = after.Select(list => list.PriceListId).Where(common.Contains).SequenceEqual(common);
        var isSame = isOrderKept
            && Caller.PricesVisible == later.Caller.PricesVisible
            && Book.CurrencyAt(Moment.At) == later.Book.CurrencyAt(later.Moment.At)
            && Book.Terms == later.Book.Terms
            && (Sight.ViewIds is null) == (later.Sight.ViewIds is null)
            && Sight.Views.ToHashSet().SetEquals(later.Sight.Views);
        return [.. before.Concat(after).Where(list => !isSame || !common.Contains(list.PriceListId)).SelectMany(list => list.Sources).Select(source => source.PriceListId)];
    }

    /// <summary>Whether the caller counts otherwise in another view: its company's terms, unit, segments or market.</summary>
    public bool HasOtherCaller(PriceView later) =>
        Caller.PricesVisible != later.Caller.PricesVisible
        || Caller.Currency != later.Caller.Currency
        || Book.Terms != later.Book.Terms
        || !Caller.Assignees.SequenceEqual(later.Caller.Assignees);

    /// <summary>When assignments or adjustments last began or ended to hold, in some time; null: none did.</summary>
    public static DateTime? LastTurn(PriceBook book, DateTime since, DateTime until) => book.Lists
        .SelectMany(list => list.Sources.Select(source => source.Validity).Append(list.Validity))
        .SelectMany(validity => new[] { validity.From, validity.To })
        .Where(at => at > since && at <= until)
        .Select(at => (DateTime?)at).Max();

    private bool IsSame(AssignedPriceList list, AssignedPriceList other, DateTime at)
    {
        var (sources, others) = (list.Sources.Where(s => s.Validity.Holds(Moment.At)).ToList(), other.Sources.Where(s => s.Validity.Holds(at)).ToList());
        return list.PriceListId == other.PriceListId
            && sources.Count == others.Count
            && sources.Zip(others).All(pair => pair.First.PriceListId == pair.Second.PriceListId && AreSame(pair.First.Steps, pair.Second.Steps));
    }

    private static bool AreSame(IReadOnlyList<AdjustmentStep> steps, IReadOnlyList<AdjustmentStep> others) =>
        steps.Count == others.Count
        && steps.Zip(others).All(pair => pair.First.Rules.Count == pair.Second.Rules.Count && pair.First.Rules.Zip(pair.Second.Rules).All(AreSame));

    private static bool AreSame((AdjustmentRule First, AdjustmentRule Second) rules) =>
        rules.First.Adjustment == rules.Second.Adjustment
        && (rules.First.CategoryIds?.SetEquals(rules.Second.CategoryIds ?? new HashSet<long>()) ?? rules.Second.CategoryIds is null);
}
