using Wholesale.Inventory;
using Wholesale.Platform;

namespace Wholesale.Tests.Inventory;

/// <summary>What is promised, by hand and against an oracle that deals out single pieces.</summary>
public sealed class StockPlanTests
{
    private static readonly DateOnly Today = Stock.Today;

    [Fact]
    public void The_first_warehouse_that_has_all_of_it_ships_it() =>
        Assert.Equal("OnHand 5 from 2 on 03-01", Promised(5, [3, 5, 9]));

    [Fact]
    public void Where_none_has_all_of_it_each_ships_what_it_has() =>
        Assert.Equal("OnHand 3 from 1 on 03-01, OnHand 4 from 3 on 03-01", Promised(7, [3, 0, 6]));

    [Fact]
    public void Without_a_policy_nothing_is_promised_of_what_is_expected() =>
        Assert.Equal("OnHand 3 from 1 on 03-01", Promised(5, [3], supplies: [(1, 2, 10)]));

    [Fact]
    public void What_is_expected_comes_after_what_is_there_by_day_and_then_by_warehouse() => Assert.Equal(
        "OnHand 1 from 1 on 03-01, Incoming 2 from 2 on 03-03, Incoming 3 from 1 on 03-04, Incoming 1 from 2 on 03-04",
        Promised(7, [1, 0], BackorderPolicy.AgainstIncoming, [(2, 3, 4), (1, 3, 3), (2, 2, 2)]));

    [Fact]
    public void What_should_have_come_before_today_promises_nothing() => Assert.Equal(
        "Incoming 1 from 1 on 03-01",
        Promised(5, [0], BackorderPolicy.AgainstIncoming, [(1, -1, 9), (1, 0, 1)]));

    [Fact]
    public void What_nobody_has_ordered_yet_comes_last_from_the_first_warehouse_within_the_limit()
    {
        Assert.Equal(
            "OnHand 1 from 2 on 03-01, Incoming 2 from 2 on 03-03, Backorder 4 from 1 on 03-11",
            Promised(9, [0, 1], BackorderPolicy.Always, [(2, 2, 2)], limit: 7, backordered: 3, leadTime: 10));
        Assert.Equal("Backorder 9 from 1 on ?", Promised(9, [0], BackorderPolicy.Always));
        Assert.Equal("", Promised(9, [0], BackorderPolicy.Always, limit: 3, backordered: 5));
    }

    [Fact]
    public void More_reserved_or_kept_back_than_counted_is_nothing_and_breaks_nothing()
    {
        var level = new StockLevel { VariantId = 1, WarehouseId = 1, OnHand = Quantity.Of(5), Reserved = Quantity.Of(4), SafetyStock = Quantity.Of(3) };
        var plan = new StockPlan(new(1, null, [level], []), [Place(1)], Today);

        Assert.Equal((Quantity.Of(5), default, false), (plan.OnHand, plan.AvailableNow, plan.IsBackorderable));
        Assert.Empty(plan.Promise(Quantity.One));
    }

    [Fact]
    public void Where_no_warehouse_ships_nothing_is_promised()
    {
        var plan = new StockPlan(new(1, Policy(BackorderPolicy.Always, null, 0, 1), [Level(1, 9)], [Supply(1, 1, 1, 9)]), [], Today);

        Assert.Equal((default, default, false), (plan.OnHand, plan.AvailableNow, plan.IsBackorderable));
        Assert.Empty(plan.Promise(Quantity.One));
    }

    [Fact]
    public void Several_wishes_share_the_stock_in_their_order()
    {
        var plan = new StockPlan(new(1, Policy(BackorderPolicy.Always, 2, 0, null), [Level(1, 3)], [Supply(1, 1, 1, 2)]), [Place(1)], Today);

        Assert.Equal(
            ["OnHand 2 03-01", "OnHand 1 03-01, Incoming 1 03-02", "Incoming 1 03-02, Backorder 1 ?", "Backorder 1 ?", ""],
            Enumerable.Repeat(Quantity.Of(2), 5).Select(wanted => plan.Promise(wanted).Short()));
    }

    [Fact]
    public void Warehouses_stand_in_the_order_that_they_have_for_a_country()
    {
        Warehouse[] all =
        [
            Place(1, 10), Place(2, 5), Place(3, 5), Place(4, 1, isActive: false), Place(5, 7, shipsTo: [new("DE", 1), new("US", 20)]), Place(6, 6, shipsTo: [new("FR")]),
        ];

        Assert.Equal([2, 3, 6, 5, 1], Warehouse.For(all, null).Select(w => w.Id));
        Assert.Equal([5, 2, 3, 1], Warehouse.For(all, "DE").Select(w => w.Id));
        Assert.Equal([2, 3, 1, 5], Warehouse.For(all, "US").Select(w => w.Id));
        Assert.Equal([2, 3, 1, 6], Warehouse.For(all, "FR").Select(w => w.Id));
        Assert.Equal([2, 3, 1], Warehouse.For(all, "JP").Select(w => w.Id));
    }

    [Fact]
    public void Promises_are_those_of_an_oracle_that_deals_out_single_pieces()
    {
        var random = new Random(20_260_301);
        for (var round = 0; round < 3_000; round++)
        {
            var stock = Any(random);
            Warehouse[] inOrder = [.. Enumerable.Range(1, random.Next(0, 4)).Select(id => Place(id)).OrderBy(_ => random.Next())];
            var before = 0L;
            for (var wanted = 0; wanted < 14; wanted++)
            {
                var promises = new StockPlan(stock, inOrder, Today).Promise(Quantity.Of(wanted));

                var sum = promises.Sum(p => p.Quantity.Thousandths) / 1000;
                Assert.Equal(Oracle(stock, inOrder, wanted), promises.SelectMany(p => Enumerable.Repeat(p with { Quantity = Quantity.One }, (int)(p.Quantity.Thousandths / 1000))));
                Assert.InRange(sum, before, wanted);
                before = sum;
            }
        }
    }

    private static IEnumerable<StockPromise> Oracle(VariantStock stock, IReadOnlyList<Warehouse> inOrder, int wanted)
    {
        List<long> Pieces(Warehouse place) => [.. stock.Levels.Where(l => l.WarehouseId == place.Id).SelectMany(l => Enumerable.Repeat(place.Id, Count(l.OnHand) - Count(l.Reserved) - Count(l.SafetyStock) is var free and > 0 ? free : 0))];
        var here = inOrder.Select(Pieces).ToList();
        var pieces = (here.Find(p => p.Count >= wanted) ?? [.. here.SelectMany(p => p)]).ConvertAll(id => new StockPromise(StockSource.OnHand, id, null, Quantity.One, Today));
        if (stock.Policy?.BackorderPolicy is BackorderPolicy.AgainstIncoming or BackorderPolicy.Always)
        {
            for (var day = Today; day <= Today.AddDays(10); day = day.AddDays(1))
            {
                pieces.AddRange(
                    from place in inOrder
                    from supply in stock.Supplies
                    where supply.WarehouseId == place.Id && supply.ExpectedOn == day
                    from _ in Enumerable.Range(0, Count(supply.Quantity) - Count(supply.Reserved))
                    select new StockPromise(StockSource.Incoming, place.Id, supply.Id, Quantity.One, day));
            }
        }

        if (stock.Policy is { BackorderPolicy: BackorderPolicy.Always } policy && inOrder.Count > 0)
        {
            var left = policy.BackorderLimit is { } limit ? Math.Max(0, Count(limit) - Count(policy.Backordered)) : 100;
            pieces.AddRange(Enumerable.Repeat(
                new StockPromise(StockSource.Backorder, inOrder[0].Id, null, Quantity.One, policy.LeadTimeDays is { } days ? Today.AddDays(days) : null), left));
        }

        return pieces.Take(wanted);
    }

    private static VariantStock Any(Random random) => new(
        1,
        random.Next(4) == 0 ? null : Policy((BackorderPolicy)random.Next(3), random.Next(3) == 0 ? null : random.Next(4), random.Next(3), random.Next(3) == 0 ? null : random.Next(9)),
        [
            .. Enumerable.Range(1, 3).Where(_ => random.Next(3) > 0).Select(id => new StockLevel
            {
                VariantId = 1, WarehouseId = id, OnHand = Quantity.Of(random.Next(7)), Reserved = Quantity.Of(random.Next(3)), SafetyStock = Quantity.Of(random.Next(2)),
            }),
        ],
        [.. Enumerable.Range(1, random.Next(4)).Select(id => Supply(id, random.Next(1, 4), random.Next(-2, 8), random.Next(3, 5), random.Next(4)))]);

    private static string Promised(
        int wanted, int[] onHand, BackorderPolicy? policy = null, (int Warehouse, int InDays, int Quantity)[]? supplies = null, int? limit = null, int backordered = 0, int? leadTime = null)
    {
        var stock = new VariantStock(
            1,
            policy is { } given ? Policy(given, limit, backordered, leadTime) : null,
            [.. onHand.Index().Select(place => Level(place.Index + 1, place.Item))],
            [.. (supplies ?? []).Index().Select(s => Supply(s.Index + 1, s.Item.Warehouse, s.Item.InDays, s.Item.Quantity))]);
        var plan = new StockPlan(stock, [.. onHand.Index().Select(place => Place(place.Index + 1))], Today);
        return string.Join(", ", plan.Promise(Quantity.Of(wanted)).Select(p =>
            $"{p.Source} {p.Quantity} from {p.WarehouseId} on {p.Date?.ToString("MM-dd", System.Globalization.CultureInfo.InvariantCulture) ?? "?"}"));
    }

    private static int Count(Quantity quantity) => (int)(quantity.Thousandths / 1000);

    private static Warehouse Place(long id, int priority = 1, bool isActive = true, WarehouseDestination[]? shipsTo = null) =>
        new() { Id = id, ExternalId = $"W{id}", Name = "W", Priority = priority, IsActive = isActive, ShipsTo = shipsTo ?? [] };

    private static StockLevel Level(long warehouseId, int onHand) => new() { VariantId = 1, WarehouseId = warehouseId, OnHand = Quantity.Of(onHand) };

    private static IncomingSupply Supply(long id, long warehouseId, int inDays, int quantity, int reserved = 0) => new()
    {
        Id = id,
        ExternalId = $"S{id}",
        VariantId = 1,
        WarehouseId = warehouseId,
        ExpectedOn = Today.AddDays(inDays),
        Quantity = Quantity.Of(quantity),
        Reserved = Quantity.Of(reserved),
    };

    private static StockPolicy Policy(BackorderPolicy policy, int? limit, int backordered, int? leadTime) => new()
    {
        VariantId = 1,
        BackorderPolicy = policy,
        BackorderLimit = limit is { } pieces ? Quantity.Of(pieces) : null,
        Backordered = Quantity.Of(backordered),
        LeadTimeDays = leadTime,
    };
}
