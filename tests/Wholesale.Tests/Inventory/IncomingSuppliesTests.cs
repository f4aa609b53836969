using Microsoft.EntityFrameworkCore;
using Wholesale.Catalog;
using Wholesale.GraphQL.Execution;
using Wholesale.Inventory;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Tests.Catalog;

namespace Wholesale.Tests.Inventory;

/// <summary>What is expected, and what becomes of reservations when it arrives.</summary>
public sealed class IncomingSuppliesTests : IDisposable
{
    private readonly RoomDatabase database = new();

    public void Dispose() => database.Dispose();

    [Fact]
    public async Task Good_supplies_are_taken_and_bad_ones_reported_where_they_stand()
    {
        await database.Seed(["A"], "V");

        var result = await database.Expect(
            Stock.Expected("good", "V", "A", 3, 5),
            new IncomingSupplyInput("empty"),
            Stock.Expected("good", "V", "A", 3, 6),
            Stock.Expected("lost", "X", "B", 3, 5),
            Stock.Expected("nothing", "V", "A", 3, 0));

        Assert.Equal(
            [
                "INVALID_VALUE supplies/1/sku", "INVALID_VALUE supplies/1/warehouse", "INVALID_VALUE supplies/1/expectedOn", "INVALID_VALUE supplies/1/quantity",
                "DUPLICATE_ROW supplies/2/externalId", "NOT_FOUND supplies/3/sku", "NOT_FOUND supplies/3/warehouse",
            ],
            result.Errors("supplies").Select(error => error.Short()));
        Assert.Equal(new BulkCounts(5, 2, 0, 3), result.Counts);
        Assert.Equal("good", (await database.Read(async db => await db.IncomingSupplies.SingleAsync())).ExternalId);
    }

    [Fact]
    public async Task A_day_is_mended_and_older_revisions_are_skipped()
    {
        await database.Seed(["A"], "V");
        await database.Expect(Stock.Expected("PO", "V", "A", -3, 5, revision: 2));

        var mended = (await database.Expect(new IncomingSupplyInput("PO", ExpectedOn: Stock.Today.AddDays(4)))).Things[0];
        var skipped = await database.Expect(new IncomingSupplyInput("PO", ExpectedOn: Stock.Today.AddDays(9), SourceRevision: 1));
        var events = await database.Read(async db => await db.Events.CountAsync());
        await database.Expect(new IncomingSupplyInput("PO", ExpectedOn: Stock.Today.AddDays(4)));

        Assert.Equal((Stock.Today.AddDays(4), Quantity.Of(5), 2L), (mended.ExpectedOn, mended.Quantity, mended.Version));
        Assert.Equal(1, skipped.Counts.Skipped);
        Assert.Equal(events, await database.Read(async db => await db.Events.CountAsync()));
    }

    [Fact]
    public async Task What_is_reserved_of_a_supply_is_not_taken_away()
    {
        var ids = await Reserved(2);

        var less = await database.Expect(new IncomingSupplyInput("PO", Quantity: Quantity.One), new IncomingSupplyInput("OTHER", Quantity: default(Quantity)));
        var other = await database.Expect(new IncomingSupplyInput("PO", Sku: "X"));
        var elsewhere = await database.Expect(new IncomingSupplyInput("PO", Warehouse: "B", Quantity: Quantity.Of(2)));

        Assert.Equal("SUPPLY_RESERVED supplies/0/quantity", Assert.Single(less.Errors("supplies")).Short());
        Assert.Equal("SUPPLY_RESERVED supplies/0/sku", Assert.Single(other.Errors("supplies")).Short());
        Assert.Empty(elsewhere.Errors("supplies"));
        Assert.Equal(["PO"], await database.Read(async db => await db.ExpectedSupplies.Select(s => s.ExternalId).ToListAsync()));
        await database.AssertCounted();
        await database.Release(1);
        Assert.Equal(default, (await database.Expect(new IncomingSupplyInput("PO", Quantity: default(Quantity)))).Things[0].Quantity);
        Assert.Equal(0, await database.Read(async db => await db.ExpectedSupplies.CountAsync()));
        Assert.NotEqual(0, ids[0]);
    }

    [Fact]
    public async Task What_arrives_serves_those_who_reserved_first_and_the_last_of_them_in_part()
    {
        var ids = await Reserved(2, 3, 4);

        var payload = await database.Receive("PO", 4);

        Assert.Equal((6_000, 5_000), (payload.IncomingSupply!.Quantity.Thousandths, payload.IncomingSupply.Reserved.Thousandths));
        Assert.Equal((4_000, 4_000), (payload.StockLevel!.OnHand.Thousandths, payload.StockLevel.Reserved.Thousandths));
        Assert.Equal(
            ["1 2 here", "2 1 expected", "2 2 here", "3 4 expected"],
            (await Reservations()).Select(r => $"{r.OwnerId} {r.Quantity} {(r.WarehouseId is null ? "expected" : "here")}").Order(StringComparer.Ordinal));
        await database.AssertCounted();

        await database.Receive("PO", 1);
        Assert.Equal(2, (await Reservations()).Count(r => r.OwnerId == 2 && r.IncomingSupplyId is null));
        var last = await database.Receive("PO");
        Assert.Equal((0, 10_000, 9_000), (last.IncomingSupply!.Quantity.Thousandths, last.StockLevel!.OnHand.Thousandths, last.StockLevel.Reserved.Thousandths));
        Assert.Equal(0, await database.Read(async db => await db.ExpectedSupplies.CountAsync(s => s.ExternalId == "PO")));
        await database.AssertCounted();
        await database.Release(1, 2, 3);
        Assert.Equal(default, (await database.Level("V", "A")).Reserved);
        Assert.NotEqual(0, ids[0]);
    }

    [Fact]
    public async Task No_more_arrives_than_is_expected()
    {
        await Reserved(2);

        Assert.Equal("INVALID_VALUE quantity", Assert.Single((await database.Receive("PO", 11)).UserErrors).Short());
        Assert.Equal("INVALID_VALUE quantity", Assert.Single((await database.Receive("PO", 0)).UserErrors).Short());
        Assert.Equal("NOT_FOUND externalId", Assert.Single((await database.Receive("NONE")).UserErrors).Short());
        await database.AssertCounted();
    }

    [Fact]
    public async Task What_arrives_lies_beside_what_is_there()
    {
        await Reserved(2);
        await database.Set(Stock.Counted("V", "A", 5, safetyStock: 1));
        var before = await database.Read(async db => await db.Events.MaxAsync(e => e.Number));

        var level = (await database.Receive("PO")).StockLevel!;

        var stored = await database.Level("V", "A");
        Assert.Equal((15_000, 2_000, 1_000, 2L), (stored.OnHand.Thousandths, stored.Reserved.Thousandths, stored.SafetyStock.Thousandths, stored.Version));
        Assert.Equal((stored.OnHand, stored.Reserved, stored.Version), (level.OnHand, level.Reserved, level.Version));
        Assert.Equal(
            ["INCOMING_SUPPLY_CHANGED", "INVENTORY_CHANGED"], await database.Read(async db => await db.Events.Where(e => e.Number > before).OrderBy(e => e.Number).Select(e => e.Type).ToListAsync()));
    }

    [Fact]
    public async Task What_was_removed_is_seen_by_nobody_and_an_older_row_does_not_create_it_again()
    {
        await database.Seed(["A"], "V");
        var first = (await database.Expect(Stock.Expected("PO", "V", "A", 3, 5, revision: 2))).Things[0];

        var removed = (await database.Expect(new IncomingSupplyInput("PO", Quantity: default(Quantity), SourceRevision: 5))).Things[0];
        var late = await database.Expect(Stock.Expected("PO", "V", "A", 3, 5, revision: 4));

        Assert.Equal((0, 1), (removed.Quantity.Thousandths, late.Counts.Skipped));
        Assert.Equal("NOT_FOUND externalId", Assert.Single((await database.Receive("PO")).UserErrors).Short());
        Assert.Empty((await database.Read(db => InventoryFields.IncomingSupplies(5, null, db, default))).Edges);
        var variants = Batch<Variant>.Of(await database.Read(async db => await db.Variants.ToListAsync()));
        Assert.Empty((await database.Read(db => InventoryFields.VariantSupplies(variants, db, default)))[0]);
        Assert.Empty(await database.Read(db => StockReads.Tracked(db, [first.VariantId], default)));
        Assert.Equal([null], await database.Request(RoomDatabase.Staff, context => InventoryFields.LoadSupplies([first.Id], context)));

        Assert.Equal("INVALID_VALUE supplies/0/sku", (await database.Expect(new IncomingSupplyInput("PO", Warehouse: "A", ExpectedOn: Stock.Today, Quantity: Quantity.One, SourceRevision: 6))).Errors("supplies").Single().Short());
        var again = (await database.Expect(Stock.Expected("PO", "V", "A", 4, 7, revision: 6))).Things[0];
        Assert.Equal((first.Id, 7_000, 6L, 3L), (again.Id, again.Quantity.Thousandths, again.SourceRevision, again.Version));
        Assert.Equal(Stock.Today.AddDays(4), Assert.Single((await database.Read(db => InventoryFields.IncomingSupplies(5, null, db, default))).Edges).Node.ExpectedOn);
    }

    [Fact]
    public async Task What_was_received_is_not_expected_again_by_the_same_row()
    {
        await database.Seed(["A"], "V");
        await database.Expect(Stock.Expected("PO", "V", "A", 3, 5, revision: 2));
        await database.Receive("PO");

        var same = await database.Expect(Stock.Expected("PO", "V", "A", 3, 5, revision: 2));
        var next = await database.Expect(Stock.Expected("PO", "V", "A", 3, 5, revision: 3));

        Assert.Equal((1, 1), (same.Counts.Skipped, next.Counts.Applied));
    }

    [Fact]
    public async Task That_nothing_is_expected_counts_even_if_it_comes_first()
    {
        await database.Seed(["A"], "V");

        var gone = await database.Expect(Stock.Expected("PO", "V", "A", 3, 0, revision: 7), Stock.Expected("unknown", "X", "A", 3, 0, revision: 7));
        var late = await database.Expect(Stock.Expected("PO", "V", "A", 3, 5, revision: 6));

        Assert.Equal((2, 1), (gone.Counts.Applied, late.Counts.Skipped));
        Assert.Equal(["PO"], await database.Read(async db => await db.IncomingSupplies.Select(s => s.ExternalId).ToListAsync()));
    }

    [Fact]
    public async Task What_was_removed_is_forgotten_after_ninety_days()
    {
        await database.Seed(["A"], "V");
        await database.Expect(Stock.Expected("GONE", "V", "A", 200, 5, revision: 1), Stock.Expected("LATE", "V", "A", -200, 5));
        await database.Expect(new IncomingSupplyInput("GONE", Quantity: default(Quantity), SourceRevision: 2));
        Task<int> Purge(int days) => database.Read(async db => await IncomingSupply.Purge(db, RoomDatabase.Noon.AddDays(days), default));

        Assert.Equal((0, 1, 0), (await Purge(IncomingSupply.DaysKept), await Purge(IncomingSupply.DaysKept + 1), await Purge(999)));
        Assert.Equal(["LATE"], await database.Read(async db => await db.IncomingSupplies.Select(s => s.ExternalId).ToListAsync()));
    }

    [Fact]
    public async Task One_that_goes_elsewhere_is_told_of_at_both_places()
    {
        var ids = await database.Seed(["A", "B"], "V", "X");
        await database.Expect(Stock.Expected("PO", "V", "A", 3, 5));
        var places = await database.Read(async db => await db.Warehouses.OrderBy(w => w.ExternalId).Select(w => w.Id).ToListAsync());
        var before = await database.Read(async db => await db.Events.MaxAsync(e => e.Number));

        await database.Expect(new IncomingSupplyInput("PO", Sku: "X", Warehouse: "B"));

        Assert.Equal(
            [$$"""{"variantId":{{ids[1]}},"warehouseId":{{places[1]}}}""", $$"""{"variantId":{{ids[0]}},"warehouseId":{{places[0]}}}"""],
            await database.Read(async db => await db.Events.Where(e => e.Number > before).OrderBy(e => e.Number).Select(e => e.Data).ToListAsync()));
    }

    [Fact(SkipType = typeof(SqlServerForTests), SkipWhen = nameof(SqlServerForTests.IsUsed), Skip = SqlServerForTests.OfSqliteAlone)]
    public async Task One_that_was_reserved_meanwhile_does_not_become_one_of_another_variant()
    {
        await database.Seed(["A"], "V", "X");
        await database.Expect(Stock.Expected("PO", "V", "A", 3, 5));
        Task<BulkResult<IncomingSupply>> Write(IncomingSupplyInput row) => database.Write(
            new Meanwhile("IncomingSupplies", "UPDATE \"IncomingSupplies\" SET \"Reserved\" = 1000"),
            (db, writes) => new IncomingSupplyWrites(db, writes, database.Ids, database.Clock).Upsert([row], BulkMode.Partial, default));

        await Assert.ThrowsAsync<OvertakenException>(() => Write(new("PO", Sku: "X")));
        Assert.Equal(1, (await Write(new("PO", Quantity: Quantity.Of(2)))).Counts.Applied);
    }

    /// <summary>A supply of ten, reserved by lines 1, 2, … of so many, and another that nobody has reserved.</summary>
    private async Task<long[]> Reserved(params int[] quantities)
    {
        var ids = await database.Seed(["A", "B"], "V", "X");
        await database.Upsert(new StockPolicyInput("V", BackorderPolicy: BackorderPolicy.AgainstIncoming));
        await database.Expect(Stock.Expected("PO", "V", "A", 3, 10), Stock.Expected("OTHER", "X", "A", 3, 10));
        foreach (var (i, quantity) in quantities.Index())
        {
            Assert.Empty((await database.Reserve(Stock.Wish(i + 1, ids[0], quantity))).Shortages);
        }

        return ids;
    }

    private Task<List<StockReservation>> Reservations() => database.Read(async db => await db.StockReservations.OrderBy(r => r.Id).ToListAsync());
}
