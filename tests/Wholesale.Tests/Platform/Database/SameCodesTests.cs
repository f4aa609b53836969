using System.Text.Json;

namespace Wholesale.Tests.Platform.Database;

/// <summary>Codes are compared exactly, character by character, on every database: no case, accent, width or invisible character makes two of them one.</summary>
public sealed class SameCodesTests(TestHost host) : IClassFixture<TestHost>
{
    private const string LookUp = """
        query($key: String!) {
          product(sku: $key) { sku } variant(sku: $key) { sku } category(externalId: $key) { externalId }
          company(externalId: $key) { externalId } priceList(externalId: $key) { externalId }
        }
        """;

    /// <summary>Two keys each that some collation takes for one.</summary>
    public static TheoryData<string, string> LookAlikes => new()
    {
        { "A", "a" },
        { "Straße", "STRASSE" },
        { "ẞ", "ß" },
        { "é", "e\u0301" },
        { "É5", "é5" },
        { "ü", "u" },
        { "I1", "ı1" },
        { "İ2", "i2" },
        { "İ3", "i\u03073" },
        { "ΟΔΟΣ", "οδος" },
        { "οδοσ6", "οδος6" },
        { "Å", "\u212B" },
        { "K4", "\u212A4" },
        { "ﬁ", "fi" },
        { "1a", "１a" },
        { "ア", "ｱ" },
        { "か\u3099", "が" },
        { "が1", "か1" },
        { "ж", "Ж" },
        { "שׁ", "ש" },
        { "x", "x\u200B" },
        { "y", "\u200By" },
        { "z", "z\uFEFF" },
        { "co-op", "coop" },
        { "co\u00ADop2", "coop2" },
        { "a b", "a\u00A0b" },
        { "a  c", "a c" },
        { "❤", "❤\uFE0F" },
        { "😀", "😁" },
        { "\U00010400", "\U00010428" },
        { "\U000F0000", "\uE000" },
        { "01", "1" },
        { "1.0", "1.00" },
        { "it's", "it''s" },
        { "back\\slash", "back\\\\slash" },
        { "100%", "100_" },
        { "[a]", "[[]a]" },
        { "\"q\"", "\\\"q\\\"" },
        { "NULL", "null" },
    };

    [Theory]
    [MemberData(nameof(LookAlikes))]
    public async Task Codes_that_look_alike_are_different_things(string one, string other)
    {
        await Take(one);
        Assert.All(await Found(one), found => Assert.Equal(one, found));
        Assert.All(await Found(other), Assert.Null);

        await Take(other);

        Assert.All(await Found(one), found => Assert.Equal(one, found));
        Assert.All(await Found(other), found => Assert.Equal(other, found));
    }

    [Fact]
    public async Task A_capital_sorts_before_its_small_letter()
    {
        await host.Take("markets", Market("b"), Market("B"), Market("a"), Market("A"), Market("ä"), Market("Z"), Market("\U00010000"), Market("\uFFFD"));

        var markets = (await host.Admin("{ markets { externalId } }")).GetProperty("markets").EnumerateArray().Select(market => market.Text("externalId"));

        Assert.Equal(["A", "B", "Z", "a", "b", "ä", "\uFFFD", "\U00010000"], markets);

        static object Market(string externalId) => new { externalId, name = externalId, currency = "EUR" };
    }

    private async Task Take(string key)
    {
        await host.Take("categories", new { externalId = key, texts = new[] { new { locale = "en", name = key } } });
        await host.Take("companies", new { externalId = key, name = key });
        await host.Take("price-lists", new { externalId = key, name = key, currency = "EUR" });
        await host.Take("products", new { sku = key, category = key, texts = new[] { new { locale = "en", name = key } }, variants = new[] { new { sku = key } } });
    }

    private async Task<List<string?>> Found(string key) =>
    [
        .. (await host.Admin(LookUp, new { key })).EnumerateObject()
            .Select(field => field.Value.ValueKind == JsonValueKind.Null ? null : field.Value.EnumerateObject().Single().Value.GetString()),
    ];
}

/// <summary>A shop whose SKUs and price lists have codes on which databases differ, if they differ.</summary>
public sealed class OddCodes : BuyerHost
{
    public IReadOnlyList<string> Skus { get; } = OddText.Keys(1_000, seed: 4);

    public IReadOnlyList<string> PriceLists { get; } = OddText.Keys(300, seed: 5);

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await this.Take("products", Skus.Select(sku => new { sku, texts = new[] { new { locale = "en", name = "Same" } }, variants = new[] { new { sku } } }));
        await this.Take("price-lists", PriceLists.Select((externalId, i) => new
        {
            externalId,
            name = "List",
            currency = "EUR",
            assignments = i == 0 ? new[] { new { everyone = true } } : null,
        }));
        await this.Take("prices", Skus.SelectMany((sku, i) => new[]
        {
            new { priceList = PriceLists[0], sku, minimumQuantity = 10, unitPrice = $"{i}.50" },
            new { priceList = PriceLists[0], sku, minimumQuantity = 1, unitPrice = $"{i + 1}.00" },
        }));
    }
}

/// <summary>Lists that are paged by a code give each thing once, in the order of the codes' bytes.</summary>
public sealed class SameOrderOfCodesTests(OddCodes shop) : IClassFixture<OddCodes>
{
    [Theory]
    [InlineData(7)]
    [InlineData(250)]
    public async Task Prices_of_a_list_come_by_SKU_and_minimum_quantity(int first)
    {
        const string Entries = """
            query($list: String!, $first: Int!, $after: String) { priceList(externalId: $list) { entries(first: $first, after: $after)
              { edges { node { variant { sku } minimumQuantity } } pageInfo { hasNextPage endCursor } } } }
            """;

        var read = await Pages.ToTheEnd(async after =>
            (await shop.Admin(Entries, new { list = shop.PriceLists[0], first, after })).GetProperty("priceList").GetProperty("entries"));

        Assert.Equal(
            shop.Skus.Order(OddText.Order).SelectMany(sku => new[] { (sku, 1), (sku, 10) }),
            read.Select(entry => (entry.GetProperty("variant").Text("sku"), entry.GetProperty("minimumQuantity").GetInt32())));
    }

    [Fact]
    public async Task Quantity_rules_of_a_list_come_by_SKU()
    {
        const string Write = "mutation($input: UpsertQuantityRulesInput!) { upsertQuantityRules(input: $input) { userErrors { code message } } }";
        const string Rules = """
            query($id: ID!, $after: String) { node(id: $id) { ... on PriceList { quantityRules(first: 9, after: $after)
              { edges { node { variant { sku } breakGroup } } pageInfo { hasNextPage endCursor } } } } }
            """;
        var list = (await shop.Admin("query($list: String!) { priceList(externalId: $list) { id } }", new { list = shop.PriceLists[1] })).GetProperty("priceList").Text("id");

        var written = await shop.Admin(Write, new { input = new { priceListId = list, rules = shop.Skus.Select(sku => new { sku, breakGroup = sku }) } });
        var read = await Pages.ToTheEnd(async after => (await shop.Admin(Rules, new { id = list, after })).GetProperty("node").GetProperty("quantityRules"));

        Assert.Empty(written.GetProperty("upsertQuantityRules").GetProperty("userErrors").EnumerateArray());
        Assert.Equal(shop.Skus.Order(OddText.Order).Select(sku => (sku, sku)), read.Select(rule => (rule.GetProperty("variant").Text("sku"), rule.Text("breakGroup"))));
    }

    [Fact]
    public async Task A_buyers_prices_come_by_SKU_and_a_cart_finds_each()
    {
        const string Prices = """
            query($after: String) { effectivePrices(first: 33, after: $after) { edges { node { variant { sku } price { unitPrice { amount } } } } pageInfo { hasNextPage endCursor } } }
            """;
        const string Cart = "query($lines: [PriceCartLineInput!]!) { priceCart(lines: $lines) { lines { sku price { unitPrice { amount } } } total { amount } } }";

        var read = await Pages.ToTheEnd(async after => (await shop.Data(shop.Buyer, Prices, new { after })).GetProperty("effectivePrices"));
        var cart = (await shop.Data(shop.Buyer, Cart, new { lines = shop.Skus.Select(sku => new { sku, quantity = 1 }) })).GetProperty("priceCart");

        var priced = shop.Skus.Select((sku, i) => (Sku: sku, $"{i + 1}.00")).ToList();
        Assert.Equal(priced.OrderBy(price => price.Sku, OddText.Order), read.Select(Priced));
        Assert.Equal(priced, cart.GetProperty("lines").EnumerateArray().Select(line => (line.Text("sku"), Amount(line))));
        Assert.Equal($"{Enumerable.Range(1, shop.Skus.Count).Sum()}.00", cart.GetProperty("total").Text("amount"));

        static (string, string) Priced(JsonElement node) => (node.GetProperty("variant").Text("sku"), Amount(node));
        static string Amount(JsonElement node) => node.GetProperty("price").GetProperty("unitPrice").Text("amount");
    }

    [Fact]
    public async Task Price_lists_come_by_external_id()
    {
        var read = await Pages.ToTheEnd(async after => (await shop.Admin(
            "query($after: String) { priceLists(first: 7, after: $after) { edges { node { externalId } } pageInfo { hasNextPage endCursor } } }", new { after })).GetProperty("priceLists"));

        Assert.Equal(shop.PriceLists.Order(OddText.Order), read.Select(list => list.Text("externalId")));
    }

    [Fact]
    public async Task Ids_are_answered_in_the_order_asked_and_with_null_for_what_there_is_not()
    {
        var products = (await shop.Data(shop.Buyer, "{ products(first: 249) { edges { node { id sku } } } }")).GetProperty("products").GetProperty("edges")
            .EnumerateArray().Select(edge => edge.GetProperty("node")).ToList();
        new Random(6).Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(products));

        var nodes = (await shop.Data(
            shop.Buyer, "query($ids: [ID!]!) { nodes(ids: $ids) { ... on Product { sku } } }", new { ids = products.Select(product => product.Text("id")).Append("nothing's") })).GetProperty("nodes");

        Assert.Equal(
            products.Select(product => product.Text("sku")).Append(null),
            nodes.EnumerateArray().Select(node => node.ValueKind == JsonValueKind.Null ? null : node.Text("sku")));
    }
}
