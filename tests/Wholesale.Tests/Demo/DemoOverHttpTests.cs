using System.Text;
using System.Text.Json;
using Wholesale.Demo;

namespace Wholesale.Tests.Demo;

/// <summary>A host that adds the demo data when it starts, as a stranger's first one does.</summary>
public sealed class DemoServer : TestHost
{
    public DemoKeys Keys { get; private set; } = null!;

    protected override IEnumerable<string> Settings => ["--Database:Demo", "true"];

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Keys = (await DemoSeed.Run(Services))!;
    }

    /// <summary>What the printed command gets, sent with another company's key if so wished.</summary>
    public async Task<List<JsonElement>> Products(string owner)
    {
        using var printed = new StringWriter();
        Keys.Print([Client.BaseAddress!.ToString()], printed);
        var command = printed.ToString().Split('\n', StringSplitOptions.TrimEntries).Single(line => line.StartsWith("curl ", StringComparison.Ordinal));
        var body = command[(command.IndexOf("-d '", StringComparison.Ordinal) + 4)..^1];
        using var request = new HttpRequestMessage(HttpMethod.Post, command.Split(' ').Single(word => word.StartsWith("http:", StringComparison.Ordinal)))
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("X-Api-Key", Keys.All.Single(key => key.Owner == owner).Secret);
        using var response = await Client.SendAsync(request);
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.False(answer.RootElement.TryGetProperty("errors", out var errors), $"{errors}");
        return [.. Nodes(answer.RootElement.GetProperty("data").GetProperty("products").Clone())];
    }

    public static IEnumerable<JsonElement> Nodes(JsonElement connection) =>
        connection.GetProperty("edges").EnumerateArray().Select(edge => edge.GetProperty("node"));
}

public sealed class DemoOverHttpTests(DemoServer server) : IClassFixture<DemoServer>
{
    [Theory]
    [InlineData(DemoCompanies.Summit, "USD")]
    [InlineData(DemoCompanies.Bergmann, "EUR")]
    [InlineData(DemoCompanies.Harbor, "USD")]
    public async Task The_printed_command_answers_with_three_products_at_the_companys_prices(string company, string currency)
    {
        var products = await server.Products(company);

        Assert.Equal(3, products.Count);
        Assert.All(products.SelectMany(product => DemoServer.Nodes(product.GetProperty("variants"))), variant =>
        {
            var price = variant.GetProperty("price");
            Assert.Equal(currency, price.GetProperty("unitPrice").GetProperty("currency").GetString());
            Assert.Equal(1, price.GetProperty("breaks")[0].GetProperty("minimumQuantity").GetInt32());
        });
    }

    [Fact]
    public async Task Each_company_reads_its_own_language_assortment_and_prices()
    {
        const string Query = """
            { products(first: 1) { totalCount }
              shirt: variant(sku: "TSH-101-M") { product { name } price { unitPrice { amount } } }
              breaker: variant(sku: "MCB-101-1POLE") { product { name } price { unitPrice { amount currency } } } }
            """;
        var answers = new Dictionary<string, JsonElement>();
        foreach (var key in server.Keys.All.Where(key => key.Owner != DemoKeys.Staff))
        {
            answers[key.Owner] = await server.Data(key.Secret, Query);
        }

        var (summit, bergmann, harbor) = (answers[DemoCompanies.Summit], answers[DemoCompanies.Bergmann], answers[DemoCompanies.Harbor]);
        Assert.Equal("Circuit breaker, type B, 6 A", summit.GetProperty("breaker").GetProperty("product").GetProperty("name").GetString());
        Assert.Equal("Leitungsschutzschalter, Typ B, 6 A", bergmann.GetProperty("breaker").GetProperty("product").GetProperty("name").GetString());
        Assert.Equal(JsonValueKind.Null, harbor.GetProperty("breaker").ValueKind);
        Assert.Equal(JsonValueKind.Null, bergmann.GetProperty("shirt").ValueKind);
        Assert.True(Amount(harbor.GetProperty("shirt")) < Amount(summit.GetProperty("shirt")));
        Assert.InRange(Count(summit), 1800, 2100);
        Assert.InRange(Count(bergmann), 500, 1000);
        Assert.InRange(Count(harbor), 200, 400);
    }

    private static int Count(JsonElement answer) => answer.GetProperty("products").GetProperty("totalCount").GetInt32();

    private static decimal Amount(JsonElement variant) =>
        decimal.Parse(variant.GetProperty("price").GetProperty("unitPrice").GetProperty("amount").GetString()!, System.Globalization.CultureInfo.InvariantCulture);
}
