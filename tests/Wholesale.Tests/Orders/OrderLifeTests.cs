using System.Globalization;
using System.Text.Json;
using Wholesale.Tests.Carts;

namespace Wholesale.Tests.Orders;

/// <summary>What happens to an order after it was placed, as both sides see it.</summary>
public sealed class OrderLifeTests(LifeShop shop) : IClassFixture<LifeShop>
{
    private const string Quantities = "lines { edges { node { sku quantity shippedQuantity deliveredQuantity cancelledQuantity openQuantity backorderedQuantity } } }";

    private const string Happened = "timeline { edges { node { kind by status shipment { externalId } reason } } }";

    [Fact]
    public async Task An_order_goes_its_way_and_its_buyer_sees_each_step()
    {
        var (onHand, reserved) = await Level("TOOL-045-S", "denver");
        var id = await shop.Order(("TOOL-045-S", 10m), ("TOOL-003-S", 10m));

        var confirmed = await shop.Confirm(new { orderId = id, deliveryDate = "2026-03-10", lines = new[] { new { sku = "TOOL-003-S", deliveryDate = "2026-03-12" } } }, """
            order {
              status confirmedAt deliveryDates { requestedOn promisedOn deliveredOn isMet }
              fulfillments { id number status warehouse { externalId } supplier { externalId } lines { line { sku } quantity openQuantity } }
            }
            """);
        var fulfillments = confirmed.GetProperty("order").GetProperty("fulfillments").EnumerateArray().ToList();
        Assert.Equal(
            """{"status":"CONFIRMED","confirmedAt":"2026-03-01T12:00:00Z","deliveryDates":{"requestedOn":null,"promisedOn":"2026-03-12","deliveredOn":null,"isMet":null}}""",
            Without(confirmed.GetProperty("order"), "fulfillments"));
        Assert.Equal(
            ["""{"status":"OPEN","warehouse":{"externalId":"denver"},"supplier":null,"lines":[{"line":{"sku":"TOOL-045-S"},"quantity":10,"openQuantity":10}]}""", """{"status":"OPEN","warehouse":null,"supplier":null,"lines":[{"line":{"sku":"TOOL-003-S"},"quantity":10,"openQuantity":10}]}"""],
            fulfillments.Select(f => Without(f, "id", "number")));
        Assert.EndsWith("-1", fulfillments[0].GetProperty("number").GetString(), StringComparison.Ordinal);

        var first = await shop.Ship(
            new
            {
                fulfillmentId = fulfillments[0].GetProperty("id").GetString(),
                externalId = "SH-1",
                lines = new[] { new { sku = "TOOL-045-S", quantity = 4 } },
                carrier = "Roadrunner",
                trackingNumbers = new[] { new { number = "RR 1", url = "https://roadrunner.example/RR1" } },
                expectedDeliveryDate = "2026-03-09",
            },
            "shipment { externalId status carrier trackingNumbers { number url } shippedAt expectedDeliveryDate warehouse { externalId } fulfillment { status order { status } } lines { line { sku } quantity } } order { status }");
        Assert.Equal(
            """{"shipment":{"externalId":"SH-1","status":"IN_TRANSIT","carrier":"Roadrunner","trackingNumbers":[{"number":"RR 1","url":"https://roadrunner.example/RR1"}],"shippedAt":"2026-03-01T12:00:00Z","expectedDeliveryDate":"2026-03-09","warehouse":{"externalId":"denver"},"fulfillment":{"status":"PARTLY_SHIPPED","order":{"status":"PARTLY_SHIPPED"}},"lines":[{"line":{"sku":"TOOL-045-S"},"quantity":4}]},"order":{"status":"PARTLY_SHIPPED"},"userErrors":[]}""",
            first.GetRawText());
        Assert.Equal((onHand - 4, reserved + 6), await Level("TOOL-045-S", "denver"));

        await shop.Ship(new { fulfillmentId = fulfillments[0].GetProperty("id").GetString(), externalId = "SH-2" });
        var last = await shop.Ship(new { fulfillmentId = fulfillments[1].GetProperty("id").GetString(), externalId = "SH-3" }, "order { status }");
        Assert.Equal("SHIPPED", last.GetProperty("order").GetProperty("status").GetString());

        foreach (var shipment in new[] { "SH-1", "SH-2" })
        {
            Assert.Equal("SHIPPED", (await shop.Deliver(new { externalId = shipment })).GetProperty("order").GetProperty("status").GetString());
        }

        var delivered = await shop.Deliver(new { externalId = "SH-3" }, "shipment { status deliveredAt } order { status }");
        var completed = await shop.Staff("completeOrder", "CompleteOrderInput", new { orderId = id }, "order { status completedAt }");
        var seen = await shop.Read(id, $$"""
            status deliveryDates { promisedOn deliveredOn isMet } shipments { externalId status } cancelledTotal { amount }
            {{Quantities}} {{Happened}}
            """);

        Assert.Equal("""{"shipment":{"status":"DELIVERED","deliveredAt":"2026-03-01T12:00:00Z"},"order":{"status":"DELIVERED"},"userErrors":[]}""", delivered.GetRawText());
        Assert.Equal("""{"order":{"status":"COMPLETED","completedAt":"2026-03-01T12:00:00Z"},"userErrors":[]}""", completed.GetRawText());
        Assert.Equal(
            """{"status":"COMPLETED","deliveryDates":{"promisedOn":"2026-03-12","deliveredOn":"2026-03-01","isMet":true},"shipments":[{"externalId":"SH-1","status":"DELIVERED"},{"externalId":"SH-2","status":"DELIVERED"},{"externalId":"SH-3","status":"DELIVERED"}],"cancelledTotal":{"amount":"0.00"},"lines":{"edges":[{"node":{"sku":"TOOL-045-S","quantity":10,"shippedQuantity":10,"deliveredQuantity":10,"cancelledQuantity":0,"openQuantity":0,"backorderedQuantity":0}},{"node":{"sku":"TOOL-003-S","quantity":10,"shippedQuantity":10,"deliveredQuantity":10,"cancelledQuantity":0,"openQuantity":0,"backorderedQuantity":0}}]}}""",
            Without(seen, "timeline"));
        Assert.Equal(
            [
                "PLACED by BUYER, PLACED", "CONFIRMED by SELLER, CONFIRMED", "SHIPPED by SELLER, PARTLY_SHIPPED, SH-1", "SHIPPED by SELLER, PARTLY_SHIPPED, SH-2", "SHIPPED by SELLER, SHIPPED, SH-3",
                "DELIVERED by SELLER, SHIPPED, SH-1", "DELIVERED by SELLER, SHIPPED, SH-2", "DELIVERED by SELLER, DELIVERED, SH-3", "COMPLETED by SELLER, COMPLETED",
            ],
            Timeline(seen));
        Assert.Equal((onHand - 10, reserved), await Level("TOOL-045-S", "denver"));
        await shop.AssertBooks();
    }

    [Fact]
    public async Task A_buyer_takes_an_order_back_until_the_seller_has_answered_and_gets_all_back_that_it_took()
    {
        var (credit, stock) = (await shop.ReservedCredit(), await shop.Available("TOOL-045-S"));
        var id = await shop.Order(("TOOL-045-S", 10m), ("TOOL-003-S", 10m));

        var part = await shop.Cancel(shop.Acme, new { orderId = id, lines = new object[] { new { sku = "TOOL-045-S", quantity = 4 } } }, $"order {{ status total {{ amount }} cancelledTotal {{ amount }} cancelledAt {Quantities} }}");
        var reserved = await shop.ReservedCredit();
        var all = await shop.Cancel(shop.Acme, new { orderId = id, note = "Ordered twice." }, "order { status cancelledTotal { amount } cancelledAt cancellationNote }");
        var again = await shop.Cancel(shop.Acme, new { orderId = id });
        var (later, _) = await shop.Confirmed(("TOOL-045-S", 1m));
        var tooLate = await shop.Cancel(shop.Acme, new { orderId = later });

        Assert.Equal(
            """{"order":{"status":"PLACED","total":{"amount":"512.76"},"cancelledTotal":{"amount":"192.64"},"cancelledAt":null,"lines":{"edges":[{"node":{"sku":"TOOL-045-S","quantity":10,"shippedQuantity":0,"deliveredQuantity":0,"cancelledQuantity":4,"openQuantity":6,"backorderedQuantity":0}},{"node":{"sku":"TOOL-003-S","quantity":10,"shippedQuantity":0,"deliveredQuantity":0,"cancelledQuantity":0,"openQuantity":10,"backorderedQuantity":0}}]}},"userErrors":[]}""",
            part.GetRawText());
        Assert.Equal(Number(credit) + 512.76m - 192.64m, Number(reserved));
        Assert.Equal("""{"status":"CANCELLED","cancelledTotal":{"amount":"512.76"},"cancelledAt":"2026-03-01T12:00:00Z","cancellationNote":"Ordered twice."}""", all.GetProperty("order").GetRawText());
        Assert.Equal(["PLACED by BUYER, PLACED", "CANCELLED by BUYER, PLACED, BUYER_REQUEST", "CANCELLED by BUYER, CANCELLED, BUYER_REQUEST"], Timeline(await shop.Read(id, Happened)));
        Assert.Equal(["INVALID_ORDER_STATUS"], CartShop.Errors(again));
        Assert.Equal(["INVALID_ORDER_STATUS"], CartShop.Errors(tooLate));
        await shop.Cancel(shop.StaffKey, new { orderId = later });
        Assert.Equal((credit, stock), (await shop.ReservedCredit(), await shop.Available("TOOL-045-S")));
        await shop.AssertBooks();
    }

    [Fact]
    public async Task A_line_of_what_is_not_sold_any_more_stays_with_its_name_and_has_no_variant()
    {
        var id = await shop.Order(("TOOL-299-L", 1m), ("TOOL-298-L", 1m));
        await shop.ImportRows("products", new { sku = "TOOL-299", status = "ARCHIVED" });

        Assert.Equal(
            """{"lines":{"edges":[{"node":{"sku":"TOOL-299-L","name":"Tool 299","variant":null}},{"node":{"sku":"TOOL-298-L","name":"Tool 298","variant":{"sku":"TOOL-298-L"}}}]}}""",
            (await shop.Read(id, "lines { edges { node { sku name variant { sku } } } }")).GetRawText());
    }

    [Fact]
    public async Task A_short_shipment_leaves_a_backorder_or_cancels_what_cannot_be_had()
    {
        var (id, fulfillments) = await shop.Confirmed(("TOOL-041-S", 8m));
        var promised = await shop.Read(id, $"{Quantities} fulfillments {{ lines {{ quantity }} }}");

        var tooMuch = await shop.Ship(new { fulfillmentId = fulfillments[0], lines = new[] { new { sku = "TOOL-041-S", quantity = 8 } } });
        var first = await shop.Ship(new { fulfillmentId = fulfillments[0], lines = new[] { new { sku = "TOOL-041-S", quantity = 5 } } }, $"order {{ status {Quantities} }}");
        var received = await shop.Staff("receiveIncomingSupply", "ReceiveIncomingSupplyInput", new { externalId = "PO-1", quantity = 2 }, "stockLevel { onHand reserved }");
        var second = await shop.Ship(
            new { fulfillmentId = fulfillments[0], lines = new[] { new { sku = "TOOL-041-S", quantity = 2 } }, cancelRest = true },
            $"order {{ status cancelledTotal {{ amount }} {Quantities} fulfillments {{ status lines {{ shippedQuantity cancelledQuantity }} }} }}");

        Assert.Equal("""{"lines":{"edges":[{"node":{"sku":"TOOL-041-S","quantity":8,"shippedQuantity":0,"deliveredQuantity":0,"cancelledQuantity":0,"openQuantity":8,"backorderedQuantity":3}}]},"fulfillments":[{"lines":[{"quantity":8}]}]}""", promised.GetRawText());
        Assert.Equal(["INSUFFICIENT_STOCK lines.0.quantity"], CartShop.Errors(tooMuch));
        Assert.Equal("""{"status":"PARTLY_SHIPPED","lines":{"edges":[{"node":{"sku":"TOOL-041-S","quantity":8,"shippedQuantity":5,"deliveredQuantity":0,"cancelledQuantity":0,"openQuantity":3,"backorderedQuantity":3}}]}}""", first.GetProperty("order").GetRawText());
        Assert.Equal("""{"onHand":2,"reserved":2}""", received.GetProperty("stockLevel").GetRawText());
        Assert.Equal(
            """{"status":"SHIPPED","cancelledTotal":{"amount":"43.97"},"lines":{"edges":[{"node":{"sku":"TOOL-041-S","quantity":8,"shippedQuantity":7,"deliveredQuantity":0,"cancelledQuantity":1,"openQuantity":0,"backorderedQuantity":0}}]},"fulfillments":[{"status":"SHIPPED","lines":[{"shippedQuantity":7,"cancelledQuantity":1}]}]}""",
            second.GetProperty("order").GetRawText());
        Assert.Equal("CANCELLED by SELLER, SHIPPED, OUT_OF_STOCK", Timeline(await shop.Read(id, Happened))[^1]);
        await shop.AssertBooks();
    }

    [Fact]
    public async Task An_order_is_split_by_warehouse_and_by_the_supplier_that_ships_itself_who_stays_unknown_to_the_buyer()
    {
        var id = await shop.Order(("TOOL-044-S", 60m), ("TOOL-043-S", 2m));
        var confirmed = await shop.Confirm(new { orderId = id }, "order { fulfillments { id warehouse { externalId supplier { name } } supplier { externalId } lines { line { sku } quantity } } }");
        var fulfillments = confirmed.GetProperty("order").GetProperty("fulfillments").EnumerateArray().ToList();
        var ids = fulfillments.ConvertAll(f => f.GetProperty("id").GetString());

        var numbered = await shop.Staff("setSupplierOrderNumber", "SetSupplierOrderNumberInput", new { fulfillmentId = ids[2], supplierOrderNumber = "TW-77" }, "fulfillment { supplierOrderNumber }");
        var timeline = Timeline(await shop.Read(id, Happened));
        var nobody = await shop.Staff("setSupplierOrderNumber", "SetSupplierOrderNumberInput", new { fulfillmentId = ids[0], supplierOrderNumber = "TW-78" }, "fulfillment { supplierOrderNumber }");
        var notKept = await shop.Ship(new { fulfillmentId = ids[2], warehouse = "denver" });
        var here = await shop.Ship(new { fulfillmentId = ids[1], warehouse = "denver" }, "shipment { warehouse { externalId } fulfillment { warehouse { externalId } } } order { status }");
        var tooMuch = await shop.Ship(new { fulfillmentId = ids[0] });
        await shop.ImportRows("inventory", new { sku = "TOOL-044-S", warehouse = "denver", onHand = 50 });
        var counted = await shop.Ship(new { fulfillmentId = ids[0] });
        var dropped = await shop.Ship(new { fulfillmentId = ids[2] }, "shipment { warehouse { externalId } } order { status }");
        var (_, hidden) = await shop.Ask(shop.Acme, "{ __type(name: \"Fulfillment\") { fields { name } } }");

        Assert.Equal(
            ["""{"warehouse":{"externalId":"denver","supplier":null},"supplier":null,"lines":[{"line":{"sku":"TOOL-044-S"},"quantity":50}]}""", """{"warehouse":{"externalId":"reno","supplier":null},"supplier":null,"lines":[{"line":{"sku":"TOOL-044-S"},"quantity":10}]}""", """{"warehouse":{"externalId":"toolworks","supplier":{"name":"Toolworks"}},"supplier":{"externalId":"toolworks"},"lines":[{"line":{"sku":"TOOL-043-S"},"quantity":2}]}"""],
            fulfillments.Select(f => Without(f, "id")));
        Assert.Equal("""{"fulfillment":{"supplierOrderNumber":"TW-77"},"userErrors":[]}""", numbered.GetRawText());
        Assert.Equal(["PLACED by BUYER, PLACED", "CONFIRMED by SELLER, CONFIRMED"], timeline);
        Assert.Equal(["INVALID_VALUE supplierOrderNumber"], CartShop.Errors(nobody));
        Assert.Equal(["INSUFFICIENT_STOCK"], CartShop.Errors(notKept));
        Assert.Equal(["INSUFFICIENT_STOCK"], CartShop.Errors(tooMuch));
        Assert.Empty(CartShop.Errors(counted));
        Assert.Equal("""{"shipment":{"warehouse":{"externalId":"denver"},"fulfillment":{"warehouse":{"externalId":"reno"}}},"order":{"status":"PARTLY_SHIPPED"},"userErrors":[]}""", here.GetRawText());
        Assert.Equal((50, 0), await Level("TOOL-044-S", "reno"));
        Assert.Equal("""{"shipment":{"warehouse":{"externalId":"toolworks"}},"order":{"status":"SHIPPED"},"userErrors":[]}""", dropped.GetRawText());
        Assert.DoesNotContain("supplier", hidden, StringComparison.OrdinalIgnoreCase);
        await shop.AssertBooks();
    }

    [Fact]
    public async Task A_shipment_that_is_told_twice_is_one_and_another_under_its_key_is_refused()
    {
        var (_, fulfillments) = await shop.Confirmed(("TOOL-045-S", 10m));
        object Part(string externalId, int quantity) => new { fulfillmentId = fulfillments[0], externalId, lines = new[] { new { sku = "TOOL-045-S", quantity } } };

        var first = await shop.Ship(Part("TWICE-1", 3), "shipment { id } order { version }");
        var second = await shop.Ship(Part("TWICE-1", 3), "shipment { id } order { version }");
        var other = await shop.Ship(Part("TWICE-1", 4), "shipment { id }");
        var (_, others) = await shop.Confirmed(("TOOL-045-S", 3m));
        var elsewhere = await shop.Ship(new { fulfillmentId = others[0], externalId = "TWICE-1" }, "shipment { id }");
        await shop.Deliver(new { externalId = "TWICE-1" });
        var deliveredTwice = await shop.Deliver(new { externalId = "TWICE-1" }, "shipment { status }");

        Assert.Equal(first.GetRawText(), second.GetRawText());
        Assert.Equal(["ALREADY_EXISTS externalId"], CartShop.Errors(other));
        Assert.Equal(["ALREADY_EXISTS externalId"], CartShop.Errors(elsewhere));
        Assert.Equal("""{"shipment":{"status":"DELIVERED"},"userErrors":[]}""", deliveredTwice.GetRawText());
        await shop.AssertBooks();
    }

    [Fact]
    public async Task The_seller_says_more_of_a_shipment_and_the_buyer_hears_of_it()
    {
        var (id, fulfillments) = await shop.Confirmed(("TOOL-045-S", 1m));
        await shop.Ship(new { fulfillmentId = fulfillments[0], externalId = "MORE-1", carrier = "Roadrunner" });

        var changed = await shop.Staff("updateShipment", "UpdateShipmentInput", new { externalId = "MORE-1", trackingNumbers = new[] { new { number = "RR 9" } }, expectedDeliveryDate = "2026-03-05" }, "shipment { carrier trackingNumbers { number url } expectedDeliveryDate }");
        var same = await shop.Staff("updateShipment", "UpdateShipmentInput", new { externalId = "MORE-1", expectedDeliveryDate = "2026-03-05" }, "shipment { fulfillment { order { version } } }");
        var bad = await shop.Staff(
            "updateShipment", "UpdateShipmentInput", new { externalId = "MORE-1", carrier = " ", trackingNumbers = new[] { new { number = "", url = "ftp://x" } } }, "shipment { id }");
        var early = await shop.Staff("updateShipment", "UpdateShipmentInput", new { externalId = "MORE-1", expectedDeliveryDate = "2026-02-28" }, "shipment { id }");
        var seen = await shop.Read(id, Happened);

        Assert.Equal("""{"shipment":{"carrier":"Roadrunner","trackingNumbers":[{"number":"RR 9","url":null}],"expectedDeliveryDate":"2026-03-05"},"userErrors":[]}""", changed.GetRawText());
        Assert.Equal(4, same.GetProperty("shipment").GetProperty("fulfillment").GetProperty("order").GetProperty("version").GetInt32());
        Assert.Equal(["INVALID_VALUE carrier", "INVALID_VALUE trackingNumbers.0.number", "INVALID_VALUE trackingNumbers.0.url"], CartShop.Errors(bad));
        Assert.Equal(["INVALID_VALUE expectedDeliveryDate"], CartShop.Errors(early));
        Assert.Equal("SHIPMENT_CHANGED by SELLER, SHIPPED, MORE-1", Timeline(seen)[^1]);
    }

    [Fact]
    public async Task What_is_asked_for_by_several_ways_is_told_once_by_each()
    {
        var (id, fulfillments) = await shop.Confirmed(("TOOL-045-S", 3m), ("TOOL-003-S", 1m));
        foreach (var quantity in new[] { 1, 2 })
        {
            await shop.Ship(new { fulfillmentId = fulfillments[0], lines = new[] { new { sku = "TOOL-045-S", quantity } } });
        }

        var seen = await shop.Read(id, "shipments { fulfillment { lines { quantity } order { shipments { lines { quantity } } lines { edges { node { sku } } } timeline(first: 3) { edges { node { kind } } pageInfo { hasNextPage } } } } }");

        const string Fulfillment = """{"fulfillment":{"lines":[{"quantity":3}],"order":{"shipments":[{"lines":[{"quantity":1}]},{"lines":[{"quantity":2}]}],"lines":{"edges":[{"node":{"sku":"TOOL-045-S"}},{"node":{"sku":"TOOL-003-S"}}]},"timeline":{"edges":[{"node":{"kind":"PLACED"}},{"node":{"kind":"CONFIRMED"}},{"node":{"kind":"SHIPPED"}}],"pageInfo":{"hasNextPage":true}}}}}""";
        Assert.Equal($$"""{"shipments":[{{Fulfillment}},{{Fulfillment}}]}""", seen.GetRawText());
    }

    [Fact]
    public async Task Where_one_line_of_several_is_not_there_nothing_is_sent()
    {
        await shop.ImportRows("inventory", new { sku = "TOOL-046-S", warehouse = "denver", onHand = 5 });
        var (id, fulfillments) = await shop.Confirmed(("TOOL-045-S", 2m), ("TOOL-046-S", 5m));
        var before = await Level("TOOL-045-S", "denver");
        await shop.ImportRows("inventory", new { sku = "TOOL-046-S", warehouse = "denver", onHand = 1 });

        var all = await shop.Ship(new { fulfillmentId = fulfillments[0] });
        var named = await shop.Ship(new { fulfillmentId = fulfillments[0], lines = new[] { new { sku = "TOOL-045-S" }, new { sku = "TOOL-046-S" } } });

        Assert.Equal(["INSUFFICIENT_STOCK"], CartShop.Errors(all));
        Assert.Equal(["INSUFFICIENT_STOCK lines.1.quantity"], CartShop.Errors(named));
        Assert.Equal(before, await Level("TOOL-045-S", "denver"));
        Assert.Equal("""{"status":"CONFIRMED"}""", (await shop.Read(id, "status")).GetRawText());
        await shop.ImportRows("inventory", new { sku = "TOOL-046-S", warehouse = "denver", onHand = 5 });
        await shop.AssertBooks();
    }

    [Fact]
    public async Task What_is_cancelled_is_what_is_not_there_yet_wherever_the_rest_lies()
    {
        await shop.ImportRows("inventory", new { sku = "TOOL-047-S", warehouse = "denver", onHand = 5 }, new { sku = "TOOL-047-S", warehouse = "reno", onHand = 5 });
        await shop.ImportRows("stock-policies", new { sku = "TOOL-047-S", backorderPolicy = "AGAINST_INCOMING" });
        await shop.ImportRows("incoming-supplies", new { externalId = "PO-47", sku = "TOOL-047-S", warehouse = "denver", expectedOn = "2027-04-01", quantity = 2 });
        var (id, fulfillments) = await shop.Confirmed(("TOOL-047-S", 12m));

        await shop.Cancel(shop.StaffKey, new { orderId = id, lines = new[] { new { sku = "TOOL-047-S", quantity = 2 } } });
        var seen = await shop.Read(id, "fulfillments { warehouse { externalId } lines { quantity openQuantity } } lines { edges { node { backorderedQuantity } } }");
        var sent = await shop.Ship(new { fulfillmentId = fulfillments[1], lines = new[] { new { sku = "TOOL-047-S", quantity = 3 } }, cancelRest = true });
        var last = await shop.Ship(new { fulfillmentId = fulfillments[0] });

        Assert.Equal(
            """{"fulfillments":[{"warehouse":{"externalId":"denver"},"lines":[{"quantity":7,"openQuantity":5}]},{"warehouse":{"externalId":"reno"},"lines":[{"quantity":5,"openQuantity":5}]}],"lines":{"edges":[{"node":{"backorderedQuantity":0}}]}}""",
            seen.GetRawText());
        Assert.Empty(CartShop.Errors(sent));
        Assert.Equal("SHIPPED", last.GetProperty("order").GetProperty("status").GetString());
        Assert.Equal(((0m, 0m), (2m, 0m)), (await Level("TOOL-047-S", "denver"), await Level("TOOL-047-S", "reno")));
        await shop.AssertBooks();
    }

    [Fact]
    public async Task A_promise_is_that_of_the_lines_that_are_not_cancelled()
    {
        var id = await shop.Order(("TOOL-045-S", 1m), ("TOOL-003-S", 1m));
        await shop.Confirm(new { orderId = id, lines = new[] { new { sku = "TOOL-045-S", deliveryDate = "2027-03-10" }, new { sku = "TOOL-003-S", deliveryDate = "2027-03-20" } } });

        var cancelled = await shop.Cancel(shop.StaffKey, new { orderId = id, lines = new[] { new { sku = "TOOL-003-S", quantity = 1 } } }, "order { deliveryDates { promisedOn } }");

        Assert.Equal("""{"order":{"deliveryDates":{"promisedOn":"2027-03-10"}},"userErrors":[]}""", cancelled.GetRawText());
    }

    [Fact]
    public async Task What_cannot_be_is_refused_and_the_place_is_named()
    {
        var (id, fulfillments) = await shop.Confirmed(("TOOL-045-S", 5m), ("TOOL-003-S", 1m));
        var placed = await shop.Order(("TOOL-045-S", 1m));
        object Lines(params object[] lines) => new { fulfillmentId = fulfillments[0], lines };
        async Task<string> ShipErrors(object input) => string.Join(", ", CartShop.Errors(await shop.Ship(input)));
        async Task<string> ConfirmErrors(object input) => string.Join(", ", CartShop.Errors(await shop.Confirm(input)));
        async Task<string> CancelErrors(object input) => string.Join(", ", CartShop.Errors(await shop.Cancel(shop.StaffKey, input)));

        Assert.Equal("QUANTITY_NOT_OPEN lines.0.quantity", await ShipErrors(Lines(new { sku = "TOOL-045-S", quantity = 6 })));
        Assert.Equal("INVALID_VALUE lines.0.quantity", await ShipErrors(Lines(new { sku = "TOOL-045-S", quantity = 0 })));
        Assert.Equal("QUANTITY_NOT_OPEN lines.0.quantity", await ShipErrors(Lines(new { sku = "TOOL-003-S", quantity = 1 })));
        Assert.Equal("NOT_FOUND lines.0.sku", await ShipErrors(Lines(new { sku = "TOOL-099-S", quantity = 1 })));
        Assert.Equal("DUPLICATE_ROW lines.1", await ShipErrors(Lines(new { sku = "TOOL-045-S", quantity = 1 }, new { sku = "TOOL-045-S", quantity = 1 })));
        Assert.Equal("INVALID_VALUE lines.0", await ShipErrors(Lines(new { quantity = 1 })));
        Assert.Equal("QUANTITY_NOT_OPEN lines", await ShipErrors(Lines()));
        Assert.Equal("NOT_FOUND warehouse", await ShipErrors(new { fulfillmentId = fulfillments[0], warehouse = "nowhere" }));
        Assert.Equal("NOT_FOUND fulfillmentId", await ShipErrors(new { fulfillmentId = id }));
        Assert.Equal("INVALID_VALUE shippedAt", await ShipErrors(new { fulfillmentId = fulfillments[0], shippedAt = "2026-02-28T00:00:00Z" }));
        Assert.Equal("INVALID_VALUE shippedAt", await ShipErrors(new { fulfillmentId = fulfillments[0], shippedAt = shop.Clock.GetUtcNow().AddMinutes(6).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) }));
        Assert.Equal("CONFLICT expectedVersion", await ShipErrors(new { fulfillmentId = fulfillments[0], expectedVersion = 1 }));
        Assert.Equal("TOO_MANY_ROWS trackingNumbers", await ShipErrors(new { fulfillmentId = fulfillments[0], trackingNumbers = Enumerable.Range(0, 101).Select(i => new { number = $"{i}" }) }));
        Assert.Equal("INVALID_ORDER_STATUS", await ConfirmErrors(new { orderId = id }));
        Assert.Equal("INVALID_VALUE deliveryDate", await ConfirmErrors(new { orderId = placed, deliveryDate = "2026-02-01" }));
        Assert.Equal("NOT_FOUND lines.0.sku", await ConfirmErrors(new { orderId = placed, lines = new[] { new { sku = "X", deliveryDate = "2026-03-05" } } }));
        Assert.Equal("CONFLICT expectedVersion", await ConfirmErrors(new { orderId = placed, expectedVersion = 7 }));
        Assert.Equal("QUANTITY_NOT_OPEN lines.0.quantity", await CancelErrors(new { orderId = placed, lines = new[] { new { sku = "TOOL-045-S", quantity = 1.5 } } }));
        Assert.Equal("INVALID_VALUE note", await CancelErrors(new { orderId = placed, note = new string('x', 1001) }));
        Assert.Equal(["INVALID_ORDER_STATUS"], CartShop.Errors(await shop.Staff("completeOrder", "CompleteOrderInput", new { orderId = id }, "order { id }")));
        Assert.Equal(["INVALID_VALUE"], CartShop.Errors(await shop.Deliver(new { })));
        Assert.Equal(["NOT_FOUND externalId"], CartShop.Errors(await shop.Deliver(new { externalId = "nothing" })));
        Assert.Equal("""{"status":"CONFIRMED","shipments":[]}""", (await shop.Read(id, "status shipments { id }")).GetRawText());
        await shop.AssertBooks();
    }

    [Fact]
    public async Task Nobody_changes_what_is_anothers_and_who_only_reads_changes_nothing()
    {
        var id = await shop.Order(("TOOL-045-S", 1m));
        var input = new { input = new { orderId = id } };
        const string Cancel = "mutation($input: CancelOrderInput!) { cancelOrder(input: $input) { order { id } userErrors { code path } } }";

        var colleague = await shop.Data(shop.Second, Cancel, input);
        var rival = await shop.Data(shop.Rival, Cancel, input);
        var (_, reader) = await shop.Ask(shop.OrdersReader, Cancel, input, "/admin/graphql");
        var (_, buyer) = await shop.Ask(shop.Acme, "mutation($input: ConfirmOrderInput!) { confirmOrder(input: $input) { order { id } } }", input);

        const string Unknown = """{"cancelOrder":{"order":null,"userErrors":[{"code":"NOT_FOUND","path":["orderId"]}]}}""";
        Assert.Equal((Unknown, Unknown), (colleague.GetRawText(), rival.GetRawText()));
        Assert.Contains("FORBIDDEN", reader, StringComparison.Ordinal);
        Assert.DoesNotContain("CONFIRMED", buyer, StringComparison.Ordinal);
        Assert.Equal("PLACED", (await shop.Read(id, "status")).GetProperty("status").GetString());
    }

    private static decimal Number(string amount) => decimal.Parse(amount, CultureInfo.InvariantCulture);

    private static string Without(JsonElement thing, params string[] names) =>
        JsonSerializer.Serialize(thing.EnumerateObject().Where(p => !names.Contains(p.Name)).ToDictionary(p => p.Name, p => p.Value));

    private static List<string> Timeline(JsonElement order) =>
    [
        .. order.GetProperty("timeline").GetProperty("edges").EnumerateArray().Select(edge => edge.GetProperty("node")).Select(node =>
            $"{node.GetProperty("kind").GetString()} by {node.GetProperty("by").GetString()}, {node.GetProperty("status").GetString()}"
            + (node.GetProperty("shipment").ValueKind == JsonValueKind.Object && node.GetProperty("shipment").TryGetProperty("externalId", out var key) ? $", {key.GetString()}" : "")
            + (node.GetProperty("reason").GetString() is { } reason ? $", {reason}" : "")),
    ];

    private async Task<(decimal OnHand, decimal Reserved)> Level(string sku, string warehouse)
    {
        var levels = (await shop.Admin("query($sku: String!) { variant(sku: $sku) { stockLevels { onHand reserved warehouse { externalId } } } }", new { sku })).GetProperty("variant").GetProperty("stockLevels");
        var level = levels.EnumerateArray().Single(l => l.GetProperty("warehouse").GetProperty("externalId").GetString() == warehouse);
        return (level.GetProperty("onHand").GetDecimal(), level.GetProperty("reserved").GetDecimal());
    }
}
