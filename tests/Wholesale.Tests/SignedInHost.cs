using System.Net.Http.Json;
using System.Text.Json;
using Wholesale.Tests.Platform.Identity;

namespace Wholesale.Tests;

/// <summary>
/// The real host with an identity provider beside it. <c>ada</c> is a user of acme, <c>bea</c> of acme and beta; gamma is a company of neither. The catalog is not public.
/// </summary>
public class SignedInHost : TestHost
{
    private static readonly TestKey Key = TestKey.Ec("key");

    private IdentityProvider provider = null!;

    /// <summary>Whether the provider answers with an error.</summary>
    public bool ProviderIsDown { set => provider.IsDown = value; }

    /// <summary>What the provider calls itself.</summary>
    public string Issuer => provider.Address;

    protected override IEnumerable<string> Settings => provider.Settings.SelectMany(setting => new[] { $"--{setting.Name}", setting.Value });

    public override async ValueTask InitializeAsync()
    {
        provider = await IdentityProvider.Start(Key);
        await base.InitializeAsync();
        object User(string name, string company) =>
            new { externalId = name, name, email = $"{name}@{company}.example", logins = new[] { new { issuer = Issuer, subject = name } } };
        await Import(
            "companies",
            JsonSerializer.Serialize(new { externalId = "acme", name = "Acme", users = new[] { User("ada", "acme"), User("bea", "acme") } }),
            JsonSerializer.Serialize(new { externalId = "beta", name = "Beta", users = new[] { User("bea", "beta") } }),
            JsonSerializer.Serialize(new { externalId = "gamma", name = "Gamma" }));
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await provider.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>A JWT that is good for an hour.</summary>
    public string Jwt(string subject) => Key.Sign(provider.Claims(subject, TimeProvider.System.GetUtcNow().AddHours(1)));

    /// <summary>Asks with headers of its own.</summary>
    public async Task<HttpResponseMessage> Send(string query, string path = "/graphql", params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(new { query }) };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await Client.SendAsync(request);
    }
}
