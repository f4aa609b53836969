using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Wholesale.Tests.Carts;

namespace Wholesale.Tests.Orders;

/// <summary>From a filled cart to an order: whole or not at all, at the prices that the buyer agreed to.</summary>
public sealed class PlaceOrderTests(OrderShop shop) : IClassFixture<OrderShop>
{
    [Fact]
    public async Task An_order_is_a_copy_of_its_cart_and_takes_credit_and_stock()
    {
        var reservedBefore = decimal.Parse(await shop.ReservedCredit(), System.Globalization.CultureInfo.InvariantCulture);
        var availableBefore = await shop.Available("TOOL-040-S");
        var events = await shop.Events("ORDER_PLACED");
        var id = await shop.FilledCart("ON_ACCOUNT", ("TOOL-040-S", 2m), ("TOOL-003-S", 10m));
        await shop.Mutate(shop.Acme, "updateCart", "UpdateCartInput", new { cartId = id, details = new { purchaseOrderNumber = "PO-1", costCenter = "4711", requestedDeliveryDate = "2026-03-20" } }, "cart { id }");

        var validation = (await shop.Data(shop.Acme, "query($id: ID!) { validateCart(cartId: $id) { isOrderable total { amount } issues { code } warnings { code } } }", new { id })).GetProperty("validateCart");
        var payload = await shop.Place(id, fields: """
            order {
              number status placedAt currency purchaseOrderNumber costCenter requestedDeliveryDate paymentMethod paymentStatus paymentTerm { externalId netDays } lineCount
              shipTo { name lines city region country } billTo { city }
              lines { edges { node { sku name quantity unitOfMeasure unitPrice { amount } total { amount } taxRatePercent promises { date quantity warehouse { externalId } } } } }
              subtotal { amount } tax { lines { name ratePercent treatment net { amount } tax { amount } } total { amount } } total { amount } user { externalId } unit { externalId } company { externalId }
            }
            cart { status version expiresAt }
            """);

        Assert.Equal("""{"isOrderable":true,"total":{"amount":"116.96"},"issues":[],"warnings":[]}""", validation.GetRawText());
        Assert.Empty(CartShop.Errors(payload));
        var order = payload.GetProperty("order");
        Assert.StartsWith("ORD-", order.GetProperty("number").GetString(), StringComparison.Ordinal);
        Assert.Equal(
            """{"status":"PLACED","placedAt":"2026-03-01T12:00:00Z","currency":"USD","purchaseOrderNumber":"PO-1","costCenter":"4711","requestedDeliveryDate":"2026-03-20","paymentMethod":"ON_ACCOUNT","paymentStatus":"ON_ACCOUNT","paymentTerm":{"externalId":"net30","netDays":30},"lineCount":2,"shipTo":{"name":"Acme Inc.","lines":["1 Dock Road"],"city":"Denver","region":"CO","country":"US"},"billTo":{"city":"Denver"},"lines":{"edges":[{"node":{"sku":"TOOL-040-S","name":"Tool 040","quantity":2,"unitOfMeasure":"pcs","unitPrice":{"amount":"40.00"},"total":{"amount":"80.00"},"taxRatePercent":"7.25","promises":[{"date":"2026-03-01","quantity":2,"warehouse":{"externalId":"denver"}}]}},{"node":{"sku":"TOOL-003-S","name":"Tool 003","quantity":10,"unitOfMeasure":"pcs","unitPrice":{"amount":"2.905"},"total":{"amount":"29.05"},"taxRatePercent":"7.25","promises":[]}}]},"subtotal":{"amount":"109.05"},"tax":{"lines":[{"name":"Sales tax 7.25 %","ratePercent":"7.25","treatment":"TAXED","net":{"amount":"109.05"},"tax":{"amount":"7.91"}}],"total":{"amount":"7.91"}},"total":{"amount":"116.96"},"user":{"externalId":"buyer"},"unit":{"externalId":"hq"},"company":{"externalId":"acme"}}""",
            "{" + order.GetRawText()[(order.GetRawText().IndexOf("\"status\"", StringComparison.Ordinal))..]);
        Assert.Equal("""{"status":"ORDERED","version":4,"expiresAt":null}""", payload.GetProperty("cart").GetRawText());
        Assert.Equal(reservedBefore + 116.96m, decimal.Parse(await shop.ReservedCredit(), System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(availableBefore - 2, await shop.Available("TOOL-040-S"));
        Assert.Equal(events + 1, await shop.Events("ORDER_PLACED"));
    }

    [Fact]
    public async Task A_cart_is_ordered_once_and_then_answers_with_the_order_that_was_made_of_it()
    {
        var id = await shop.FilledCart("BANK_TRANSFER", ("TOOL-001-S", 1m));
        var first = await shop.Place(id, fields: "order { id paymentStatus paymentTerm { name } }");

        var second = await shop.Place(id, "1.00", "order { id }");
        var fill = await shop.Add(id, ("TOOL-001-S", 1));

        Assert.Equal("PENDING_RECEIPT", first.GetProperty("order").GetProperty("paymentStatus").GetString());
        Assert.Equal(["CART_NOT_OPEN cartId"], CartShop.Errors(second));
        Assert.Equal(first.GetProperty("order").GetProperty("id").GetString(), second.GetProperty("order").GetProperty("id").GetString());
        Assert.Equal(["CART_NOT_OPEN cartId"], CartShop.Errors(fill));
    }

    [Fact]
    public async Task An_order_is_read_by_whom_it_is_and_by_staff_and_not_by_others_who_share_its_cart()
    {
        var id = await shop.OpenCart(isShared: true, details: new { paymentMethod = "BANK_TRANSFER" });
        await shop.Add(id, ("TOOL-001-S", 1));
        var placed = await shop.Place(id, key: shop.Second);
        var number = placed.GetProperty("order").GetProperty("number").GetString();

        var again = await shop.Place(id, "1.00", "order { id }");
        const string ByNumber = "query($number: String!) { order(number: $number) { number } }";
        var own = await shop.Data(shop.Second, ByNumber, new { number });
        var colleague = await shop.Data(shop.Acme, ByNumber, new { number });
        var viewer = await shop.Data(shop.Viewer, ByNumber, new { number });
        var staff = await shop.Admin(ByNumber, new { number });

        Assert.Equal(["CART_NOT_OPEN cartId"], CartShop.Errors(again));
        Assert.Equal("null", again.GetProperty("order").GetRawText());
        Assert.Equal($$$"""{"order":{"number":"{{{number}}}"}}""", own.GetRawText());
        Assert.Equal("""{"order":null}""", colleague.GetRawText());
        Assert.Equal("""{"order":null}""", viewer.GetRawText());
        Assert.Equal($$$"""{"order":{"number":"{{{number}}}"}}""", staff.GetRawText());
    }

    [Fact]
    public async Task An_address_that_was_chosen_and_is_gone_is_missed_and_no_other_is_taken_for_it()
    {
        await shop.ImportRows("companies", new { externalId = "acme", addresses = new[] { new { externalId = "attic", name = "Attic", lines = new[] { "1 Stairs" }, city = "Reno", region = "NV", postalCode = "89501", country = "US" } } });
        var attic = (await shop.Data(shop.Acme, "{ me { addresses { id externalId } } }")).GetProperty("me").GetProperty("addresses").EnumerateArray().Single(a => a.GetProperty("externalId").GetString() == "attic").GetProperty("id").GetString();
        var id = await shop.OpenCart(details: new { paymentMethod = "BANK_TRANSFER", shipToAddressId = attic });
        await shop.Add(id, ("TOOL-001-S", 1));
        var before = await shop.Cart(id, "shipToAddress { externalId }");
        await shop.ImportRows("companies", new { externalId = "acme", addresses = new[] { new { externalId = "attic", isArchived = true } } });

        var after = await shop.Cart(id, "shipToAddress { externalId }");
        var placed = await shop.Place(id);

        Assert.Equal("""{"shipToAddress":{"externalId":"attic"}}""", before.GetRawText());
        Assert.Equal("""{"shipToAddress":null}""", after.GetRawText());
        Assert.Equal("SHIP_TO_ADDRESS_MISSING", Assert.Single(CartShop.Errors(placed)).Split(' ')[0]);
    }

    [Fact]
    public async Task Nobody_is_charged_more_than_was_agreed_to_and_the_lines_that_became_dearer_are_told()
    {
        var id = await shop.FilledCart("BANK_TRANSFER", ("TOOL-150-S", 1m), ("TOOL-151-S", 1m));
        var agreed = await shop.Total(id);

        await shop.SetPrice("TOOL-150-S", "155.00");
        var dearer = await shop.Place(id, agreed);
        await shop.SetPrice("TOOL-150-S", "120.00");
        var notLess = await shop.Place(id, agreed, acceptDecreases: false);
        var less = await shop.Place(id, agreed);

        Assert.Equal(["PRICE_INCREASED expectedTotal"], CartShop.Errors(dearer));
        Assert.Equal("""[{"line":{"sku":"TOOL-150-S"},"after":{"amount":"155.00"}}]""", dearer.GetProperty("priceChanges").GetRawText());
        Assert.Equal("OPEN", dearer.GetProperty("cart").GetProperty("status").GetString());
        Assert.Equal(["PRICE_DECREASED expectedTotal"], CartShop.Errors(notLess));
        Assert.Empty(CartShop.Errors(less));
        Assert.Equal("290.65", less.GetProperty("order").GetProperty("total").GetProperty("amount").GetString());
    }

    [Fact]
    public async Task What_is_not_there_is_refused_at_its_line_and_what_is_expected_is_promised_for_its_day()
    {
        var tooMuch = await shop.FilledCart("ON_ACCOUNT", ("TOOL-001-S", 1m), ("TOOL-042-S", 1m));
        var reserved = await shop.ReservedCredit();
        var later = await shop.FilledCart("BANK_TRANSFER", ("TOOL-041-S", 8m));

        var refused = await shop.Place(tooMuch);
        var promised = await shop.Place(later, fields: "order { lines { edges { node { promises { date quantity } } } } }");
        var validation = await shop.Data(shop.Acme, "query($id: ID!) { validateCart(cartId: $id) { isOrderable issues { code path } } }", new { id = tooMuch });

        Assert.Equal(["INSUFFICIENT_STOCK lines.1.quantity"], CartShop.Errors(refused));
        Assert.Equal(reserved, await shop.ReservedCredit());
        Assert.Equal("""{"isOrderable":false,"issues":[{"code":"INSUFFICIENT_STOCK","path":["lines","1","quantity"]}]}""", validation.GetProperty("validateCart").GetRawText());
        Assert.Empty(CartShop.Errors(promised));
        Assert.Equal(
            """[{"date":"2026-03-01","quantity":5},{"date":"2026-04-01","quantity":3}]""",
            promised.GetProperty("order").GetProperty("lines").GetProperty("edges")[0].GetProperty("node").GetProperty("promises").GetRawText());
    }

    [Fact]
    public async Task Credit_that_is_not_enough_or_on_hold_refuses_what_is_bought_on_account_alone()
    {
        var dear = await shop.FilledCart("ON_ACCOUNT", ("TOOL-300-S", 400m));
        var company = (await shop.Admin("""{ company(externalId: "acme") { id } }""")).GetProperty("company").GetProperty("id").GetString();

        var overLimit = await shop.Place(dear);
        await shop.Admin("mutation($id: ID!) { placeCreditHold(input: {companyId: $id, reason: \"Late\"}) { userErrors { code } } }", new { id = company });
        var held = await shop.Place(await shop.FilledCart("ON_ACCOUNT", ("TOOL-001-S", 1m)));
        var transferred = await shop.Place(await shop.FilledCart("BANK_TRANSFER", ("TOOL-001-S", 1m)));
        await shop.Admin("mutation($id: ID!) { releaseCreditHold(input: {companyId: $id}) { userErrors { code } } }", new { id = company });

        Assert.Equal(["CREDIT_LIMIT_EXCEEDED"], CartShop.Errors(overLimit).Select(error => error.Split(' ')[0]));
        Assert.Equal(["CREDIT_ON_HOLD"], CartShop.Errors(held).Select(error => error.Split(' ')[0]));
        Assert.Empty(CartShop.Errors(transferred));
    }

    [Fact]
    public async Task A_budget_that_blocks_refuses_and_one_that_warns_lets_pass()
    {
        var written = await shop.Mutate(shop.Boss, "upsertBudgets", "UpsertBudgetsInput", new
        {
            budgets = new object[]
            {
                new { externalId = "tight", name = "Tight", scope = "COST_CENTER", costCenter = "tight", amount = "50", currency = "USD", period = "MONTH", startsOn = "2026-01-01", policy = "BLOCK" },
                new { externalId = "soft", name = "Soft", scope = "COST_CENTER", costCenter = "soft", amount = "50", currency = "USD", period = "MONTH", startsOn = "2026-01-01", policy = "WARN" },
            },
        }, "budgets { externalId }");
        Assert.Empty(CartShop.Errors(written));
        async Task<string> Cart(string costCenter, decimal quantity)
        {
            var id = await shop.OpenCart(details: new { paymentMethod = "BANK_TRANSFER", costCenter });
            await shop.Add(id, ("TOOL-010-L", quantity));
            return id;
        }

        var fits = await shop.Place(await Cart("tight", 4));
        var over = await shop.Place(await Cart("tight", 1));
        var soft = await Cart("soft", 6);
        var warned = await shop.Data(shop.Acme, "query($id: ID!) { validateCart(cartId: $id) { isOrderable issues { code } warnings { code } } }", new { id = soft });
        var passes = await shop.Place(soft);

        Assert.Empty(CartShop.Errors(fits));
        Assert.Equal(["BUDGET_EXCEEDED total"], CartShop.Errors(over));
        Assert.Equal("""{"isOrderable":true,"issues":[],"warnings":[{"code":"BUDGET_EXCEEDED"}]}""", warned.GetProperty("validateCart").GetRawText());
        Assert.Empty(CartShop.Errors(passes));
    }

    [Fact]
    public async Task Everything_that_the_cart_lacks_is_told_at_once()
    {
        await shop.Mutate(
            shop.Boss, "upsertReferenceFields", "UpsertReferenceFieldsInput", new { fields = new[] { new { code = "machine", label = "Machine", isRequired = true } } }, "referenceFields { code }");
        var empty = await shop.OpenCart();
        var rivals = await shop.OpenCart(shop.Rival);
        await shop.Add(shop.Rival, rivals, [("TOOL-001-S", 1)]);

        var nothing = await shop.Place(empty, "0");
        var noAddress = await shop.Place(rivals, "1", key: shop.Rival);
        await shop.Mutate(
            shop.Boss, "upsertReferenceFields", "UpsertReferenceFieldsInput", new { fields = new[] { new { code = "machine", isActive = false } } }, "referenceFields { code }");

        Assert.Equal(["EMPTY_CART lines", "INVALID_REFERENCE references.machine", "PAYMENT_METHOD_MISSING paymentMethod"], CartShop.Errors(nothing));
        Assert.Equal(["SHIP_TO_ADDRESS_MISSING shipToAddress", "BILL_TO_ADDRESS_MISSING billToAddress"], CartShop.Errors(noAddress));
    }

    [Fact]
    public async Task An_order_must_come_to_what_the_seller_says_as_a_whole_and_of_a_category()
    {
        var minimums = await shop.Data(shop.StaffKey, """
            mutation($tier: ID!) { upsertOrderMinimums(input: {orderMinimums: [
              {externalId: "toys", assignee: {everyone: true}, category: "toys", quantity: 3},
              {externalId: "gold", assignee: {tierId: $tier}, amount: "5", currency: "USD"}
            ]}) { orderMinimums { externalId amount { amount } quantity category { externalId } } userErrors { code } } }
            """, new { tier = (await shop.Admin("{ customerTiers { id } }")).GetProperty("customerTiers")[0].GetProperty("id").GetString() }, "/admin/graphql");
        Assert.Empty(minimums.GetProperty("upsertOrderMinimums").GetProperty("userErrors").EnumerateArray());
        var toys = await shop.FilledCart("BANK_TRANSFER", ("TOY-001-S", 2m));
        var small = await shop.FilledCart("BANK_TRANSFER", ("TOOL-002-S", 2m));

        var fewToys = await shop.Place(toys);
        var tooSmall = await shop.Place(small);
        await shop.Add(toys, ("TOY-002-S", 1));
        var enough = await shop.Place(toys);
        var off = await shop.Data(
            shop.StaffKey, "mutation { upsertOrderMinimums(input: {orderMinimums: [{externalId: \"toys\", isActive: false}, {externalId: \"gold\", isActive: false}]}) { userErrors { code } } }", path: "/admin/graphql");

        Assert.Empty(off.GetProperty("upsertOrderMinimums").GetProperty("userErrors").EnumerateArray());
        Assert.Equal(["BELOW_ORDER_MINIMUM lines"], CartShop.Errors(fewToys));
        Assert.Equal(["BELOW_ORDER_MINIMUM subtotal"], CartShop.Errors(tooSmall));
        Assert.Empty(CartShop.Errors(enough));
    }

    [Fact]
    public async Task Numbers_have_no_gaps_though_orders_are_refused_in_between_and_placed_at_once()
    {
        var carts = new List<(string Id, string Total)>();
        for (var i = 0; i < 12; i++)
        {
            var id = i % 3 == 2 ? await shop.FilledCart("ON_ACCOUNT", ("TOOL-042-S", 1m)) : await shop.FilledCart("BANK_TRANSFER", ($"TOOL-{i + 1:000}-L", 1m));
            carts.Add((id, await shop.Total(id)));
        }

        var payloads = await Task.WhenAll(carts.Select(cart => shop.Place(cart.Id, cart.Total)));

        Assert.Equal(8, payloads.Count(payload => payload.GetProperty("order").ValueKind == JsonValueKind.Object));
        await using var scope = shop.Services.CreateAsyncScope();
        var numbers = await scope.ServiceProvider.GetRequiredService<WholesaleDb>().Orders.OrderBy(o => o.Id).Select(o => o.Number).ToListAsync();
        Assert.Equal(Enumerable.Range(1, numbers.Count).Select(i => $"ORD-{i:000000}"), numbers.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_number_of_statements_does_not_hang_on_the_number_of_lines()
    {
        var few = await shop.FilledCart("BANK_TRANSFER", ("TOOL-201-L", 1m), ("TOOL-202-L", 1m));
        var many = await shop.FilledCart("BANK_TRANSFER", [.. Enumerable.Range(1, 200).Where(i => i is not 20).Select(i => ($"TOOL-{i:000}-L", 6m))]);
        var (totalOfFew, totalOfMany) = (await shop.Total(few), await shop.Total(many));
        await shop.Place(await shop.FilledCart("BANK_TRANSFER", ("TOOL-001-L", 1m))); // what is read once

        var ofFew = await shop.Statements(() => shop.Place(few, totalOfFew, "order { number }"));
        var ofMany = await shop.Statements(() => shop.Place(many, totalOfMany, "order { number }"));

        Assert.Equal(ofFew, ofMany);
        Assert.InRange(ofMany, 1, 30);
    }

    [Fact]
    public async Task Another_companys_cart_cannot_be_ordered_and_its_orders_are_not_seen()
    {
        var id = await shop.FilledCart("BANK_TRANSFER", ("TOOL-001-S", 1m));
        var placed = await shop.Place(await shop.FilledCart("BANK_TRANSFER", ("TOOL-002-S", 1m)));
        var unknown = new Wholesale.Platform.NodeId("Cart", 7).ToString();
        const string Order = "mutation($id: ID!) { placeOrder(input: {cartId: $id, expectedTotal: \"1\"}) { order { id } cart { id } userErrors { code message path } } }";
        const string Validate = "query($id: ID!) { validateCart(cartId: $id) { isOrderable } }";
        const string Read = "query($id: ID!, $number: String) { order(number: $number) { id } node(id: $id) { id } }";

        Assert.Equal(await shop.Ask(shop.Rival, Order, new { id = unknown }), await shop.Ask(shop.Rival, Order, new { id }));
        Assert.Equal(await shop.Ask(shop.Rival, Validate, new { id = unknown }), await shop.Ask(shop.Rival, Validate, new { id }));
        var order = placed.GetProperty("order");
        Assert.Equal(
            (HttpStatusCode.OK, """{"data":{"order":null,"node":null}}"""),
            await shop.Ask(shop.Rival, Read, new { id = order.GetProperty("id").GetString(), number = order.GetProperty("number").GetString() }));
    }
}
