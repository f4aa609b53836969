using Wholesale.Companies;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;

namespace Wholesale.Catalog;

/// <summary>What rows of products refer to: everything that was there before the call.</summary>
internal sealed class KnownProducts
{
    /// <summary>Those whose SKU a row names, as its own or as a variant's.</summary>
    public required IReadOnlyDictionary<string, Product> Products { get; init; }

    /// <summary>Those whose SKU a row names, as its own or as a variant's.</summary>
    public required IReadOnlyDictionary<string, Variant> VariantsBySku { get; init; }

    /// <summary>All variants of the products that rows change.</summary>
    public required ILookup<long, Variant> Variants { get; init; }

    /// <summary>Ids by external id.</summary>
    public required IReadOnlyDictionary<string, long> Categories { get; init; }

    /// <summary>Ids by external id.</summary>
    public required IReadOnlyDictionary<string, long> Companies { get; init; }

    /// <summary>Of the products that rows change, by product; all languages.</summary>
    public required ILookup<long, ProductText> Texts { get; init; }

    /// <summary>Of the products that rows change and their variants, by owner.</summary>
    public required ILookup<long, ProductAttribute> Attributes { get; init; }

    /// <summary>Of the products that rows change.</summary>
    public required ILookup<long, ProductMedia> Media { get; init; }

    /// <summary>Of the products that rows change.</summary>
    public required ILookup<long, ProductDocument> Documents { get; init; }

    /// <summary>Of the products that rows change.</summary>
    public required ILookup<long, ProductCompany> ExclusiveTo { get; init; }

    /// <summary>Of the variants whose packaging rows give.</summary>
    public required ILookup<long, PackagingLevel> Packaging { get; init; }
}

/// <summary>Decides what rows of products do: pure, row by row. A row is checked whole before anything of it is carried out.</summary>
internal sealed class ProductUpsert(KnownProducts known, Ids ids, DateTime now)
{
    /// <summary>SKUs that rows of this call gave to new products and variants, with the product each belongs to.</summary>
    private readonly Dictionary<string, long> claimed = [];

    public Changes<Product> Products { get; } = new();

    public Changes<Variant> Variants { get; } = new();

    public Replacement<ProductAttribute> Attributes { get; } = new();

    public Replacement<ProductMedia> Media { get; } = new();

    public Replacement<ProductDocument> Documents { get; } = new();

    public Replacement<ProductCompany> ExclusiveTo { get; } = new();

    public Replacement<PackagingLevel> Packaging { get; } = new();

    /// <summary>The words that the seller gave, of each product whose words change, by language.</summary>
    public Dictionary<long, Dictionary<string, ProductTextInput>> Texts { get; } = [];

    /// <summary>The products that are not as they were, in themselves, their parts or their variants.</summary>
    public List<Product> Touched { get; } = [];

    /// <summary>What those of them were before that other callers see now, at other times, in another category or in other quantities.</summary>
    public List<(Product Product, FormerProduct Former)> Relisted { get; } = [];

    public void Decide(BulkRow<ProductInput, Product> row)
    {
        var (input, errors) = (row.Input, row.Errors);
        ProductChecks.Check(input, errors);
        if (known.Products.TryGetValue(input.Sku, out var product))
        {
            row.Thing = product;
            row.IsSkipped = !errors.Any && input.SourceRevision < product.SourceRevision;
        }

        if (row.IsSkipped)
        {
            return;
        }

        CheckAgainstKnown(input, product, errors);
        if (!errors.Any)
        {
            row.Thing = product ?? new Product { Id = ids.Next(), Sku = input.Sku, CreatedAt = now, Status = ProductStatus.Active };
            CarryOut(input, row.Thing, isNew: product is null);
        }
    }

    private void CheckAgainstKnown(ProductInput input, Product? product, RowErrors errors)
    {
        if (product is null)
        {
            CheckNew(input, errors);
        }

        errors.Interval(input.PublishedFrom.Or(product?.PublishedFrom), input.PublishedTo.Or(product?.PublishedTo), "publishedTo");
        if (input.Category.Or(null) is { } category && !known.Categories.ContainsKey(category))
        {
            errors.Add(CompanyErrors.NoSuch("category", category, "category"));
        }

        var exclusiveTo = input.ExclusiveTo.Or(null) ?? [];
        for (var i = 0; i < exclusiveTo.Count; i++)
        {
            if (!known.Companies.ContainsKey(exclusiveTo[i]))
            {
                errors.Add(CompanyErrors.NoSuch("company", exclusiveTo[i], "exclusiveTo", RowErrors.Position(i)));
            }
        }

        CheckVariants(input.Variants ?? [], product, errors);
    }

    private void CheckNew(ProductInput input, RowErrors errors)
    {
        if (input.Texts is null or [])
        {
            errors.Add(CatalogErrors.TextsNeeded("product", "texts"));
        }

        if (input.Variants is null or [])
        {
            errors.Add(CatalogErrors.VariantsNeeded("variants"));
        }

        if (known.VariantsBySku.ContainsKey(input.Sku) || claimed.ContainsKey(input.Sku))
        {
            errors.Add(CatalogErrors.SkuIsTaken(input.Sku, "sku"));
        }
    }

    private void CheckVariants(IReadOnlyList<VariantInput> inputs, Product? product, RowErrors errors)
    {
        var added = 0;
        for (var i = 0; i < inputs.Count; i++)
        {
            var input = inputs[i];
            string[] Path(string field) => ["variants", RowErrors.Position(i), field];
            var variant = known.VariantsBySku.GetValueOrDefault(input.Sku);
            var isTaken = variant is not null
                ? variant.ProductId != product?.Id
                : (known.Products.TryGetValue(input.Sku, out var holder) && holder != product) || claimed.ContainsKey(input.Sku);
            if (isTaken)
            {
                errors.Add(CatalogErrors.SkuIsTaken(input.Sku, Path("sku")));
                continue;
            }

            added += variant is null ? 1 : 0;
            errors.Interval(input.PublishedFrom.Or(variant?.PublishedFrom), input.PublishedTo.Or(variant?.PublishedTo), Path("publishedTo"));
            QuantityRules.CheckTogether(input, variant, errors, "variants", RowErrors.Position(i));
        }

        var count = added + (product is null ? 0 : known.Variants[product.Id].Count());
        if (added > 0 && count > Product.MaximumVariants)
        {
            errors.Add(CatalogErrors.TooManyVariants(count, "variants"));
        }
    }

    private void CarryOut(ProductInput input, Product product, bool isNew)
    {
        var (listingBefore, variantsBefore) = (ListingOf(product), known.Variants[product.Id].Select(v => v.Listing).ToList());
        var isChanged = Change(product, input) | ChangeLists(product, input) | ChangeTexts(product, input);
        var named = new HashSet<Variant>();
        foreach (var variant in input.Variants ?? [])
        {
            isChanged |= CarryOut(variant, product, named);
        }

        foreach (var variant in known.Variants[product.Id].Where(v => v.CategoryId != product.CategoryId && !named.Contains(v)))
        {
            variant.CategoryId = product.CategoryId;
            Variants.Note(variant, isNew: false, isChanged: true);
        }

        if (isNew || isChanged)
        {
            product.Version++;
            product.UpdatedAt = now;
            Touched.Add(product);
        }

        var otherwise = known.Variants[product.Id].Zip(variantsBefore).Where(v => v.First.Listing != v.Second).Select(v => v.Second).ToList();
        if (!isNew && (otherwise.Count > 0 || listingBefore != ListingOf(product, input.ExclusiveTo)))
        {
            Relisted.Add((product, new FormerProduct(listingBefore, otherwise)));
        }

        Products.Note(product, isNew, isChanged);
        claimed[product.Sku] = product.Id;
    }

    /// <summary>How a product is listed: seen by the companies that a row names, or where it names none, by those it was seen by.</summary>
    private ProductListing ListingOf(Product product, Optional<IReadOnlyList<string>?> exclusiveTo = default)
    {
        var companies = exclusiveTo.HasValue
            ? (exclusiveTo.Value ?? []).Select(company => known.Companies[company])
            : known.ExclusiveTo[product.Id].Select(row => row.CompanyId);
        return new(
            product.Status, product.PublishedFrom, product.PublishedTo, product.CategoryId, product.IsExclusive ? [.. companies.Order().Distinct()] : null);
    }

    private bool Change(Product product, ProductInput input)
    {
        var before = (
            product.Brand, product.Kind, product.Status, product.PublishedFrom, product.PublishedTo, product.CategoryId,
            product.TaxClass, product.SourceRevision);
        product.SourceRevision = input.SourceRevision ?? product.SourceRevision;
        product.Brand = input.Brand.Or(product.Brand);
        product.Kind = input.Kind ?? product.Kind;
        product.Status = input.Status ?? product.Status;
        product.PublishedFrom = input.PublishedFrom.Or(product.PublishedFrom);
        product.PublishedTo = input.PublishedTo.Or(product.PublishedTo);
        product.PublishedAt = product.PublishedFrom ?? product.CreatedAt;
        product.CategoryId = input.Category.Or(null) is { } category ? known.Categories[category]
            : input.Category.HasValue ? null
            : product.CategoryId;
        product.TaxClass = input.TaxClass ?? product.TaxClass;
        return before != (
            product.Brand, product.Kind, product.Status, product.PublishedFrom, product.PublishedTo, product.CategoryId,
            product.TaxClass, product.SourceRevision);
    }

    private bool ChangeLists(Product product, ProductInput input)
    {
        var isChanged = ReplaceAttributes(product.Id, product.Id, input.Attributes);
        if (input.Media is { } media)
        {
            isChanged |= Media.Replace(known.Media[product.Id], media.Select((m, position) =>
                new ProductMedia { ProductId = product.Id, Position = position, Url = m.Url, Alt = m.Alt, Kind = m.Kind }));
        }

        if (input.Documents is { } documents)
        {
            isChanged |= Documents.Replace(known.Documents[product.Id], documents.Select((d, position) => new ProductDocument
            {
                ProductId = product.Id,
                Position = position,
                Url = d.Url,
                Title = d.Title,
                Kind = d.Kind,
                Locale = d.Locale is null ? null : Fallback.InUsualSpelling(d.Locale),
            }));
        }

        if (input.ExclusiveTo.HasValue)
        {
            var companies = input.ExclusiveTo.Value ?? [];
            product.IsExclusive = companies.Count > 0;
            isChanged |= ExclusiveTo.Replace(
                known.ExclusiveTo[product.Id],
                companies.Select(company => new ProductCompany { ProductId = product.Id, CompanyId = known.Companies[company] }));
        }

        return isChanged;
    }

    private bool ChangeTexts(Product product, ProductInput input)
    {
        if (input.Texts is null or [])
        {
            return false;
        }

        var given = known.Texts[product.Id]
            .Where(text => text.Locale == text.SourceLocale)
            .ToDictionary(text => text.Locale, text => new ProductTextInput(text.Locale, text.Name, text.Description), StringComparer.Ordinal);
        var isChanged = false;
        foreach (var text in input.Texts)
        {
            var inUsualSpelling = text with { Locale = Fallback.InUsualSpelling(text.Locale) };
            isChanged |= given.GetValueOrDefault(inUsualSpelling.Locale) != inUsualSpelling;
            given[inUsualSpelling.Locale] = inUsualSpelling;
        }

        if (isChanged)
        {
            Texts.Add(product.Id, given);
        }

        return isChanged;
    }

    private bool CarryOut(VariantInput input, Product product, HashSet<Variant> named)
    {
        var isNew = !known.VariantsBySku.TryGetValue(input.Sku, out var variant);
        variant ??= new Variant
        {
            Id = ids.Next(),
            ProductId = product.Id,
            Sku = input.Sku,
            UnitOfMeasure = Variant.DefaultUnitOfMeasure,
            QuantityIncrement = Quantity.One,
        };
        var isChanged = Change(variant, input) | ReplaceAttributes(variant.Id, product.Id, input.Attributes) | ReplacePackaging(variant.Id, input.Packaging) | isNew;
        variant.Version += isChanged ? 1 : 0;
        Variants.Note(variant, isNew, isChanged | variant.CategoryId != product.CategoryId);
        variant.CategoryId = product.CategoryId;
        named.Add(variant);
        claimed[variant.Sku] = product.Id;
        return isChanged;
    }

    private static bool Change(Variant variant, VariantInput input)
    {
        var before = (
            variant.Position, variant.UnitOfMeasure, variant.QuantityIncrement, variant.MinimumQuantity, variant.MaximumQuantity, variant.Gtin,
            variant.PublishedFrom, variant.PublishedTo, variant.ShippingWeight, variant.ShippingVolume, variant.StandardCost);
        variant.Position = input.Position ?? variant.Position;
        variant.UnitOfMeasure = input.UnitOfMeasure ?? variant.UnitOfMeasure;
        variant.QuantityIncrement = input.QuantityIncrement ?? variant.QuantityIncrement;
        variant.MinimumQuantity = input.MinimumQuantity.Or(variant.MinimumQuantity);
        variant.MaximumQuantity = input.MaximumQuantity.Or(variant.MaximumQuantity);
        variant.Gtin = input.Gtin.Or(variant.Gtin);
        variant.PublishedFrom = input.PublishedFrom.Or(variant.PublishedFrom);
        variant.PublishedTo = input.PublishedTo.Or(variant.PublishedTo);
        variant.ShippingWeight = input.ShippingWeight.Or(variant.ShippingWeight);
        variant.ShippingVolume = input.ShippingVolume.Or(variant.ShippingVolume);
        if (input.StandardCost.HasValue)
        {
            (variant.StandardCostAmount, variant.StandardCostCurrency) = (input.StandardCost.Value?.Amount, input.StandardCost.Value?.Currency);
        }

        return before != (
            variant.Position, variant.UnitOfMeasure, variant.QuantityIncrement, variant.MinimumQuantity, variant.MaximumQuantity, variant.Gtin,
            variant.PublishedFrom, variant.PublishedTo, variant.ShippingWeight, variant.ShippingVolume, variant.StandardCost);
    }

    private bool ReplacePackaging(long variantId, Optional<IReadOnlyList<PackagingLevelInput>?> levels) => levels.HasValue
        && Packaging.Replace(known.Packaging[variantId], (levels.Value ?? []).Select(l => new PackagingLevel
        {
            VariantId = variantId,
            Code = l.Code,
            Name = l.Name,
            Contains = l.Contains,
            Gtin = l.Gtin,
        }));

    private bool ReplaceAttributes(long ownerId, long productId, IReadOnlyList<AttributeInput>? attributes) => attributes is not null
        && Attributes.Replace(known.Attributes[ownerId], attributes.Select((a, position) => new ProductAttribute
        {
            OwnerId = ownerId,
            Position = position,
            ProductId = productId,
            Code = a.Code,
            Value = a.Value,
            Unit = a.Unit,
        }));
}
