using Microsoft.EntityFrameworkCore;
using Wholesale.Inventory;
using Wholesale.Platform;

namespace Wholesale.Tests.Inventory;

/// <summary>Goods that leave, and parts of reservations that are given back.</summary>
public sealed class StockIssuesTests : IDisposable
{
    private readonly RoomDatabase database = new();

    public void Dispose() => database.Dispose();

    [Fact]
    public async Task What_leaves_is_taken_out_of_stock_with_what_was_reserved_of_it()
    {
        var ids = await database.Seed(["A", "B"], "V", "X");
        await database.Set(Stock.Counted("V", "A", 5), Stock.Counted("X", "A", 3));
        await database.Reserve(Stock.Wish(1, ids[0], 4), Stock.Wish(2, ids[1], 3));

        Assert.Empty(await database.Issue("A", Stock.Wish(1, ids[0], 3), Stock.Wish(2, ids[1], 3)));

        Assert.Equal(((2, 1), (0, 0)), (await Counts("V", "A"), await Counts("X", "A")));
        Assert.Equal(["1 1"], await Reservations());
        await database.AssertCounted();
    }

    [Fact]
    public async Task What_leaves_another_warehouse_than_was_planned_must_lie_there_for_nobody_else()
    {
        var ids = await database.Seed(["A", "B"], "V");
        await database.Set(Stock.Counted("V", "A", 5), Stock.Counted("V", "B", 4));
        await database.Reserve(Stock.Wish(1, ids[0], 5));
        await database.Reserve(Stock.Wish(2, ids[0], 2));

        var shortages = await database.Issue("B", Stock.Wish(1, ids[0], 3));
        var before = (await Counts("V", "A"), await Counts("V", "B"));
        Assert.Empty(await database.Issue("B", Stock.Wish(1, ids[0], 2)));

        Assert.Equal([new(1, ids[0], Quantity.Of(3), Quantity.Of(2))], shortages);
        Assert.Equal(((5, 5), (4, 2)), before);
        Assert.Equal(((5, 3), (2, 2)), (await Counts("V", "A"), await Counts("V", "B")));
        await database.AssertCounted();
    }

    [Fact]
    public async Task What_is_sent_before_it_was_received_lay_there_after_all_or_is_refused()
    {
        var ids = await database.Seed(["A"], "V");
        await database.Set(Stock.Counted("V", "A", 2));
        await database.Expect(Stock.Expected("PO", "V", "A", 4, 10));
        await database.Upsert(new StockPolicyInput("V", BackorderPolicy: BackorderPolicy.Always));
        await database.Reserve(Stock.Wish(1, ids[0], 14));

        var refused = await database.Issue("A", Stock.Wish(1, ids[0], 3));
        await database.Set(Stock.Counted("V", "A", 6));
        Assert.Empty(await database.Issue("A", Stock.Wish(1, ids[0], 6)));

        Assert.Equal(Quantity.Of(2), Assert.Single(refused).Promised);
        Assert.Equal((0, 0), await Counts("V", "A"));
        Assert.Equal(["1 8"], await Reservations()); // the backorder of 2 went first, then 2 of the supply
        await database.AssertCounted();
    }

    [Fact]
    public async Task The_least_certain_is_given_back_first_and_of_a_place_that_is_named()
    {
        var ids = await database.Seed(["A", "B"], "V");
        await database.Set(Stock.Counted("V", "A", 5), Stock.Counted("V", "B", 5));
        await database.Expect(Stock.Expected("PO", "V", "A", 4, 3));
        await database.Upsert(new StockPolicyInput("V", BackorderPolicy: BackorderPolicy.Always));
        await database.Reserve(Stock.Wish(1, ids[0], 15));
        var a = await database.Read(async db => await db.Warehouses.Where(w => w.ExternalId == "A").Select(w => w.Id).SingleAsync());

        await database.Release(new StockPart(1, Quantity.Of(4)));
        Assert.Equal(["1 5", "1 5", "1 1"], await Reservations());
        await database.AssertCounted();

        await database.Release(new StockPart(1, Quantity.Of(2), a), new StockPart(1, Quantity.Of(3), a));
        Assert.Equal(["1 1", "1 5"], await Reservations());
        Assert.Equal(((5, 1), (5, 5)), (await Counts("V", "A"), await Counts("V", "B")));
        await database.AssertCounted();
    }

    [Fact]
    public async Task Statements_do_not_grow_with_the_lines()
    {
        var skus = Enumerable.Range(0, 60).Select(i => $"S{i:00}").ToArray();
        var ids = await database.Seed(["A"], skus);
        await database.Set([.. skus.Select(sku => Stock.Counted(sku, "A", 10))]);
        await database.Reserve([.. ids.Select((id, i) => Stock.Wish(i + 1, id, 8))]);
        async Task<long> Statements(params int[] lines) => (await database.Count(async db => await database.Issue("A", [.. lines.Select(i => Stock.Wish(i + 1, ids[i], 2))]))).Statements;

        Assert.Equal(await Statements(0, 1), await Statements([.. Enumerable.Range(2, 58)]));
    }

    private async Task<(int OnHand, int Reserved)> Counts(string sku, string warehouse) => await database.Level(sku, warehouse) is var level
        ? ((int)(level.OnHand.Thousandths / 1000), (int)(level.Reserved.Thousandths / 1000))
        : default;

    private async Task<IReadOnlyList<string>> Reservations() =>
        [.. (await database.Read(async db => await db.StockReservations.OrderBy(r => r.Id).ToListAsync())).Select(r => $"{r.OwnerId} {r.Quantity}")];
}
