using Microsoft.EntityFrameworkCore;
using Wholesale.Companies;
using Wholesale.Credit;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Tests.Catalog;
using Wholesale.Tests.Inventory;
using static Wholesale.Tests.Credit.Debtors;

namespace Wholesale.Tests.Credit;

/// <summary>What companies owe, and what that does to their credit.</summary>
public sealed class OpenItemsTests : IDisposable
{
    private static readonly PaymentDays Delivery = new(DueBasis.Delivery, 14, new(new Amount(2_0000), 3));

    private readonly RoomDatabase database = new();

    public void Dispose() => database.Dispose();

    [Fact]
    public async Task What_is_open_on_account_counts_for_the_limit_and_a_prepayment_does_not()
    {
        var company = await database.Debtor("a", 100);
        await database.Owe(company, 500, kind: OpenItemKind.Prepayment);
        await database.Owe(company, 60);

        var tooMuch = await database.Reserve(1, company, 40.01m);
        var fits = await database.Reserve(2, company, 40);

        Assert.Equal("40.01 EUR is needed and 40.00 EUR of the credit is available.", tooMuch!.Message);
        Assert.Null(fits);
        var profile = await database.ProfileOf(company);
        Assert.Equal((Euros(100), Euros(0), 60_0000L), (profile.Exposure, profile.Available, profile.Receivable));
    }

    [Fact]
    public async Task Where_the_sellers_system_counts_it_it_does_not_count_twice()
    {
        var company = await database.Debtor("a", 100);
        await database.Owe(company, 60);
        await database.Upsert(new CreditProfileInput("a", OpenItems: Amount(60), CountsReceivable: false));

        var tooMuch = await database.Reserve(1, company, 40.01m);
        var fits = await database.Reserve(2, company, 40);
        var profile = await database.ProfileOf(company);
        var back = (await database.Upsert(new CreditProfileInput("a", OpenItems: Amount(0), CountsReceivable: true))).Things[0];

        Assert.Equal("CREDIT_LIMIT_EXCEEDED", tooMuch!.Code);
        Assert.Null(fits);
        Assert.Equal((Euros(100), Euros(0), 60_0000L), (profile.Exposure, profile.Available, profile.Receivable));
        Assert.Equal((Euros(100), Euros(0)), (back.Exposure, back.Available));
    }

    [Fact]
    public async Task Days_count_from_what_the_term_says_and_those_from_delivery_wait_for_it()
    {
        var company = await database.Debtor("a", null);

        var invoice = await database.Owe(company, 1, new(DueBasis.Invoice, 30, null), day: "2026-01-31");
        var month = await database.Owe(company, 1, new(DueBasis.EndOfMonth, 30, new(new Amount(2_0000), 10)), day: "2026-01-05");
        var atOnce = await database.Owe(company, 1, kind: OpenItemKind.Prepayment, day: "2026-01-05");
        var delivery = await database.Owe(company, 100, Delivery, day: "2026-01-05");
        await Delivered(company, "2026-01-20", delivery, invoice);
        await Delivered(company, "2026-01-25", delivery);
        var arrived = await database.ItemOf(delivery);

        Assert.Equal((Day("2026-03-02"), (DateOnly?)null), (invoice.DueOn, invoice.DiscountUntil));
        Assert.Equal((Day("2026-03-02"), Day("2026-02-10")), (month.DueOn, month.DiscountUntil));
        Assert.Equal((Day("2026-01-05"), (DueBasis?)null), (atOnce.DueOn, atOnce.DueBasis));
        Assert.Equal((null, (DateOnly?)null), (delivery.DueOn, delivery.DiscountUntil));
        Assert.Null(delivery.EarlyPaymentOn(Day("2026-01-05")!.Value));
        Assert.Equal((Day("2026-02-03"), Day("2026-01-23"), 2L), (arrived.DueOn, arrived.DiscountUntil, arrived.Version));
        Assert.Equal(new EarlyPayment(Day("2026-01-23")!.Value, Euros(2), Euros(98)), arrived.EarlyPaymentOn(Day("2026-01-23")!.Value));
        Assert.Null(arrived.EarlyPaymentOn(Day("2026-01-24")!.Value));
        Assert.Equal((Day("2026-03-02"), 1L), ((await database.ItemOf(invoice)).DueOn, (await database.ItemOf(invoice)).Version));
    }

    [Fact]
    public async Task What_is_taken_off_is_not_owed_and_what_was_paid_of_it_can_pay_something_else()
    {
        var company = await database.Debtor("a", 100);
        var (item, next) = (await database.Owe(company, 60), await database.Owe(company, 50, order: "ORD-2"));
        var paid = await database.Pay(Received("p", 40, null, new PaymentAllocationInput(Amount(40), new NodeId(nameof(OpenItem), item.Id))));

        var less = await Reduce(company, item, 10);
        var none = await Reduce(company, item, null);
        var profile = await database.ProfileOf(company);
        var freed = await database.Write((db, writes) => database.Payments(db, writes).Deallocate(
            new(new(nameof(Payment), paid.Payment!.Id), new(nameof(OpenItem), item.Id)), default));
        var used = await database.Write((db, writes) => database.Payments(db, writes).Allocate(new(new(nameof(Payment), paid.Payment!.Id)), default));

        Assert.Equal((OpenItemStatus.PartlyPaid, Euros(50), Euros(10)), (less!.Status, less.Amount, less.AmountOpen));
        Assert.Equal((OpenItemStatus.Cancelled, Euros(0), Euros(60), Euros(40), Euros(40)), (none!.Status, none.AmountOpen, none.AmountReduced, none.AmountPaid, none.AmountOverpaid));
        Assert.Equal((10_0000L, Euros(10)), (profile.Receivable, profile.Exposure)); // 50 are owed, and 40 paid
        Assert.Equal(Euros(40), freed.Payment!.Unallocated);
        Assert.Equal(Euros(0), used.Payment!.Unallocated);
        Assert.Equal((Euros(10), 10_0000L), ((await database.ItemOf(next)).AmountOpen, (await database.ProfileOf(company)).Receivable));
        await Assert.ThrowsAsync<OvertakenException>(() => Reduce(company, next, 50.01m));
        Assert.Null(await database.OpenItems(items => items.Reduce(company.Id, 4711, null, default)));
    }

    [Fact]
    public async Task The_currency_stays_while_something_on_account_is_open()
    {
        var company = await database.Debtor("a", 100);
        var (item, advance) = (await database.Owe(company, 60), await database.Owe(company, 60, kind: OpenItemKind.Prepayment));
        var dollars = new CreditProfileInput("a", Currency.Of("USD"), new(Amount(50)), Amount(0));

        var open = await database.Upsert(dollars);
        await database.Pay(Received("p", 60, null, new PaymentAllocationInput(Amount(60), new NodeId(nameof(OpenItem), item.Id))));
        var settled = await database.Upsert(dollars);

        Assert.Equal("CURRENCY_IN_USE creditProfiles/0/currency", Assert.Single(open.Errors("creditProfiles")).Short());
        Assert.Equal("50.00 USD", $"{settled.Things[0].Available}");
        Assert.Equal(OpenItemStatus.Open, (await database.ItemOf(advance)).Status);
    }

    [Fact]
    public async Task Thirty_two_clients_pay_an_item_once_and_all_that_is_too_much_stays_unallocated()
    {
        var company = await database.Debtor("a", 1_000);
        var (first, second) = (await database.Owe(company, 100), await database.Owe(company, 55.5m));

        await Task.WhenAll(Enumerable.Range(0, 32).Select(client => Task.Run(() => database.Pay(Received($"p{client}", 7)))));

        var payments = await database.Read(async db => await db.Payments.ToListAsync());
        Assert.Equal((32, 32 * 7_0000L - 155_5000L), (payments.Count, payments.Sum(p => p.Left)));
        Assert.Equal((0, 0), ((await database.ItemOf(first)).Rest, (await database.ItemOf(second)).Rest));
        Assert.Equal(155_5000L, await database.Read(async db => await db.PaymentAllocations.SumAsync(a => a.Paid)));
        Assert.Equal(0, (await database.ProfileOf(company)).Receivable);
    }

    [Fact(SkipType = typeof(SqlServerForTests), SkipWhen = nameof(SqlServerForTests.IsUsed), Skip = SqlServerForTests.OfSqliteAlone)]
    public async Task What_another_writer_has_paid_meanwhile_is_not_paid_again()
    {
        var company = await database.Debtor("a", 100);
        var item = await database.Owe(company, 60);
        var other = new Meanwhile("OpenItems", "UPDATE \"OpenItems\" SET \"Paid\" = 30000, \"Rest\" = \"Rest\" - 30000");

        await Assert.ThrowsAsync<OvertakenException>(() => database.Write(other, (db, writes) => database.Payments(db, writes).Record(Received("p", 60), RoomDatabase.Staff, default)));

        Assert.Equal((60_0000L, 60_0000L), ((await database.ItemOf(item)).Rest, (await database.ProfileOf(company)).Receivable));
        Assert.Equal(0, await database.Read(async db => await db.Payments.CountAsync()));
    }

    [Fact]
    public async Task Opening_and_paying_take_as_many_statements_for_one_item_as_for_many()
    {
        var company = await database.Debtor("a", null);

        var opening = await Statements(async (db, writes) => { await new OpenItems(db, writes, database.Ids).Open(New(company, OpenItemKind.OnAccount), default); });
        var prepaying = await Statements(async (db, writes) => { await new OpenItems(db, writes, database.Ids).Open(New(company, OpenItemKind.Prepayment), default); });
        var one = await Statements(async (db, writes) => { await database.Payments(db, writes).Record(Received("p1", 1), RoomDatabase.Staff, default); });
        for (var i = 0; i < 20; i++)
        {
            await database.Owe(company, 1);
        }

        var many = await Statements(async (db, writes) => { await database.Payments(db, writes).Record(Received("p2", 50), RoomDatabase.Staff, default); });

        Assert.Equal((2, 1), (opening, prepaying));
        Assert.Equal((8, 8), (one, many));
        Assert.Equal(1 + 22, await database.Read(async db => await db.PaymentAllocations.CountAsync()));
    }

    [Fact]
    public async Task Each_field_of_many_companies_items_and_payments_is_one_statement()
    {
        var companies = new[] { await database.Debtor("a", null), await database.Debtor("b", null), await database.Debtor("c", null) };
        foreach (var company in companies.Take(2))
        {
            await database.Owe(company, 10, day: "2026-02-01");
            await database.Owe(company, 20, order: "ORD-2");
            await database.Pay(Received($"{company.ExternalId}1", 12, company.ExternalId));
            await database.Pay(Received($"{company.ExternalId}2", 1, company.ExternalId));
        }

        var batch = Batch<Company>.Of(companies);
        var (items, i) = await database.Count(db => OpenItemFields.CompanyItems(batch, OpenItemFilter.All, 1, null, db, database.Clock, default));
        var (payments, p) = await database.Count(db => PaymentFields.CompanyPayments(batch, 2, null, db, default));
        var (allocations, a) = await database.Count(db => PaymentFields.AllocationsOfPayments(
            Batch<Payment>.Of([.. payments.SelectMany(page => page.Edges).Select(edge => edge.Node)]), null, null, db, default));
        var (paying, t) = await database.Count(db => PaymentFields.AllocationsToItems(Batch<OpenItem>.Of([.. items.SelectMany(page => page.Edges).Select(edge => edge.Node)]), 10, null, db, default));
        var profiles = await database.Read(async db => await db.CreditProfiles.OrderBy(profile => profile.CompanyId).ToListAsync());
        var (overdue, o) = await database.Count(db => OpenItemFields.Overdue(Batch<CreditProfile>.Of(profiles), db, database.Clock, default));

        Assert.Equal((1, 1, 1, 1, 1), (i, p, a, t, o));
        Assert.Equal([1, 1, 0], items.Select(page => page.Edges.Count));
        Assert.Equal([true, true, false], items.Select(page => page.PageInfo.HasNextPage));
        Assert.Equal(["a2", "a1", "b2", "b1"], payments.SelectMany(page => page.Edges).Select(edge => edge.Node.ExternalId));
        Assert.Equal([1, 2, 1, 2], allocations.Select(page => page.Edges.Count));
        Assert.Equal([1, 1], paying.Select(page => page.Edges.Count));
        Assert.Equal([Euros(0), Euros(0), Euros(0)], overdue);
    }

    private static DateOnly? Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private NewOpenItem New(Company company, OpenItemKind kind) => new(database.Ids.Next(), "INV", 1, "ORD-1", company.Id, kind, Euros(10), null, Day("2026-03-01")!.Value);

    private Task Delivered(Company company, string day, params OpenItem[] items) => database.OpenItems(async open =>
    {
        await open.Delivered(company.Id, [.. items.Select(item => item.DocumentId), 4711], Day(day)!.Value, default);
        return items;
    });

    private Task<OpenItem?> Reduce(Company company, OpenItem item, decimal? by) =>
        database.OpenItems(items => items.Reduce(company.Id, item.DocumentId, by is { } euros ? Euros(euros) : null, default));

    private Task<long> Statements(Func<WholesaleDb, Wholesale.Platform.Events.Writes, ValueTask> work) => database.Write(async (db, writes) =>
    {
        var before = database.Statements.Total;
        await work(db, writes);
        return database.Statements.Total - before;
    });
}
