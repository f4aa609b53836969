using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Wholesale.Platform;
using Wholesale.Platform.Identity;

namespace Wholesale.Tests.Companies;

public sealed class CredentialsOverHttpTests(SignedInHost host) : IClassFixture<SignedInHost>
{
    private const string Me = "{ me { kind user { externalId } company { externalId } permissions } }";
    private const string CreateToken = "mutation($input: CreateAccessTokenInput!) { createAccessToken(input: $input) { accessToken expiresAt userErrors { code path } } }";
    private const string Bearer = "Bearer realm=\"wholesale\"";
    private const string ApiKey = "ApiKey realm=\"wholesale\"";

    [Fact]
    public async Task A_JWT_reads_as_its_user_and_is_no_staff()
    {
        var answer = await Body(await host.Send(Me, headers: ("Authorization", $"Bearer {host.Jwt("ada")}")));
        var admin = await host.Send(Me, "/admin/graphql", ("Authorization", $"Bearer {host.Jwt("ada")}"));

        Assert.Equal(
            """{"data":{"me":{"kind":"COMPANY_USER","user":{"externalId":"ada"},"company":{"externalId":"acme"},"permissions":["CATALOG_READ","COMPANY_READ","CREDIT_READ","BUDGETS_READ","ORDERS_PLACE"]}}}""", answer);
        Assert.Equal(HttpStatusCode.Forbidden, admin.StatusCode);
    }

    [Fact]
    public async Task A_login_of_two_companies_is_asked_for_one_of_its_own()
    {
        var which = await host.Send(Me, headers: ("Authorization", $"Bearer {host.Jwt("bea")}"));
        var beta = await Body(await host.Send(Me, headers: [("Authorization", $"Bearer {host.Jwt("bea")}"), ("X-Company", "beta")]));

        Assert.Equal(HttpStatusCode.BadRequest, which.StatusCode);
        Assert.Equal("application/problem+json", which.Content.Headers.ContentType!.MediaType);
        var problem = JsonDocument.Parse(await Body(which)).RootElement;
        Assert.Equal("COMPANY_REQUIRED", problem.GetProperty("code").GetString());
        Assert.Equal("""[{"externalId":"acme","name":"Acme"},{"externalId":"beta","name":"Beta"}]""", problem.GetProperty("companies").GetRawText());
        Assert.Contains("\"company\":{\"externalId\":\"beta\"}", beta, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Anothers_company_and_none_at_all_are_the_same_bytes()
    {
        var jwt = host.Jwt("ada");
        var foreign = await host.Send(Me, headers: [("Authorization", $"Bearer {jwt}"), ("X-Company", "gamma")]);
        var missing = await host.Send(Me, headers: [("Authorization", $"Bearer {jwt}"), ("X-Company", "nowhere")]);

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (foreign.StatusCode, missing.StatusCode));
        Assert.Equal(await Body(foreign), await Body(missing));
        Assert.Equal(foreign.Headers.Where(h => h.Key != "Date").Select(h => h.Key), missing.Headers.Where(h => h.Key != "Date").Select(h => h.Key));
    }

    [Fact]
    public async Task Every_401_names_both_ways_to_send_a_credential()
    {
        var bad = await host.Send(Me, headers: ("Authorization", "Bearer nonsense"));
        var others = new[]
        {
            await host.Send(Me, headers: ("X-Api-Key", "nonsense")),
            await host.Send(Me),
            await host.Send(Me, "/admin/graphql"),
            await host.Client.PostAsync("/imports/companies", null),
        };

        Assert.Equal(
            [ApiKey, $"{Bearer}, error=\"invalid_token\", error_description=\"The bearer token is neither a JWT nor an access token.\""],
            bad.Headers.GetValues("WWW-Authenticate"));
        Assert.All(others, response =>
        {
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
            Assert.Equal([ApiKey, Bearer], response.Headers.GetValues("WWW-Authenticate"));
        });
    }

    [Fact]
    public async Task Two_Authorization_headers_are_refused_on_one_line_or_two()
    {
        var oneLine = await host.Send(Me, headers: ("Authorization", $"Bearer {host.Jwt("ada")}, Bearer {host.Jwt("bea")}"));
        using var socket = new TcpClient(host.Client.BaseAddress!.Host, host.Client.BaseAddress.Port); // the client joins them into one
        await socket.GetStream().WriteAsync("POST /graphql HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer a\r\nAuthorization: Bearer b\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
        using var answer = new StreamReader(socket.GetStream());

        Assert.Equal(HttpStatusCode.Unauthorized, oneLine.StatusCode);
        Assert.Equal("HTTP/1.1 400 Bad Request", await answer.ReadLineAsync());
        Assert.Contains("The header Authorization stands in the request more than once.", await answer.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_huge_token_and_two_kinds_of_credential_are_refused_before_anything_is_read()
    {
        var huge = await host.Send("this is no document", headers: ("Authorization", $"Bearer {new string('a', 20_000)}"));
        var both = await host.Send("this is no document", headers: [("Authorization", "Bearer a"), ("X-Api-Key", host.StaffKey)]);

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.BadRequest), (huge.StatusCode, both.StatusCode));
        Assert.Contains("not 20000", await Body(huge), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_storefront_creates_a_token_for_a_user_and_acts_as_it()
    {
        var storefront = await host.CreateStaffKey("storefront", Permission.AccessTokensCreate);
        var created = (await host.Data(storefront, CreateToken, new { input = new { companyUserId = await IdOf("ada") } }, "/admin/graphql")).GetProperty("createAccessToken");
        var unknown = await host.Data(storefront, CreateToken, new { input = new { companyUserId = "nobody" } }, "/admin/graphql");
        var token = created.GetProperty("accessToken").GetString();

        var answer = await Body(await host.Send(Me, headers: ("Authorization", $"Bearer {token}")));

        Assert.Contains("\"user\":{\"externalId\":\"ada\"},\"company\":{\"externalId\":\"acme\"},\"permissions\":[\"CATALOG_READ\",\"COMPANY_READ\",\"CREDIT_READ\",\"BUDGETS_READ\",\"ORDERS_PLACE\"]", answer, StringComparison.Ordinal);
        Assert.Equal("""{"createAccessToken":{"accessToken":null,"expiresAt":null,"userErrors":[{"code":"NOT_FOUND","path":["companyUserId"]}]}}""", unknown.GetRawText());
    }

    [Fact]
    public async Task A_key_without_the_permission_creates_no_token()
    {
        var clerk = await host.CreateStaffKey("clerk", Permission.CompaniesRead, Permission.KeysWrite);

        var (_, body) = await host.Ask(clerk, CreateToken, new { input = new { companyUserId = await IdOf("ada") } }, "/admin/graphql");

        Assert.Contains("Mutation.createAccessToken needs the permission ACCESS_TOKENS_CREATE.", body, StringComparison.Ordinal);
        Assert.Contains("\"FORBIDDEN\"", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_is_rotated_and_the_old_one_works_on()
    {
        var old = await host.CreateStaffKey("rotated");
        var id = await host.Data(old, "{ me { permissions } }", path: "/admin/graphql"); // the key works before
        var rotated = (await host.Admin(
            "mutation($input: RotateApiKeyInput!) { rotateApiKey(input: $input) { apiKey { name } previous { expiresAt } secret userErrors { code } } }",
            new { input = new { apiKeyId = await KeyId("rotated") } })).GetProperty("rotateApiKey");

        Assert.Equal("rotated", rotated.GetProperty("apiKey").GetProperty("name").GetString());
        Assert.NotEqual(JsonValueKind.Null, rotated.GetProperty("previous").GetProperty("expiresAt").ValueKind);
        foreach (var key in new[] { old, rotated.GetProperty("secret").GetString() })
        {
            Assert.Equal(id.GetRawText(), (await host.Data(key, "{ me { permissions } }", path: "/admin/graphql")).GetRawText());
        }
    }

    [Fact]
    public async Task No_answer_with_a_secret_is_kept_for_repetition()
    {
        var input = new { input = new { companyUserId = await IdOf("ada") } };
        var before = await Tokens();

        var (status, body) = await host.Ask(host.StaffKey, CreateToken, input, "/admin/graphql", "secret-1");
        var (again, _) = await host.Ask(host.StaffKey, CreateToken, input, "/admin/graphql", "secret-1");

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (status, again));
        Assert.Contains("IDEMPOTENCY_NOT_POSSIBLE", body, StringComparison.Ordinal);
        Assert.DoesNotContain("wht_", body, StringComparison.Ordinal);
        Assert.Equal(before, await Tokens());
    }

    [Fact]
    public async Task Staff_read_and_write_logins_and_buyers_see_none()
    {
        const string Logins = "query($id: String!) { company(externalId: $id) { users { externalId logins { issuer subject } } } }";
        var upserted = await host.Admin(
            "mutation($input: UpsertCompaniesInput!) { upsertCompanies(input: $input) { userErrors { code path } } }",
            new { input = new { companies = new[] { new { externalId = "delta", name = "Delta", users = new[] { new { externalId = "dan", name = "Dan", email = "dan@delta.example", logins = new[] { new { issuer = host.Issuer, subject = "dan" } } } } } } } });

        var read = await host.Admin(Logins, new { id = "delta" });

        Assert.Equal("""{"upsertCompanies":{"userErrors":[]}}""", upserted.GetRawText());
        Assert.Equal($$$"""{"company":{"users":[{"externalId":"dan","logins":[{"issuer":"{{{host.Issuer}}}","subject":"dan"}]}]}}""", read.GetRawText());
        Assert.Contains("\"externalId\":\"delta\"", await Body(await host.Send(Me, headers: ("Authorization", $"Bearer {host.Jwt("dan")}"))), StringComparison.Ordinal);
        var buyer = await Body(await host.Send("{ me { user { logins { issuer } } } }", headers: ("Authorization", $"Bearer {host.Jwt("dan")}")));
        Assert.Contains("Cannot query field", buyer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_revoked_on_one_node_ends_on_another_that_shares_the_database()
    {
        await using var other = new SecondNode(host);
        await other.InitializeAsync();
        var secret = await host.CreateStaffKey("revoked");
        Assert.Equal(HttpStatusCode.OK, (await other.Ask(secret, Me, path: "/admin/graphql")).Status);

        await host.Admin("mutation($input: RevokeApiKeyInput!) { revokeApiKey(input: $input) { userErrors { code } } }", new { input = new { apiKeyId = await KeyId("revoked") } });

        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Ask(secret, Me, path: "/admin/graphql")).Status);
        await Eventually.Holds(async () => (await other.Ask(secret, Me, path: "/admin/graphql")).Status == HttpStatusCode.Unauthorized);
    }

    private static Task<string> Body(HttpResponseMessage response) => response.Content.ReadAsStringAsync();

    private async Task<string> IdOf(string user)
    {
        var company = await host.Admin("{ company(externalId: \"acme\") { users { id externalId } } }");
        return company.GetProperty("company").GetProperty("users").EnumerateArray().Single(u => u.GetProperty("externalId").GetString() == user).GetProperty("id").GetString()!;
    }

    private async Task<string> KeyId(string name)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var key = await scope.ServiceProvider.GetRequiredService<WholesaleDb>().ApiKeys.SingleAsync(k => k.Name == name);
        return new NodeId("ApiKey", key.Id).ToString();
    }

    private async Task<int> Tokens()
    {
        await using var scope = host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WholesaleDb>();
        return await db.AccessTokens.CountAsync() + await db.StoredAnswers.CountAsync() + await db.Events.CountAsync(e => e.Type == IdentityEvents.AccessTokenCreated);
    }

    private sealed class SecondNode(TestHost first) : TestHost(first)
    {
        protected override IEnumerable<string> Settings => ["--Node:Number", "1"];
    }
}
