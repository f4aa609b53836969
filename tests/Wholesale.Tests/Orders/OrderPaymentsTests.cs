using System.Globalization;
using System.Text.Json;
using Wholesale.Tests.Carts;

namespace Wholesale.Tests.Orders;

/// <summary>What is owed for orders and paid of them, as both sides see it.</summary>
public sealed class OrderPaymentsTests(LifeShop shop) : IClassFixture<LifeShop>
{
    private const string Amounts = "paymentStatus amountPaid { amount } amountDue { amount } amountOverpaid { amount }";

    [Fact]
    public async Task Where_the_rest_of_what_was_paid_in_part_is_cancelled_both_sides_hear_that_nothing_more_is_to_be_paid()
    {
        var order = await shop.Order("id number", "BANK_TRANSFER", ("TOOL-045-S", 2m));
        var (id, number) = (order.GetProperty("id").GetString()!, order.GetProperty("number").GetString()!);
        await Pay("HALF", number, "48.27");

        await shop.Cancel(shop.StaffKey, new { orderId = id, lines = new[] { new { sku = "TOOL-045-S", quantity = 1 } } });
        var seen = await shop.Read(id, "paymentStatus amountDue { amount } timeline { edges { node { kind paymentStatus } } }");

        Assert.Equal(
            """{"paymentStatus":"PAID","amountDue":{"amount":"0.00"},"timeline":{"edges":[{"node":{"kind":"PLACED","paymentStatus":null}},{"node":{"kind":"PAYMENT_CHANGED","paymentStatus":"PARTLY_PAID"}},{"node":{"kind":"CANCELLED","paymentStatus":null}},{"node":{"kind":"PAYMENT_CHANGED","paymentStatus":"PAID"}}]}}""",
            seen.GetRawText());
        await shop.AssertBooks();
    }

    [Fact]
    public async Task Each_shipment_on_account_is_owed_and_reservation_and_open_items_stay_the_orders_total_until_it_is_paid()
    {
        var before = await Credit();
        var (id, fulfillments) = await shop.Confirmed(("TOOL-045-S", 7m), ("TOOL-003-S", 10m)); // 315.00 + 29.05 and 7.25 %: 368.99
        var number = (await shop.Read(id, "number")).GetProperty("number").GetString();
        var placed = await Credit();

        await Ship(fulfillments[0], "TOOL-045-S", 3);
        var part = await Credit();
        var cancelled = await shop.Cancel(shop.StaffKey, new { orderId = id, lines = new[] { new { sku = "TOOL-045-S", quantity = 1 } } }, "order { cancelledTotal { amount } }");
        await shop.Ship(new { fulfillmentId = fulfillments[0] });
        await shop.Ship(new { fulfillmentId = fulfillments[1] });
        var all = await Credit();
        var owed = await shop.Read(id, $"total {{ amount }} {Amounts} openItems {{ number orderNumber kind status amount {{ amount }} dueBasis dueOn documentDate order {{ id }} }}");
        await Pay("ACC-1", number!, "200");
        var some = await shop.Read(id, $"{Amounts} openItems {{ status amountOpen {{ amount }} }}");
        await Pay("ACC-2", number!, "200");
        var paid = await shop.Read(id, $"{Amounts} status timeline {{ edges {{ node {{ kind by status paymentStatus }} }} }}");

        Assert.Equal((before.Reserved + 368.99m, before.Receivable), placed);
        Assert.Equal((placed.Reserved - 144.79m, before.Receivable + 144.79m), part);
        Assert.Equal("48.26", Money(cancelled.GetProperty("order"), "cancelledTotal"));
        Assert.Equal((before.Reserved, before.Receivable + 368.99m - 48.26m), all);
        var items = owed.GetProperty("openItems").EnumerateArray().ToList();
        Assert.Equal([$"{number}/1", $"{number}/2", $"{number}/3"], items.Select(item => item.GetProperty("number").GetString()));
        Assert.Equal(368.99m - 48.26m, items.Sum(item => Number(Money(item, "amount"))));
        Assert.Equal(
            $$$"""{"number":"{{{number}}}/1","orderNumber":"{{{number}}}","kind":"ON_ACCOUNT","status":"OPEN","amount":{"amount":"144.79"},"dueBasis":"INVOICE","dueOn":"2026-03-31","documentDate":"2026-03-01","order":{"id":"{{{id}}}"}}""",
            items[0].GetRawText());
        Assert.Equal("""{"paymentStatus":"ON_ACCOUNT","amountPaid":{"amount":"0.00"},"amountDue":{"amount":"320.73"},"amountOverpaid":{"amount":"0.00"}}""", Without(owed, "total", "openItems"));
        Assert.Equal("""{"paymentStatus":"PARTLY_PAID","amountPaid":{"amount":"200.00"},"amountDue":{"amount":"120.73"},"amountOverpaid":{"amount":"0.00"}}""", Without(some, "openItems"));
        Assert.Equal(["PAID 0.00", "PARTLY_PAID 89.57", "OPEN 31.16"], some.GetProperty("openItems").EnumerateArray().Select(item => $"{item.GetProperty("status").GetString()} {Money(item, "amountOpen")}"));
        Assert.Equal("""{"paymentStatus":"PAID","amountPaid":{"amount":"320.73"},"amountDue":{"amount":"0.00"},"amountOverpaid":{"amount":"0.00"},"status":"SHIPPED"}""", Without(paid, "timeline"));
        Assert.Equal(
            ["""{"kind":"PAYMENT_CHANGED","by":"SELLER","status":"SHIPPED","paymentStatus":"PARTLY_PAID"}""", """{"kind":"PAYMENT_CHANGED","by":"SELLER","status":"SHIPPED","paymentStatus":"PAID"}"""],
            paid.GetProperty("timeline").GetProperty("edges").EnumerateArray().Select(edge => edge.GetProperty("node").GetRawText()).TakeLast(2));
        await shop.AssertBooks();
    }

    [Fact]
    public async Task Where_the_days_count_from_delivery_they_begin_when_each_shipment_arrives()
    {
        await shop.ImportRows("payment-terms", new { externalId = "arrival", name = "14 days from arrival", netDays = 14, dueBasis = "DELIVERY", earlyPaymentDiscount = new { percent = "2", withinDays = 5 } });
        await shop.ImportRows("credit-profiles", new { company = "acme", paymentTerms = new[] { "arrival", "net30", "net60" } });
        var (id, fulfillments) = await shop.Confirmed(("TOOL-045-S", 4m));
        await shop.ImportRows("credit-profiles", new { company = "acme", paymentTerms = new[] { "net30", "net60" } });
        await Ship(fulfillments[0], "TOOL-045-S", 2, "ARR-1");
        await Ship(fulfillments[0], "TOOL-045-S", 2, "ARR-2");
        const string Fields = "openItems { dueOn earlyPayment { until amount { amount } } }";

        var sent = await shop.Read(id, Fields);
        await shop.Deliver(new { externalId = "ARR-2" });
        await shop.Deliver(new { externalId = "ARR-2" });
        var arrived = await shop.Read(id, Fields);
        var number = (await shop.Read(id, "number")).GetProperty("number").GetString()!;
        await Pay("ARR", number, "94.59");
        var paid = await shop.Read(id, $"{Amounts} openItems {{ status discountTaken {{ amount }} }}");

        Assert.Equal("""{"openItems":[{"dueOn":null,"earlyPayment":null},{"dueOn":null,"earlyPayment":null}]}""", sent.GetRawText());
        Assert.Equal("""{"openItems":[{"dueOn":null,"earlyPayment":null},{"dueOn":"2026-03-15","earlyPayment":{"until":"2026-03-06","amount":{"amount":"94.59"}}}]}""", arrived.GetRawText());
        Assert.Equal(
            """{"paymentStatus":"PARTLY_PAID","amountPaid":{"amount":"94.59"},"amountDue":{"amount":"96.53"},"amountOverpaid":{"amount":"0.00"},"openItems":[{"status":"OPEN","discountTaken":{"amount":"0.00"}},{"status":"PAID","discountTaken":{"amount":"1.93"}}]}""",
            paid.GetRawText());
        await shop.AssertBooks();
    }

    [Fact]
    public async Task An_order_by_transfer_is_owed_from_the_first_and_what_was_paid_stays_to_be_seen_when_it_is_cancelled()
    {
        var credit = await Credit();
        var order = await shop.Order($"id number {Amounts} openItems {{ kind status dueOn number }}", "BANK_TRANSFER", ("TOOL-045-S", 2m), ("TOOL-003-S", 10m));
        var (id, number) = (order.GetProperty("id").GetString()!, order.GetProperty("number").GetString()!);

        await Pay("TRA-1", number, "50");
        var part = await shop.Read(id, Amounts);
        await shop.Cancel(shop.Acme, new { orderId = id, lines = new[] { new { sku = "TOOL-003-S" } } });
        var less = await shop.Read(id, $"{Amounts} openItems {{ amount {{ amount }} amountReduced {{ amount }} }}");
        await Pay("TRA-2", number, "46.52");
        var all = await shop.Read(id, Amounts);
        await shop.Cancel(shop.Acme, new { orderId = id });
        var cancelled = await shop.Read(id, $"status {Amounts} openItems {{ status amountPaid {{ amount }} amountOverpaid {{ amount }} }}");
        var payment = (await shop.Admin("{ payment(externalId: \"TRA-2\") { id } }")).GetProperty("payment").GetProperty("id").GetString();
        await shop.Staff("reversePayment", "ReversePaymentInput", new { paymentId = payment, reason = "Recalled" }, "payment { id }");
        var back = await shop.Read(id, Amounts);

        Assert.Equal(
            $$"""{"paymentStatus":"PENDING_RECEIPT","amountPaid":{"amount":"0.00"},"amountDue":{"amount":"127.68"},"amountOverpaid":{"amount":"0.00"},"openItems":[{"kind":"PREPAYMENT","status":"OPEN","dueOn":"2026-03-01","number":"{{number}}"}]}""",
            Without(order, "id", "number"));
        Assert.Equal("""{"paymentStatus":"PARTLY_PAID","amountPaid":{"amount":"50.00"},"amountDue":{"amount":"77.68"},"amountOverpaid":{"amount":"0.00"}}""", part.GetRawText());
        Assert.Equal("""{"paymentStatus":"PARTLY_PAID","amountPaid":{"amount":"50.00"},"amountDue":{"amount":"46.52"},"amountOverpaid":{"amount":"0.00"},"openItems":[{"amount":{"amount":"96.52"},"amountReduced":{"amount":"31.16"}}]}""", less.GetRawText());
        Assert.Equal("""{"paymentStatus":"PAID","amountPaid":{"amount":"96.52"},"amountDue":{"amount":"0.00"},"amountOverpaid":{"amount":"0.00"}}""", all.GetRawText());
        Assert.Equal(
            """{"status":"CANCELLED","paymentStatus":"PAID","amountPaid":{"amount":"96.52"},"amountDue":{"amount":"0.00"},"amountOverpaid":{"amount":"96.52"},"openItems":[{"status":"CANCELLED","amountPaid":{"amount":"96.52"},"amountOverpaid":{"amount":"96.52"}}]}""",
            cancelled.GetRawText());
        Assert.Equal("""{"paymentStatus":"PAID","amountPaid":{"amount":"50.00"},"amountDue":{"amount":"0.00"},"amountOverpaid":{"amount":"50.00"}}""", back.GetRawText());
        Assert.Equal(credit, await Credit());
        await shop.AssertBooks();
    }

    [Fact]
    public async Task Money_for_an_order_of_which_nothing_was_sent_waits_for_its_shipment()
    {
        var (id, fulfillments) = await shop.Confirmed(("TOOL-045-S", 1m));
        var number = (await shop.Read(id, "number")).GetProperty("number").GetString()!;

        var early = await Pay("EARLY", number, "48.26");
        await shop.Ship(new { fulfillmentId = fulfillments[0] });
        var payment = early.GetProperty("payment").GetProperty("id").GetString();
        var allocated = await shop.Staff(
            "allocatePayment", "AllocatePaymentInput", new { paymentId = payment, allocations = new[] { new { orderNumber = number, amount = "48.26" } } }, "payment { unallocated { amount } company { externalId } }");

        Assert.Equal("48.26", Money(early.GetProperty("payment"), "unallocated"));
        Assert.Equal("""{"payment":{"unallocated":{"amount":"0.00"},"company":{"externalId":"acme"}},"userErrors":[]}""", allocated.GetRawText());
        Assert.Equal("PAID", (await shop.Read(id, "paymentStatus")).GetProperty("paymentStatus").GetString());
        await shop.AssertBooks();
    }

    [Fact]
    public async Task What_is_owed_for_an_order_is_read_by_whom_it_is_and_the_order_by_who_sees_it()
    {
        var order = await shop.Order("id openItems { id }", "BANK_TRANSFER", ("TOOL-045-S", 1m));
        var item = order.GetProperty("openItems")[0].GetProperty("id").GetString();
        const string Query = "query($id: ID!) { node(id: $id) { ... on OpenItem { orderNumber order { id } } } }";

        var own = await shop.Data(shop.Acme, Query, new { id = item });
        var colleague = await shop.Data(shop.Second, Query, new { id = item });
        var rival = await shop.Data(shop.Rival, Query, new { id = item });
        var reader = await shop.Ask(shop.OrdersReader, "query($id: ID!) { order(id: $id) { amountDue { amount } openItems { id } } }", new { id = order.GetProperty("id").GetString() }, "/admin/graphql");
        var tooMany = await shop.Ask(shop.Acme, "query($id: ID!) { order(id: $id) { openItems(first: 1001) { id } } }", new { id = order.GetProperty("id").GetString() });

        Assert.Equal(order.GetProperty("id").GetString(), own.GetProperty("node").GetProperty("order").GetProperty("id").GetString());
        Assert.Equal(JsonValueKind.Null, colleague.GetProperty("node").GetProperty("order").ValueKind);
        Assert.Equal(JsonValueKind.Null, rival.GetProperty("node").ValueKind);
        Assert.Contains("Order.openItems needs the permission CREDIT_READ.", reader.Body, StringComparison.Ordinal);
        Assert.Contains("\"amountDue\":{\"amount\":\"48.26\"}", reader.Body, StringComparison.Ordinal);
        Assert.Contains("INVALID_PAGE_SIZE", tooMany.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task By_transfer_an_order_takes_one_statement_more_than_what_it_takes_of_credit_on_account()
    {
        async Task<int> Statements(string paymentMethod)
        {
            var cart = await shop.FilledCart(paymentMethod, ("TOOL-045-S", 1m));
            var total = await shop.Total(cart);
            return await shop.Statements(() => shop.Place(cart, total, "order { number }"));
        }

        await Statements("ON_ACCOUNT"); // prices are in memory from now on

        var (account, transfer) = (await Statements("ON_ACCOUNT"), await Statements("BANK_TRANSFER"));

        Assert.Equal(account - 1, transfer); // two statements of credit less, one of an open item more
    }

    private static string Money(JsonElement of, string field) => of.GetProperty(field).GetProperty("amount").GetString()!;

    private static decimal Number(string amount) => decimal.Parse(amount, CultureInfo.InvariantCulture);

    private static string Without(JsonElement element, params string[] fields) =>
        JsonSerializer.Serialize(element.EnumerateObject().Where(property => !fields.Contains(property.Name)).ToDictionary(property => property.Name, property => property.Value));

    private async Task<(decimal Reserved, decimal Receivable)> Credit()
    {
        var profile = (await shop.Admin("""{ company(externalId: "acme") { creditProfile { reserved { amount } receivable { amount } } } }""")).GetProperty("company").GetProperty("creditProfile");
        return (Number(Money(profile, "reserved")), Number(Money(profile, "receivable")));
    }

    private async Task Ship(string fulfillmentId, string sku, decimal quantity, string? externalId = null) =>
        Assert.Empty(CartShop.Errors(await shop.Ship(new { fulfillmentId, externalId, lines = new[] { new { sku, quantity } } })));

    private async Task<JsonElement> Pay(string externalId, string orderNumber, string amount)
    {
        var payload = await shop.Staff(
            "recordPayment", "RecordPaymentInput", new { externalId, orderNumber, amount, currency = "USD", receivedOn = "2026-03-01" }, "payment { id unallocated { amount } }");
        Assert.Empty(CartShop.Errors(payload));
        return payload;
    }
}
