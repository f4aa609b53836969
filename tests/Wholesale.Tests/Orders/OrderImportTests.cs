using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Wholesale.Orders;
using Wholesale.Platform.Events;
using Wholesale.Tests.Carts;

namespace Wholesale.Tests.Orders;

/// <summary>Orders that were taken elsewhere, as both sides see them.</summary>
public sealed class OrderImportTests(LifeShop shop) : IClassFixture<LifeShop>
{
    private const string Quantities = "lines { edges { node { sku quantity shippedQuantity deliveredQuantity rejectedQuantity cancelledQuantity openQuantity } } }";

    private const string Happened = "timeline { edges { node { kind by status } } }";

    [Fact]
    public async Task A_buyer_sees_what_it_ordered_elsewhere_like_any_other_order_and_others_do_not()
    {
        var credit = await shop.ReservedCredit();

        await Import(ImportedRow.Of("ERP-1", ("sourceRevision", 5)));

        var order = await Read("ERP-1", $$"""
            id source status placedAt confirmedAt purchaseOrderNumber paymentMethod paymentStatus user { externalId } unit { externalId } shipTo { city } lineCount
            subtotal { amount } shipping { method total { amount } } tax { total { amount } lines { name ratePercent treatment net { amount } } } total { amount } cancelledTotal { amount } amountDue { amount }
            deliveryDates { promisedOn deliveredOn isMet }
            fulfillments { number status warehouse { externalId } lines { line { sku } quantity shippedQuantity cancelledQuantity openQuantity } }
            shipments { externalId status shippedAt deliveredAt carrier trackingNumbers { number } lines { line { sku } quantity } }
            lines { edges { node { name unitOfMeasure unitPrice { amount } total { amount } taxRatePercent note promises { date } deliveryDates { promisedOn } variant { sku } } } }
            version {{Happened}}
            """);
        Assert.Equal(
            """{"source":"IMPORT","status":"SHIPPED","placedAt":"2024-05-01T08:00:00Z","confirmedAt":"2024-05-02T08:00:00Z","purchaseOrderNumber":"PO 7","paymentMethod":"ON_ACCOUNT","paymentStatus":"ON_ACCOUNT","user":{"externalId":"buyer"},"unit":{"externalId":"hq"},"shipTo":{"city":"Denver"},"lineCount":2,"subtotal":{"amount":"143.46"},"shipping":{"method":null,"total":{"amount":"7.50"}},"tax":{"total":{"amount":"11.4768"},"lines":[{"name":"Sales tax 8 %","ratePercent":"8","treatment":"TAXED","net":{"amount":"143.46"}}]},"total":{"amount":"162.4368"},"cancelledTotal":{"amount":"5.3968"},"amountDue":{"amount":"157.04"},"deliveryDates":{"promisedOn":"2024-05-10","deliveredOn":null,"isMet":false},"fulfillments":[{"number":"ERP-1-1","status":"SHIPPED","warehouse":null,"lines":[{"line":{"sku":"TOOL-001-S"},"quantity":10,"shippedQuantity":10,"cancelledQuantity":0,"openQuantity":0},{"line":{"sku":"TOOL-002-S"},"quantity":4,"shippedQuantity":3,"cancelledQuantity":1,"openQuantity":0}]}],"shipments":[{"externalId":"ERP-1/A","status":"DELIVERED","shippedAt":"2024-05-03T08:00:00Z","deliveredAt":"2024-05-08T08:00:00Z","carrier":"Roadrunner","trackingNumbers":[{"number":"RR 1"}],"lines":[{"line":{"sku":"TOOL-001-S"},"quantity":6}]},{"externalId":null,"status":"IN_TRANSIT","shippedAt":"2024-05-04T08:00:00Z","deliveredAt":null,"carrier":null,"trackingNumbers":[],"lines":[{"line":{"sku":"TOOL-001-S"},"quantity":4},{"line":{"sku":"TOOL-002-S"},"quantity":3}]}],"lines":{"edges":[{"node":{"name":"Tool of old","unitOfMeasure":"pcs","unitPrice":{"amount":"12.3456"},"total":{"amount":"123.46"},"taxRatePercent":"8","note":null,"promises":[],"deliveryDates":{"promisedOn":"2024-05-10"},"variant":{"sku":"TOOL-001-S"}}},{"node":{"name":"Tool 002","unitOfMeasure":"box","unitPrice":{"amount":"5.00"},"total":{"amount":"20.00"},"taxRatePercent":"8","note":"Blue ones","promises":[],"deliveryDates":{"promisedOn":null},"variant":{"sku":"TOOL-002-S"}}}]},"version":1,"timeline":{"edges":[{"node":{"kind":"IMPORTED","by":"SELLER","status":"SHIPPED"}}]}}""",
            Without(order, "id"));
        var id = order.GetProperty("id").GetString();
        foreach (var other in new[] { shop.Second, shop.Rival, shop.Spielwaren })
        {
            Assert.Equal("""{"order":null,"node":null}""", (await shop.Data(other, "query($id: ID!) { order(number: \"ERP-1\") { id } node(id: $id) { id } }", new { id })).GetRawText());
        }

        Assert.Equal(credit, await shop.ReservedCredit());
        var key = OrderedProduct.KeyOf("TOOL-001-S", "Tool of old");
        Assert.Equal(1, await Rows(db => db.OrderedProducts.Where(p => p.Key == key)));
        await shop.AssertBooks();
    }

    [Fact]
    public async Task The_same_row_again_changes_nothing_a_newer_one_tells_the_rest_and_an_older_one_is_passed_over()
    {
        var first = ImportedRow.Of("ERP-2", ("sourceRevision", 5));
        await Import(first);
        var (before, events) = (await Read("ERP-2", $"version {Quantities}"), await shop.Events("ORDER_IMPORTED"));

        await Import(first);
        await Import(ImportedRow.Of("ERP-2"));
        Assert.Equal((before.GetRawText(), events), ((await Read("ERP-2", $"version {Quantities}")).GetRawText(), await shop.Events("ORDER_IMPORTED")));

        await Import(ImportedRow.Of(
            "ERP-2",
            ("sourceRevision", 6),
            ("completedAt", "2024-06-01T00:00:00Z"),
            ("note", "By hand"),
            ("amountPaid", "157.04"),
            ("lines", new object[]
            {
                new { sku = "TOOL-002-S", name = "Tool 002", quantity = 4, unitPrice = "5", taxRatePercent = 8 },
                new { sku = "TOOL-003-S", name = "Tool 003", quantity = 1, unitPrice = "1.5", taxRatePercent = 8 },
            }),
            ("shipments", new object[]
            {
                new { externalId = "ERP-2/B", shippedAt = "2024-05-03T08:00:00Z", deliveredAt = "2024-05-09T08:00:00Z", lines = new[] { new { sku = "TOOL-003-S", quantity = 1 } } },
                new { shippedAt = "2024-05-04T08:00:00Z", deliveredAt = "2024-05-06T08:00:00Z", lines = new[] { new { sku = "TOOL-002-S", quantity = 4 } } },
            })));
        var after = await Read("ERP-2", $"status completedAt note paymentStatus amountPaid {{ amount }} total {{ amount }} version shipments {{ externalId status }} fulfillments {{ lines {{ line {{ sku }} shippedQuantity }} }} {Quantities} {Happened}");
        var report = await shop.Import("orders", JsonSerializer.Serialize(first));

        Assert.Equal(
            """{"status":"COMPLETED","completedAt":"2024-06-01T00:00:00Z","note":"By hand","paymentStatus":"PAID","amountPaid":{"amount":"157.04"},"total":{"amount":"40.4768"},"version":2,"shipments":[{"externalId":null,"status":"DELIVERED"},{"externalId":"ERP-2/B","status":"DELIVERED"}],"fulfillments":[{"lines":[{"line":{"sku":"TOOL-002-S"},"shippedQuantity":4},{"line":{"sku":"TOOL-003-S"},"shippedQuantity":1}]}],"lines":{"edges":[{"node":{"sku":"TOOL-002-S","quantity":4,"shippedQuantity":4,"deliveredQuantity":4,"rejectedQuantity":0,"cancelledQuantity":0,"openQuantity":0}},{"node":{"sku":"TOOL-003-S","quantity":1,"shippedQuantity":1,"deliveredQuantity":1,"rejectedQuantity":0,"cancelledQuantity":0,"openQuantity":0}}]},"timeline":{"edges":[{"node":{"kind":"IMPORTED","by":"SELLER","status":"SHIPPED"}},{"node":{"kind":"IMPORTED","by":"SELLER","status":"COMPLETED"}}]}}""",
            after.GetRawText());
        Assert.Equal("SKIPPED", report[0].GetProperty("status").GetString());
        Assert.Equal(2, (await Read("ERP-2", "version")).GetProperty("version").GetInt32());
        await shop.AssertBooks();
    }

    [Fact]
    public async Task Each_status_follows_from_what_became_of_the_lines()
    {
        object[] Sent(int quantity, bool isThere = true) => [new { shippedAt = "2024-05-03T00:00:00Z", deliveredAt = isThere ? "2024-05-04T00:00:00Z" : null, lines = new[] { new { sku = "TOOL-001-S", quantity } } }];
        var three = ("lines", (object?)ImportedRow.OneLine(quantity: 3));
        object[] cancelled = [new { sku = "TOOL-001-S", name = "A", quantity = 3, unitPrice = "10", cancelled = 3 }];
        await Import(
            ImportedRow.Open("ST-PLACED", three),
            ImportedRow.Open("ST-CONFIRMED", three, ("confirmedAt", "2024-05-02T00:00:00Z")),
            ImportedRow.Open("ST-PARTLY_SHIPPED", three, ("shipments", Sent(1))),
            ImportedRow.Open("ST-SHIPPED", three, ("shipments", Sent(3, isThere: false))),
            ImportedRow.Open("ST-DELIVERED", three, ("shipments", Sent(3))),
            ImportedRow.Open("ST-COMPLETED", three, ("shipments", Sent(3)), ("completedAt", "2024-06-01T00:00:00Z")),
            ImportedRow.Open("ST-CANCELLED", ("lines", cancelled), ("cancelledAt", "2024-05-02T00:00:00Z"), ("cancellationNote", "Out of stock")));

        foreach (var status in Enum.GetValues<OrderStatus>().Select(status => JsonNamingPolicy.SnakeCaseUpper.ConvertName(status.ToString())))
        {
            Assert.Equal(status, (await Read($"ST-{status}", "status")).GetProperty("status").GetString());
        }

        Assert.Equal(
            """{"confirmedAt":"2024-05-03T00:00:00Z"}""", (await Read("ST-DELIVERED", "confirmedAt")).GetRawText());
        Assert.Equal(
            """{"cancelledAt":"2024-05-02T00:00:00Z","cancellationNote":"Out of stock","cancelledTotal":{"amount":"37.50"},"amountDue":{"amount":"0.00"},"fulfillments":[]}""",
            (await Read("ST-CANCELLED", "cancelledAt cancellationNote cancelledTotal { amount } amountDue { amount } fulfillments { number }")).GetRawText());
        await shop.AssertBooks();
    }

    [Fact]
    public async Task What_becomes_of_it_is_told_by_imports_alone()
    {
        await Import(ImportedRow.Open("LIFE-1", ("supplier", "toolworks")), ImportedRow.Of("LIFE-2", ("supplier", "toolworks")));
        await Import(ImportedRow.Open("LIFE-3", ("shipments", new object[] { new { shippedAt = "2024-05-03T00:00:00Z", deliveredAt = "2024-05-04T00:00:00Z", lines = new[] { new { sku = "TOOL-001-S", quantity = 1 } } } })));
        var fields = "id version fulfillments { id supplier { externalId } } shipments { id }";
        async Task<JsonElement> Staff(string number) => (await shop.Admin($"{{ order(number: \"{number}\") {{ source supplier {{ externalId }} {fields} }} }}")).GetProperty("order");
        var (placed, sent) = (await Staff("LIFE-1"), await Staff("LIFE-2"));
        Assert.Equal("""{"externalId":"toolworks"}""", sent.GetProperty("supplier").GetRawText());
        var (orderId, fulfillmentId, shipmentId) = (placed.GetProperty("id").GetString(), sent.GetProperty("fulfillments")[0].GetProperty("id").GetString(), sent.GetProperty("shipments")[1].GetProperty("id").GetString());
        var delivered = (await Staff("LIFE-3")).GetProperty("id").GetString();

        JsonElement[] refused =
        [
            await shop.Confirm(new { orderId }),
            await shop.Ship(new { fulfillmentId }),
            await shop.Staff("updateShipment", "UpdateShipmentInput", new { shipmentId, carrier = "Other" }, "shipment { id }"),
            await shop.Deliver(new { shipmentId }),
            await shop.Staff("setSupplierOrderNumber", "SetSupplierOrderNumberInput", new { fulfillmentId, supplierOrderNumber = "T" }, "fulfillment { id }"),
            await shop.Cancel(shop.Acme, new { orderId }),
            await shop.Cancel(shop.StaffKey, new { orderId }),
            await shop.Staff("completeOrder", "CompleteOrderInput", new { orderId = delivered }, "order { status }"),
        ];
        var paid = await shop.Staff("recordPayment", "RecordPaymentInput", new { externalId = "P-LIFE", orderNumber = "LIFE-1", amount = "1", currency = "USD", receivedOn = "2026-03-01" }, "payment { id }");
        var ofAnother = await shop.Staff("recordPayment", "RecordPaymentInput", new { externalId = "P-LIFE", company = "rival", orderNumber = "LIFE-1", amount = "1", currency = "USD", receivedOn = "2026-03-01" }, "payment { id }");
        await using var scope = shop.Services.CreateAsyncScope();
        var closed = await DeliveredOrders.Complete(
            scope.ServiceProvider.GetRequiredService<WholesaleDb>(), scope.ServiceProvider.GetRequiredService<Writes>(), shop.Clock.GetUtcNow().UtcDateTime, TimeSpan.FromDays(14), TestContext.Current.CancellationToken);

        Assert.All(refused, payload => Assert.Equal(["ORDER_IS_IMPORTED"], CartShop.Errors(payload)));
        Assert.Equal(["ORDER_IS_IMPORTED orderNumber"], CartShop.Errors(paid));
        Assert.Equal(["NOT_FOUND orderNumber"], CartShop.Errors(ofAnother));
        Assert.Equal(0, closed);
        Assert.Equal((placed.GetRawText(), sent.GetRawText()), ((await Staff("LIFE-1")).GetRawText(), (await Staff("LIFE-2")).GetRawText()));
        await shop.AssertBooks();
    }

    [Fact]
    public async Task An_order_may_have_a_variant_on_several_lines_which_stay_what_they_are()
    {
        object[] Lines(int second) => [new { sku = "TOOL-001-S", name = "A", quantity = 2, unitPrice = "1" }, new { sku = "TOOL-001-S", name = "B", quantity = second, unitPrice = "2", cancelled = 1 }];
        object[] sent = [new { shippedAt = "2024-05-03T00:00:00Z", lines = new object[] { new { line = 0, quantity = 2 }, new { line = 1, quantity = 1 } } }];
        await Import(ImportedRow.Open("TWICE-1", ("lines", Lines(2)), ("shipments", sent)));
        const string Fields = "lines { edges { node { id name quantity shippedQuantity cancelledQuantity } } }";
        var before = await Read("TWICE-1", Fields);

        await Import(ImportedRow.Open("TWICE-1", ("lines", Lines(3)), ("shipments", sent)));

        Assert.Equal(
            before.GetRawText().Replace("\"B\",\"quantity\":2", "\"B\",\"quantity\":3", StringComparison.Ordinal),
            (await Read("TWICE-1", Fields)).GetRawText());
        await shop.AssertBooks();
    }

    [Fact]
    public async Task Orders_of_the_shop_tell_who_placed_them_and_the_one_supplier_that_sends_all_of_them()
    {
        var one = await shop.Order(("TOOL-043-S", 1m));
        var two = await shop.Order(("TOOL-043-S", 1m), ("TOOL-044-S", 1m));
        foreach (var orderId in new[] { one, two })
        {
            Assert.Empty(CartShop.Errors(await shop.Confirm(new { orderId })));
        }

        async Task<string> Staff(string id) => (await shop.Admin("query($id: ID!) { order(id: $id) { source supplier { externalId } } }", new { id })).GetProperty("order").GetRawText();
        Assert.Equal("""{"source":"STOREFRONT","supplier":{"externalId":"toolworks"}}""", await Staff(one));
        Assert.Equal("""{"source":"STOREFRONT","supplier":null}""", await Staff(two));
        var (_, hidden) = await shop.Ask(shop.Acme, "{ __type(name: \"Order\") { fields { name } } }");
        Assert.DoesNotContain("supplier", hidden, StringComparison.OrdinalIgnoreCase);
        await shop.AssertBooks();
    }

    [Fact(SkipType = typeof(SqlServerForTests), SkipWhen = nameof(SqlServerForTests.IsUsed), Skip = SqlServerForTests.OfSqliteAlone)]
    public async Task A_chunk_takes_as_many_statements_however_many_orders_it_has()
    {
        await Import(ImportedRow.Of("COUNT-WARM"));
        IEnumerable<string> Rows(string prefix, int count, int revision) =>
            Enumerable.Range(1, count).Select(i => JsonSerializer.Serialize(ImportedRow.Of($"{prefix}-{i.ToString(CultureInfo.InvariantCulture)}", ("sourceRevision", revision), ("note", $"{revision}"))));

        var one = await shop.Statements(() => Take(Rows("ONE", 1, 1)));
        var many = await shop.Statements(() => Take(Rows("MANY", 200, 1)));
        var oneAgain = await shop.Statements(() => Take(Rows("ONE", 1, 2)));
        var manyAgain = await shop.Statements(() => Take(Rows("MANY", 200, 2)));

        Assert.Equal((one, oneAgain), (many, manyAgain));
        Assert.InRange(oneAgain, 10, 40);
        await shop.AssertBooks();

        async Task Take(IEnumerable<string> rows)
        {
            var report = await shop.Import("orders", rows);
            Assert.True(report.Count == 1, report[0].GetRawText());
        }
    }

    private Task Import(params Dictionary<string, object?>[] rows) => shop.ImportRows("orders", [.. rows]);

    private async Task<JsonElement> Read(string number, string fields) =>
        (await shop.Data(shop.Acme, $"query($number: String!) {{ order(number: $number) {{ {fields} }} }}", new { number })).GetProperty("order");

    private async Task<int> Rows<T>(Func<WholesaleDb, IQueryable<T>> rows)
    {
        await using var scope = shop.Services.CreateAsyncScope();
        return await rows(scope.ServiceProvider.GetRequiredService<WholesaleDb>()).CountAsync();
    }

    private static string Without(JsonElement thing, params string[] fields) =>
        JsonSerializer.Serialize(thing.EnumerateObject().Where(field => !fields.Contains(field.Name)).ToDictionary(field => field.Name, field => field.Value));
}
