using Wholesale.Platform;

namespace Wholesale.Catalog;

/// <summary>Checks the form of rows of products and categories: whatever can be seen without looking at what is there.</summary>
internal static class ProductChecks
{
    private const int MaximumListLength = 100;
    private const int MaximumDescriptionLength = 20_000;

    public static void Check(ProductInput product, RowErrors errors)
    {
        errors.Key(product.Sku, "sku");
        Locales(product.Texts ?? [], text => text.Locale, errors);
        for (var i = 0; i < (product.Texts?.Count ?? 0); i++)
        {
            var text = product.Texts![i];
            errors.Name(text.Name, "texts", RowErrors.Position(i), "name");
            if (text.Description is { } description)
            {
                errors.Text(description, MaximumDescriptionLength, ["texts", RowErrors.Position(i), "description"], lines: true);
            }
        }

        if (product.Brand.Or(null) is { } brand)
        {
            errors.LookedUp(brand, Product.MaximumBrandLength, "brand");
        }

        if (product.TaxClass is { } taxClass)
        {
            errors.Key(taxClass, "taxClass");
        }

        if (product.ExclusiveTo.Or(null) is { Count: 0 })
        {
            errors.Add(CatalogErrors.ExclusiveToNobody("exclusiveTo"));
        }

        Attributes(product.Attributes, errors);
        Media(product.Media, errors);
        Documents(product.Documents, errors);
        Variants(product.Variants, errors);
    }

    public static void Check(CategoryInput category, RowErrors errors)
    {
        errors.Key(category.ExternalId, "externalId");
        Locales(category.Texts ?? [], text => text.Locale, errors);
        for (var i = 0; i < (category.Texts?.Count ?? 0); i++)
        {
            errors.Name(category.Texts![i].Name, "texts", RowErrors.Position(i), "name");
        }
    }

    public static void Check(AttributeInput attribute, RowErrors errors, params string[] path)
    {
        errors.LookedUp(attribute.Code, RowErrors.MaximumKeyLength, [.. path, "code"]);
        errors.LookedUp(attribute.Value, 500, [.. path, "value"]);
        if (attribute.Unit is { } unit)
        {
            errors.Text(unit, 20, [.. path, "unit"]);
        }
    }

    private static void Locales<T>(IReadOnlyList<T> texts, Func<T, string> locale, RowErrors errors)
    {
        var given = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < texts.Count; i++)
        {
            string[] path = ["texts", RowErrors.Position(i), "locale"];
            if (!given.Add(errors.Locale(locale(texts[i]), path)))
            {
                errors.Add(CatalogErrors.SameLocaleTwice(locale(texts[i]), path));
            }
        }
    }

    private static void Attributes(IReadOnlyList<AttributeInput>? attributes, RowErrors errors, params string[] path)
    {
        if (errors.Length(attributes, MaximumListLength, [.. path, "attributes"]))
        {
            for (var i = 0; i < (attributes?.Count ?? 0); i++)
            {
                Check(attributes![i], errors, [.. path, "attributes", RowErrors.Position(i)]);
            }
        }
    }

    private static void Media(IReadOnlyList<MediaInput>? media, RowErrors errors)
    {
        if (!errors.Length(media, MaximumListLength, "media"))
        {
            return;
        }

        for (var i = 0; i < (media?.Count ?? 0); i++)
        {
            errors.Url(media![i].Url, "media", RowErrors.Position(i), "url");
            if (media[i].Alt is { } alt)
            {
                errors.Text(alt, 500, ["media", RowErrors.Position(i), "alt"]);
            }
        }
    }

    private static void Documents(IReadOnlyList<ProductDocumentInput>? documents, RowErrors errors)
    {
        if (!errors.Length(documents, MaximumListLength, "documents"))
        {
            return;
        }

        for (var i = 0; i < (documents?.Count ?? 0); i++)
        {
            errors.Url(documents![i].Url, "documents", RowErrors.Position(i), "url");
            errors.Text(documents[i].Title, 200, ["documents", RowErrors.Position(i), "title"]);
            if (documents[i].Locale is { } locale)
            {
                errors.Locale(locale, "documents", RowErrors.Position(i), "locale");
            }
        }
    }

    private static void Variants(IReadOnlyList<VariantInput>? variants, RowErrors errors)
    {
        if (!errors.Length(variants, Product.MaximumVariants, "variants"))
        {
            return;
        }

        var skus = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < (variants?.Count ?? 0); i++)
        {
            var variant = variants![i];
            string[] Path(string field) => ["variants", RowErrors.Position(i), field];
            errors.Key(variant.Sku, Path("sku"));
            if (!skus.Add(variant.Sku))
            {
                errors.Add(ErrorCodes.DuplicateRow, $"The variant \"{variant.Sku}\" stands twice in this row.", Path("sku"));
            }

            Attributes(variant.Attributes, errors, "variants", RowErrors.Position(i));
            if (variant.UnitOfMeasure is { } unit)
            {
                errors.Text(unit, 20, Path("unitOfMeasure"));
            }

            QuantityRules.Check(variant, errors, "variants", RowErrors.Position(i));
            if (variant.Gtin.Or(null) is { } gtin && !Variant.IsGtin(gtin))
            {
                errors.Add(CatalogErrors.NotAGtin(gtin, Path("gtin")));
            }

            if (variant.StandardCost.Or(null) is { Amount: { TenThousandths: < 0 } cost })
            {
                errors.Add(CatalogErrors.NegativeCost(cost, [.. Path("standardCost"), "amount"]));
            }
        }
    }
}
