using Microsoft.EntityFrameworkCore;
using Wholesale.Companies;
using Wholesale.Platform;
using Wholesale.Platform.Database;

namespace Wholesale.Catalog;

/// <summary>A permitted assortment. What is in it now is kept in <see cref="CatalogViewProduct"/> and <see cref="CatalogViewHiddenVariant"/>.</summary>
public sealed class CatalogView
{
    /// <summary>From <see cref="Ids"/>.</summary>
    public required long Id { get; init; }

    /// <summary>The seller's key, unique, 1–64 characters, compared exactly.</summary>
    public required string ExternalId { get; init; }

    /// <summary>1–200 characters.</summary>
    public required string Name { get; set; }

    /// <summary>Counts up with every change.</summary>
    public long Version { get; set; }

    internal static void Map(ModelBuilder model) => model.Entity<CatalogView>(view =>
    {
        view.Property(v => v.Id).ValueGeneratedNever();
        view.Property(v => v.ExternalId).HasMaxLength(64);
        view.Property(v => v.Name).HasMaxLength(200);
        view.HasIndex(v => v.ExternalId).IsUnique();
    });
}

/// <summary>Takes variants in or leaves them out: by category, by fact or by SKU; exactly one of the three is set.</summary>
public sealed record CatalogViewRule
{
    /// <summary>The view it is a rule of.</summary>
    public required long ViewId { get; init; }

    /// <summary>Its place among the view's rules, from 0; rules weigh the same wherever they stand.</summary>
    public required int Position { get; init; }

    /// <summary>In or out.</summary>
    public required RuleAction Action { get; init; }

    /// <summary>This category and all below it.</summary>
    public long? CategoryId { get; init; }

    /// <summary>The kind of fact; null unless the rule goes by fact.</summary>
    public string? AttributeCode { get; init; }

    /// <summary>The fact's value.</summary>
    public string? AttributeValue { get; init; }

    /// <summary>The fact's unit as the seller gave it; it does not matter to the rule.</summary>
    public string? AttributeUnit { get; init; }

    /// <summary>The SKU as the seller gave it; null unless the rule goes by SKU.</summary>
    public string? Sku { get; init; }

    /// <summary>The product that has the SKU, or whose variant has it.</summary>
    public long? ProductId { get; init; }

    /// <summary>The variant that has the SKU; null if it is the product's.</summary>
    public long? VariantId { get; init; }

    internal static void Map(ModelBuilder model) => model.Entity<CatalogViewRule>(rule =>
    {
        rule.HasKey(r => new { r.ViewId, r.Position });
        rule.Property(r => r.AttributeCode).HasMaxLength(64).IsCode();
        rule.Property(r => r.AttributeValue).HasMaxLength(500).IsCode();
        rule.Property(r => r.AttributeUnit).HasMaxLength(20);
        rule.Property(r => r.Sku).HasMaxLength(64).IsCode();
        rule.HasOne<CatalogView>().WithMany().HasForeignKey(r => r.ViewId);
        rule.HasOne<Category>().WithMany().HasForeignKey(r => r.CategoryId).OnDelete(DeleteBehavior.Restrict);
    });
}

/// <summary>In or out. The numbers are stored.</summary>
public enum RuleAction
{
    /// <summary>Take in.</summary>
    Include = 0,

    /// <summary>Leave out, whatever else takes it in.</summary>
    Exclude = 1,
}

/// <summary>That a view was given to someone.</summary>
public sealed record CatalogViewAssignment
{
    /// <summary>The view.</summary>
    public required long ViewId { get; init; }

    /// <summary>What kind of thing has it.</summary>
    public required AssigneeLevel Level { get; init; }

    /// <summary>See <see cref="Assignee"/>.</summary>
    public required long AssigneeId { get; init; }

    internal static void Map(ModelBuilder model) => model.Entity<CatalogViewAssignment>(assignment =>
    {
        assignment.HasKey(a => new { a.ViewId, a.AssigneeId });
        assignment.HasIndex(a => a.AssigneeId).Serves("views_of_an_assignee");
        assignment.HasOne<CatalogView>().WithMany().HasForeignKey(a => a.ViewId);
    });
}

/// <summary>A product that is in a view: at least one of its variants is.</summary>
public sealed record CatalogViewProduct
{
    /// <summary>The view.</summary>
    public required long ViewId { get; init; }

    /// <summary>The product.</summary>
    public required long ProductId { get; init; }

    internal static void Map(ModelBuilder model) => model.Entity<CatalogViewProduct>(row =>
    {
        row.HasKey(r => new { r.ViewId, r.ProductId });
        row.HasIndex(r => r.ProductId).Serves("views_of_a_product");
        row.HasOne<CatalogView>().WithMany().HasForeignKey(r => r.ViewId);
        row.HasOne<Product>().WithMany().HasForeignKey(r => r.ProductId);
    });
}

/// <summary>A variant that is not in a view although its product is.</summary>
public sealed record CatalogViewHiddenVariant
{
    /// <summary>The view.</summary>
    public required long ViewId { get; init; }

    /// <summary>The variant.</summary>
    public required long VariantId { get; init; }

    internal static void Map(ModelBuilder model) => model.Entity<CatalogViewHiddenVariant>(row =>
    {
        row.HasKey(r => new { r.ViewId, r.VariantId });
        row.HasIndex(r => r.VariantId).Serves("views_that_hide_a_variant");
        row.HasOne<CatalogView>().WithMany().HasForeignKey(r => r.ViewId);
        row.HasOne<Variant>().WithMany().HasForeignKey(r => r.VariantId);
    });
}
