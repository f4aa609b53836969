using Microsoft.EntityFrameworkCore;
using Wholesale.Catalog;
using Wholesale.Platform;
using Wholesale.Platform.Database;

namespace Wholesale.Carts;

/// <summary>A variant in a cart, as it is stored. A cart has one line for each variant, in the order of their ids, which is that of adding.</summary>
public sealed class CartLine
{
    /// <summary>The longest note.</summary>
    public const int MaximumNoteLength = 500;

    /// <summary>From <see cref="Ids"/>.</summary>
    public required long Id { get; init; }

    /// <summary>The cart.</summary>
    public required long CartId { get; init; }

    /// <summary>The variant.</summary>
    public required long VariantId { get; init; }

    /// <summary>The variant's SKU, which never changes: for carts whose goods their readers do not see any more.</summary>
    public required string Sku { get; init; }

    /// <summary>How much of it; more than 0.</summary>
    public required Quantity Quantity { get; set; }

    /// <summary>Words to the seller, 1–500 characters; null: none.</summary>
    public string? Note { get; set; }

    /// <summary>When it was added.</summary>
    public required DateTime AddedAt { get; init; }

    /// <summary>What a unit cost when the line was added, or last changed, in the cart's currency; null: there was no price.</summary>
    public Amount? AddedUnitPrice { get; set; }

    internal static void Map(ModelBuilder model) => model.Entity<CartLine>(line =>
    {
        line.Property(l => l.Id).ValueGeneratedNever();
        line.Property(l => l.Sku).HasMaxLength(64).IsCode();
        line.Property(l => l.Note).HasMaxLength(MaximumNoteLength);
        line.HasIndex(l => new { l.CartId, l.VariantId }).IsUnique();
        line.HasOne<Cart>().WithMany().HasForeignKey(l => l.CartId).OnDelete(DeleteBehavior.Cascade);
        line.HasOne<Variant>().WithMany().HasForeignKey(l => l.VariantId).OnDelete(DeleteBehavior.Restrict);
    });
}
