using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Wholesale.Tests.Carts;

namespace Wholesale.Tests.Orders;

/// <summary>Orders that are ordered again: what goes into the cart, and what is told of the rest.</summary>
public sealed class ReorderTests(LifeShop shop) : IClassFixture<LifeShop>
{
    private const string Changes = "changes { kind line { sku } quantity unitPriceBefore { amount currency } unitPriceNow { amount currency } } changeCount";

    private const string Everything = "cart { id currency lineCount subtotal { amount } priceChanges { line { sku } } } lines { sku quantity addedUnitPrice { amount } } " + Changes;

    [Fact]
    public async Task All_as_before_is_a_new_cart_of_the_same_lines_and_nothing_is_told()
    {
        var order = await shop.Order(("TOOL-101-L", 2m), ("TOOL-102-L", 12m));

        var payload = await Reorder(new { orderId = order }, Everything);

        Assert.Equal(
            """{"cart":{"currency":"USD","lineCount":2,"subtotal":{"amount":"1424.86"},"priceChanges":[]},"lines":[{"sku":"TOOL-101-L","quantity":2,"addedUnitPrice":{"amount":"101.00"}},{"sku":"TOOL-102-L","quantity":12,"addedUnitPrice":{"amount":"101.905"}}],"changes":[],"changeCount":0,"userErrors":[]}""",
            WithoutId(payload));
        Assert.Empty(CartShop.Errors(await shop.Mutate(shop.Acme, "updateCart", "UpdateCartInput", new { cartId = CartOf(payload), details = new { paymentMethod = "ON_ACCOUNT" } }, "cart { id }")));
        Assert.Empty(CartShop.Errors(await shop.Place(CartOf(payload))));
    }

    [Fact]
    public async Task What_is_dearer_or_cheaper_now_is_told_and_goes_in_at_the_price_of_now()
    {
        var order = await shop.Order(("TOOL-103-L", 2m), ("TOOL-104-L", 3m), ("TOOL-105-L", 1m));
        await shop.SetPrice("TOOL-103-L", "110.50");
        await shop.SetPrice("TOOL-104-L", "99");

        var payload = await Reorder(new { orderId = order }, Everything);

        Assert.Equal(
            """{"cart":{"currency":"USD","lineCount":3,"subtotal":{"amount":"623.00"},"priceChanges":[]},"lines":[{"sku":"TOOL-103-L","quantity":2,"addedUnitPrice":{"amount":"110.50"}},{"sku":"TOOL-104-L","quantity":3,"addedUnitPrice":{"amount":"99.00"}},{"sku":"TOOL-105-L","quantity":1,"addedUnitPrice":{"amount":"105.00"}}],"changes":[{"kind":"PRICE_CHANGED","line":{"sku":"TOOL-103-L"},"quantity":2,"unitPriceBefore":{"amount":"103.00","currency":"USD"},"unitPriceNow":{"amount":"110.50","currency":"USD"}},{"kind":"PRICE_CHANGED","line":{"sku":"TOOL-104-L"},"quantity":3,"unitPriceBefore":{"amount":"104.00","currency":"USD"},"unitPriceNow":{"amount":"99.00","currency":"USD"}}],"changeCount":2,"userErrors":[]}""",
            WithoutId(payload));
    }

    [Fact]
    public async Task What_is_archived_hidden_by_a_view_or_without_price_is_left_out_and_told()
    {
        var order = await shop.Order(("TOOL-110-L", 1m), ("TOOL-111-L", 2m), ("TOOL-112-L", 3m), ("TOOL-113-L", 4m), ("TOOL-113-S", 5m));
        await shop.ImportRows("products", new { sku = "TOOL-110", status = "ARCHIVED" });
        await shop.ImportRows(
            "catalog-views", new { externalId = "but-one", name = "But one", rules = new[] { new { action = "EXCLUDE", sku = "TOOL-111" }, new { action = "EXCLUDE", sku = "TOOL-113-S" } }, assignees = new[] { new { company = "acme" } } });
        await shop.ImportRows("prices", new { priceList = "usd", sku = "TOOL-112-L", minimumQuantity = 1, unitPrice = (string?)null }, new { priceList = "usd", sku = "TOOL-112-L", minimumQuantity = 10, unitPrice = (string?)null });

        var payload = await Reorder(new { orderId = order }, $"lines {{ sku quantity }} {Kinds}");
        var first = await Reorder(new { orderId = order }, "changes(first: 2) { line { sku variant { sku } } } changeCount");

        Assert.Equal("""[{"sku":"TOOL-113-L","quantity":4}]""", payload.GetProperty("lines").GetRawText());
        Assert.Equal(["TOOL-110-L UNAVAILABLE -", "TOOL-111-L UNAVAILABLE -", "TOOL-112-L NO_PRICE -", "TOOL-113-S UNAVAILABLE -"], KindsOf(payload));
        Assert.Empty(CartShop.Errors(payload));
        Assert.Equal("""{"changes":[{"line":{"sku":"TOOL-110-L","variant":null}},{"line":{"sku":"TOOL-111-L","variant":null}}],"changeCount":4,"userErrors":[]}""", first.GetRawText());
    }

    [Fact]
    public async Task No_cart_is_opened_where_nothing_can_be_bought_any_more()
    {
        var order = await shop.Order(("TOOL-115-L", 1m));
        await shop.ImportRows("products", new { sku = "TOOL-115", status = "ARCHIVED" });
        var (carts, events) = (await Carts(), await shop.Events("CART_CHANGED"));

        var payload = await Reorder(new { orderId = order }, $"cart {{ id }} lines {{ sku }} {Kinds}");
        var open = await shop.OpenCart(("TOOL-101-L", 1m));
        var into = await Reorder(new { orderId = order, cartId = open }, $"cart {{ version lineCount }} lines {{ sku }} {Kinds}");

        Assert.Equal("""{"cart":null,"lines":[],"changes":[{"kind":"UNAVAILABLE","line":{"sku":"TOOL-115-L"},"quantity":null}],"userErrors":[]}""", payload.GetRawText());
        Assert.Equal("""{"cart":{"version":2,"lineCount":1},"lines":[],"changes":[{"kind":"UNAVAILABLE","line":{"sku":"TOOL-115-L"},"quantity":null}],"userErrors":[]}""", into.GetRawText());
        Assert.Equal((carts + 1, events + 2), (await Carts(), await shop.Events("CART_CHANGED")));
    }

    [Fact]
    public async Task Where_the_quantity_rule_is_another_the_next_quantity_goes_in_or_the_greatest()
    {
        var order = await shop.Order(("TOOL-120-L", 5m), ("TOOL-121-L", 5m), ("TOOL-122-L", 50m), ("TOOL-123-L", 5m), ("TOOL-124-L", 50m), ("TOOL-125-L", 8m));
        await shop.ImportRows("products", new { sku = "TOOL-124", variants = new[] { new { sku = "TOOL-124-L", quantityIncrement = 8 } } });
        await SetRules(
            new { sku = "TOOL-120-L", minimum = 8 }, new { sku = "TOOL-121-L", increment = 3 }, new { sku = "TOOL-122-L", maximum = 20 }, new { sku = "TOOL-123-L", minimum = 12 },
            new { sku = "TOOL-124-L", maximum = 20 }, new { sku = "TOOL-125-L", minimum = 4, maximum = 12, increment = 4 });

        var payload = await Reorder(new { orderId = order }, $"{Kinds} cart {{ issues {{ code }} }}");

        Assert.Equal(
            ["TOOL-120-L QUANTITY_CHANGED 8", "TOOL-121-L QUANTITY_CHANGED 6", "TOOL-122-L QUANTITY_CHANGED 20", "TOOL-123-L QUANTITY_CHANGED 12", "TOOL-123-L PRICE_CHANGED 12", "TOOL-124-L QUANTITY_CHANGED 16"], KindsOf(payload));
        Assert.Empty(payload.GetProperty("cart").GetProperty("issues").EnumerateArray());
    }

    [Fact]
    public async Task An_open_cart_grows_and_its_lines_are_judged_by_what_they_then_hold()
    {
        var order = await shop.Order(("TOOL-130-L", 4m), ("TOOL-131-L", 9m), ("TOOL-132-L", 9m), ("TOOL-133-L", 2m));
        await SetRules(new { sku = "TOOL-131-L", maximum = 12 }, new { sku = "TOOL-132-L", maximum = 12 }, new { sku = "TOOL-133-L", increment = 5 });
        var cart = await shop.OpenCart(("TOOL-130-L", 3m), ("TOOL-131-L", 5m), ("TOOL-132-L", 12m), ("TOOL-133-L", 5m), ("TOOL-134-L", 1m));

        var payload = await Reorder(new { orderId = order, cartId = cart, expectedVersion = 2 }, $"lines {{ sku quantity }} {Kinds} cart {{ version lineCount }}");
        var stale = await Reorder(new { orderId = order, cartId = cart, expectedVersion = 2 }, $"lines {{ sku quantity }} {Kinds} cart {{ version lineCount }}");

        Assert.Equal("""[{"sku":"TOOL-130-L","quantity":7},{"sku":"TOOL-131-L","quantity":12},{"sku":"TOOL-133-L","quantity":10}]""", payload.GetProperty("lines").GetRawText());
        Assert.Equal(
            ["TOOL-131-L QUANTITY_CHANGED 7", "TOOL-131-L PRICE_CHANGED 7", "TOOL-132-L QUANTITY_CHANGED -", "TOOL-133-L QUANTITY_CHANGED 5", "TOOL-133-L PRICE_CHANGED 5"], KindsOf(payload));
        Assert.Equal("""{"version":3,"lineCount":5}""", payload.GetProperty("cart").GetRawText());
        Assert.Equal(["CONFLICT expectedVersion"], CartShop.Errors(stale));
        Assert.Equal("""{"version":3,"lineCount":5}""", (await shop.Cart(cart, "version lineCount")).GetRawText());
    }

    [Fact]
    public async Task Some_lines_are_named_by_id_or_SKU_in_any_quantity_and_one_that_is_wrong_refuses_all()
    {
        var order = await shop.Order("id lines { edges { node { id } } }", "ON_ACCOUNT", ("TOOL-140-L", 1m), ("TOOL-141-L", 2m), ("TOOL-142-L", 3m));
        var orderId = order.GetProperty("id").GetString();
        var lineId = order.GetProperty("lines").GetProperty("edges")[2].GetProperty("node").GetProperty("id").GetString();
        await shop.Cancel(shop.Acme, new { orderId, lines = new object[] { new { lineId } } });
        var carts = await Carts();

        var bad = await Reorder(
            new
            {
                orderId,
                lines = new object[] { new { sku = "TOOL-140-L" }, new { sku = "TOOL-140-L" }, new { sku = "TOOL-143-L" }, new { lineId = "nonsense" }, new { sku = "TOOL-141-L", quantity = 0 }, new { lineId, sku = "TOOL-142-L" } },
            },
            "cart { id } lines { sku } changeCount");
        var none = await Reorder(new { orderId, lines = Array.Empty<object>() }, "cart { id }");
        var many = await Reorder(new { orderId, lines = Enumerable.Repeat(new { sku = "TOOL-140-L" }, 5_001) }, "cart { id }");
        var unbound = await Reorder(new { orderId, expectedVersion = 1 }, "cart { id }");
        Assert.Equal(carts, await Carts());
        var some = await Reorder(new { orderId, lines = new object[] { new { lineId }, new { sku = "TOOL-140-L", quantity = 7 } } }, "lines { sku quantity } changeCount");

        Assert.Equal(["DUPLICATE_ROW lines.1", "NOT_FOUND lines.2.sku", "NOT_FOUND lines.3.lineId", "INVALID_VALUE lines.4.quantity", "INVALID_VALUE lines.5"], CartShop.Errors(bad));
        Assert.Equal("""{"cart":null,"lines":[],"changeCount":0}""", $"{{{string.Join(',', bad.EnumerateObject().SkipLast(1).Select(p => $"\"{p.Name}\":{p.Value.GetRawText()}"))}}}");
        Assert.Equal(["INVALID_VALUE lines"], CartShop.Errors(none));
        Assert.Equal(["TOO_MANY_ROWS lines"], CartShop.Errors(many));
        Assert.Equal(["INVALID_VALUE expectedVersion"], CartShop.Errors(unbound));
        Assert.Equal("""{"lines":[{"sku":"TOOL-140-L","quantity":7},{"sku":"TOOL-142-L","quantity":3}],"changeCount":0,"userErrors":[]}""", some.GetRawText());
    }

    [Fact]
    public async Task Anothers_order_and_cart_are_answered_with_the_bytes_of_what_is_not_there()
    {
        var order = await shop.Order(("TOOL-150-L", 1m));
        var (cart, ordered) = (await shop.OpenCart(), (await shop.Read(order, "lines { edges { node { id } } }")).GetProperty("lines").GetProperty("edges")[0].GetProperty("node").GetProperty("id").GetString());
        var own = await OrderOfRival("TOOL-151-L", 1m);
        const string Query = "mutation($input: ReorderInput!) { reorder(input: $input) { cart { id } lines { sku } changes { kind } userErrors { code message path } } }";
        string Unknown(string type) => new Wholesale.Platform.NodeId(type, 7).ToString();
        Task<(HttpStatusCode, string)> Ask(string key, object input) => shop.Ask(key, Query, new { input });

        foreach (var key in new[] { shop.Rival, shop.Second, shop.Other })
        {
            Assert.Equal(await Ask(key, new { orderId = Unknown("Order") }), await Ask(key, new { orderId = order }));
        }

        Assert.Equal(await Ask(shop.Rival, new { orderId = own, cartId = Unknown("Cart") }), await Ask(shop.Rival, new { orderId = own, cartId = cart }));
        Assert.Equal(
            await Ask(shop.Rival, new { orderId = own, lines = new[] { new { lineId = Unknown("OrderLine") } } }), await Ask(shop.Rival, new { orderId = own, lines = new[] { new { lineId = ordered } } }));
        Assert.Equal(["NOT_FOUND orderId"], CartShop.Errors(await Reorder(new { orderId = order }, "cart { id }", shop.Rival)));
        Assert.Equal(["NOT_FOUND cartId"], CartShop.Errors(await Reorder(new { orderId = own, cartId = cart }, "cart { id }", shop.Rival)));
        Assert.Contains("FORBIDDEN", (await Ask(shop.Viewer, new { orderId = order })).Item2, StringComparison.Ordinal);
        Assert.Equal(["INVALID_VALUE"], CartShop.Errors(await Reorder(new { orderId = order }, "cart { id }", shop.StaffKey)));
    }

    [Fact]
    public async Task A_shared_cart_of_a_colleague_can_be_filled_and_one_that_was_ordered_cannot()
    {
        var order = await shop.Order(("TOOL-152-L", 1m));
        var (shared, gone) = (await shop.OpenCart(shop.Second, isShared: true), await shop.FilledCart("ON_ACCOUNT", ("TOOL-153-L", 1m)));
        await shop.Place(gone);

        var filled = await Reorder(new { orderId = order, cartId = shared }, "cart { id lineCount }");
        var refused = await Reorder(new { orderId = order, cartId = gone }, "cart { id status }");

        Assert.Equal($$"""{"id":"{{shared}}","lineCount":1}""", filled.GetProperty("cart").GetRawText());
        Assert.Equal(["CART_NOT_OPEN cartId"], CartShop.Errors(refused));
        Assert.Equal($$"""{"id":"{{gone}}","status":"ORDERED"}""", refused.GetProperty("cart").GetRawText());
    }

    [Fact]
    public async Task In_another_currency_prices_are_not_compared_and_one_that_is_gone_refuses_a_new_cart()
    {
        await shop.ImportRows("price-lists", new { externalId = "gbp", name = "gbp", currency = "GBP", isActive = true, assignments = new[] { new { company = "acme", validFrom = "2020-01-01T00:00:00Z" } } });
        await shop.ImportRows("prices", new { priceList = "gbp", sku = "TOOL-160-L", minimumQuantity = 1, unitPrice = "80" });
        var created = await shop.Mutate(shop.Acme, "createCart", "CreateCartInput", new { name = "pounds", currency = "GBP", details = new { paymentMethod = "BANK_TRANSFER" } }, "cart { id }");
        await shop.Add(CartOf(created), ("TOOL-160-L", 2));
        var placed = await shop.Place(CartOf(created));
        var order = placed.GetProperty("order").GetProperty("id").GetString();

        var pounds = await Reorder(new { orderId = order }, $"cart {{ id currency }} {Changes}");
        var dollars = await Reorder(new { orderId = order, cartId = await shop.OpenCart() }, $"lines {{ sku addedUnitPrice {{ amount currency }} }} {Changes}");
        await shop.ImportRows("price-lists", new { externalId = "gbp", isActive = false });
        var refused = await Reorder(new { orderId = order }, "cart { id }");

        Assert.Equal("GBP", pounds.GetProperty("cart").GetProperty("currency").GetString());
        Assert.Equal(0, pounds.GetProperty("changeCount").GetInt32());
        Assert.Equal("""{"lines":[{"sku":"TOOL-160-L","addedUnitPrice":{"amount":"160.00","currency":"USD"}}],"changes":[],"changeCount":0,"userErrors":[]}""", dollars.GetRawText());
        Assert.Equal(["INVALID_VALUE"], CartShop.Errors(refused));
        Assert.Contains("GBP", refused.GetProperty("userErrors")[0].GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_not_buy_or_has_as_many_carts_as_one_may_is_told_so()
    {
        var order = await OrderOf(shop.Boss, "TOOL-154-L", 1m);
        for (var i = 0; i < 100; i++)
        {
            await shop.OpenCart(shop.Boss);
        }

        var full = await Reorder(new { orderId = order }, "cart { id }", shop.Boss);
        var unverified = await Reorder(new { orderId = order }, "cart { id }", shop.Newcomer);

        Assert.Equal(["TOO_MANY_CARTS"], CartShop.Errors(full));
        Assert.Equal(["COMPANY_NOT_VERIFIED"], CartShop.Errors(unverified));
    }

    [Fact]
    public async Task A_cart_without_room_takes_nothing()
    {
        var (order, cart) = (await shop.Order(("TOOL-155-L", 1m), ("TOOL-156-L", 1m), ("TOOL-157-L", 1m)), await shop.OpenCart(("TOOL-156-L", 1m)));
        await using (var scope = shop.Services.CreateAsyncScope())
        {
            var key = Wholesale.Platform.NodeId.Parse(cart).Key;
            await scope.ServiceProvider.GetRequiredService<WholesaleDb>().Carts.Where(c => c.Id == key).ExecuteUpdateAsync(set => set.SetProperty(c => c.LineCount, 4_999));
        }

        var refused = await Reorder(new { orderId = order, cartId = cart }, $"cart {{ version lineCount }} lines {{ sku }} {Kinds}");
        var room = await Reorder(new { orderId = order, cartId = cart, lines = new[] { new { sku = "TOOL-155-L" }, new { sku = "TOOL-156-L" } } }, "cart { lineCount } lines { sku quantity }");

        Assert.Equal("""{"version":2,"lineCount":4999}""", refused.GetProperty("cart").GetRawText());
        Assert.Equal(["CART_FULL"], CartShop.Errors(refused));
        Assert.Empty(KindsOf(refused));
        Assert.Empty(refused.GetProperty("lines").EnumerateArray());
        Assert.Equal("""{"cart":{"lineCount":5000},"lines":[{"sku":"TOOL-155-L","quantity":1},{"sku":"TOOL-156-L","quantity":2}],"userErrors":[]}""", room.GetRawText());
    }

    [Fact]
    public async Task A_line_that_money_cannot_hold_refuses_all()
    {
        var order = (await shop.Order("id", "BANK_TRANSFER", ("TOOL-159-L", 10_000m), ("TOOL-155-S", 1m))).GetProperty("id").GetString();
        await shop.SetPrice("TOOL-159-L", "99999999999", 10);
        var cart = await shop.OpenCart(("TOOL-155-S", 1m));

        var opened = await Reorder(new { orderId = order }, "cart { id } changeCount");
        var into = await Reorder(new { orderId = order, cartId = cart }, "cart { lines { edges { node { sku quantity } } } } lines { sku }");

        Assert.Equal(["AMOUNT_OVERFLOW"], CartShop.Errors(opened));
        Assert.Equal("null", opened.GetProperty("cart").GetRawText());
        Assert.Equal(["AMOUNT_OVERFLOW"], CartShop.Errors(into));
        Assert.Equal("""{"lines":{"edges":[{"node":{"sku":"TOOL-155-S","quantity":1}}]}}""", into.GetProperty("cart").GetRawText());
    }

    [Fact]
    public async Task Sent_twice_with_an_idempotency_key_it_is_done_once()
    {
        var order = await shop.Order(("TOOL-158-L", 3m));
        var cart = await shop.OpenCart();
        const string Query = "mutation($input: ReorderInput!) { reorder(input: $input) { cart { id version } lines { sku quantity } changeCount userErrors { code } } }";

        var first = await shop.Ask(shop.Acme, Query, new { input = new { orderId = order, cartId = cart } }, idempotencyKey: "again-1");
        var second = await shop.Ask(shop.Acme, Query, new { input = new { orderId = order, cartId = cart } }, idempotencyKey: "again-1");
        var carts = await Carts();
        var opened = await shop.Ask(shop.Acme, Query, new { input = new { orderId = order } }, idempotencyKey: "again-2");
        var same = await shop.Ask(shop.Acme, Query, new { input = new { orderId = order } }, idempotencyKey: "again-2");

        Assert.Equal("{\"data\":{\"reorder\":{\"cart\":{\"id\":\"" + cart + "\",\"version\":2},\"lines\":[{\"sku\":\"TOOL-158-L\",\"quantity\":3}],\"changeCount\":0,\"userErrors\":[]}}}", first.Body);
        Assert.Equal(first, second);
        Assert.Equal(opened, same);
        Assert.Equal(carts + 1, await Carts());
        Assert.Equal("""{"lines":{"edges":[{"node":{"quantity":3}}]}}""", (await shop.Cart(cart, "lines { edges { node { quantity } } }")).GetRawText());
    }

    [Fact]
    public async Task The_number_of_statements_does_not_hang_on_the_number_of_lines()
    {
        var lines = Enumerable.Range(1, 300).Where(i => i is not (>= 110 and <= 134)).Select(i => ($"TOOL-{i:000}-{(i > 270 ? "S" : "L")}", 6m)).Concat(Enumerable.Range(220, 25).Select(i => ($"TOOL-{i:000}-S", 6m))).ToArray();
        var (few, many) = (await Order(lines[..2]), await Order(lines));
        var (small, large) = (await shop.OpenCart(lines[..3]), await shop.OpenCart([.. lines, ("TOOL-245-S", 6m)]));
        const string Asked = $"cart {{ id subtotal {{ amount }} }} lines(first: 5000) {{ sku price {{ total {{ amount }} }} }} changes(first: 10000) {{ kind line {{ sku variant {{ sku }} }} }}";
        await shop.SetPrice("TOOL-001-L", "1.01");
        await Reorder(new { orderId = many }, Asked); // what is read once

        var newOfFew = await shop.Statements(() => Reorder(new { orderId = few }, Asked));
        var newOfMany = await shop.Statements(() => Reorder(new { orderId = many }, Asked));
        var ofFew = await shop.Statements(() => Reorder(new { orderId = few, cartId = small }, Asked));
        var ofMany = await shop.Statements(() => Reorder(new { orderId = many, cartId = large }, Asked));

        Assert.Equal(300, lines.Length);
        Assert.Equal((newOfFew, ofFew), (newOfMany, ofMany));
        Assert.InRange(Math.Max(newOfMany, ofMany), 1, 20);

        async Task<string> Order((string, decimal)[] of) => (await shop.Order("id", "BANK_TRANSFER", of)).GetProperty("id").GetString()!;
    }

    private const string Kinds = "changes { kind line { sku } quantity }";

    private Task<JsonElement> Reorder(object input, string fields, string? key = null) => shop.Mutate(key ?? shop.Acme, "reorder", "ReorderInput", input, fields);

    private async Task<string> OrderOfRival(string sku, decimal quantity)
    {
        await shop.ImportRows(
            "companies",
            new
            {
                externalId = "rival",
                addresses = new[] { new { externalId = "dock", name = "Rival Inc.", lines = new[] { "1 Rival Road" }, city = "Reno", region = "NV", postalCode = "89501", country = "US", isDefaultShipTo = true, isDefaultBillTo = true } },
            });
        return await OrderOf(shop.Rival, sku, quantity);
    }

    private async Task<string> OrderOf(string key, string sku, decimal quantity)
    {
        var cart = await shop.OpenCart(key, details: new { paymentMethod = "BANK_TRANSFER" });
        Assert.Empty(CartShop.Errors(await shop.Add(key, cart, [(sku, quantity)])));
        var placed = await shop.Place(cart, key: key);
        Assert.Empty(CartShop.Errors(placed));
        return placed.GetProperty("order").GetProperty("id").GetString()!;
    }

    private async Task SetRules(params object[] rules)
    {
        var list = (await shop.Admin("""{ priceList(externalId: "usd") { id } }""")).GetProperty("priceList").GetProperty("id").GetString();
        Assert.Empty(CartShop.Errors(await shop.Staff("upsertQuantityRules", "UpsertQuantityRulesInput", new { priceListId = list, rules }, "counts { applied }")));
    }

    private async Task<int> Carts()
    {
        await using var scope = shop.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<WholesaleDb>().Carts.CountAsync();
    }

    private static string CartOf(JsonElement payload) => payload.GetProperty("cart").GetProperty("id").GetString()!;

    private static string WithoutId(JsonElement payload) => payload.GetRawText().Replace($"\"id\":\"{CartOf(payload)}\",", "", StringComparison.Ordinal);

    private static List<string> KindsOf(JsonElement payload) =>
        [.. payload.GetProperty("changes").EnumerateArray().Select(c => $"{c.GetProperty("line").GetProperty("sku").GetString()} {c.GetProperty("kind").GetString()} {(c.GetProperty("quantity").ValueKind == JsonValueKind.Null ? "-" : c.GetProperty("quantity").GetRawText())}")];
}
