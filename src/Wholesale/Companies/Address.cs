using Microsoft.EntityFrameworkCore;
using Wholesale.Platform;
using Wholesale.Platform.Database;

namespace Wholesale.Companies;

/// <summary>A place that a company has goods or invoices sent to. Immutable: a changed one is another record of the same id.</summary>
public sealed record Address
{
    /// <summary>How many addresses a company may have that are not archived.</summary>
    public const int MaximumOfCompany = 1_000;

    /// <summary>How many lines it may have between name and city.</summary>
    public const int MaximumLines = 4;

    /// <summary>The longest line, city and phone number.</summary>
    public const int MaximumLineLength = 100;

    /// <summary>The longest postal code.</summary>
    public const int MaximumPostalCodeLength = 20;

    /// <summary>From <see cref="Ids"/>.</summary>
    public required long Id { get; init; }

    /// <summary>Whose it is.</summary>
    public required long CompanyId { get; init; }

    /// <summary>The key that its writer gave it, unique within the company, 1–64 characters, compared exactly.</summary>
    public required string ExternalId { get; init; }

    /// <summary>The unit that has it, for itself and all below it; null: the whole company.</summary>
    public long? UnitId { get; init; }

    /// <summary>The firm or person that receives, 1–200 characters.</summary>
    public required string Name { get; init; }

    /// <summary>The person to ask for, 1–200 characters; null if there is none.</summary>
    public string? Attention { get; init; }

    /// <summary><see cref="Lines"/>, joined by line breaks.</summary>
    public required string JoinedLines { get; init; }

    /// <summary>Street, house, floor: 1–4 lines of 1–100 characters.</summary>
    public IReadOnlyList<string> Lines => JoinedLines.Split('\n');

    /// <summary>1–100 characters.</summary>
    public required string City { get; init; }

    /// <summary>The part of the country by the code that tax rates have, 1–64 characters; null if it has none.</summary>
    public string? Region { get; init; }

    /// <summary>1–20 characters; null if it has none.</summary>
    public string? PostalCode { get; init; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public required string Country { get; init; }

    /// <summary>1–100 characters; null if unknown.</summary>
    public string? Phone { get; init; }

    /// <summary>Whether goods can be sent there.</summary>
    public bool IsShipTo { get; init; }

    /// <summary>Whether invoices can be sent there.</summary>
    public bool IsBillTo { get; init; }

    /// <summary>Whether it is its owner's first choice for goods; at most one of an owner is.</summary>
    public bool IsDefaultShipTo { get; init; }

    /// <summary>Whether it is its owner's first choice for invoices; at most one of an owner is.</summary>
    public bool IsDefaultBillTo { get; init; }

    /// <summary>Whether it is no longer used.</summary>
    public bool IsArchived { get; init; }

    /// <summary>Counts up with every change.</summary>
    public long Version { get; init; }

    /// <summary>By name; a name used twice goes by id.</summary>
    internal static IOrderedEnumerable<Address> InOrder(IEnumerable<Address> addresses) =>
        addresses.OrderBy(a => NameKey.Of(a.Name), Utf8Order.Instance).ThenBy(a => a.Id);

    internal static void Map(ModelBuilder model) => model.Entity<Address>(address =>
    {
        address.Property(a => a.Id).ValueGeneratedNever();
        address.Ignore(a => a.Lines);
        address.Property(a => a.ExternalId).HasMaxLength(64);
        address.Property(a => a.Name).HasMaxLength(200);
        address.Property(a => a.Attention).HasMaxLength(200);
        address.Property(a => a.JoinedLines).HasMaxLength((MaximumLines * (MaximumLineLength + 1)) - 1);
        address.Property(a => a.City).HasMaxLength(MaximumLineLength);
        address.Property(a => a.Region).HasMaxLength(64).IsCode();
        address.Property(a => a.PostalCode).HasMaxLength(MaximumPostalCodeLength);
        address.Property(a => a.Country).HasMaxLength(2).IsUnicode(false).IsFixedLength();
        address.Property(a => a.Phone).HasMaxLength(MaximumLineLength);
        address.HasIndex(a => new { a.CompanyId, a.ExternalId }).IsUnique();
        address.HasOne<Company>().WithMany().HasForeignKey(a => a.CompanyId).OnDelete(DeleteBehavior.Restrict);
        address.HasOne<CompanyUnit>().WithMany().HasForeignKey(a => a.UnitId).OnDelete(DeleteBehavior.Restrict);
    });
}
