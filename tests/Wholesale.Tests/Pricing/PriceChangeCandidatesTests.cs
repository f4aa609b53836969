using System.Text.Json;

namespace Wholesale.Tests.Pricing;

/// <summary>What no price row tells of is compared too.</summary>
public sealed class PriceChangeCandidatesTests : IAsyncLifetime
{
    private const string Changes = """
        query($after: String) {
          priceChanges(after: $after, first: 1000) {
            edges { node { action sku reason before { unitPrice { amount currency } } after { unitPrice { amount currency } } } }
            pageInfo { hasNextPage endCursor }
          }
        }
        """;

    private readonly Shop shop = new();

    public ValueTask InitializeAsync() => shop.InitializeAsync();

    public ValueTask DisposeAsync() => shop.DisposeAsync();

    [Fact]
    public async Task A_list_that_only_says_something_of_quantities_changes_the_prices_of_those()
    {
        await shop.Import("price-lists", """{"externalId":"rules","name":"R","currency":"USD"}""");
        await SetRule("rules", "TOOL-007-L", 20);
        var (_, cursor) = await Ask(shop.Acme, null);
        await shop.Import("price-lists", """{"externalId":"rules","assignments":[{"company":"acme"}]}""");

        var change = Assert.Single((await Ask(shop.Acme, cursor)).Told);

        Assert.Equal(("SET", "TOOL-007-L", "PRICE_LIST"), (Text(change, "action"), Text(change, "sku"), Text(change, "reason")));
        Assert.Equal(("7.00 USD", "6.905 USD"), (Price(change, "before"), Price(change, "after")));
    }

    [Fact]
    public async Task Another_currency_changes_every_price()
    {
        var (_, cursor) = await Ask(shop.Acme, null);
        await shop.Import("companies", """{"externalId":"acme","currency":"EUR"}""");

        var (told, _) = await Ask(shop.Acme, cursor);

        Assert.Equal(640, told.Count);
        Assert.All(told, change => Assert.Equal(("SET", "CUSTOMER"), (Text(change, "action"), Text(change, "reason"))));
        Assert.Equal(("7.00 USD", "7.50 EUR"), (Price(told.Single(c => Text(c, "sku") == "TOOL-007-L"), "before"), Price(told.Single(c => Text(c, "sku") == "TOOL-007-L"), "after")));
    }

    [Fact]
    public async Task Another_view_beside_one_that_stays_brings_what_is_in_it()
    {
        await shop.Import("catalog-views", """{"externalId":"hammers","name":"H","rules":[{"action":"INCLUDE","category":"hammers"}]}""");
        var (_, cursor) = await Ask(shop.Spielwaren, null);
        await shop.Import("catalog-views", """{"externalId":"hammers","assignees":[{"company":"spielwaren"}]}""");

        var (came, next) = await Ask(shop.Spielwaren, cursor);

        Assert.Equal(200, came.Count);
        Assert.All(came, change => Assert.Equal(("SET", "CATALOG"), (Text(change, "action"), Text(change, "reason"))));
        Assert.Empty((await Ask(shop.Spielwaren, next)).Told);
    }

    [Fact]
    public async Task A_category_that_moves_out_of_a_rule_of_a_list_changes_the_prices_below_it()
    {
        await shop.Import("price-lists", """{"externalId":"made","name":"M","currency":"USD","assignments":[{"company":"acme"}]}""");
        await Adjust("usd", "-10", "tools");
        var (_, cursor) = await Ask(shop.Acme, null);
        await shop.Import("categories", """{"externalId":"hammers","parent":null}""");

        var (told, next) = await Ask(shop.Acme, cursor);
        await shop.Import("categories", """{"externalId":"hammers","parent":"tools"}""");
        var (back, _) = await Ask(shop.Acme, next);

        Assert.Equal((200, 200), (told.Count, back.Count));
        Assert.All(told, change => Assert.Equal(("SET", "PRICE_LIST"), (Text(change, "action"), Text(change, "reason"))));
        var (moved, again) = (told.Single(c => Text(c, "sku") == "TOOL-030-L"), back.Single(c => Text(c, "sku") == "TOOL-030-L"));
        Assert.Equal(("27.00 USD", "30.00 USD"), (Price(moved, "before"), Price(moved, "after")));
        Assert.Equal(("30.00 USD", "27.00 USD"), (Price(again, "before"), Price(again, "after")));
    }

    [Fact]
    public async Task Other_adjustments_and_another_list_above_change_every_price()
    {
        await shop.Import("price-lists", """{"externalId":"made","name":"M","currency":"USD","assignments":[{"company":"acme"}]}""");
        await Adjust("usd", "-10");
        var (_, cursor) = await Ask(shop.Acme, null);
        await Adjust("usd", "-20");
        var (cheaper, next) = await Ask(shop.Acme, cursor);
        await Adjust("gold-usd", "-20");
        var (dearer, _) = await Ask(shop.Acme, next);

        Assert.Equal((640, 640), (cheaper.Count, dearer.Count));
        Assert.All(cheaper.Concat(dearer), change => Assert.Equal(("SET", "PRICE_LIST"), (Text(change, "action"), Text(change, "reason"))));
        var (first, second) = (cheaper.Single(c => Text(c, "sku") == "TOOL-030-L"), dearer.Single(c => Text(c, "sku") == "TOOL-030-L"));
        Assert.Equal(("27.00 USD", "24.00 USD"), (Price(first, "before"), Price(first, "after")));
        Assert.Equal(("24.00 USD", "30.00 USD"), (Price(second, "before"), Price(second, "after")));
    }

    [Fact]
    public async Task What_a_list_did_not_say_of_quantities_the_next_one_said()
    {
        await shop.Import("price-lists", """{"externalId":"rules","name":"R","currency":"USD","assignments":[{"company":"acme"}]}""");
        await SetRule("usd", "TOOL-007-L", 20);
        var (_, cursor) = await Ask(shop.Acme, null);
        await SetRule("rules", "TOOL-007-L", 1);

        var change = Assert.Single((await Ask(shop.Acme, cursor)).Told);

        Assert.Equal(("SET", "TOOL-007-L", "QUANTITY_RULE"), (Text(change, "action"), Text(change, "sku"), Text(change, "reason")));
        Assert.Equal(("6.905 USD", "7.00 USD"), (Price(change, "before"), Price(change, "after")));
    }

    [Fact]
    public async Task A_quantity_rule_that_came_and_went_is_not_told()
    {
        var (_, cursor) = await Ask(shop.Acme, null);
        await SetRule("usd", "TOOL-007-L", 20);
        await SetRule("usd", "TOOL-007-L", 1);

        Assert.Empty((await Ask(shop.Acme, cursor)).Told);
    }

    [Fact]
    public async Task Who_leaves_a_segment_is_told_what_it_had_there()
    {
        await shop.Import("companies", """{"externalId":"acme","country":"US"}""");
        await shop.Import("segments", """{"externalId":"s","name":"S","rule":{"conditions":[{"attribute":"COUNTRY","in":["US"]}]}}""");
        await shop.Import("price-lists", """{"externalId":"special","name":"S","currency":"USD","assignments":[{"segment":"s"}]}""");
        await shop.Import("prices", """{"priceList":"special","sku":"TOOL-007-L","minimumQuantity":1,"unitPrice":"5"}""");
        var (_, cursor) = await Ask(shop.Acme, null);
        await shop.Import("companies", """{"externalId":"acme","country":"AT"}""");

        var change = Assert.Single((await Ask(shop.Acme, cursor)).Told);

        Assert.Equal(("SET", "TOOL-007-L", "CUSTOMER"), (Text(change, "action"), Text(change, "sku"), Text(change, "reason")));
        Assert.Equal(("5.00 USD", "7.00 USD"), (Price(change, "before"), Price(change, "after")));
    }

    [Fact]
    public async Task A_unit_in_another_market_has_other_prices()
    {
        var (_, cursor) = await Ask(shop.Acme, null);
        await shop.Import("companies", """{"externalId":"acme","units":[{"externalId":"hq","market":"de"}]}""");

        var (told, _) = await Ask(shop.Acme, cursor);

        Assert.Equal(640, told.Count);
        Assert.All(told, change => Assert.Equal(("SET", "CUSTOMER"), (Text(change, "action"), Text(change, "reason"))));
    }

    private async Task SetRule(string list, string sku, int minimum) => await Admin(
        "mutation($input: UpsertQuantityRulesInput!) { upsertQuantityRules(input: $input) { userErrors { code } } }",
        new { input = new { priceListId = await IdOf("priceList", list), rules = new[] { new { sku, minimum } } } });

    private async Task Adjust(string parent, string percent, string? category = null)
    {
        var categoryId = category is null ? null : await IdOf("category", category);
        await Admin(
            "mutation($input: SetPriceListAdjustmentsInput!) { setPriceListAdjustments(input: $input) { userErrors { code } } }",
            new { input = new { priceListId = await IdOf("priceList", "made"), parentId = await IdOf("priceList", parent), rules = new[] { new { categoryId, percent } } } });
    }

    private async Task Admin(string mutation, object variables) =>
        Assert.Equal("""{"userErrors":[]}""", (await shop.Admin(mutation, variables)).EnumerateObject().Single().Value.GetRawText());

    private async Task<string> IdOf(string field, string externalId) =>
        Text((await shop.Admin($"query($id: String!) {{ {field}(externalId: $id) {{ id }} }}", new { id = externalId })).GetProperty(field), "id")!;

    private static string? Text(JsonElement thing, string field) => thing.GetProperty(field).GetString();

    private static string? Price(JsonElement change, string when) =>
        change.GetProperty(when) is { ValueKind: JsonValueKind.Object } price
            ? $"{Text(price.GetProperty("unitPrice"), "amount")} {Text(price.GetProperty("unitPrice"), "currency")}"
            : null;

    private async Task<(List<JsonElement> Told, string Cursor)> Ask(string key, string? after)
    {
        var page = (await shop.Data(key, Changes, new { after })).GetProperty("priceChanges");
        return (
            [.. page.GetProperty("edges").EnumerateArray().Select(edge => edge.GetProperty("node"))],
            page.GetProperty("pageInfo").GetProperty("endCursor").GetString()!);
    }
}
