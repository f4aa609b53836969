using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Wholesale.Platform;
using Wholesale.Platform.Identity;

namespace Wholesale.Tests.Platform.Identity;

public sealed class ApiKeysTests : IAsyncLifetime
{
    private static readonly Principal Creator = new(PrincipalKind.Staff, 1, null, "root", PermissionSet.All);

    private readonly PlatformHost host = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_new_keys_secret_tells_who_holds_it()
    {
        var created = await Create(new NewApiKey("ERP", null, [Permission.PricesWrite], null));

        var principal = await Authenticate(created.Secret!);

        Assert.Matches("^whk_[0-9A-Za-z]{32}$", created.Secret);
        Assert.Equal(created.Secret![..8], created.ApiKey!.Prefix);
        Assert.Equal(new Principal(PrincipalKind.Staff, created.ApiKey.Id, null, "ERP", PermissionSet.Of(Permission.PricesWrite)), principal);
    }

    [Fact]
    public async Task A_users_key_acts_as_the_user_with_whatever_the_role_allows()
    {
        var narrow = Creator with { Permissions = PermissionSet.Of(Permission.KeysWrite) };
        var created = await Create(new NewApiKey("shop", 42, null, null), narrow);

        var principal = await Authenticate(created.Secret!);

        Assert.Equal(new Principal(PrincipalKind.CompanyUser, created.ApiKey!.Id, 42, "shop", PermissionSet.All), principal);
    }

    [Fact]
    public async Task The_secret_is_stored_nowhere()
    {
        var secret = (await Create(new NewApiKey("ERP", null, null, null))).Secret!;

        var stored = await host.In(async scope => await scope.GetRequiredService<WholesaleDb>().ApiKeys.SingleAsync());
        var log = await host.Events();

        Assert.Equal(System.Security.Cryptography.SHA256.HashData(Encoding.ASCII.GetBytes(secret)), stored.Hash);
        Assert.DoesNotContain(secret[8..], $"{stored.Prefix}{stored.Name}{log.Single().Data}", StringComparison.Ordinal);
        Assert.Equal(IdentityEvents.ApiKeyCreated, log.Single().Type);
    }

    [Theory]
    [InlineData("")]
    [InlineData("whk_")]
    [InlineData("whk_00000000000000000000000000000000")]
    [InlineData("whk_0000000000000000000000000000000é")]
    [InlineData("xyz_00000000000000000000000000000000")]
    [InlineData("whk_000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000")]
    public async Task Anything_else_is_nobodys(string secret) => Assert.Null(await Authenticate(secret));

    [Fact]
    public async Task A_secret_in_other_case_is_nobodys()
    {
        var secret = (await Create(new NewApiKey("ERP", null, null, null))).Secret!;

        Assert.Null(await Authenticate("whk_" + new string([.. secret[4..].Select(c => char.IsUpper(c) ? char.ToLowerInvariant(c) : char.ToUpperInvariant(c))])));
    }

    [Fact]
    public async Task A_warm_key_is_answered_without_a_statement_for_two_seconds()
    {
        var secret = (await Create(new NewApiKey("ERP", null, null, null))).Secret!;
        await Authenticate(secret);

        Assert.Equal(0, await Cost(secret));
        host.Time.Advance(TimeSpan.FromSeconds(1.9));
        Assert.Equal(0, await Cost(secret));
        host.Time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.Equal(1, await Cost(secret));
        Assert.Equal(0, await Cost(secret));
    }

    [Fact]
    public async Task A_malformed_secret_costs_no_statement() => Assert.Equal(0, await Cost("whk_nonsense"));

    [Fact]
    public async Task A_revoked_key_ends_at_once_and_for_good()
    {
        var created = await Create(new NewApiKey("ERP", null, null, null));
        await Authenticate(created.Secret!);

        var revoked = await host.Write(scope => scope.GetRequiredService<ApiKeys>().Revoke(created.ApiKey!.Id));
        var first = host.Now;

        Assert.Null(await Authenticate(created.Secret!));
        Assert.Equal(first, revoked.ApiKey!.RevokedAt);
        host.Time.Advance(TimeSpan.FromDays(1));
        var again = await host.Write(scope => scope.GetRequiredService<ApiKeys>().Revoke(created.ApiKey!.Id));
        Assert.Equal(first, again.ApiKey!.RevokedAt);
        Assert.Single(await host.Events(), e => e.Type == IdentityEvents.ApiKeyRevoked);
    }

    [Fact]
    public async Task A_key_revoked_on_another_node_ends_within_two_seconds()
    {
        var created = await Create(new NewApiKey("ERP", null, null, null));
        await Authenticate(created.Secret!);
        await host.In(async scope => await scope.GetRequiredService<WholesaleDb>().ApiKeys.ExecuteUpdateAsync(set => set.SetProperty(k => k.RevokedAt, host.Now)));

        Assert.NotNull(await Authenticate(created.Secret!));
        host.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Null(await Authenticate(created.Secret!));
    }

    [Fact]
    public async Task A_key_expires_to_the_tick_also_when_it_is_warm()
    {
        var created = await Create(new NewApiKey("ERP", null, null, host.Now.AddSeconds(1)));
        Assert.NotNull(await Authenticate(created.Secret!));

        host.Time.Advance(TimeSpan.FromSeconds(1) - TimeSpan.FromTicks(1));
        Assert.NotNull(await Authenticate(created.Secret!));
        host.Time.Advance(TimeSpan.FromTicks(1));
        Assert.Null(await Authenticate(created.Secret!));
    }

    [Fact]
    public async Task At_most_two_keys_of_one_name_are_live()
    {
        var first = await Create(new NewApiKey("ERP", null, null, null));
        await Create(new NewApiKey("ERP", null, null, host.Now.AddDays(1)));

        var third = await Create(new NewApiKey("ERP", null, null, null));

        var error = Assert.Single(third.UserErrors);
        Assert.Equal(("TOO_MANY_LIVE_KEYS", "2 keys of staff \"ERP\" are live already: revoke one first."), (error.Code, error.Message));
        Assert.Null(third.Secret);
        Assert.NotNull((await Create(new NewApiKey("WMS", null, null, null))).Secret);
        Assert.NotNull((await Create(new NewApiKey("ERP", 42, null, null))).Secret);
        host.Time.Advance(TimeSpan.FromDays(1)); // the second one expires
        Assert.NotNull((await Create(new NewApiKey("ERP", null, null, null))).Secret);
        await host.Write(scope => scope.GetRequiredService<ApiKeys>().Revoke(first.ApiKey!.Id));
        Assert.NotNull((await Create(new NewApiKey("ERP", null, null, null))).Secret);
    }

    [Fact]
    public async Task At_most_two_keys_of_one_user_are_live_whatever_their_names()
    {
        await Create(new NewApiKey("a", 42, null, null));
        await Create(new NewApiKey("b", 42, null, null));

        var third = await Create(new NewApiKey("c", 42, null, null));

        Assert.Equal("2 keys of this user are live already: revoke one first.", Assert.Single(third.UserErrors).Message);
    }

    [Fact]
    public async Task Every_bad_value_is_reported_at_its_place()
    {
        var payload = await Create(new NewApiKey(" ", null, [], host.Now));

        Assert.Equal(
            [
                "name: A key's name must have 1 to 100 characters, not 0.",
                "expiresAt: A key must expire in the future; 2026-03-01T12:00:00Z is past.",
                "permissions: A key without any permission is of no use: name at least one, or leave the list out.",
            ],
            payload.UserErrors.Select(error => $"{error.Path!.Single()}: {error.Message}"));
        Assert.All(payload.UserErrors, error => Assert.Equal("INVALID_VALUE", error.Code));
        Assert.Empty(await host.Events());
    }

    [Fact]
    public async Task A_staff_key_never_grants_more_than_its_creator_has()
    {
        var creator = Creator with { Permissions = PermissionSet.Of(Permission.KeysWrite, Permission.CatalogRead) };

        var wide = await Create(new NewApiKey("ERP", null, [Permission.PricesWrite], null), creator);
        var unnamed = await Create(new NewApiKey("ERP", null, null, null), creator);

        Assert.Equal("A staff key cannot grant PricesWrite, which the key that creates it lacks.", Assert.Single(wide.UserErrors).Message);
        Assert.Equal(creator.Permissions, unnamed.ApiKey!.Permissions);
    }

    [Fact]
    public async Task Revoking_a_key_that_is_not_there_is_an_error_at_its_id()
    {
        var payload = await host.Write(scope => scope.GetRequiredService<ApiKeys>().Revoke(-1));

        Assert.Null(payload.ApiKey);
        var error = Assert.Single(payload.UserErrors);
        Assert.Equal(("NOT_FOUND", "There is no such key.", "apiKeyId"), (error.Code, error.Message, error.Path!.Single()));
    }

    private Task<CreateApiKeyPayload> Create(NewApiKey key, Principal? creator = null) =>
        host.Write(scope => scope.GetRequiredService<ApiKeys>().Create(key, creator ?? Creator));

    private Task<Principal?> Authenticate(string secret) => host.In(async scope => (await scope.GetRequiredService<ApiKeys>().Authenticate(secret))?.Principal);

    private async Task<long> Cost(string secret)
    {
        var before = host.Statements;
        await Authenticate(secret);
        return host.Statements - before;
    }
}
