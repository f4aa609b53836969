using Microsoft.EntityFrameworkCore;
using Wholesale.Platform.Events;
using Wholesale.Platform.Caching;

namespace Wholesale.Platform.Identity;

/// <summary>A key to be.</summary>
/// <param name="Name">What it is for; of a staff key: whose it is.</param>
/// <param name="CompanyUserId">The user it acts as, who exists; null: the seller's own staff.</param>
/// <param name="Permissions">What it may do at most; null: whatever its user, or its creator, may.</param>
/// <param name="ExpiresAt">When it ends by itself; null: never.</param>
public sealed record NewApiKey(string Name, long? CompanyUserId, IReadOnlyList<Permission>? Permissions, DateTime? ExpiresAt);

/// <summary>What became of it.</summary>
/// <param name="ApiKey">The key's record; null if none was created.</param>
/// <param name="Secret">To be shown this once; null if no key was created.</param>
/// <param name="UserErrors">Why none was created; empty otherwise.</param>
public sealed record CreateApiKeyPayload(ApiKey? ApiKey, string? Secret, IReadOnlyList<UserError> UserErrors);

/// <summary>What became of it.</summary>
/// <param name="ApiKey">The key, now revoked; null if it was not found.</param>
/// <param name="UserErrors">Why nothing was revoked; empty otherwise.</param>
public sealed record RevokeApiKeyPayload(ApiKey? ApiKey, IReadOnlyList<UserError> UserErrors);

/// <summary>What became of it.</summary>
/// <param name="ApiKey">The successor's record; null if there is none.</param>
/// <param name="Previous">The old key with its end; null if it was not found.</param>
/// <param name="Secret">The successor's, to be shown this once; null if there is none.</param>
/// <param name="UserErrors">Why nothing was changed; empty otherwise.</param>
public sealed record RotateApiKeyPayload(ApiKey? ApiKey, ApiKey? Previous, string? Secret, IReadOnlyList<UserError> UserErrors);

/// <summary>Creates, rotates and revokes keys, inside a write, and tells who holds a secret.</summary>
public sealed class ApiKeys(WholesaleDb db, Writes writes, RecentSecrets<Credential> recent, Clock clock, Ids ids)
{
    /// <summary>How many keys of one user or staff name are live at a time: one to work with and its successor.</summary>
    public const int MaximumLive = 2;

    /// <summary>How long a key's name may be.</summary>
    public const int MaximumNameLength = 100;

    /// <summary>How every key begins.</summary>
    public const string Start = "whk_";

    /// <summary>How long a rotated key goes on working unless said otherwise.</summary>
    public static readonly TimeSpan RotationTime = TimeSpan.FromHours(24);

    private const int PrefixLength = 8;

    private static readonly Func<WholesaleDb, byte[], Task<ApiKey?>> ByHash =
        EF.CompileAsyncQuery((WholesaleDb db, byte[] hash) => db.ApiKeys.FirstOrDefault(key => key.Hash == hash));

    /// <summary>Who holds a secret; null if it is no live key's. Answered from memory for up to two seconds.</summary>
    public async ValueTask<Credential?> Authenticate(string secret)
    {
        if (!Secrets.IsWellFormed(secret, Start))
        {
            return null;
        }

        // The look-up is by the secret's hash, so its time tells nothing about secrets that exist.
        var digest = SecretDigest.Of(secret);
        if (recent.Find(digest) is { } known)
        {
            CacheMetrics.LookedUp("api_keys", CacheLevel.Memory);
            return known;
        }

        CacheMetrics.LookedUp("api_keys", CacheLevel.Database);
        var generation = recent.Generation;
        var key = await ByHash(db, digest.ToArray());
        if (key?.IsLive(clock.UtcNow) != true)
        {
            return null;
        }

        var credential = key.ToCredential();
        recent.Add(digest, credential, key.ExpiresAt, generation);
        return credential;
    }

    /// <summary>Creates a key.</summary>
    /// <param name="input">The key to be.</param>
    /// <param name="creator">Who creates it: a staff key never grants more than its creator has.</param>
    /// <param name="cancellation">The request's.</param>
    public async ValueTask<CreateApiKeyPayload> Create(NewApiKey input, Principal creator, CancellationToken cancellation = default)
    {
        var now = clock.UtcNow;
        var errors = Check(input, creator, now).ToList();
        if (errors.Count == 0 && await IsFull(input.CompanyUserId, input.Name, now, cancellation))
        {
            errors.Add(IdentityErrors.LiveKeys(input.CompanyUserId, input.Name));
        }

        if (errors.Count > 0)
        {
            return new CreateApiKeyPayload(null, null, errors);
        }

        var granted = input.Permissions is { } named ? PermissionSet.Of([.. named]) : input.CompanyUserId is null ? creator.Permissions : PermissionSet.All;
        var (key, secret) = await Add(input.Name, input.CompanyUserId, granted, input.ExpiresAt, now, cancellation);
        return new CreateApiKeyPayload(key, secret, []);
    }

    /// <summary>Gives a key its successor, of the same name, user and permissions, and the old one an end.</summary>
    /// <param name="id">The old key's.</param>
    /// <param name="previousExpiresAt">When the old key ends, unless it ends earlier by itself; null: after <see cref="RotationTime"/>.</param>
    /// <param name="rotator">Who rotates: never a staff key that may do more than its own.</param>
    /// <param name="cancellation">The request's.</param>
    public async ValueTask<RotateApiKeyPayload> Rotate(long id, DateTime? previousExpiresAt, Principal rotator, CancellationToken cancellation = default)
    {
        var now = clock.UtcNow;
        var end = previousExpiresAt ?? now + RotationTime;
        var key = await db.ApiKeys.AsTracking().SingleOrDefaultAsync(k => k.Id == id, cancellation);
        var error =
            key is null ? IdentityErrors.KeyNotFound()
            : !key.IsLive(now) ? IdentityErrors.NotLive()
            : end <= now ? IdentityErrors.ExpiryPast(end, "previousExpiresAt")
            : key.Kind == PrincipalKind.Staff && key.Permissions.And(rotator.Permissions) != key.Permissions ? IdentityErrors.RotatorBeneath(key.Name)
            : await IsFull(key.CompanyUserId, key.Name, now, cancellation) ? IdentityErrors.LiveKeys(key.CompanyUserId, key.Name)
            : null;
        if (error is not null)
        {
            return new RotateApiKeyPayload(null, key, null, [error]);
        }

        var lifetime = key!.ExpiresAt - key.CreatedAt;
        key.ExpiresAt = key.ExpiresAt < end ? key.ExpiresAt : end;
        var (successor, secret) = await Add(key.Name, key.CompanyUserId, key.Permissions, now + lifetime, now, cancellation);
        writes.Record(IdentityEvents.ApiKeyRotated, key.Id, version: 0, new { SuccessorId = successor.Id, key.ExpiresAt });
        return new RotateApiKeyPayload(successor, key, secret, []);
    }

    /// <summary>Ends a key; one that was revoked before stays as it is.</summary>
    /// <param name="id">The key's.</param>
    /// <param name="cancellation">The request's.</param>
    public async ValueTask<RevokeApiKeyPayload> Revoke(long id, CancellationToken cancellation = default)
    {
        var key = await db.ApiKeys.AsTracking().SingleOrDefaultAsync(k => k.Id == id, cancellation);
        if (key is null)
        {
            return new RevokeApiKeyPayload(null, [IdentityErrors.KeyNotFound()]);
        }

        if (key.RevokedAt is null)
        {
            key.RevokedAt = clock.UtcNow;
            await db.SaveChangesAsync(cancellation);
            writes.Record(IdentityEvents.ApiKeyRevoked, key.Id, version: 0);
        }

        return new RevokeApiKeyPayload(key, []);
    }

    private static IEnumerable<UserError> Check(NewApiKey input, Principal creator, DateTime now)
    {
        if (string.IsNullOrWhiteSpace(input.Name) || input.Name.Length > MaximumNameLength)
        {
            yield return IdentityErrors.NameLength(input.Name.Trim().Length);
        }
        else if (RowErrors.EndsInBlank(input.Name))
        {
            yield return IdentityErrors.NameEnd(input.Name);
        }

        if (input.ExpiresAt is { } expiresAt && expiresAt <= now)
        {
            yield return IdentityErrors.ExpiryPast(expiresAt);
        }

        if (input.Permissions is { Count: 0 })
        {
            yield return IdentityErrors.NoPermissions();
        }

        foreach (var permission in (input.Permissions ?? []).Where(p => input.CompanyUserId is null && !creator.Permissions.Contains(p)))
        {
            yield return IdentityErrors.BeyondCreator(permission);
        }
    }

    private async ValueTask<(ApiKey Key, string Secret)> Add(
        string name, long? companyUserId, PermissionSet permissions, DateTime? expiresAt, DateTime now, CancellationToken cancellation)
    {
        var secret = Secrets.New(Start);
        var key = new ApiKey
        {
            Id = ids.Next(),
            Hash = SecretDigest.Of(secret).ToArray(),
            Prefix = secret[..PrefixLength],
            Name = name,
            Kind = companyUserId is null ? PrincipalKind.Staff : PrincipalKind.CompanyUser,
            CompanyUserId = companyUserId,
            Permissions = permissions,
            CreatedAt = now,
            ExpiresAt = expiresAt,
        };
        db.Add(key);
        await db.SaveChangesAsync(cancellation);
        writes.Record(IdentityEvents.ApiKeyCreated, key.Id, version: 0, new { key.Kind, key.CompanyUserId, Permissions = key.Permissions.ToList(), key.ExpiresAt });
        return (key, secret);
    }

    /// <summary>Whether as many keys of a user or staff name are live as may be.</summary>
    private async ValueTask<bool> IsFull(long? companyUserId, string name, DateTime now, CancellationToken cancellation)
    {
        var live = db.ApiKeys.Where(key => key.RevokedAt == null && (key.ExpiresAt == null || key.ExpiresAt > now));
        var owned = companyUserId is { } user
            ? live.Where(key => key.CompanyUserId == user)
            : live.Where(key => key.CompanyUserId == null && key.Name == name);
        return await owned.CountAsync(cancellation) >= MaximumLive;
    }
}
