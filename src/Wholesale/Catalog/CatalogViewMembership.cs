using Microsoft.EntityFrameworkCore;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;

namespace Wholesale.Catalog;

/// <summary>
/// Keeps what is in the views: a table, so that a page of products looks one row up instead of evaluating rules. Only differences are written, and told.
/// Reads and writes sets of up to <see cref="ChunkSize"/> products, each with the same few statements.
/// </summary>
internal static class CatalogViewMembership
{
    private const int ChunkSize = 5000;

    /// <summary>Fills a new view by its rules, over the whole catalog; nobody has it yet, so that nothing is told.</summary>
    public static ValueTask Fill(WholesaleDb db, CatalogView view, IReadOnlyList<CatalogViewRule> rules, CancellationToken cancellation) =>
        Rebuild(db, null, view, rules, cancellation);

    /// <summary>Brings one view up to date with its rules, over the whole catalog.</summary>
    public static async ValueTask Rebuild(
        WholesaleDb db, Writes? writes, CatalogView view, IReadOnlyList<CatalogViewRule> rules, CancellationToken cancellation)
    {
        var views = new Dictionary<long, CatalogViewRules> { [view.Id] = new(rules) };
        var last = 0L;
        List<long> chunk;
        do
        {
            chunk = await db.Products.Where(p => p.Id > last).OrderBy(p => p.Id).Select(p => p.Id).Take(ChunkSize).ToListAsync(cancellation);
            var changes = await Refresh(db, views, rules, chunk, cancellation);
            if (writes is not null)
            {
                Record(writes, changes, []);
            }

            last = chunk.Count > 0 ? chunk[^1] : last;
        }
        while (chunk.Count == ChunkSize);
    }

    /// <summary>Brings all views up to date with some products.</summary>
    /// <param name="db">The database.</param>
    /// <param name="writes">Is told what changes.</param>
    /// <param name="productIds">The products.</param>
    /// <param name="newIds">Products and variants that are new: they are not told, since nobody saw them before.</param>
    /// <param name="cancellation">Stops between statements.</param>
    public static async ValueTask Refresh(
        WholesaleDb db, Writes writes, IReadOnlyList<long> productIds, HashSet<long> newIds, CancellationToken cancellation)
    {
        if (productIds.Count == 0)
        {
            return;
        }

        var viewIds = await db.CatalogViews.Select(v => v.Id).ToListAsync(cancellation);
        if (viewIds.Count == 0)
        {
            return;
        }

        var rules = await db.CatalogViewRules.ToListAsync(cancellation);
        var rulesOf = rules.ToLookup(rule => rule.ViewId);
        var views = viewIds.ToDictionary(id => id, id => new CatalogViewRules(rulesOf[id]));
        foreach (var chunk in productIds.Chunk(ChunkSize))
        {
            Record(writes, await Refresh(db, views, rules, [.. chunk], cancellation), newIds);
        }
    }

    private static async ValueTask<(Replacement<CatalogViewProduct> Members, Replacement<CatalogViewHiddenVariant> Hidden)> Refresh(
        WholesaleDb db,
        Dictionary<long, CatalogViewRules> views,
        IReadOnlyList<CatalogViewRule> rules,
        List<long> productIds,
        CancellationToken cancellation)
    {
        var products = await Read(db, rules, productIds, cancellation);
        var viewIds = views.Keys.ToList();
        var members = new Replacement<CatalogViewProduct>();
        var hidden = new Replacement<CatalogViewHiddenVariant>();
        var (wantedMembers, wantedHidden) = Evaluate(views, products);
        members.Replace(
            await db.CatalogViewProducts.Where(m => viewIds.Contains(m.ViewId) && productIds.Contains(m.ProductId)).ToListAsync(cancellation),
            wantedMembers);
        hidden.Replace(
            await db.CatalogViewHiddenVariants
                .Where(h => viewIds.Contains(h.ViewId) && db.Variants.Any(v => v.Id == h.VariantId && productIds.Contains(v.ProductId)))
                .ToListAsync(cancellation),
            wantedHidden);
        await BulkRows.Delete(db, members.Removed, cancellation);
        await BulkRows.Insert(db, members.Added, cancellation);
        await BulkRows.Delete(db, hidden.Removed, cancellation);
        await BulkRows.Insert(db, hidden.Added, cancellation);
        return (members, hidden);
    }

    private static void Record(
        Writes writes, (Replacement<CatalogViewProduct> Members, Replacement<CatalogViewHiddenVariant> Hidden) changes, HashSet<long> newIds)
    {
        var (members, hidden) = changes;
        Record(members.Added.Where(m => !newIds.Contains(m.ProductId)), m => (m.ViewId, m.ProductId), ids => new(ids, [], [], []));
        Record(members.Removed, m => (m.ViewId, m.ProductId), ids => new([], ids, [], []));
        Record(hidden.Added.Where(h => !newIds.Contains(h.VariantId)), h => (h.ViewId, h.VariantId), ids => new([], [], ids, []));
        Record(hidden.Removed, h => (h.ViewId, h.VariantId), ids => new([], [], [], ids));

        void Record<T>(IEnumerable<T> rows, Func<T, (long ViewId, long Id)> parts, Func<IReadOnlyList<long>, CatalogViewContentChange> change)
        {
            foreach (var view in rows.Select(parts).GroupBy(row => row.ViewId, row => row.Id))
            {
                foreach (var some in view.Chunk(CatalogViewContentChange.MaximumSize))
                {
                    writes.Record(CatalogEvents.CatalogViewContentChanged, view.Key, version: 0, change(some));
                }
            }
        }
    }

    private static (List<CatalogViewProduct> Members, List<CatalogViewHiddenVariant> Hidden) Evaluate(
        Dictionary<long, CatalogViewRules> views, List<RuledProduct> products)
    {
        var members = new List<CatalogViewProduct>();
        var hidden = new List<CatalogViewHiddenVariant>();
        foreach (var (viewId, rules) in views)
        {
            foreach (var product in products)
            {
                var shown = rules.Variants(product).ToHashSet();
                if (shown.Count > 0)
                {
                    members.Add(new CatalogViewProduct { ViewId = viewId, ProductId = product.Id });
                    hidden.AddRange(product.Variants
                        .Where(variant => !shown.Contains(variant.Id))
                        .Select(variant => new CatalogViewHiddenVariant { ViewId = viewId, VariantId = variant.Id }));
                }
            }
        }

        return (members, hidden);
    }

    /// <summary>Reads products as rules see them; only facts of kinds that some rule names.</summary>
    private static async ValueTask<List<RuledProduct>> Read(
        WholesaleDb db, IReadOnlyList<CatalogViewRule> rules, List<long> productIds, CancellationToken cancellation)
    {
        var codes = rules.Select(rule => rule.AttributeCode).OfType<string>().ToHashSet();
        var products = await (
            from product in db.Products
            join category in db.Categories on product.CategoryId equals category.Id into found
            from category in found.DefaultIfEmpty()
            where productIds.Contains(product.Id)
            select new { product.Id, Path = category == null ? "" : category.Path }).ToListAsync(cancellation);
        var variants = await db.Variants.Where(v => productIds.Contains(v.ProductId)).Select(v => new { v.Id, v.ProductId }).ToListAsync(cancellation);
        var facts = codes.Count == 0
            ? []
            : await db.ProductAttributes
                .Where(a => productIds.Contains(a.ProductId) && codes.Contains(a.Code))
                .Select(a => new { a.OwnerId, a.Code, a.Value })
                .ToListAsync(cancellation);

        var factsOf = facts.ToLookup(fact => fact.OwnerId, fact => (fact.Code, fact.Value));
        var variantsOf = variants.ToLookup(variant => variant.ProductId, variant => new RuledVariant(variant.Id, [.. factsOf[variant.Id]]));
        var categoriesOf = products.Select(product => product.Path).Distinct().ToDictionary(path => path, TreePath.Ids, StringComparer.Ordinal);
        return products.ConvertAll(product =>
            new RuledProduct(product.Id, categoriesOf[product.Path], [.. factsOf[product.Id]], [.. variantsOf[product.Id]]));
    }
}
