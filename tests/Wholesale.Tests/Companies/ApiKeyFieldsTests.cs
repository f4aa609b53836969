using Microsoft.EntityFrameworkCore;
using Wholesale.Companies;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using Wholesale.Platform.Identity;
using Wholesale.Tests.Catalog;

namespace Wholesale.Tests.Companies;

public sealed class ApiKeyFieldsTests : IDisposable
{
    private readonly RoomDatabase database = new();

    public void Dispose() => database.Dispose();

    [Fact]
    public async Task A_key_acts_as_a_user_that_exists()
    {
        await database.Upsert(Goods.Company("acme"));
        var user = await database.Read(async db => await db.CompanyUsers.SingleAsync());

        var created = await Create(new CreateApiKeyInput("Shop", new NodeId("CompanyUser", user.Id)));
        var lost = await Create(new CreateApiKeyInput("Shop", new NodeId("Company", user.CompanyId)));
        var staff = await Create(new CreateApiKeyInput("Sam"));

        Assert.Equal((user.Id, PrincipalKind.CompanyUser), (created.ApiKey!.CompanyUserId, created.ApiKey.Kind));
        Assert.Equal("NOT_FOUND companyUserId", Assert.Single(lost.UserErrors).Short());
        Assert.Null(lost.Secret);
        Assert.Equal(PrincipalKind.Staff, staff.ApiKey!.Kind);
        var (users, statements) = await database.Count(db => ApiKeyFields.User(Batch<ApiKey>.Of([created.ApiKey, staff.ApiKey]), db, default));
        Assert.Equal(["u-acme", null], users.Select(u => u?.ExternalId));
        Assert.Equal(1, statements);
    }

    [Fact]
    public async Task A_key_is_revoked_once_and_an_unknown_one_is_not_found()
    {
        var created = await Create(new CreateApiKeyInput("Sam"));
        Task<RevokeApiKeyPayload> Revoke(NodeId id) => database.Write((db, writes) =>
            ApiKeyFields.RevokeApiKey(new RevokeApiKeyInput(id), Keys(db, writes), default));

        var revoked = await Revoke(new NodeId("ApiKey", created.ApiKey!.Id));
        database.Time.Advance(TimeSpan.FromHours(1));
        var again = await Revoke(new NodeId("ApiKey", created.ApiKey.Id));
        var lost = await Revoke(new NodeId("Company", created.ApiKey.Id));

        Assert.Equal(RoomDatabase.Noon, revoked.ApiKey!.RevokedAt);
        Assert.Equal(RoomDatabase.Noon, again.ApiKey!.RevokedAt);
        Assert.Equal("NOT_FOUND apiKeyId", Assert.Single(lost.UserErrors).Short());
    }

    private Task<CreateApiKeyPayload> Create(CreateApiKeyInput input) => database.Write((db, writes) =>
        ApiKeyFields.CreateApiKey(input, Keys(db, writes), db, Caller.Without(RoomDatabase.Staff), new(), default));

    private ApiKeys Keys(WholesaleDb db, Wholesale.Platform.Events.Writes writes) =>
        new(db, writes, new RecentSecrets<Credential>(database.Clock, database.Committed), database.Clock, database.Ids);
}
