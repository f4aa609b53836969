using Microsoft.EntityFrameworkCore;
using Wholesale.Platform;
using Wholesale.Platform.Database;

namespace Wholesale.Catalog;

/// <summary>A place in the category tree, which has at most <see cref="TreePath.MaximumDepth"/> levels.</summary>
public sealed class Category
{
    /// <summary>From <see cref="Ids"/>.</summary>
    public required long Id { get; init; }

    /// <summary>The seller's key, unique, 1–64 characters, compared exactly.</summary>
    public required string ExternalId { get; init; }

    /// <summary>The category above; null at the top.</summary>
    public long? ParentId { get; set; }

    /// <summary>See <see cref="TreePath"/>.</summary>
    public required string Path { get; set; }

    /// <summary>Its place among its siblings, lowest first; equal places go by external id.</summary>
    public int Position { get; set; }

    /// <summary>The highest revision taken from the seller's system; null if none was given yet.</summary>
    public long? SourceRevision { get; set; }

    /// <summary>Counts up with every change.</summary>
    public long Version { get; set; }

    internal static void Map(ModelBuilder model) => model.Entity<Category>(category =>
    {
        category.Property(c => c.Id).ValueGeneratedNever();
        category.Property(c => c.ExternalId).HasMaxLength(64);
        category.Property(c => c.Path).HasMaxLength(TreePath.MaximumLength).IsUnicode(false);
        category.HasIndex(c => c.ExternalId).IsUnique();
        category.HasIndex(c => c.Path).IsUnique();
        category.HasIndex(c => c.ParentId).Serves("children_of_a_category");
        category.HasOne<Category>().WithMany().HasForeignKey(c => c.ParentId).OnDelete(DeleteBehavior.Restrict);
    });
}

/// <summary>A category's name in a language that the seller gave.</summary>
public sealed class CategoryText
{
    /// <summary>Whose name it is.</summary>
    public required long CategoryId { get; init; }

    /// <summary>The language's BCP 47 tag, in canonical case.</summary>
    public required string Locale { get; init; }

    /// <summary>1–200 characters.</summary>
    public required string Name { get; set; }

    internal static void Map(ModelBuilder model) => model.Entity<CategoryText>(text =>
    {
        text.HasKey(t => new { t.CategoryId, t.Locale });
        text.Property(t => t.Locale).HasMaxLength(LanguageTag.MaximumLength).IsUnicode(false);
        text.Property(t => t.Name).HasMaxLength(200);
        text.HasOne<Category>().WithMany().HasForeignKey(t => t.CategoryId);
    });
}
