using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Wholesale.Tests.Platform.Identity;

/// <summary>An identity provider on a loopback port: OpenID Connect discovery and keys.</summary>
internal sealed class IdentityProvider : IAsyncDisposable
{
    private readonly WebApplication app;
    private volatile TestKey[] keys = [];
    private int readings;

    private IdentityProvider()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.MapGet("/.well-known/openid-configuration", () =>
        {
            Interlocked.Increment(ref readings);
            return IsDown ? Results.StatusCode(500) : Results.Json(new { issuer = Issuer, jwks_uri = $"{Address}/keys" });
        });
        app.MapGet("/keys", () => Results.Json(new JsonObject { ["keys"] = new JsonArray([.. keys.Select(key => key.Jwk())]) }));
    }

    public string Address => app.Urls.Single();

    /// <summary>What it calls itself: its address, unless said otherwise.</summary>
    public string Issuer { get => field ?? Address; set; }

    /// <summary>Whether it answers with an error.</summary>
    public bool IsDown { get; set; }

    /// <summary>How often its configuration was asked for.</summary>
    public int Readings => Volatile.Read(ref readings);

    /// <summary>The settings that make a host take its tokens.</summary>
    public (string Name, string Value)[] Settings =>
        [("Auth:Issuers:0:Issuer", Address), ("Auth:Issuers:0:Audience", "wholesale"), ("Auth:Issuers:0:Authority", Address)];

    public static async Task<IdentityProvider> Start(params TestKey[] keys)
    {
        var provider = new IdentityProvider();
        provider.SignWith(keys);
        await provider.app.StartAsync();
        return provider;
    }

    /// <summary>From now on it publishes these keys and no others.</summary>
    public void SignWith(params TestKey[] keys) => this.keys = keys;

    /// <summary>What a token of it says.</summary>
    public object Claims(string subject, DateTimeOffset expires) => new { iss = Address, aud = "wholesale", sub = subject, exp = expires.ToUnixTimeSeconds() };

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
