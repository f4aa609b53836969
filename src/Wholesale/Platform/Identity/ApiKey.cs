using Microsoft.EntityFrameworkCore;
using Wholesale.Platform.Database;

namespace Wholesale.Platform.Identity;

/// <summary>An API key's record. The secret itself is shown once and never stored: whoever reads the database can use none.</summary>
public sealed class ApiKey
{
    /// <summary>From <see cref="Ids"/>.</summary>
    public required long Id { get; init; }

    /// <summary>SHA-256 of the secret. A secret of 190 random bits needs no salt and no slow hash.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>The first characters of the secret, to recognise it by.</summary>
    public required string Prefix { get; init; }

    /// <summary>What it is for, 1–100 characters. Of a staff key: whose it is.</summary>
    public required string Name { get; init; }

    /// <summary>Company user or staff.</summary>
    public required PrincipalKind Kind { get; init; }

    /// <summary>The user it acts as; null for a staff key.</summary>
    public long? CompanyUserId { get; init; }

    /// <summary>What it may do at most; a user's role narrows it further.</summary>
    public required PermissionSet Permissions { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>When it ends by itself; null: never.</summary>
    public DateTime? ExpiresAt { get; set; }

    /// <summary>When it was revoked; null: it was not.</summary>
    public DateTime? RevokedAt { get; set; }

    /// <summary>Whoever holds the secret.</summary>
    public Credential ToCredential() => new(new Principal(Kind, Id, CompanyUserId, Name, Permissions), CredentialKind.ApiKey, Id, ExpiresAt);

    /// <summary>Whether it is neither revoked nor expired.</summary>
    public bool IsLive(DateTime now) => RevokedAt is null && (ExpiresAt is null || ExpiresAt > now);

    internal static void Map(ModelBuilder model) => model.Entity<ApiKey>(key =>
    {
        key.Property(k => k.Id).ValueGeneratedNever();
        key.Property(k => k.Hash).HasMaxLength(32).IsFixedLength();
        key.Property(k => k.Prefix).HasMaxLength(12).IsUnicode(false);
        key.Property(k => k.Name).HasMaxLength(100);
        key.HasIndex(k => k.Hash).IsUnique();
        key.HasIndex(k => new { k.CompanyUserId, k.Name }).Serves("keys_of_a_user");
    });
}

/// <summary>What happens to keys and tokens.</summary>
public static class IdentityEvents
{
    /// <summary>A key was created. The subject is the key.</summary>
    public const string ApiKeyCreated = "API_KEY_CREATED";

    /// <summary>A key was revoked. The subject is the key.</summary>
    public const string ApiKeyRevoked = "API_KEY_REVOKED";

    /// <summary>A key was given a successor, and an end. The subject is the old key.</summary>
    public const string ApiKeyRotated = "API_KEY_ROTATED";

    /// <summary>An access token was created. The subject is the token.</summary>
    public const string AccessTokenCreated = "ACCESS_TOKEN_CREATED";
}

/// <summary>Why a key is not created, rotated or revoked.</summary>
public static class IdentityErrors
{
    /// <summary>Two keys of this user or staff name are live already.</summary>
    public const string TooManyLiveKeys = "TOO_MANY_LIVE_KEYS";

    /// <summary>The key was revoked or has expired.</summary>
    public const string ApiKeyNotLive = "API_KEY_NOT_LIVE";

    internal static UserError NameLength(int length) =>
        new(ErrorCodes.InvalidValue, $"A key's name must have 1 to {ApiKeys.MaximumNameLength} characters, not {length}.", ["name"]);

    internal static UserError NameEnd(string name) =>
        new(ErrorCodes.InvalidValue, $"A key's name must end without blanks, unlike \"{name}\".", ["name"]);

    internal static UserError ExpiryPast(DateTime expiresAt, string field = "expiresAt") =>
        new(ErrorCodes.InvalidValue, $"A key must expire in the future; {Instant.ToString(expiresAt)} is past.", [field]);

    internal static UserError NoPermissions() =>
        new(ErrorCodes.InvalidValue, "A key without any permission is of no use: name at least one, or leave the list out.", ["permissions"]);

    internal static UserError BeyondCreator(Permission permission) =>
        new(ErrorCodes.InvalidValue, $"A staff key cannot grant {permission}, which the key that creates it lacks.", ["permissions"]);

    internal static UserError LiveKeys(long? companyUserId, string name) =>
        new(TooManyLiveKeys, $"{ApiKeys.MaximumLive} keys of {(companyUserId is null ? $"staff \"{name}\"" : "this user")} are live already: revoke one first.");

    internal static UserError RotatorBeneath(string name) =>
        new(ErrorCodes.InvalidValue, $"The staff key \"{name}\" may do more than the key that would rotate it.", ["apiKeyId"]);

    internal static UserError NotLive() =>
        new(ApiKeyNotLive, "The key was revoked or has expired: create a new one.", ["apiKeyId"]);

    internal static UserError KeyNotFound() =>
        new(ErrorCodes.NotFound, "There is no such key.", ["apiKeyId"]);
}
