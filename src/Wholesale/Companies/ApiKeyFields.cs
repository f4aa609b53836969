using Microsoft.EntityFrameworkCore;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using Wholesale.Platform.Idempotency;
using Wholesale.Platform.Identity;

namespace Wholesale.Companies;

/// <summary>A key to be.</summary>
public sealed record CreateApiKeyInput(
    string Name, NodeId? CompanyUserId = null, IReadOnlyList<Permission>? Permissions = null, DateTime? ExpiresAt = null);

/// <summary>The key to follow up, and when it ends.</summary>
public sealed record RotateApiKeyInput(NodeId ApiKeyId, DateTime? PreviousExpiresAt = null);

/// <summary>The key to end.</summary>
public sealed record RevokeApiKeyInput(NodeId ApiKeyId);

/// <summary>The user to act as.</summary>
public sealed record CreateAccessTokenInput(NodeId CompanyUserId);

/// <summary>
/// The fields of API keys and access tokens in schema/companies.graphql: the seller's alone. What they are and do is <see cref="ApiKeys"/>' and
/// <see cref="AccessTokens"/>' matter.
/// </summary>
public static class ApiKeyFields
{
    /// <summary>Names the resolvers.</summary>
    public static void Map(ResolverMap map)
    {
        map.Node<ApiKey>("ApiKey", key => key.Id, Nodes);
        map.Field("ApiKey.user", User);
        map.Field("ApiKey.permissions", (Batch<ApiKey> keys) => keys.Map(key => key.Permissions.ToList()));
        map.Field("Mutation.createApiKey", CreateApiKey);
        map.Field("Mutation.rotateApiKey", RotateApiKey);
        map.Field("Mutation.revokeApiKey", RevokeApiKey);
        map.Field("Mutation.createAccessToken", CreateAccessToken);
    }

    internal static async ValueTask<CreateApiKeyPayload> CreateApiKey(
        CreateApiKeyInput input, ApiKeys keys, WholesaleDb db, Caller caller, MutationOutcome outcome, CancellationToken cancellation)
    {
        outcome.HoldsSecret = true;
        var userId = input.CompanyUserId?.KeyOf(nameof(CompanyUser));
        return userId is not null && !await db.CompanyUsers.AnyAsync(u => u.Id == userId, cancellation)
            ? new(null, null, [CompanyErrors.NoSuchId("company user", "companyUserId")])
            : await keys.Create(new NewApiKey(input.Name, userId, input.Permissions, input.ExpiresAt), caller.Principal, cancellation);
    }

    internal static ValueTask<RotateApiKeyPayload> RotateApiKey(
        RotateApiKeyInput input, ApiKeys keys, Caller caller, MutationOutcome outcome, CancellationToken cancellation)
    {
        outcome.HoldsSecret = true;
        return keys.Rotate(input.ApiKeyId.KeyOf(nameof(ApiKey)), input.PreviousExpiresAt, caller.Principal, cancellation);
    }

    internal static async ValueTask<CreateAccessTokenPayload> CreateAccessToken(
        CreateAccessTokenInput input, AccessTokens tokens, WholesaleDb db, Caller caller, MutationOutcome outcome, CancellationToken cancellation)
    {
        outcome.HoldsSecret = true;
        var userId = input.CompanyUserId.KeyOf(nameof(CompanyUser));
        return await db.CompanyUsers.AnyAsync(u => u.Id == userId, cancellation)
            ? await tokens.Create(userId, caller.Principal, cancellation)
            : new(null, null, [CompanyErrors.NoSuchId("company user", "companyUserId")]);
    }

    internal static ValueTask<RevokeApiKeyPayload> RevokeApiKey(RevokeApiKeyInput input, ApiKeys keys, CancellationToken cancellation) =>
        keys.Revoke(input.ApiKeyId.KeyOf(nameof(ApiKey)), cancellation);

    internal static async ValueTask<IReadOnlyList<CompanyUser?>> User(Batch<ApiKey> keys, WholesaleDb db, CancellationToken cancellation)
    {
        var ids = keys.Keys(key => key.CompanyUserId);
        return ids.Count == 0
            ? new CompanyUser?[keys.Count]
            : keys.Pick(key => key.CompanyUserId, await db.CompanyUsers.Where(u => ids.Contains(u.Id)).ToDictionaryAsync(u => u.Id, cancellation));
    }

    private static async ValueTask<IReadOnlyList<ApiKey?>> Nodes(IReadOnlyList<long> keys, RequestContext context)
    {
        var caller = await context.Services.GetRequiredService<RequestCaller>().Get(context);
        if (!caller.Permissions.Contains(Permission.KeysWrite))
        {
            return new ApiKey?[keys.Count];
        }

        var db = context.Services.GetRequiredService<WholesaleDb>();
        return (await db.ApiKeys.Where(k => keys.Contains(k.Id)).ToListAsync(context.Cancellation)).InOrderOf(keys, key => key.Id);
    }
}
