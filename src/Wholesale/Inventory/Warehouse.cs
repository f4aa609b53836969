using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Wholesale.Platform;

namespace Wholesale.Inventory;

/// <summary>A country that a warehouse ships to.</summary>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="Priority">The warehouse's place among those that ship there, lowest first.</param>
public sealed record WarehouseDestination(string Country, int Priority = Warehouse.DefaultPriority);

/// <summary>A place that goods are shipped from.</summary>
public sealed class Warehouse
{
    /// <summary>The priority of a warehouse, or of a destination, that says nothing of it.</summary>
    public const int DefaultPriority = 100;

    /// <summary>How many countries a warehouse may name.</summary>
    public const int MaximumDestinations = 250;

    /// <summary>The longest region.</summary>
    public const int MaximumRegionLength = 64;

    /// <summary>From <see cref="Ids"/>.</summary>
    public required long Id { get; init; }

    /// <summary>The seller's key, unique, 1–64 characters, compared exactly.</summary>
    public required string ExternalId { get; init; }

    /// <summary>1–200 characters.</summary>
    public required string Name { get; set; }

    /// <summary>Where it stands: ISO 3166-1 alpha-2; null if unknown.</summary>
    public string? Country { get; set; }

    /// <summary>By the seller's code, 1–64 characters; null if unknown.</summary>
    public string? Region { get; set; }

    /// <summary>Its place among the warehouses, lowest first.</summary>
    public int Priority { get; set; } = DefaultPriority;

    /// <summary>The countries it ships to, each once; empty: everywhere, at its own priority. Stored as JSON.</summary>
    public IReadOnlyList<WarehouseDestination> ShipsTo { get; set; } = [];

    /// <summary>Whether anything is promised from it.</summary>
    public bool IsActive { get; set; } = true;

    /// <summary>The <see cref="Supplier"/> whose it is and who ships from there straight to the customer; null: the seller's own. Suppliers are never deleted.</summary>
    public long? SupplierId { get; set; }

    /// <summary>Counts up with every change.</summary>
    public long Version { get; set; }

    /// <summary>Its place among those that ship to a country; null: it does not.</summary>
    /// <param name="country">The country; null: wherever.</param>
    internal int? PriorityFor(string? country) =>
        !IsActive ? null
        : country is null || ShipsTo.Count == 0 ? Priority
        : ShipsTo.FirstOrDefault(destination => destination.Country == country)?.Priority;

    /// <summary>The active warehouses that ship to a country, by their priority for it, then by external id.</summary>
    /// <param name="warehouses">All of them.</param>
    /// <param name="country">The country; null: all active ones, by their own priority.</param>
    internal static IReadOnlyList<Warehouse> For(IEnumerable<Warehouse> warehouses, string? country) =>
    [
        .. warehouses
            .Select(warehouse => (Warehouse: warehouse, Priority: warehouse.PriorityFor(country)))
            .Where(found => found.Priority is not null)
            .OrderBy(found => found.Priority)
            .ThenBy(found => found.Warehouse.ExternalId, Utf8Order.Instance)
            .Select(found => found.Warehouse),
    ];

    internal static void Map(ModelBuilder model) => model.Entity<Warehouse>(warehouse =>
    {
        warehouse.Property(w => w.Id).ValueGeneratedNever();
        warehouse.Property(w => w.ExternalId).HasMaxLength(RowErrors.MaximumKeyLength);
        warehouse.Property(w => w.Name).HasMaxLength(RowErrors.MaximumNameLength);
        warehouse.Property(w => w.Country).HasMaxLength(2).IsUnicode(false).IsFixedLength();
        warehouse.Property(w => w.Region).HasMaxLength(MaximumRegionLength);
        warehouse.Property(w => w.ShipsTo).IsUnicode(false).HasConversion(
            destinations => JsonSerializer.Serialize(destinations, Json.Options),
            json => JsonSerializer.Deserialize<WarehouseDestination[]>(json, Json.Options)!,
            new ValueComparer<IReadOnlyList<WarehouseDestination>>(
                (one, other) => one!.SequenceEqual(other!), destinations => destinations.Count, destinations => destinations));
        warehouse.HasIndex(w => w.ExternalId).IsUnique();
    });
}
