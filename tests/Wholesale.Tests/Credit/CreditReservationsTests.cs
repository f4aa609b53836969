using Microsoft.EntityFrameworkCore;
using Wholesale.Credit;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Tests.Catalog;
using Wholesale.Tests.Inventory;
using static Wholesale.Tests.Credit.Debtors;

namespace Wholesale.Tests.Credit;

public sealed class CreditReservationsTests : IDisposable
{
    private readonly RoomDatabase database = new();

    public void Dispose() => database.Dispose();

    [Fact]
    public async Task An_order_takes_credit_and_gives_it_back_once()
    {
        var company = await database.Debtor("a", 100);

        Assert.Null(await database.Reserve(1, company, 60));
        Assert.Null(await database.Reserve(2, company, 40));
        Assert.Equal(Euros(0), (await database.ProfileOf(company)).Available);
        await database.Release(1);
        await database.Release(1);
        await database.Release(3);

        Assert.Equal(Euros(60), (await database.ProfileOf(company)).Available);
        Assert.Equal([40_0000L], await database.Read(async db => await db.CreditReservations.Select(r => r.Amount).ToListAsync()));
    }

    [Fact]
    public async Task What_is_too_much_is_refused_with_what_is_needed_and_what_is_available()
    {
        var company = await database.Debtor("a", 100);
        await database.Upsert(new CreditProfileInput("a", OpenItems: Amount(70)));

        var refused = await database.Reserve(1, company, 30.01m);
        var check = await Check(company.Id, Euros(30.01m));

        Assert.Equal(("CREDIT_LIMIT_EXCEEDED", "30.01 EUR is needed and 30.00 EUR of the credit is available."), (refused!.Code, refused.Message));
        Assert.Equal(refused, check);
        Assert.Null(await Check(company.Id, Euros(30)));
        Assert.Equal(0, await database.Read(async db => await db.CreditReservations.CountAsync()));
        Assert.Equal(0, (await database.ProfileOf(company)).Reserved);
    }

    [Fact]
    public async Task An_exposure_above_the_limit_leaves_nothing_and_no_debt()
    {
        var company = await database.Debtor("a", 100);
        await database.Upsert(new CreditProfileInput("a", OpenItems: Amount(170)));

        Assert.Equal(Euros(0), (await database.ProfileOf(company)).Available);
        Assert.Equal("CREDIT_LIMIT_EXCEEDED", (await database.Reserve(1, company, 0.01m))!.Code);
    }

    [Fact]
    public async Task Who_owes_more_than_the_limit_buys_nothing_not_even_for_nothing()
    {
        var company = await database.Debtor("a", 100);
        await database.Upsert(new CreditProfileInput("a", OpenItems: Amount(100)));

        var atTheLimit = await database.Reserve(1, company, 0);
        await database.Upsert(new CreditProfileInput("a", OpenItems: Amount(100.01m)));
        var above = await database.Reserve(2, company, 0);

        Assert.Null(atTheLimit);
        Assert.Equal("CREDIT_LIMIT_EXCEEDED", above!.Code);
        Assert.Equal(above, await Check(company.Id, Euros(0)));
    }

    [Fact(SkipType = typeof(SqlServerForTests), SkipWhen = nameof(SqlServerForTests.IsUsed), Skip = SqlServerForTests.OfSqliteAlone)]
    public async Task Credit_that_others_give_back_each_time_is_not_asked_for_without_end()
    {
        var company = await database.Debtor("a", 100);
        var overtaking = new Overtaking("CreditProfiles");

        await Assert.ThrowsAsync<OvertakenException>(() => database.Write(overtaking, (db, _) => new CreditReservations(db).Reserve(1, company.Id, Euros(10), default)));

        Assert.Equal(CreditReservations.MaximumAttempts, overtaking.Times);
        Assert.Equal(0, (await database.ProfileOf(company)).Reserved);
    }

    [Fact]
    public async Task Without_a_limit_only_what_money_can_hold_bounds_it()
    {
        var company = await database.Debtor("a", null);
        await database.Upsert(new CreditProfileInput("a", OpenItems: new Amount(Wholesale.Platform.Amount.Maximum - 10_0000)));

        var tooMuch = await database.Reserve(1, company, 10.01m);

        Assert.Equal("CREDIT_LIMIT_EXCEEDED", tooMuch!.Code);
        Assert.Null(await database.Reserve(1, company, 10));
        Assert.Null((await database.ProfileOf(company)).Available);
    }

    [Fact]
    public async Task A_company_without_a_profile_and_one_with_another_currency_has_no_credit()
    {
        var none = (await database.Upsert(Goods.Company("none"))).Things[0];
        var company = await database.Debtor("a", 100);
        var dollar = new Money(1_0000, Currency.Of("USD"));

        var without = await database.Reserve(1, none, 1);
        var other = await database.Write(async (db, writes) =>
        {
            writes.Record("ORDERED", 1, 1);
            return await new CreditReservations(db).Reserve(1, company.Id, dollar, default);
        });

        Assert.Equal("NO_CREDIT", without!.Code);
        Assert.Equal(("NO_CREDIT", "The company's credit is in EUR, so nothing in USD can be bought on account."), (other!.Code, other.Message));
        Assert.Equal(other, await Check(company.Id, dollar));
    }

    [Fact]
    public async Task Thirty_two_clients_use_a_limit_up_exactly_and_never_exceed_it()
    {
        var company = await database.Debtor("a", 100);
        await database.Upsert(new CreditProfileInput("a", OpenItems: Amount(5.5m)));
        var order = 0L;

        var taken = await Task.WhenAll(Enumerable.Range(0, 32).Select(client => Task.Run(async () =>
        {
            var mine = 0m;
            for (var i = 0; i < 12; i++)
            {
                var euros = 1 + (client + i) % 3 * 0.5m;
                var number = Interlocked.Increment(ref order);
                mine += await database.Reserve(number, company, euros) is null ? euros : 0;
                if (i % 4 == 3 && mine > 0 && await IsMine(number))
                {
                    await database.Release(number);
                    mine -= euros;
                }
            }

            return mine;
        })));
        for (var rest = 2m; rest >= 0.5m; rest -= 0.5m)
        {
            while (await database.Reserve(Interlocked.Increment(ref order), company, rest) is null)
            {
            }
        }

        var profile = await database.ProfileOf(company);
        Assert.Equal((Euros(100), Euros(0)), (profile.Exposure, profile.Available));
        Assert.Equal(profile.Reserved, await database.Read(async db => await db.CreditReservations.SumAsync(r => r.Amount)));
        Assert.InRange(taken.Sum(), 0, 94.5m);

        Task<bool> IsMine(long number) => database.Read(async db => await db.CreditReservations.AnyAsync(r => r.OwnerId == number));
    }

    [Fact]
    public async Task Reserving_is_two_statements_and_one_that_is_undone_leaves_nothing()
    {
        var company = await database.Debtor("a", 100);

        var statements = await database.Write(async (db, writes) =>
        {
            var before = database.Statements.Total;
            Assert.Null(await new CreditReservations(db).Reserve(1, company.Id, Euros(10), default));
            writes.Undo();
            return database.Statements.Total - before;
        });

        Assert.Equal(2, statements);
        Assert.Equal(0, (await database.ProfileOf(company)).Reserved);
        Assert.Null(await database.Reserve(1, company, 100));
    }

    private Task<UserError?> Check(long companyId, Money amount) => database.Read(db => new CreditReservations(db).Check(companyId, amount, default));
}
