using System.Net;
using System.Text.Json;

namespace Wholesale.Tests;

/// <summary>Quantity rules, currencies, sources and explanations of prices, lists made of other lists: as buyers and staff ask for them.</summary>
public sealed class PriceTermsOverHttpTests(Shop shop) : IClassFixture<Shop>
{
    private const string Price = "query($sku: String!, $quantity: Quantity, $currency: CurrencyCode) { variant(sku: $sku) { price(quantity: $quantity, currency: $currency) { quantity unitPrice { amount currency } total { amount } source nextBreak { addQuantity unitPrice { amount } saving { amount } } } quantityRule { minimum maximum increment breakGroup } } }";
    private const string SetAdjustments = "mutation($input: SetPriceListAdjustmentsInput!) { setPriceListAdjustments(input: $input) { priceList { version parent { externalId } adjustmentRules { category { name } adjustment { percent amount } } } userErrors { code path } } }";
    private const string UpsertRules = "mutation($input: UpsertQuantityRulesInput!) { upsertQuantityRules(input: $input) { priceList { externalId } counts { received applied failed } userErrors { code path } } }";

    [Fact]
    public async Task A_price_without_a_quantity_is_for_the_least_that_can_be_bought()
    {
        await Rules("usd", new { sku = "TOOL-010-S", minimum = 6, increment = 3, maximum = 30, breakGroup = "bolts" });

        var variant = (await shop.Data(shop.Acme, Price, new { sku = "TOOL-010-S" })).GetProperty("variant");

        Assert.Equal(
            """{"price":{"quantity":6,"unitPrice":{"amount":"10.00","currency":"USD"},"total":{"amount":"60.00"},"source":"EVERYONE","nextBreak":{"addQuantity":6,"unitPrice":{"amount":"9.905"},"saving":{"amount":"1.14"}}},"quantityRule":{"minimum":6,"maximum":30,"increment":3,"breakGroup":"bolts"}}""",
            variant.GetRawText());
    }

    [Fact]
    public async Task Who_sees_no_prices_is_not_told_what_lists_say_of_quantities()
    {
        await Rules("usd", new { sku = "TOOL-014-S", minimum = 6, increment = 3 });

        var variant = (await shop.Data(shop.Newcomer, Price, new { sku = "TOOL-014-S" })).GetProperty("variant");

        Assert.Equal("""{"price":null,"quantityRule":{"minimum":1,"maximum":null,"increment":1,"breakGroup":null}}""", variant.GetRawText());
    }

    [Fact]
    public async Task A_quantity_that_the_list_does_not_allow_is_refused_at_its_field()
    {
        await Rules("usd", new { sku = "TOOL-011-S", increment = 3 });

        var (_, body) = await shop.Ask(shop.Acme, Price, new { sku = "TOOL-011-S", quantity = 4 });

        Assert.Contains("\"code\":\"INVALID_QUANTITY\"", body, StringComparison.Ordinal);
        Assert.Contains("\"path\":[\"variant\",\"price\"]", body, StringComparison.Ordinal);
        Assert.Contains("\"increment\":3", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task There_is_no_next_break_beyond_what_can_be_bought()
    {
        await Rules("usd", new { sku = "TOOL-012-S", maximum = 9 });

        var variant = (await shop.Data(shop.Acme, Price, new { sku = "TOOL-012-S", quantity = 5 })).GetProperty("variant");

        Assert.Equal(JsonValueKind.Null, variant.GetProperty("price").GetProperty("nextBreak").ValueKind);
    }

    [Fact]
    public async Task A_variant_without_rules_is_sold_as_it_is_itself()
    {
        var variant = (await shop.Data(shop.Acme, Price, new { sku = "TOOL-013-S" })).GetProperty("variant");

        Assert.Equal("""{"minimum":1,"maximum":null,"increment":1,"breakGroup":null}""", variant.GetProperty("quantityRule").GetRawText());
    }

    [Theory]
    [InlineData(null, "20.00 USD")]
    [InlineData("USD", "20.00 USD")]
    [InlineData("EUR", "20.50 EUR")]
    [InlineData("JPY", null)]
    public async Task A_price_can_be_asked_in_each_of_the_callers_currencies(string? currency, string? expected)
    {
        var price = (await shop.Data(shop.Acme, Price, new { sku = "TOOL-020-S", quantity = 1, currency })).GetProperty("variant").GetProperty("price");

        Assert.Equal(expected, price.ValueKind == JsonValueKind.Null
            ? null
            : $"{price.GetProperty("unitPrice").GetProperty("amount").GetString()} {price.GetProperty("unitPrice").GetProperty("currency").GetString()}");
    }

    [Fact]
    public async Task A_caller_is_told_its_currencies_its_own_first()
    {
        const string Currencies = "{ me { currencies pricesVisible } }";

        Assert.Equal("""{"me":{"currencies":["USD","EUR"],"pricesVisible":true}}""", (await shop.Data(shop.Acme, Currencies)).GetRawText());
        Assert.Equal("""{"me":{"currencies":["EUR","USD"],"pricesVisible":true}}""", (await shop.Data(shop.Spielwaren, Currencies)).GetRawText());
        Assert.Equal("""{"me":{"currencies":[],"pricesVisible":false}}""", (await shop.Data(shop.Newcomer, Currencies)).GetRawText());
    }

    [Theory]
    [InlineData(5, "TIER", """["TIER","5","0.80","WON"]["EVERYONE","1","1.00","LESS_SPECIFIC"]["EVERYONE",null,null,"OTHER_CURRENCY"]""")]
    [InlineData(1, "EVERYONE", """["TIER","5","0.80","MINIMUM_NOT_REACHED"]["EVERYONE","1","1.00","WON"]["EVERYONE",null,null,"OTHER_CURRENCY"]""")]
    public async Task A_buyer_is_told_why_a_price_is_what_it_is(int quantity, string source, string expected)
    {
        var price = (await shop.Data(
            shop.Acme,
            "query($quantity: Quantity!) { variant(sku: \"TOOL-001-S\") { price(quantity: $quantity) { source explanation { policy rounding { mode level } currency at quantity candidates { source priority breakQuantity minimumQuantity unitPrice { amount } basePrice { amount } adjustments { percent } validFrom validTo outcome } } } } }",
            new { quantity })).GetProperty("variant").GetProperty("price");

        var explanation = price.GetProperty("explanation");
        Assert.Equal(source, price.GetProperty("source").GetString());
        Assert.Equal(
            ("MOST_SPECIFIC", """{"mode":"HALF_AWAY_FROM_ZERO","level":"LINE_TOTAL"}""", "USD", quantity),
            (explanation.GetProperty("policy").GetString(), explanation.GetProperty("rounding").GetRawText(), explanation.GetProperty("currency").GetString(), explanation.GetProperty("quantity").GetInt32()));
        Assert.Equal(Candidates(expected).Order(), Candidates(explanation).Order());
        Assert.Equal("TIER", explanation.GetProperty("candidates")[0].GetProperty("source").GetString());
    }

    [Theory]
    [InlineData("priceList { name }")]
    [InlineData("assignment { id }")]
    public async Task A_buyer_is_not_told_the_names_of_lists(string field)
    {
        var (status, body) = await shop.Ask(shop.Acme, "{ variant(sku: \"TOOL-001-S\") { price { explanation { candidates { " + field + " } } } } }");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("GRAPHQL_VALIDATION_FAILED", body, StringComparison.Ordinal);
        Assert.DoesNotContain("\"data\"", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Staff_is_told_of_every_list_of_a_company_and_why_it_does_not_count()
    {
        var company = await Company("acme");
        var now = TimeProvider.System.GetUtcNow();
        await Assigned("ended", "USD", company, new { validFrom = now.AddDays(-2), validTo = now.AddDays(-1) });
        await Assigned("later", "USD", company, new { validFrom = now.AddDays(1) });
        var inactive = await Assigned("inactive", "USD", company, new { });
        await Assigned("francs", "CHF", company, new { });
        await Assigned("older", "USD", company, new { priority = -1 });
        await Assigned("bare", "USD", company, new { }, price: null);
        await shop.Admin("mutation($input: UpdatePriceListInput!) { updatePriceList(input: $input) { userErrors { code } } }", new { input = new { priceListId = inactive, isActive = false } });
        await Assigned("winner", "USD", company, new { });

        var explained = (await shop.Admin(
            "query($company: ID!) { explainPrice(companyId: $company, sku: \"TOOL-030-S\") { price { unitPrice { amount } source } quantityRule { minimum } explanation { candidates { outcome priceList { externalId } assignment { id priority priceList { externalId } } } } } }",
            new { company })).GetProperty("explainPrice");

        var outcomes = explained.GetProperty("explanation").GetProperty("candidates").EnumerateArray()
            .ToDictionary(c => c.GetProperty("priceList").GetProperty("externalId").GetString()!, c => c.GetProperty("outcome").GetString());
        Assert.Equal("COMPANY", explained.GetProperty("price").GetProperty("source").GetString());
        Assert.Equal("1", explained.GetProperty("quantityRule").GetProperty("minimum").GetRawText());
        Assert.Equal(
            ["ASSIGNMENT_ENDED", "NOT_YET_ASSIGNED", "INACTIVE", "OTHER_CURRENCY", "LOWER_PRIORITY", "NO_PRICE", "WON", "NO_PRICE", "LESS_SPECIFIC", "OTHER_CURRENCY"],
            new[] { "ended", "later", "inactive", "francs", "older", "bare", "winner", "gold-usd", "usd", "eur" }.Select(list => outcomes[list]));
        Assert.All(
            explained.GetProperty("explanation").GetProperty("candidates").EnumerateArray(),
            c => Assert.Equal(c.GetProperty("priceList").GetRawText(), c.GetProperty("assignment").GetProperty("priceList").GetRawText()));
        foreach (var list in new[] { "ended", "later", "francs", "older", "bare", "winner" })
        {
            await Deactivate(list);
        }
    }

    [Fact]
    public async Task Of_what_is_not_there_nothing_is_explained()
    {
        const string Explain = "query($company: ID!, $unit: ID, $sku: String!, $quantity: Quantity) { explainPrice(companyId: $company, unitId: $unit, sku: $sku, quantity: $quantity) { price { unitPrice { amount } } } }";
        var (acme, list) = (await Company("acme"), await List("usd"));

        foreach (var (company, unit, sku) in new (string, string?, string)[] { (list, null, "TOOL-001-S"), (acme, list, "TOOL-001-S"), (acme, null, "NONE") })
        {
            Assert.Equal("""{"explainPrice":null}""", (await shop.Admin(Explain, new { company, unit, sku })).GetRawText());
        }

        var (_, zero) = await shop.Ask(shop.StaffKey, Explain, new { company = acme, sku = "TOOL-001-S", quantity = 0 }, "/admin/graphql");
        Assert.Contains("\"INVALID_QUANTITY\"", zero, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_made_of_another_has_its_prices_adjusted_and_explains_them()
    {
        var (list, company) = (await NewList("derived", "USD"), await Company("acme"));
        await Assign(list, company, new { priority = 5 });
        var category = (await shop.Admin("{ categories { externalId children { id } } }")).GetProperty("categories").EnumerateArray()
            .First(c => c.GetProperty("externalId").GetString() == "tools").GetProperty("children")[0].GetProperty("id").GetString();

        var set = (await Set(new { priceListId = list, parentId = await List("usd"), rules = new object[] { new { categoryId = category, percent = "-12" }, new { percent = "5.25", amount = "-0.5" } } })).GetProperty("priceList");
        var hammer = await Explained("TOOL-150-S");
        var tool = await Explained("TOOL-100-S");
        await Set(new { priceListId = list });
        var alone = await Explained("TOOL-100-S");

        Assert.Equal("""{"externalId":"usd"}""", set.GetProperty("parent").GetRawText());
        Assert.Equal(
            """[{"category":{"name":"Hammers"},"adjustment":{"percent":"-12","amount":"0"}},{"category":null,"adjustment":{"percent":"5.25","amount":"-0.5"}}]""",
            set.GetProperty("adjustmentRules").GetRawText());
        Assert.Equal("""{"unitPrice":{"amount":"132.00"},"basePrice":{"amount":"150.00"},"adjustments":[{"percent":"-12","amount":"0"}],"outcome":"WON"}""", hammer);
        Assert.Equal("""{"unitPrice":{"amount":"104.75"},"basePrice":{"amount":"100.00"},"adjustments":[{"percent":"5.25","amount":"-0.5"}],"outcome":"WON"}""", tool);
        Assert.Equal("""{"unitPrice":null,"basePrice":null,"adjustments":[],"outcome":"NO_PRICE"}""", alone);
        await Deactivate("derived");

        async Task<string> Explained(string sku) => (await shop.Data(
            shop.Acme,
            "query($sku: String!) { variant(sku: $sku) { price { explanation { candidates { unitPrice { amount } basePrice { amount } adjustments { percent amount } outcome } } } } }",
            new { sku })).GetProperty("variant").GetProperty("price").GetProperty("explanation").GetProperty("candidates")[0].GetRawText();
    }

    [Fact]
    public async Task Rules_that_cannot_be_are_refused_each_by_its_code_and_place()
    {
        var (usd, eur, list) = (await List("usd"), await List("eur"), await NewList("refused", "USD"));
        var any = new object[] { new { percent = "1" } };

        Assert.Equal(["NOT_FOUND priceListId"], await Errors(new { priceListId = await Company("acme"), parentId = usd, rules = any }));
        Assert.Equal(["NOT_FOUND parentId"], await Errors(new { priceListId = list, parentId = await Company("acme"), rules = any }));
        Assert.Equal(["NOT_FOUND rules/0/categoryId"], await Errors(new { priceListId = list, parentId = usd, rules = new[] { new { categoryId = usd } } }));
        Assert.Equal(["INVALID_VALUE rules"], await Errors(new { priceListId = list, parentId = usd }));
        Assert.Equal(["INVALID_VALUE parentId"], await Errors(new { priceListId = list, rules = any }));
        Assert.Equal(["INVALID_VALUE rules"], await Errors(new { priceListId = list, parentId = usd, rules = Enumerable.Repeat(any[0], 51) }));
        Assert.Equal(
            ["INVALID_VALUE rules/0/percent", "INVALID_VALUE rules/1/percent", "INVALID_VALUE rules/3/percent"],
            await Errors(new { priceListId = list, parentId = usd, rules = new[] { new { percent = "-100.01" }, new { percent = "900.01" }, new { percent = "900" }, new { percent = "0.001" }, new { percent = "-100" } } }));
        Assert.Equal(["CURRENCY_MISMATCH parentId"], await Errors(new { priceListId = list, parentId = eur, rules = any }));
        Assert.Equal(["PRICE_LIST_CIRCLE parentId"], await Errors(new { priceListId = list, parentId = list, rules = any }));
        Assert.Equal(["CONFLICT expectedVersion"], await Errors(new { priceListId = list, parentId = usd, rules = any, expectedVersion = 7 }));
        var unchanged = await shop.Admin("{ priceList(externalId: \"refused\") { version parent { id } adjustmentRules { adjustment { percent } } } }");
        Assert.Equal("""{"priceList":{"version":1,"parent":null,"adjustmentRules":[]}}""", unchanged.GetRawText());

        async Task<IEnumerable<string>> Errors(object input) => ErrorsOf(await Set(input));
    }

    [Fact]
    public async Task No_more_than_four_lists_are_made_of_one_another_and_none_of_itself()
    {
        var lists = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            lists.Add(await NewList($"level-{i}", "USD"));
        }

        Assert.Empty(await Chain(1, 0));
        Assert.Empty(await Chain(3, 2));
        Assert.Empty(await Chain(2, 1));
        Assert.Equal(["TOO_MANY_LEVELS parentId"], await Chain(4, 3));
        Assert.Equal(["TOO_MANY_LEVELS parentId"], await Chain(0, 4));
        Assert.Equal(["PRICE_LIST_CIRCLE parentId"], await Chain(0, 3));
        Assert.Empty(await Chain(4, 2));

        async Task<IEnumerable<string>> Chain(int list, int parent) =>
            ErrorsOf(await Set(new { priceListId = lists[list], parentId = lists[parent], rules = new[] { new { percent = "1" } } }));
    }

    [Fact]
    public async Task Quantity_rules_that_cannot_be_are_refused_each_at_its_place()
    {
        var list = await NewList("quantities", "USD");

        Assert.Equal(["NOT_FOUND priceListId"], ErrorsOf(await Upsert(new { priceListId = await Company("acme"), rules = new[] { new { sku = "TOOL-001-S" } } })));
        var bad = await Upsert(new
        {
            priceListId = list,
            rules = new object[]
            {
                new { sku = "TOOL-001-S", minimum = 2 },
                new { sku = "NONE", minimum = 2 },
                new { sku = "TOOL-002-S", minimum = 0 },
                new { sku = "TOOL-003-S", maximum = 0 },
                new { sku = "TOOL-004-S", increment = 0 },
                new { sku = "TOOL-005-S", minimum = 3, maximum = 5, increment = 2 },
                new { sku = "TOOL-006-S", minimum = 4, maximum = 2 },
                new { sku = "TOOL-007-S", breakGroup = "" },
                new { sku = "TOOL-008-S", breakGroup = new string('x', 65) },
                new { sku = "TOOL-001-S", minimum = 3 },
            },
        });
        Assert.Equal(
            [
                "NOT_FOUND rules/1/sku", "INVALID_VALUE rules/2/minimum", "INVALID_VALUE rules/3/maximum", "INVALID_VALUE rules/4/increment",
                "INVALID_VALUE rules/5/minimum", "INVALID_VALUE rules/5/maximum", "INVALID_VALUE rules/6/maximum", "INVALID_VALUE rules/7/breakGroup",
                "INVALID_VALUE rules/8/breakGroup", "DUPLICATE_ROW rules/9/sku",
            ],
            ErrorsOf(bad));
        Assert.Equal("""{"received":10,"applied":1,"failed":9}""", bad.GetProperty("counts").GetRawText());
        var all = await Upsert(new { priceListId = list, mode = "ALL_OR_NOTHING", rules = new object[] { new { sku = "TOOL-009-S", minimum = 2 }, new { sku = "NONE" } } });
        Assert.Equal("""{"received":2,"applied":0,"failed":2}""", all.GetProperty("counts").GetRawText());
        Assert.Equal(["TOO_MANY_ROWS rules"], ErrorsOf(await Upsert(new { priceListId = list, rules = Enumerable.Range(0, 5_001).Select(i => new { sku = $"{i}" }) })));
        Assert.Equal(["TOOL-001-S 2"], (await Pages("quantities", 10)).Pages.SelectMany(page => page));

        Assert.Empty(ErrorsOf(await Upsert(new { priceListId = list, rules = new[] { new { sku = "TOOL-001-S" } } })));
        Assert.Empty((await Pages("quantities", 10)).Pages.SelectMany(page => page));
    }

    [Fact]
    public async Task Quantity_rules_page_by_sku_without_gap_or_repeat()
    {
        var list = await NewList("paged", "USD");
        await Upsert(new { priceListId = list, rules = Enumerable.Range(1, 25).Reverse().Select(i => new { sku = $"TOOL-{i:000}-L", minimum = i }) });

        var (pages, _) = await Pages("paged", 10);

        Assert.Equal([10, 10, 5], pages.Select(page => page.Count));
        Assert.Equal(Enumerable.Range(1, 25).Select(i => $"TOOL-{i:000}-L {i}"), pages.SelectMany(page => page));
    }

    [Theory]
    [InlineData("parent { name }", 2)]
    [InlineData("adjustmentRules { adjustment { percent } }", 2)]
    [InlineData("adjustmentRules { category { externalId } }", 3)]
    [InlineData("quantityRules(first: 5) { edges { node { minimum variant { sku } } } }", 2)]
    [InlineData("assignments { priority priceList { name } }", 3)]
    [InlineData("entries(first: 5) { edges { node { variant { sku } } } }", 2)]
    public async Task Each_list_field_is_one_more_statement_however_many_lists(string selection, int expected)
    {
        var list = await NewList($"counted {selection}"[..20].Trim() + expected, "USD");
        var category = (await shop.Admin("{ categories { id } }")).GetProperty("categories")[0].GetProperty("id").GetString();
        await Set(new { priceListId = list, parentId = await List("usd"), rules = new object[] { new { categoryId = category, percent = "1" }, new { percent = "2" } } });
        await Upsert(new { priceListId = list, rules = new[] { new { sku = "TOOL-001-S", minimum = 2 } } });
        var query = "{ priceLists(first: 50) { edges { node { externalId " + selection + " } } } }";
        await shop.Admin(query);

        // What is warm stays so for two seconds: on a machine that was held up in between, ask again.
        var best = int.MaxValue;
        for (var attempt = 0; attempt < 5 && best > expected; attempt++)
        {
            best = Math.Min(best, await shop.Statements(() => shop.Admin(query)));
        }

        Assert.Equal(expected, best);
    }

    private static IEnumerable<string> Candidates(JsonElement explanation) => explanation.GetProperty("candidates").EnumerateArray().Select(c =>
        JsonSerializer.Serialize(new[]
        {
            c.GetProperty("source").GetString(),
            c.GetProperty("minimumQuantity") is { ValueKind: JsonValueKind.Number } minimum ? minimum.GetRawText() : null,
            c.GetProperty("unitPrice") is { ValueKind: JsonValueKind.Object } price ? price.GetProperty("amount").GetString() : null,
            c.GetProperty("outcome").GetString(),
        }));

    private static IEnumerable<string> Candidates(string expected) => expected.Replace("][", "]\n[", StringComparison.Ordinal).Split('\n');

    private static IEnumerable<string> ErrorsOf(JsonElement payload) => payload.GetProperty("userErrors").EnumerateArray()
        .Select(e => $"{e.GetProperty("code").GetString()} {string.Join('/', e.GetProperty("path").EnumerateArray().Select(p => p.GetString()))}");

    private async Task<JsonElement> Set(object input) => (await shop.Admin(SetAdjustments, new { input })).GetProperty("setPriceListAdjustments");

    private async Task<JsonElement> Upsert(object input) => (await shop.Admin(UpsertRules, new { input })).GetProperty("upsertQuantityRules");

    private async Task Rules(string list, object rule) => Assert.Empty(ErrorsOf(await Upsert(new { priceListId = await List(list), rules = new[] { rule } })));

    private async Task<string> Company(string externalId) =>
        (await shop.Admin("query($id: String!) { company(externalId: $id) { id } }", new { id = externalId })).GetProperty("company").GetProperty("id").GetString()!;

    private async Task<string> List(string externalId) =>
        (await shop.Admin("query($id: String!) { priceList(externalId: $id) { id } }", new { id = externalId })).GetProperty("priceList").GetProperty("id").GetString()!;

    private async Task<string> NewList(string externalId, string currency) =>
        (await shop.Admin(
            "mutation($input: CreatePriceListInput!) { createPriceList(input: $input) { priceList { id } userErrors { code path } } }",
            new { input = new { externalId, name = externalId, currency } })).GetProperty("createPriceList").GetProperty("priceList").GetProperty("id").GetString()!;

    private async Task Deactivate(string externalId) => await shop.Admin(
        "mutation($input: UpdatePriceListInput!) { updatePriceList(input: $input) { userErrors { code } } }", new { input = new { priceListId = await List(externalId), isActive = false } });

    /// <summary>A list of a company with one price, of TOOL-030-S, or none.</summary>
    private async Task<string> Assigned(string externalId, string currency, string company, object terms, string? price = "7.77")
    {
        var list = await NewList(externalId, currency);
        if (price is not null)
        {
            await shop.Admin(
                "mutation($input: UpsertPricesInput!) { upsertPrices(input: $input) { userErrors { code } } }",
                new { input = new { priceListId = list, prices = new[] { new { sku = "TOOL-030-S", unitPrice = price } } } });
        }

        await Assign(list, company, terms);
        return list;
    }

    private async Task Assign(string list, string company, object terms)
    {
        var input = JsonSerializer.SerializeToNode(terms)!.AsObject();
        input["priceListId"] = list;
        input["assignee"] = new System.Text.Json.Nodes.JsonObject { ["companyId"] = company };
        var payload = await shop.Admin(
            "mutation($input: AssignPriceListInput!) { assignPriceList(input: $input) { assignment { id } userErrors { code path message } } }", new { input });
        Assert.Empty(payload.GetProperty("assignPriceList").GetProperty("userErrors").EnumerateArray());
    }

    /// <summary>All pages of a list's quantity rules, as SKU and minimum.</summary>
    private async Task<(List<List<string>> Pages, string? After)> Pages(string externalId, int first)
    {
        var pages = new List<List<string>>();
        string? after = null;
        do
        {
            var rules = (await shop.Admin(
                "query($id: String!, $first: Int!, $after: String) { priceList(externalId: $id) { quantityRules(first: $first, after: $after) { edges { node { variant { sku } minimum } } pageInfo { hasNextPage endCursor } } } }",
                new { id = externalId, first, after })).GetProperty("priceList").GetProperty("quantityRules");
            pages.Add([.. rules.GetProperty("edges").EnumerateArray().Select(e => e.GetProperty("node")).Select(n => $"{n.GetProperty("variant").GetProperty("sku").GetString()} {n.GetProperty("minimum").GetRawText()}")]);
            after = rules.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean() ? rules.GetProperty("pageInfo").GetProperty("endCursor").GetString() : null;
        }
        while (after is not null);

        return (pages, after);
    }
}
