using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Wholesale.Orders;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Repricing;

namespace Wholesale.Tests.Orders;

/// <summary>What a change of prices would do to what was ordered, computed by hand to the cent.</summary>
public sealed class PriceSimulationDeltasTests : IAsyncLifetime
{
    private const string Fields = """
        id status failure at
        revenueDelta { currency before { amount } after { amount } delta { amount currency } changePercent lineCount unpricedLines }
        marginDelta {
          currency revenueBefore { amount } revenueAfter { amount } marginBefore { amount } marginAfter { amount } delta { amount currency } marginPercentBefore marginPercentAfter lineCount linesWithoutCost
        }
        """;

    private readonly LifeShop shop = new();

    public async ValueTask InitializeAsync()
    {
        await shop.InitializeAsync();
        await shop.MakeRivalBuy();
        await shop.ImportRows("companies", new
        {
            externalId = "spielwaren",
            addresses = new[] { new { externalId = "lager", name = "Spielwaren", lines = new[] { "Hof 3" }, city = "Bonn", postalCode = "53111", country = "DE", isDefaultShipTo = true, isDefaultBillTo = true } },
        });
        await shop.ImportRows("price-lists", new { externalId = "acme-list", name = "Acme", currency = "USD", assignments = new[] { new { company = "acme", validFrom = "2020-01-01T00:00:00Z" } } });
        await shop.ImportRows("prices", Price("acme-list", "TOOL-050-S", 1, "40"), Price("acme-list", "TOOL-050-S", 10, "38"));
    }

    public ValueTask DisposeAsync() => shop.DisposeAsync();

    [Fact]
    public async Task Orders_of_those_whose_lists_change_are_priced_before_and_after()
    {
        await shop.Order("id", "BANK_TRANSFER", ("TOOL-050-S", 7m)); // too long ago
        Pass(TimeSpan.FromDays(90) + TimeSpan.FromMinutes(1));
        await OrderTools();

        Assert.Equal(
            """[{"currency":"USD","before":{"amount":"696.00"},"after":{"amount":"720.00"},"delta":{"amount":"24.00","currency":"USD"},"changePercent":"3.45","lineCount":3,"unpricedLines":0}]""",
            Revenue(await Simulate("acme-list", ("TOOL-050-S", 1, "44")))); // 3 × 40 + 12 × 38 + 3 × 40, and 3 × 44 + 12 × 38 + 3 × 44
        Assert.Equal(
            """[{"currency":"USD","before":{"amount":"1294.86"},"after":{"amount":"1309.38"},"delta":{"amount":"14.52","currency":"USD"},"changePercent":"1.12","lineCount":4,"unpricedLines":0}]""",
            Revenue(await Simulate("usd", ("TOOL-050-S", 10, "51.115")))); // acme's 696.00 stay as they are, rival's are 12 × 49.905 and 12 × 51.115
    }

    [Fact]
    public async Task The_last_instant_of_ninety_days_counts_and_that_of_the_simulation_does_not()
    {
        var first = shop.Clock.GetUtcNow();
        await shop.Order("id", "BANK_TRANSFER", ("TOOL-050-S", 1m));
        Pass(TimeSpan.FromDays(90));
        await shop.Order("id", "BANK_TRANSFER", ("TOOL-050-S", 2m));

        Assert.Equal((1, "40.00"), Lines(await Simulate("acme-list", ("TOOL-050-S", 1, "44")))); // at the instant of the second
        Pass(TimeSpan.FromTicks(1));
        Assert.Equal((1, "80.00"), Lines(await Simulate("acme-list", ("TOOL-050-S", 1, "44"))));
        Assert.Equal((0, ""), Lines(await Simulate("acme-list", at: first, ("TOOL-050-S", 1, "44"))));
    }

    [Fact]
    public async Task A_line_reaches_a_break_by_what_was_not_cancelled_of_it()
    {
        var order = await shop.Order("id", "BANK_TRANSFER", ("TOOL-050-S", 12m));
        await shop.Cancel(shop.Acme, new { orderId = order.GetProperty("id").GetString(), lines = new[] { new { sku = "TOOL-050-S", quantity = 3 } } });
        Pass(TimeSpan.FromHours(1));

        Assert.Equal(
            """[{"currency":"USD","before":{"amount":"360.00"},"after":{"amount":"405.00"},"delta":{"amount":"45.00","currency":"USD"},"changePercent":"12.5","lineCount":1,"unpricedLines":0}]""",
            Revenue(await Simulate("acme-list", ("TOOL-050-S", 1, "45"), ("TOOL-050-S", 10, "30"))));
    }

    [Fact]
    public async Task Each_currency_is_told_by_itself_also_one_that_is_not_the_company_s_own()
    {
        await shop.Order("id", "BANK_TRANSFER", ("TOY-001-S", 4m));
        await Order(shop.Spielwaren, null, ("TOY-001-S", 1m));
        await Order(shop.Acme, "EUR", ("TOY-001-S", 2m));
        Pass(TimeSpan.FromHours(1));
        var set = (await shop.Staff("createPriceChangeSet", "CreatePriceChangeSetInput", new { externalId = "toys", name = "Toys" }, "priceChangeSet { id }")).GetProperty("priceChangeSet").GetProperty("id").GetString();
        var lines = new[] { new { priceListId = await ListId("eur"), sku = "TOY-001-S", unitPrice = "290" }, new { priceListId = await ListId("usd"), sku = "TOY-001-S", unitPrice = "310" } };
        Assert.Empty(LifeShop.Errors(await shop.Staff("upsertPriceChanges", "UpsertPriceChangesInput", new { priceChangeSetId = set, lines }, "counts { applied }")));

        var simulation = await Simulate(new { priceChangeSetId = set });

        Assert.Equal(
            """[{"currency":"EUR","before":{"amount":"904.50"},"after":{"amount":"870.00"},"delta":{"amount":"-34.50","currency":"EUR"},"changePercent":"-3.81","lineCount":2,"unpricedLines":0},"""
            + """{"currency":"USD","before":{"amount":"1204.00"},"after":{"amount":"1240.00"},"delta":{"amount":"36.00","currency":"USD"},"changePercent":"2.99","lineCount":1,"unpricedLines":0}]""",
            Revenue(simulation));
    }

    [Fact]
    public async Task Each_unit_s_lines_are_priced_by_its_own_lists()
    {
        await shop.ImportRows("price-lists", new { externalId = "branch-list", name = "Branch", currency = "USD", assignments = new[] { new { company = "acme", unit = "branch", validFrom = "2020-01-01T00:00:00Z" } } });
        await shop.ImportRows("prices", Price("branch-list", "TOOL-050-S", 1, "35"));
        await shop.Order("id", "BANK_TRANSFER", ("TOOL-050-S", 3m));
        await Order(shop.Other, null, ("TOOL-050-S", 2m));
        Pass(TimeSpan.FromHours(1));

        Assert.Equal((1, "70.00"), Lines(await Simulate("branch-list", ("TOOL-050-S", 1, "36"))));
        Assert.Equal(
            """[{"currency":"USD","before":{"amount":"190.00"},"after":{"amount":"193.00"},"delta":{"amount":"3.00","currency":"USD"},"changePercent":"1.58","lineCount":2,"unpricedLines":0}]""",
            Revenue(await Simulate("acme-list", ("TOOL-050-S", 1, "41")))); // the branch has the list, too, behind its own
    }

    [Fact]
    public async Task Lines_without_a_price_are_told_and_in_no_sum()
    {
        await shop.RivalOrder(("TOOL-052-S", 3m), ("TOOL-053-S", 1m));
        Pass(TimeSpan.FromHours(1));

        var simulation = await Simulate("usd", ("TOOL-052-S", 1, null), ("TOOL-052-S", 10, null), ("TOOL-054-S", 1, "1"));

        Assert.Equal(
            """[{"currency":"USD","before":{"amount":"0.00"},"after":{"amount":"0.00"},"delta":{"amount":"0.00","currency":"USD"},"changePercent":null,"lineCount":0,"unpricedLines":1}]""", Revenue(simulation));
        Assert.Equal("[]", Margin(simulation));
    }

    [Fact]
    public async Task Nothing_that_was_ordered_is_an_empty_list()
    {
        var simulation = await Simulate("acme-list", ("TOOL-050-S", 1, "44"));

        Assert.Equal(("[]", "[]"), (Revenue(simulation), Margin(simulation)));
    }

    [Fact]
    public async Task Margins_are_told_of_lines_whose_costs_are_known_in_their_currency()
    {
        await OrderTools();
        await SetCost("TOOL-050-S", new { amount = "30.125", currency = "USD" });
        await SetCost("TOOL-051-S", new { amount = "1", currency = "EUR" });

        var simulation = await Simulate("acme-list", ("TOOL-050-S", 1, "44"), ("TOOL-051-S", 1, "45"));
        await SetCost("TOOL-050-S", new { amount = "1", currency = "USD" });
        var later = (await shop.Admin($"query($id: ID!) {{ priceSimulation(id: $id) {{ {Fields} }} }}", new { id = simulation.GetProperty("id").GetString() })).GetProperty("priceSimulation");

        Assert.Equal(
            """[{"currency":"USD","before":{"amount":"798.00"},"after":{"amount":"810.00"},"delta":{"amount":"12.00","currency":"USD"},"changePercent":"1.5","lineCount":4,"unpricedLines":0}]""",
            Revenue(simulation)); // and 2 × 51 before, 2 × 45 after
        Assert.Equal(
            """[{"currency":"USD","revenueBefore":{"amount":"696.00"},"revenueAfter":{"amount":"720.00"},"marginBefore":{"amount":"153.74"},"marginAfter":{"amount":"177.74"},"delta":{"amount":"24.00","currency":"USD"},"marginPercentBefore":"22.09","marginPercentAfter":"24.69","lineCount":3,"linesWithoutCost":1}]""",
            Margin(simulation)); // the goods cost 90.38 + 361.50 + 90.38
        Assert.Equal(simulation.GetRawText(), later.GetRawText());
    }

    [Fact]
    public async Task A_loss_is_less_than_0()
    {
        await shop.Order("id", "BANK_TRANSFER", ("TOOL-050-S", 1m));
        await SetCost("TOOL-050-S", new { amount = "50", currency = "USD" });
        Pass(TimeSpan.FromHours(1));

        Assert.Equal(
            """[{"currency":"USD","revenueBefore":{"amount":"40.00"},"revenueAfter":{"amount":"0.00"},"marginBefore":{"amount":"-10.00"},"marginAfter":{"amount":"-50.00"},"delta":{"amount":"-40.00","currency":"USD"},"marginPercentBefore":"-25","marginPercentAfter":null,"lineCount":1,"linesWithoutCost":0}]""",
            Margin(await Simulate("acme-list", ("TOOL-050-S", 1, "0"))));
    }

    [Fact]
    public async Task Buyers_are_told_of_none_of_it_and_staff_only_what_it_may_read()
    {
        var buyers = Wholesale.GraphQL.Types.SchemaPrinter.Print(Contracts.Load().Buyers.Schema);
        Assert.All(new[] { "standardCost", "StandardCost", "revenueDelta", "RevenueDelta", "marginDelta", "MarginDelta" }, name => Assert.DoesNotContain(name, buyers, StringComparison.Ordinal));
        var id = (await Simulate("acme-list", ("TOOL-050-S", 1, "44"))).GetProperty("id").GetString();
        var pricing = await shop.CreateStaffKey("pricing", Permission.PricesRead);
        var deltas = (await shop.Ask(pricing, "query($id: ID!) { priceSimulation(id: $id) { status revenueDelta { lineCount } marginDelta { lineCount } } }", new { id }, "/admin/graphql")).Body;
        Assert.Contains("""{"status":"DONE","revenueDelta":null,"marginDelta":null}""", deltas, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Variants_with_many_lines_are_read_to_the_end_a_few_thousand_at_a_time()
    {
        const int Many = OrderedGoods.ReadOfEach + OrderedGoods.ReadOfOne + 7;
        await shop.Order("id", "BANK_TRANSFER", ("TOOL-050-S", 1m), ("TOOL-051-S", 1m));
        await using var scope = shop.Services.CreateAsyncScope();
        var (db, ids) = (scope.ServiceProvider.GetRequiredService<WholesaleDb>(), shop.Services.GetRequiredService<Ids>());
        var line = (await db.OrderLines.ToListAsync(TestContext.Current.CancellationToken)).Single(l => l.Sku == "TOOL-050-S");
        await db.OrderLines.Where(l => l.Id == line.Id).ExecuteDeleteAsync(TestContext.Current.CancellationToken);
        await BulkRows.Insert(db, [.. Enumerable.Range(0, Many).Select(_ => new OrderLine
        {
            Id = ids.Next(),
            OrderId = line.OrderId,
            CompanyId = line.CompanyId,
            VariantId = line.VariantId,
            Sku = line.Sku,
            Name = line.Name,
            Quantity = line.Quantity,
            UnitOfMeasure = line.UnitOfMeasure,
            UnitPrice = line.UnitPrice,
            Total = line.Total,
            TaxRatePercent = line.TaxRatePercent,
            Promises = line.Promises,
        })], TestContext.Current.CancellationToken);
        Pass(TimeSpan.FromHours(1));

        var simulation = await Simulate("acme-list", ("TOOL-050-S", 1, "41"), ("TOOL-051-S", 1, "52"));
        var pages = 0;
        await foreach (var page in scope.ServiceProvider.GetRequiredService<BoughtGoods>().Of([line.VariantId], shop.Clock.GetUtcNow().UtcDateTime.AddDays(-1), shop.Clock.GetUtcNow().UtcDateTime, TestContext.Current.CancellationToken))
        {
            Assert.InRange(page.Count, 0, OrderedGoods.ReadOfOne);
            pages++;
        }

        Assert.Equal((Many + 1, "204331.00"), Lines(simulation)); // 5,107 × 40 + 51
        Assert.Equal(3, pages);
    }

    /// <summary>Acme buys 3, 12, and 5 of which 2 are cancelled, and 4 that are all cancelled; rival buys 12.</summary>
    private async Task OrderTools()
    {
        await shop.Order("id", "BANK_TRANSFER", ("TOOL-050-S", 3m), ("TOOL-051-S", 2m));
        await shop.Order("id", "BANK_TRANSFER", ("TOOL-050-S", 12m));
        var less = await shop.Order("id", "BANK_TRANSFER", ("TOOL-050-S", 5m));
        await shop.Cancel(shop.Acme, new { orderId = less.GetProperty("id").GetString(), lines = new[] { new { sku = "TOOL-050-S", quantity = 2 } } });
        var none = await shop.Order("id", "BANK_TRANSFER", ("TOOL-050-S", 4m));
        await shop.Cancel(shop.Acme, new { orderId = none.GetProperty("id").GetString() });
        await shop.RivalOrder(("TOOL-050-S", 12m));
        Pass(TimeSpan.FromHours(1));
    }

    private async Task Order(string key, string? currency, params (string Sku, decimal Quantity)[] lines)
    {
        var created = await shop.Mutate(key, "createCart", "CreateCartInput", new { name = "deltas", currency, details = new { paymentMethod = "BANK_TRANSFER" } }, "cart { id }");
        Assert.Empty(LifeShop.Errors(created));
        var cart = created.GetProperty("cart").GetProperty("id").GetString()!;
        Assert.Empty(LifeShop.Errors(await shop.Add(key, cart, lines)));
        Assert.Empty(LifeShop.Errors(await shop.Place(cart, fields: "order { id }", key: key)));
    }

    /// <summary>Time passes, though not for those who wait.</summary>
    private void Pass(TimeSpan time) => shop.Clock.Jump(time);

    private Task SetCost(string sku, object? standardCost) => shop.ImportRows("products", new { sku = sku[..^2], variants = new[] { new { sku, standardCost } } });

    private async Task<string> ListId(string externalId) =>
        (await shop.Admin("query($id: String!) { priceList(externalId: $id) { id } }", new { id = externalId })).GetProperty("priceList").GetProperty("id").GetString()!;

    private Task<JsonElement> Simulate(string list, params (string Sku, int Minimum, string? UnitPrice)[] prices) => Simulate(list, null, prices);

    private async Task<JsonElement> Simulate(string list, DateTimeOffset? at, params (string Sku, int Minimum, string? UnitPrice)[] prices) => await Simulate(
        new { priceListId = await ListId(list), at = at?.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture), prices = prices.Select(p => new { sku = p.Sku, minimumQuantity = p.Minimum, unitPrice = p.UnitPrice }) });

    private async Task<JsonElement> Simulate(object input)
    {
        var answer = (await shop.Admin(
            $"query($input: SimulatePriceChangeInput!) {{ simulatePriceChange(input: $input) {{ simulation {{ {Fields} }} userErrors {{ code message path }} }} }}", new { input })).GetProperty("simulatePriceChange");
        Assert.Empty(LifeShop.Errors(answer));
        var simulation = answer.GetProperty("simulation");
        Assert.True(simulation.GetProperty("status").GetString() == "DONE", simulation.GetRawText());
        return simulation;
    }

    private static object Price(string priceList, string sku, int minimumQuantity, string unitPrice) => new { priceList, sku, minimumQuantity, unitPrice };

    private static string Revenue(JsonElement simulation) => simulation.GetProperty("revenueDelta").GetRawText();

    private static string Margin(JsonElement simulation) => simulation.GetProperty("marginDelta").GetRawText();

    /// <summary>How many lines there are, and what they come to before; 0 where nothing was ordered.</summary>
    private static (int Count, string Before) Lines(JsonElement simulation) => simulation.GetProperty("revenueDelta").EnumerateArray()
        .Select(revenue => (revenue.GetProperty("lineCount").GetInt32(), revenue.GetProperty("before").GetProperty("amount").GetString()!)).DefaultIfEmpty((0, "")).Single();
}
