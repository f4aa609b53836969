using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Wholesale.Platform;
using Wholesale.Platform.Identity;

namespace Wholesale.Tests.Platform.Identity;

public sealed class ApiKeyRotationTests : IAsyncLifetime
{
    private static readonly Principal Root = new(PrincipalKind.Staff, 1, null, "root", PermissionSet.All);

    private readonly PlatformHost host = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task The_successor_is_as_the_old_key_was_and_both_work_for_a_day()
    {
        var old = await Create(new NewApiKey("shop", 42, [Permission.CatalogRead], null));

        var rotated = await Rotate(old.ApiKey!.Id);

        var next = rotated.ApiKey!;
        Assert.Equal(
            ("shop", 42L, PrincipalKind.CompanyUser, PermissionSet.Of(Permission.CatalogRead), null),
            (next.Name, next.CompanyUserId, next.Kind, next.Permissions, next.ExpiresAt));
        Assert.Equal((old.ApiKey.Id, host.Now.AddHours(24)), (rotated.Previous!.Id, rotated.Previous.ExpiresAt));
        Assert.Equal((old.ApiKey.Id, next.Id), (await Holder(old.Secret!), await Holder(rotated.Secret!)));
        host.Time.Advance(TimeSpan.FromHours(24));
        Assert.Equal((null, next.Id), (await Holder(old.Secret!), await Holder(rotated.Secret!)));
    }

    [Fact]
    public async Task The_old_key_ends_when_it_is_told_to_but_never_later_than_it_would_have()
    {
        var old = await Create(new NewApiKey("ERP", null, null, host.Now.AddHours(2)));
        var later = await Rotate(old.ApiKey!.Id, host.Now.AddHours(3));
        await host.Write(scope => scope.GetRequiredService<ApiKeys>().Revoke(old.ApiKey.Id));

        var sooner = await Rotate(later.ApiKey!.Id, host.Now.AddMinutes(5));

        Assert.Equal(host.Now.AddHours(2), later.Previous!.ExpiresAt);
        Assert.Equal(host.Now.AddMinutes(5), sooner.Previous!.ExpiresAt);
    }

    [Fact]
    public async Task A_successor_lives_as_long_as_the_old_key_was_made_for()
    {
        var old = await Create(new NewApiKey("ERP", null, null, host.Now.AddDays(90)));
        host.Time.Advance(TimeSpan.FromDays(80));

        var rotated = await Rotate(old.ApiKey!.Id);

        Assert.Equal(host.Now.AddDays(90), rotated.ApiKey!.ExpiresAt);
    }

    [Fact]
    public async Task An_end_brought_forward_counts_at_once_for_a_key_that_is_warm()
    {
        var old = await Create(new NewApiKey("ERP", null, null, null));
        Assert.NotNull(await Holder(old.Secret!));

        await Rotate(old.ApiKey!.Id, host.Now.AddSeconds(1));

        host.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await Holder(old.Secret!));
    }

    [Fact]
    public async Task What_cannot_be_rotated_is_left_as_it_is()
    {
        var full = await Create(new NewApiKey("full", null, null, null));
        await Create(new NewApiKey("full", null, null, null));
        var revoked = await Create(new NewApiKey("revoked", null, null, null));
        await host.Write(scope => scope.GetRequiredService<ApiKeys>().Revoke(revoked.ApiKey!.Id));
        var expired = await Create(new NewApiKey("expired", null, null, host.Now.AddSeconds(1)));
        host.Time.Advance(TimeSpan.FromSeconds(1));
        var good = await Create(new NewApiKey("good", null, null, null));
        var before = await State();

        Assert.Equal("NOT_FOUND apiKeyId: There is no such key.", await Refusal(-1));
        Assert.Equal("TOO_MANY_LIVE_KEYS : 2 keys of staff \"full\" are live already: revoke one first.", await Refusal(full.ApiKey!.Id));
        Assert.Equal("API_KEY_NOT_LIVE apiKeyId: The key was revoked or has expired: create a new one.", await Refusal(revoked.ApiKey!.Id));
        Assert.Equal("API_KEY_NOT_LIVE apiKeyId: The key was revoked or has expired: create a new one.", await Refusal(expired.ApiKey!.Id));
        Assert.Equal("INVALID_VALUE previousExpiresAt: A key must expire in the future; 2026-03-01T12:00:01Z is past.", await Refusal(good.ApiKey!.Id, host.Now));
        Assert.Equal(before, await State());
    }

    [Fact]
    public async Task A_staff_key_is_not_rotated_by_one_that_may_do_less()
    {
        var wide = await Create(new NewApiKey("wide", null, [Permission.KeysWrite, Permission.PricesWrite], null));
        var narrow = Root with { Permissions = PermissionSet.Of(Permission.KeysWrite) };

        var refused = await Rotate(wide.ApiKey!.Id, by: narrow);
        var allowed = await Rotate(wide.ApiKey.Id, by: Root with { Permissions = wide.ApiKey.Permissions });

        Assert.Equal("The staff key \"wide\" may do more than the key that would rotate it.", Assert.Single(refused.UserErrors).Message);
        Assert.Null(refused.Secret);
        Assert.NotNull(allowed.Secret);
    }

    [Fact]
    public async Task A_rotation_is_two_events_of_one_commit_without_the_secret()
    {
        var old = await Create(new NewApiKey("ERP", null, null, null));

        var rotated = await Rotate(old.ApiKey!.Id);

        var log = await host.Events();
        Assert.Equal([IdentityEvents.ApiKeyCreated, IdentityEvents.ApiKeyCreated, IdentityEvents.ApiKeyRotated], log.Select(e => e.Type));
        Assert.Equal((old.ApiKey.Id, $$"""{"successorId":{{rotated.ApiKey!.Id}},"expiresAt":"2026-03-02T12:00:00Z"}"""), (log[2].SubjectId, log[2].Data));
    }

    private Task<CreateApiKeyPayload> Create(NewApiKey key) => host.Write(scope => scope.GetRequiredService<ApiKeys>().Create(key, Root));

    private Task<RotateApiKeyPayload> Rotate(long id, DateTime? end = null, Principal? by = null) =>
        host.Write(scope => scope.GetRequiredService<ApiKeys>().Rotate(id, end, by ?? Root));

    private async Task<string> Refusal(long id, DateTime? end = null)
    {
        var payload = await Rotate(id, end);
        Assert.Null(payload.Secret);
        var error = Assert.Single(payload.UserErrors);
        return $"{error.Code} {string.Join('/', error.Path ?? [])}: {error.Message}";
    }

    private Task<long?> Holder(string secret) => host.In(async scope => (await scope.GetRequiredService<ApiKeys>().Authenticate(secret))?.Id);

    private Task<List<string>> State() => host.In(async scope =>
        (await scope.GetRequiredService<WholesaleDb>().ApiKeys.OrderBy(k => k.Id).ToListAsync()).ConvertAll(key => $"{key.Id} {key.ExpiresAt:O} {key.RevokedAt:O}"));
}
