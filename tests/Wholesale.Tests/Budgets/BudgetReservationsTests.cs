using Microsoft.EntityFrameworkCore;
using Wholesale.Budgets;
using Wholesale.Platform;
using static Wholesale.Tests.Budgets.Spending;

namespace Wholesale.Tests.Budgets;

public sealed class BudgetReservationsTests : IAsyncLifetime
{
    private readonly RoomDatabase database = new();

    public async ValueTask InitializeAsync() => await database.SeedCompanies();

    public ValueTask DisposeAsync()
    {
        database.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task An_order_counts_for_its_user_its_units_and_its_cost_centre()
    {
        await database.Upsert(
            Monthly("hq", 100, unit: "hq"), Monthly("north", 100, unit: "north"), Monthly("shop", 100, unit: "shop"), Monthly("south", 100, unit: "south"),
            Monthly("ada", 100, user: "ada"), Monthly("ben", 100, user: "ben"), Monthly("C1", 100, costCenter: "C1"), Monthly("C2", 100, costCenter: "C2"),
            Monthly("rivals", 100, costCenter: "C1", company: "rival"));

        Assert.Empty(await database.Reserve(1, await database.Question("ben", 10, "C1")));
        Assert.Equal(["ben 03-01 10", "C1 03-01 10", "hq 03-01 10", "north 03-01 10", "shop 03-01 10"], (await database.Spent()).Order(StringComparer.OrdinalIgnoreCase));
        Assert.Empty(await database.Reserve(2, await database.Question("cem", 5)));

        Assert.Equal(["ben 03-01 10", "C1 03-01 10", "hq 03-01 15", "north 03-01 10", "shop 03-01 10", "south 03-01 5"], (await database.Spent()).Order(StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Only_active_budgets_in_the_currency_with_a_period_on_that_day_count()
    {
        await database.Upsert(
            Monthly("inactive", 1, costCenter: "C") with { IsActive = false },
            Monthly("dollars", 1, costCenter: "C") with { Currency = Currency.Of("USD") },
            Monthly("later", 1, costCenter: "C") with { StartsOn = Today.AddDays(1) },
            Monthly("over", 1, costCenter: "C") with { EndsOn = new(Today.AddDays(-1)) },
            Monthly("counts", 20, costCenter: "C") with { EndsOn = new(Today) });

        Assert.Empty(await database.Reserve(1, await database.Question("ben", 10, "C")));

        Assert.Equal(["counts 03-01 10"], await database.Spent());
    }

    [Fact]
    public async Task One_budget_that_blocks_keeps_an_order_from_all_and_says_what_is_left()
    {
        await database.Upsert(
            Monthly("large", 100, unit: "hq"), Monthly("small", 12, unit: "shop"), Monthly("tiny", 5, user: "ben"), Monthly("soft", 1, costCenter: "C", policy: BudgetPolicy.Warn));
        await database.Reserve(1, await database.Question("ben", 4));
        var question = await database.Question("ben", 9, "C");

        var refusals = await database.Reserve(2, question);

        Assert.Equal(
            ["small 8.00 EUR True", "soft 1.00 EUR False", "tiny 1.00 EUR True"], refusals.Select(r => $"{r.Budget.ExternalId} {r.Available} {r.IsBlocking}"));
        Assert.Equal(refusals.Select(r => r.Available), (await Check(question)).Select(r => r.Available));
        Assert.Equal(["large 03-01 4", "small 03-01 4", "tiny 03-01 4"], await database.Spent());
        var error = BudgetErrors.Exceeded(question.Amount, refusals.Where(r => r.IsBlocking));
        Assert.Equal(("BUDGET_EXCEEDED", "9.00 EUR is more than is left: 8.00 EUR of \"small\", 1.00 EUR of \"tiny\"."), (error.Code, error.Message));
        Assert.Null(error.Path);
    }

    [Fact]
    public async Task A_budget_that_warns_is_spent_from_beyond_what_it_has()
    {
        await database.Upsert(Monthly("soft", 10, costCenter: "C", policy: BudgetPolicy.Warn), Monthly("hard", 100, costCenter: "C"));

        var first = await database.Reserve(1, await database.Question("ben", 10, "C"));
        var second = await database.Reserve(2, await database.Question("ben", 7, "C"));
        var third = await database.Reserve(3, await database.Question("ben", 1, "C"));

        Assert.Empty(first);
        Assert.Equal(["soft 0.00 EUR False"], second.Select(r => $"{r.Budget.ExternalId} {r.Available} {r.IsBlocking}"));
        Assert.Single(third);
        Assert.Equal(["hard 03-01 18", "soft 03-01 18"], await database.Spent());
    }

    [Fact]
    public async Task Each_period_has_the_whole_amount()
    {
        await database.Upsert(Monthly("m", 10, costCenter: "C"), Monthly("y", 25, costCenter: "C") with { Period = BudgetPeriodLength.Year });

        Assert.Empty(await database.Reserve(1, await database.Question("ben", 10, "C", new DateOnly(2026, 3, 31))));
        Assert.Empty(await database.Reserve(2, await database.Question("ben", 10, "C", new DateOnly(2026, 4, 1))));
        var third = await database.Reserve(3, await database.Question("ben", 10, "C", new DateOnly(2026, 5, 1)));

        Assert.Equal(["y"], third.Select(r => r.Budget.ExternalId));
        Assert.Equal(["m 03-01 10", "m 04-01 10", "y 01-01 20"], await database.Spent());
    }

    [Fact]
    public async Task What_is_released_is_given_back_once_to_its_own_period()
    {
        await database.Upsert(Monthly("m", 10, costCenter: "C"), Monthly("soft", 1, user: "ben", policy: BudgetPolicy.Warn));
        await database.Reserve(1, await database.Question("ben", 6, "C"));
        await database.Reserve(2, await database.Question("ben", 4, "C"));

        await database.ReleaseBudgets(1);
        await database.ReleaseBudgets(1);
        await database.ReleaseBudgets(3);

        Assert.Equal(["m 03-01 4", "soft 03-01 4"], await database.Spent());
        Assert.Equal(2, await database.Read(async db => await db.BudgetReservations.CountAsync()));
        Assert.DoesNotContain(await database.Reserve(4, await database.Question("ben", 6, "C")), r => r.IsBlocking);
    }

    [Fact]
    public async Task What_others_spent_after_the_look_is_seen_by_the_statement_which_then_spends_nothing()
    {
        await database.Upsert(Monthly("large", 100, unit: "hq"), Monthly("m", 10, costCenter: "C"), Monthly("soft", 1, user: "ben", policy: BudgetPolicy.Warn));
        var question = await database.Question("ben", 6, "C");
        var stale = await database.Read(db => new BudgetReservations(db, null!).Applying(question, default));
        await database.Reserve(1, question);

        var isSpent = await database.Write((db, writes) =>
        {
            writes.Record("ORDERED", 2, 1);
            return new BudgetReservations(db, writes).TrySpend(2, stale, question.Amount, default);
        });

        Assert.False(isSpent);
        Assert.Equal(["large 03-01 6", "m 03-01 6", "soft 03-01 6"], await database.Spent());
        Assert.Equal(3, await database.Read(async db => await db.BudgetReservations.CountAsync()));
    }

    [Fact]
    public async Task From_a_budget_that_was_changed_after_the_look_nothing_is_spent()
    {
        await database.Upsert(Monthly("m", 10, costCenter: "C"), Monthly("soft", 10, user: "ben", policy: BudgetPolicy.Warn));
        var question = await database.Question("ben", 6, "C");
        var stale = await database.Read(db => new BudgetReservations(db, null!).Applying(question, default));
        await database.Upsert(new BudgetInput("soft", "acme", Period: BudgetPeriodLength.Year));

        var isSpent = await database.Write((db, writes) =>
        {
            writes.Record("ORDERED", 1, 1);
            return new BudgetReservations(db, writes).TrySpend(1, stale, question.Amount, default);
        });

        Assert.False(isSpent);
        Assert.Empty(await database.Spent());
        Assert.Empty(await database.Reserve(1, question));
        Assert.Equal(["m 03-01 6", "soft 01-01 6"], await database.Spent());
    }

    [Fact]
    public async Task A_look_at_what_is_left_is_two_statements_and_changes_nothing()
    {
        await database.Upsert([.. Enumerable.Range(0, 30).Select(i => Monthly($"b{i}", 10, costCenter: "C"))]);
        var question = await database.Question("ben", 11, "C");

        var (refusals, statements) = await database.Count(db => new BudgetReservations(db, null!).Check(question, default));

        Assert.Equal((30, 2), (refusals.Count, statements));
        Assert.Equal(0, await database.Read(async db => await db.BudgetUses.CountAsync()));
    }

    [Fact]
    public async Task Thirty_two_clients_use_a_budget_up_exactly_and_never_exceed_it()
    {
        await database.Upsert(Monthly("m", 100, costCenter: "C"), Monthly("soft", 1, unit: "hq", policy: BudgetPolicy.Warn));
        var question = await database.Question("ben", 1.5m, "C");
        var order = 0L;

        var taken = await Task.WhenAll(Enumerable.Range(0, 32).Select(client => Task.Run(async () =>
        {
            var mine = 0;
            for (var i = 0; i < 8; i++)
            {
                var number = Interlocked.Increment(ref order);
                var isTaken = !(await database.Reserve(number, question)).Any(r => r.IsBlocking);
                mine += isTaken ? 1 : 0;
                if (isTaken && (client + i) % 5 == 0)
                {
                    await database.ReleaseBudgets(number);
                    mine--;
                }
            }

            return mine;
        })));
        while (!(await database.Reserve(Interlocked.Increment(ref order), question)).Any(r => r.IsBlocking))
        {
            taken[0]++;
        }

        Assert.Equal(66, taken.Sum());
        Assert.Equal(["m 03-01 99", "soft 03-01 99"], await database.Spent());
        Assert.Equal(2 * 66, await database.Read(async db => await db.BudgetReservations.CountAsync()));
    }

    private Task<IReadOnlyList<BudgetRefusal>> Check(BudgetQuestion question) => database.Read(db => new BudgetReservations(db, null!).Check(question, default));
}
