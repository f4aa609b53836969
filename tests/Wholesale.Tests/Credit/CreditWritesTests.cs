using Microsoft.EntityFrameworkCore;
using Wholesale.Companies;
using Wholesale.Credit;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Tests.Catalog;
using Wholesale.Tests.Inventory;
using static Wholesale.Tests.Credit.Debtors;

namespace Wholesale.Tests.Credit;

public sealed class CreditWritesTests : IDisposable
{
    private readonly RoomDatabase database = new();

    public void Dispose() => database.Dispose();

    [Fact]
    public async Task Good_rows_are_taken_and_bad_ones_reported_where_they_stand()
    {
        await database.Upsert([.. "abcdef".Select(c => Goods.Company($"{c}"))]);
        await database.Upsert(new PaymentTermInput("net30", "Net 30", 30));

        var result = await database.Upsert(
            new CreditProfileInput("a", Euro, new(Amount(1_000)), Amount(-5), new("A+"), ["net30"], 7),
            new CreditProfileInput("nobody", Euro, new(null)),
            new CreditProfileInput("b"),
            new CreditProfileInput("c", Euro, new(Amount(-1)), Rating: new("A ")),
            new CreditProfileInput("d", Euro, new(null), PaymentTerms: ["net30", "none", "net30"]),
            new CreditProfileInput("e", Euro, new(null), PaymentTerms: [.. Enumerable.Repeat("net30", 51)]),
            new CreditProfileInput("a", Euro, new(null)));

        Assert.Equal(
            [
                "NOT_FOUND creditProfiles/1/company",
                "INVALID_VALUE creditProfiles/2/currency",
                "INVALID_VALUE creditProfiles/2/limit",
                "INVALID_VALUE creditProfiles/3/limit",
                "INVALID_VALUE creditProfiles/3/rating",
                "NOT_FOUND creditProfiles/4/paymentTerms/1",
                "DUPLICATE_ROW creditProfiles/4/paymentTerms/2",
                "INVALID_VALUE creditProfiles/5/paymentTerms",
                "DUPLICATE_ROW creditProfiles/6/company",
            ],
            result.Errors("creditProfiles").Select(error => error.Short()));
        Assert.Equal(new BulkCounts(7, 1, 0, 6), result.Counts);
        var profile = await database.Read(async db => await db.CreditProfiles.SingleAsync());
        Assert.Equal(
            (Euros(-5), Euros(1_005), "A+", 7L, 1L), (profile.Exposure, profile.Available, profile.Rating, profile.SourceRevision, profile.Version));
        Assert.Equal(1, await database.Read(async db => await db.CompanyPaymentTerms.CountAsync()));
    }

    [Fact]
    public async Task Fields_left_out_stay_older_rows_are_skipped_and_what_changes_nothing_is_not_told()
    {
        await database.Upsert(Goods.Company("a"));
        await database.Upsert(new PaymentTermInput("net30", "Net 30", 30), new PaymentTermInput("net60", "Net 60", 60));
        var first = new CreditProfileInput("a", Euro, new(Amount(1_000)), Amount(10), new("A"), ["net60", "net30"], 5);
        await database.Upsert(first);

        var same = await database.Upsert(first, new CreditProfileInput("b"));
        var older = await database.Upsert(new CreditProfileInput("a", Limit: new(Amount(9)), SourceRevision: 4));
        var other = (await database.Upsert(new CreditProfileInput("a", Limit: new(null), Rating: new(null), SourceRevision: 6))).Things[0];

        Assert.Equal((1L, 1), (same.Things[0].Version, same.Counts.Applied));
        Assert.Equal(new BulkCounts(1, 0, 1, 0), older.Counts);
        Assert.Equal((null, 10_0000L, null, 2L), (other.Limit, other.OpenItems, other.Rating, other.Version));
        Assert.Equal("net60* net30", await TermsOf("a"));
        Assert.Equal(
            ["""1 {"currency":"EUR","limit":"1000.00","openItems":"10.00","hold":false}""", """2 {"currency":"EUR","limit":null,"openItems":"10.00","hold":false}"""],
            await Told());
    }

    [Fact]
    public async Task The_terms_of_a_row_are_all_and_the_first_is_the_default()
    {
        await database.Upsert(Goods.Company("a"));
        await database.Upsert(new PaymentTermInput("x", "X", 1), new PaymentTermInput("y", "Y", 2), new PaymentTermInput("z", "Z", 3));
        await database.Upsert(new CreditProfileInput("a", Euro, new(null), PaymentTerms: ["x", "y"]));

        var swapped = (await database.Upsert(new CreditProfileInput("a", PaymentTerms: ["y", "x"]))).Things[0].Version;
        Assert.Equal("y* x", await TermsOf("a"));
        var others = (await database.Upsert(new CreditProfileInput("a", PaymentTerms: ["z", "y"]))).Things[0].Version;
        Assert.Equal("z* y", await TermsOf("a"));
        var none = (await database.Upsert(new CreditProfileInput("a", PaymentTerms: []))).Things[0].Version;

        Assert.Equal("", await TermsOf("a"));
        Assert.Equal((2L, 3L, 4L), (swapped, others, none));
    }

    [Fact]
    public async Task The_currency_stays_while_something_is_reserved_and_amounts_are_not_converted()
    {
        var company = await database.Debtor("a", 100);
        await database.Reserve(1, company, 10);
        var dollars = new CreditProfileInput("a", Currency.Of("USD"), new(Amount(50)), Amount(0));

        var reserved = await database.Upsert(dollars);
        await database.Release(1);
        var half = await database.Upsert(new CreditProfileInput("a", Currency.Of("USD"), new(Amount(50))));
        var whole = await database.Upsert(dollars);

        Assert.Equal("CURRENCY_IN_USE creditProfiles/0/currency", Assert.Single(reserved.Errors("creditProfiles")).Short());
        Assert.Equal("INVALID_VALUE creditProfiles/0/currency", Assert.Single(half.Errors("creditProfiles")).Short());
        Assert.Equal("50.00 USD", $"{whole.Things[0].Available}");
    }

    [Fact]
    public async Task What_is_reserved_meanwhile_is_not_overwritten()
    {
        var company = await database.Debtor("a", 100);

        // The row is read before an order reserves, and written after it.
        var stale = await database.ProfileOf(company);
        await database.Reserve(1, company, 30);
        stale.OpenItems = 50_0000;
        await database.Write(async (db, writes) =>
        {
            writes.Record("CHANGED", company.Id, 2);
            await CreditWrites.Update(db, [stale], default);
            return stale;
        });

        var profile = await database.ProfileOf(company);
        Assert.Equal((Euros(80), Euros(20)), (profile.Exposure, profile.Available));
    }

    [Fact(SkipType = typeof(SqlServerForTests), SkipWhen = nameof(SqlServerForTests.IsUsed), Skip = SqlServerForTests.OfSqliteAlone)]
    public async Task A_currency_in_which_an_order_reserved_something_meanwhile_stays()
    {
        var company = await database.Debtor("a", 100);
        var dollars = new CreditProfileInput("a", Currency.Of("USD"), new(Amount(50)), Amount(0));

        await Assert.ThrowsAsync<OvertakenException>(() => database.Write(
            new Meanwhile("CreditProfiles", "UPDATE \"CreditProfiles\" SET \"Reserved\" = 1"),
            (db, writes) => new CreditWrites(db, writes, database.Clock, new()).Upsert([dollars], BulkMode.Partial, default)));

        Assert.Equal(Euro, (await database.ProfileOf(company)).Currency);
        Assert.Equal("USD", (await database.Upsert(dollars)).Things[0].Currency.Code);
    }

    [Fact]
    public async Task A_limit_is_set_lifted_and_refused()
    {
        var company = await database.Debtor("a", 100);
        Task<SetCreditLimitPayload> Set(GraphQL.Execution.Optional<Amount?> limit, long? expected = null) =>
            database.Credit(credit => credit.SetLimit(new(IdOf(company), limit, expected), default));

        var set = await Set(new(Amount(250)), expected: 1);
        var late = await Set(new(Amount(1)), expected: 1);
        var negative = await Set(new(Amount(-1)));
        var unsaid = await Set(default);
        var same = await Set(new(Amount(250)));
        var lifted = await Set(new(null), expected: 2);

        Assert.Equal((Euros(250), 2L), (set.CreditProfile!.Available, set.CreditProfile.Version));
        Assert.Equal("CONFLICT expectedVersion", Assert.Single(late.UserErrors).Short());
        Assert.Equal("INVALID_VALUE limit", Assert.Single(negative.UserErrors).Short());
        Assert.Equal("INVALID_VALUE limit", Assert.Single(unsaid.UserErrors).Short());
        Assert.Equal(2, same.CreditProfile!.Version);
        Assert.Equal((null, 3L), (lifted.CreditProfile!.Available, lifted.CreditProfile.Version));
        Assert.Null((await database.ProfileOf(company)).Limit);
    }

    [Fact]
    public async Task A_hold_stops_buying_keeps_its_time_and_ends_when_it_is_released()
    {
        var company = await database.Debtor("a", 100);
        await database.Credit(credit => credit.PlaceHold(new(IdOf(company), "Two invoices are overdue."), default));
        database.Time.Advance(TimeSpan.FromDays(1));

        var again = await database.Credit(credit => credit.PlaceHold(new(IdOf(company), "Three invoices are overdue.", 2), default));
        var blank = await database.Credit(credit => credit.PlaceHold(new(IdOf(company), " "), default));
        var refused = await database.Reserve(1, company, 1);
        var late = await database.Credit(credit => credit.ReleaseHold(new(IdOf(company), 2), default));
        var released = await database.Credit(credit => credit.ReleaseHold(new(IdOf(company), 3), default));
        var twice = await database.Credit(credit => credit.ReleaseHold(new(IdOf(company)), default));

        Assert.Equal(new CreditHold("Three invoices are overdue.", RoomDatabase.Noon, IsAutomatic: false), again.CreditProfile!.Hold);
        Assert.Equal("INVALID_VALUE reason", Assert.Single(blank.UserErrors).Short());
        Assert.Equal(("CREDIT_ON_HOLD", "Nothing can be bought on account now: Three invoices are overdue."), (refused!.Code, refused.Message));
        Assert.Equal("CONFLICT expectedVersion", Assert.Single(late.UserErrors).Short());
        Assert.Equal((null, 4L), (released.CreditProfile!.Hold, released.CreditProfile.Version));
        Assert.Equal(4, twice.CreditProfile!.Version);
        Assert.Null(await database.Reserve(1, company, 1));
        Assert.Equal([false, true, true, false], (await Told()).Select(told => told.Contains("\"hold\":true", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_company_without_credit_and_one_that_is_not_there_are_told_apart()
    {
        var company = (await database.Upsert(Goods.Company("a"))).Things[0];

        async Task<string[]> Tried(NodeId id) =>
        [
            (await database.Credit(credit => credit.SetLimit(new(id, new(null)), default))).UserErrors.Single().Short(),
            (await database.Credit(credit => credit.PlaceHold(new(id, "R"), default))).UserErrors.Single().Short(),
            (await database.Credit(credit => credit.ReleaseHold(new(id), default))).UserErrors.Single().Short(),
        ];

        Assert.Equal(["NO_CREDIT companyId", "NO_CREDIT companyId", "NO_CREDIT companyId"], await Tried(IdOf(company)));
        Assert.Equal(["NOT_FOUND companyId", "NOT_FOUND companyId", "NOT_FOUND companyId"], await Tried(new NodeId("Company", 7)));
        Assert.Equal(["NOT_FOUND companyId", "NOT_FOUND companyId", "NOT_FOUND companyId"], await Tried(new NodeId("CreditProfile", company.Id)));
    }

    [Fact]
    public async Task A_thousand_rows_are_written_by_a_fixed_number_of_statements()
    {
        await database.Upsert([.. Enumerable.Range(0, 1_000).Select(i => new CompanyInput($"c{i}", "C"))]);
        await database.Upsert(new PaymentTermInput("net30", "Net 30", 30));
        async Task<long> Statements(int rows, decimal limit)
        {
            var before = database.Statements.Total;
            await database.Upsert([.. Enumerable.Range(0, rows).Select(i => new CreditProfileInput($"c{i}", Euro, new(Amount(limit)), PaymentTerms: ["net30"]))]);
            return database.Statements.Total - before;
        }

        await Statements(1_000, 1);

        Assert.Equal(await Statements(10, 2), await Statements(1_000, 3));
    }

    private static NodeId IdOf(Company company) => new(nameof(Company), company.Id);

    private Task<string> TermsOf(string company) => database.Read(async db => string.Join(' ', await (
        from choice in db.CompanyPaymentTerms
        join term in db.PaymentTerms on choice.PaymentTermId equals term.Id
        join owner in db.Companies on choice.CompanyId equals owner.Id
        where owner.ExternalId == company
        orderby choice.IsDefault descending, term.ExternalId
        select term.ExternalId + (choice.IsDefault ? "*" : "")).ToListAsync()));

    private Task<List<string>> Told() => database.Read(async db =>
        await db.Events.Where(e => e.Type == CreditEvents.CreditProfileChanged).OrderBy(e => e.Number).Select(e => e.Version + " " + e.Data).ToListAsync());
}
