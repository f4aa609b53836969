using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Wholesale.Companies;
using Wholesale.Platform;
using Wholesale.Platform.Database;

namespace Wholesale.Shipping;

/// <summary>A way of sending goods, and its prices by where they go and how much they are. Never changed, only replaced by one of the same id.</summary>
public sealed record FreightTemplate
{
    /// <summary>How many templates there may be in all.</summary>
    public const int Maximum = 200;

    /// <summary>How many zones a template may have.</summary>
    public const int MaximumZones = 100;

    /// <summary>How many places its zones may name together.</summary>
    public const int MaximumPlaces = 2_500;

    /// <summary>From <see cref="Ids"/>.</summary>
    public required long Id { get; init; }

    /// <summary>The seller's key, unique, 1–64 characters, compared exactly.</summary>
    public required string ExternalId { get; init; }

    /// <summary>1–200 characters.</summary>
    public required string Name { get; init; }

    /// <summary>What kind of way it is.</summary>
    public required ShippingMethodKind Kind { get; init; }

    /// <summary>What its prices are in.</summary>
    public required Currency Currency { get; init; }

    /// <summary>What freight is counted by.</summary>
    public required FreightBasis Basis { get; init; }

    /// <summary>For buyers of which market it is; null: for everyone.</summary>
    public long? MarketId { get; init; }

    /// <summary>Where goods go by it, 1–100; at most one without places, and no place twice. Stored as JSON.</summary>
    public required IReadOnlyList<FreightZone> Zones { get; init; }

    /// <summary>The most that is sent by it, in kilograms; null: no limit.</summary>
    public Quantity? MaximumWeight { get; init; }

    /// <summary>Whether it is offered.</summary>
    public bool IsActive { get; init; } = true;

    /// <summary>Counts up with every change.</summary>
    public long Version { get; init; }

    /// <summary>The zone that goods for a place are of: of its narrowest place that they go to, else that of everywhere else; null: nothing is sent there.</summary>
    internal FreightZone? ZoneOf(ShippingDestination destination)
    {
        var (found, narrowest) = ((FreightZone?)null, default((int, bool, bool)));
        foreach (var zone in Zones)
        {
            foreach (var place in zone.Places.Count == 0 ? FreightPlace.Everywhere : zone.Places)
            {
                if (place.Holds(destination) && (found is null || place.Narrowness.CompareTo(narrowest) > 0))
                {
                    (found, narrowest) = (zone, place.Narrowness);
                }
            }
        }

        return found;
    }

    /// <summary>The same, where nothing of it was changed: compared by all that it says.</summary>
    internal bool SaysTheSameAs(FreightTemplate other) => this with { Zones = other.Zones } == other && JsonSerializer.Serialize(Zones, Json.Options) == JsonSerializer.Serialize(other.Zones, Json.Options);

    internal static void Map(ModelBuilder model) => model.Entity<FreightTemplate>(template =>
    {
        template.Property(t => t.Id).ValueGeneratedNever();
        template.Property(t => t.ExternalId).HasMaxLength(RowErrors.MaximumKeyLength);
        template.Property(t => t.Name).HasMaxLength(RowErrors.MaximumNameLength);
        template.Property(t => t.Zones).IsJson();
        template.Property(t => t.MaximumWeight).InUnit("Grams.");
        template.HasIndex(t => t.ExternalId).IsUnique();
        template.HasOne<Market>().WithMany().HasForeignKey(t => t.MarketId).OnDelete(DeleteBehavior.Restrict);
    });
}

/// <summary>Kinds of ways of sending goods. The numbers are stored.</summary>
public enum ShippingMethodKind
{
    /// <summary>Parcels.</summary>
    Parcel = 0,

    /// <summary>Less than truckload.</summary>
    Ltl = 1,

    /// <summary>Full truckload.</summary>
    Ftl = 2,

    /// <summary>By rail.</summary>
    Rail = 3,

    /// <summary>By sea.</summary>
    Sea = 4,

    /// <summary>By air.</summary>
    Air = 5,
}

/// <summary>What freight is counted by. The numbers are stored.</summary>
public enum FreightBasis
{
    /// <summary>Kilograms.</summary>
    Weight = 0,

    /// <summary>Litres.</summary>
    Volume = 1,

    /// <summary>Quantities, whatever their unit of measure.</summary>
    Quantity = 2,
}

/// <summary>Places that goods go to at the same prices.</summary>
/// <param name="Name">1–200 characters.</param>
/// <param name="Places">Empty: everywhere that is in no other zone of the template.</param>
/// <param name="Steps">1–50, the least first.</param>
/// <param name="FreeFrom">Goods that cost so much are sent free; null: none are.</param>
/// <param name="TransitDays">How long they are on their way; null: that is not told.</param>
public sealed record FreightZone(string Name, IReadOnlyList<FreightPlace> Places, IReadOnlyList<FreightStep> Steps, Amount? FreeFrom, TransitDays? TransitDays)
{
    /// <summary>How many places a zone may have.</summary>
    public const int MaximumPlaces = 250;

    /// <summary>How many steps a zone may have.</summary>
    public const int MaximumSteps = 50;

    /// <summary>With amounts that show the minor unit of their currency.</summary>
    internal FreightZone In(Currency currency) => this with
    {
        FreeFrom = FreeFrom is { } free ? new Money(free.TenThousandths, currency).Amount : null,
        Steps = [.. Steps.Select(step => step with { Price = new Money(step.Price.TenThousandths, currency).Amount, PerUnit = new Money(step.PerUnit.TenThousandths, currency).Amount })],
    };
}

/// <summary>A country or a part of it.</summary>
/// <param name="Country">ISO 3166-1 alpha-2; empty: any.</param>
/// <param name="Region">By the code that addresses have; null: all of it.</param>
/// <param name="PostalCodePrefix">What postal codes there begin with, in upper case, without blanks and hyphens; null: anything.</param>
public sealed record FreightPlace(string Country, string? Region = null, string? PostalCodePrefix = null)
{
    /// <summary>Wherever it may be.</summary>
    internal static IReadOnlyList<FreightPlace> Everywhere { get; } = [new("")];

    /// <summary>The longer the prefix, the narrower; then a region, then a country.</summary>
    internal (int Prefix, bool HasRegion, bool HasCountry) Narrowness => (PostalCodePrefix?.Length ?? 0, Region is not null, Country.Length > 0);

    internal bool Holds(ShippingDestination destination) =>
        Country.Length == 0
        || (Country == destination.Country
            && (Region is null || Region == destination.Region)
            && (PostalCodePrefix is null || (destination.PlainCode is { } code && code.StartsWith(PostalCodePrefix, StringComparison.Ordinal))));

    /// <summary>A postal code as it is compared: some write it with a blank or hyphen within, some without.</summary>
    internal static string Plain(string code) => string.Concat(code.Where(c => !char.IsWhiteSpace(c) && c != '-')).ToUpperInvariant();
}

/// <summary>A price for up to so much.</summary>
/// <param name="UpTo">In kilograms, litres or quantities, inclusive; null: no limit.</param>
/// <param name="Price">What it costs.</param>
/// <param name="PerUnit">For each unit above the end of the step before, begun ones included.</param>
public sealed record FreightStep(Quantity? UpTo, Amount Price, Amount PerUnit);

/// <summary>How long goods are on their way, in days of the calendar.</summary>
/// <param name="Minimum">0–365.</param>
/// <param name="Maximum">0–365, not below the minimum.</param>
public sealed record TransitDays(int Minimum, int Maximum)
{
    /// <summary>The longest way.</summary>
    public const int Longest = 365;
}
