using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Wholesale.GraphQL.Execution;
using PageByDate = System.Func<
    Wholesale.WholesaleDb, string, System.DateTime, long, int, bool, System.DateTime, long, bool, System.Collections.Generic.IEnumerable<long>,
    System.Linq.IQueryable<Wholesale.Catalog.LocalizedProduct>>;
using PageByName = System.Func<
    Wholesale.WholesaleDb, string, string, long, int, bool, System.DateTime, long, bool, System.Collections.Generic.IEnumerable<long>,
    System.Linq.IQueryable<Wholesale.Catalog.LocalizedProduct>>;
using ProductsByIds = System.Func<
    Wholesale.WholesaleDb, string, System.Collections.Generic.IEnumerable<long>,
    bool, System.DateTime, long, bool, System.Collections.Generic.IEnumerable<long>, System.Linq.IQueryable<Wholesale.Catalog.LocalizedProduct>>;
using VariantHeads = System.Func<
    Wholesale.WholesaleDb, string, System.Collections.Generic.IEnumerable<long>,
    bool, System.DateTime, long, bool, System.Collections.Generic.IEnumerable<long>, System.Linq.IQueryable<Wholesale.Catalog.Variant>>;
using VariantsByNumbers = System.Func<
    Wholesale.WholesaleDb, System.Collections.Generic.IEnumerable<long>,
    bool, System.DateTime, long, bool, System.Collections.Generic.IEnumerable<long>, System.Linq.IQueryable<Wholesale.Catalog.Variant>>;
using VariantsBySkus = System.Func<
    Wholesale.WholesaleDb, System.Collections.Generic.IEnumerable<string>,
    bool, System.DateTime, long, bool, System.Collections.Generic.IEnumerable<long>, System.Linq.IQueryable<Wholesale.Catalog.Variant>>;

#pragma warning disable CA1309 // string.Compare is what EF Core translates; the column's collation is ordinal

namespace Wholesale.Catalog;

/// <summary>The catalog's hottest reads, compiled once: EF then neither walks nor looks up the query's expression at each call.</summary>
internal static class CatalogQueries
{
    /// <summary>The end of every list that begins with the last published.</summary>
    public static readonly DateTime EndOfTime = DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc);

    // ">= and (> or …)" instead of "> or (= and …)": the database seeks to the first instead of reading up to it.
    private static readonly Expression<PageByName> QueryByName =
        Visibility.Inline<PageByName>((db, locale, afterKey, afterId, take, everything, now, companyId, restricted, views) => (
            from text in db.ProductTexts
            join product in db.Products on text.ProductId equals product.Id
            where text.Locale == locale
                && string.Compare(text.NameKey, afterKey) >= 0
                && (string.Compare(text.NameKey, afterKey) > 0 || text.ProductId > afterId)
                && Visibility.OfProduct.Holds(db, product, everything, now, companyId, restricted, views)
            orderby text.NameKey, text.ProductId
            select new LocalizedProduct { Product = product, Text = text }).Take(take));

    private static readonly Expression<PageByDate> QueryNewest =
        Visibility.Inline<PageByDate>((db, locale, before, beforeId, take, everything, now, companyId, restricted, views) =>
            from product in db.Products
                .Where(p => p.PublishedAt <= before && (p.PublishedAt < before || p.Id < beforeId)
                    && Visibility.OfProduct.Holds(db, p, everything, now, companyId, restricted, views))
                .OrderByDescending(p => p.PublishedAt).ThenByDescending(p => p.Id)
                .Take(take) // before the join: every product has a row of words in every known language
            join text in db.ProductTexts on product.Id equals text.ProductId
            where text.Locale == locale
            orderby product.PublishedAt descending, product.Id descending
            select new LocalizedProduct { Product = product, Text = text });

    private static readonly Expression<ProductsByIds> QueryByIds =
        Visibility.Inline<ProductsByIds>((db, locale, ids, everything, now, companyId, restricted, views) =>
            from product in db.Products
            join text in db.ProductTexts on product.Id equals text.ProductId
            where ids.Contains(product.Id) && text.Locale == locale
                && Visibility.OfProduct.Holds(db, product, everything, now, companyId, restricted, views)
            select new LocalizedProduct { Product = product, Text = text });

    private static readonly Func<WholesaleDb, string, string, long, int, bool, DateTime, long, bool, IEnumerable<long>, IAsyncEnumerable<LocalizedProduct>>
        CompiledByName = EF.CompileAsyncQuery(QueryByName),
        CompiledHeadsByName = EF.CompileAsyncQuery(Heads(QueryByName, ProductHead.ByName));

    private static readonly Func<WholesaleDb, string, DateTime, long, int, bool, DateTime, long, bool, IEnumerable<long>, IAsyncEnumerable<LocalizedProduct>>
        CompiledNewest = EF.CompileAsyncQuery(QueryNewest),
        CompiledNewestHeads = EF.CompileAsyncQuery(Heads(QueryNewest, ProductHead.ByTime));

    private static readonly Func<WholesaleDb, string, IEnumerable<long>, bool, DateTime, long, bool, IEnumerable<long>, IAsyncEnumerable<LocalizedProduct>>
        CompiledByIds = EF.CompileAsyncQuery(QueryByIds),
        CompiledHeadsByIds = EF.CompileAsyncQuery(Heads(QueryByIds, ProductHead.ById));

    private static readonly Func<WholesaleDb, IEnumerable<long>, bool, DateTime, long, bool, IEnumerable<long>, IAsyncEnumerable<Variant>>
        CompiledVariants = EF.CompileAsyncQuery(Visibility.Inline<VariantsByNumbers>((db, productIds, everything, now, companyId, restricted, views) =>
            from variant in db.Variants
            where productIds.Contains(variant.ProductId) && Visibility.OfVariant.Holds(db, variant, everything, now, companyId, restricted, views)
            orderby variant.ProductId, variant.Position, variant.Sku
            select variant));

    private static readonly Func<WholesaleDb, IEnumerable<long>, bool, DateTime, long, bool, IEnumerable<long>, IAsyncEnumerable<Variant>>
        CompiledVariantsByIds = EF.CompileAsyncQuery(Visibility.Inline<VariantsByNumbers>((db, ids, everything, now, companyId, restricted, views) =>
            from variant in db.Variants
            join product in db.Products on variant.ProductId equals product.Id
            where ids.Contains(variant.Id)
                && Visibility.OfVariant.Holds(db, variant, everything, now, companyId, restricted, views)
                && Visibility.OfProduct.Holds(db, product, everything, now, companyId, restricted, views)
            select variant));

    private static readonly Func<WholesaleDb, string, IEnumerable<long>, bool, DateTime, long, bool, IEnumerable<long>, IAsyncEnumerable<Variant>>
        CompiledVariantHeadsByIds = EF.CompileAsyncQuery(Visibility.Inline<VariantHeads>((db, locale, ids, everything, now, companyId, restricted, views) =>
            from variant in db.Variants
            join product in db.Products on variant.ProductId equals product.Id
            join text in db.ProductTexts on product.Id equals text.ProductId
            where ids.Contains(variant.Id) && text.Locale == locale
                && Visibility.OfVariant.Holds(db, variant, everything, now, companyId, restricted, views)
                && Visibility.OfProduct.Holds(db, product, everything, now, companyId, restricted, views)
            select new Variant
            {
                Id = variant.Id,
                ProductId = product.Id,
                ProductHead = new ProductHead(product.Id, product.Sku, text.Name, product.Brand),
                Sku = variant.Sku,
                QuantityIncrement = variant.QuantityIncrement,
                UnitOfMeasure = null!,
            }));

    private static readonly Func<WholesaleDb, IEnumerable<string>, bool, DateTime, long, bool, IEnumerable<long>, IAsyncEnumerable<Variant>>
        CompiledVariantsBySkus = EF.CompileAsyncQuery(Visibility.Inline<VariantsBySkus>((db, skus, everything, now, companyId, restricted, views) =>
            from variant in db.Variants
            join product in db.Products on variant.ProductId equals product.Id
            where skus.Contains(variant.Sku)
                && Visibility.OfVariant.Holds(db, variant, everything, now, companyId, restricted, views)
                && Visibility.OfProduct.Holds(db, product, everything, now, companyId, restricted, views)
            select variant));

    /// <summary>A page of all products by name, behind a place; of heads, see <see cref="ProductHead"/>, or of whole products.</summary>
    public static ValueTask<List<LocalizedProduct>> ByName(
        WholesaleDb db, Sight sight, string afterKey, long afterId, int take, bool ofHeads, CancellationToken cancellation) =>
        (ofHeads ? CompiledHeadsByName : CompiledByName)(db, sight.Locale, afterKey, afterId, take, sight.Everything, sight.Now, sight.CompanyId, sight.IsRestricted, sight.Views)
            .ToListAsync(cancellation);

    /// <summary>A page of all products, last published first, behind a place; of heads or of whole products.</summary>
    public static ValueTask<List<LocalizedProduct>> Newest(
        WholesaleDb db, Sight sight, DateTime before, long beforeId, int take, bool ofHeads, CancellationToken cancellation) =>
        (ofHeads ? CompiledNewestHeads : CompiledNewest)(db, sight.Locale, before, beforeId, take, sight.Everything, sight.Now, sight.CompanyId, sight.IsRestricted, sight.Views)
            .ToListAsync(cancellation);

    /// <summary>Products by their ids, as far as they are seen, in no order.</summary>
    public static ValueTask<List<LocalizedProduct>> ByIds(WholesaleDb db, Sight sight, IReadOnlyList<long> ids, CancellationToken cancellation) =>
        CompiledByIds(db, sight.Locale, ids, sight.Everything, sight.Now, sight.CompanyId, sight.IsRestricted, sight.Views).ToListAsync(cancellation);

    /// <summary>The same, of each no more than is selected of it.</summary>
    public static ValueTask<List<LocalizedProduct>> ByIds(WholesaleDb db, Sight sight, IReadOnlyList<long> ids, SelectedFields selected, CancellationToken cancellation) =>
        selected.AreWithin(ProductHead.Fields)
            ? CompiledHeadsByIds(db, sight.Locale, ids, sight.Everything, sight.Now, sight.CompanyId, sight.IsRestricted, sight.Views).ToListAsync(cancellation)
            : ByIds(db, sight, ids, cancellation);

    /// <summary>All variants that are seen, of products that are known to be, in the seller's order.</summary>
    public static ValueTask<List<Variant>> Variants(WholesaleDb db, Sight sight, IReadOnlyList<long> productIds, CancellationToken cancellation) =>
        CompiledVariants(db, productIds, sight.Everything, sight.Now, sight.CompanyId, sight.IsRestricted, sight.Views).ToListAsync(cancellation);

    /// <summary>Variants by their ids, as far as they and their products are seen, in no order.</summary>
    public static ValueTask<List<Variant>> VariantsByIds(WholesaleDb db, Sight sight, IReadOnlyCollection<long> ids, CancellationToken cancellation) => ids.Count == 0
        ? new([])
        : CompiledVariantsByIds(db, ids, sight.Everything, sight.Now, sight.CompanyId, sight.IsRestricted, sight.Views).ToListAsync(cancellation);

    /// <summary>The same, of each no more than is selected of it: with <see cref="Variant.ProductHead"/>, where <see cref="Variant.HeadFields"/> are enough.</summary>
    public static ValueTask<List<Variant>> VariantsByIds(
        WholesaleDb db, Sight sight, IReadOnlyCollection<long> ids, SelectedFields selected, CancellationToken cancellation) => ids.Count > 0 && selected.AreWithin(Variant.HeadFields)
        ? CompiledVariantHeadsByIds(db, sight.Locale, ids, sight.Everything, sight.Now, sight.CompanyId, sight.IsRestricted, sight.Views).ToListAsync(cancellation)
        : VariantsByIds(db, sight, ids, cancellation);

    /// <summary>Variants by their SKUs, as far as they and their products are seen, in no order.</summary>
    public static ValueTask<List<Variant>> VariantsBySkus(WholesaleDb db, Sight sight, IReadOnlyCollection<string> skus, CancellationToken cancellation) => skus.Count == 0
        ? new([])
        : CompiledVariantsBySkus(db, skus, sight.Everything, sight.Now, sight.CompanyId, sight.IsRestricted, sight.Views).ToListAsync(cancellation);

    /// <summary>A query of products that reads their heads.</summary>
    private static Expression<T> Heads<T>(Expression<T> query, Expression<Func<LocalizedProduct, LocalizedProduct>> head) => Expression.Lambda<T>(
        Expression.Call(typeof(Queryable), nameof(Queryable.Select), [typeof(LocalizedProduct), typeof(LocalizedProduct)], query.Body, Expression.Quote(head)), query.Parameters);

    /// <summary>Some categories with their names.</summary>
    /// <param name="categories">Which; in the order wanted.</param>
    public static async ValueTask<List<LocalizedCategory>> Categories(
        WholesaleDb db, Sight sight, IQueryable<Category> categories, CancellationToken cancellation)
    {
        var rows = await (
            from category in categories
            join text in db.CategoryTexts on category.Id equals text.CategoryId
            orderby category.Position, category.ExternalId
            select new { category, text }).ToListAsync(cancellation);
        return [.. rows.GroupBy(row => row.category.Id).Select(group =>
        {
            var names = group.ToDictionary(row => row.text.Locale, row => row.text.Name, StringComparer.Ordinal);
            return new LocalizedCategory(group.First().category, names[Fallback.Source(sight.Locale, names.Keys)]);
        })];
    }
}
