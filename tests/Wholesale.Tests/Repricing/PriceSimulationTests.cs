using System.Globalization;
using System.Text.Json;

namespace Wholesale.Tests.Repricing;

/// <summary>What other prices would come to, over HTTP: who is affected, and how badly.</summary>
public sealed class PriceSimulationTests : IAsyncLifetime
{
    private static readonly object[] Nobody = [];
    private static readonly object[] Everyone = [new { everyone = true }];

    private PriceSimulationHost host = null!;

    public async ValueTask InitializeAsync() => host = await PriceSimulationHost.Start();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Theory]
    [InlineData("""{"unit":"branch","company":"in-1"}""")]
    [InlineData("""{"company":"in-1"}""")]
    [InlineData("""{"segment":"in"}""")]
    [InlineData("""{"tier":"gold"}""")]
    [InlineData("""{"market":"us"}""")]
    public async Task Whoever_has_the_list_is_affected_and_nobody_else(string assignee)
    {
        await host.AddCompany("in-1", "us", "gold");
        await host.AddCompany("out-1");
        await host.AddCompany("in-2", "us", "gold", verification: "PENDING");
        await host.Take("segments", new { externalId = "in", name = "in", rule = new { conditions = new[] { new { attribute = "INDUSTRY", @in = new[] { "in" } } } } });
        await host.AddList("usd", "USD", [JsonSerializer.Deserialize<JsonElement>(assignee)], ("A", 10));
        await host.AddList("eur", "EUR", Everyone, ("A", 9));

        var result = await host.Simulate("usd", ("A", 1, 12.5m));

        Assert.Equal("1 of 1 companies, 1 chains, 1 lines: +1 -0 gained 0 lost 0", Counts(result));
        Assert.Equal(["A 1: 10.00 > 12.50 (25) 1 in-1"], Lines(result));
        Assert.Equal(["in-1: 1 changed, 0 lost, 25 on average, 25 at most"], Companies(result));
    }

    [Fact]
    public async Task A_list_for_everyone_concerns_those_whose_currency_it_has()
    {
        await host.AddCompany("europe", "eu");
        await host.AddCompany("america", "us");
        await host.AddCompany("branch", "us", branchMarket: "eu");
        await host.AddCompany("nowhere", null);
        await host.AddList("eur", "EUR", Everyone, ("A", 10));

        var result = await host.Simulate("eur", ("A", 1, 5m));

        // A company without a currency of its own has that of its first list.
        Assert.Equal("3 of 3 companies, 1 chains, 1 lines: +0 -1 gained 0 lost 0", Counts(result));
        Assert.Equal(["A 1: 10.00 > 5.00 (-50) 3 europe"], Lines(result));
    }

    [Fact]
    public async Task A_market_of_a_branch_is_found_by_the_branch()
    {
        await host.AddCompany("europe", "eu", branchMarket: "us");
        await host.AddList("usd", "USD", [new { market = "us" }], ("A", 10));

        Assert.Equal(["A 1: 10.00 > 11.00 (10) 1 europe"], Lines(await host.Simulate("usd", ("A", 1, 11m))));
    }

    [Fact]
    public async Task Lists_made_of_the_list_are_reached_too()
    {
        await host.AddCompany("acme");
        await host.AddList("base", "EUR", Nobody, ("A", 10), ("B", 10));
        await host.AddList("made", "EUR", [new { company = "acme" }], ("B", 7));
        await MakeOf("made", "base", "-10");

        var result = await host.Simulate("base", ("A", 1, 20m), ("B", 1, 20m));

        Assert.Equal("1 of 1 companies, 1 chains, 2 lines: +1 -0 gained 0 lost 0", Counts(result));
        Assert.Equal(["A 1: 9.00 > 18.00 (100) 1 acme"], Lines(result));
    }

    [Fact]
    public async Task What_a_nearer_list_hides_affects_nobody()
    {
        await host.AddCompany("acme");
        await host.AddList("all", "EUR", Everyone, ("A", 10));
        await host.AddList("contract", "EUR", [new { company = "acme" }], ("A", 8));

        var result = await host.Simulate("all", ("A", 1, 20m));

        Assert.Equal("0 of 1 companies, 1 chains, 1 lines: +0 -0 gained 0 lost 0", Counts(result));
        Assert.Empty(Lines(result));
        Assert.Empty(Companies(result));
    }

    [Fact]
    public async Task Where_the_lowest_price_counts_another_list_takes_over()
    {
        await host.AddCompany("acme", "low");
        await host.AddList("all", "EUR", Everyone, ("A", 5), ("B", 5));
        await host.AddList("contract", "EUR", [new { company = "acme" }], ("A", 8), ("B", 3));

        var result = await host.Simulate("all", ("A", 1, 20m), ("B", 1, 4m));

        Assert.Equal(["A 1: 5.00 > 8.00 (60) 1 acme"], Lines(result));
    }

    [Fact]
    public async Task Units_with_lists_of_their_own_are_chains_of_their_own()
    {
        await host.AddCompany("acme");
        await host.AddCompany("beta");
        await host.AddList("all", "EUR", Everyone, ("A", 10), ("B", 10));
        await host.AddList("branch", "EUR", [new { unit = "branch", company = "acme" }], ("A", 8));

        var result = await host.Simulate("all", ("A", 1, 20m), ("B", 1, 11m));

        // acme's hq and all of beta have one chain; acme's branch another one, which hides A.
        Assert.Equal("2 of 2 companies, 2 chains, 4 lines: +3 -0 gained 0 lost 0", Counts(result));
        Assert.Equal(["A 1: 10.00 > 20.00 (100) 2 acme", "B 1: 10.00 > 11.00 (10) 2 acme"], Lines(result));
        Assert.Equal(
            ["beta: 2 changed, 0 lost, 55 on average, 100 at most", "acme: 3 changed, 0 lost, 40 on average, 100 at most"], Companies(result));
    }

    [Fact]
    public async Task The_worst_lines_are_lost_prices_then_the_greatest_changes_then_gained_ones()
    {
        await host.AddCompany("acme");
        await host.AddCompany("beta");
        await host.AddList("all", "EUR", Everyone, ("A", 10), ("B", 10), ("C", 10));
        await host.AddList("contract", "EUR", [new { company = "beta" }], ("A", 8));

        var result = await host.Simulate("all", ("A", 1, null), ("B", 1, 8m), ("C", 1, 13.3333m), ("D", 1, 4m));

        Assert.Equal("2 of 2 companies, 2 chains, 8 lines: +2 -2 gained 2 lost 1", Counts(result));
        Assert.Equal(
            ["A 1: 10.00 > none () 1 acme", "C 1: 10.00 > 13.3333 (33.33) 2 acme", "B 1: 10.00 > 8.00 (-20) 2 acme", "D 1: none > 4.00 () 2 acme"],
            Lines(result));
        Assert.Equal(
            ["acme: 4 changed, 1 lost, 6.66 on average, 33.33 at most", "beta: 3 changed, 0 lost, 6.66 on average, 33.33 at most"], Companies(result));
    }

    [Fact]
    public async Task As_many_of_the_worst_are_told_as_were_asked_for()
    {
        await host.AddCompany("acme");
        await host.AddCompany("beta");
        await host.AddList("all", "EUR", Everyone, ("A", 10), ("B", 10), ("C", 10));

        var result = (await host.Simulate(new
        {
            priceListId = await host.ListId("all"),
            prices = new[] { new { sku = "A", unitPrice = 11 }, new { sku = "B", unitPrice = 13 }, new { sku = "C", unitPrice = 12 } },
            worst = 1,
        })).GetProperty("result");

        Assert.Equal("2 of 2 companies, 1 chains, 3 lines: +3 -0 gained 0 lost 0", Counts(result));
        Assert.Equal(["B 1: 10.00 > 13.00 (30) 2 acme"], Lines(result));
        Assert.Single(Companies(result));
    }

    [Fact]
    public async Task A_price_is_compared_from_where_it_holds_on_and_counts_where_it_changes_most()
    {
        await host.AddCompany("acme");
        await host.AddList("all", "EUR", Everyone, ("A", 10));
        await host.Take("prices", new { priceList = "all", sku = "A", minimumQuantity = 10, unitPrice = 9 });

        var result = await host.Simulate("all", ("A", 10, 4.5m), ("A", 1, 9m), ("A", 100, 4m));

        Assert.Equal("1 of 1 companies, 1 chains, 1 lines: +0 -1 gained 0 lost 0", Counts(result));
        Assert.Equal(["A 100: 9.00 > 4.00 (-55.56) 1 acme"], Lines(result));
        Assert.Equal(["A 10: 9.00 > 10.00 (11.11) 1 acme"], Lines(await host.Simulate("all", ("A", 10, null))));
    }

    [Fact]
    public async Task Prices_are_judged_at_the_instant_that_was_given()
    {
        await host.AddCompany("acme");
        await host.AddList("all", "EUR", [new { everyone = true, validFrom = "2020-01-01T00:00:00Z", validTo = "2031-01-01T00:00:00Z" }]);
        await host.Take(
            "prices",
            new { priceList = "all", sku = "A", unitPrice = 10, validTo = "2030-01-01T00:00:00Z" },
            new { priceList = "all", sku = "A", unitPrice = 20, validFrom = "2030-01-01T00:00:00Z" });

        Assert.Equal(["A 1: 20.00 > 30.00 (50) 1 acme"], Lines(await At("2030-01-01T00:00:00Z")));
        Assert.Equal(["A 1: 10.00 > 30.00 (200) 1 acme"], Lines(await At("2029-12-31T23:59:59Z")));
        Assert.Equal("0 of 0 companies, 0 chains, 0 lines: +0 -0 gained 0 lost 0", Counts(await At("2031-01-01T00:00:00Z")));

        async Task<JsonElement> At(string at) => (await host.Simulate(new
        {
            priceListId = await host.ListId("all"),
            prices = new[] { new { sku = "A", unitPrice = 30 } },
            at,
        })).GetProperty("result");
    }

    [Fact]
    public async Task A_set_of_price_changes_is_tried_out_as_a_whole()
    {
        await host.AddCompany("acme");
        await host.AddCompany("globex", "us");
        await host.AddList("eur", "EUR", Everyone, ("A", 10), ("B", 10));
        await host.AddList("usd", "USD", Everyone, ("A", 20));
        var id = await AddSet("autumn", "2031-01-01T00:00:00Z", ("eur", "A", 11m), ("eur", "B", null), ("usd", "A", 30m));

        var simulation = await host.Simulate(new { priceChangeSetId = id });

        var result = simulation.GetProperty("result");
        Assert.Equal("autumn 2031-01-01T00:00:00Z", $"{simulation.GetProperty("priceChangeSet").GetProperty("externalId")} {simulation.GetProperty("at")}");
        Assert.Equal(JsonValueKind.Null, simulation.GetProperty("priceList").ValueKind);
        Assert.Equal("2 of 2 companies, 2 chains, 3 lines: +2 -0 gained 0 lost 1", Counts(result));
        Assert.Equal(["B 1: 10.00 > none () 1 acme", "A 1: 20.00 > 30.00 (50) 1 globex", "A 1: 10.00 > 11.00 (10) 1 acme"], Lines(result));
    }

    [Fact]
    public async Task A_scheduled_set_or_two_things_at_once_are_refused()
    {
        await host.AddList("eur", "EUR", Everyone, ("A", 10));
        var id = await AddSet("autumn", "2031-01-01T00:00:00Z", ("eur", "A", 11m));
        await Change("approvePriceChangeSet", "ApprovePriceChangeSetInput", new { priceChangeSetId = id });
        await host.Simulate(new { priceChangeSetId = id });
        await Change("schedulePriceChangeSet", "SchedulePriceChangeSetInput", new { priceChangeSetId = id });

        Assert.Equal("The set is SCHEDULED: only a draft or an approved set can be tried out.", await Refusal(new { priceChangeSetId = id }));
        Assert.Equal("There is no set of price changes with this id.", await Refusal(new { priceChangeSetId = "x" }));
        Assert.Equal("Give either priceChangeSetId, or priceListId with prices.", await Refusal(new { priceChangeSetId = id, priceListId = id, prices = Nobody }));
        Assert.Equal("Give either priceChangeSetId, or priceListId with prices.", await Refusal(new { priceListId = id }));
        Assert.Equal("Give either priceChangeSetId, or priceListId with prices.", await Refusal(new { worst = 1 }));

        async Task<string?> Refusal(object input) => Assert.Single((await host.Ask(input)).GetProperty("userErrors").EnumerateArray()).GetProperty("message").GetString();
    }

    [Fact]
    public async Task Nothing_is_changed()
    {
        await host.AddCompany("acme");
        await host.AddList("all", "EUR", Everyone, ("A", 10));
        const string Read = "{ events { last } priceList(externalId: \"all\") { priceVersion version entries { edges { node { unitPrice { amount } } } } } }";
        var before = await host.Admin(Read);

        await host.Simulate("all", ("A", 1, 11m));

        Assert.Equal(before.GetRawText(), (await host.Admin(Read)).GetRawText());
    }

    [Fact]
    public async Task Statements_are_counted_by_chunks_and_not_by_companies_or_lines()
    {
        await host.AddList("all", "EUR", Everyone, ("A", 10), ("B", 10), ("C", 10), ("D", 10));
        await AddContracts(1, 2);
        var few = await Statements(("A", 1, 11m), ("B", 1, 12m));
        await AddContracts(3, 60);

        var many = await Statements(("A", 1, 11m), ("B", 1, 12m), ("C", 1, 12m), ("D", 1, 12m));
        var result = await host.Simulate("all", ("A", 1, 11m), ("B", 1, 12m), ("C", 1, 12m), ("D", 1, 12m));

        Assert.Equal("60 of 60 companies, 60 chains, 240 lines: +180 -0 gained 0 lost 0", Counts(result));
        Assert.Equal(few, many);

        async Task AddContracts(int first, int last)
        {
            var names = Enumerable.Range(first, last + 1 - first).Select(i => $"c{i:00}").ToList();
            await host.Take("companies", [.. names.Select(name => PriceSimulationHost.CompanyRow(name))]);
            await host.Take("price-lists", [.. names.Select(object (name) => new { externalId = name, name, currency = "EUR", assignments = new[] { new { company = name } } })]);
            await host.Take("prices", [.. names.Select(object (name) => new { priceList = name, sku = "A", unitPrice = 5 })]);
        }

        // What the server does besides, every now and then, only adds to them.
        async Task<int> Statements(params (string Sku, int Minimum, decimal? UnitPrice)[] prices)
        {
            var least = int.MaxValue;
            for (var i = 0; i < 5; i++)
            {
                least = Math.Min(least, await host.Statements(() => host.Simulate("all", prices)));
            }

            return least;
        }
    }

    private async Task<string> AddSet(string externalId, string effectiveAt, params (string List, string Sku, decimal? UnitPrice)[] lines)
    {
        var created = await Change("createPriceChangeSet", "CreatePriceChangeSetInput", new { externalId, name = externalId, effectiveAt });
        var id = created.GetProperty("priceChangeSet").GetProperty("id").GetString()!;
        var rows = new List<object>();
        foreach (var (list, sku, unitPrice) in lines)
        {
            rows.Add(new { priceListId = await host.ListId(list), sku, unitPrice });
        }

        await Change("upsertPriceChanges", "UpsertPriceChangesInput", new { priceChangeSetId = id, lines = rows });
        return id;
    }

    private async Task<JsonElement> Change(string mutation, string type, object input)
    {
        var changed = (await host.Admin(
            $"mutation($input: {type}!) {{ {mutation}(input: $input) {{ priceChangeSet {{ id }} userErrors {{ message }} }} }}", new { input })).GetProperty(mutation);
        Assert.Empty(changed.GetProperty("userErrors").EnumerateArray());
        return changed;
    }

    private async Task MakeOf(string list, string parent, string percent)
    {
        var made = await host.Admin(
            "mutation($input: SetPriceListAdjustmentsInput!) { setPriceListAdjustments(input: $input) { userErrors { message } } }",
            new { input = new { priceListId = await host.ListId(list), parentId = await host.ListId(parent), rules = new[] { new { percent } } } });
        Assert.Empty(made.GetProperty("setPriceListAdjustments").GetProperty("userErrors").EnumerateArray());
    }

    private static string Counts(JsonElement r) =>
        $"{r.GetProperty("affectedCompanies")} of {r.GetProperty("companies")} companies, {r.GetProperty("chains")} chains, {r.GetProperty("lines")} lines: " +
        $"+{r.GetProperty("increased")} -{r.GetProperty("decreased")} gained {r.GetProperty("gained")} lost {r.GetProperty("lost")}";

    private static string[] Lines(JsonElement r) => [.. r.GetProperty("worstLines").EnumerateArray().Select(line => string.Create(
        CultureInfo.InvariantCulture,
        $"{line.GetProperty("variant").GetProperty("sku")} {line.GetProperty("quantity")}: {Amount(line.GetProperty("before"))} > {Amount(line.GetProperty("after"))} ({line.GetProperty("changePercent")}) {line.GetProperty("companies")} {line.GetProperty("exampleCompany").GetProperty("externalId")}"))];

    private static string[] Companies(JsonElement r) => [.. r.GetProperty("worstCompanies").EnumerateArray().Select(c =>
        $"{c.GetProperty("company").GetProperty("externalId")}: {c.GetProperty("changedLines")} changed, {c.GetProperty("lostLines")} lost, {c.GetProperty("averageChangePercent")} on average, {c.GetProperty("greatestChangePercent")} at most")];

    private static string Amount(JsonElement money) => money.ValueKind == JsonValueKind.Null ? "none" : money.GetProperty("amount").GetString()!;
}
