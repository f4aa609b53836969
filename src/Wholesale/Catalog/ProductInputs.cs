using Wholesale.GraphQL.Execution;
using Wholesale.Platform;

namespace Wholesale.Catalog;

// The input objects of upsertProducts and upsertCategories and their payloads. A field that may be left out is Optional where null would clear a value.

/// <summary>Rows of products.</summary>
public sealed record UpsertProductsInput(IReadOnlyList<ProductInput> Products, BulkMode Mode = BulkMode.Partial);

/// <summary>A product as the seller's system knows it.</summary>
public sealed record ProductInput(
    string Sku,
    IReadOnlyList<ProductTextInput>? Texts = null,
    Optional<string?> Brand = default,
    ProductKind? Kind = null,
    ProductStatus? Status = null,
    Optional<DateTime?> PublishedFrom = default,
    Optional<DateTime?> PublishedTo = default,
    Optional<string?> Category = default,
    string? TaxClass = null,
    IReadOnlyList<AttributeInput>? Attributes = null,
    IReadOnlyList<MediaInput>? Media = null,
    IReadOnlyList<ProductDocumentInput>? Documents = null,
    IReadOnlyList<VariantInput>? Variants = null,
    Optional<IReadOnlyList<string>?> ExclusiveTo = default,
    long? SourceRevision = null);

/// <summary>A product's words in one language.</summary>
public sealed record ProductTextInput(string Locale, string Name, string? Description = null);

/// <summary>A fact.</summary>
public sealed record AttributeInput(string Code, string Value, string? Unit = null);

/// <summary>A photo or film.</summary>
public sealed record MediaInput(string Url, string? Alt = null, MediaKind Kind = MediaKind.Image);

/// <summary>A file to read.</summary>
public sealed record ProductDocumentInput(string Url, string Title, DocumentKind Kind, string? Locale = null);

/// <summary>A variant as the seller's system knows it.</summary>
public sealed record VariantInput(
    string Sku,
    IReadOnlyList<AttributeInput>? Attributes = null,
    string? UnitOfMeasure = null,
    Quantity? QuantityIncrement = null,
    Optional<string?> Gtin = default,
    Optional<DateTime?> PublishedFrom = default,
    Optional<DateTime?> PublishedTo = default,
    int? Position = null,
    Optional<Quantity?> MinimumQuantity = default,
    Optional<Quantity?> MaximumQuantity = default,
    Optional<IReadOnlyList<PackagingLevelInput>?> Packaging = default,
    Optional<Quantity?> ShippingWeight = default,
    Optional<Quantity?> ShippingVolume = default,
    Optional<StandardCostInput?> StandardCost = default);

/// <summary>What a quantity of 1 costs the seller.</summary>
public sealed record StandardCostInput(Amount Amount, Currency Currency);

/// <summary>A package in which a variant comes.</summary>
public sealed record PackagingLevelInput(string Code, Quantity Contains, string? Name = null, string? Gtin = null);

/// <summary>What became of the rows.</summary>
public sealed record UpsertProductsPayload(IReadOnlyList<LocalizedProduct> Products, BulkCounts Counts, IReadOnlyList<UserError> UserErrors);

/// <summary>Rows of categories.</summary>
public sealed record UpsertCategoriesInput(IReadOnlyList<CategoryInput> Categories, BulkMode Mode = BulkMode.Partial);

/// <summary>A category as the seller's system knows it.</summary>
public sealed record CategoryInput(
    string ExternalId,
    Optional<string?> Parent = default,
    IReadOnlyList<CategoryTextInput>? Texts = null,
    int? Position = null,
    long? SourceRevision = null);

/// <summary>A category's name in one language.</summary>
public sealed record CategoryTextInput(string Locale, string Name);

/// <summary>What became of the rows.</summary>
public sealed record UpsertCategoriesPayload(IReadOnlyList<LocalizedCategory> Categories, BulkCounts Counts, IReadOnlyList<UserError> UserErrors);
