using Wholesale.Platform.Identity;

namespace Wholesale.Tests.Platform.Identity;

/// <summary>The keys of a provider that publishes them, and changes them.</summary>
public sealed class SigningKeysTests : IAsyncLifetime
{
    private static readonly TestKey Old = TestKey.Rsa("old");
    private static readonly TestKey New = TestKey.Ec("new");

    private IdentityProvider provider = null!;
    private PlatformHost host = null!;

    public async ValueTask InitializeAsync()
    {
        provider = await IdentityProvider.Start(Old);
        host = new PlatformHost(null, provider.Settings);
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await provider.DisposeAsync();
    }

    [Fact]
    public async Task The_keys_are_discovered_once_for_many_tokens()
    {
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Problem(Old, $"user-{i}"))), Assert.Null);
        Assert.Equal(1, provider.Readings);
    }

    [Fact]
    public async Task A_new_key_works_with_its_first_token_and_the_old_one_no_more()
    {
        Assert.Null(await Problem(Old));
        provider.SignWith(New);
        host.Time.Advance(TimeSpan.FromSeconds(10));

        Assert.Null(await Problem(New));
        Assert.Equal(401, (await Problem(Old))!.Status);
    }

    [Fact]
    public async Task Tokens_that_name_unknown_keys_ask_the_provider_every_ten_seconds_at_most()
    {
        Assert.Null(await Problem(Old));
        host.Time.Advance(TimeSpan.FromSeconds(10));
        var before = provider.Readings;

        for (var i = 0; i < 50; i++)
        {
            Assert.Equal(401, (await Problem(TestKey.Ec($"unknown-{i}")))!.Status);
        }

        Assert.Equal(before + 1, provider.Readings);
        host.Time.Advance(TimeSpan.FromSeconds(10));
        await Problem(TestKey.Ec("unknown"));
        Assert.Equal(before + 2, provider.Readings);
    }

    [Fact]
    public async Task The_keys_are_read_again_after_ten_minutes_without_anyone_waiting()
    {
        await Problem(Old);
        provider.SignWith(New);
        host.Time.Advance(TimeSpan.FromMinutes(10));

        Assert.Null(await Problem(Old));

        var tries = 0;
        await Eventually.Holds(async () => await Problem(Old, $"someone else {tries++}") is { Status: 401 }); // a token that is warm asks for no key
    }

    [Fact]
    public async Task A_provider_that_never_answered_is_503_and_asked_again_later()
    {
        provider.IsDown = true;
        var first = await Problem(Old);
        Assert.Equal((503, "UNAVAILABLE", "The keys of the token's issuer cannot be read now; try again."), (first!.Status, first.Code, first.Detail));

        provider.IsDown = false;
        host.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Null(await Problem(Old));
    }

    [Fact]
    public async Task A_provider_that_answers_no_more_is_believed_for_a_day()
    {
        Assert.Null(await Problem(Old));
        provider.IsDown = true;

        host.Time.Advance(TimeSpan.FromHours(23));
        Assert.Null(await Problem(Old));
        host.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(503, (await Problem(Old))!.Status);
    }

    [Fact]
    public async Task A_provider_that_calls_itself_otherwise_is_not_believed()
    {
        provider.Issuer = "https://someone.else.example/";

        Assert.Equal(503, (await Problem(Old))!.Status);
    }

    private async Task<CredentialProblem?> Problem(TestKey key, string subject = "ada") =>
        (await host.Get<Jwts>().Read(key.Sign(provider.Claims(subject, host.Time.GetUtcNow().AddHours(1))), default)).Problem;
}
