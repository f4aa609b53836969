using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Wholesale.Catalog;
using Wholesale.Companies;
using Wholesale.GraphQL.Execution;
using Wholesale.Inventory;
using Wholesale.Platform;
using Wholesale.Platform.Events;
using Wholesale.Tests.Catalog;

namespace Wholesale.Tests.Inventory;

public sealed class InventoryFieldsTests : IDisposable
{
    private readonly RoomDatabase database = new();
    private readonly KnownWarehouses warehouses;
    private Batch<Variant>? variants;

    public InventoryFieldsTests() => warehouses = new(database.Clock, database.Committed);

    public void Dispose() => database.Dispose();

    [Fact]
    public async Task The_availability_of_a_whole_page_is_two_statements()
    {
        var skus = Enumerable.Range(0, 60).Select(i => $"V{i:00}").ToArray();
        await database.Seed(["A", "B"], skus);
        await database.Set([.. skus.Select((sku, i) => Stock.Counted(sku, i % 2 == 0 ? "A" : "B", i))]);
        await database.Expect([.. skus.Select(sku => Stock.Expected($"PO-{sku}", sku, "A", 3, 5))]);
        await database.Upsert([.. skus.Take(30).Select(sku => new StockPolicyInput(sku, BackorderPolicy: BackorderPolicy.AgainstIncoming))]);
        await Ask();

        var (all, statements) = await database.Count(db => Ask(db, null));

        Assert.Equal(2, statements);
        Assert.Equal(Enumerable.Range(0, 60).Select(i => i * 1000L), all.Select(a => a!.OnHand.Thousandths));
        Assert.Equal((30, 30), (all.Count(a => a!.IsBackorderable), all.Count(a => !a!.IsBackorderable)));
    }

    [Fact]
    public async Task What_is_not_tracked_has_no_availability()
    {
        await database.Seed(["A"], "COUNTED", "EXPECTED", "NOTHING", "OFF", "POLICY");
        await database.Upsert(Goods.Product("SERVICE") with { Kind = ProductKind.Service });
        await database.Set(Stock.Counted("COUNTED", "A", 0), Stock.Counted("OFF", "A", 5), Stock.Counted("SERVICE", "A", 5));
        await database.Expect(Stock.Expected("PO", "EXPECTED", "A", 3, 5));
        await database.Upsert(new StockPolicyInput("OFF", IsTracked: false), new StockPolicyInput("POLICY", LeadTimeDays: 7));

        var all = await Ask();

        Assert.Equal(["COUNTED", "EXPECTED", "POLICY"], all.Where(a => a.Value is not null).Select(a => a.Key));
        Assert.Equal(7, all["POLICY"]!.LeadTimeDays);
    }

    [Fact]
    public async Task It_is_that_of_the_companys_country_or_of_the_one_asked_for()
    {
        await database.Seed([], "V");
        await database.Upsert(new WarehouseInput("US", "US", ShipsTo: [new("US")]), new WarehouseInput("DE", "DE", ShipsTo: [new("DE")]), new WarehouseInput("OFF", "OFF", IsActive: false));
        await database.Upsert(Goods.Company("acme") with { Country = "DE" }, Goods.Company("nowhere"));
        await database.Set(Stock.Counted("V", "US", 3, safetyStock: 1), Stock.Counted("V", "DE", 4), Stock.Counted("V", "OFF", 9));
        var (acme, nowhere) = (await database.CallerOf("u-acme"), await database.CallerOf("u-nowhere"));

        Assert.Equal("4 4: 1 DE", Short(await Ask(acme)));
        Assert.Equal("3 2: 1 US", Short(await Ask(acme, country: "US")));
        Assert.Equal("0 0: ", Short(await Ask(acme, country: "FR")));
        Assert.Equal("7 6: 1 DE", Short(await Ask(nowhere)));
        Assert.Equal("7 6: 4 DE, 1 US", Short(await Ask(nowhere, quantity: Quantity.Of(5))));
    }

    [Fact]
    public async Task Without_a_quantity_the_least_that_can_be_bought_is_promised()
    {
        await database.Seed(["A"]);
        await database.Upsert(
            Goods.Product("LEAST", null, new VariantInput("LEAST", QuantityIncrement: Quantity.Of(2), MinimumQuantity: Quantity.Of(6))),
            Goods.Product("STEP", null, new VariantInput("STEP", QuantityIncrement: Quantity.Of(2))));
        await database.Set(Stock.Counted("LEAST", "A", 20), Stock.Counted("STEP", "A", 20));

        var all = await Ask();

        Assert.Equal([Quantity.Of(6), Quantity.Of(2)], all.Values.Select(a => Assert.Single(a!.Promises).Quantity));
    }

    [Fact]
    public async Task A_country_that_is_none_is_refused_at_each_variant()
    {
        await database.Seed(["A"], "V", "X");
        var failures = new List<string?>();
        var all = await database.Read(async db => await db.Variants.ToListAsync());

        await database.Read(db => Availabilities.Of(
            Batch<Variant>.Of(all, (_, error) => failures.Add(error.Code)), null, "de", warehouses, db, database.Clock, Caller.Without(RoomDatabase.Staff), default));

        Assert.Equal([ErrorCodes.InvalidValue, ErrorCodes.InvalidValue], failures);
    }

    [Fact]
    public async Task A_change_of_a_warehouse_is_seen_at_once()
    {
        await database.Seed(["A"], "V");
        await database.Set(Stock.Counted("V", "A", 5));
        Assert.Equal("5 5: 1 A", Short(await Ask()));

        await database.Upsert(new WarehouseInput("A", IsActive: false));

        Assert.Equal("0 0: ", Short(await Ask()));
    }

    [Fact]
    public async Task Supplies_are_paged_by_day_without_gap_or_repeat()
    {
        await database.Seed(["A"], "V");
        await database.Expect([.. Enumerable.Range(0, 9).Select(i => Stock.Expected($"PO-{i}", "V", "A", i % 3, 5))]);

        var seen = new List<string>();
        string? after = null;
        do
        {
            var behind = after;
            var (page, statements) = await database.Count(db => InventoryFields.IncomingSupplies(2, behind, db, default));
            Assert.Equal(1, statements);
            seen.AddRange(page.Edges.Select(edge => edge.Node.ExternalId));
            after = page.PageInfo.HasNextPage ? page.PageInfo.EndCursor : null;
        }
        while (after is not null);

        Assert.Equal(["PO-0", "PO-3", "PO-6", "PO-1", "PO-4", "PO-7", "PO-2", "PO-5", "PO-8"], seen);
    }

    [Fact]
    public async Task What_lies_in_warehouses_is_paged_by_sku_and_one_statement()
    {
        await database.Seed(["A", "B"], "a", "B", "c");
        await database.Set(Stock.Counted("a", "A", 1), Stock.Counted("B", "A", 2), Stock.Counted("c", "A", 3), Stock.Counted("B", "B", 4));
        var all = Batch<Warehouse>.Of(await database.Read(db => InventoryFields.Warehouses(db, default)));

        var (first, statements) = await database.Count(db => InventoryFields.WarehouseLevels(all, 2, null, db, default));
        var second = await database.Read(db => InventoryFields.WarehouseLevels(all, 2, first[0].PageInfo.EndCursor, db, default));

        Assert.Equal(1, statements);
        Assert.Equal([["2", "1"], ["4"]], first.Select(page => page.Edges.Select(edge => $"{edge.Node.OnHand}")));
        Assert.Equal([["3"], []], second.Select(page => page.Edges.Select(edge => $"{edge.Node.OnHand}")));
        Assert.Equal((true, false), (first[0].PageInfo.HasNextPage, second[0].PageInfo.HasNextPage));
    }

    [Fact]
    public async Task What_lies_in_more_than_a_hundred_warehouses_is_not_asked_for_at_once()
    {
        var many = Batch<Warehouse>.Of([.. Enumerable.Range(1, InventoryFields.MaximumWarehousesWithLevels + 1).Select(i => new Warehouse { Id = i, ExternalId = $"{i}", Name = "W" })]);

        var refusal = await Assert.ThrowsAsync<GraphQLException>(() => database.Read(db => InventoryFields.WarehouseLevels(many, 2, null, db, default)));

        Assert.Equal(ErrorCodes.TooManyRows, refusal.Code);
    }

    [Fact]
    public async Task A_warehouse_that_is_not_in_memory_yet_is_one_more_statement()
    {
        await database.Seed(["A"], "V");
        var late = new KnownWarehouses(database.Clock, new(NullLogger<CommittedEvents>.Instance)); // which hears of nothing
        await database.Read(db => late.All(db, default));
        await database.Upsert(new WarehouseInput("B", "B"));
        await database.Set(Stock.Counted("V", "A", 1), Stock.Counted("V", "B", 2));
        var levels = await database.Read(async db => await db.StockLevels.OrderBy(l => l.OnHand).ToListAsync());

        var (known, none) = await database.Count(db => InventoryFields.WarehousesOf(Batch<StockLevel>.Of(levels[..1]), level => level.WarehouseId, late, db, default));
        var (all, one) = await database.Count(db => InventoryFields.WarehousesOf(Batch<StockLevel>.Of(levels), level => level.WarehouseId, late, db, default));

        Assert.Equal((0, 1), (none, one));
        Assert.Equal(["A"], known.Select(warehouse => warehouse.ExternalId));
        Assert.Equal(["A", "B"], all.Select(warehouse => warehouse.ExternalId));
    }

    [Fact]
    public async Task Each_field_of_many_variants_is_one_statement()
    {
        await database.Seed(["B", "A"], "V", "X");
        await database.Set(Stock.Counted("V", "B", 1), Stock.Counted("V", "A", 2));
        await database.Expect(Stock.Expected("LATE", "V", "A", 9, 5), Stock.Expected("SOON", "V", "A", 2, 5));
        await database.Upsert(new StockPolicyInput("X", LeadTimeDays: 3));
        var all = Batch<Variant>.Of(await database.Read(async db => await db.Variants.OrderBy(v => v.Sku).ToListAsync()));

        var (levels, l) = await database.Count(db => InventoryFields.VariantLevels(all, db, default));
        var (supplies, s) = await database.Count(db => InventoryFields.VariantSupplies(all, db, default));
        var (policies, p) = await database.Count(db => InventoryFields.VariantPolicy(all, db, default));
        var (owners, o) = await database.Count(db => InventoryFields.VariantsOf(Batch<StockLevel>.Of(levels[0]), level => level.VariantId, db, default));

        Assert.Equal((1, 1, 1, 1), (l, s, p, o));
        Assert.Equal([["2", "1"], []], levels.Select(list => list.Select(level => $"{level.OnHand}")));
        Assert.Equal([["SOON", "LATE"], []], supplies.Select(list => list.Select(supply => supply.ExternalId)));
        Assert.Equal([null, 3], policies.Select(policy => policy?.LeadTimeDays));
        Assert.Equal(["V", "V"], owners.Select(variant => variant.Sku));
    }

    [Fact]
    public async Task Buyers_find_warehouses_by_their_ids_and_no_supplies()
    {
        await database.Seed(["A"], "V");
        await database.Expect(Stock.Expected("PO", "V", "A", 2, 5));
        await database.Upsert(Goods.Company("acme"));
        var buyer = (await database.CallerOf("u-acme")).Principal;
        var (place, supply) = await database.Read(async db => (await db.Warehouses.SingleAsync(), await db.IncomingSupplies.SingleAsync()));

        Assert.Equal("A", (await database.Request(buyer, context => InventoryFields.LoadWarehouses([0, place.Id], context)))[1]!.ExternalId);
        Assert.Equal([null], await database.Request(buyer, context => InventoryFields.LoadSupplies([supply.Id], context)));
        Assert.Equal("PO", (await database.Request(RoomDatabase.Staff, context => InventoryFields.LoadSupplies([supply.Id], context)))[0]!.ExternalId);
        var refusal = await Assert.ThrowsAsync<GraphQLException>(() => database.Request(Principal.Anonymous, context => InventoryFields.LoadWarehouses([place.Id], context)));
        Assert.Equal("UNAUTHENTICATED", refusal.Code);
    }

    [Fact]
    public async Task A_warehouse_is_found_by_exactly_one_of_its_keys()
    {
        await database.Seed(["A"]);
        var id = await database.Read(async db => await db.Warehouses.Select(w => w.Id).SingleAsync());
        Task<Warehouse?> Find(NodeId? node, string? externalId) => database.Read(db => InventoryFields.OneWarehouse(node, externalId, db, default));

        Assert.Equal(id, (await Find(null, "A"))!.Id);
        Assert.Equal(id, (await Find(new NodeId("Warehouse", id), null))!.Id);
        Assert.Null(await Find(null, "a"));
        Assert.Null(await Find(new NodeId("Variant", id), null));
        Assert.Equal(ErrorCodes.InvalidValue, (await Assert.ThrowsAsync<GraphQLException>(() => Find(null, null))).Code);
    }

    private async Task<Dictionary<string, Availability?>> Ask(Caller? caller = null, Quantity? quantity = null, string? country = null)
    {
        var skus = await database.Read(async db => await db.Variants.OrderBy(v => v.Sku).Select(v => v.Sku).ToListAsync());
        var all = await database.Read(db => Ask(db, caller, quantity, country));
        return skus.Zip(all).ToDictionary(pair => pair.First, pair => pair.Second);
    }

    /// <summary>Of all variants by SKU, which are read once, so that they do not count.</summary>
    private async ValueTask<IReadOnlyList<Availability?>> Ask(WholesaleDb db, Caller? caller, Quantity? quantity = null, string? country = null)
    {
        variants ??= Batch<Variant>.Of(await database.Read(async other => await other.Variants.OrderBy(v => v.Sku).ToListAsync()));
        return await Availabilities.Of(variants.Value, quantity, country, warehouses, db, database.Clock, caller ?? Caller.Without(RoomDatabase.Staff), default);
    }

    private static string Short(Dictionary<string, Availability?> all)
    {
        var one = Assert.Single(all).Value!;
        return $"{one.OnHand} {one.AvailableToPromise}: {string.Join(", ", one.Promises.Select(p => $"{p.Quantity} {p.Warehouse.ExternalId}"))}";
    }
}
