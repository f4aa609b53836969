using Microsoft.EntityFrameworkCore;
using Wholesale.Catalog;
using Wholesale.Companies;
using Wholesale.Platform;
using Wholesale.Platform.Database;

namespace Wholesale.Carts;

/// <summary>How much an order, or its goods of a category, must come to: an amount, a quantity or both.</summary>
public sealed class OrderMinimum
{
    /// <summary>From <see cref="Ids"/>.</summary>
    public required long Id { get; init; }

    /// <summary>The seller's key, unique, 1–64 characters, compared exactly.</summary>
    public required string ExternalId { get; init; }

    /// <summary>What kind of thing <see cref="AssigneeId"/> is.</summary>
    public required AssigneeLevel Level { get; set; }

    /// <summary>Whose orders; 0: everyone's.</summary>
    public required long AssigneeId { get; set; }

    /// <summary>Goods of this category and those below it count, and only where there are any; null: the whole order.</summary>
    public long? CategoryId { get; set; }

    /// <summary>The least amount, net of tax, in <see cref="Currency"/>; null: none is asked for.</summary>
    public Amount? Amount { get; set; }

    /// <summary>The amount's; orders in others are not asked for it.</summary>
    public Currency? Currency { get; set; }

    /// <summary>The least quantity, all lines added up; null: none is asked for.</summary>
    public Quantity? Quantity { get; set; }

    /// <summary>Whether it counts.</summary>
    public bool IsActive { get; set; }

    /// <summary>Counts up with every change.</summary>
    public long Version { get; set; }

    /// <summary>Whose orders.</summary>
    public Assignee Assignee => new(Level, AssigneeId);

    /// <summary>The least amount with its currency.</summary>
    internal Money? Least => Amount is { } amount && Currency is { } currency ? new Money(amount.TenThousandths, currency) : null;

    internal static void Map(ModelBuilder model) => model.Entity<OrderMinimum>(minimum =>
    {
        minimum.Property(m => m.Id).ValueGeneratedNever();
        minimum.Property(m => m.ExternalId).HasMaxLength(64);
        minimum.Ignore(m => m.Assignee);
        minimum.Ignore(m => m.Least);
        minimum.HasIndex(m => m.ExternalId).IsUnique();
        minimum.HasIndex(m => m.AssigneeId).Serves("order_minimums_of_an_assignee");
        minimum.HasOne<Category>().WithMany().HasForeignKey(m => m.CategoryId).OnDelete(DeleteBehavior.Restrict);
    });
}
