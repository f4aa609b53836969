using Microsoft.EntityFrameworkCore;
using Wholesale.Companies;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using Wholesale.Platform.Events;

namespace Wholesale.Catalog;

/// <summary>The fields of products, variants and categories in schema/catalog.graphql. All reads go through the caller's <see cref="Sight"/>.</summary>
public static class CatalogFields
{
    /// <summary>The room's services.</summary>
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<Sights>();
        services.AddScoped<RequestSight>();
        services.AddScoped<ProductWrites>();
        services.AddScoped<CategoryWrites>();
        services.AddScoped<CatalogViewWrites>();
    }

    /// <summary>Names the resolvers.</summary>
    public static void Map(ResolverMap map)
    {
        map.Parameter<Sight>(context => context.Services.GetRequiredService<RequestSight>().Get(context));
        map.Field("ViewerContext.locale", ViewerLocale);

        map.Node<LocalizedProduct>("Product", product => product.Id, ProductNodes);
        map.Node<Variant>("Variant", variant => variant.Id, VariantNodes);
        map.Node<LocalizedCategory>("Category", category => category.Id, CategoryNodes);
        map.Type<Fact>("Attribute");
        map.EventsOf("Product", CatalogEvents.ProductChanged, CatalogEvents.ProductListingChanged);
        map.EventsOf("Category", CatalogEvents.CategoryChanged);
        map.EventsOf("CatalogView", CatalogEvents.CatalogViewChanged, CatalogEvents.CatalogViewContentChanged);

        map.Field("Query.products", Products);
        map.Field("Query.product", Product);
        map.Field("Query.variant", Variant);
        map.Field("Query.categories", TopCategories);
        map.Field("Query.category", Category);
        map.TotalCount<LocalizedProduct>("ProductConnection");

        map.Field("Product.category", ProductCategory);
        map.Field("Product.variants", ProductVariants);
        map.Field("Product.attributes", (Batch<LocalizedProduct> products, WholesaleDb db, CancellationToken cancellation) =>
            Attributes(products, product => product.Id, db, cancellation));
        map.Field("Product.media", ProductMedia);
        map.Field("Product.documents", ProductDocuments);
        map.Field("Product.exclusiveTo", ProductExclusiveTo);
        map.Field("Variant.product", VariantProduct);
        map.Field("Variant.attributes", (Batch<Variant> variants, WholesaleDb db, CancellationToken cancellation) =>
            Attributes(variants, variant => variant.Id, db, cancellation));
        map.Field("Variant.packaging", VariantPackaging);
        map.Field("Category.parent", CategoryParent);
        map.Field("Category.children", CategoryChildren);

        map.Field("Mutation.upsertProducts", UpsertProducts);
        map.Field("Mutation.upsertCategories", UpsertCategories);
    }

    internal static async ValueTask<IReadOnlyList<string>> ViewerLocale(
        Batch<Caller> callers, Sights sights, WholesaleDb db, CancellationToken cancellation)
    {
        var locales = new string[callers.Count];
        for (var i = 0; i < locales.Length; i++)
        {
            locales[i] = await sights.Locale(db, callers[i], cancellation);
        }

        return locales;
    }

    internal static ValueTask<Connection<LocalizedProduct>> Products(
        int? first, string? after, ProductFilter? filter, ProductSort sort, SelectedFields selected, WholesaleDb db, Sight sight, CancellationToken cancellation) =>
        ProductList.Read(db, sight, Page.Of(first, after), filter ?? new ProductFilter(), sort, selected, cancellation);

    internal static async ValueTask<LocalizedProduct?> Product(NodeId? id, string? sku, WholesaleDb db, Sight sight, CancellationToken cancellation)
    {
        OneOf(id, sku, "sku");
        if (id is { } node)
        {
            return (await CatalogQueries.ByIds(db, sight, [node.KeyOf("Product")], cancellation)).SingleOrDefault();
        }

        var ids = ProductList.WithSkus(db, sight, [sku!]);
        return await (
            from product in db.SeenProducts(sight)
            join text in db.ProductTexts on product.Id equals text.ProductId
            where ids.Contains(product.Id) && text.Locale == sight.Locale
            select new LocalizedProduct { Product = product, Text = text }).SingleOrDefaultAsync(cancellation);
    }

    internal static async ValueTask<Variant?> Variant(NodeId? id, string? sku, WholesaleDb db, Sight sight, CancellationToken cancellation)
    {
        OneOf(id, sku, "sku");
        var key = id?.KeyOf("Variant");
        var seen = db.SeenVariants(sight);
        return await (key is null ? seen.Where(v => v.Sku == sku) : seen.Where(v => v.Id == key)).SingleOrDefaultAsync(cancellation);
    }

    internal static async ValueTask<IReadOnlyList<LocalizedCategory>> TopCategories(WholesaleDb db, Sight sight, CancellationToken cancellation) =>
        await CatalogQueries.Categories(db, sight, db.Categories.Where(c => c.ParentId == null), cancellation);

    internal static async ValueTask<LocalizedCategory?> Category(
        NodeId? id, string? externalId, WholesaleDb db, Sight sight, CancellationToken cancellation)
    {
        OneOf(id, externalId, "externalId");
        var key = id?.KeyOf("Category");
        var found = key is null ? db.Categories.Where(c => c.ExternalId == externalId) : db.Categories.Where(c => c.Id == key);
        return (await CatalogQueries.Categories(db, sight, found, cancellation)).SingleOrDefault();
    }

    internal static async ValueTask<IReadOnlyList<LocalizedCategory?>> ProductCategory(
        Batch<LocalizedProduct> products, WholesaleDb db, Sight sight, CancellationToken cancellation) =>
        products.Pick(p => p.Product.CategoryId, await CategoriesById(db, sight, products.Keys(p => p.Product.CategoryId), cancellation));

    /// <summary>
    /// All variants that are seen, of all products, in one statement, cut to the number asked for here: the database could only number the rows of
    /// every product first, and products have few variants.
    /// </summary>
    internal static async ValueTask<IReadOnlyList<Connection<Variant>>> ProductVariants(
        Batch<LocalizedProduct> products, int? first, WholesaleDb db, Sight sight, CancellationToken cancellation)
    {
        var page = Page.Of(first);
        var variants = await CatalogQueries.Variants(db, sight, products.Keys(p => p.Id), cancellation);
        var byProduct = variants.ToLookup(variant => variant.ProductId);
        return products.Map(product => page.Connect(
            [.. byProduct[product.Id].Take(page.Take)], variant => Cursor.Of("variants", variant.Position, variant.Sku)));
    }

    internal static async ValueTask<IReadOnlyList<IReadOnlyList<ProductMedia>>> ProductMedia(
        Batch<LocalizedProduct> products, WholesaleDb db, CancellationToken cancellation)
    {
        var ids = products.Keys(p => p.Id);
        var media = await db.ProductMedia.Where(m => ids.Contains(m.ProductId)).OrderBy(m => m.ProductId).ThenBy(m => m.Position).ToListAsync(cancellation);
        return products.Pick(p => p.Id, media.ToLookup(m => m.ProductId));
    }

    internal static async ValueTask<IReadOnlyList<IReadOnlyList<ProductDocument>>> ProductDocuments(
        Batch<LocalizedProduct> products, WholesaleDb db, CancellationToken cancellation)
    {
        var ids = products.Keys(p => p.Id);
        var documents = await db.ProductDocuments
            .Where(d => ids.Contains(d.ProductId))
            .OrderBy(d => d.ProductId).ThenBy(d => d.Position)
            .ToListAsync(cancellation);
        return products.Pick(p => p.Id, documents.ToLookup(d => d.ProductId));
    }

    internal static async ValueTask<IReadOnlyList<IReadOnlyList<Company>?>> ProductExclusiveTo(
        Batch<LocalizedProduct> products, WholesaleDb db, CancellationToken cancellation)
    {
        var ids = products.Keys(p => p.Id);
        var rows = await (
            from row in db.ProductCompanies
            join company in db.Companies on row.CompanyId equals company.Id
            where ids.Contains(row.ProductId)
            orderby company.ExternalId
            select new { row.ProductId, company }).ToListAsync(cancellation);
        var companies = rows.ToLookup(row => row.ProductId, row => row.company);
        return products.Map<IReadOnlyList<Company>?>(product => product.Product.IsExclusive ? [.. companies[product.Id]] : null);
    }

    internal static async ValueTask<IReadOnlyList<LocalizedProduct>> VariantProduct(
        Batch<Variant> variants, SelectedFields selected, WholesaleDb db, Sight sight, CancellationToken cancellation)
    {
        if (selected.AreWithin(ProductHead.Fields) && variants.All(variant => variant.ProductHead is not null))
        {
            return variants.Map(variant => new LocalizedProduct { Head = variant.ProductHead });
        }

        var products = await CatalogQueries.ByIds(db, sight, variants.Keys(v => v.ProductId), selected, cancellation);
        return variants.Pick(v => v.ProductId, products.ToDictionary(product => product.Id));
    }

    internal static async ValueTask<IReadOnlyList<IReadOnlyList<PackagingLevel>>> VariantPackaging(
        Batch<Variant> variants, WholesaleDb db, CancellationToken cancellation)
    {
        var ids = variants.Keys(v => v.Id);
        var levels = await db.PackagingLevels
            .Where(l => ids.Contains(l.VariantId))
            .OrderBy(l => l.VariantId).ThenBy(l => l.Contains).ThenBy(l => l.Code)
            .ToListAsync(cancellation);
        return variants.Pick(v => v.Id, levels.ToLookup(l => l.VariantId));
    }

    internal static async ValueTask<IReadOnlyList<IReadOnlyList<Fact>>> Attributes<T>(
        Batch<T> owners, Func<T, long> key, WholesaleDb db, CancellationToken cancellation)
    {
        var ids = owners.Keys(key);
        var rows = await db.ProductAttributes.Where(a => ids.Contains(a.OwnerId)).OrderBy(a => a.OwnerId).ThenBy(a => a.Position).ToListAsync(cancellation);
        return owners.Pick(key, rows.ToLookup(a => a.OwnerId, a => new Fact(a.Code, a.Value, a.Unit)));
    }

    internal static async ValueTask<IReadOnlyList<LocalizedCategory?>> CategoryParent(
        Batch<LocalizedCategory> categories, WholesaleDb db, Sight sight, CancellationToken cancellation) =>
        categories.Pick(c => c.Category.ParentId, await CategoriesById(db, sight, categories.Keys(c => c.Category.ParentId), cancellation));

    internal static async ValueTask<IReadOnlyList<IReadOnlyList<LocalizedCategory>>> CategoryChildren(
        Batch<LocalizedCategory> categories, WholesaleDb db, Sight sight, CancellationToken cancellation)
    {
        var ids = categories.Keys(c => c.Id);
        var children = await CatalogQueries.Categories(
            db, sight, db.Categories.Where(c => c.ParentId != null && ids.Contains(c.ParentId.Value)), cancellation);
        return categories.Pick(c => c.Id, children.ToLookup(child => child.Category.ParentId!.Value));
    }

    internal static async ValueTask<UpsertProductsPayload> UpsertProducts(
        UpsertProductsInput input, ProductWrites writes, WholesaleDb db, Sight sight, CancellationToken cancellation)
    {
        if (RowErrors.TooMany(input.Products.Count, "products") is { } refusal)
        {
            return new([], BulkCounts.Refused(input.Products.Count), [refusal]);
        }

        var result = await writes.Upsert(input.Products, input.Mode, cancellation);
        var ids = result.Things.Select(product => product.Id).ToList();
        var products = (await CatalogQueries.ByIds(db, sight, ids, cancellation)).ToDictionary(product => product.Id);
        return new([.. ids.Select(id => products[id])], result.Counts, result.Errors("products"));
    }

    internal static async ValueTask<UpsertCategoriesPayload> UpsertCategories(
        UpsertCategoriesInput input, CategoryWrites writes, WholesaleDb db, Sight sight, CancellationToken cancellation)
    {
        if (RowErrors.TooMany(input.Categories.Count, "categories") is { } refusal)
        {
            return new([], BulkCounts.Refused(input.Categories.Count), [refusal]);
        }

        var result = await writes.Upsert(input.Categories, input.Mode, cancellation);
        var ids = result.Things.Select(category => category.Id).ToList();
        var categories = await CategoriesById(db, sight, ids, cancellation);
        return new([.. ids.Select(id => categories[id])], result.Counts, result.Errors("categories"));
    }

    internal static async ValueTask<Dictionary<long, LocalizedCategory>> CategoriesById(
        WholesaleDb db, Sight sight, List<long> ids, CancellationToken cancellation) =>
        (await CatalogQueries.Categories(db, sight, db.Categories.Where(c => ids.Contains(c.Id)), cancellation)).ToDictionary(category => category.Id);

    internal static async ValueTask<IReadOnlyList<LocalizedProduct?>> ProductNodes(IReadOnlyList<long> keys, RequestContext context)
    {
        var (db, sight) = await Seeing(context);
        return (await CatalogQueries.ByIds(db, sight, keys, context.Cancellation)).InOrderOf(keys, product => product.Id);
    }

    internal static async ValueTask<IReadOnlyList<Variant?>> VariantNodes(IReadOnlyList<long> keys, RequestContext context)
    {
        var (db, sight) = await Seeing(context);
        var variants = await CatalogQueries.VariantsByIds(db, sight, keys, context.Cancellation);
        return variants.InOrderOf(keys, variant => variant.Id);
    }

    internal static async ValueTask<IReadOnlyList<LocalizedCategory?>> CategoryNodes(IReadOnlyList<long> keys, RequestContext context)
    {
        var (db, sight) = await Seeing(context);
        var categories = await CatalogQueries.Categories(db, sight, db.Categories.Where(c => keys.Contains(c.Id)), context.Cancellation);
        return categories.InOrderOf(keys, category => category.Id);
    }

    private static async ValueTask<(WholesaleDb Db, Sight Sight)> Seeing(RequestContext context) =>
        (context.Services.GetRequiredService<WholesaleDb>(), await context.Services.GetRequiredService<RequestSight>().Get(context));

    private static void OneOf(NodeId? id, string? key, string name)
    {
        if (id is null == key is null)
        {
            throw new GraphQLException($"Exactly one of id and {name} is to be given.", ErrorCodes.InvalidValue);
        }
    }
}
