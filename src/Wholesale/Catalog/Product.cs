using Microsoft.EntityFrameworkCore;
using Wholesale.Companies;
using Wholesale.Platform;
using Wholesale.Platform.Database;

namespace Wholesale.Catalog;

/// <summary>What the seller sells: one design, in one or more variants. Its words are in <see cref="ProductText"/>.</summary>
public sealed class Product
{
    /// <summary>How many variants a product may have.</summary>
    public const int MaximumVariants = 250;

    /// <summary>The longest brand.</summary>
    public const int MaximumBrandLength = 100;

    /// <summary>The class that tax rates are for where nothing else is said.</summary>
    public const string StandardTaxClass = "standard";

    /// <summary>From <see cref="Ids"/>.</summary>
    public required long Id { get; init; }

    /// <summary>The seller's key, unique among products, 1–64 characters, compared exactly. No variant of another product has it.</summary>
    public required string Sku { get; init; }

    /// <summary>The maker's name; null if unknown.</summary>
    public string? Brand { get; set; }

    /// <summary>What kind of goods this is.</summary>
    public ProductKind Kind { get; set; }

    /// <summary>Only active products are seen by buyers.</summary>
    public ProductStatus Status { get; set; }

    /// <summary>From when buyers see it; null: since ever.</summary>
    public DateTime? PublishedFrom { get; set; }

    /// <summary>Until when buyers see it, exclusive; null: for ever.</summary>
    public DateTime? PublishedTo { get; set; }

    /// <summary>What "newest" sorts by: <see cref="PublishedFrom"/>, else when it was created.</summary>
    public DateTime PublishedAt { get; set; }

    /// <summary>When it was created.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>The category it stands in; null if in none.</summary>
    public long? CategoryId { get; set; }

    /// <summary>By which rates it is taxed: the seller's code, 1–64 characters.</summary>
    public string TaxClass { get; set; } = StandardTaxClass;

    /// <summary>Whether only the companies of its <see cref="ProductCompany"/> rows see it.</summary>
    public bool IsExclusive { get; set; }

    /// <summary>The highest revision taken from the seller's system; null if none was given yet.</summary>
    public long? SourceRevision { get; set; }

    /// <summary>Counts up with every change, of its variants too.</summary>
    public long Version { get; set; }

    /// <summary>When it was last changed.</summary>
    public DateTime UpdatedAt { get; set; }

    internal static void Map(ModelBuilder model) => model.Entity<Product>(product =>
    {
        product.Property(p => p.Id).ValueGeneratedNever();
        product.Property(p => p.Sku).HasMaxLength(64);
        product.Property(p => p.Brand).HasMaxLength(MaximumBrandLength);
        product.Property(p => p.TaxClass).HasMaxLength(64).HasDefaultValue(StandardTaxClass).IsCode();
        product.HasIndex(p => p.Sku).IsUnique();
        product.HasIndex(p => new { p.PublishedAt, p.Id }).IsDescending().Serves("newest_products");
        product.HasIndex(p => p.CategoryId).Serves("products_of_a_category");
        product.HasIndex(p => p.PublishedFrom).Serves("products_to_be_published").HasFilter("\"PublishedFrom\" IS NOT NULL");
        product.HasIndex(p => p.PublishedTo).Serves("products_to_be_withdrawn").HasFilter("\"PublishedTo\" IS NOT NULL");
        product.HasOne<Category>().WithMany().HasForeignKey(p => p.CategoryId).OnDelete(DeleteBehavior.Restrict);
    });
}

/// <summary>Kinds of goods. The numbers are stored.</summary>
public enum ProductKind
{
    /// <summary>Ready to sell on or use.</summary>
    FinishedGood = 0,

    /// <summary>Built into something else.</summary>
    Component = 1,

    /// <summary>Worked into something else.</summary>
    RawMaterial = 2,

    /// <summary>Grown or bred.</summary>
    Agricultural = 3,

    /// <summary>Done rather than shipped: has no stock.</summary>
    Service = 4,
}

/// <summary>A product's life: DRAFT → ACTIVE → ARCHIVED, and back as the seller likes. Deleting is archiving. The numbers are stored.</summary>
public enum ProductStatus
{
    /// <summary>Being prepared: only staff see it.</summary>
    Draft = 0,

    /// <summary>Seen by buyers within its publication window.</summary>
    Active = 1,

    /// <summary>No longer sold: only staff see it. Its SKU stays taken.</summary>
    Archived = 2,
}

/// <summary>A company that sees an exclusive product.</summary>
public sealed record ProductCompany
{
    /// <summary>The product.</summary>
    public required long ProductId { get; init; }

    /// <summary>The company.</summary>
    public required long CompanyId { get; init; }

    internal static void Map(ModelBuilder model) => model.Entity<ProductCompany>(row =>
    {
        row.HasKey(r => new { r.ProductId, r.CompanyId });
        row.HasOne<Product>().WithMany().HasForeignKey(r => r.ProductId);
        row.HasOne<Company>().WithMany().HasForeignKey(r => r.CompanyId).OnDelete(DeleteBehavior.Restrict);
    });
}
