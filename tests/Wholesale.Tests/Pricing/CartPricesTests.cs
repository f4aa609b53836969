using System.Text.Json;

namespace Wholesale.Tests.Pricing;

public sealed class CartPricesTests : IAsyncLifetime
{
    private const string Cart = """
        query($lines: [PriceCartLineInput!]!) { priceCart(lines: $lines) {
          currency total { amount } lines { sku quantity variant { sku } price { breakQuantity unitPrice { amount } total { amount } } userErrors { code path } } } }
        """;

    private readonly Shop shop = new();

    public ValueTask InitializeAsync() => shop.InitializeAsync();

    public ValueTask DisposeAsync() => shop.DisposeAsync();

    [Fact]
    public async Task Lines_of_one_break_group_reach_its_breaks_together()
    {
        await SetRules(new { sku = "TOOL-001-S", breakGroup = "first" }, new { sku = "TOOL-002-S", breakGroup = "first" });

        var cart = await Price(Line("TOOL-001-S", 6), Line("TOOL-002-S", 4), Line("TOOL-003-S", 9));

        Assert.Equal(["6", "10", "9"], Lines(cart).Select(line => line.GetProperty("price").GetProperty("breakQuantity").GetRawText()));
        // The lists' breaks are from 10; the gold list's 0.80 from 5 goes before, which knows nothing of the group.
        Assert.Equal(["0.80", "1.905", "3.00"], Lines(cart).Select(line => Amount(line.GetProperty("price").GetProperty("unitPrice"))));
        Assert.Equal("39.42", Amount(cart.GetProperty("total"))); // 4.80 + 7.62 + 27.00
        Assert.Equal("USD", cart.GetProperty("currency").GetString());
    }

    [Fact]
    public async Task A_line_that_could_not_be_ordered_says_why_and_the_others_are_priced()
    {
        await SetRules(new { sku = "TOOL-001-S", minimum = 4, maximum = 8, increment = 2 });

        var cart = await Price(
            Line("TOOL-001-S", 2), Line("TOOL-001-S", 5), Line("TOOL-001-S", 10), Line("TOOL-001-S", 4), Line("NONE", 1), Line("TOOL-002-S", 0));

        Assert.Equal(
            ["BELOW_MINIMUM_QUANTITY", "INVALID_QUANTITY", "ABOVE_MAXIMUM_QUANTITY", "", "NOT_FOUND", "INVALID_QUANTITY"],
            Lines(cart).Select(line => string.Join(' ', line.GetProperty("userErrors").EnumerateArray().Select(e => e.GetProperty("code").GetString()))));
        Assert.Equal(["1.00", "0.80", "0.80", "1.00", null, null], Lines(cart).Select(line => UnitPrice(line)));
        Assert.Equal(JsonValueKind.Null, cart.GetProperty("total").ValueKind);
    }

    [Fact]
    public async Task What_the_caller_does_not_see_is_not_found_and_without_prices_there_is_no_total()
    {
        var toysOnly = await Price(shop.Spielwaren, Line("TOOL-001-S", 1), Line("TOY-001-S", 2));
        var unverified = await Price(shop.Newcomer, Line("TOOL-001-S", 1));

        Assert.Equal([null, "301.50"], Lines(toysOnly).Select(line => UnitPrice(line)));
        Assert.Equal(JsonValueKind.Null, Lines(toysOnly)[0].GetProperty("variant").ValueKind);
        Assert.Equal([JsonValueKind.Null, JsonValueKind.Null], new[] { unverified.GetProperty("total").ValueKind, unverified.GetProperty("currency").ValueKind });
    }

    [Fact]
    public async Task A_thousand_lines_are_one_statement_and_more_are_refused()
    {
        var lines = Enumerable.Range(0, 1_000).Select(i => Line($"TOOL-{1 + (i % 300):000}-S", 1)).ToArray();
        await Price(lines);

        var best = int.MaxValue;
        for (var attempt = 0; attempt < 5 && best > 1; attempt++)
        {
            best = Math.Min(best, await shop.Statements(() => Price(lines)));
        }

        Assert.Equal(1, best);
        var (_, body) = await shop.Ask(shop.Acme, Cart, JsonSerializer.SerializeToElement(new { lines = lines.Append(Line("TOOL-001-S", 1)) }));
        Assert.Contains("TOO_MANY_ROWS", body, StringComparison.Ordinal);
    }

    private static object Line(string sku, int quantity) => new { sku, quantity };

    private static List<JsonElement> Lines(JsonElement cart) => [.. cart.GetProperty("lines").EnumerateArray()];

    private static string? UnitPrice(JsonElement line) =>
        line.GetProperty("price") is { ValueKind: JsonValueKind.Object } price ? Amount(price.GetProperty("unitPrice")) : null;

    private static string Amount(JsonElement money) => money.GetProperty("amount").GetString()!;

    private Task<JsonElement> Price(params object[] lines) => Price(shop.Acme, lines);

    private async Task<JsonElement> Price(string key, params object[] lines) => (await shop.Data(key, Cart, new { lines })).GetProperty("priceCart");

    private async Task SetRules(params object[] rules)
    {
        var list = (await shop.Admin("{ priceList(externalId: \"usd\") { id } }")).GetProperty("priceList").GetProperty("id").GetString();
        var payload = (await shop.Admin(
            "mutation($input: UpsertQuantityRulesInput!) { upsertQuantityRules(input: $input) { counts { applied } userErrors { code message } } }",
            new { input = new { priceListId = list, rules } })).GetProperty("upsertQuantityRules");
        Assert.Equal(0, payload.GetProperty("userErrors").GetArrayLength());
    }
}
