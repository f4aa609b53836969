using Microsoft.EntityFrameworkCore;
using Wholesale.Platform;
using Wholesale.Platform.Database;

namespace Wholesale.Tax;

/// <summary>How much tax goods of a class bear that are sent to a place. Immutable: a changed one is another record of the same id.</summary>
public sealed record TaxRate
{
    /// <summary>From <see cref="Ids"/>.</summary>
    public required long Id { get; init; }

    /// <summary>The seller's key, unique, 1–64 characters, compared exactly.</summary>
    public required string ExternalId { get; init; }

    /// <summary>As it is printed, 1–200 characters.</summary>
    public required string Name { get; init; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public required string Country { get; init; }

    /// <summary>The part of the country by the seller's code, 1–64 characters; null: the whole country, but for regions with a rate of their own.</summary>
    public string? Region { get; init; }

    /// <summary>Of which goods, by the seller's code, 1–64 characters.</summary>
    public required string TaxClass { get; init; }

    /// <summary>In per cent, 0–100.</summary>
    public Amount Rate { get; init; }

    /// <summary>Whether companies with a verified tax id of the country owe the tax themselves.</summary>
    public bool IsReverseCharged { get; init; }

    /// <summary>The first day on which it holds; null: since ever.</summary>
    public DateOnly? ValidFrom { get; init; }

    /// <summary>The day after the last one; null: for ever.</summary>
    public DateOnly? ValidTo { get; init; }

    /// <summary>Counts up with every change.</summary>
    public long Version { get; init; }

    /// <summary>What it is the rate of: one of them holds on a day at most.</summary>
    internal (string Country, string? Region, string TaxClass) Place => (Country, Region, TaxClass);

    /// <summary>Whether there is a day on which both hold.</summary>
    internal bool MeetsInTime(TaxRate other) =>
        (ValidFrom ?? DateOnly.MinValue) < (other.ValidTo ?? DateOnly.MaxValue) && (other.ValidFrom ?? DateOnly.MinValue) < (ValidTo ?? DateOnly.MaxValue);

    internal static void Map(ModelBuilder model) => model.Entity<TaxRate>(rate =>
    {
        rate.Property(r => r.Id).ValueGeneratedNever();
        rate.Ignore(r => r.Place);
        rate.Property(r => r.ExternalId).HasMaxLength(64);
        rate.Property(r => r.Name).HasMaxLength(200);
        rate.Property(r => r.Country).HasMaxLength(2).IsUnicode(false).IsFixedLength();
        rate.Property(r => r.Region).HasMaxLength(64);
        rate.Property(r => r.TaxClass).HasMaxLength(64);
        rate.Property(r => r.Rate).InUnit("1/10,000 of a per cent.");
        rate.HasIndex(r => r.ExternalId).IsUnique();
        rate.HasIndex(r => new { r.Country, r.TaxClass, r.Region }).Serves("rates_of_a_place");
    });
}
