using Microsoft.EntityFrameworkCore;
using Wholesale.Budgets;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Tests.Catalog;
using Wholesale.Tests.Inventory;
using static Wholesale.Tests.Budgets.Spending;

namespace Wholesale.Tests.Budgets;

public sealed class BudgetWritesTests : IAsyncLifetime
{
    private readonly RoomDatabase database = new();

    public async ValueTask InitializeAsync() => await database.SeedCompanies();

    public ValueTask DisposeAsync()
    {
        database.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Good_rows_are_taken_and_bad_ones_reported_where_they_stand()
    {
        var result = await database.Upsert(
            Monthly("good", 10, unit: "north"),
            new BudgetInput("empty", "acme"),
            Monthly("whose", 10, costCenter: "C", company: null),
            Monthly("nobody", 10, costCenter: "C", company: "none"),
            Monthly("lost", 10, unit: "nowhere"),
            Monthly("foreign", 10, user: "rex"),
            Monthly("both", 10, unit: "hq") with { CostCenter = "C", User = "ada" },
            Monthly("none", 10, costCenter: "C") with { CostCenter = null },
            Monthly("blank", 10, costCenter: "C "),
            Monthly("debt", -1, costCenter: "C"),
            Monthly("past", 10, costCenter: "C") with { EndsOn = new(new DateOnly(2025, 12, 31)) },
            Monthly("open", 10, costCenter: "C") with { Period = BudgetPeriodLength.Fixed },
            Monthly("good", 10, unit: "north"),
            Monthly("good", 10, unit: "hq", company: "rival"));

        Assert.Equal(
            [
                "INVALID_VALUE budgets/1/name",
                "INVALID_VALUE budgets/1/scope",
                "INVALID_VALUE budgets/1/amount",
                "INVALID_VALUE budgets/1/currency",
                "INVALID_VALUE budgets/1/period",
                "INVALID_VALUE budgets/1/startsOn",
                "INVALID_VALUE budgets/2/company",
                "NOT_FOUND budgets/3/company",
                "NOT_FOUND budgets/4/unit",
                "NOT_FOUND budgets/5/user",
                "INVALID_VALUE budgets/6/user",
                "INVALID_VALUE budgets/6/costCenter",
                "INVALID_VALUE budgets/7/costCenter",
                "INVALID_VALUE budgets/8/costCenter",
                "INVALID_VALUE budgets/9/amount",
                "INVALID_VALUE budgets/10/endsOn",
                "INVALID_VALUE budgets/11/endsOn",
                "DUPLICATE_ROW budgets/12/externalId",
            ],
            result.Errors("budgets").Select(error => error.Short()));
        Assert.Equal(new BulkCounts(14, 2, 0, 12), result.Counts);
        Assert.Equal(["acme good", "rival good"], await database.Read(async db => await (
            from budget in db.Budgets join company in db.Companies on budget.CompanyId equals company.Id orderby company.ExternalId select company.ExternalId + " " + budget.ExternalId).ToListAsync()));
    }

    [Fact]
    public async Task Fields_left_out_stay_and_what_changes_nothing_is_not_told()
    {
        await database.Upsert(Monthly("b", 10, unit: "north", policy: BudgetPolicy.Warn) with { EndsOn = new(new DateOnly(2026, 12, 31)), IsActive = false });

        var same = (await database.Upsert(new BudgetInput("b", "acme"))).Things[0];
        var other = (await database.Upsert(new BudgetInput("b", "acme", Amount: Euros(20).Amount, EndsOn: new(null), IsActive: true))).Things[0];

        Assert.Equal(1, same.Version);
        Assert.Equal(
            ("b", BudgetScope.Unit, 20_0000L, BudgetPeriodLength.Month, null, BudgetPolicy.Warn, true, 2L),
            (other.Name, other.Scope, other.Amount, other.Period, other.EndsOn, other.Policy, other.IsActive, other.Version));
        Assert.Equal([1L, 2L], await database.Read(async db => await db.Events.Where(e => e.Type == BudgetEvents.BudgetChanged).OrderBy(e => e.Number).Select(e => e.Version).ToListAsync()));
    }

    [Fact]
    public async Task Another_scope_takes_its_own_target_and_forgets_the_other()
    {
        await database.Upsert(Monthly("b", 10, unit: "north"));

        var bare = await database.Upsert(new BudgetInput("b", "acme", Scope: BudgetScope.User));
        var other = (await database.Upsert(new BudgetInput("b", "acme", Scope: BudgetScope.User, User: "ben"))).Things[0];

        Assert.Equal("INVALID_VALUE budgets/0/user", Assert.Single(bare.Errors("budgets")).Short());
        Assert.Equal((true, true, true), (other.UnitId is null, other.UserId is not null, other.CostCenter is null));
    }

    [Fact]
    public async Task Currency_period_and_first_day_stay_while_something_is_spent()
    {
        await database.Upsert(Monthly("b", 10, costCenter: "C"));
        await database.Reserve(1, await database.Question("ben", 4, "C"));
        BudgetInput[] changes =
        [
            new("b", "acme", Currency: Currency.Of("USD")), new("b", "acme", Period: BudgetPeriodLength.Year), new("b", "acme", StartsOn: January.AddDays(1)),
        ];

        var refused = new List<string>();
        foreach (var change in changes)
        {
            refused.AddRange((await database.Upsert(change)).Errors("budgets").Select(error => error.Short()));
        }

        var lowered = await database.Upsert(new BudgetInput("b", "acme", Amount: Euros(3).Amount, EndsOn: new(Today)));
        await database.ReleaseBudgets(1);
        var freed = await database.Upsert(changes[0]);

        Assert.Equal(["BUDGET_IN_USE budgets/0/currency", "BUDGET_IN_USE budgets/0/period", "BUDGET_IN_USE budgets/0/startsOn"], refused);
        Assert.Empty(lowered.Errors("budgets"));
        Assert.Equal("USD", freed.Things[0].Currency.Code);
    }

    [Fact(SkipType = typeof(SqlServerForTests), SkipWhen = nameof(SqlServerForTests.IsUsed), Skip = SqlServerForTests.OfSqliteAlone)]
    public async Task Currency_period_and_first_day_stay_where_an_order_spent_something_meanwhile()
    {
        await database.Upsert(Monthly("b", 10, costCenter: "C"));
        var meanwhile = new Meanwhile("Budgets", "INSERT INTO \"BudgetUses\" (\"BudgetId\", \"FirstDay\", \"Spent\") SELECT \"Id\", '2026-03-01', 5 FROM \"Budgets\"");
        Task<BulkResult<Budget>> Write(BudgetInput row) => database.Write(
            meanwhile, (db, writes) => new BudgetWrites(db, writes, database.Ids).Upsert([row], null, BulkMode.Partial, default));

        await Assert.ThrowsAsync<OvertakenException>(() => Write(new("b", "acme", Period: BudgetPeriodLength.Year)));

        Assert.Equal(BudgetPeriodLength.Month, await database.Read(async db => await db.Budgets.Select(b => b.Period).SingleAsync()));
        Assert.Equal(1, (await Write(new("b", "acme", Name: "Other"))).Counts.Applied);
    }

    [Fact]
    public async Task A_company_has_at_most_a_thousand_budgets()
    {
        await database.Upsert([.. Enumerable.Range(1, Budget.MaximumOfCompany - 1).Select(i => Monthly($"b{i}", 1, costCenter: "C"))]);

        var result = await database.Upsert(Monthly("last", 1, costCenter: "C"), Monthly("more", 1, costCenter: "C"), Monthly("b1", 2, costCenter: "C"), Monthly("b1", 1, costCenter: "C", company: "rival"));

        Assert.Equal(["INVALID_VALUE budgets/1/externalId"], result.Errors("budgets").Select(error => error.Short()));
        Assert.Equal(3, result.Counts.Applied);
    }

    [Fact]
    public async Task A_buyers_rows_are_its_own_companys_whatever_they_name()
    {
        var rival = await database.Read(async db => await db.Companies.SingleAsync(c => c.ExternalId == "rival"));
        await database.Upsert(Monthly("b", 10, unit: "hq"));

        var result = await database.Upsert(rival.Id, Monthly("b", 99, unit: "hq"), Monthly("c", 99, unit: "north"));

        Assert.Equal("NOT_FOUND budgets/1/unit", Assert.Single(result.Errors("budgets")).Short());
        Assert.Equal((rival.Id, 1L), (result.Things[0].CompanyId, result.Things[0].Version));
        Assert.Equal([10_0000L, 99_0000L], await database.Read(async db => await db.Budgets.OrderBy(b => b.Amount).Select(b => b.Amount).ToListAsync()));
    }

    [Fact]
    public async Task A_thousand_rows_are_written_by_a_fixed_number_of_statements()
    {
        async Task<long> Statements(int rows, decimal euros)
        {
            var before = database.Statements.Total;
            await database.Upsert([.. Enumerable.Range(0, rows).Select(i => Monthly($"b{i}", euros, unit: "north"))]);
            return database.Statements.Total - before;
        }

        await Statements(1_000, 1);

        Assert.Equal(await Statements(10, 2), await Statements(1_000, 3));
    }
}
