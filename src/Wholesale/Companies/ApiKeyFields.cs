using Microsoft.EntityFrameworkCore;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using Wholesale.Platform.Identity;

namespace Wholesale.Companies;

/// <summary>A key to be.</summary>
public sealed record CreateApiKeyInput(
    string Name, NodeId? CompanyUserId = null, IReadOnlyList<Permission>? Permissions = null, DateTime? ExpiresAt = null);

/// <summary>The key to end.</summary>
public sealed record RevokeApiKeyInput(NodeId ApiKeyId);

/// <summary>The fields of API keys in schema/companies.graphql: the seller's alone. What a key is and does is <see cref="ApiKeys"/>' matter.</summary>
public static class ApiKeyFields
{
    /// <summary>Names the resolvers.</summary>
    public static void Map(ResolverMap map)
    {
        map.Node<ApiKey>("ApiKey", key => key.Id, Nodes);
        map.Field("ApiKey.user", User);
        map.Field("ApiKey.permissions", (Batch<ApiKey> keys) => keys.Map(key => key.Permissions.ToList()));
        map.Field("Mutation.createApiKey", CreateApiKey);
        map.Field("Mutation.revokeApiKey", RevokeApiKey);
    }

    internal static async ValueTask<CreateApiKeyPayload> CreateApiKey(
        CreateApiKeyInput input, ApiKeys keys, WholesaleDb db, Caller caller, CancellationToken cancellation)
    {
        var userId = input.CompanyUserId?.KeyOf(nameof(CompanyUser));
        return userId is not null && !await db.CompanyUsers.AnyAsync(u => u.Id == userId, cancellation)
            ? new(null, null, [CompanyErrors.NoSuchId("company user", "companyUserId")])
            : await keys.Create(new NewApiKey(input.Name, userId, input.Permissions, input.ExpiresAt), caller.Principal, cancellation);
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
