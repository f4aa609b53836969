using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Wholesale.Tests;

/// <summary>None of our own queries is refused under the default limits: what we measure, what we show, what tools ask first.</summary>
public sealed partial class DefaultLimitsTests(Shop shop) : IClassFixture<Shop>
{
    private const string MeasuredPage =
        "{ products(first: 50) { edges { node { sku name brand variants(first: 20) { edges { node { sku price(quantity: 1) "
        + "{ unitPrice { amount } breaks { minimumQuantity unitPrice { amount } } } } } } } } } }";

    private const string HundredPrices =
        "{ products(first: 100) { edges { node { id sku name variants(first: 1) { edges { node { price { unitPrice { amount currency } listPrice { amount } breaks { minimumQuantity unitPrice { amount } } } } } } } } } }";

    private const string TwentyFiveThousandLeaves =
        "{ products(first: 250) { edges { node { id sku name variants(first: 20) { edges { node { id sku unitOfMeasure price { quantity unitPrice { amount } } } } } } } } }";

    private const string CategoryTree = "{ categories { id name children { id name children { id name } } } }";

    [Theory]
    [InlineData(MeasuredPage, 4_112)]
    [InlineData(HundredPrices, 612)]
    [InlineData(TwentyFiveThousandLeaves, 10_512)]
    [InlineData(CategoryTree, 561)]
    public async Task A_buyer_may_ask_what_we_measure(string query, long charged)
    {
        using var response = await shop.Send(shop.Acme, query);

        var cost = Costs.Of(response);
        await AssertAnswered(response);
        Assert.Equal(charged, cost.Charged);
        Assert.InRange(cost.Actual, 2, charged);
        Assert.Equal(50_000, cost.Limit);
        Assert.InRange(cost.Remaining!.Value, 400_000, 500_000); // what the other questions cost is not filled up yet
    }

    [Theory]
    [InlineData(MeasuredPage)]
    [InlineData(HundredPrices)]
    [InlineData(CategoryTree)]
    public async Task So_may_anybody_who_may_see_the_catalog(string query)
    {
        await OpenToAll();

        using var response = await shop.Send(null, query);

        await AssertAnswered(response);
        Assert.Equal(5_000, Costs.Of(response).Limit);
    }

    [Fact]
    public async Task Whatever_the_README_shows_to_buyers_anybody_may_ask()
    {
        await OpenToAll();

        var readme = await File.ReadAllTextAsync(Readme());
        var queries = Example().Matches(readme).Select(m => m.Groups["example"].Value).Where(e => !ReadmeTests.IsForStaff(e))
            .Concat(Command().Matches(readme).Select(m => JsonDocument.Parse(m.Groups["body"].Value).RootElement.GetProperty("query").GetString()!)
                .Where(query => !query.StartsWith("subscription", StringComparison.Ordinal)))
            .ToList();
        Assert.True(queries.Count >= 3);
        foreach (var query in queries)
        {
            using var response = await shop.Send(null, query);
            await AssertAnswered(response);
        }
    }

    [Fact]
    public async Task Tools_may_ask_for_the_schema()
    {
        await OpenToAll();
        var query = await NodeProcess.Run(TimeSpan.FromSeconds(30), "introspection.mjs");

        using var anonymous = await shop.Send(null, query);
        using var buyer = await shop.Send(shop.Acme, query);
        using var staff = await shop.Send(shop.StaffKey, query, path: "/admin/graphql");

        await AssertAnswered(anonymous);
        await AssertAnswered(buyer);
        await AssertAnswered(staff);

        // Far enough from 5,000 for the contract to grow.
        Assert.InRange(Costs.Of(anonymous).Charged, 10, 4_000);
    }

    [Fact]
    public async Task The_schema_cannot_be_asked_for_a_hundred_thousand_fold()
    {
        await OpenToAll();
        const string Query = "{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }";

        using var response = await shop.Send(null, Query);

        Assert.Contains("COST_LIMIT_EXCEEDED", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Staff_may_write_a_thousand_prices_which_cost_one_each()
    {
        var lists = await shop.Admin("{ priceLists { edges { node { id externalId } } } }");
        var list = lists.GetProperty("priceLists").GetProperty("edges").EnumerateArray().First(e => e.GetProperty("node").GetProperty("externalId").GetString() == "gold-usd");
        var prices = Enumerable.Range(0, 1_000).Select(i => new { sku = i < 950 ? $"TOOL-{(i % 300) + 1:000}-{(i < 475 ? "S" : "L")}" : "unknown", minimumQuantity = 100 + (i / 300), unitPrice = "1.00" });

        using var response = await shop.Send(
            shop.StaffKey,
            "mutation($input: UpsertPricesInput!) { upsertPrices(input: $input) { counts { received applied failed } userErrors { code path } } }",
            new { input = new { priceListId = list.GetProperty("node").GetProperty("id").GetString(), prices } },
            "/admin/graphql");

        await AssertAnswered(response);
        Assert.Contains("\"received\":1000", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(new Costs(1_003, 1_003, null, null), Costs.Of(response));
    }

    private Task OpenToAll() => shop.Import("catalog-views", """{"externalId":"public","name":"Public","assignees":[{"everyone":true}]}""");

    private static async Task AssertAnswered(HttpResponseMessage response)
    {
        var body = await response.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.StartsWith("{\"data\":", body, StringComparison.Ordinal);
    }

    private static string Readme([CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "../../README.md");

    [GeneratedRegex("```graphql\n(?<example>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex("curl .*/graphql.* -d '(?<body>[^']*)'")]
    private static partial Regex Command();
}
