using Microsoft.EntityFrameworkCore;
using Wholesale.Companies;
using Wholesale.Platform;
using Wholesale.Platform.Database;

namespace Wholesale.Carts;

/// <summary>What a user collects before it orders. Its lines are <see cref="CartLine"/>s.</summary>
public sealed partial class Cart
{
    /// <summary>How many open carts a user may have.</summary>
    public const int MaximumOpen = 100;

    /// <summary>How many lines a cart may have.</summary>
    public const int MaximumLines = 5_000;

    /// <summary>The longest name.</summary>
    public const int MaximumNameLength = 100;

    /// <summary>From <see cref="Ids"/>.</summary>
    public required long Id { get; init; }

    /// <summary>Whose user it is.</summary>
    public required long CompanyId { get; init; }

    /// <summary>Whose it is.</summary>
    public required long UserId { get; init; }

    /// <summary>The unit it buys for: its prices and products are that unit's.</summary>
    public required long UnitId { get; init; }

    /// <summary>Unique among the user's open carts, 1–100 characters.</summary>
    public required string Name { get; set; }

    /// <summary>Whether it can still be changed.</summary>
    public CartStatus Status { get; set; }

    /// <summary>Whether all users of the company that may fill carts may fill this one.</summary>
    public bool IsShared { get; set; }

    /// <summary>What its prices are in.</summary>
    public required Currency Currency { get; init; }

    /// <summary>How many lines it has.</summary>
    public int LineCount { get; set; }

    /// <summary>Counts up with every change, of its lines too.</summary>
    public long Version { get; set; }

    /// <summary>When it was opened.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    public DateTime UpdatedAt { get; set; }

    /// <summary>When it is deleted if nobody changes it; null once it was ordered.</summary>
    public DateTime? ExpiresAt { get; set; }

    /// <summary>It is not as it was.</summary>
    internal void Touch(DateTime now, TimeSpan expiresAfter) =>
        (Version, UpdatedAt, ExpiresAt) = (Version + 1, now, Status == CartStatus.Open ? now + expiresAfter : null);

    internal static void Map(ModelBuilder model) => model.Entity<Cart>(cart =>
    {
        cart.Property(c => c.Id).ValueGeneratedNever();
        cart.Property(c => c.Name).HasMaxLength(MaximumNameLength);
        MapDetails(cart);
        cart.HasIndex(c => new { c.UserId, c.Name }).IsUnique().HasFilter("\"Status\" = 0").Serves("names_of_open_carts");
        cart.HasIndex(c => new { c.CompanyId, c.Status, c.UpdatedAt, c.Id }).IsDescending(false, false, true, true).Serves("carts_of_a_company");
        cart.HasIndex(c => c.ExpiresAt).Serves("carts_that_expire").HasFilter("\"ExpiresAt\" IS NOT NULL");
        cart.HasOne<Company>().WithMany().HasForeignKey(c => c.CompanyId).OnDelete(DeleteBehavior.Restrict);
        cart.HasOne<CompanyUser>().WithMany().HasForeignKey(c => c.UserId).OnDelete(DeleteBehavior.Restrict);
        cart.HasOne<CompanyUnit>().WithMany().HasForeignKey(c => c.UnitId).OnDelete(DeleteBehavior.Restrict);
    });
}

/// <summary>What can be done with a cart: OPEN → ORDERED. The numbers are stored.</summary>
public enum CartStatus
{
    /// <summary>It can be filled and ordered.</summary>
    Open = 0,

    /// <summary>It was ordered, and never changes.</summary>
    Ordered = 1,
}
