using Microsoft.EntityFrameworkCore;
using Wholesale.Platform;
using Wholesale.Platform.Database;

namespace Wholesale.Catalog;

// What hangs on a product, one row each. Lists keep the seller's order by Position. These rows are never changed, only replaced, and never tracked;
// so they are records, which compare by value.

/// <summary>
/// A product's words in one of the catalog's known languages. Every product has a row for every known language, with the fallback already resolved
/// (see <see cref="Fallback"/>), so that a page in one language is one range of one index.
/// </summary>
public sealed record ProductText
{
    /// <summary>Whose words these are.</summary>
    public required long ProductId { get; init; }

    /// <summary>The language asked for.</summary>
    public required string Locale { get; init; }

    /// <summary>1–200 characters.</summary>
    public required string Name { get; init; }

    /// <summary><see cref="Platform.NameKey"/> of the name.</summary>
    public required string NameKey { get; init; }

    /// <summary>Null if there is none in the language of the name.</summary>
    public string? Description { get; init; }

    /// <summary>The language that the words are in: the same as <see cref="Locale"/> where the seller gave one in it.</summary>
    public required string SourceLocale { get; init; }

    internal static void Map(ModelBuilder model) => model.Entity<ProductText>(text =>
    {
        text.HasKey(t => new { t.ProductId, t.Locale });
        text.Property(t => t.Locale).HasMaxLength(LanguageTag.MaximumLength).IsUnicode(false);
        text.Property(t => t.Name).HasMaxLength(200);
        text.Property(t => t.NameKey).HasMaxLength(Platform.NameKey.MaximumLength);
        text.Property(t => t.SourceLocale).HasMaxLength(LanguageTag.MaximumLength).IsUnicode(false);
        text.HasIndex(t => new { t.Locale, t.NameKey, t.ProductId }).Serves("products_by_name");
        text.HasOne<Product>().WithMany().HasForeignKey(t => t.ProductId);
    });
}

/// <summary>A language in which some product has words, or the default.</summary>
public sealed class CatalogLocale
{
    /// <summary>Its BCP 47 tag, in canonical case.</summary>
    public required string Locale { get; init; }

    internal static void Map(ModelBuilder model) => model.Entity<CatalogLocale>(locale =>
    {
        locale.HasKey(l => l.Locale);
        locale.Property(l => l.Locale).HasMaxLength(LanguageTag.MaximumLength).IsUnicode(false);
    });
}

/// <summary>A fact with a name, of a product or of one of its variants.</summary>
public sealed record ProductAttribute
{
    /// <summary>The id of the product or the variant that has it.</summary>
    public required long OwnerId { get; init; }

    /// <summary>Its place among its owner's facts, from 0.</summary>
    public required int Position { get; init; }

    /// <summary>The product: the owner itself, or the one it is a variant of.</summary>
    public required long ProductId { get; init; }

    /// <summary>The seller's key for this kind of fact.</summary>
    public required string Code { get; init; }

    /// <summary>In words, or a number as a decimal.</summary>
    public required string Value { get; init; }

    /// <summary>The unit of a number; null for words.</summary>
    public string? Unit { get; init; }

    internal static void Map(ModelBuilder model) => model.Entity<ProductAttribute>(attribute =>
    {
        attribute.HasKey(a => new { a.OwnerId, a.Position });
        attribute.Property(a => a.Code).HasMaxLength(64);
        attribute.Property(a => a.Value).HasMaxLength(500);
        attribute.Property(a => a.Unit).HasMaxLength(20);
        attribute.HasIndex(a => new { a.Code, a.Value, a.ProductId }).Serves("products_with_an_attribute");
        attribute.HasOne<Product>().WithMany().HasForeignKey(a => a.ProductId);
    });
}

/// <summary>A photo or film.</summary>
public sealed record ProductMedia
{
    /// <summary>Whose it is.</summary>
    public required long ProductId { get; init; }

    /// <summary>Its place, from 0.</summary>
    public required int Position { get; init; }

    /// <summary>Where the file is.</summary>
    public required string Url { get; init; }

    /// <summary>What it shows; null if unsaid.</summary>
    public string? Alt { get; init; }

    /// <summary>What kind of file it is.</summary>
    public required MediaKind Kind { get; init; }

    internal static void Map(ModelBuilder model) => model.Entity<ProductMedia>(media =>
    {
        media.HasKey(m => new { m.ProductId, m.Position });
        media.Property(m => m.Url).HasMaxLength(WebAddress.MaximumLength).IsUnicode(false);
        media.Property(m => m.Alt).HasMaxLength(500);
        media.HasOne<Product>().WithMany().HasForeignKey(m => m.ProductId);
    });
}

/// <summary>Kinds of media. The numbers are stored.</summary>
public enum MediaKind
{
    /// <summary>A still image.</summary>
    Image = 0,

    /// <summary>A film.</summary>
    Video = 1,
}

/// <summary>A file to read.</summary>
public sealed record ProductDocument
{
    /// <summary>Whose it is.</summary>
    public required long ProductId { get; init; }

    /// <summary>Its place, from 0.</summary>
    public required int Position { get; init; }

    /// <summary>Where the file is.</summary>
    public required string Url { get; init; }

    /// <summary>Its title.</summary>
    public required string Title { get; init; }

    /// <summary>What kind of document it is.</summary>
    public required DocumentKind Kind { get; init; }

    /// <summary>Its language; null: of none or many.</summary>
    public string? Locale { get; init; }

    internal static void Map(ModelBuilder model) => model.Entity<ProductDocument>(document =>
    {
        document.HasKey(d => new { d.ProductId, d.Position });
        document.Property(d => d.Url).HasMaxLength(WebAddress.MaximumLength).IsUnicode(false);
        document.Property(d => d.Title).HasMaxLength(200);
        document.Property(d => d.Locale).HasMaxLength(LanguageTag.MaximumLength).IsUnicode(false);
        document.HasOne<Product>().WithMany().HasForeignKey(d => d.ProductId);
    });
}

/// <summary>Kinds of documents. The numbers are stored.</summary>
public enum DocumentKind
{
    /// <summary>Dimensions, materials, ratings.</summary>
    SpecSheet = 0,

    /// <summary>How to install or use it.</summary>
    Manual = 1,

    /// <summary>A proof of compliance.</summary>
    Certificate = 2,

    /// <summary>Anything else.</summary>
    Other = 3,
}
