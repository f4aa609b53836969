using Microsoft.EntityFrameworkCore;
using Wholesale.Platform;

namespace Wholesale.Companies;

/// <summary>
/// An account at an identity provider that acts as a user: (issuer, subject), unique within the company, so that one person may be a user of several companies.
/// Never changed; goes with its user's row.
/// </summary>
public sealed class UserLogin
{
    /// <summary>How long an issuer may be.</summary>
    public const int MaximumIssuerLength = 200;

    /// <summary>How long a subject may be: OpenID Connect Core 1.0, section 2.</summary>
    public const int MaximumSubjectLength = 255;

    /// <summary>From <see cref="Ids"/>.</summary>
    public required long Id { get; init; }

    /// <summary>Whose login it is.</summary>
    public required long CompanyUserId { get; init; }

    /// <summary>The user's company.</summary>
    public required long CompanyId { get; init; }

    /// <summary>The claim <c>iss</c>: visible ASCII, compared exactly.</summary>
    public required string Issuer { get; init; }

    /// <summary>The claim <c>sub</c>: printable ASCII without a blank at the end, compared exactly.</summary>
    public required string Subject { get; init; }

    internal static void Map(ModelBuilder model) => model.Entity<UserLogin>(login =>
    {
        login.Property(l => l.Id).ValueGeneratedNever();
        login.Property(l => l.Issuer).HasMaxLength(MaximumIssuerLength).IsUnicode(false);
        login.Property(l => l.Subject).HasMaxLength(MaximumSubjectLength).IsUnicode(false);
        login.HasIndex(l => new { l.Issuer, l.Subject, l.CompanyId }).IsUnique();
        login.HasOne<CompanyUser>().WithMany().HasForeignKey(l => l.CompanyUserId).OnDelete(DeleteBehavior.Cascade);
        login.HasOne<Company>().WithMany().HasForeignKey(l => l.CompanyId).OnDelete(DeleteBehavior.Restrict);
    });
}
