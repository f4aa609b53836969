using Microsoft.EntityFrameworkCore;
using Wholesale.Platform;

namespace Wholesale.Catalog;

/// <summary>A package in which a variant comes. As <see cref="ProductAttribute"/> it is never changed, only replaced, and compares by value.</summary>
public sealed record PackagingLevel
{
    /// <summary>The most that a variant has.</summary>
    public const int Maximum = 8;

    /// <summary>The variant inside.</summary>
    public required long VariantId { get; init; }

    /// <summary>The seller's key for this kind of package, 1–20 characters, unique for the variant, compared exactly.</summary>
    public required string Code { get; init; }

    /// <summary>In words, 1–200 characters; null if there are none.</summary>
    public string? Name { get; init; }

    /// <summary>How much of the variant is in one package; more than 0.</summary>
    public required Quantity Contains { get; init; }

    /// <summary>The package's own global trade item number; null if it has none.</summary>
    public string? Gtin { get; init; }

    internal static void Map(ModelBuilder model) => model.Entity<PackagingLevel>(level =>
    {
        level.HasKey(l => new { l.VariantId, l.Code });
        level.Property(l => l.Code).HasMaxLength(20);
        level.Property(l => l.Name).HasMaxLength(RowErrors.MaximumNameLength);
        level.Property(l => l.Gtin).HasMaxLength(14).IsUnicode(false);
        level.HasOne<Variant>().WithMany().HasForeignKey(l => l.VariantId);
    });
}
