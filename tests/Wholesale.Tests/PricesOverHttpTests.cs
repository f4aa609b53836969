using System.Net;
using System.Text.Json;
using Snapshooter.Xunit;

namespace Wholesale.Tests;

public sealed class PricesOverHttpTests(Shop shop) : IClassFixture<Shop>
{
    private const string Price = "query($sku: String!, $quantity: Quantity!) { variant(sku: $sku) { sku price(quantity: $quantity) { quantity unitPrice { amount currency } total { amount } listPrice { amount } breaks { minimumQuantity unitPrice { amount } } validUntil } } }";

    [Fact]
    public async Task One_variant_has_the_prices_of_each_customer()
    {
        var answers = new Dictionary<string, JsonElement>
        {
            ["acme buys 1"] = await shop.Data(shop.Acme, Price, new { sku = "TOOL-001-S", quantity = 1 }),
            ["acme buys 7"] = await shop.Data(shop.Acme, Price, new { sku = "TOOL-001-S", quantity = 7 }),
            ["spielwaren buys 7"] = await shop.Data(shop.Spielwaren, Price, new { sku = "TOY-001-S", quantity = 7 }),
            ["newcomer buys 7"] = await shop.Data(shop.Newcomer, Price, new { sku = "TOOL-001-S", quantity = 7 }),
        };

        Assert.Equal(JsonValueKind.Null, answers["newcomer buys 7"].GetProperty("variant").GetProperty("price").ValueKind);
        Snapshot.Match(answers);
    }

    [Fact]
    public async Task A_company_that_is_verified_sees_prices_at_once()
    {
        var company = await shop.Admin("{ company(externalId: \"newcomer\") { id version } }");
        var id = company.GetProperty("company").GetProperty("id").GetString();
        const string Verify = "mutation($input: SetCompanyVerificationInput!) { setCompanyVerification(input: $input) { company { verification } userErrors { code } } }";

        await shop.Admin(Verify, new { input = new { companyId = id, status = "VERIFIED" } });
        var seen = await shop.Data(shop.Newcomer, Price, new { sku = "TOOL-002-S", quantity = 1 });
        await shop.Admin(Verify, new { input = new { companyId = id, status = "PENDING" } });
        var hidden = await shop.Data(shop.Newcomer, Price, new { sku = "TOOL-002-S", quantity = 1 });

        Assert.Equal("2.00", seen.GetProperty("variant").GetProperty("price").GetProperty("unitPrice").GetProperty("amount").GetString());
        Assert.Equal(JsonValueKind.Null, hidden.GetProperty("variant").GetProperty("price").ValueKind);
    }

    [Theory]
    [InlineData("0", "INVALID_QUANTITY", "variant,price")]
    [InlineData("1.5", "INVALID_QUANTITY", "variant,price")]
    [InlineData("-1", "BAD_USER_INPUT", null)]
    [InlineData("2147483648", "BAD_USER_INPUT", null)]
    [InlineData("\"ten\"", "BAD_USER_INPUT", null)]
    [InlineData("null", "BAD_USER_INPUT", null)]
    public async Task A_quantity_that_cannot_be_bought_is_refused_by_name(string quantity, string code, string? path)
    {
        var (_, body) = await shop.Ask(shop.Acme, Price, JsonSerializer.Deserialize<JsonElement>($$"""{"sku":"TOOL-001-S","quantity":{{quantity}}}"""));

        using var json = JsonDocument.Parse(body);
        var error = Assert.Single(json.RootElement.GetProperty("errors").EnumerateArray());
        Assert.Equal(code, error.GetProperty("extensions").GetProperty("code").GetString());
        Assert.Equal(path, error.TryGetProperty("path", out var at) ? string.Join(',', at.EnumerateArray().Select(p => p.GetString())) : null);
        Assert.Contains("quantity", error.GetProperty("message").GetString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task An_edited_price_is_right_in_the_next_request()
    {
        var list = (await shop.Admin("{ priceList(externalId: \"usd\") { id priceVersion } }")).GetProperty("priceList");
        const string Write = "mutation($input: UpsertPricesInput!) { upsertPrices(input: $input) { counts { applied failed } priceList { priceVersion } userErrors { code path } } }";

        var written = await shop.Admin(Write, new { input = new { priceListId = list.GetProperty("id").GetString(), prices = new[] { new { sku = "TOOL-100-S", unitPrice = "77.1234" } } } });
        var seen = await shop.Data(shop.Acme, Price, new { sku = "TOOL-100-S", quantity = 3 });

        Assert.Equal(list.GetProperty("priceVersion").GetInt32() + 1, written.GetProperty("upsertPrices").GetProperty("priceList").GetProperty("priceVersion").GetInt32());
        Assert.Equal(
            """{"unitPrice":{"amount":"77.1234","currency":"USD"},"total":{"amount":"231.37"}""",
            "{" + seen.GetProperty("variant").GetProperty("price").GetRawText()["{\"quantity\":3,".Length..].Split(",\"listPrice\"")[0]);
    }

    [Fact]
    public async Task Without_a_credential_there_is_no_catalog_and_a_wrong_key_is_refused()
    {
        var (anonymousStatus, body) = await shop.Ask(null, "{ products { totalCount } }");
        var (status, _) = await shop.Ask("whk_" + new string('x', 32), "{ products { totalCount } }");

        Assert.Equal(HttpStatusCode.Unauthorized, anonymousStatus);
        Assert.Contains("UNAUTHENTICATED", body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, status);
    }

    [Theory]
    [InlineData("/admin/graphql")]
    [InlineData("/ADMIN/GraphQL")]
    [InlineData("/admin/graphql/")]
    [InlineData("/%61dmin/graphql")]
    [InlineData("/admin/./graphql")]
    public async Task The_sellers_endpoint_is_closed_to_buyers_however_its_path_is_written(string path)
    {
        var (buyer, _) = await shop.Ask(shop.Acme, "{ companies { totalCount } }", path: path);
        var (nobody, _) = await shop.Ask(null, "{ companies { totalCount } }", path: path);

        Assert.Equal(HttpStatusCode.Forbidden, buyer);
        Assert.Equal(HttpStatusCode.Unauthorized, nobody);
    }

    [Fact]
    public async Task Names_come_in_the_language_asked_for()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = new StringContent("""{"query":"{ me { locale } product(sku: \"TOOL-003\") { name locale category { name } } }"}""", System.Text.Encoding.UTF8, "application/json") };
        request.Headers.Add("X-Api-Key", shop.Acme);
        request.Headers.Add("Accept-Language", "fr;q=0.3, de-AT, en;q=0.5");

        var body = await (await shop.Client.SendAsync(request)).Content.ReadAsStringAsync();

        Assert.Equal("""{"data":{"me":{"locale":"de"},"product":{"name":"Werkzeug 003","locale":"de","category":{"name":"Hammers"}}}}""", body);
    }
}
