using Microsoft.EntityFrameworkCore;
using Wholesale.Catalog;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Pricing;

namespace Wholesale.Repricing;

/// <summary>The statements that read sets of price changes and what they replaced.</summary>
internal static class PriceChangeSetReads
{
    private const string ByKey = "priceChangeLines/KEY";

    /// <summary>The lists that a set changes prices of: one look into the lines for each list that there is, not one for each line.</summary>
    public static IQueryable<long> ListsOf(WholesaleDb db, long setId) =>
        db.PriceLists.Where(l => db.PriceChangeLines.Any(line => line.PriceChangeSetId == setId && line.PriceListId == l.Id)).Select(l => l.Id);

    /// <summary>The next lines of a set in their order, at most so many.</summary>
    /// <param name="db">The database.</param>
    /// <param name="setId">The set.</param>
    /// <param name="behind">The last line before them; null: from the first on.</param>
    /// <param name="take">How many.</param>
    public static IQueryable<PriceChangeLine> Lines(WholesaleDb db, long setId, PriceChangeLine? behind, int take)
    {
        var lines = behind is null
            ? db.PriceChangeLines.Where(l => l.PriceChangeSetId == setId)
            : Behind(db.PriceChangeLines.Where(l => l.PriceChangeSetId == setId), behind.PriceListId, behind.VariantId, behind.MinimumQuantity);
        return InOrder(lines).Take(take);
    }

    /// <summary>A page of each set's lines, by one statement: the union of one short range of each.</summary>
    public static async ValueTask<IReadOnlyList<Connection<ListedPriceChange>>> Pages(
        WholesaleDb db, IReadOnlyList<PriceChangeSet> sets, Page page, bool? isKept, CancellationToken cancellation)
    {
        var rows = await sets.Ranges(set => set.Id, set => Ranges(db, set.Id, page, isKept), cancellation);
        var bySet = rows.ToLookup(r => r.Line.PriceChangeSetId);
        return
        [
            .. sets.Select(set => page.Connect(
                [
                    .. bySet[set.Id]
                        .OrderBy(r => r.Line.PriceListId).ThenBy(r => r.Line.VariantId).ThenBy(r => r.Line.MinimumQuantity)
                        .Select(r => r.Listed()),
                ],
                line => Cursor.Of(ByKey, line.PriceList.Id, line.Variant.Id, line.MinimumQuantity.Thousandths))),
        ];
    }

    /// <summary>
    /// All rows of a list for some variants that are in its newest version, published or not, or were no longer from a version on.
    /// </summary>
    /// <param name="db">The database.</param>
    /// <param name="listId">The list.</param>
    /// <param name="lines">Whose variants.</param>
    /// <param name="since">The version; null: only the newest.</param>
    /// <param name="cancellation">Stops reading.</param>
    public static async ValueTask<IReadOnlyList<PriceListEntry>> Rows(
        WholesaleDb db, long listId, IEnumerable<PriceChangeLine> lines, long? since, CancellationToken cancellation)
    {
        var variantIds = lines.Select(l => l.VariantId).ToHashSet();
        return await db.PriceListEntries
            .Where(e => e.PriceListId == listId && variantIds.Contains(e.VariantId) && (e.ToVersion == null || e.ToVersion >= since))
            .ToListAsync(cancellation);
    }

    private static IQueryable<LineRow> Ranges(WholesaleDb db, long setId, Page page, bool? isKept)
    {
        var lines = db.PriceChangeLines.Where(l => l.PriceChangeSetId == setId);
        if (isKept is { } kept)
        {
            lines = lines.Where(l => l.IsKept == kept);
        }

        if (page.After is not null)
        {
            var cursor = Cursor.Parse(page.After, ByKey);
            lines = Behind(lines, cursor.Number(0), cursor.Number(1), new Quantity(cursor.Number(2)));
        }

        return
            from line in InOrder(lines).Take(page.Take)
            join list in db.PriceLists on line.PriceListId equals list.Id
            join variant in db.Variants on line.VariantId equals variant.Id
            select new LineRow { Line = line, List = list, Variant = variant };
    }

    private static IQueryable<PriceChangeLine> InOrder(IQueryable<PriceChangeLine> lines) =>
        lines.OrderBy(l => l.PriceListId).ThenBy(l => l.VariantId).ThenBy(l => l.MinimumQuantity);

    private static IQueryable<PriceChangeLine> Behind(IQueryable<PriceChangeLine> lines, long listId, long variantId, Quantity minimum) =>
        lines.Where(l => l.PriceListId >= listId && (l.PriceListId > listId || l.VariantId > variantId || (l.VariantId == variantId && l.MinimumQuantity > minimum)));

    /// <summary>A line of a page, as the database gives it.</summary>
    private sealed class LineRow
    {
        public required PriceChangeLine Line { get; init; }

        public required PriceList List { get; init; }

        public required Variant Variant { get; init; }

        public ListedPriceChange Listed() =>
            new(List, Variant, Line.MinimumQuantity, Line.UnitPrice is { } price ? new Money(price, List.Currency) : null, Line.IsKept);
    }
}
