using System.Collections.Frozen;
using System.Linq.Expressions;

namespace Wholesale.Catalog;

/// <summary>A product with its words in the caller's language: what the API calls a product. Of one that was read by its <see cref="Head"/> there is nothing else.</summary>
public sealed record LocalizedProduct
{
    private readonly Product? product;
    private readonly ProductText? text;

    /// <summary>The product.</summary>
    /// <exception cref="InvalidOperationException">It was not read.</exception>
    public Product Product
    {
        get => product ?? throw NotRead("row");
        init => product = value;
    }

    /// <summary>Its words.</summary>
    /// <exception cref="InvalidOperationException">It was not read.</exception>
    public ProductText Text
    {
        get => text ?? throw NotRead("words");
        init => text = value;
    }

    /// <summary>What was read in the place of <see cref="Product"/> and <see cref="Text"/>; null: both were read.</summary>
    public ProductHead? Head { get; init; }

    /// <summary>The product's id.</summary>
    public long Id => Head is null ? Product.Id : Head.Id;

    /// <summary>The seller's key.</summary>
    public string Sku => Head is null ? Product.Sku : Head.Sku;

    /// <summary>In the caller's language, or the nearest there is.</summary>
    public string Name => Head is null ? Text.Name : Head.Name;

    /// <summary>What a list by names sorts by. Of a head: where such a list read it.</summary>
    internal string NameKey => Head is null ? Text.NameKey : Head.NameKey!;

    /// <summary>What a list by time sorts by. Of a head: where such a list read it.</summary>
    internal DateTime PublishedAt => Head is null ? Product.PublishedAt : Head.PublishedAt!.Value;

    /// <summary>In the same language as the name; null if there is none.</summary>
    public string? Description => Text.Description;

    /// <summary>The language that name and description are in.</summary>
    public string Locale => Text.SourceLocale;

    /// <summary>The maker's name; null if unknown.</summary>
    public string? Brand => Head is null ? Product.Brand : Head.Brand;

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

    /// <summary>Its key and name, which are always there.</summary>
    public override string ToString() => $"{Sku} {Name}";

    private static InvalidOperationException NotRead(string what) => new($"The product's {what} was not read.");
}

/// <summary>What most lists show of a product: a request that selects no more is spared the rest of its columns, long descriptions among them.</summary>
/// <param name="Id">The product's id.</param>
/// <param name="Sku">The seller's key.</param>
/// <param name="Name">In the caller's language, or the nearest there is.</param>
/// <param name="Brand">The maker's name; null if unknown.</param>
public sealed record ProductHead(long Id, string Sku, string Name, string? Brand)
{
    /// <summary>The fields of the contract's <c>Product</c> that a head answers: its own, and those that are read by its id.</summary>
    internal static readonly FrozenSet<string> Fields = ["id", "sku", "name", "brand", "variants", "attributes", "media", "documents"];

    /// <summary>See <see cref="LocalizedProduct.NameKey"/>.</summary>
    public string? NameKey { get; init; }

    /// <summary>See <see cref="LocalizedProduct.PublishedAt"/>.</summary>
    public DateTime? PublishedAt { get; init; }

    /// <summary>Reads a head by its id.</summary>
    internal static readonly Expression<Func<LocalizedProduct, LocalizedProduct>> ById = row => new()
    {
        Head = new ProductHead(row.Product.Id, row.Product.Sku, row.Text.Name, row.Product.Brand),
    };

    /// <summary>Reads a head for a list by names.</summary>
    internal static readonly Expression<Func<LocalizedProduct, LocalizedProduct>> ByName = row => new()
    {
        Head = new ProductHead(row.Product.Id, row.Product.Sku, row.Text.Name, row.Product.Brand) { NameKey = row.Text.NameKey },
    };

    /// <summary>Reads a head for a list by time.</summary>
    internal static readonly Expression<Func<LocalizedProduct, LocalizedProduct>> ByTime = row => new()
    {
        Head = new ProductHead(row.Product.Id, row.Product.Sku, row.Text.Name, row.Product.Brand) { PublishedAt = row.Product.PublishedAt },
    };
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
