using Microsoft.EntityFrameworkCore;
using Wholesale.Catalog;
using Wholesale.Companies;
using Wholesale.Platform;
using Wholesale.Platform.Events;

namespace Wholesale.Pricing;

/// <summary>
/// The price books of callers at moments of the log: lists, assignments and adjustments as they are, less what has happened since. Read by a handful of
/// statements, each of which seeks what concerns these callers; whatever happens to other lists costs nothing.
/// </summary>
internal sealed class FormerBooks
{
    private readonly List<AssignedRow> given;
    private readonly PriceListDerivations derivations;
    private readonly Dictionary<long, long> priceVersions;

    /// <summary>Each category's parent; empty unless a category was moved.</summary>
    private readonly Dictionary<long, long?> parents;

    /// <summary>Newest first.</summary>
    private readonly List<Event> ofCategories;
    private readonly ILookup<long, Event> ofAssignments;
    private readonly ILookup<long, Event> ofLists;
    private readonly Dictionary<(long PriceListId, long Number), Dictionary<long, QuantityTerms>> termsAt = [];

    private FormerBooks(
        List<AssignedRow> given,
        HashSet<long> listIds,
        PriceListDerivations derivations,
        Dictionary<long, long> priceVersions,
        Dictionary<long, long?> parents,
        List<Event> ofCategories,
        List<Event> ofAssignments,
        List<Event> ofLists)
    {
        this.given = given;
        ListIds = listIds;
        this.derivations = derivations;
        this.priceVersions = priceVersions;
        this.parents = parents;
        this.ofCategories = ofCategories;
        this.ofAssignments = ofAssignments.ToLookup(e => e.SubjectId);
        this.ofLists = ofLists.ToLookup(e => e.SubjectId);
    }

    /// <summary>All lists that have a part in the books: those that were given, and those they are made of, at whatever time.</summary>
    public IReadOnlySet<long> ListIds { get; }

    /// <summary>Reads the books of some callers, and what has happened to them behind a number.</summary>
    public static async ValueTask<FormerBooks> Read(WholesaleDb db, IEnumerable<Caller> callers, long behind, CancellationToken cancellation)
    {
        var assigned = await PriceBooks.AssignedTo(db, callers.SelectMany(c => c.Assignees).Select(a => a.AssigneeId).ToHashSet(), cancellation);
        var listIds = assigned.Select(g => g.Assignment.PriceListId).ToHashSet();
        var made = await PriceListDerivations.Of(db, [.. assigned.Where(g => g.IsDerived).Select(g => g.Assignment.PriceListId).Distinct()], cancellation);
        listIds.UnionWith(made.Rules.Select(rule => rule.ParentId));
        var moves = made.Categories.Count == 0 ? [] : await FormerStates.OfType(db, CatalogEvents.CategoryChanged, behind, cancellation);
        return new(
            assigned,
            listIds,
            made,
            await db.PriceLists.Where(l => listIds.Contains(l.Id)).ToDictionaryAsync(l => l.Id, l => l.PriceVersion, cancellation),
            moves.Count == 0 ? [] : await db.Categories.ToDictionaryAsync(c => c.Id, c => c.ParentId, cancellation),
            moves,
            await FormerStates.Of(db, [.. assigned.Select(g => g.Assignment.Id)], behind, cancellation),
            await FormerStates.Of(db, listIds, behind, cancellation));
    }

    /// <summary>The book of a caller at a moment.</summary>
    /// <param name="caller">As it was then.</param>
    /// <param name="number">The last event.</param>
    public PriceBook At(Caller caller, long number)
    {
        var ids = caller.Assignees.Select(a => a.AssigneeId).ToHashSet();
        var assignments = given.Where(g => ids.Contains(g.Assignment.AssigneeId)).Select(g => At(g, number)).OfType<AssignedRow>();
        return PriceBooks.BookOf(caller, assignments, DerivationsAt(number).SourcesOf);
    }

    /// <summary>The version of a list's prices that readers saw.</summary>
    public long PriceVersionAt(long priceListId, long number) =>
        Behind(ofLists[priceListId], PricingEvents.PricesChanged, number).LastOrDefault() is { } first
            ? first.Tell<FormerPrices>().Was.PriceVersion
            : priceVersions[priceListId];

    /// <summary>Whether readers see another version of a list's prices than at a moment.</summary>
    public bool HasOtherPricesSince(long priceListId, long number) => PriceVersionAt(priceListId, number) != priceVersions[priceListId];

    /// <summary>When each version of a list's prices was published, newest first.</summary>
    public IEnumerable<(long Version, DateTime At)> Published(long priceListId, long number) =>
        ofLists[priceListId].Where(e => e.Type == PricingEvents.PricesChanged && e.Number <= number).Select(e => (e.Version, e.At));

    /// <summary>What a list said of quantities where it was otherwise than it is, by variant.</summary>
    public IReadOnlyDictionary<long, QuantityTerms> FormerTermsAt(long priceListId, long number)
    {
        if (termsAt.TryGetValue((priceListId, number), out var former))
        {
            return former;
        }

        termsAt.Add((priceListId, number), former = []);
        foreach (var rule in Behind(ofLists[priceListId], PricingEvents.QuantityRulesChanged, number).SelectMany(e => e.Tell<FormerQuantityRules>().Was))
        {
            former[rule.VariantId] = rule.Terms();
        }

        return former;
    }

    /// <summary>When a list last said other things of quantities, by variant, up to a moment.</summary>
    public Dictionary<long, DateTime> TermsChangedAt(long priceListId, long number)
    {
        var changed = new Dictionary<long, DateTime>();
        foreach (var happened in ofLists[priceListId].Where(e => e.Type == PricingEvents.QuantityRulesChanged && e.Number <= number))
        {
            foreach (var rule in happened.Tell<FormerQuantityRules>().Was)
            {
                changed.TryAdd(rule.VariantId, happened.At);
            }
        }

        return changed;
    }

    /// <summary>When lists were last given, taken, ended, resumed, adjusted, or their categories moved, up to a moment; null: not since the number that was asked for.</summary>
    public DateTime? LastChangedAt(long number) => ofAssignments.SelectMany(e => e)
        .Concat(ofLists.SelectMany(e => e).Where(e => e.Type is PricingEvents.PriceListChanged or PricingEvents.PriceListAdjusted))
        .Concat(ofCategories)
        .Where(e => e.Number <= number).Select(e => (DateTime?)e.At).Max();

    private static IEnumerable<Event> Behind(IEnumerable<Event> events, string type, long number) => events.Where(e => e.Type == type && e.Number > number);

    /// <summary>An assignment as it was; null: it was not made yet.</summary>
    private AssignedRow? At(AssignedRow now, long number)
    {
        var assignment = now.Assignment;
        foreach (var happened in ofAssignments[assignment.Id].TakeWhile(e => e.Number > number))
        {
            if (happened.Type == PricingEvents.PriceListAssigned)
            {
                return null;
            }

            if (happened.Type == PricingEvents.PriceListUnassigned)
            {
                assignment = assignment.Until(happened.Tell<AssignmentEnded>().Was.ValidTo);
            }
        }

        var first = Behind(ofLists[now.Assignment.PriceListId], PricingEvents.PriceListChanged, number).LastOrDefault();
        return now with { Assignment = assignment, IsActive = first?.Tell<FormerPriceList>().Was.IsActive ?? now.IsActive };
    }

    private PriceListDerivations DerivationsAt(long number)
    {
        var rules = derivations.Rules.ToDictionary(rule => rule.Id);
        foreach (var list in rules.Values.GroupBy(rule => rule.PriceListId).ToList())
        {
            foreach (var happened in Behind(ofLists[list.Key], PricingEvents.PriceListAdjusted, number))
            {
                foreach (var begun in rules.Values.Where(rule => rule.PriceListId == list.Key && rule.ValidTo is null).ToList())
                {
                    rules.Remove(begun.Id);
                }

                foreach (var id in happened.Tell<FormerAdjustments>().Was.RuleIds)
                {
                    rules[id] = rules[id].Unended();
                }
            }
        }

        return new(
            rules.Values.OrderBy(rule => rule.ValidFrom).ThenBy(rule => rule.Position),
            ofCategories.Exists(e => e.Number > number) ? CategoriesAt(number) : derivations.Categories);
    }

    /// <summary>Each category that rules name, with itself and all that was below it.</summary>
    private Dictionary<long, IReadOnlySet<long>> CategoriesAt(long number)
    {
        var then = new Dictionary<long, long?>(parents);
        foreach (var happened in ofCategories.TakeWhile(e => e.Number > number))
        {
            then[happened.SubjectId] = happened.Tell<FormerCategory>().Was.ParentId;
        }

        var below = derivations.Categories.Keys.ToDictionary(top => top, _ => new HashSet<long>());
        foreach (var id in then.Keys)
        {
            // A made-up cursor may name a moment inside a transaction, at which categories stand in a circle: those have no path.
            _ = TreePath.Find(id, category => then[category], out var path);
            foreach (var top in TreePath.Ids(path).Where(below.ContainsKey))
            {
                below[top].Add(id);
            }
        }

        return below.ToDictionary(top => top.Key, IReadOnlySet<long> (top) => top.Value);
    }
}
