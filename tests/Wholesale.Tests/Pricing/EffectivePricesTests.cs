using System.Globalization;
using System.Text.Json;

namespace Wholesale.Tests.Pricing;

public sealed class EffectivePricesTests : IAsyncLifetime
{
    private const string Sheet = """
        query($first: Int, $after: String, $currency: CurrencyCode) { effectivePrices(first: $first, after: $after, currency: $currency) {
          edges { cursor node { variant { sku } price { quantity unitPrice { amount currency } total { amount } breaks { minimumQuantity unitPrice { amount } } } } }
          pageInfo { hasNextPage hasPreviousPage endCursor } } }
        """;

    private const string Catalog = """
        query($after: String) { products(first: 250, after: $after) { edges { node { variants(first: 20) { edges { node { sku
          price { quantity unitPrice { amount currency } total { amount } breaks { minimumQuantity unitPrice { amount } } } } } } } } pageInfo { endCursor } } }
        """;

    private readonly Shop shop = new();

    public ValueTask InitializeAsync() => shop.InitializeAsync();

    public ValueTask DisposeAsync() => shop.DisposeAsync();

    [Fact]
    public async Task All_pages_together_have_each_variant_with_a_price_once_at_its_own_price()
    {
        await EndPrice("TOOL-004-S");
        await SetRule("TOOL-005-S", minimum: 10);

        var pages = await Pages(shop.Acme, 77);

        var expected = (await CatalogPrices(shop.Acme)).Where(p => p.Price != "null").ToList();
        Assert.Equal(639, expected.Count);
        Assert.Equal(expected, pages.SelectMany(Prices));
        Assert.All(pages.SkipLast(1), page => Assert.Equal(77, page.GetProperty("edges").GetArrayLength()));
        Assert.Contains("\"quantity\":10,", expected.Single(p => p.Sku == "TOOL-005-S").Price, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_company_with_another_view_finds_none_of_the_others()
    {
        var pages = await Pages(shop.Spielwaren, 25);

        var found = pages.SelectMany(Prices).ToList();
        Assert.Equal(await CatalogPrices(shop.Spielwaren), found);
        Assert.Equal(40, found.Count);
        Assert.All(found, price => Assert.StartsWith("TOY-", price.Sku, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whoever_sees_no_prices_has_an_empty_page()
    {
        var page = Assert.Single(await Pages(shop.Newcomer, 250));

        Assert.Equal(0, page.GetProperty("edges").GetArrayLength());
    }

    [Fact]
    public async Task A_warm_page_of_a_hundred_is_one_statement()
    {
        await Page(shop.Acme, 100, null);

        var best = int.MaxValue;
        for (var attempt = 0; attempt < 5 && best > 1; attempt++)
        {
            best = Math.Min(best, await shop.Statements(() => Page(shop.Acme, 100, null)));
        }

        Assert.Equal(1, best);
    }

    [Fact]
    public async Task A_page_that_four_reads_do_not_fill_goes_on_where_it_stopped()
    {
        await shop.Import("products", Enumerable.Range(0, 4_000).Select(i => JsonSerializer.Serialize(new
        {
            sku = string.Create(CultureInfo.InvariantCulture, $"FREE-{i:0000}"),
            texts = new[] { new { locale = "en", name = "Free" } },
            publishedFrom = "2026-01-01T00:00:00Z",
            variants = new[] { new { sku = string.Create(CultureInfo.InvariantCulture, $"FREE-{i:0000}") } },
        })));
        await Page(shop.Acme, 10, null);

        var first = await Page(shop.Acme, 10, null);
        var pages = await Pages(shop.Acme, 10, first);

        Assert.Equal(0, first.GetProperty("edges").GetArrayLength());
        Assert.True(first.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean());
        Assert.Equal(640, pages.SelectMany(Prices).DistinctBy(p => p.Sku).Count());
        var statements = int.MaxValue;
        for (var attempt = 0; attempt < 5 && statements > 4; attempt++)
        {
            statements = Math.Min(statements, await shop.Statements(() => Page(shop.Acme, 10, null)));
        }

        Assert.Equal(4, statements);
    }

    [Fact]
    public async Task Another_currency_is_that_of_its_lists_alone()
    {
        var own = await Page(shop.Acme, 5, null, "EUR");
        var none = await Page(shop.Acme, 5, null, "GBP");

        Assert.All(Prices(own), p => Assert.Contains("\"currency\":\"EUR\"", p.Price, StringComparison.Ordinal));
        Assert.Equal(5, own.GetProperty("edges").GetArrayLength());
        Assert.Equal("""{"edges":[],"pageInfo":{"hasNextPage":false,"hasPreviousPage":false,"endCursor":null}}""", none.GetRawText());
    }

    [Fact]
    public async Task A_total_beyond_money_is_an_error_of_its_own_and_spares_the_others()
    {
        await SetRule("TOOL-001-L", minimum: 900_000_000);
        await Admin(
            "mutation($input: UpsertPricesInput!) { upsertPrices(input: $input) { userErrors { code } } }",
            new { input = new { priceListId = await ListId(), prices = new[] { new { sku = "TOOL-001-L", minimumQuantity = 10, unitPrice = "99999999999" } } } });

        var (_, body) = await shop.Ask(shop.Acme, Sheet, JsonSerializer.SerializeToElement(new { first = 2 }));

        using var json = JsonDocument.Parse(body);
        var error = Assert.Single(json.RootElement.GetProperty("errors").EnumerateArray());
        Assert.Equal("AMOUNT_OVERFLOW", error.GetProperty("extensions").GetProperty("code").GetString());
        var prices = Prices(json.RootElement.GetProperty("data").GetProperty("effectivePrices"));
        Assert.Equal(["TOOL-001-L", "TOOL-001-S"], prices.Select(p => p.Sku));
        Assert.Equal([true, false], prices.Select(p => p.Price == "null"));
    }

    private static List<(string Sku, string Price)> Prices(JsonElement page) =>
    [
        .. page.GetProperty("edges").EnumerateArray().Select(e => e.GetProperty("node"))
            .Select(n => (n.GetProperty("variant").GetProperty("sku").GetString()!, n.GetProperty("price").GetRawText())),
    ];

    private async Task<List<(string Sku, string Price)>> CatalogPrices(string key)
    {
        var found = new List<(string, string)>();
        string? after = null;
        do
        {
            var products = (await shop.Data(key, Catalog, new { after })).GetProperty("products");
            found.AddRange(
                from product in products.GetProperty("edges").EnumerateArray()
                from variant in product.GetProperty("node").GetProperty("variants").GetProperty("edges").EnumerateArray()
                let node = variant.GetProperty("node")
                select (node.GetProperty("sku").GetString()!, node.GetProperty("price").GetRawText()));
            after = products.GetProperty("pageInfo").GetProperty("endCursor").GetString();
        }
        while (after is not null);

        return [.. found.OrderBy(p => p.Item1, StringComparer.Ordinal)];
    }

    private async Task<List<JsonElement>> Pages(string key, int first, JsonElement? begin = null)
    {
        var pages = new List<JsonElement> { begin ?? await Page(key, first, null) };
        while (pages[^1].GetProperty("pageInfo") is var info && info.GetProperty("hasNextPage").GetBoolean())
        {
            pages.Add(await Page(key, first, info.GetProperty("endCursor").GetString()));
        }

        return pages;
    }

    private async Task<JsonElement> Page(string key, int first, string? after, string? currency = null) =>
        (await shop.Data(key, Sheet, new { first, after, currency })).GetProperty("effectivePrices");

    private async Task EndPrice(string sku) => await Admin(
        "mutation($input: UpsertPricesInput!) { upsertPrices(input: $input) { userErrors { code } } }",
        new { input = new { priceListId = await ListId(), prices = new[] { new { sku, minimumQuantity = 1 }, new { sku, minimumQuantity = 10 } } } });

    private async Task SetRule(string sku, long minimum) => await Admin(
        "mutation($input: UpsertQuantityRulesInput!) { upsertQuantityRules(input: $input) { userErrors { code } } }",
        new { input = new { priceListId = await ListId(), rules = new[] { new { sku, minimum } } } });

    private async Task<string> ListId() =>
        (await shop.Admin("{ priceList(externalId: \"usd\") { id } }")).GetProperty("priceList").GetProperty("id").GetString()!;

    private async Task Admin(string mutation, object variables)
    {
        var payload = (await shop.Admin(mutation, variables)).EnumerateObject().First().Value;
        Assert.Equal("[]", payload.GetProperty("userErrors").GetRawText());
    }
}
