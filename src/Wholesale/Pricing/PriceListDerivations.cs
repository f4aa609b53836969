using Microsoft.EntityFrameworkCore;

namespace Wholesale.Pricing;

/// <summary>Which lists are made of which others, now and at other times, and how.</summary>
internal sealed class PriceListDerivations
{
    private readonly ILookup<long, PriceListAdjustment> adjustments;
    private readonly IReadOnlyDictionary<long, IReadOnlySet<long>> categories;

    /// <summary>The rules.</summary>
    public IEnumerable<PriceListAdjustment> Rules => adjustments.SelectMany(rules => rules);

    /// <summary>Each category that they name, with itself and all below it.</summary>
    public IReadOnlyDictionary<long, IReadOnlySet<long>> Categories => categories;

    /// <summary>Of rules that were read before.</summary>
    /// <param name="adjustments">The rules, those of one time in their order.</param>
    /// <param name="categories">Each category that they name, with itself and all below it.</param>
    internal PriceListDerivations(IEnumerable<PriceListAdjustment> adjustments, IReadOnlyDictionary<long, IReadOnlySet<long>> categories)
    {
        this.adjustments = adjustments.ToLookup(a => a.PriceListId);
        this.categories = categories;
    }

    /// <summary>Reads what some lists are made of, and what that is made of: one statement a level, and one for the categories that rules name.</summary>
    public static async ValueTask<PriceListDerivations> Of(WholesaleDb db, IReadOnlyCollection<long> listIds, CancellationToken cancellation)
    {
        var read = new List<PriceListAdjustment>();
        var asked = new HashSet<long>();
        var ids = listIds.ToList();
        while (ids.Count > 0)
        {
            asked.UnionWith(ids);
            var level = await db.PriceListAdjustments
                .Where(a => ids.Contains(a.PriceListId))
                .OrderBy(a => a.ValidFrom).ThenBy(a => a.Position)
                .ToListAsync(cancellation);
            read.AddRange(level);
            var parents = level.Select(a => a.ParentId).Where(id => !asked.Contains(id)).Distinct().ToList();
            ids = parents.Count == 0 ? [] : await db.PriceLists.Where(l => parents.Contains(l.Id) && l.IsDerived).Select(l => l.Id).ToListAsync(cancellation);
        }

        return new(read, await CategoriesOf(db, [.. read.Select(a => a.CategoryId).OfType<long>().Distinct()], cancellation));
    }

    /// <summary>Some lists, and all that are made of them at an instant, directly or by others; one statement a level.</summary>
    public static async ValueTask<IReadOnlySet<long>> MadeOf(WholesaleDb db, IEnumerable<long> listIds, DateTime at, CancellationToken cancellation)
    {
        var found = listIds.ToHashSet();
        var ids = found.ToList();
        for (var level = 1; level < PriceAdjustment.MaximumLevels && ids.Count > 0; level++)
        {
            var made = await db.PriceListAdjustments
                .Where(a => ids.Contains(a.ParentId) && a.ValidFrom <= at && (a.ValidTo == null || a.ValidTo > at))
                .Select(a => a.PriceListId)
                .Distinct()
                .ToListAsync(cancellation);
            ids = made.FindAll(found.Add);
        }

        return found;
    }

    /// <summary>Where prices of a list come from: its own rows first, then those of the lists above it.</summary>
    public IReadOnlyList<PriceSource> SourcesOf(long priceListId)
    {
        var sources = new List<PriceSource>();
        Add(priceListId, [], Validity.Always, sources);
        return sources;
    }

    /// <summary>The lists that a list is made of now, nearest first, itself included; endless where there is a circle.</summary>
    public IEnumerable<long> ChainOf(long priceListId)
    {
        yield return priceListId;
        while (adjustments[priceListId].LastOrDefault(a => a.ValidTo is null) is { } rule)
        {
            yield return priceListId = rule.ParentId;
        }
    }

    private void Add(long priceListId, IReadOnlyList<AdjustmentStep> steps, Validity validity, List<PriceSource> sources)
    {
        sources.Add(new(priceListId, steps, validity));
        if (steps.Count == PriceAdjustment.MaximumLevels - 1)
        {
            return;
        }

        foreach (var rules in adjustments[priceListId].GroupBy(a => (a.ParentId, a.ValidFrom, a.ValidTo)))
        {
            var during = validity.And(Validity.Of(rules.Key.ValidFrom, rules.Key.ValidTo));
            if (!during.IsEmpty)
            {
                var step = new AdjustmentStep([.. rules.Select(r => new AdjustmentRule(r.CategoryId is { } id ? categories[id] : null, r.Adjustment))]);
                Add(rules.Key.ParentId, [step, .. steps], during, sources);
            }
        }
    }

    /// <summary>Each category with all below it.</summary>
    private static async ValueTask<Dictionary<long, IReadOnlySet<long>>> CategoriesOf(WholesaleDb db, List<long> ids, CancellationToken cancellation)
    {
        var rows = ids.Count == 0
            ? []
            : await (
                from top in db.Categories
                from category in db.Categories
                where ids.Contains(top.Id) && category.Path.StartsWith(top.Path)
                select new { Top = top.Id, category.Id }).ToListAsync(cancellation);
        var found = rows.ToLookup(row => row.Top, row => row.Id);
        return ids.ToDictionary(id => id, IReadOnlySet<long> (id) => found[id].ToHashSet());
    }
}
