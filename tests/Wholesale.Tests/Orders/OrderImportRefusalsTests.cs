using System.Text.Json;
using Wholesale.Platform;
using Wholesale.Tests.Carts;

namespace Wholesale.Tests.Orders;

/// <summary>Rows of orders that are not taken, and why.</summary>
public sealed class OrderImportRefusalsTests(LifeShop shop) : IClassFixture<LifeShop>
{
    [Fact]
    public async Task A_bad_order_is_reported_with_its_places_and_others_are_taken()
    {
        var report = await shop.Import(
            "orders",
            JsonSerializer.Serialize(ImportedRow.Open("GOOD-1")),
            JsonSerializer.Serialize(ImportedRow.Open("BAD-1", ("lines", ImportedRow.OneLine("NOTHING")), ("user", "nobody"), ("supplier", "nobody"))),
            JsonSerializer.Serialize(ImportedRow.Open("BAD-2", ("company", "nobody"))),
            JsonSerializer.Serialize(ImportedRow.Open("GOOD-2")));

        Assert.Equal(
            """
            {"row":2,"status":"FAILED","key":"BAD-1","errors":[{"code":"NOT_FOUND","message":"There is no supplier \"nobody\".","path":["supplier"]},{"code":"NOT_FOUND","message":"There is no user \"nobody\".","path":["user"]}]}
            {"row":3,"status":"FAILED","key":"BAD-2","errors":[{"code":"NOT_FOUND","message":"There is no company \"nobody\".","path":["company"]}]}
            {"received":4,"applied":2,"skipped":0,"failed":2}
            """,
            string.Join('\n', report.Select(line => line.GetRawText())));
        foreach (var (number, isThere) in new[] { ("GOOD-1", true), ("BAD-1", false), ("BAD-2", false), ("GOOD-2", true) })
        {
            Assert.Equal(isThere, (await shop.Admin($"{{ order(number: \"{number}\") {{ id }} }}")).GetProperty("order").ValueKind == JsonValueKind.Object);
        }

        await shop.AssertBooks();
    }

    public static TheoryData<string, object?, string> Bad => new()
    {
        { "number", "", "INVALID_VALUE number" },
        { "number", "BLANK ", "INVALID_VALUE number" },
        { "number", new string('9', 41), "INVALID_VALUE number" },
        { "unit", "nowhere", "NOT_FOUND unit" },
        { "placedAt", "2026-03-01T12:06:00Z", "INVALID_VALUE placedAt" },
        { "confirmedAt", "2024-04-30T00:00:00Z", "INVALID_VALUE confirmedAt" },
        { "completedAt", "2024-06-01T00:00:00Z", "INVALID_VALUE completedAt" },
        { "cancelledAt", "2024-06-01T00:00:00Z", "INVALID_VALUE cancelledAt" },
        { "costCenter", "CC ", "INVALID_VALUE costCenter" },
        { "note", "", "INVALID_VALUE note" },
        { "amountPaid", "-1", "INVALID_VALUE amountPaid" },
        { "shipping", new { amount = "-1" }, "INVALID_VALUE shipping.amount" },
        { "shipTo", new { name = "", lines = Array.Empty<string>(), city = "Denver", country = "USA" }, "INVALID_VALUE shipTo.name, INVALID_VALUE shipTo.lines, INVALID_VALUE shipTo.country" },
        { "billTo", new { name = "A", lines = new[] { "1" }, city = "Denver", country = "US", region = " X" }, "INVALID_VALUE billTo.region" },
        { "taxes", new[] { new { name = "VAT", ratePercent = "19", net = "0", tax = "1" } }, "INVALID_VALUE taxes.0.ratePercent" },
        { "taxes", new[] { new { name = "", ratePercent = "0", net = "-1", tax = "-1" } }, "INVALID_VALUE taxes.0.net, INVALID_VALUE taxes.0.tax" },
        { "lines", Array.Empty<object>(), "INVALID_VALUE lines" },
        { "lines", ImportedRow.OneLine(quantity: 0), "INVALID_VALUE lines.0.quantity" },
        { "lines", ImportedRow.OneLine("NOTHING"), "NOT_FOUND lines.0.sku" },
        { "lines", Line(new { sku = "TOOL-001-S", name = "A", quantity = 1, unitPrice = "-1" }), "INVALID_VALUE lines.0.unitPrice" },
        { "lines", Line(new { sku = "TOOL-001-S", name = "A", quantity = 1, unitPrice = "1", total = "-1" }), "INVALID_VALUE lines.0.total" },
        { "lines", Line(new { sku = "TOOL-001-S", name = "", quantity = 1, unitPrice = "1", unitOfMeasure = "" }), "INVALID_VALUE lines.0.name, INVALID_VALUE lines.0.unitOfMeasure" },
        { "lines", Line(new { sku = "TOOL-001-S", name = "A", quantity = 1, unitPrice = "1", cancelled = 2 }), "INVALID_VALUE lines.0.cancelled" },
        { "lines", Line(new { sku = "TOOL-001-S", name = "A", quantity = 1, unitPrice = "1", cancelled = 1 }), "INVALID_VALUE cancelledAt" },
        { "lines", Line(new { sku = "TOOL-001-S", name = "A", quantity = 1, unitPrice = "1", promisedOn = "2024-04-30" }), "INVALID_VALUE lines.0.promisedOn" },
        { "lines", Line(new { sku = "TOOL-001-S", name = "A", quantity = 900_000_000, unitPrice = "90000000000000" }), "AMOUNT_OVERFLOW lines.0.total" },
        { "lines", new[] { new { sku = "TOOL-001-S", name = "A", quantity = 1, unitPrice = "99999999999999" }, new { sku = "TOOL-002-S", name = "A", quantity = 1, unitPrice = "99999999999999" } }, "AMOUNT_OVERFLOW lines" },
        { "shipments", Sent(new { shippedAt = "2024-04-30T00:00:00Z", lines = One(1) }), "INVALID_VALUE shipments.0.shippedAt" },
        { "shipments", Sent(new { shippedAt = "2026-03-02T00:00:00Z", lines = One(1) }), "INVALID_VALUE shipments.0.shippedAt" },
        { "shipments", Sent(new { shippedAt = "2024-05-02T00:00:00Z", deliveredAt = "2024-05-01T20:00:00Z", lines = One(1) }), "INVALID_VALUE shipments.0.deliveredAt" },
        { "shipments", Sent(new { shippedAt = "2024-05-02T00:00:00Z", expectedDeliveryDate = "2024-05-01", lines = One(1) }), "INVALID_VALUE shipments.0.expectedDeliveryDate" },
        { "shipments", Sent(new { shippedAt = "2024-05-02T00:00:00Z", carrier = "", trackingNumbers = new[] { new { number = "", url = "x" } }, lines = One(1) }), "INVALID_VALUE shipments.0.carrier, INVALID_VALUE shipments.0.trackingNumbers.0.number, INVALID_VALUE shipments.0.trackingNumbers.0.url" },
        { "shipments", Sent(new { shippedAt = "2024-05-02T00:00:00Z", lines = One(0) }), "INVALID_VALUE shipments.0.lines.0.quantity" },
        { "shipments", Sent(new { shippedAt = "2024-05-02T00:00:00Z", lines = One(2) }), "INVALID_VALUE lines.0.quantity" },
        { "shipments", Sent(new { shippedAt = "2024-05-02T00:00:00Z", lines = Array.Empty<object>() }), "INVALID_VALUE shipments.0.lines" },
        { "shipments", Sent(new { shippedAt = "2024-05-02T00:00:00Z", lines = Line(new { quantity = 1 }) }), "INVALID_VALUE shipments.0.lines.0" },
        { "shipments", Sent(new { shippedAt = "2024-05-02T00:00:00Z", lines = Line(new { quantity = 1, line = 1 }) }), "NOT_FOUND shipments.0.lines.0.line" },
        { "shipments", Sent(new { shippedAt = "2024-05-02T00:00:00Z", lines = Line(new { quantity = 1, sku = "TOOL-002-S" }) }), "NOT_FOUND shipments.0.lines.0.sku" },
        { "shipments", Sent(new { shippedAt = "2024-05-02T00:00:00Z", lines = Line(new { quantity = 1, line = 0, rejected = 1 }) }), "INVALID_VALUE shipments.0.lines.0.rejected" },
        { "shipments", Sent(new { shippedAt = "2024-05-02T00:00:00Z", deliveredAt = "2024-05-03T00:00:00Z", lines = Line(new { quantity = 1, line = 0, rejected = 2 }) }), "INVALID_VALUE shipments.0.lines.0.rejected" },
        { "shipments", Sent(new { shippedAt = "2024-05-02T00:00:00Z", lines = new[] { new { quantity = 1, line = 0 }, new { quantity = 1, line = 0 } } }), "DUPLICATE_ROW shipments.0.lines.1" },
        { "shipments", Sent(new { externalId = "X", shippedAt = "2024-05-02T00:00:00Z", lines = One(1) }, new { externalId = "X", shippedAt = "2024-05-02T00:00:00Z", lines = One(1) }), "DUPLICATE_ROW shipments.1.externalId" },
    };

    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(Bad))]
    public async Task A_bad_field_is_named(string field, object? value, string expected)
    {
        var report = await shop.Import("orders", JsonSerializer.Serialize(ImportedRow.Open("FIELD-1", (field, value))));

        Assert.Equal(expected, Errors(report[0]));
        Assert.Equal("""{"order":null}""", (await shop.Admin("{ order(number: \"FIELD-1\") { id } }")).GetRawText());
    }

    [Fact]
    public async Task Who_bought_when_and_in_which_currency_never_changes()
    {
        await shop.ImportRows("orders", ImportedRow.Open("STAYS-1"));

        Assert.Equal("INVALID_VALUE company", await Refused(ImportedRow.Open("STAYS-1", ("company", "rival"))));
        Assert.Equal("INVALID_VALUE currency", await Refused(ImportedRow.Open("STAYS-1", ("currency", "EUR"))));
        Assert.Equal("INVALID_VALUE placedAt", await Refused(ImportedRow.Open("STAYS-1", ("placedAt", "2024-05-01T08:00:01Z"))));
        Assert.Equal(1, (await shop.Admin("{ order(number: \"STAYS-1\") { version } }")).GetProperty("order").GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task Numbers_of_the_shops_own_orders_given_or_still_to_be_given_are_refused()
    {
        var own = (await shop.Order("number", "ON_ACCOUNT", ("TOOL-045-S", 1m))).GetProperty("number").GetString()!;
        var series = await shop.Staff("upsertOrderNumberSeries", "UpsertOrderNumberSeriesInput", new { series = new[] { new { externalId = "german", market = "de", prefix = "DE{yyyy}-{yy}/", restartsYearly = true, nextNumber = 50 } } }, "series { nextNumber }");
        Assert.Empty(CartShop.Errors(series));

        Assert.Equal("ALREADY_EXISTS number", await Refused(ImportedRow.Open(own)));
        Assert.Equal("ALREADY_EXISTS number", await Refused(ImportedRow.Open("ORD-999999")));
        Assert.Equal("ALREADY_EXISTS number", await Refused(ImportedRow.Open("DE2026-26/000050")));
        Assert.Equal("ALREADY_EXISTS number", await Refused(ImportedRow.Open("DE2027-27/1")));
        await shop.ImportRows(
            "orders", ImportedRow.Open("ORD-"), ImportedRow.Open("ORD-1A"), ImportedRow.Open("ord-999999"), ImportedRow.Open("DE2026-26/000049"), ImportedRow.Open("DE2025-25/000050"), ImportedRow.Open("DE2026-6/000050"));
        await shop.AssertBooks();
    }

    [Fact]
    public async Task A_shipment_of_one_order_is_not_one_of_another()
    {
        object[] sent = [new { externalId = "MINE", shippedAt = "2024-05-02T00:00:00Z", lines = One(1) }];
        var report = await shop.Import("orders", JsonSerializer.Serialize(ImportedRow.Open("MINE-1", ("shipments", sent))), JsonSerializer.Serialize(ImportedRow.Open("MINE-2", ("shipments", sent))));

        Assert.Equal("ALREADY_EXISTS shipments.0.externalId", Errors(report[0]));
        Assert.Equal("ALREADY_EXISTS shipments.0.externalId", await Refused(ImportedRow.Open("MINE-3", ("shipments", sent))));
        await shop.AssertBooks();
    }

    [Fact]
    public async Task A_variant_on_several_lines_is_named_by_its_line()
    {
        object[] lines = [.. ImportedRow.OneLine(), .. ImportedRow.OneLine()];

        Assert.Equal(
            "INVALID_VALUE shipments.0.lines.0.sku",
            await Refused(ImportedRow.Open("NAMED-1", ("lines", lines), ("shipments", Sent(new { shippedAt = "2024-05-02T00:00:00Z", lines = Line(new { quantity = 1, sku = "TOOL-001-S" }) })))));
    }

    [Fact]
    public async Task Importing_orders_needs_the_permission_to_write_them()
    {
        var key = await shop.CreateStaffKey("imports", Permission.ImportsWrite, Permission.OrdersRead);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/imports/orders") { Content = new StringContent("{}", System.Text.Encoding.UTF8, "application/x-ndjson") };
        request.Headers.Add("X-Api-Key", key);

        using var response = await shop.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(System.Net.HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("ORDERS_WRITE", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static object[] Line(object line) => [line];

    private static object[] One(int quantity) => [new { line = 0, quantity }];

    private static object[] Sent(params object[] shipments) => shipments;

    private async Task<string> Refused(Dictionary<string, object?> row) => Errors((await shop.Import("orders", JsonSerializer.Serialize(row)))[0]);

    private static string Errors(JsonElement line) => string.Join(", ", line.GetProperty("errors").EnumerateArray().Select(CartShop.Error));
}
