using Microsoft.EntityFrameworkCore;
using Wholesale.Platform;

namespace Wholesale.Companies;

/// <summary>A region or country with its own assortment, prices and language.</summary>
public sealed class Market
{
    /// <summary>From <see cref="Ids"/>.</summary>
    public required long Id { get; init; }

    /// <summary>The seller's key, unique, 1–64 characters, compared exactly.</summary>
    public required string ExternalId { get; init; }

    /// <summary>1–200 characters.</summary>
    public required string Name { get; set; }

    /// <summary>The currency its prices are in.</summary>
    public required Currency Currency { get; set; }

    /// <summary>Counts up with every change.</summary>
    public long Version { get; set; }

    /// <summary>Takes a row's values.</summary>
    /// <returns>Whether it is new or not as it was.</returns>
    internal bool Change(MarketInput input)
    {
        var isChanged = Version == 0 || (Name, Currency) != (input.Name, input.Currency);
        (Name, Currency) = (input.Name, input.Currency);
        Version += isChanged ? 1 : 0;
        return isChanged;
    }

    internal static void Map(ModelBuilder model) => model.Entity<Market>(market =>
    {
        market.Property(m => m.Id).ValueGeneratedNever();
        market.Property(m => m.ExternalId).HasMaxLength(64);
        market.Property(m => m.Name).HasMaxLength(200);
        market.HasIndex(m => m.ExternalId).IsUnique();
    });
}

/// <summary>A customer's grade: gold, silver; shop, wholesaler.</summary>
public sealed class CustomerTier
{
    /// <summary>From <see cref="Ids"/>.</summary>
    public required long Id { get; init; }

    /// <summary>The seller's key, unique, 1–64 characters, compared exactly.</summary>
    public required string ExternalId { get; init; }

    /// <summary>1–200 characters.</summary>
    public required string Name { get; set; }

    /// <summary>Higher is better.</summary>
    public required int Rank { get; set; }

    /// <summary>Counts up with every change.</summary>
    public long Version { get; set; }

    /// <summary>Takes a row's values.</summary>
    /// <returns>Whether it is new or not as it was.</returns>
    internal bool Change(CustomerTierInput input)
    {
        var isChanged = Version == 0 || (Name, Rank) != (input.Name, input.Rank);
        (Name, Rank) = (input.Name, input.Rank);
        Version += isChanged ? 1 : 0;
        return isChanged;
    }

    internal static void Map(ModelBuilder model) => model.Entity<CustomerTier>(tier =>
    {
        tier.Property(t => t.Id).ValueGeneratedNever();
        tier.Property(t => t.ExternalId).HasMaxLength(64);
        tier.Property(t => t.Name).HasMaxLength(200);
        tier.HasIndex(t => t.ExternalId).IsUnique();
    });
}
