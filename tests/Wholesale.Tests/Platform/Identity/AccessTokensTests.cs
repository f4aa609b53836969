using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Wholesale.Companies;
using Wholesale.Platform;
using Wholesale.Platform.Identity;

namespace Wholesale.Tests.Platform.Identity;

public sealed class AccessTokensTests : IAsyncLifetime
{
    private static readonly Principal Root = new(PrincipalKind.Staff, 1, null, "root", PermissionSet.All);

    private readonly PlatformHost host = new();
    private long userId;
    private Principal storefront = null!;

    public async ValueTask InitializeAsync()
    {
        await host.Write(scope => scope.GetRequiredService<CompanyWrites>().UpsertCompanies(
            [new CompanyInput("acme", "Acme", Users: [new("ada", "Ada", "ada@example.com")])], BulkMode.Partial, default));
        userId = await host.In(async scope => (await scope.GetRequiredService<WholesaleDb>().CompanyUsers.SingleAsync()).Id);
        var key = await host.Write(scope => scope.GetRequiredService<ApiKeys>().Create(new NewApiKey("storefront", null, null, null), Root));
        storefront = key.ApiKey!.ToCredential().Principal;
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_token_acts_as_its_user_by_the_hand_of_the_key_that_created_it()
    {
        var created = await Create();

        var credential = await Authenticate(created.AccessToken!);

        Assert.Matches("^wht_[0-9A-Za-z]{32}$", created.AccessToken);
        Assert.Equal(host.Now.AddMinutes(15), created.ExpiresAt);
        Assert.Equal((CredentialKind.AccessToken, created.ExpiresAt), (credential!.Kind, credential.ExpiresAt));
        Assert.Equal(
            new Principal(PrincipalKind.CompanyUser, 0, userId, "access token", PermissionSet.All) { ActingKeyId = storefront.KeyId }, credential.Principal);
    }

    [Fact]
    public async Task The_token_is_stored_nowhere_and_the_log_has_ids_alone()
    {
        var token = (await Create()).AccessToken!;

        var stored = await host.In(async scope => await scope.GetRequiredService<WholesaleDb>().AccessTokens.SingleAsync());
        var created = (await host.Events())[^1];

        Assert.Equal(SHA256.HashData(Encoding.ASCII.GetBytes(token)), stored.Hash);
        Assert.Equal((IdentityEvents.AccessTokenCreated, stored.Id), (created.Type, created.SubjectId));
        Assert.Equal($$"""{"companyUserId":{{userId}},"expiresAt":"2026-03-01T12:15:00Z"}""", created.Data);
    }

    [Fact]
    public async Task A_token_ends_to_the_tick_also_when_it_is_warm()
    {
        var token = (await Create()).AccessToken!;
        host.Time.Advance(TimeSpan.FromMinutes(15) - TimeSpan.FromTicks(1));
        Assert.NotNull(await Authenticate(token));

        host.Time.Advance(TimeSpan.FromTicks(1));

        Assert.Null(await Authenticate(token));
    }

    [Fact]
    public async Task A_token_ends_at_once_with_the_key_that_created_it_and_on_another_node_within_two_seconds()
    {
        await using var other = new PlatformHost(host);
        var token = (await Create()).AccessToken!;
        Assert.NotNull(await Authenticate(token));
        Assert.NotNull(await Authenticate(token, other));

        await host.Write(scope => scope.GetRequiredService<ApiKeys>().Revoke(storefront.KeyId));

        Assert.Null(await Authenticate(token));
        host.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Null(await Authenticate(token, other));
    }

    [Fact]
    public async Task A_key_that_only_expires_leaves_its_tokens_their_minutes()
    {
        var brief = await host.Write(scope => scope.GetRequiredService<ApiKeys>().Create(new NewApiKey("short", null, null, host.Now.AddMinutes(1)), Root));
        var token = (await Create(brief.ApiKey!.ToCredential().Principal)).AccessToken!;

        host.Time.Advance(TimeSpan.FromMinutes(14));

        Assert.NotNull(await Authenticate(token));
    }

    [Fact]
    public async Task A_token_ends_with_its_user_within_two_seconds()
    {
        var token = (await Create()).AccessToken!;
        Assert.NotNull(await Authenticate(token));

        await host.In(async scope => await scope.GetRequiredService<WholesaleDb>().CompanyUsers.ExecuteDeleteAsync());

        host.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Null(await Authenticate(token));
    }

    [Fact]
    public async Task A_warm_token_costs_no_statement_and_a_malformed_one_never_does()
    {
        var token = (await Create()).AccessToken!;

        Assert.Equal(1, await Cost(token));
        Assert.Equal(0, await Cost(token));
        Assert.Equal(0, await Cost("wht_nonsense"));
        Assert.Equal(0, await Cost(token.Replace("wht_", "whk_", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Expired_tokens_are_purged_and_others_stay()
    {
        var purge = Assert.Single(host.Get<IEnumerable<IHostedService>>().OfType<HourlyPurge<AccessToken>>());
        await host.Write(async scope =>
        {
            for (var i = 0; i < 501; i++)
            {
                await scope.GetRequiredService<AccessTokens>().Create(userId, storefront);
            }

            return 0;
        });
        host.Time.Advance(TimeSpan.FromMinutes(15));
        var live = (await Create()).AccessToken!;

        Assert.Equal(501, await purge.Purge(default));

        Assert.Equal(1, await host.In(async scope => await scope.GetRequiredService<WholesaleDb>().AccessTokens.CountAsync()));
        Assert.NotNull(await Authenticate(live));
    }

    private Task<CreateAccessTokenPayload> Create(Principal? creator = null) =>
        host.Write(scope => scope.GetRequiredService<AccessTokens>().Create(userId, creator ?? storefront));

    private Task<Credential?> Authenticate(string token, PlatformHost? node = null) =>
        (node ?? host).In(scope => scope.GetRequiredService<AccessTokens>().Authenticate(token));

    private async Task<long> Cost(string token)
    {
        var before = host.Statements;
        await Authenticate(token);
        return host.Statements - before;
    }
}
