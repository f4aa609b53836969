using Microsoft.EntityFrameworkCore;
using Wholesale.Platform;

namespace Wholesale.Companies;

/// <summary>A person, or a system with a login of its own, that buys for a company.</summary>
public sealed class CompanyUser
{
    /// <summary>From <see cref="Ids"/>.</summary>
    public required long Id { get; init; }

    /// <summary>Whose user it is.</summary>
    public required long CompanyId { get; init; }

    /// <summary>The seller's key, unique within the company, 1–64 characters, compared exactly.</summary>
    public required string ExternalId { get; init; }

    /// <summary>1–200 characters.</summary>
    public required string Name { get; set; }

    /// <summary>As it was given.</summary>
    public required string Email { get; set; }

    /// <summary><see cref="KeyOf"/> the address: unique among all users.</summary>
    public required string EmailKey { get; set; }

    /// <summary>What the user may do.</summary>
    public CompanyRole Role { get; set; }

    /// <summary>The unit the user buys for.</summary>
    public required long UnitId { get; set; }

    /// <summary>Counts up with every change.</summary>
    public long Version { get; set; }

    /// <summary>An address without regard to case.</summary>
    internal static string KeyOf(string email) => email.ToUpperInvariant();

    /// <summary>
    /// Whether this looks like an address: something, one @, something with no blanks, at most the 254 characters of RFC 5321.
    /// Whether mail arrives there, only mail can tell.
    /// </summary>
    internal static bool IsEmail(string email)
    {
        var at = email.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && at < email.Length - 1 && email.LastIndexOf('@') == at && email.Length <= 254
            && !email.Any(c => char.IsWhiteSpace(c) || char.IsControl(c));
    }

    internal static void Map(ModelBuilder model) => model.Entity<CompanyUser>(user =>
    {
        user.Property(u => u.Id).ValueGeneratedNever();
        user.Property(u => u.ExternalId).HasMaxLength(64);
        user.Property(u => u.Name).HasMaxLength(200);
        user.Property(u => u.Email).HasMaxLength(254);
        user.Property(u => u.EmailKey).HasMaxLength(254);
        user.HasIndex(u => new { u.CompanyId, u.ExternalId }).IsUnique();
        user.HasIndex(u => u.EmailKey).IsUnique();
        user.HasOne<Company>().WithMany().HasForeignKey(u => u.CompanyId).OnDelete(DeleteBehavior.Restrict);
        user.HasOne<CompanyUnit>().WithMany().HasForeignKey(u => u.UnitId).OnDelete(DeleteBehavior.Restrict);
    });
}

/// <summary>What a user may do, from more to less. The numbers are stored.</summary>
public enum CompanyRole
{
    /// <summary>Everything.</summary>
    Admin = 0,

    /// <summary>Buys, and reads the company, its credit and its budgets.</summary>
    Buyer = 1,

    /// <summary>Reads products and prices.</summary>
    Viewer = 2,

    /// <summary>What a buyer does, and reads what was ordered for its unit and those below it.</summary>
    Manager = 3,
}
