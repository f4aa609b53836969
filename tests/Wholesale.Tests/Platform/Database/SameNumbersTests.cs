using System.Text.Json;

namespace Wholesale.Tests.Platform.Database;

/// <summary>The smallest and the largest numbers that the contract takes come back as they were given, and sort and add up.</summary>
public sealed class SameNumbersTests(BuyerHost shop) : IClassFixture<BuyerHost>
{
    private const string Upsert = "mutation($input: UpsertPricesInput!) { upsertPrices(input: $input) { counts { applied } userErrors { code message } } }";
    private const string Entries = "query($list: String!) { priceList(externalId: $list) { id entries(first: 250) { edges { node { variant { sku } minimumQuantity unitPrice { amount } } } } } }";
    private const string Cart = "query($lines: [PriceCartLineInput!]!) { priceCart(lines: $lines) { lines { price { total { amount } } } total { amount } } }";

    /// <summary>What comes back, by what is given. A binary floating-point number would tell neither of the two before the last from their neighbours.</summary>
    private static readonly Dictionary<string, string> Amounts = new()
    {
        ["0"] = "0.00",
        ["0.0001"] = "0.0001",
        ["0.1"] = "0.10",
        ["8.4995"] = "8.4995",
        ["123456789.0123"] = "123456789.0123",
        ["90071992547409.9301"] = "90071992547409.9301",
        ["99999999999999.9998"] = "99999999999999.9998",
        ["99999999999999.9999"] = "99999999999999.9999",
    };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Amounts_at_the_edges_come_back_as_they_were_given(bool byImport)
    {
        var list = $"amounts {byImport}";
        var prices = Amounts.Keys.Select((amount, i) => (Sku: $"{list} {i}", Amount: amount)).ToList();
        await shop.Add(list, prices.Select(price => price.Sku));

        if (byImport)
        {
            // As numbers: their text is read, not a floating-point number.
            var report = await shop.Import("prices", prices.Select(price => $$"""{"priceList":"{{list}}","sku":"{{price.Sku}}","unitPrice":{{price.Amount}}}"""));
            Assert.Equal(prices.Count, Assert.Single(report).GetProperty("applied").GetInt32());
        }
        else
        {
            await Write(list, prices.Select(price => new { sku = price.Sku, unitPrice = price.Amount }));
        }

        Assert.Equal(prices.Select(price => (price.Sku, Amounts[price.Amount])), (await Read(list)).Select(entry => (entry.Sku, entry.UnitPrice)));
    }

    [Fact]
    public async Task Amounts_beyond_the_edges_are_refused()
    {
        await shop.Add("beyond", "beyond");

        var report = await shop.Import(
            "prices", new[] { "100000000000000", "0.00001", "-0.0001" }.Select(amount => $$"""{"priceList":"beyond","sku":"beyond","unitPrice":"{{amount}}"}"""));

        Assert.Equal(3, report[^1].GetProperty("failed").GetInt32());
        Assert.Empty(await Read("beyond"));
    }

    [Fact]
    public async Task Breaks_at_the_least_and_the_largest_quantity_sort_and_decide()
    {
        const string Price = "query($quantity: Quantity!) { variant(sku: \"breaks\") { price(quantity: $quantity) { quantity unitPrice { amount } total { amount } breaks { minimumQuantity } } } }";
        await shop.Add("breaks", "breaks");
        await Write("breaks", [
            new { sku = "breaks", unitPrice = "0.0001", minimumQuantity = 999_999_999.999m },
            new { sku = "breaks", unitPrice = "99999999999999.9999", minimumQuantity = 0.001m },
            new { sku = "breaks", unitPrice = "99999999999999.99", minimumQuantity = 1m },
        ]);

        var entries = await Read("breaks");
        var (least, middle, largest) = (await At(0.001m), await At(999_999_999.998m, isTooMuch: true), await At(999_999_999.999m));

        Assert.Equal([0.001m, 1m, 999_999_999.999m], entries.Select(entry => entry.MinimumQuantity));
        Assert.Equal("""{"quantity":0.001,"unitPrice":{"amount":"99999999999999.9999"},"total":{"amount":"100000000000.00"},"breaks":[{"minimumQuantity":0.001},{"minimumQuantity":1},{"minimumQuantity":999999999.999}]}""", least);
        Assert.Equal("AMOUNT_OVERFLOW", middle);
        Assert.Equal("""{"quantity":999999999.999,"unitPrice":{"amount":"0.0001"},"total":{"amount":"100000.00"},"breaks":[{"minimumQuantity":0.001},{"minimumQuantity":1},{"minimumQuantity":999999999.999}]}""", largest);

        async Task<string> At(decimal quantity, bool isTooMuch = false)
        {
            var answer = JsonDocument.Parse((await shop.Ask(shop.Buyer, Price, new { quantity })).Body).RootElement;
            return isTooMuch
                ? answer.GetProperty("errors")[0].GetProperty("extensions").Text("code")
                : answer.GetProperty("data").GetProperty("variant").GetProperty("price").GetRawText();
        }
    }

    [Fact]
    public async Task A_cart_adds_up_to_the_largest_amount_and_no_further()
    {
        await shop.Add("sums", "half", "rest", "cent");
        await Write("sums", [
            new { sku = "half", unitPrice = "50000000000000.00" },
            new { sku = "rest", unitPrice = "49999999999999.99" },
            new { sku = "cent", unitPrice = "0.0050" },
        ]);

        var whole = (await shop.Data(shop.Buyer, Cart, new { lines = Lines("half", "rest") })).GetProperty("priceCart");
        var (_, tooMuch) = await shop.Ask(shop.Buyer, Cart, new { lines = Lines("half", "rest", "cent") });

        Assert.Equal(["50000000000000.00", "49999999999999.99"], whole.GetProperty("lines").EnumerateArray().Select(line => line.GetProperty("price").GetProperty("total").Text("amount")));
        Assert.Equal("99999999999999.99", whole.GetProperty("total").Text("amount"));
        Assert.Contains("AMOUNT_OVERFLOW", tooMuch, StringComparison.Ordinal);

        static object Lines(params string[] skus) => skus.Select(sku => new { sku, quantity = 1 });
    }

    [Fact]
    public async Task Revisions_and_positions_at_the_edges_compare_as_numbers()
    {
        static object Product(long revision, string name) => new
        {
            sku = "revised",
            sourceRevision = revision,
            texts = new[] { new { locale = "en", name } },
            variants = new[] { new { sku = "last", position = int.MaxValue }, new { sku = "middle", position = 0 }, new { sku = "first", position = int.MinValue } },
        };

        await shop.Take("products", Product(-999_999_999_999_999_999, "Oldest"));
        await shop.Take("products", Product(999_999_999_999_999_999, "Newest"));
        var skipped = await shop.Import("products", JsonSerializer.Serialize(Product(999_999_999_999_999_998, "Older")));
        var product = (await shop.Admin("{ product(sku: \"revised\") { name variants(first: 3) { edges { node { sku } } } } }")).GetProperty("product");

        Assert.Equal("SKIPPED", skipped[0].Text("status"));
        Assert.Equal("Newest", product.Text("name"));
        Assert.Equal(["first", "middle", "last"], product.GetProperty("variants").GetProperty("edges").EnumerateArray().Select(edge => edge.GetProperty("node").Text("sku")));
    }

    private async Task Write(string list, IEnumerable<object> prices)
    {
        var id = (await shop.Admin(Entries, new { list })).GetProperty("priceList").Text("id");
        var written = (await shop.Admin(Upsert, new { input = new { priceListId = id, prices } })).GetProperty("upsertPrices");
        Assert.Equal("[]", written.GetProperty("userErrors").GetRawText());
    }

    private async Task<List<(string Sku, decimal MinimumQuantity, string UnitPrice)>> Read(string list) =>
    [
        .. (await shop.Admin(Entries, new { list })).GetProperty("priceList").GetProperty("entries").GetProperty("edges").EnumerateArray()
            .Select(edge => edge.GetProperty("node"))
            .Select(entry => (entry.GetProperty("variant").Text("sku"), entry.GetProperty("minimumQuantity").GetDecimal(), entry.GetProperty("unitPrice").Text("amount"))),
    ];
}
