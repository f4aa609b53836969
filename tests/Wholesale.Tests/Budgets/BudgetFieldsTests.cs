using Microsoft.EntityFrameworkCore;
using Wholesale.Budgets;
using Wholesale.Companies;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using static Wholesale.Tests.Budgets.Spending;

namespace Wholesale.Tests.Budgets;

public sealed class BudgetFieldsTests : IAsyncLifetime
{
    private readonly RoomDatabase database = new();

    public async ValueTask InitializeAsync()
    {
        await database.SeedCompanies();
        await database.Upsert(
            Monthly("1-hq", 100, unit: "hq"), Monthly("2-north", 100, unit: "north"), Monthly("3-south", 100, unit: "south"), Monthly("4-ben", 100, user: "ben"),
            Monthly("5-cem", 100, user: "cem"), Monthly("6-cost", 100, costCenter: "C"), Monthly("7-rival", 100, costCenter: "C", company: "rival"));
    }

    public ValueTask DisposeAsync()
    {
        database.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("ada", "1-hq 2-north 3-south 4-ben 5-cem 6-cost")]
    [InlineData("ben", "1-hq 2-north 4-ben 6-cost")]
    [InlineData("cem", "1-hq 3-south 5-cem 6-cost")]
    [InlineData("rex", "7-rival")]
    public async Task An_admin_sees_its_companys_budgets_and_a_buyer_those_that_hold_for_itself(string user, string seen)
    {
        var caller = await database.CallerOf(user);

        var (budgets, statements) = await database.Count(db => BudgetFields.Budgets(caller, db, default));

        Assert.Equal(seen, string.Join(' ', budgets.Select(budget => budget.ExternalId)));
        Assert.Equal(1, statements);
        Assert.Equal(seen, await Found(caller.Principal));
    }

    [Fact]
    public async Task Staff_finds_all_with_its_permission_and_others_find_nothing_without()
    {
        var admin = (await database.CallerOf("ada")).Principal;

        Assert.Equal("1-hq 2-north 3-south 4-ben 5-cem 6-cost 7-rival", await Found(RoomDatabase.Staff with { Permissions = PermissionSet.Of(Permission.BudgetsRead) }));
        Assert.Equal("", await Found(RoomDatabase.Staff with { Permissions = PermissionSet.Of(Permission.CompaniesRead) }));
        Assert.Equal("", await Found(admin with { Permissions = PermissionSet.Of(Permission.CompanyRead) }));
        Assert.Equal("", await Found((await database.CallerOf("vic")).Principal));
        Assert.Equal("", await Found(Principal.Anonymous));
        Assert.Empty(await database.Read(db => BudgetFields.Budgets(Caller.Without(RoomDatabase.Staff), db, default)));
    }

    [Fact]
    public async Task Each_field_of_many_budgets_is_one_statement()
    {
        for (var month = 1; month <= 5; month++)
        {
            await database.Reserve(month, await database.Question("ben", month, "C", new DateOnly(2026, month, 15)));
        }

        await database.ReleaseBudgets(2);
        await database.Upsert(new BudgetInput("6-cost", "acme", EndsOn: new(new DateOnly(2026, 2, 10))));
        var companies = Batch<Company>.Of(await database.Read(async db => await db.Companies.OrderBy(c => c.ExternalId).ToListAsync()));

        var (lists, l) = await database.Count(db => BudgetFields.CompanyBudgets(companies, db, default));
        var budgets = Batch<Budget>.Of([.. lists.SelectMany(list => list)]);
        var (units, n) = await database.Count(db => BudgetFields.BudgetUnit(budgets, db, default));
        var (users, u) = await database.Count(db => BudgetFields.BudgetUser(budgets, db, default));
        var (current, c) = await database.Count(db => BudgetFields.CurrentPeriod(budgets, db, database.Clock, default));
        var (periods, p) = await database.Count(db => BudgetFields.Periods(budgets, 3, db, default));

        Assert.Equal((1, 1, 1, 1, 1), (l, n, u, c, p));
        Assert.Equal(["hq", "north", "south", null, null, null, null], units.Select(unit => unit?.ExternalId));
        Assert.Equal([null, null, null, "ben", "cem", null, null], users.Select(user => user?.ExternalId));
        Assert.Equal([97_0000L, 97_0000L, 100_0000L, 97_0000L, 100_0000L, null, 100_0000L], current.Select(period => period?.Available.TenThousandths));
        Assert.Equal((Today, new DateOnly(2026, 3, 31)), (current[0]!.FirstDay, current[0]!.LastDay));
        Assert.Equal(
            ["5:5 4:4 3:3", "5:5 4:4 3:3", "", "5:5 4:4 3:3", "", "5:5 4:4 3:3", ""],
            periods.Select(list => string.Join(' ', list.Select(period => $"{period.FirstDay.Month}:{period.Spent.TenThousandths / 10_000}"))));
        Assert.All(periods[0].Concat(periods[5]), period => Assert.Equal(period.FirstDay.AddMonths(1).AddDays(-1), period.LastDay));
    }

    [Fact]
    public async Task Between_one_and_two_hundred_and_fifty_periods_can_be_asked_for()
    {
        var none = Batch<Budget>.Of([]);

        Assert.Equal("INVALID_PAGE_SIZE", (await Assert.ThrowsAsync<GraphQLException>(() => database.Read(db => BudgetFields.Periods(none, 0, db, default)))).Code);
        Assert.Equal("INVALID_PAGE_SIZE", (await Assert.ThrowsAsync<GraphQLException>(() => database.Read(db => BudgetFields.Periods(none, 251, db, default)))).Code);
        Assert.Empty(await database.Read(db => BudgetFields.Periods(none, null, db, default)));
    }

    private async Task<string> Found(Principal principal)
    {
        var ids = await database.Read(async db => await db.Budgets.Select(b => b.Id).ToListAsync());
        var found = await database.Request(principal, context => BudgetFields.Load(ids, context));
        Assert.Equal(ids.Count, found.Count);
        return string.Join(' ', found.OfType<Budget>().Select(budget => budget.ExternalId).Order(StringComparer.Ordinal));
    }
}
