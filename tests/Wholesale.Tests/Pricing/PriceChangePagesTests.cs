using System.Text.Json;
using Wholesale.Pricing;

namespace Wholesale.Tests.Pricing;

/// <summary>Pages of <c>priceChanges</c> tell of one moment, however much happens between them; and no price keeps others back.</summary>
public sealed class PriceChangePagesTests : IAsyncLifetime
{
    private const string Changes = """
        query($after: String, $first: Int! = 250) {
          priceChanges(after: $after, first: $first) {
            edges { node { action sku variant { sku attributes { value } product { sku } } reason before { unitPrice { amount } } after { unitPrice { amount } breaks { minimumQuantity } } } }
            pageInfo { hasNextPage endCursor }
          }
        }
        """;

    private readonly Shop shop = new();

    public ValueTask InitializeAsync() => shop.InitializeAsync();

    public ValueTask DisposeAsync() => shop.DisposeAsync();

    [Fact]
    public async Task What_goes_between_pages_is_still_told_but_not_shown()
    {
        var (_, cursor) = await Ask(null);
        await SetPrice("TOOL-011-S", "3");
        await SetPrice("TOOL-012-S", "3");
        var (_, second) = await Ask(cursor, 1);
        await shop.Import("products", """{"sku":"TOOL-012","status":"ARCHIVED","texts":[{"locale":"en","name":"Secret"}]}""");

        var (told, next) = await Ask(second);
        var (gone, _) = await Ask(next);

        var change = Assert.Single(told);
        Assert.Equal(("SET", "TOOL-012-S", JsonValueKind.Null), (Text(change, "action"), Text(change, "sku"), change.GetProperty("variant").ValueKind));
        Assert.Equal("3.00", Text(change.GetProperty("after").GetProperty("unitPrice"), "amount"));
        Assert.Equal(["TOOL-012-L", "TOOL-012-S"], gone.Select(c => Text(c, "sku")!).Order());
    }

    [Fact]
    public async Task A_quantity_rule_that_came_with_its_list_is_told_also_when_it_goes_between_pages()
    {
        await shop.Import("price-lists", """{"externalId":"acme-usd","name":"A","currency":"USD"}""");
        await SetRule(20);
        var (_, cursor) = await Ask(null);
        await shop.Import("price-lists", """{"externalId":"acme-usd","assignments":[{"company":"acme"}]}""");
        await SetPrice("TOOL-001-L", "3");
        var (first, second) = await Ask(cursor, 1);
        await SetRule(null);

        var (told, next) = await Ask(second);
        var (back, _) = await Ask(next);

        Assert.Equal("TOOL-001-L", Text(Assert.Single(first), "sku"));
        Assert.Equal([("TOOL-007-L", "7.00", "6.905")], told.Select(Prices));
        Assert.Equal([("TOOL-007-L", "6.905", "7.00")], back.Select(Prices));
    }

    [Fact]
    public async Task A_break_beyond_what_money_can_hold_keeps_no_other_change_back()
    {
        await shop.Import("markets", """{"externalId":"us","name":"US","currency":"USD","rounding":{"level":"UNIT_PRICE"}}""");
        var (_, cursor) = await Ask(null);
        await shop.Import("prices", """{"priceList":"usd","sku":"TOOL-011-S","minimumQuantity":10,"unitPrice":"99999999999999.9999"}""");
        await SetPrice("TOOL-012-S", "3");

        var (told, _) = await Ask(cursor);

        Assert.Equal([("REMOVE", "TOOL-011-S"), ("SET", "TOOL-012-S")], told.Select(change => (Text(change, "action"), Text(change, "sku"))));
    }

    [Fact]
    public async Task A_made_up_cursor_inside_a_transaction_ends()
    {
        const string Mutation = "mutation($input: SetPriceListAdjustmentsInput!) { setPriceListAdjustments(input: $input) { userErrors { code message } } }";
        // The rule's category is not in the circle: a walk up from there would never come to it.
        await shop.Import("price-lists", """{"externalId":"made","name":"M","currency":"USD","assignments":[{"company":"acme"}]}""");
        var found = await shop.Admin("""{ made: priceList(externalId: "made") { id } usd: priceList(externalId: "usd") { id } category(externalId: "toys") { id } }""");
        var rules = new[] { new { categoryId = Text(found.GetProperty("category"), "id"), percent = "-10" } };
        var made = await shop.Admin(Mutation, new { input = new { priceListId = Text(found.GetProperty("made"), "id"), parentId = Text(found.GetProperty("usd"), "id"), rules } });
        Assert.Equal("""{"userErrors":[]}""", made.GetProperty("setPriceListAdjustments").GetRawText());
        var (_, cursor) = await Ask(null);
        // In whichever order rows are carried out, one of these has the one that goes down before the one that goes up.
        var reports = (await shop.Import("categories", """{"externalId":"tools","parent":"hammers"}""", """{"externalId":"hammers","parent":null}"""))
            .Concat(await shop.Import("categories", """{"externalId":"tools","parent":null}""", """{"externalId":"hammers","parent":"tools"}"""));
        Assert.All(reports, report => Assert.Contains("\"failed\":0", report.GetRawText(), StringComparison.Ordinal));
        var (began, (_, end)) = (PriceChangeCursor.Parse(cursor).From, await Ask(null));

        for (var number = began.Number; number <= PriceChangeCursor.Parse(end).From.Number; number++)
        {
            var madeUp = PriceChangeCursor.Behind(began with { Number = number }).ToString();
            _ = await Ask(madeUp).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task A_made_up_cursor_tells_nothing_of_what_is_not_published_yet()
    {
        await shop.Import("products", """{"sku":"TOOL-012","publishedFrom":"2098-01-01T00:00:00Z"}""");
        var (_, cursor) = await Ask(null);
        var now = PriceChangeCursor.Parse(cursor).From;
        var then = now with { At = new(2099, 1, 1, 0, 0, 0, DateTimeKind.Utc) };

        foreach (var madeUp in new[] { PriceChangeCursor.Behind(then), PriceChangeCursor.Behind(now) with { To = then } })
        {
            var (_, body) = await shop.Ask(shop.Acme, Changes, new { after = madeUp.ToString() });
            Assert.DoesNotContain("TOOL-012", body, StringComparison.Ordinal);
        }
    }

    private static (string?, string?, string?) Prices(JsonElement change) => (
        Text(change, "sku"),
        Text(change.GetProperty("before").GetProperty("unitPrice"), "amount"),
        Text(change.GetProperty("after").GetProperty("unitPrice"), "amount"));

    private async Task<(List<JsonElement> Told, string Cursor)> Ask(string? after, int first = 250)
    {
        var page = (await shop.Data(shop.Acme, Changes, new { after, first })).GetProperty("priceChanges");
        return (
            [.. page.GetProperty("edges").EnumerateArray().Select(edge => edge.GetProperty("node"))],
            page.GetProperty("pageInfo").GetProperty("endCursor").GetString()!);
    }

    private async Task SetRule(int? minimum)
    {
        var list = (await shop.Admin("{ priceList(externalId: \"acme-usd\") { id } }")).GetProperty("priceList").GetProperty("id").GetString();
        await shop.Admin(
            "mutation($input: UpsertQuantityRulesInput!) { upsertQuantityRules(input: $input) { userErrors { code } } }",
            new { input = new { priceListId = list, rules = new[] { new { sku = "TOOL-007-L", minimum } } } });
    }

    private Task SetPrice(string sku, string price) =>
        shop.Import("prices", $$"""{"priceList":"usd","sku":"{{sku}}","minimumQuantity":1,"unitPrice":"{{price}}"}""");

    private static string? Text(JsonElement thing, string field) => thing.GetProperty(field).GetString();
}
