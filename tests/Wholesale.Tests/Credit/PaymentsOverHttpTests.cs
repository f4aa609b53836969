using System.Net;
using Microsoft.EntityFrameworkCore;
using Wholesale.Credit;
using Wholesale.Tests.Carts;

namespace Wholesale.Tests.Credit;

/// <summary>What staff takes down of payments, and buyers read of them.</summary>
public sealed class PaymentsOverHttpTests(PayingShop shop) : IClassFixture<PayingShop>
{
    [Fact]
    public async Task A_discount_ends_with_any_payment_that_it_was_given_for()
    {
        var item = await shop.Owe("EARLY-1", 100, PayingShop.TwoTenNet30);
        object Part(string externalId, string amount) => new { externalId, company = "acme", amount, currency = "USD", receivedOn = "2026-03-01", allocations = new[] { new { openItemId = item, amount } } };
        var first = await shop.Pay(Part("EARLY-P1", "97.99"), "payment { id }");
        await shop.Pay(Part("EARLY-P2", "0.01"));
        var settled = await shop.Item(item, "status discountTaken { amount }");

        var recalled = await shop.Staff("reversePayment", "ReversePaymentInput", new { paymentId = first.GetProperty("payment").GetProperty("id").GetString(), reason = "Recalled" }, "payment { status }");

        Assert.Equal("""{"status":"PAID","discountTaken":{"amount":"2.00"}}""", settled);
        Assert.Equal("""{"payment":{"status":"REVERSED"},"userErrors":[]}""", recalled.GetRawText());
        Assert.Equal("""{"status":"PARTLY_PAID","discountTaken":{"amount":"0.00"},"amountOpen":{"amount":"99.99"}}""", await shop.Item(item, "status discountTaken { amount } amountOpen { amount }"));
        Assert.Equal("""{"allocations":{"edges":[{"node":{"amount":{"amount":"0.01"},"discount":{"amount":"0.00"}}}]}}""", (await shop.Payment("EARLY-P2", "allocations { edges { node { amount { amount } discount { amount } } } }")).GetRawText());
    }

    [Fact]
    public async Task Who_pays_before_the_goods_arrive_is_early()
    {
        var item = await shop.Owe("ARRIVING-1", 100, new(Wholesale.Credit.DueBasis.Delivery, 14, new(new Wholesale.Platform.Amount(2_0000), 3)), order: "ORD-ARRIVING");

        await shop.Pay(new { externalId = "ARRIVING-P1", company = "acme", amount = "98.00", currency = "USD", receivedOn = "2026-03-01", allocations = new[] { new { openItemId = item, amount = "98.00" } } });

        Assert.Equal("""{"status":"PAID","discountTaken":{"amount":"2.00"}}""", await shop.Item(item, "status discountTaken { amount }"));
    }

    [Fact]
    public async Task A_number_that_no_order_of_the_company_has_and_money_that_there_is_not_are_refused()
    {
        await shop.Owe("WRONG-1", 100, order: "ORD-WRONG");
        await shop.Owe("WRONG-2", 100, company: "rival", order: "ORD-RIVAL");
        object Of(string orderNumber, string amount) => new { externalId = $"WRONG-{orderNumber}-{amount}", company = "acme", orderNumber, amount, currency = "USD", receivedOn = "2026-03-01" };

        Assert.Equal(["NOT_FOUND orderNumber"], CartShop.Errors(await shop.Pay(Of("ORD-WRONK", "10.00"))));
        Assert.Equal(["NOT_FOUND orderNumber"], CartShop.Errors(await shop.Pay(Of("ORD-RIVAL", "10.00"))));
        Assert.Equal(["INVALID_VALUE amount"], CartShop.Errors(await shop.Pay(Of("ORD-WRONG", "10.001"))));
        Assert.Empty(CartShop.Errors(await shop.Pay(Of("ORD-WRONG", "10.00"))));
    }

    [Fact]
    public async Task Staff_records_a_payment_and_the_buyer_reads_what_it_paid_and_what_is_left_to_pay()
    {
        await shop.ImportRows("companies", Company("reader"));
        await shop.ImportRows("credit-profiles", new { company = "reader", currency = "USD", limit = "1000", openItems = "50" });
        await shop.Owe("INV-1", 100, PayingShop.Net10, "reader", "ORD-1");
        await shop.Owe("INV-2", 60.5m, PayingShop.TwoTenNet30, "reader", "ORD-2");
        var buyer = await shop.CreateBuyerKey("reader");

        var paid = await shop.Pay(
            new { externalId = "BANK-1", company = "reader", amount = "120", currency = "USD", receivedOn = "2026-03-02", reference = "INV-1 INV-2" },
            "payment { externalId status amount { amount currency } unallocated { amount } receivedOn reference recordedAt reversedAt recordedBy company { externalId } version }");
        var read = await shop.Data(buyer, """
            { me { company {
              creditProfile { openItems { amount } reserved { amount } receivable { amount } countsReceivable exposure { amount } available { amount } overdue { amount } overdueHoldAfterDays }
              openItems(filter: ALL) { edges { node {
                orderNumber number kind status amount { amount } amountPaid { amount } amountOpen { amount } documentDate dueBasis dueOn isOverdue
                earlyPayment { until discount { amount } amount { amount } }
                allocations { edges { node { amount { amount } payment { externalId reference } } } } version } } }
              payments { edges { node { externalId allocations { edges { node { openItem { number } amount { amount } discount { amount } allocatedAt } } } } } } } } }
            """);

        Assert.Empty(CartShop.Errors(paid));
        var payment = paid.GetProperty("payment");
        Assert.NotNull(payment.GetProperty("recordedBy").GetString());
        Assert.StartsWith(
            """{"externalId":"BANK-1","status":"RECEIVED","amount":{"amount":"120.00","currency":"USD"},"unallocated":{"amount":"0.00"},"receivedOn":"2026-03-02","reference":"INV-1 INV-2","recordedAt":"2026-03-01T12:00:00Z","reversedAt":null,""",
            payment.GetRawText(), StringComparison.Ordinal);
        var company = read.GetProperty("me").GetProperty("company");
        Assert.Equal(
            """{"openItems":{"amount":"50.00"},"reserved":{"amount":"0.00"},"receivable":{"amount":"40.50"},"countsReceivable":true,"exposure":{"amount":"90.50"},"available":{"amount":"909.50"},"overdue":{"amount":"0.00"},"overdueHoldAfterDays":null}""",
            company.GetProperty("creditProfile").GetRawText());
        Assert.Equal(
            [
                """{"orderNumber":"ORD-1","number":"INV-1","kind":"ON_ACCOUNT","status":"PAID","amount":{"amount":"100.00"},"amountPaid":{"amount":"100.00"},"amountOpen":{"amount":"0.00"},"documentDate":"2026-03-01","dueBasis":"INVOICE","dueOn":"2026-03-11","isOverdue":false,"earlyPayment":null,"allocations":{"edges":[{"node":{"amount":{"amount":"100.00"},"payment":{"externalId":"BANK-1","reference":"INV-1 INV-2"}}}]},"version":2}""",
                """{"orderNumber":"ORD-2","number":"INV-2","kind":"ON_ACCOUNT","status":"PARTLY_PAID","amount":{"amount":"60.50"},"amountPaid":{"amount":"20.00"},"amountOpen":{"amount":"40.50"},"documentDate":"2026-03-01","dueBasis":"INVOICE","dueOn":"2026-03-31","isOverdue":false,"earlyPayment":{"until":"2026-03-11","discount":{"amount":"1.21"},"amount":{"amount":"39.29"}},"allocations":{"edges":[{"node":{"amount":{"amount":"20.00"},"payment":{"externalId":"BANK-1","reference":"INV-1 INV-2"}}}]},"version":2}""",
            ],
            company.GetProperty("openItems").GetProperty("edges").EnumerateArray().Select(edge => edge.GetProperty("node").GetRawText()));
        Assert.Equal(
            """{"edges":[{"node":{"externalId":"BANK-1","allocations":{"edges":[{"node":{"openItem":{"number":"INV-1"},"amount":{"amount":"100.00"},"discount":{"amount":"0.00"},"allocatedAt":"2026-03-01T12:00:00Z"}},{"node":{"openItem":{"number":"INV-2"},"amount":{"amount":"20.00"},"discount":{"amount":"0.00"},"allocatedAt":"2026-03-01T12:00:00Z"}}]}}}]}""",
            company.GetProperty("payments").GetRawText());
    }

    [Fact]
    public async Task The_same_payment_sent_again_is_taken_down_once_and_another_one_of_its_key_is_refused()
    {
        var item = await shop.Owe("AGAIN-1", 100);
        var input = new { externalId = "AGAIN", orderNumber = "ORD-AGAIN-1", amount = "40", currency = "USD", receivedOn = "2026-03-01" };

        var first = await shop.Pay(input, "payment { id }");
        var second = await shop.Pay(new { receivedOn = "2026-03-01", currency = "USD", amount = "40.0", orderNumber = "ORD-AGAIN-1", externalId = "AGAIN" }, "payment { id }");
        var other = await shop.Pay(input with { amount = "41" }, "payment { id }");

        Assert.Equal(first.GetProperty("payment").GetRawText(), second.GetProperty("payment").GetRawText());
        Assert.Equal(["ALREADY_EXISTS externalId"], CartShop.Errors(other));
        Assert.Equal("null", other.GetProperty("payment").GetRawText());
        Assert.Equal("""{"status":"PARTLY_PAID","amountOpen":{"amount":"60.00"}}""", await shop.Item(item));
    }

    [Fact]
    public async Task Allocations_pay_what_they_name_and_one_that_is_too_much_is_named_and_nothing_is_taken_down()
    {
        var first = await shop.Owe("NAME-1", 10, order: "ORD-NAME");
        var second = await shop.Owe("NAME-2", 20, order: "ORD-NAME", day: new DateOnly(2026, 2, 1));
        var euros = await shop.Owe("NAME-3", 5, currency: "EUR");
        var rivals = await shop.Owe("NAME-4", 5, company: "rival");
        object Input(string key, string amount, params object[] allocations) =>
            new { externalId = key, company = "acme", amount, currency = "USD", receivedOn = "2026-03-01", allocations };
        var receivable = await shop.Receivable();

        var wrong = await shop.Pay(Input(
            "NAMED-1", "100",
            new { openItemId = first, amount = "10.01" }, new { openItemId = first, amount = "10" }, new { openItemId = first, amount = "0.01" }, new { orderNumber = "ORD-NAME", amount = "20.01" },
            new { openItemId = euros, amount = "1" }, new { openItemId = rivals, amount = "1" }, new { orderNumber = "ORD-NAME-4", amount = "1" }));
        var form = await shop.Pay(Input("NAMED-2", "0", new { amount = "0", orderNumber = "x", openItemId = first }, new { amount = "1" }));
        var tooMuch = await shop.Pay(Input("NAMED-3", "10", new { openItemId = first, amount = "4" }, new { orderNumber = "ORD-NAME", amount = "7" }));
        var good = await shop.Pay(Input("NAMED-4", "30", new { openItemId = first, amount = "4" }, new { orderNumber = "ORD-NAME", amount = "22" }));

        Assert.Equal(
            [
                "ITEM_OVERPAID allocations.0.amount", "ITEM_OVERPAID allocations.2.amount", "ITEM_OVERPAID allocations.3.amount",
                "CURRENCY_MISMATCH allocations.4.amount", "NOT_FOUND allocations.5.openItemId", "NOT_FOUND allocations.6.orderNumber",
            ],
            CartShop.Errors(wrong));
        Assert.Equal("10.01 USD is allocated to NAME-1, of which 10.00 USD is open.", wrong.GetProperty("userErrors")[0].GetProperty("message").GetString());
        Assert.Equal(["INVALID_VALUE amount", "INVALID_VALUE allocations.0", "INVALID_VALUE allocations.0.amount", "INVALID_VALUE allocations.1"], CartShop.Errors(form));
        Assert.Equal(["PAYMENT_EXCEEDED allocations.1.amount"], CartShop.Errors(tooMuch));
        Assert.Equal("null", (await shop.Payment("NAMED-1", "id")).GetRawText());
        Assert.Empty(CartShop.Errors(good));
        Assert.Equal("4.00", good.GetProperty("payment").GetProperty("unallocated").GetProperty("amount").GetString());
        Assert.Equal("""{"status":"PARTLY_PAID","amountOpen":{"amount":"4.00"}}""", await shop.Item(first));
        Assert.Equal("""{"status":"PAID","amountOpen":{"amount":"0.00"}}""", await shop.Item(second));
        Assert.Equal(receivable - 26, await shop.Receivable());
    }

    [Fact]
    public async Task Who_pays_in_time_all_but_the_discount_has_paid_all()
    {
        Task<string> Owe(string number, decimal amount) => shop.Owe(number, amount, PayingShop.TwoTenNet30, day: new DateOnly(2026, 2, 10));
        var (early, late, apart) = (await Owe("DISC-1", 99.99m), await Owe("DISC-2", 100), await Owe("DISC-3", 100));
        async Task<string> Pay(string item, string amount, string day)
        {
            var payload = await shop.Pay(new { externalId = $"{amount} {day}", amount, currency = "USD", receivedOn = day, allocations = new[] { new { openItemId = item, amount } } });
            Assert.Empty(CartShop.Errors(payload));
            return await shop.Item(item, "status amountPaid { amount } discountTaken { amount } amountOpen { amount }");
        }

        var atLast = await Pay(early, "97.99", "2026-02-20");
        var afterwards = await Pay(late, "98", "2026-02-21");
        var part = await Pay(apart, "50", "2026-02-12");
        var rest = await Pay(apart, "48", "2026-02-13");

        Assert.Equal("""{"status":"PAID","amountPaid":{"amount":"97.99"},"discountTaken":{"amount":"2.00"},"amountOpen":{"amount":"0.00"}}""", atLast);
        Assert.Equal("""{"status":"PARTLY_PAID","amountPaid":{"amount":"98.00"},"discountTaken":{"amount":"0.00"},"amountOpen":{"amount":"2.00"}}""", afterwards);
        Assert.Equal("""{"status":"PARTLY_PAID","amountPaid":{"amount":"50.00"},"discountTaken":{"amount":"0.00"},"amountOpen":{"amount":"50.00"}}""", part);
        Assert.Equal("""{"status":"PAID","amountPaid":{"amount":"98.00"},"discountTaken":{"amount":"2.00"},"amountOpen":{"amount":"0.00"}}""", rest);
    }

    [Fact]
    public async Task What_is_left_of_a_payment_pays_later_and_what_it_has_paid_can_be_taken_back()
    {
        await shop.ImportRows("credit-profiles", new { company = "rival", currency = "USD", limit = "1000" });
        await shop.Pay(new { externalId = "LATER", company = "rival", amount = "100", currency = "USD", receivedOn = "2026-03-01", allocations = Array.Empty<object>() });
        var id = (await shop.Payment("LATER", "id unallocated { amount }")).GetProperty("id").GetString();
        var item = await shop.Owe("LATER-1", 70, company: "rival");
        const string Fields = "payment { unallocated { amount } version }";

        var stale = await shop.Staff("allocatePayment", "AllocatePaymentInput", new { paymentId = id, expectedVersion = 7 }, Fields);
        var paid = await shop.Staff("allocatePayment", "AllocatePaymentInput", new { paymentId = id, expectedVersion = 1, allocations = new[] { new { openItemId = item, amount = "70" } } }, Fields);
        var afterPaying = await shop.Receivable("rival");
        var taken = await shop.Staff("deallocatePayment", "DeallocatePaymentInput", new { paymentId = id, openItemId = item }, Fields);
        var again = await shop.Staff("deallocatePayment", "DeallocatePaymentInput", new { paymentId = id, openItemId = item }, Fields);
        var nothing = await shop.Staff("deallocatePayment", "DeallocatePaymentInput", new { paymentId = "nothing", openItemId = item }, Fields);

        Assert.Equal(["CONFLICT expectedVersion"], CartShop.Errors(stale));
        Assert.Equal("""{"payment":{"unallocated":{"amount":"30.00"},"version":2},"userErrors":[]}""", paid.GetRawText());
        Assert.Equal("""{"payment":{"unallocated":{"amount":"100.00"},"version":3},"userErrors":[]}""", taken.GetRawText());
        Assert.Equal(taken.GetRawText(), again.GetRawText());
        Assert.Equal(["NOT_FOUND paymentId"], CartShop.Errors(nothing));
        Assert.Equal("""{"status":"OPEN","amountOpen":{"amount":"70.00"}}""", await shop.Item(item));
        Assert.Equal(afterPaying + 70, await shop.Receivable("rival"));
    }

    [Fact]
    public async Task A_payment_that_the_bank_recalls_leaves_everything_open_that_it_has_paid()
    {
        var (one, other) = (await shop.Owe("BACK-1", 98, PayingShop.TwoTenNet30, order: "ORD-BACK"), await shop.Owe("BACK-2", 10, order: "ORD-BACK", kind: OpenItemKind.Prepayment));
        var receivable = await shop.Receivable();
        await shop.Pay(new { externalId = "RECALLED", orderNumber = "ORD-BACK", amount = "200", currency = "USD", receivedOn = "2026-03-01" });
        var (paidOne, paidReceivable) = (await shop.Item(one), await shop.Receivable());
        var id = (await shop.Payment("RECALLED", "id")).GetProperty("id").GetString();
        const string Fields = "payment { status unallocated { amount } reversalReason allocations { edges { node { allocatedAt } } } version }";

        var blank = await shop.Staff("reversePayment", "ReversePaymentInput", new { paymentId = id, reason = " " }, "payment { status }");
        var reversed = await shop.Staff("reversePayment", "ReversePaymentInput", new { paymentId = id, reason = "Recalled by the bank" }, Fields);
        var twice = await shop.Staff("reversePayment", "ReversePaymentInput", new { paymentId = id, reason = "Again" }, Fields);
        var paysNothing = await shop.Staff("allocatePayment", "AllocatePaymentInput", new { paymentId = id }, "payment { status }");

        Assert.Equal("""{"status":"PAID","amountOpen":{"amount":"0.00"}}""", paidOne);
        Assert.Equal(receivable - 98, paidReceivable);
        Assert.Equal(["INVALID_VALUE reason"], CartShop.Errors(blank));
        Assert.Equal("""{"payment":{"status":"REVERSED","unallocated":{"amount":"0.00"},"reversalReason":"Recalled by the bank","allocations":{"edges":[]},"version":2},"userErrors":[]}""", reversed.GetRawText());
        Assert.Equal(reversed.GetRawText(), twice.GetRawText());
        Assert.Equal(["PAYMENT_REVERSED paymentId"], CartShop.Errors(paysNothing));
        Assert.Equal("""{"status":"OPEN","discountTaken":{"amount":"0.00"},"amountOpen":{"amount":"98.00"}}""", await shop.Item(one, "status discountTaken { amount } amountOpen { amount }"));
        Assert.Equal("""{"status":"OPEN","amountOpen":{"amount":"10.00"}}""", await shop.Item(other));
        Assert.Equal(receivable, await shop.Receivable());
    }

    [Fact]
    public async Task A_payment_is_of_somebody_and_says_so()
    {
        var nobody = await shop.Pay(new { externalId = "WHO-1", amount = "1", currency = "USD", receivedOn = "2026-03-01" });
        var stranger = await shop.Pay(new { externalId = "WHO-2", company = "none", amount = "1", currency = "USD", receivedOn = "2026-03-01" });
        var order = await shop.Pay(new { externalId = "WHO-3", orderNumber = "none", amount = "1", currency = "USD", receivedOn = "2036-03-01" });
        var blank = await shop.Pay(new { externalId = "MINE ", company = "acme ", amount = "1", currency = "USD", receivedOn = "2026-03-01" });
        var tooMany = await shop.Pay(new
        {
            externalId = "WHO-4",
            company = "acme",
            amount = "1000",
            currency = "USD",
            receivedOn = "2026-03-01",
            allocations = Enumerable.Repeat(new { orderNumber = "x", amount = "1" }, 251),
        });

        Assert.Equal(["INVALID_VALUE company"], CartShop.Errors(nobody));
        Assert.Equal(["NOT_FOUND company"], CartShop.Errors(stranger));
        Assert.Equal(["INVALID_VALUE receivedOn", "NOT_FOUND orderNumber"], CartShop.Errors(order));
        Assert.Equal(["INVALID_VALUE externalId", "NOT_FOUND company"], CartShop.Errors(blank));
        Assert.Equal(["TOO_MANY_ROWS allocations"], CartShop.Errors(tooMany));
    }

    [Fact]
    public async Task Another_companys_items_and_payments_are_answered_like_those_that_are_not_there()
    {
        var item = await shop.Owe("MINE-1", 5);
        await shop.Pay(new { externalId = "MINE", orderNumber = "ORD-MINE-1", amount = "5", currency = "USD", receivedOn = "2026-03-01" });
        var payment = (await shop.Payment("MINE", "id")).GetProperty("id").GetString();
        const string Query = "query($item: ID!, $payment: ID!) { nodes(ids: [$item, $payment]) { ... on OpenItem { number } ... on Payment { externalId } } }";

        var foreign = await shop.Ask(shop.Rival, Query, new { item, payment });
        var own = await shop.Ask(shop.Acme, Query, new { item, payment });
        var viewer = await shop.Ask(shop.Viewer, "{ me { company { openItems { edges { cursor } } payments { edges { cursor } } } } }");
        var write = await shop.Ask(shop.Acme, "mutation { reversePayment(input: { paymentId: \"x\", reason: \"x\" }) { userErrors { code } } }");

        Assert.Equal("""{"data":{"nodes":[null,null]}}""", foreign.Body);
        Assert.Equal("""{"data":{"nodes":[{"number":"MINE-1"},{"externalId":"MINE"}]}}""", own.Body);
        Assert.Contains("Company.openItems needs the permission CREDIT_READ.", viewer.Body, StringComparison.Ordinal);
        Assert.Contains("Company.payments needs the permission CREDIT_READ.", viewer.Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, viewer.Status);
        Assert.StartsWith("{\"errors\":", write.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_happens_is_told_and_no_words_are()
    {
        await shop.Owe("TOLD-1", 12, PayingShop.Net10, "spielwaren", currency: "EUR");
        var last = await shop.Change(async (db, _, _) => await db.Events.MaxAsync(e => e.Number));

        await shop.Owe("TOLD-2", 3, new(DueBasis.Delivery, 7, null), "spielwaren", currency: "EUR");
        await shop.Pay(new { externalId = "TOLD", company = "spielwaren", amount = "20", currency = "EUR", receivedOn = "2026-03-01", reference = "From a person" });
        var id = (await shop.Payment("TOLD", "id")).GetProperty("id").GetString();
        await shop.Staff("reversePayment", "ReversePaymentInput", new { paymentId = id, reason = "In words" }, "payment { id }");
        var events = await shop.Change(async (db, _, _) => await db.Events.Where(e => e.Number > last).OrderBy(e => e.Number).ToListAsync());
        var subjects = await shop.Admin("query($after: Long) { events(after: $after) { events { type subjectId version } } }", new { after = last });

        Assert.Equal(
            ["OPEN_ITEM_OPENED", "PAYMENT_RECORDED", "OPEN_ITEM_CHANGED", "OPEN_ITEM_CHANGED", "PAYMENT_REVERSED", "OPEN_ITEM_CHANGED", "OPEN_ITEM_CHANGED"], events.Select(e => e.Type));
        Assert.Equal([1L, 1, 2, 2, 2, 3, 3], events.Select(e => e.Version));
        Assert.All(events, e => Assert.StartsWith("{\"companyId\":\"", e.Data, StringComparison.Ordinal));
        Assert.EndsWith(""","number":"TOLD-2","orderNumber":"ORD-TOLD-2","kind":"ON_ACCOUNT","currency":"EUR","amount":"3.00","open":"3.00","dueOn":null}""", events[0].Data, StringComparison.Ordinal);
        Assert.EndsWith(""","externalId":"TOLD","currency":"EUR","amount":"20.00","unallocated":"5.00","receivedOn":"2026-03-01"}""", events[1].Data, StringComparison.Ordinal);
        Assert.EndsWith(""","amount":"12.00","open":"0.00","dueOn":"2026-03-11"}""", events[2].Data, StringComparison.Ordinal);
        Assert.DoesNotContain(events, e => e.Data!.Contains("words", StringComparison.Ordinal) || e.Data.Contains("person", StringComparison.Ordinal));
        Assert.Contains($"\"type\":\"PAYMENT_REVERSED\",\"subjectId\":\"{id}\",\"version\":2", subjects.GetRawText(), StringComparison.Ordinal);
    }

    internal static object Company(string name) => new
    {
        externalId = name,
        name,
        market = "us",
        verification = "VERIFIED",
        units = new[] { new { externalId = "hq", name = "Headquarters" } },
        users = new[] { new { externalId = "buyer", name = "buyer", email = $"buyer@{name}.example", role = "BUYER", unit = "hq" } },
    };
}
