using Microsoft.EntityFrameworkCore;
using Wholesale.Platform.Events;
using Wholesale.Platform.Caching;

namespace Wholesale.Platform.Identity;

/// <summary>What became of it.</summary>
/// <param name="AccessToken">To be shown this once; null if none was created.</param>
/// <param name="ExpiresAt">When it ends; null if none was created.</param>
/// <param name="UserErrors">Why none was created; empty otherwise.</param>
public sealed record CreateAccessTokenPayload(string? AccessToken, DateTime? ExpiresAt, IReadOnlyList<UserError> UserErrors);

/// <summary>Creates access tokens, inside a write, and tells who holds one.</summary>
public sealed class AccessTokens(WholesaleDb db, Writes writes, RecentSecrets<Credential> recent, Clock clock, Ids ids)
{
    /// <summary>How every token begins.</summary>
    public const string Start = "wht_";

    /// <summary>How long a token lives.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    // A key that expires leaves its tokens their few minutes; one that is revoked takes them along.
    private static readonly Func<WholesaleDb, byte[], DateTime, Task<AccessToken?>> ByHash =
        EF.CompileAsyncQuery((WholesaleDb db, byte[] hash, DateTime now) => db.AccessTokens.FirstOrDefault(token =>
            token.Hash == hash && token.ExpiresAt > now && db.ApiKeys.Any(key => key.Id == token.CreatedByKeyId && key.RevokedAt == null)));

    /// <summary>Who holds a token; null if it is no live one. Answered from memory for up to two seconds.</summary>
    public async ValueTask<Credential?> Authenticate(string token)
    {
        if (!Secrets.IsWellFormed(token, Start))
        {
            return null;
        }

        var digest = SecretDigest.Of(token);
        if (recent.Find(digest) is { } known)
        {
            CacheMetrics.LookedUp("access_tokens", CacheLevel.Memory);
            return known;
        }

        CacheMetrics.LookedUp("access_tokens", CacheLevel.Database);
        var generation = recent.Generation;
        if (await ByHash(db, digest.ToArray(), clock.UtcNow) is not { } found)
        {
            return null;
        }

        var credential = found.ToCredential();
        recent.Add(digest, credential, found.ExpiresAt, generation);
        return credential;
    }

    /// <summary>Creates a token.</summary>
    /// <param name="companyUserId">The user it acts as, who exists.</param>
    /// <param name="creator">The staff key's holder.</param>
    /// <param name="cancellation">The request's.</param>
    public async ValueTask<CreateAccessTokenPayload> Create(long companyUserId, Principal creator, CancellationToken cancellation = default)
    {
        var secret = Secrets.New(Start);
        var token = new AccessToken
        {
            Id = ids.Next(),
            Hash = SecretDigest.Of(secret).ToArray(),
            CompanyUserId = companyUserId,
            CreatedByKeyId = creator.KeyId,
            ExpiresAt = clock.UtcNow + Lifetime,
        };
        db.Add(token);
        await db.SaveChangesAsync(cancellation);
        writes.Record(IdentityEvents.AccessTokenCreated, token.Id, version: 0, new { token.CompanyUserId, token.ExpiresAt });
        return new CreateAccessTokenPayload(secret, token.ExpiresAt, []);
    }
}
