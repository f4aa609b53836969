using Microsoft.EntityFrameworkCore;
using Wholesale.Platform;
using Wholesale.Platform.Database;

namespace Wholesale.Companies;

/// <summary>A buying firm.</summary>
public sealed class Company
{
    /// <summary>From <see cref="Ids"/>.</summary>
    public required long Id { get; init; }

    /// <summary>The seller's key, unique, 1–64 characters, compared exactly.</summary>
    public required string ExternalId { get; init; }

    /// <summary>1–200 characters.</summary>
    public required string Name { get; set; }

    /// <summary><see cref="Platform.NameKey"/> of the name.</summary>
    public required string NameKey { get; set; }

    /// <summary>Null if unknown.</summary>
    public BusinessType? BusinessType { get; set; }

    /// <summary>Its line of business by the seller's code, 1–64 characters; null if unknown.</summary>
    public string? Industry { get; set; }

    /// <summary>ISO 3166-1 alpha-2; null if unknown.</summary>
    public string? Country { get; set; }

    /// <summary>By the seller's code, 1–64 characters; null if unknown.</summary>
    public string? Region { get; set; }

    /// <summary>How many people work there, 0 or more; null if unknown.</summary>
    public int? Employees { get; set; }

    /// <summary>Only verified companies see prices.</summary>
    public VerificationStatus Verification { get; set; }

    /// <summary>Null if it has no grade.</summary>
    public long? TierId { get; set; }

    /// <summary>What units without a market of their own inherit.</summary>
    public long? MarketId { get; set; }

    /// <summary>Its own; null: its market's. See <see cref="EffectiveCurrency"/>.</summary>
    public Currency? Currency { get; set; }

    /// <summary>Null: the catalog's default.</summary>
    public string? Locale { get; set; }

    /// <summary>The highest revision taken from the seller's system; null if none was given yet.</summary>
    public long? SourceRevision { get; set; }

    /// <summary>Counts up with every change, of its units, users and addresses too.</summary>
    public long Version { get; set; }

    /// <summary>When it was last changed.</summary>
    public DateTime UpdatedAt { get; set; }

    /// <summary>Whether its users see prices.</summary>
    public bool PricesVisible => Verification == VerificationStatus.Verified;

    /// <summary>What decides on its prices and its catalog.</summary>
    internal CompanyTerms Terms => new(Verification, TierId, MarketId, Currency);

    /// <summary>The company under other terms; this one stays as it is.</summary>
    internal Company With(CompanyTerms terms)
    {
        var copy = (Company)MemberwiseClone();
        (copy.Verification, copy.TierId, copy.MarketId, copy.Currency) = terms;
        return copy;
    }

    /// <summary>The currency of prices in a market.</summary>
    public Currency? EffectiveCurrency(Market? market) => Currency ?? market?.Currency;

    /// <summary>Whether a text has the form of an ISO 3166-1 alpha-2 code.</summary>
    internal static bool IsCountry(string text) => text.Length == 2 && char.IsAsciiLetterUpper(text[0]) && char.IsAsciiLetterUpper(text[1]);

    internal static void Map(ModelBuilder model) => model.Entity<Company>(company =>
    {
        company.Property(c => c.Id).ValueGeneratedNever();
        company.Ignore(c => c.Terms);
        company.Property(c => c.ExternalId).HasMaxLength(64);
        company.Property(c => c.Name).HasMaxLength(200);
        company.Property(c => c.NameKey).HasMaxLength(Platform.NameKey.MaximumLength);
        company.Property(c => c.Industry).HasMaxLength(64);
        company.Property(c => c.Country).HasMaxLength(2).IsUnicode(false).IsFixedLength();
        company.Property(c => c.Region).HasMaxLength(64);
        company.Property(c => c.Locale).HasMaxLength(LanguageTag.MaximumLength).IsUnicode(false);
        company.HasIndex(c => c.ExternalId).IsUnique();
        company.HasIndex(c => new { c.NameKey, c.Id }).Serves("companies_by_name");
        company.HasOne<CustomerTier>().WithMany().HasForeignKey(c => c.TierId).OnDelete(DeleteBehavior.Restrict);
        company.HasOne<Market>().WithMany().HasForeignKey(c => c.MarketId).OnDelete(DeleteBehavior.Restrict);
    });
}

/// <summary>What a firm does with the goods. The numbers are stored.</summary>
public enum BusinessType
{
    /// <summary>Shops with a door.</summary>
    OfflineShop = 0,

    /// <summary>A web shop of its own.</summary>
    WebShop = 1,

    /// <summary>Sells on marketplaces.</summary>
    MarketplaceSeller = 2,

    /// <summary>Sells to followers.</summary>
    Influencer = 3,

    /// <summary>Sells on to shops.</summary>
    Distributor = 4,

    /// <summary>Builds the goods into its own.</summary>
    Manufacturer = 5,

    /// <summary>Uses the goods itself.</summary>
    EndUser = 6,
}

/// <summary>Whether the seller has checked who a company is. The numbers are stored.</summary>
public enum VerificationStatus
{
    /// <summary>Not yet checked: sees no prices.</summary>
    Pending = 0,

    /// <summary>Checked: sees its prices.</summary>
    Verified = 1,

    /// <summary>Checked and refused: sees no prices.</summary>
    Rejected = 2,
}
