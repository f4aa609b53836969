using System.Buffers;
using Microsoft.EntityFrameworkCore;
using Wholesale.Platform.Events;

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

/// <summary>Creates and revokes keys, inside a write, and tells who holds a secret.</summary>
public sealed class ApiKeys(WholesaleDb db, Writes writes, ApiKeyCache cache, Clock clock, Ids ids)
{
    /// <summary>How many keys of one user or staff name are live at a time: one to work with and its successor.</summary>
    public const int MaximumLive = 2;

    /// <summary>How long a key's name may be.</summary>
    public const int MaximumNameLength = 100;

    private const string Start = "whk_";
    private const int RandomLength = 32;
    private const int PrefixLength = 8;

    private static readonly SearchValues<char> LettersAndDigits =
        SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private static readonly Func<WholesaleDb, byte[], Task<ApiKey?>> ByHash =
        EF.CompileAsyncQuery((WholesaleDb db, byte[] hash) => db.ApiKeys.FirstOrDefault(key => key.Hash == hash));

    /// <summary>Who holds a secret; null if it is no live key's. Answered from memory for up to two seconds.</summary>
    public async ValueTask<Principal?> Authenticate(string secret)
    {
        if (!IsWellFormed(secret))
        {
            return null;
        }

        // The look-up is by the secret's hash, so its time tells nothing about secrets that exist.
        var digest = KeyDigest.Of(secret);
        if (cache.TryGet(digest, out var known))
        {
            return known;
        }

        var generation = cache.Generation;
        var key = await ByHash(db, digest.ToArray());
        if (key?.IsLive(clock.UtcNow) != true)
        {
            return null;
        }

        cache.Add(digest, key, generation);
        return key.Principal;
    }

    /// <summary>Creates a key.</summary>
    /// <param name="input">The key to be.</param>
    /// <param name="creator">Who creates it: a staff key never grants more than its creator has.</param>
    /// <param name="cancellation">The request's.</param>
    public async ValueTask<CreateApiKeyPayload> Create(NewApiKey input, Principal creator, CancellationToken cancellation = default)
    {
        var now = clock.UtcNow;
        var errors = Check(input, creator, now).ToList();
        if (errors.Count == 0 && await Live(input, now).CountAsync(cancellation) >= MaximumLive)
        {
            errors.Add(IdentityErrors.LiveKeys(input.CompanyUserId is null ? $"staff \"{input.Name}\"" : "this user"));
        }

        if (errors.Count > 0)
        {
            return new CreateApiKeyPayload(null, null, errors);
        }

        var secret = Start + Ids.Secret(RandomLength);
        var isStaff = input.CompanyUserId is null;
        var key = new ApiKey
        {
            Id = ids.Next(),
            Hash = KeyDigest.Of(secret).ToArray(),
            Prefix = secret[..PrefixLength],
            Name = input.Name,
            Kind = isStaff ? PrincipalKind.Staff : PrincipalKind.CompanyUser,
            CompanyUserId = input.CompanyUserId,
            Permissions = input.Permissions is { } named ? PermissionSet.Of([.. named]) : isStaff ? creator.Permissions : PermissionSet.All,
            CreatedAt = now,
            ExpiresAt = input.ExpiresAt,
        };
        db.Add(key);
        await db.SaveChangesAsync(cancellation);
        writes.Record(IdentityEvents.ApiKeyCreated, key.Id, version: 0, new { key.Kind, key.CompanyUserId, Permissions = key.Permissions.ToList(), key.ExpiresAt });
        return new CreateApiKeyPayload(key, secret, []);
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

    private static bool IsWellFormed(string secret) =>
        secret.Length == Start.Length + RandomLength
        && secret.StartsWith(Start, StringComparison.Ordinal)
        && secret.AsSpan(Start.Length).IndexOfAnyExcept(LettersAndDigits) < 0;

    private IQueryable<ApiKey> Live(NewApiKey input, DateTime now)
    {
        var live = db.ApiKeys.Where(key => key.RevokedAt == null && (key.ExpiresAt == null || key.ExpiresAt > now));
        return input.CompanyUserId is { } user
            ? live.Where(key => key.CompanyUserId == user)
            : live.Where(key => key.CompanyUserId == null && key.Name == input.Name);
    }
}
