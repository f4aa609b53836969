using Microsoft.EntityFrameworkCore;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;

namespace Wholesale.Catalog;

/// <summary>Creates and changes products with their variants, many at once: for mutations and imports alike. Runs inside the caller's unit of work.</summary>
public sealed class ProductWrites(WholesaleDb db, Writes writes, Ids ids, Clock clock)
{
    /// <summary>Creates products, or changes those that are there.</summary>
    public async ValueTask<BulkResult<Product>> Upsert(IReadOnlyList<ProductInput> inputs, BulkMode mode, CancellationToken cancellation)
    {
        var rows = BulkRow<ProductInput, Product>.Of(inputs);
        BulkRow<ProductInput, Product>.RefuseDuplicates(rows, input => input.Sku, "sku");
        var known = await Known(inputs, cancellation);
        var upsert = new ProductUpsert(known, ids, clock.UtcNow);
        foreach (var row in rows.Where(row => row.IsGood))
        {
            upsert.Decide(row);
        }

        if (BulkRow<ProductInput, Product>.MayProceed(rows, mode))
        {
            await Save(upsert, known, cancellation);
        }

        return BulkRow<ProductInput, Product>.Result(rows, mode);
    }

    private async ValueTask Save(ProductUpsert upsert, KnownProducts known, CancellationToken cancellation)
    {
        await BulkRows.Insert(db, upsert.Products.Added, cancellation);
        await BulkRows.Update(db, upsert.Products.Changed, cancellation: cancellation);
        await BulkRows.Insert(db, upsert.Variants.Added, cancellation);
        await BulkRows.Update(db, upsert.Variants.Changed, cancellation: cancellation);
        await Replace(upsert.Attributes, cancellation);
        await Replace(upsert.Media, cancellation);
        await Replace(upsert.Documents, cancellation);
        await Replace(upsert.ExclusiveTo, cancellation);
        await Replace(upsert.Packaging, cancellation);
        await SaveTexts(upsert.Texts, known.Texts, cancellation);
        await CatalogViewMembership.Refresh(
            db,
            writes,
            upsert.Touched.ConvertAll(product => product.Id),
            [.. upsert.Products.Added.Select(product => product.Id), .. upsert.Variants.Added.Select(variant => variant.Id)],
            cancellation);
        foreach (var product in upsert.Touched)
        {
            writes.Record(CatalogEvents.ProductChanged, product.Id, product.Version);
        }

        foreach (var (product, former) in upsert.Relisted)
        {
            writes.Record(CatalogEvents.ProductListingChanged, product.Id, product.Version, former);
        }
    }

    private async ValueTask Replace<T>(Replacement<T> rows, CancellationToken cancellation) where T : class
    {
        await BulkRows.Delete(db, rows.Removed, cancellation);
        await BulkRows.Insert(db, rows.Added, cancellation);
    }

    private async ValueTask SaveTexts(
        Dictionary<long, Dictionary<string, ProductTextInput>> given, ILookup<long, ProductText> old, CancellationToken cancellation)
    {
        if (given.Count == 0)
        {
            return;
        }

        var known = await db.CatalogLocales.Select(l => l.Locale).ToHashSetAsync(cancellation);
        var added = given.Values.SelectMany(texts => texts.Keys).Append(Fallback.DefaultLocale).Distinct().Where(l => !known.Contains(l)).ToList();
        await BulkRows.Insert(db, added.ConvertAll(locale => new CatalogLocale { Locale = locale }), cancellation);
        known.UnionWith(added);
        var texts = new Replacement<ProductText>();
        foreach (var (productId, words) in given)
        {
            texts.Replace(old[productId], known.Select(locale => TextOf(productId, locale, words)));
        }

        await Replace(texts, cancellation);
        // Shortest first: a language new to the catalog takes its words from the nearest parent, which may be new itself.
        foreach (var locale in added.OrderBy(locale => locale.Length))
        {
            await FillIn(locale, Fallback.Chain(locale).Skip(1).FirstOrDefault(known.Contains) ?? Fallback.DefaultLocale, cancellation);
            writes.Record(CatalogEvents.LocaleAdded, 0, 0, new { locale });
        }
    }

    /// <summary>Gives all products that have no words in a language those of another, in one statement.</summary>
    private Task<int> FillIn(string locale, string source, CancellationToken cancellation) => db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO "ProductTexts" ("ProductId", "Locale", "Name", "NameKey", "Description", "SourceLocale")
        SELECT t."ProductId", CAST({locale} AS varchar(35)), t."Name", t."NameKey", t."Description", t."SourceLocale" FROM "ProductTexts" AS t
        WHERE t."Locale" = CAST({source} AS varchar(35))
            AND NOT EXISTS (SELECT 1 FROM "ProductTexts" AS n WHERE n."ProductId" = t."ProductId" AND n."Locale" = CAST({locale} AS varchar(35)))
        """,
        cancellation);

    private static ProductText TextOf(long productId, string locale, Dictionary<string, ProductTextInput> given)
    {
        var text = given[Fallback.Source(locale, given.Keys)];
        return new ProductText
        {
            ProductId = productId,
            Locale = locale,
            Name = text.Name,
            NameKey = NameKey.Of(text.Name),
            Description = text.Description,
            SourceLocale = text.Locale,
        };
    }

    private async ValueTask<KnownProducts> Known(IReadOnlyList<ProductInput> inputs, CancellationToken cancellation)
    {
        var rowSkus = inputs.Select(input => input.Sku).ToHashSet();
        var skus = inputs.SelectMany(input => input.Variants ?? []).Select(variant => variant.Sku).Concat(rowSkus).ToHashSet();
        var categories = inputs.Select(input => input.Category.Or(null)).OfType<string>().ToHashSet();
        var companies = inputs.SelectMany(input => input.ExclusiveTo.Or(null) ?? []).ToHashSet();

        var products = await db.Products.Where(p => skus.Contains(p.Sku)).ToDictionaryAsync(p => p.Sku, cancellation);
        var changing = products.Values.Where(product => rowSkus.Contains(product.Sku)).Select(product => product.Id).ToList();
        var variants = await db.Variants.Where(v => skus.Contains(v.Sku) || changing.Contains(v.ProductId)).ToListAsync(cancellation);
        var packed = inputs.SelectMany(input => input.Variants ?? []).Where(variant => variant.Packaging.HasValue).Select(variant => variant.Sku).ToHashSet();
        var packedIds = variants.Where(variant => packed.Contains(variant.Sku)).Select(variant => variant.Id).ToList();
        return new KnownProducts
        {
            Products = products,
            VariantsBySku = variants.ToDictionary(variant => variant.Sku, StringComparer.Ordinal),
            Variants = variants.ToLookup(variant => variant.ProductId),
            Categories = await db.Categories.Where(c => categories.Contains(c.ExternalId)).ToDictionaryAsync(c => c.ExternalId, c => c.Id, cancellation),
            Companies = await db.Companies.Where(c => companies.Contains(c.ExternalId)).ToDictionaryAsync(c => c.ExternalId, c => c.Id, cancellation),
            Texts = (await db.ProductTexts.Where(t => changing.Contains(t.ProductId)).ToListAsync(cancellation)).ToLookup(t => t.ProductId),
            Attributes = (await db.ProductAttributes.Where(a => changing.Contains(a.ProductId)).ToListAsync(cancellation)).ToLookup(a => a.OwnerId),
            Media = (await db.ProductMedia.Where(m => changing.Contains(m.ProductId)).ToListAsync(cancellation)).ToLookup(m => m.ProductId),
            Documents = (await db.ProductDocuments.Where(d => changing.Contains(d.ProductId)).ToListAsync(cancellation)).ToLookup(d => d.ProductId),
            ExclusiveTo = (await db.ProductCompanies.Where(c => changing.Contains(c.ProductId)).ToListAsync(cancellation)).ToLookup(c => c.ProductId),
            Packaging = (packedIds.Count == 0 ? [] : await db.PackagingLevels.Where(l => packedIds.Contains(l.VariantId)).ToListAsync(cancellation)).ToLookup(l => l.VariantId),
        };
    }
}
