using Microsoft.EntityFrameworkCore;
using Wholesale.Platform;
using Wholesale.Platform.Database;

namespace Wholesale.Companies;

/// <summary>A branch or department. Units form a tree of at most <see cref="TreePath.MaximumDepth"/> levels; a company always has a top unit.</summary>
public sealed class CompanyUnit
{
    /// <summary>From <see cref="Ids"/>.</summary>
    public required long Id { get; init; }

    /// <summary>Whose it is.</summary>
    public required long CompanyId { get; init; }

    /// <summary>The seller's key, unique within the company, 1–64 characters, compared exactly.</summary>
    public required string ExternalId { get; init; }

    /// <summary>1–200 characters.</summary>
    public required string Name { get; set; }

    /// <summary>The unit above, of the same company; null at the top.</summary>
    public long? ParentId { get; set; }

    /// <summary>See <see cref="TreePath"/>.</summary>
    public required string Path { get; set; }

    /// <summary>Its own market; null: that of the nearest unit above that has one, else the company's.</summary>
    public long? MarketId { get; set; }

    /// <summary>Counts up with every change.</summary>
    public long Version { get; set; }

    /// <summary>Where it stands, and in which market.</summary>
    internal UnitPlace Place => new(Id, ParentId, MarketId);

    /// <summary>Top units first, then by name; a name used twice goes by id.</summary>
    internal static IOrderedEnumerable<CompanyUnit> InOrder(IEnumerable<CompanyUnit> units) => units
        .OrderBy(u => u.ParentId is not null)
        .ThenBy(u => NameKey.Of(u.Name), Utf8Order.Instance)
        .ThenBy(u => u.Id);

    internal static void Map(ModelBuilder model) => model.Entity<CompanyUnit>(unit =>
    {
        unit.Property(u => u.Id).ValueGeneratedNever();
        unit.Ignore(u => u.Place);
        unit.Property(u => u.ExternalId).HasMaxLength(64);
        unit.Property(u => u.Name).HasMaxLength(200);
        unit.Property(u => u.Path).HasMaxLength(TreePath.MaximumLength).IsUnicode(false);
        unit.HasIndex(u => new { u.CompanyId, u.ExternalId }).IsUnique();
        unit.HasIndex(u => u.ParentId).Serves("children_of_a_unit");
        unit.HasOne<Company>().WithMany().HasForeignKey(u => u.CompanyId).OnDelete(DeleteBehavior.Restrict);
        unit.HasOne<CompanyUnit>().WithMany().HasForeignKey(u => u.ParentId).OnDelete(DeleteBehavior.Restrict);
        unit.HasOne<Market>().WithMany().HasForeignKey(u => u.MarketId).OnDelete(DeleteBehavior.Restrict);
    });
}

/// <summary>A market that applies to a unit, and the unit or company that sets it.</summary>
/// <param name="Market">The market.</param>
/// <param name="Source">A <see cref="CompanyUnit"/> or <see cref="Company"/>.</param>
public sealed record InheritedMarket(Market Market, object Source);
