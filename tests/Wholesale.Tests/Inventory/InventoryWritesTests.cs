using Microsoft.EntityFrameworkCore;
using Wholesale.Inventory;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;
using Wholesale.Tests.Catalog;

namespace Wholesale.Tests.Inventory;

/// <summary>Warehouses, what was counted in them, what came and went, and policies.</summary>
public sealed class InventoryWritesTests : IDisposable
{
    private readonly RoomDatabase database = new();

    public void Dispose() => database.Dispose();

    [Fact]
    public async Task Good_warehouses_are_taken_and_bad_ones_reported_where_they_stand()
    {
        var result = await database.Upsert(
            new WarehouseInput("good", "Good", "DE", "HE", 3, [new("US", 2), new("DE", 1)]),
            new WarehouseInput("nameless"),
            new WarehouseInput("good", "Twice"),
            new WarehouseInput("far", "Far", "de", ShipsTo: [new("DE"), new("Germany"), new("DE")]),
            new WarehouseInput("wide", "Wide", ShipsTo: [.. Enumerable.Repeat(new WarehouseDestinationInput("DE"), Warehouse.MaximumDestinations + 1)]));

        Assert.Equal(
            [
                "INVALID_VALUE warehouses/1/name",
                "DUPLICATE_ROW warehouses/2/externalId",
                "INVALID_VALUE warehouses/3/country",
                "INVALID_VALUE warehouses/3/shipsTo/1/country",
                "INVALID_VALUE warehouses/3/shipsTo/2/country",
                "INVALID_VALUE warehouses/4/shipsTo",
            ],
            result.Errors("warehouses").Select(error => error.Short()));
        var stored = await database.Read(async db => await db.Warehouses.SingleAsync());
        Assert.Equal(("good", "Good", "DE", "HE", 3, true, 1), (stored.ExternalId, stored.Name, stored.Country, stored.Region, stored.Priority, stored.IsActive, stored.Version));
        Assert.Equal([new("DE", 1), new("US", 2)], stored.ShipsTo);
    }

    [Fact]
    public async Task Fields_left_out_stay_null_clears_and_what_changes_nothing_tells_nothing()
    {
        WarehouseInput row = new("A", "A", "DE", "HE", 3, [new("DE", 1)]);
        await database.Upsert(row);
        await database.Upsert(row, new WarehouseInput("B", "B"));
        await database.Upsert(new WarehouseInput("A"));
        var kept = await database.Read(async db => await db.Warehouses.SingleAsync(w => w.ExternalId == "A"));
        await database.Upsert(new WarehouseInput("A", Country: new(null), Region: new(null), ShipsTo: [], IsActive: false));
        var cleared = await database.Read(async db => await db.Warehouses.SingleAsync(w => w.ExternalId == "A"));

        Assert.Equal(("DE", "HE", 1L, 1), (kept.Country, kept.Region, kept.Version, kept.ShipsTo.Count));
        Assert.Equal((null, null, 2L, 0, false), (cleared.Country, cleared.Region, cleared.Version, cleared.ShipsTo.Count, cleared.IsActive));
        Assert.Equal(["WAREHOUSE_CHANGED", "WAREHOUSE_CHANGED", "WAREHOUSE_CHANGED"], (await Events(0)).Select(e => e.Type));
    }

    [Fact]
    public async Task A_count_replaces_what_was_there_and_leaves_what_is_reserved()
    {
        var ids = await database.Seed(["A"], "V");
        await database.Set(Stock.Counted("V", "A", 5, safetyStock: 1, revision: 3));
        await database.Reserve(Stock.Wish(1, ids[0], 4));
        database.Time.Advance(TimeSpan.FromHours(1));

        var counted = (await database.Set(Stock.Counted("V", "A", 2))).Things[0];

        var stored = await database.Level("V", "A");
        Assert.Equal((2_000, 4_000, 1_000, 3L, 3L), (stored.OnHand.Thousandths, stored.Reserved.Thousandths, stored.SafetyStock.Thousandths, stored.SourceRevision, stored.Version));
        Assert.Equal((stored.Version, RoomDatabase.Noon.AddHours(1), default(Quantity)), (counted.Version, stored.UpdatedAt, stored.Available));
        await database.AssertCounted();
    }

    [Fact]
    public async Task Older_counts_are_skipped_bad_ones_reported_and_the_same_again_changes_nothing()
    {
        await database.Seed(["A"], "V", "X", "Y");
        await database.Set(Stock.Counted("V", "A", 5, revision: 3), Stock.Counted("Y", "A", 1));
        var before = (await Events(0)).Count;

        var result = await database.Set(
            Stock.Counted("V", "A", 9, revision: 2), Stock.Counted("Y", "A", 1), Stock.Counted("X", "B", 1), Stock.Counted("Z", "A", 1), Stock.Counted("Y", "A", 7));
        var refused = await database.Set(BulkMode.AllOrNothing, Stock.Counted("V", "A", 9, revision: 4), Stock.Counted("Z", "A", 1));

        Assert.Equal(["NOT_FOUND levels/2/warehouse", "NOT_FOUND levels/3/sku", "DUPLICATE_ROW levels/4/sku"], result.Errors("levels").Select(error => error.Short()));
        Assert.Equal(new BulkCounts(5, 1, 1, 3), result.Counts);
        Assert.Equal(new BulkCounts(2, 0, 0, 2), refused.Counts);
        Assert.Equal((5_000, 3L), ((await database.Level("V", "A")).OnHand.Thousandths, (await database.Level("V", "A")).SourceRevision));
        Assert.Equal(before, (await Events(0)).Count);
    }

    [Fact]
    public async Task One_event_tells_of_all_that_changed_in_a_warehouse()
    {
        var ids = await database.Seed(["A", "B"], "V", "X");
        var before = (await Events(0)).Count;

        await database.Set(Stock.Counted("V", "A", 5), Stock.Counted("X", "A", 5), Stock.Counted("V", "B", 5));

        Assert.Equal(
            [$$"""{"variantIds":[{{ids[0]}},{{ids[1]}}],"reason":null}""", $$"""{"variantIds":[{{ids[0]}}],"reason":null}"""],
            (await Events(before)).Select(e => e.Data));
    }

    [Fact]
    public async Task What_came_and_went_adds_up()
    {
        await database.Seed(["A", "B"], "V");
        await database.Set(Stock.Counted("V", "A", 5));

        await database.Adjust(Added("V", "A", 3), Added("V", "B", 2));
        var removed = await database.Adjust(Removed("V", "A", 7, AdjustmentReason.Damage), Removed("V", "B", 2));

        Assert.Equal([1_000, 0], removed.Things.Select(level => level.OnHand.Thousandths));
        Assert.Equal((1_000, 0), ((await database.Level("V", "A")).OnHand.Thousandths, (await database.Level("V", "B")).OnHand.Thousandths));
        Assert.Contains((await Events(0)).Select(e => e.Data), data => data?.EndsWith(",\"reason\":\"DAMAGE\"}", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task More_than_is_there_is_not_removed_and_the_refusal_tells_how_much_is()
    {
        await database.Seed(["A"], "V", "X", "Y", "Z");
        await database.Set(Stock.Counted("V", "A", 5), new InventoryInput("Z", "A", new(Quantity.Maximum)));

        var result = await database.Adjust(
            Removed("V", "A", 6), Removed("X", "A", 1), new InventoryAdjustmentInput("Y", "A"), new InventoryAdjustmentInput("V", "B", Quantity.One), Added("Z", "A", 1));

        Assert.Equal(
            [
                "INSUFFICIENT_STOCK adjustments/0/remove", "INSUFFICIENT_STOCK adjustments/1/remove", "INVALID_VALUE adjustments/2", "NOT_FOUND adjustments/3/warehouse",
                "INVALID_VALUE adjustments/4/add",
            ],
            result.Errors("adjustments").Select(error => error.Short()));
        Assert.Equal("6 cannot be removed: 5 are on hand.", result.Errors("adjustments")[0].Message);
        Assert.Equal(5_000, (await database.Level("V", "A")).OnHand.Thousandths);
    }

    [Fact]
    public async Task Exactly_one_of_add_and_remove_is_taken_and_more_than_nothing()
    {
        await database.Seed(["A"], "V", "X", "Y");

        var result = await database.Adjust(
            new InventoryAdjustmentInput("V", "A", Quantity.One, Quantity.One), new InventoryAdjustmentInput("X", "A", default(Quantity)), new InventoryAdjustmentInput("Y", "A", Remove: default(Quantity)));

        Assert.Equal(["INVALID_VALUE", "INVALID_VALUE", "INVALID_VALUE"], result.Errors("adjustments").Select(error => error.Code));
    }

    [Fact]
    public async Task An_adjustment_with_a_revision_is_taken_once_however_often_and_at_once_it_is_sent()
    {
        await database.Seed(["A"], "V");
        await database.Set(Stock.Counted("V", "A", 5, revision: 1));

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => database.Adjust(Added("V", "A", 3) with { SourceRevision = 2 }))));
        var older = await database.Adjust(Added("V", "A", 3) with { SourceRevision = 1 });
        var newer = await database.Adjust(Removed("V", "A", 1) with { SourceRevision = 7 });

        Assert.Equal((1, 1), (older.Counts.Skipped, newer.Counts.Applied));
        Assert.Equal((7_000, 7L), ((await database.Level("V", "A")).OnHand.Thousandths, (await database.Level("V", "A")).SourceRevision));
    }

    [Fact]
    public async Task Adjustments_at_once_without_revisions_all_count()
    {
        await database.Seed(["A"], "V");
        await database.Set(Stock.Counted("V", "A", 50));

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => database.Adjust(i % 2 == 0 ? Added("V", "A", 3) : Removed("V", "A", 2)))));

        Assert.Equal(60_000, (await database.Level("V", "A")).OnHand.Thousandths);
    }

    [Fact]
    public async Task A_policy_keeps_what_a_row_leaves_out_and_says_what_it_cannot_be()
    {
        await database.Seed([], "V", "X", "Y");

        var result = await database.Upsert(
            new StockPolicyInput("V", BackorderPolicy: BackorderPolicy.Always, BackorderLimit: Quantity.Of(5), LeadTimeDays: 10, SourceRevision: 2),
            new StockPolicyInput("X", LeadTimeDays: 3_651),
            new StockPolicyInput("Y", BackorderPolicy: BackorderPolicy.AgainstIncoming, BackorderLimit: Quantity.One),
            new StockPolicyInput("Z"),
            new StockPolicyInput("V"));
        var kept = (await database.Upsert(new StockPolicyInput("V", IsTracked: false))).Things[0];
        var skipped = await database.Upsert(new StockPolicyInput("V", IsTracked: true, SourceRevision: 1));
        var ended = (await database.Upsert(new StockPolicyInput("V", BackorderPolicy: BackorderPolicy.Never, LeadTimeDays: new(null)))).Things[0];
        var before = (await Events(0)).Count;
        await database.Upsert(new StockPolicyInput("V", BackorderPolicy: BackorderPolicy.Never));

        Assert.Equal(
            ["INVALID_VALUE policies/1/leadTimeDays", "INVALID_VALUE policies/2/backorderLimit", "NOT_FOUND policies/3/sku", "DUPLICATE_ROW policies/4/sku"],
            result.Errors("policies").Select(error => error.Short()));
        Assert.Equal((false, BackorderPolicy.Always, Quantity.Of(5), 10, 2L), (kept.IsTracked, kept.BackorderPolicy, kept.BackorderLimit, kept.LeadTimeDays, kept.Version));
        Assert.Equal(1, skipped.Counts.Skipped);
        Assert.Equal((BackorderPolicy.Never, null, null, 3L), (ended.BackorderPolicy, ended.BackorderLimit, ended.LeadTimeDays, ended.Version));
        Assert.Equal(before, (await Events(0)).Count);
    }

    [Theory(SkipType = typeof(SqlServerForTests), SkipWhen = nameof(SqlServerForTests.IsUsed), Skip = SqlServerForTests.OfSqliteAlone)]
    [InlineData("StockLevels")]
    [InlineData("IncomingSupplies")]
    [InlineData("StockPolicies")]
    public async Task What_another_writer_changed_since_it_was_read_is_not_written_over(string table)
    {
        await database.Seed(["A"], "V");
        await database.Set(Stock.Counted("V", "A", 5, revision: 1));
        await database.Expect(Stock.Expected("PO", "V", "A", 3, 5));
        await database.Upsert(new StockPolicyInput("V", LeadTimeDays: 3));
        Func<WholesaleDb, Writes, ValueTask<bool>>[] changes =
        [
            async (db, writes) => (await new StockLevelWrites(db, writes, database.Clock).Adjust([Added("V", "A", 1) with { SourceRevision = 2 }], BulkMode.Partial, default)).Counts.Applied == 1,
            async (db, writes) => (await new IncomingSupplyWrites(db, writes, database.Ids, database.Clock).Upsert([new("PO", Quantity: Quantity.Of(9))], BulkMode.Partial, default)).Counts.Applied == 1,
            async (db, writes) => (await new SupplyReceipts(db, writes, database.Ids, database.Clock).Receive(new("PO"), default)).UserErrors.Count == 0,
            async (db, writes) => (await new StockPolicyWrites(db, writes).Upsert([new("V", LeadTimeDays: 9)], BulkMode.Partial, default)).Counts.Applied == 1,
        ];

        var overtaken = 0;
        foreach (var change in changes)
        {
            var overtaking = new Overtaking(table, 1);
            try
            {
                Assert.True(await database.Write(overtaking, change));
            }
            catch (OvertakenException)
            {
                overtaken++;
            }

            Assert.True(overtaking.Times <= 1);
        }

        Assert.Equal(table == "StockPolicies" ? 1 : 2, overtaken);
        Assert.Equal(table == "StockLevels" ? 1L : 2L, (await database.Level("V", "A")).SourceRevision);
        await database.AssertCounted();
    }

    [Fact(SkipType = typeof(SqlServerForTests), SkipWhen = nameof(SqlServerForTests.IsUsed), Skip = SqlServerForTests.OfSqliteAlone)]
    public async Task What_orders_reserve_meanwhile_does_not_stop_the_seller()
    {
        await database.Seed(["A"], "V");
        await database.Set(Stock.Counted("V", "A", 5));
        await database.Expect(Stock.Expected("PO", "V", "A", 3, 5));
        await database.Upsert(new StockPolicyInput("V", LeadTimeDays: 3));
        static Meanwhile Ordered(string table) => new(table, $"UPDATE \"{table}\" SET \"Version\" = \"Version\" + 10");

        var counted = await database.Write(Ordered("StockLevels"), (db, writes) =>
            new StockLevelWrites(db, writes, database.Clock).Set([Stock.Counted("V", "A", 9)], BulkMode.Partial, default));
        var expected = await database.Write(Ordered("IncomingSupplies"), (db, writes) =>
            new IncomingSupplyWrites(db, writes, database.Ids, database.Clock).Upsert([new("PO", Quantity: Quantity.Of(9))], BulkMode.Partial, default));
        var sold = await database.Write(Ordered("StockPolicies"), (db, writes) =>
            new StockPolicyWrites(db, writes).Upsert([new("V", LeadTimeDays: 9)], BulkMode.Partial, default));

        Assert.Equal((1, 1, 1), (counted.Counts.Applied, expected.Counts.Applied, sold.Counts.Applied));
        Assert.Equal(9_000, (await database.Level("V", "A")).OnHand.Thousandths);
        Assert.Equal(expected.Things[0].Version, await database.Read(async db => await db.IncomingSupplies.Select(s => s.Version).SingleAsync()));
        Assert.Equal(sold.Things[0].Version, await database.Read(async db => await db.StockPolicies.Select(p => p.Version).SingleAsync()));
    }

    private static InventoryAdjustmentInput Added(string sku, string warehouse, int quantity) => new(sku, warehouse, Add: Quantity.Of(quantity));

    private static InventoryAdjustmentInput Removed(string sku, string warehouse, int quantity, AdjustmentReason? reason = null) =>
        new(sku, warehouse, Remove: Quantity.Of(quantity), Reason: reason);

    /// <summary>The room's events, but for the first.</summary>
    private async Task<List<Event>> Events(int but) => await database.Read(async db => await db.Events
        .Where(e => e.Type == "WAREHOUSE_CHANGED" || e.Type == "INVENTORY_CHANGED" || e.Type == "STOCK_POLICY_CHANGED").OrderBy(e => e.Number).Skip(but).ToListAsync());
}
