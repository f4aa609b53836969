using Microsoft.EntityFrameworkCore;
using Wholesale.Inventory;
using Wholesale.Platform;
using Wholesale.Platform.Database;

namespace Wholesale.Tests.Inventory;

public sealed class StockReservationsTests : IDisposable
{
    private readonly RoomDatabase database = new();
    private readonly Random random = new(20_260_302);

    public void Dispose() => database.Dispose();

    [Fact]
    public async Task What_is_reserved_is_what_was_promised_and_can_be_given_back()
    {
        var ids = await database.Seed(["A", "B"], "V", "X");
        await database.Set(Stock.Counted("V", "A", 5), Stock.Counted("V", "B", 3), Stock.Counted("X", "B", 2));
        await database.Expect(Stock.Expected("PO", "V", "B", 4, 10));
        await database.Upsert(new StockPolicyInput("V", BackorderPolicy: BackorderPolicy.Always, BackorderLimit: Quantity.Of(4), LeadTimeDays: 30));

        var outcome = await database.Reserve(Stock.Wish(1, ids[0], 20), Stock.Wish(2, ids[1], 2), Stock.Wish(3, ids[0], 2));

        Assert.Empty(outcome.Shortages);
        Assert.Equal("OnHand 5 03-01, OnHand 3 03-01, Incoming 10 03-05, Backorder 2 03-31", outcome.Promises[1].Short());
        Assert.Equal("OnHand 2 03-01", outcome.Promises[2].Short());
        Assert.Equal("Backorder 2 03-31", outcome.Promises[3].Short());
        await database.AssertCounted();
        Assert.Equal((5, 5), await Counts("V", "A"));

        await database.Release(1, 99);
        await database.AssertCounted();
        Assert.Equal((5, 0), await Counts("V", "A"));
        Assert.Equal("OnHand 5 03-01, OnHand 3 03-01, Incoming 10 03-05, Backorder 2 03-31", (await database.Reserve(Stock.Wish(4, ids[0], 20))).Promises[4].Short());
    }

    [Fact]
    public async Task Where_one_line_falls_short_nothing_is_reserved()
    {
        var ids = await database.Seed(["A"], "V", "X");
        await database.Set(Stock.Counted("V", "A", 5), Stock.Counted("X", "A", 1));
        var events = await database.Read(async db => await db.Events.CountAsync());

        var outcome = await database.Reserve(Stock.Wish(1, ids[0], 4), Stock.Wish(2, ids[1], 3), Stock.Wish(3, ids[0], 2));

        Assert.Equal(
            [new StockShortage(2, ids[1], Quantity.Of(3), Quantity.Of(1)), new StockShortage(3, ids[0], Quantity.Of(2), Quantity.Of(1))], outcome.Shortages);
        Assert.Equal(0, await database.Read(async db => await db.StockReservations.CountAsync()));
        Assert.Equal(events, await database.Read(async db => await db.Events.CountAsync()));
        await database.AssertCounted();
    }

    [Fact]
    public async Task What_is_not_tracked_can_always_be_ordered()
    {
        var ids = await database.Seed(["A"], "NONE", "OFF");
        await database.Set(Stock.Counted("OFF", "A", 1));
        await database.Upsert(new StockPolicyInput("OFF", IsTracked: false));

        var outcome = await database.Reserve(Stock.Wish(1, ids[0], 1000), Stock.Wish(2, ids[1], 1000));

        Assert.Empty(outcome.Shortages);
        Assert.All(outcome.Promises, promises => Assert.Empty(promises.Value));
    }

    [Fact]
    public async Task Checking_finds_the_same_and_changes_nothing()
    {
        var ids = await database.Seed(["A"], "V");
        await database.Set(Stock.Counted("V", "A", 5));
        StockWish[] wishes = [Stock.Wish(1, ids[0], 3), Stock.Wish(2, ids[0], 2)];

        var (found, statements) = await database.Count(db => database.Reservations(db, null!).Check(wishes, null, default));

        var made = await database.Reserve(wishes);
        Assert.Equal(2, statements); // levels and warehouses: no supply can matter
        Assert.Equal(made.Promises.Values.Select(p => p.Short()), found.Promises.Values.Select(p => p.Short()));
    }

    [Fact]
    public async Task Only_warehouses_that_ship_there_are_reserved_of()
    {
        var ids = await database.Seed([], "V");
        await database.Upsert(new WarehouseInput("US", "US", ShipsTo: [new("US")]), new WarehouseInput("DE", "DE", ShipsTo: [new("DE", 1), new("US", 200)]));
        await database.Set(Stock.Counted("V", "US", 2), Stock.Counted("V", "DE", 2));

        var german = await database.Reserve("DE", Stock.Wish(1, ids[0], 3));
        var american = await database.Reserve("US", Stock.Wish(1, ids[0], 3));

        Assert.Equal(Quantity.Of(2), Assert.Single(german.Shortages).Promised);
        Assert.Equal("OnHand 2 03-01, OnHand 1 03-01", american.Promises[1].Short());
        Assert.Equal((2, 2), await Counts("V", "US"));
    }

    [Fact]
    public async Task Statements_do_not_grow_with_the_lines()
    {
        var skus = Enumerable.Range(0, 40).Select(i => $"V{i:00}").ToArray();
        var ids = await database.Seed(["A", "B"], skus);
        await database.Set([.. skus.SelectMany(sku => new[] { Stock.Counted(sku, "A", 1), Stock.Counted(sku, "B", 1) })]);
        await database.Expect([.. skus.Select(sku => Stock.Expected($"PO-{sku}", sku, "B", 4, 1))]);
        await database.Upsert([.. skus.Select(sku => new StockPolicyInput(sku, BackorderPolicy: BackorderPolicy.Always))]);

        var few = await Statements(() => database.Reserve(Stock.Wish(1, ids[0], 4)));
        var many = await Statements(() => database.Reserve([.. ids.Skip(1).Select((id, i) => Stock.Wish(i + 2, id, 4))]));
        var back = await Statements(() => database.Release(1));
        var allBack = await Statements(() => database.Release([.. Enumerable.Range(2, ids.Length).Select(i => (long)i)]));

        Assert.Equal((few, back), (many, allBack));
        Assert.InRange(few, 9, 11); // with the log's two
        await database.AssertCounted();
    }

    [Fact]
    public async Task Reserving_tells_of_warehouses_supplies_and_policies()
    {
        var ids = await database.Seed(["A"], "V");
        await database.Set(Stock.Counted("V", "A", 1));
        await database.Expect(Stock.Expected("PO", "V", "A", 4, 1));
        await database.Upsert(new StockPolicyInput("V", BackorderPolicy: BackorderPolicy.Always));
        var before = await database.Read(async db => await db.Events.MaxAsync(e => e.Number));

        await database.Reserve(Stock.Wish(1, ids[0], 3));

        var warehouse = await database.Read(async db => await db.Warehouses.SingleAsync());
        var supply = await database.Read(async db => await db.IncomingSupplies.SingleAsync());
        Assert.Equal(
            [
                ("INVENTORY_CHANGED", warehouse.Id, 0, $$"""{"variantIds":[{{ids[0]}}],"reason":null}"""),
                ("INCOMING_SUPPLY_CHANGED", supply.Id, supply.Version, $$"""{"variantId":{{ids[0]}},"warehouseId":{{warehouse.Id}}}"""),
                ("STOCK_POLICY_CHANGED", ids[0], 2, null),
            ],
            await database.Read(async db => (await db.Events.Where(e => e.Number > before).OrderBy(e => e.Number).ToListAsync()).Select(e => (e.Type, e.SubjectId, e.Version, e.Data))));
    }

    [Fact]
    public async Task Many_at_once_never_reserve_more_than_there_is()
    {
        var ids = await database.Seed(["A", "B"], "V");
        await database.Set(Stock.Counted("V", "A", 400, safetyStock: 10), Stock.Counted("V", "B", 500));
        await database.Expect(Stock.Expected("PO", "V", "A", 2, 60));
        await database.Upsert(new StockPolicyInput("V", BackorderPolicy: BackorderPolicy.Always, BackorderLimit: Quantity.Of(50)));
        var owner = 0L;

        await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(async () =>
        {
            while ((await database.Reserve(Stock.Wish(Interlocked.Increment(ref owner), ids[0], 1))).Shortages.Count == 0)
            {
            }
        })));

        Assert.Equal(1_000, await database.Read(async db => await db.StockReservations.CountAsync()));
        Assert.Equal((400, 390), await Counts("V", "A"));
        await database.AssertCounted();
    }

    [Fact(SkipType = typeof(SqlServerForTests), SkipWhen = nameof(SqlServerForTests.IsUsed), Skip = SqlServerForTests.OfSqliteAlone)]
    public async Task Who_was_overtaken_plans_anew()
    {
        var ids = await database.Seed(["A"], "V");
        await database.Set(Stock.Counted("V", "A", 5));
        var overtaking = new Overtaking("StockLevels", 1);

        var outcome = await ReserveOvertaken(overtaking, Stock.Wish(1, ids[0], 2));

        Assert.Equal(1, overtaking.Times);
        Assert.Equal("OnHand 2 03-01", outcome.Promises[1].Short());
        Assert.Equal((5, 2), await Counts("V", "A"));
        await database.AssertCounted();
    }

    [Fact(SkipType = typeof(SqlServerForTests), SkipWhen = nameof(SqlServerForTests.IsUsed), Skip = SqlServerForTests.OfSqliteAlone)]
    public async Task Who_is_overtaken_each_time_gives_up_and_leaves_nothing_behind()
    {
        var ids = await database.Seed(["A"], "V");
        await database.Set(Stock.Counted("V", "A", 5));
        var overtaking = new Overtaking("StockLevels");

        var failure = await Assert.ThrowsAsync<OvertakenException>(() => ReserveOvertaken(overtaking, Stock.Wish(1, ids[0], 2)));

        Assert.True(DatabaseFaults.Of(failure).IsPassing());
        Assert.Equal(StockReservations.MaximumAttempts, overtaking.Times);
        Assert.Equal((5, 0), await Counts("V", "A"));
        await database.AssertCounted();
    }

    [Theory(SkipType = typeof(SqlServerForTests), SkipWhen = nameof(SqlServerForTests.IsUsed), Skip = SqlServerForTests.OfSqliteAlone)]
    [InlineData("StockPolicies", "\"BackorderPolicy\" = 0, \"BackorderLimit\" = NULL")]
    [InlineData("IncomingSupplies", "\"ExpectedOn\" = '2026-03-20'")]
    public async Task What_is_promised_otherwise_by_the_time_it_is_counted_is_not_reserved(string table, string change)
    {
        var ids = await database.Seed(["A"], "V");
        await database.Expect(Stock.Expected("PO", "V", "A", 4, 1));
        await database.Upsert(new StockPolicyInput("V", BackorderPolicy: BackorderPolicy.Always, BackorderLimit: Quantity.Of(5)));
        var meanwhile = new Meanwhile(table, $"UPDATE \"{table}\" SET {change}");

        await Assert.ThrowsAsync<OvertakenException>(() =>
            database.Write(meanwhile, (db, writes) => database.Reservations(db, writes).Reserve([Stock.Wish(1, ids[0], 3)], null, default)));

        Assert.Equal(0, await database.Read(async db => await db.StockReservations.CountAsync()));
        await database.AssertCounted();
    }

    [Fact(SkipType = typeof(SqlServerForTests), SkipWhen = nameof(SqlServerForTests.IsUsed), Skip = SqlServerForTests.OfSqliteAlone)]
    public async Task What_was_moved_by_the_time_it_is_given_back_is_not_given_back_where_it_was()
    {
        var ids = await database.Seed(["A"], "V");
        await database.Set(Stock.Counted("V", "A", 5));
        await database.Reserve(Stock.Wish(1, ids[0], 2));
        var meanwhile = new Meanwhile("StockLevels", "UPDATE \"StockReservations\" SET \"Quantity\" = 1000");

        await Assert.ThrowsAsync<OvertakenException>(() => database.Write(meanwhile, async (db, writes) =>
        {
            await database.Reservations(db, writes).Release([1], default);
            return true;
        }));

        Assert.Equal((5, 2), await Counts("V", "A"));
        await database.AssertCounted();
    }

    [Fact]
    public async Task Outside_a_write_nothing_is_reserved()
    {
        var ids = await database.Seed(["A"], "V");

        await Assert.ThrowsAsync<InvalidOperationException>(() => database.Read(db => database.Reservations(db, null!).Reserve([Stock.Wish(1, ids[0], 1)], null, default)));
    }

    [Fact]
    public async Task Counters_are_the_sums_of_reservations_whatever_happens()
    {
        var ids = await database.Seed(["A", "B", "C"], "V", "X");
        await database.Upsert(
            new StockPolicyInput("V", BackorderPolicy: BackorderPolicy.Always, BackorderLimit: Quantity.Of(6)),
            new StockPolicyInput("X", BackorderPolicy: BackorderPolicy.AgainstIncoming));
        var (owner, supplies) = (0L, 0);
        for (var step = 0; step < 250; step++)
        {
            var (sku, warehouse) = (random.Next(2) == 0 ? "V" : "X", new[] { "A", "B", "C" }[random.Next(3)]);
            var supply = $"PO-{random.Next(Math.Max(1, supplies))}";
            await (random.Next(7) switch
            {
                0 => database.Set(Stock.Counted(sku, warehouse, random.Next(8), random.Next(2))),
                1 => database.Adjust(new InventoryAdjustmentInput(sku, warehouse, Add: Quantity.Of(random.Next(1, 3)))),
                2 => database.Expect(Stock.Expected($"PO-{supplies++}", sku, warehouse, random.Next(5), random.Next(1, 6))),
                3 => database.Expect(new IncomingSupplyInput(supply, Warehouse: warehouse, Quantity: Quantity.Of(random.Next(6)))),
                4 => database.Receive(supply, random.Next(2) == 0 ? null : random.Next(1, 3)),
                5 => database.Release(random.Next(1, (int)owner + 2), random.Next(1, (int)owner + 2)),
                _ => (Task)database.Reserve([.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Stock.Wish(++owner, ids[random.Next(2)], random.Next(1, 5)))]),
            });
            await database.AssertCounted();
        }

        Assert.NotEqual(0, await database.Read(async db => await db.StockReservations.CountAsync()));
    }

    private async Task<(int OnHand, int Reserved)> Counts(string sku, string warehouse)
    {
        var level = await database.Level(sku, warehouse);
        return ((int)(level.OnHand.Thousandths / 1000), (int)(level.Reserved.Thousandths / 1000));
    }

    private async Task<long> Statements(Func<Task> work)
    {
        var before = database.Statements.Total;
        await work();
        return database.Statements.Total - before;
    }

    private Task<StockOutcome> ReserveOvertaken(Overtaking overtaking, StockWish wish) =>
        database.Write(overtaking, (db, writes) => database.Reservations(db, writes).Reserve([wish], null, default));
}
