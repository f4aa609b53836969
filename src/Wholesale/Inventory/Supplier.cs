using Microsoft.EntityFrameworkCore;
using Wholesale.Platform;

namespace Wholesale.Inventory;

/// <summary>Who the seller buys from. One that ships to customers itself has a <see cref="Warehouse"/> of its own here, with the stock that it lets the seller sell.</summary>
public sealed class Supplier
{
    /// <summary>From <see cref="Ids"/>.</summary>
    public required long Id { get; init; }

    /// <summary>The seller's key, unique, 1–64 characters, compared exactly.</summary>
    public required string ExternalId { get; init; }

    /// <summary>1–200 characters.</summary>
    public required string Name { get; set; }

    /// <summary>Whether the seller still buys from it.</summary>
    public bool IsActive { get; set; } = true;

    /// <summary>Counts up with every change.</summary>
    public long Version { get; set; }

    internal static void Map(ModelBuilder model) => model.Entity<Supplier>(supplier =>
    {
        supplier.Property(s => s.Id).ValueGeneratedNever();
        supplier.Property(s => s.ExternalId).HasMaxLength(RowErrors.MaximumKeyLength);
        supplier.Property(s => s.Name).HasMaxLength(RowErrors.MaximumNameLength);
        supplier.HasIndex(s => s.ExternalId).IsUnique();
    });
}
