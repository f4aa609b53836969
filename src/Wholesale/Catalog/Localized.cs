namespace Wholesale.Catalog;

/// <summary>A product with its words in the caller's language: what the API calls a product.</summary>
public sealed record LocalizedProduct
{
    /// <summary>The product.</summary>
    public required Product Product { get; init; }

    /// <summary>Its words.</summary>
    public required ProductText Text { get; init; }

    /// <summary>The product's id.</summary>
    public long Id => Product.Id;

    /// <summary>The seller's key.</summary>
    public string Sku => Product.Sku;

    /// <summary>In the caller's language, or the nearest there is.</summary>
    public string Name => Text.Name;

    /// <summary>In the same language as the name; null if there is none.</summary>
    public string? Description => Text.Description;

    /// <summary>The language that name and description are in.</summary>
    public string Locale => Text.SourceLocale;

    /// <summary>The maker's name; null if unknown.</summary>
    public string? Brand => Product.Brand;

    /// <summary>What kind of goods this is.</summary>
    public ProductKind Kind => Product.Kind;

    /// <summary>Where it is in its life.</summary>
    public ProductStatus Status => Product.Status;

    /// <summary>From when buyers see it; null: since ever.</summary>
    public DateTime? PublishedFrom => Product.PublishedFrom;

    /// <summary>Until when buyers see it, exclusive; null: for ever.</summary>
    public DateTime? PublishedTo => Product.PublishedTo;

    /// <summary>By which tax rates it is taxed, by the seller's code.</summary>
    public string TaxClass => Product.TaxClass;

    /// <summary>Counts up with every change.</summary>
    public long Version => Product.Version;

    /// <summary>When it was last changed.</summary>
    public DateTime UpdatedAt => Product.UpdatedAt;
}

/// <summary>A category with its name in the caller's language: what the API calls a category.</summary>
/// <param name="Category">The category.</param>
/// <param name="Name">In the caller's language, or the nearest there is.</param>
public sealed record LocalizedCategory(Category Category, string Name)
{
    /// <summary>The category's id.</summary>
    public long Id => Category.Id;

    /// <summary>The seller's key.</summary>
    public string ExternalId => Category.ExternalId;

    /// <summary>Counts up with every change.</summary>
    public long Version => Category.Version;
}

/// <summary>A fact with a name: what the API calls an attribute.</summary>
/// <param name="Code">The seller's key for this kind of fact.</param>
/// <param name="Value">In words, or a number as a decimal.</param>
/// <param name="Unit">The unit of a number; null for words.</param>
public sealed record Fact(string Code, string Value, string? Unit);
