using System.Net;
using System.Text;
using System.Text.Json;

namespace Wholesale.Tests;

/// <summary>What a careless or hostile client sends: a clear error that names the place, and a server that goes on.</summary>
public sealed class BadInputTests(Shop shop) : IClassFixture<Shop>
{
    private static readonly string Deep = new('[', 100_000);

    [Theory]
    [InlineData("{\"query\":", HttpStatusCode.BadRequest, "The body is not JSON that can be read")]
    [InlineData("[]", HttpStatusCode.BadRequest, "must be a JSON object")]
    [InlineData("{}", HttpStatusCode.BadRequest, "needs a \\\"query\\\"")]
    [InlineData("{\"query\":\"{ me\"}", HttpStatusCode.OK, "Syntax Error: Expected Name, found <EOF>.")]
    [InlineData("{\"query\":\"{ me { nothing } }\"}", HttpStatusCode.OK, "Cannot query field \\\"nothing\\\" on type \\\"ViewerContext\\\".")]
    [InlineData("{\"query\":\"query A { me { kind } } query B { me { kind } }\"}", HttpStatusCode.OK, "operationName")]
    [InlineData("{\"query\":\"query A { me { kind } }\",\"operationName\":\"B\"}", HttpStatusCode.OK, "no operation named \\\"B\\\"")]
    [InlineData("{\"query\":\"query($n: Int!) { products(first: $n) { totalCount } }\",\"variables\":{\"n\":\"many\"}}", HttpStatusCode.OK, "$n")]
    [InlineData("{\"query\":\"query($n: Int!) { products(first: $n) { totalCount } }\",\"variables\":{\"n\":2147483648}}", HttpStatusCode.OK, "between -2147483648 and 2147483647")]
    [InlineData("{\"query\":\"{ products(first: 2147483648) { totalCount } }\"}", HttpStatusCode.OK, "32-bit signed integer")]
    [InlineData("{\"query\":\"query($n: Int!) { products(first: $n) { totalCount } }\",\"variables\":{\"n\":null}}", HttpStatusCode.OK, "must not be null")]
    [InlineData("{\"query\":\"query($n: Int!) { products(first: $n) { totalCount } }\"}", HttpStatusCode.OK, "was not provided")]
    [InlineData("{\"query\":\"{ products(first: 0) { totalCount } }\"}", HttpStatusCode.OK, "INVALID_PAGE_SIZE")]
    [InlineData("{\"query\":\"{ products(first: 251) { totalCount } }\"}", HttpStatusCode.OK, "INVALID_PAGE_SIZE")]
    [InlineData("{\"query\":\"{ products(after: \\\"nonsense\\\") { totalCount } }\"}", HttpStatusCode.OK, "INVALID_CURSOR")]
    [InlineData("{\"query\":\"{ variant(sku: \\\"TOOL-001-S\\\") { price(asOf: \\\"yesterday\\\") { quantity } } }\"}", HttpStatusCode.OK, "Value of type \\\"DateTime\\\" must be")]
    public async Task It_is_told_what_is_wrong(string body, HttpStatusCode status, string message)
    {
        var response = await Post(body);

        var text = await response.Content.ReadAsStringAsync();
        Assert.Equal(status, response.StatusCode);
        Assert.Contains(message, text, StringComparison.Ordinal);
        await AssertAlive();
    }

    [Fact]
    public async Task Unknown_SKUs_and_ids_are_null_without_an_error()
    {
        var data = await shop.Data(shop.Acme, "{ product(sku: \"nothing\") { sku } variant(sku: \"nothing\") { sku } node(id: \"nothing\") { id } byNumber: node(id: 7) { id } }");

        Assert.Equal("""{"product":null,"variant":null,"node":null,"byNumber":null}""", data.GetRawText());
    }

    [Fact]
    public async Task A_document_of_a_megabyte_is_refused_by_its_tokens()
    {
        var response = await Post(JsonSerializer.Serialize(new { query = "{" + string.Concat(Enumerable.Repeat(" me { kind }", 90_000)) + "}" }));

        Assert.Contains("tokens", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await AssertAlive();
    }

    [Fact]
    public async Task A_body_over_the_limit_is_refused()
    {
        var response = await Post("{\"query\":\"" + new string(' ', (2 * 1024 * 1024) + 1) + "\"}");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        await AssertAlive();
    }

    public static TheoryData<string> DeepBodies() =>
    [
        JsonSerializer.Serialize(new { query = string.Concat(Enumerable.Repeat("{ a ", 100_000)) }),
        JsonSerializer.Serialize(new { query = "{ products(first: " + Deep }),
        JsonSerializer.Serialize(new { query = "query($a: " + Deep }),
        JsonSerializer.Serialize(new { query = "{ a(b: " + string.Concat(Enumerable.Repeat("{ a: ", 100_000)) }),
        "{\"query\":\"{ me { kind } }\",\"variables\":{\"a\":" + Deep,
        "{\"query\":\"{ me { kind } }\",\"extensions\":{\"a\":" + Deep,
        Deep,
    ];

    [Theory]
    [MemberData(nameof(DeepBodies), DisableDiscoveryEnumeration = true)]
    public async Task What_nests_a_hundred_thousand_deep_is_refused_and_the_process_lives(string body)
    {
        var response = await Post(body);

        Assert.Contains("\"errors\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await AssertAlive();
    }

    [Fact]
    public async Task A_form_executes_nothing_and_a_GET_only_what_its_key_may()
    {
        using var form = new FormUrlEncodedContent([new("query", "{ me { kind } }")]);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await Send(HttpMethod.Post, form)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await Send(HttpMethod.Get, null)).StatusCode);
        Assert.Equal(
            """{"data":{"me":{"kind":"COMPANY_USER"}}}""",
            await (await Send(HttpMethod.Get, null, "/graphql?query={me{kind}}")).Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, (await shop.Client.GetAsync("/graphql?query={me{kind}}")).StatusCode);
    }

    private async Task AssertAlive() => Assert.Equal(
        "COMPANY_USER", (await shop.Data(shop.Acme, "{ me { kind } }")).GetProperty("me").GetProperty("kind").GetString());

    private Task<HttpResponseMessage> Post(string body) => Send(HttpMethod.Post, new StringContent(body, Encoding.UTF8, "application/json"));

    private async Task<HttpResponseMessage> Send(HttpMethod method, HttpContent? content, string path = "/graphql")
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Add("X-Api-Key", shop.Acme);
        return await shop.Client.SendAsync(request);
    }
}
