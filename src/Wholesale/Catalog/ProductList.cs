using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;

namespace Wholesale.Catalog;

/// <summary>Which products; all conditions given must hold.</summary>
public sealed record ProductFilter(
    NodeId? CategoryId = null,
    IReadOnlyList<string>? Skus = null,
    string? Brand = null,
    ProductKind? Kind = null,
    DateTime? PublishedAfter = null,
    IReadOnlyList<AttributeFilter>? Attributes = null,
    IReadOnlyList<ProductStatus>? Status = null)
{
    /// <summary>Whether it lets everything through.</summary>
    internal bool IsEmpty => this == new ProductFilter();
}

/// <summary>A fact to look for.</summary>
public sealed record AttributeFilter(string Code, IReadOnlyList<string> Values);

/// <summary>Orders of products.</summary>
public enum ProductSort
{
    /// <summary>By name in the caller's language.</summary>
    Name,

    /// <summary>Last published first.</summary>
    Newest,
}

/// <summary>The list of products: one statement a page, words included, whatever the filter; one more for the count, where it is asked for.</summary>
internal static class ProductList
{
    private const int MaximumSkus = 250;
    private const int MaximumAttributes = 10;
    private const int MaximumValues = 50;

    public static async ValueTask<Connection<LocalizedProduct>> Read(
        WholesaleDb db, Sight sight, Page page, ProductFilter filter, ProductSort sort, SelectedFields selected, CancellationToken cancellation)
    {
        Check(filter);
        var ofHeads = selected.AreWithin(ProductHead.Fields, "edges", "node");
        // Names differ by language, so a cursor is one of its language's list.
        var order = sort == ProductSort.Newest ? "products/NEWEST" : $"products/NAME/{sight.Locale}";
        var after = page.After is null ? null : Cursor.Parse(page.After, order);
        var rows = await (sort == ProductSort.Newest
            ? Newest(db, sight, filter, after?.Instant(0) ?? CatalogQueries.EndOfTime, after?.Number(1) ?? long.MaxValue, page.Take, ofHeads, cancellation)
            : ByName(db, sight, filter, after?.Text(0) ?? "", after?.Number(1) ?? 0, page.Take, ofHeads, cancellation));
        return page.Connect(
            rows,
            row => sort == ProductSort.Newest
                ? Cursor.Of(order, row.PublishedAt, row.Id)
                : Cursor.Of(order, row.NameKey, row.Id),
            async () => await Filtered(db, sight, filter).CountAsync(cancellation));
    }

    private static async ValueTask<List<LocalizedProduct>> ByName(
        WholesaleDb db, Sight sight, ProductFilter filter, string key, long id, int take, bool ofHeads, CancellationToken cancellation)
    {
        if (filter.IsEmpty)
        {
            return await CatalogQueries.ByName(db, sight, key, id, take, ofHeads, cancellation);
        }

        var products = Localized(db, sight, Filtered(db, sight, filter));
        if (filter.Skus is not null)
        {
            // So few that they are sorted here: the database would walk through all names in their order instead of looking the SKUs up.
            return [.. (await Read(products, ofHeads, ProductHead.ByName).ToListAsync(cancellation))
                .Where(row => Utf8Order.Compare(row.NameKey, key) is var compared && (compared > 0 || (compared == 0 && row.Id > id)))
                .OrderBy(row => row.NameKey, Utf8Order.Instance).ThenBy(row => row.Id)
                .Take(take)];
        }

#pragma warning disable CA1309 // what EF Core translates; the column's collation is ordinal
        var rows = products
            .Where(row => string.Compare(row.Text.NameKey, key) >= 0 && (string.Compare(row.Text.NameKey, key) > 0 || row.Text.ProductId > id))
            .OrderBy(row => row.Text.NameKey).ThenBy(row => row.Text.ProductId)
            .Take(take);
        return await Read(rows, ofHeads, ProductHead.ByName).ToListAsync(cancellation);
#pragma warning restore CA1309
    }

    private static async ValueTask<List<LocalizedProduct>> Newest(
        WholesaleDb db, Sight sight, ProductFilter filter, DateTime before, long id, int take, bool ofHeads, CancellationToken cancellation)
    {
        if (filter.IsEmpty)
        {
            return await CatalogQueries.Newest(db, sight, before, id, take, ofHeads, cancellation);
        }

        // Cut before the words are joined: every product has a row of words in every known language.
        var page = Filtered(db, sight, filter)
            .Where(p => p.PublishedAt <= before && (p.PublishedAt < before || p.Id < id))
            .OrderByDescending(p => p.PublishedAt).ThenByDescending(p => p.Id)
            .Take(take);
        var rows = Localized(db, sight, page).OrderByDescending(row => row.Product.PublishedAt).ThenByDescending(row => row.Product.Id);
        return await Read(rows, ofHeads, ProductHead.ByTime).ToListAsync(cancellation);
    }

    private static IQueryable<LocalizedProduct> Read(IQueryable<LocalizedProduct> products, bool ofHeads, Expression<Func<LocalizedProduct, LocalizedProduct>> head) =>
        ofHeads ? products.Select(head) : products;

    private static IQueryable<LocalizedProduct> Localized(WholesaleDb db, Sight sight, IQueryable<Product> products) =>
        from product in products
        join text in db.ProductTexts on product.Id equals text.ProductId
        where text.Locale == sight.Locale
        select new LocalizedProduct { Product = product, Text = text };

    private static IQueryable<Product> Filtered(WholesaleDb db, Sight sight, ProductFilter filter)
    {
        var products = db.SeenProducts(sight);
        if (filter.CategoryId is { } category)
        {
            products = In(db, category.KeyOf(nameof(Category)), products);
        }

        if (filter.Skus is { } skus)
        {
            var found = WithSkus(db, sight, skus);
            products = products.Where(p => found.Contains(p.Id));
        }

        if (filter.Brand is { } brand)
        {
            products = products.Where(p => p.Brand == brand);
        }

        if (filter.Kind is { } kind)
        {
            products = products.Where(p => p.Kind == kind);
        }

        if (filter.PublishedAfter is { } instant)
        {
            products = products.Where(p => p.PublishedAt > instant);
        }

        if (filter.Status is { } states)
        {
            products = products.Where(p => states.Contains(p.Status));
        }

        // A fact of a variant counts only for those who see the variant.
        var variants = db.SeenVariants(sight);
        foreach (var (code, values) in filter.Attributes ?? [])
        {
            products = products.Where(p => db.ProductAttributes.Any(a => a.ProductId == p.Id && a.Code == code && values.Contains(a.Value)
                && (a.OwnerId == p.Id || variants.Any(v => v.Id == a.OwnerId))));
        }

        return products;
    }

    /// <summary>The ids of the products that have a SKU, or a variant that has one and is seen.</summary>
    public static IQueryable<long> WithSkus(WholesaleDb db, Sight sight, IReadOnlyList<string> skus) =>
        db.Products.Where(p => skus.Contains(p.Sku)).Select(p => p.Id)
            .Union(db.SeenVariants(sight).Where(v => skus.Contains(v.Sku)).Select(v => v.ProductId));

    private static IQueryable<Product> In(WholesaleDb db, long categoryId, IQueryable<Product> products)
    {
#pragma warning disable CA1309 // what EF Core translates; the column's collation is ordinal
        var subtree =
            from root in db.Categories
            from category in db.Categories
            where root.Id == categoryId
                && string.Compare(category.Path, root.Path) >= 0 && string.Compare(category.Path, root.Path + TreePath.End) < 0
            select (long?)category.Id;
#pragma warning restore CA1309
        return products.Where(p => subtree.Contains(p.CategoryId));
    }

    private static void Check(ProductFilter filter)
    {
        Check(filter.Skus?.Count ?? 1, 0, MaximumSkus, "skus");
        Check(filter.Attributes?.Count ?? 1, 0, MaximumAttributes, "attributes");
        foreach (var attribute in filter.Attributes ?? [])
        {
            Check(attribute.Values.Count, 1, MaximumValues, "values");
        }
    }

    private static void Check(int count, int minimum, int maximum, string field)
    {
        if (count < minimum || count > maximum)
        {
            throw new GraphQLException($"`{field}` must have {minimum}–{maximum} items, not {count}.", ErrorCodes.InvalidValue);
        }
    }
}
