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

    /// <summary>Which of a customer's price lists decides.</summary>
    public PricePolicy PricePolicy { get; set; }

    /// <summary>Which way an amount between two minor units goes.</summary>
    public RoundingMode RoundingMode { get; set; }

    /// <summary>What is rounded.</summary>
    public RoundingLevel RoundingLevel { get; set; }

    /// <summary>Mode and level together.</summary>
    public PriceRounding Rounding => new(RoundingMode, RoundingLevel);

    /// <summary>What decides on prices.</summary>
    internal MarketTerms Terms => new(Currency, PricePolicy, RoundingMode, RoundingLevel);

    /// <summary>Counts up with every change.</summary>
    public long Version { get; set; }

    /// <summary>The market under other terms; this one stays as it is.</summary>
    internal Market With(MarketTerms terms)
    {
        var copy = (Market)MemberwiseClone();
        (copy.Currency, copy.PricePolicy, copy.RoundingMode, copy.RoundingLevel) = terms;
        return copy;
    }

    /// <summary>Takes a row's values.</summary>
    /// <returns>Whether it is new or not as it was.</returns>
    internal bool Change(MarketInput input)
    {
        var before = (Name, Currency, PricePolicy, Rounding);
        (Name, Currency) = (input.Name, input.Currency);
        PricePolicy = input.PricePolicy ?? PricePolicy;
        RoundingMode = input.Rounding?.Mode ?? RoundingMode;
        RoundingLevel = input.Rounding?.Level ?? RoundingLevel;
        var isChanged = Version == 0 || before != (Name, Currency, PricePolicy, Rounding);
        Version += isChanged ? 1 : 0;
        return isChanged;
    }

    internal static void Map(ModelBuilder model) => model.Entity<Market>(market =>
    {
        market.Property(m => m.Id).ValueGeneratedNever();
        market.Property(m => m.ExternalId).HasMaxLength(64);
        market.Property(m => m.Name).HasMaxLength(200);
        market.Ignore(m => m.Rounding);
        market.Ignore(m => m.Terms);
        market.HasIndex(m => m.ExternalId).IsUnique();
    });
}

/// <summary>Which of a customer's price lists decides on the price of a variant. The numbers are stored.</summary>
public enum PricePolicy
{
    /// <summary>The first list that has a price, nearest first.</summary>
    MostSpecific = 0,

    /// <summary>The lowest price of all the customer's lists.</summary>
    Lowest = 1,
}

/// <summary>How amounts become whole minor units of the currency.</summary>
/// <param name="Mode">Which way an amount between two minor units goes.</param>
/// <param name="Level">What is rounded.</param>
public sealed record PriceRounding(RoundingMode Mode, RoundingLevel Level);

/// <summary>What is rounded. The numbers are stored.</summary>
public enum RoundingLevel
{
    /// <summary>The line's total only: the unit price keeps its four decimals.</summary>
    LineTotal = 0,

    /// <summary>The unit price first: the line's total is a multiple of what the buyer reads.</summary>
    UnitPrice = 1,
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
