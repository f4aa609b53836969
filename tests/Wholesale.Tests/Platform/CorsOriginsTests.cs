using System.Net;
using System.Net.Http.Json;

namespace Wholesale.Tests.Platform;

/// <summary>What a browser is told about pages of other origins.</summary>
public sealed class CorsOriginsTests(CorsOriginsTests.Shops host) : IClassFixture<CorsOriginsTests.Shops>
{
    private const string Allowed = "https://shop.example.com";
    private const string Other = "https://evil.example.com";

    [Fact]
    public async Task A_preflight_request_is_answered_before_credentials_are_read()
    {
        var response = await Preflight(Allowed, ("X-Api-Key", "nonsense"));

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(Allowed, Header(response, "Access-Control-Allow-Origin"));
        Assert.Equal(["GET", "POST"], List(response, "Access-Control-Allow-Methods"));
        Assert.Equal(
            ["Accept", "Accept-Language", "Authorization", "Content-Type", "GraphQL-Cost", "Idempotency-Key", "X-Api-Key", "X-Company"],
            List(response, "Access-Control-Allow-Headers").Order(StringComparer.Ordinal));
        Assert.Equal("600", Header(response, "Access-Control-Max-Age"));
        Assert.Null(Header(response, "Access-Control-Allow-Credentials"));
    }

    [Fact]
    public async Task A_page_of_another_origin_is_told_nothing()
    {
        var preflight = await Preflight(Other);
        var query = await Query(Other);

        Assert.All([preflight, query], response => Assert.DoesNotContain(response.Headers, header => header.Key.StartsWith("Access-Control-Allow", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Every_answer_lets_an_allowed_page_read_it_and_the_headers_it_needs()
    {
        var answer = await Query(Allowed, ("X-Api-Key", host.StaffKey));
        var unauthenticated = await Query(Allowed, ("X-Api-Key", "nonsense"));
        host.ProviderIsDown = true;
        var unavailable = await Query(Allowed, ("Authorization", $"Bearer {host.Jwt("ada")}"));

        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.Unauthorized, HttpStatusCode.ServiceUnavailable],
            new[] { answer, unauthenticated, unavailable }.Select(response => response.StatusCode));
        Assert.Equal("10", Header(unavailable, "Retry-After"));
        Assert.All([answer, unauthenticated, unavailable], response =>
        {
            Assert.Equal(Allowed, Header(response, "Access-Control-Allow-Origin"));
            Assert.Equal(["GraphQL-Cost", "Idempotent-Replayed", "Retry-After", "WWW-Authenticate"], List(response, "Access-Control-Expose-Headers").Order(StringComparer.Ordinal));
            Assert.Null(Header(response, "Access-Control-Allow-Credentials"));
        });
    }

    [Fact]
    public async Task Without_the_setting_every_origin_is_allowed_in_Development_and_none_in_Production()
    {
        await using var development = new Environment("Development");
        await development.InitializeAsync();
        await using var production = new Environment("Production");
        await production.InitializeAsync();

        Assert.Equal("*", Header(await Preflight(Other, to: development), "Access-Control-Allow-Origin"));
        Assert.Null(Header(await Preflight(Other, to: production), "Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("shop.example.com")]
    [InlineData("https://shop.example.com/")]
    [InlineData("https://*.example.com")]
    [InlineData("ftp://shop.example.com")]
    public async Task What_is_no_origin_stops_the_start(string origin)
    {
        await using var wrong = new Environment("Production", "--Cors:Origins:0", origin);

        var error = await Assert.ThrowsAsync<InvalidOperationException>(async () => await wrong.InitializeAsync());

        Assert.Equal($"Cors:Origins has \"{origin}\"; an origin is like https://shop.example.com, without a path.", error.Message);
    }

    private static string? Header(HttpResponseMessage response, string name) => response.Headers.TryGetValues(name, out var values) ? Assert.Single(values) : null;

    private static string[] List(HttpResponseMessage response, string name) => Header(response, name)!.Split(',');

    private Task<HttpResponseMessage> Preflight(string origin, params (string Name, string Value)[] headers) => Preflight(origin, host, headers);

    private static Task<HttpResponseMessage> Preflight(string origin, TestHost to, params (string Name, string Value)[] headers) => Send(
        to, HttpMethod.Options, null, [("Origin", origin), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "content-type,x-api-key"), .. headers]);

    private Task<HttpResponseMessage> Query(string origin, params (string Name, string Value)[] headers) =>
        Send(host, HttpMethod.Post, JsonContent.Create(new { query = "{ me { kind } }" }), [("Origin", origin), .. headers]);

    private static async Task<HttpResponseMessage> Send(TestHost to, HttpMethod method, HttpContent? content, (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, "/graphql") { Content = content };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await to.Client.SendAsync(request);
    }

    public sealed class Shops : SignedInHost
    {
        protected override IEnumerable<string> Settings => [.. base.Settings, "--Cors:Origins:0", Allowed, "--Cors:Origins:1", "http://localhost:3000"];
    }

    private sealed class Environment(string name, params string[] settings) : TestHost
    {
        protected override IEnumerable<string> Settings => ["--environment", name, "--Database:Migrate", "true", .. settings];
    }
}
