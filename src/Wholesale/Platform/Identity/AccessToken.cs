using Microsoft.EntityFrameworkCore;
using Wholesale.Platform.Database;

namespace Wholesale.Platform.Identity;

/// <summary>
/// A short-lived token's record: a storefront's own back-end acts as a user with it. The token itself is shown once and never stored. Goes with its user's row;
/// deleted some time after it expired.
/// </summary>
public sealed class AccessToken
{
    /// <summary>From <see cref="Ids"/>.</summary>
    public required long Id { get; init; }

    /// <summary>SHA-256 of the token.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>The user it acts as.</summary>
    public required long CompanyUserId { get; init; }

    /// <summary>The staff key that created it: the token ends when that is revoked.</summary>
    public required long CreatedByKeyId { get; init; }

    /// <summary>When it ends.</summary>
    public required DateTime ExpiresAt { get; init; }

    /// <summary>Whoever holds the token.</summary>
    public Credential ToCredential() => new(
        new Principal(PrincipalKind.CompanyUser, 0, CompanyUserId, "access token", PermissionSet.All) { ActingKeyId = CreatedByKeyId },
        CredentialKind.AccessToken,
        Id,
        ExpiresAt);

    /// <summary>Deletes some of those that expired, the oldest first.</summary>
    internal static async Task<int> Purge(WholesaleDb db, DateTime now, CancellationToken cancellation)
    {
        const int StepSize = 500;
        var due = await db.AccessTokens.Where(t => t.ExpiresAt <= now).OrderBy(t => t.ExpiresAt).Take(StepSize).Select(t => t.Id).ToListAsync(cancellation);
        return due.Count == 0 ? 0 : await db.AccessTokens.Where(t => due.Contains(t.Id)).ExecuteDeleteAsync(cancellation);
    }

    internal static void Map(ModelBuilder model) => model.Entity<AccessToken>(token =>
    {
        token.Property(t => t.Id).ValueGeneratedNever();
        token.Property(t => t.Hash).HasMaxLength(32).IsFixedLength();
        token.HasIndex(t => t.Hash).IsUnique();
        token.HasIndex(t => t.ExpiresAt).Serves("expired_tokens");
        token.HasOne<ApiKey>().WithMany().HasForeignKey(t => t.CreatedByKeyId).OnDelete(DeleteBehavior.Restrict);
    });
}
