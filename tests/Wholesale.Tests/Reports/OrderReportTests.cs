using System.Globalization;
using System.Text.Json;
using Wholesale.Tests.Orders;

namespace Wholesale.Tests.Reports;

/// <summary>What a history comes to, by whatever tells orders apart; compared with the orders themselves.</summary>
public sealed class OrderReportTests(HistoryShop shop) : IClassFixture<HistoryShop>
{
    private const string Figures = "figures { orderCount quantity cancelledQuantity subtotal { amount currency } shipping { amount } tax { amount } total { amount } cancelledTotal { amount } }";

    [Theory]
    [InlineData("COST_CENTER", "costCenter", new[] { "office 2 1808.00", "branch 1 900.00", "workshop 2 301.00", "null 1 102.00" })]
    [InlineData("PURCHASE_ORDER", "purchaseOrderNumber", new[] { "null 3 1305.00", "B-1 1 1505.00", "PO-4711 1 201.00", "PO-4712 1 100.00" })]
    [InlineData("USER", "user { externalId }", new[] { "second 1 1505.00", "other 2 1002.00", "buyer 3 604.00" })]
    [InlineData("UNIT", "unit { externalId }", new[] { "hq 4 2109.00", "branch 2 1002.00" })]
    [InlineData("VARIANT", "sku", new[] { "TOY-001-S 1 1505.00", "TOOL-100-S 3 1200.00", "TOOL-101-L 1 303.00", "TOOL-102-S 1 102.00", "TOOL-001-S 1 1.00" })]
    [InlineData("PRODUCT", "product { sku }", new[] { "TOY-001 1 1505.00", "TOOL-100 3 1200.00", "TOOL-101 1 303.00", "TOOL-102 1 102.00", "TOOL-001 1 1.00" })]
    [InlineData("CATEGORY", "category { externalId }", new[] { "toys 1 1505.00", "tools 4 1504.00", "hammers 1 102.00" })]
    public async Task A_companys_orders_are_summed_up(string groupBy, string field, string[] expected)
    {
        var rows = await Rows(shop.Boss, $"groupBy: {groupBy}", field);

        Assert.Equal(expected.Order(), rows.ConvertAll(row => $"{Key(row)} {row.GetProperty("figures").GetProperty("orderCount")} {Amount(row, "subtotal")}").Order());
        Assert.Equal(rows.ConvertAll(row => decimal.Parse(Amount(row, "subtotal"), CultureInfo.InvariantCulture)).OrderDescending(), rows.Select(row => decimal.Parse(Amount(row, "subtotal"), CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task Months_currencies_and_totals_are_those_of_the_orders()
    {
        var report = (await shop.Admin($"{{ orderReport(groupBy: MONTH) {{ edges {{ node {{ month {Figures} }} }} totals {{ orderCount subtotal {{ amount currency }} shipping {{ amount }} tax {{ amount }} total {{ amount }} cancelledTotal {{ amount }} }} }} }}")).GetProperty("orderReport");
        var orders = (await shop.Admin("{ orders { edges { node { placedAt currency subtotal { amount } shipping { total { amount } } tax { total { amount } } total { amount } cancelledTotal { amount } } } } }"))
            .GetProperty("orders").GetProperty("edges").EnumerateArray().Select(edge => edge.GetProperty("node")).ToList();

        var byCurrency = orders.GroupBy(order => order.GetProperty("currency").GetString()!).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group =>
            $"{group.Key} {group.Count()} {Sum(group, o => o.GetProperty("subtotal"))} {Sum(group, o => o.GetProperty("shipping").GetProperty("total"))} {Sum(group, o => o.GetProperty("tax").GetProperty("total"))} {Sum(group, o => o.GetProperty("total"))} {Sum(group, o => o.GetProperty("cancelledTotal"))}").ToList();
        Assert.Equal(["EUR", "USD"], byCurrency.ConvertAll(line => line[..3]));
        Assert.Equal(byCurrency, report.GetProperty("totals").EnumerateArray().Select(Line));
        Assert.All(report.GetProperty("edges").EnumerateArray(), edge => Assert.Equal("2026-03-01", edge.GetProperty("node").GetProperty("month").GetString()));
        Assert.Equal(byCurrency, report.GetProperty("edges").EnumerateArray().Select(edge => Line(edge.GetProperty("node").GetProperty("figures"))));
        Assert.Contains(byCurrency, line => !line.EndsWith(" 0.00", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Lines_tell_quantities_and_orders_do_not()
    {
        var variant = (await Rows(shop.Boss, "groupBy: VARIANT, filter: { costCenter: \"office\" }, sort: GROUP", "sku")).Single(row => Key(row) == "TOOL-101-L").GetProperty("figures");
        Assert.Equal((3, 3, JsonValueKind.Null), (variant.GetProperty("quantity").GetInt32(), variant.GetProperty("cancelledQuantity").GetInt32(), variant.GetProperty("total").ValueKind));
        var center = (await Rows(shop.Boss, "groupBy: COST_CENTER, filter: { costCenter: \"office\" }", "costCenter")).Single().GetProperty("figures");
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (center.GetProperty("quantity").ValueKind, center.GetProperty("cancelledQuantity").ValueKind));
        Assert.NotEqual("0.00", center.GetProperty("cancelledTotal").GetProperty("amount").GetString());
    }

    [Fact]
    public async Task Everyone_has_a_report_of_what_it_sees()
    {
        Assert.Equal(["buyer"], (await Rows(shop.Acme, "groupBy: USER", "user { externalId }")).Select(Key));
        Assert.Equal(["other"], (await Rows(shop.Chief, "groupBy: USER", "user { externalId }")).Select(Key));
        Assert.Equal(["PO-4711"], (await Rows(shop.Rival, "groupBy: PURCHASE_ORDER", "purchaseOrderNumber")).Select(Key));
        Assert.Equal(["acme", "rival", "spielwaren"], (await Rows(shop.StaffKey, "groupBy: COMPANY", "company { externalId }", "/admin/graphql")).Select(Key).Order());
        Assert.Equal(["null", "null"], (await Rows(shop.StaffKey, "groupBy: SUPPLIER", "supplier { externalId }", "/admin/graphql")).Select(Key));
        Assert.Contains("FORBIDDEN", (await shop.Ask(shop.Viewer, "{ orderReport(groupBy: MONTH) { totals { orderCount } } }")).Body, StringComparison.Ordinal);
        Assert.Contains("SUPPLIER", (await shop.Ask(shop.Boss, "{ orderReport(groupBy: SUPPLIER) { totals { orderCount } } }")).Body, StringComparison.Ordinal);
        Assert.Empty(await Rows(shop.Boss, "groupBy: MONTH, filter: { placedFrom: \"2027-01-01T00:00:00Z\" }", "month"));
    }

    [Fact]
    public async Task Pages_follow_one_another()
    {
        var whole = (await Rows(shop.Boss, "groupBy: VARIANT, sort: GROUP", "sku")).ConvertAll(Key);
        var paged = new List<string>();
        string? after = null;
        do
        {
            var page = (await shop.Data(shop.Boss, "query($after: String) { orderReport(groupBy: VARIANT, sort: GROUP, first: 2, after: $after) { pageInfo { hasNextPage endCursor } edges { node { sku } } } }", new { after })).GetProperty("orderReport");
            paged.AddRange(page.GetProperty("edges").EnumerateArray().Select(edge => Key(edge.GetProperty("node"))));
            after = page.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean() ? page.GetProperty("pageInfo").GetProperty("endCursor").GetString() : null;
        }
        while (after is not null);

        Assert.Equal(whole, paged);
    }

    private async Task<List<JsonElement>> Rows(string key, string arguments, string field, string path = "/graphql") =>
        [.. (await shop.Data(key, $"{{ orderReport({arguments}, first: 250) {{ edges {{ node {{ {field} {Figures} }} }} }} }}", null, path)).GetProperty("orderReport").GetProperty("edges").EnumerateArray().Select(edge => edge.GetProperty("node"))];

    /// <summary>The first field of a row, or the field below it.</summary>
    private static string Key(JsonElement row)
    {
        var first = row.EnumerateObject().First().Value;
        return first.ValueKind switch { JsonValueKind.Object => first.EnumerateObject().First().Value.GetString()!, JsonValueKind.Null => "null", _ => first.GetString()! };
    }

    private static string Amount(JsonElement row, string field) => row.GetProperty("figures").GetProperty(field).GetProperty("amount").GetString()!;

    private static string Line(JsonElement figures) =>
        $"{figures.GetProperty("subtotal").GetProperty("currency").GetString()} {figures.GetProperty("orderCount")} {string.Join(' ', new[] { "subtotal", "shipping", "tax", "total", "cancelledTotal" }.Select(field => figures.GetProperty(field).GetProperty("amount").GetString()))}";

    private static string Sum(IEnumerable<JsonElement> orders, Func<JsonElement, JsonElement> money) =>
        orders.Sum(order => decimal.Parse(money(order).GetProperty("amount").GetString()!, CultureInfo.InvariantCulture)).ToString("0.00##", CultureInfo.InvariantCulture);
}
