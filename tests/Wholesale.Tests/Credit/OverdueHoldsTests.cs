using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Wholesale.Credit;
using Wholesale.Platform;
using Wholesale.Tests.Carts;
using Wholesale.Tests.Catalog;

namespace Wholesale.Tests.Credit;

/// <summary>What is overdue, and the holds that come and go with it.</summary>
public sealed class OverdueHoldsTests(PayingShop shop) : IClassFixture<PayingShop>
{
    private static readonly DateOnly February = new(2026, 2, 1);

    [Fact]
    public async Task What_is_overdue_is_listed_longest_first_page_by_page()
    {
        await using var alone = new PayingShop();
        await alone.InitializeAsync();
        await Company(alone, "lister");
        await alone.Owe("LIST-3", 3, company: "lister", day: February.AddDays(2));
        await alone.Owe("LIST-1", 1, company: "lister", day: February);
        var paid = await alone.Owe("LIST-2", 2, company: "lister", day: February.AddDays(1));
        await alone.Owe("LIST-4", 4, company: "lister", day: alone.Today.AddDays(-10)); // due today
        await alone.Owe("LIST-5", 5, new(DueBasis.Delivery, 0, null), "lister", day: February);
        await alone.Owe("LIST-6", 6, company: "lister", kind: OpenItemKind.Prepayment, days: new(DueBasis.Invoice, 0, null), day: February.AddDays(20));
        await alone.Pay(new { externalId = "LIST", amount = "2", currency = "USD", receivedOn = "2026-03-01", allocations = new[] { new { openItemId = paid, amount = "2" } } });
        const string Page = "edges { node { number isOverdue dueOn } } pageInfo { hasNextPage endCursor }";

        var first = (await alone.Admin($"{{ overdueItems(first: 2) {{ {Page} }} }}")).GetProperty("overdueItems");
        var second = (await alone.Admin($"query($after: String) {{ overdueItems(first: 2, after: $after) {{ {Page} }} }}", new { after = first.GetProperty("pageInfo").GetProperty("endCursor").GetString() })).GetProperty("overdueItems");
        var company = (await alone.Admin(
            """{ company(externalId: "lister") { creditProfile { overdue { amount } } open: openItems { edges { node { number } } } overdue: openItems(filter: OVERDUE) { edges { node { number } } } all: openItems(filter: ALL) { edges { node { number } } } } }""")).GetProperty("company");
        var foreign = await alone.Ask(alone.StaffKey, "{ overdueItems(after: \"x\") { edges { cursor } } }", path: "/admin/graphql");

        Assert.Equal("LIST-1 LIST-3", Numbers(first));
        Assert.True(first.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean());
        Assert.Equal("""{"number":"LIST-1","isOverdue":true,"dueOn":"2026-02-11"}""", first.GetProperty("edges")[0].GetProperty("node").GetRawText());
        Assert.Equal("LIST-6", Numbers(second));
        Assert.Equal("4.00", company.GetProperty("creditProfile").GetProperty("overdue").GetProperty("amount").GetString());
        Assert.Equal("LIST-1 LIST-3 LIST-6 LIST-4 LIST-5", Numbers(company.GetProperty("open")));
        Assert.Equal("LIST-1 LIST-3 LIST-6", Numbers(company.GetProperty("overdue")));
        Assert.Equal("LIST-1 LIST-2 LIST-3 LIST-6 LIST-4 LIST-5", Numbers(company.GetProperty("all")));
        Assert.Contains("INVALID_CURSOR", foreign.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_clock_holds_a_company_that_is_overdue_too_long_and_a_payment_releases_it_at_once()
    {
        await using var alone = new PayingShop();
        await alone.InitializeAsync();
        await alone.ImportRows("credit-profiles", new { company = "acme", overdueHoldAfterDays = 14 }, new { company = "rival", currency = "USD", limit = "1000" });
        var item = await alone.Owe("HOLD-1", 100); // due on 11 March
        await alone.Owe("HOLD-2", 50, day: new DateOnly(2026, 3, 20));
        await alone.Owe("HOLD-3", 50, company: "rival", day: February);
        await alone.Owe("HOLD-4", 70, kind: OpenItemKind.Prepayment, day: February);

        alone.Clock.Advance(TimeSpan.FromDays(24)); // 25 March, 14 days overdue
        await alone.LookForOverdue();
        var notYet = await alone.Credit("hold { reason }");
        alone.Clock.Advance(TimeSpan.FromDays(1));
        await alone.LookForOverdue(); // it, or the clock that the host has itself
        var again = await alone.LookForOverdue();
        var read = await alone.Data(alone.Acme, "{ me { company { creditProfile { hold { reason isAutomatic placedAt } overdue { amount } version } } } }");
        var cart = await alone.OpenCart(details: new { paymentMethod = "ON_ACCOUNT" });
        await alone.Add(cart, ("TOOL-001-S", 1m));
        var refused = (await alone.Data(alone.Acme, "query($id: ID!) { validateCart(cartId: $id) { issues { code message } } }", new { id = cart })).GetRawText();
        var part = await alone.Pay(new { externalId = "P-1", company = "acme", amount = "50", currency = "USD", receivedOn = "2026-03-26", allocations = new[] { new { openItemId = item, amount = "50" } } });
        var stillHeld = await alone.Credit("hold { isAutomatic }");
        await alone.Pay(new { externalId = "P-2", company = "acme", amount = "50", currency = "USD", receivedOn = "2026-03-26", allocations = new[] { new { openItemId = item, amount = "50" } } });
        var released = await alone.Credit("hold { isAutomatic } version");

        Assert.Equal("""{"hold":null}""", notYet.GetRawText());
        Assert.Equal(0, again);
        Assert.Equal(
            """{"hold":{"reason":"Something was to be paid by 2026-03-11 and is open: it has been overdue for more than 14 days.","isAutomatic":true,"placedAt":"2026-03-26T12:00:00Z"},"overdue":{"amount":"100.00"},"version":3}""",
            read.GetProperty("me").GetProperty("company").GetProperty("creditProfile").GetRawText());
        Assert.Contains("CREDIT_ON_HOLD", refused, StringComparison.Ordinal);
        Assert.Empty(CartShop.Errors(part));
        Assert.Equal("""{"hold":{"isAutomatic":true}}""", stillHeld.GetRawText());
        Assert.Equal("""{"hold":null,"version":4}""", released.GetRawText());
        Assert.Equal("null", (await alone.Credit("hold { reason }", "rival")).GetProperty("hold").GetRawText());
        Assert.Equal(4, await alone.Events("CREDIT_PROFILE_CHANGED") - 1); // with the import of rival's
    }

    [Fact]
    public async Task A_hold_of_staff_stays_and_one_of_the_clock_ends_with_its_setting()
    {
        var ours = await Company(shop, "ours", holdAfterDays: 0);
        var theirs = await Company(shop, "theirs", holdAfterDays: 0);
        await shop.Owe("OURS-1", 10, company: "ours", day: February);
        await shop.Owe("THEIRS-1", 10, company: "theirs", day: February);

        await shop.Staff("placeCreditHold", "PlaceCreditHoldInput", new { companyId = ours, reason = "A decision" }, "creditProfile { id }");
        await shop.LookForOverdue();
        await shop.Pay(new { externalId = "OURS", company = "ours", amount = "10", currency = "USD", receivedOn = "2026-03-01" });
        await shop.LookForOverdue();
        var byStaff = await shop.Credit("hold { reason isAutomatic }", "ours");
        var byClock = await shop.Credit("hold { isAutomatic }", "theirs");
        await shop.Staff("releaseCreditHold", "ReleaseCreditHoldInput", new { companyId = theirs }, "creditProfile { id }");
        await shop.LookForOverdue();
        var back = await shop.Credit("hold { isAutomatic }", "theirs");
        await shop.ImportRows("credit-profiles", new { company = "theirs", overdueHoldAfterDays = (int?)null });
        await shop.LookForOverdue();
        var off = await shop.Credit("hold { isAutomatic }", "theirs");
        await shop.ImportRows("credit-profiles", new { company = "theirs", overdueHoldAfterDays = 0 });
        await shop.LookForOverdue();
        var taken = await shop.Staff("placeCreditHold", "PlaceCreditHoldInput", new { companyId = theirs, reason = "Now it is ours" }, "creditProfile { hold { reason isAutomatic } }");

        Assert.Equal("""{"hold":{"reason":"A decision","isAutomatic":false}}""", byStaff.GetRawText());
        Assert.Equal("""{"hold":{"isAutomatic":true}}""", byClock.GetRawText());
        Assert.Equal("""{"hold":{"isAutomatic":true}}""", back.GetRawText());
        Assert.Equal("""{"hold":null}""", off.GetRawText());
        Assert.Equal("""{"hold":{"reason":"Now it is ours","isAutomatic":false}}""", taken.GetProperty("creditProfile").GetRawText());
    }

    [Fact]
    public async Task A_new_profile_has_the_days_of_the_setting_unless_it_says_otherwise()
    {
        static CreditSettings Read(string? days) => CreditSettings.Of(new ConfigurationBuilder().AddInMemoryCollection([new("Credit:OverdueHoldAfterDays", days)]).Build());
        using var database = new RoomDatabase();
        await database.Upsert(Goods.Company("a"), Goods.Company("b"));

        var result = await database.Write((db, writes) => new CreditWrites(db, writes, database.Clock, Read("30")).Upsert(
            [
                new CreditProfileInput("a", Debtors.Euro, new(null)),
                new CreditProfileInput("b", Debtors.Euro, new(null), OverdueHoldAfterDays: new(null)),
                new CreditProfileInput("a"),
            ],
            BulkMode.Partial, default));
        var wrong = await database.Upsert(new CreditProfileInput("a", OverdueHoldAfterDays: new(3_651)), new CreditProfileInput("b", OverdueHoldAfterDays: new(-1)));

        Assert.Equal([30, null], result.Things.Select(profile => profile.OverdueHoldAfterDays));
        Assert.Equal(["INVALID_VALUE creditProfiles/0/overdueHoldAfterDays", "INVALID_VALUE creditProfiles/1/overdueHoldAfterDays"], wrong.Errors("creditProfiles").Select(error => error.Short()));
        Assert.Null(Read(null).OverdueHoldAfterDays);
        Assert.Throws<InvalidOperationException>(() => Read("-1"));
        Assert.Throws<InvalidOperationException>(() => Read("3651"));
    }

    private static string Numbers(JsonElement connection) => string.Join(' ', connection.GetProperty("edges").EnumerateArray().Select(edge => edge.GetProperty("node").GetProperty("number").GetString()));

    private static async Task<string> Company(PayingShop shop, string name, int? holdAfterDays = null)
    {
        await shop.ImportRows("companies", PaymentsOverHttpTests.Company(name));
        await shop.ImportRows("credit-profiles", new { company = name, currency = "USD", limit = "1000", overdueHoldAfterDays = holdAfterDays });
        return (await shop.Admin("query($id: String!) { company(externalId: $id) { id } }", new { id = name })).GetProperty("company").GetProperty("id").GetString()!;
    }
}
