using Microsoft.EntityFrameworkCore;
using Wholesale.Companies;
using Wholesale.Platform.Database;

namespace Wholesale.Tax;

/// <summary>That a company has <see cref="CompanyTaxId"/>s and <see cref="TaxExemption"/>s, or once had.</summary>
public sealed class CompanyTaxProfile
{
    /// <summary>The company.</summary>
    public required long CompanyId { get; init; }

    /// <summary>The highest revision taken from the seller's system; null if none was given yet.</summary>
    public long? SourceRevision { get; set; }

    /// <summary>Counts up with every change.</summary>
    public long Version { get; set; }

    internal static void Map(ModelBuilder model) => model.Entity<CompanyTaxProfile>(profile =>
    {
        profile.HasKey(p => p.CompanyId);
        profile.Property(p => p.CompanyId).ValueGeneratedNever();
        profile.HasOne<Company>().WithOne().HasForeignKey<CompanyTaxProfile>(p => p.CompanyId).OnDelete(DeleteBehavior.Restrict);
    });
}

/// <summary>A company's number at the tax authority of a country; at most one a country.</summary>
public sealed record CompanyTaxId
{
    /// <summary>The longest number.</summary>
    public const int MaximumNumberLength = 32;

    /// <summary>Whose it is.</summary>
    public required long CompanyId { get; init; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public required string Country { get; init; }

    /// <summary>In upper case and without blanks, 1–32 visible ASCII characters.</summary>
    public required string Number { get; init; }

    /// <summary>Whether the seller has checked it. Only then it counts.</summary>
    public bool IsVerified { get; init; }

    internal static void Map(ModelBuilder model) => model.Entity<CompanyTaxId>(id =>
    {
        id.HasKey(i => new { i.CompanyId, i.Country });
        id.Property(i => i.Country).HasMaxLength(2).IsUnicode(false).IsFixedLength();
        id.Property(i => i.Number).HasMaxLength(MaximumNumberLength).IsUnicode(false);
        id.HasOne<Company>().WithMany().HasForeignKey(i => i.CompanyId).OnDelete(DeleteBehavior.Restrict);
    });
}

/// <summary>A certificate by which a company owes no tax in a country or a part of it.</summary>
public sealed record TaxExemption
{
    /// <summary>The longest number of a certificate.</summary>
    public const int MaximumNumberLength = 100;

    /// <summary>Whose it is.</summary>
    public required long CompanyId { get; init; }

    /// <summary>Its place among the company's, in the seller's order, from 0.</summary>
    public required int Position { get; init; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public required string Country { get; init; }

    /// <summary>The part of the country by the seller's code, 1–64 characters; null: all of it.</summary>
    public string? Region { get; init; }

    /// <summary>The number on the certificate, 1–100 characters.</summary>
    public required string CertificateNumber { get; init; }

    /// <summary>The first day on which it holds; null: since ever.</summary>
    public DateOnly? ValidFrom { get; init; }

    /// <summary>The day after the last one; null: for ever.</summary>
    public DateOnly? ValidTo { get; init; }

    internal static void Map(ModelBuilder model) => model.Entity<TaxExemption>(exemption =>
    {
        exemption.HasKey(e => new { e.CompanyId, e.Position });
        exemption.Property(e => e.Country).HasMaxLength(2).IsUnicode(false).IsFixedLength();
        exemption.Property(e => e.Region).HasMaxLength(64).IsCode();
        exemption.Property(e => e.CertificateNumber).HasMaxLength(MaximumNumberLength);
        exemption.HasOne<Company>().WithMany().HasForeignKey(e => e.CompanyId).OnDelete(DeleteBehavior.Restrict);
    });
}
