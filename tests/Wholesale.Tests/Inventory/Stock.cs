using Microsoft.EntityFrameworkCore;
using Wholesale.Inventory;
using Wholesale.Platform;
using Wholesale.Platform.Events;
using Wholesale.Tests.Catalog;

namespace Wholesale.Tests.Inventory;

/// <summary>Short ways to write stock, to reserve it, and to see that it was counted right.</summary>
internal static class Stock
{
    public static readonly DateOnly Today = DateOnly.FromDateTime(RoomDatabase.Noon);

    public static Task<BulkResult<Warehouse>> Upsert(this RoomDatabase database, params WarehouseInput[] rows) =>
        database.Write((db, writes) => new WarehouseWrites(db, writes, database.Ids).Upsert(rows, BulkMode.Partial, default));

    public static Task<BulkResult<StockLevel>> Set(this RoomDatabase database, params InventoryInput[] rows) => database.Set(BulkMode.Partial, rows);

    public static Task<BulkResult<StockLevel>> Set(this RoomDatabase database, BulkMode mode, params InventoryInput[] rows) =>
        database.Write((db, writes) => new StockLevelWrites(db, writes, database.Clock).Set(rows, mode, default));

    public static Task<BulkResult<StockLevel>> Adjust(this RoomDatabase database, params InventoryAdjustmentInput[] rows) =>
        database.Write((db, writes) => new StockLevelWrites(db, writes, database.Clock).Adjust(rows, BulkMode.Partial, default));

    public static Task<BulkResult<IncomingSupply>> Expect(this RoomDatabase database, params IncomingSupplyInput[] rows) =>
        database.Write((db, writes) => new IncomingSupplyWrites(db, writes, database.Ids, database.Clock).Upsert(rows, BulkMode.Partial, default));

    public static Task<ReceiveIncomingSupplyPayload> Receive(this RoomDatabase database, string externalId, int? quantity = null) =>
        database.Write((db, writes) => new SupplyReceipts(db, writes, database.Ids, database.Clock)
            .Receive(new(externalId, quantity is { } pieces ? Quantity.Of(pieces) : null), default));

    public static Task<BulkResult<StockPolicy>> Upsert(this RoomDatabase database, params StockPolicyInput[] rows) =>
        database.Write((db, writes) => new StockPolicyWrites(db, writes).Upsert(rows, BulkMode.Partial, default));

    public static Task<StockOutcome> Reserve(this RoomDatabase database, params StockWish[] wishes) => database.Reserve(null, wishes);

    public static Task<StockOutcome> Reserve(this RoomDatabase database, string? country, params StockWish[] wishes) =>
        database.Write((db, writes) => database.Reservations(db, writes).Reserve(wishes, country, default));

    public static Task Release(this RoomDatabase database, params long[] ownerIds) => database.Write(async (db, writes) =>
    {
        await database.Reservations(db, writes).Release(ownerIds, default);
        return true;
    });

    public static Task<bool> Release(this RoomDatabase database, params StockPart[] parts) => database.Write(async (db, writes) =>
    {
        await database.Reservations(db, writes).Release(parts, default);
        return true;
    });

    public static Task<IReadOnlyList<StockShortage>> Issue(this RoomDatabase database, string warehouse, params StockWish[] goods) => database.Write(async (db, writes) =>
        await new StockIssues(db, writes).Issue(await db.Warehouses.Where(w => w.ExternalId == warehouse).Select(w => w.Id).SingleAsync(), goods, default));

    public static StockReservations Reservations(this RoomDatabase database, WholesaleDb db, Writes writes) =>
        new(db, writes, database.Ids, database.Clock, new KnownWarehouses(database.Clock, database.Committed));

    /// <summary>Warehouses in the order of their names, and a product of one variant for each SKU; returns the variants' ids.</summary>
    public static async Task<long[]> Seed(this RoomDatabase database, string[] warehouses, params string[] skus)
    {
        await database.Upsert([.. warehouses.Select(name => new WarehouseInput(name, name))]);
        await database.Upsert([.. skus.Select(sku => Goods.Product(sku))]);
        return await database.Read(async db => await db.Variants.OrderBy(v => v.Sku).Select(v => v.Id).ToArrayAsync());
    }

    public static Task<StockLevel> Level(this RoomDatabase database, string sku, string warehouse) => database.Read(async db => await (
        from level in db.StockLevels
        join variant in db.Variants on level.VariantId equals variant.Id
        join place in db.Warehouses on level.WarehouseId equals place.Id
        where variant.Sku == sku && place.ExternalId == warehouse
        select level).SingleAsync());

    public static InventoryInput Counted(string sku, string warehouse, int onHand, int? safetyStock = null, long? revision = null) =>
        new(sku, warehouse, Quantity.Of(onHand), safetyStock is { } kept ? Quantity.Of(kept) : null, revision);

    public static IncomingSupplyInput Expected(string externalId, string sku, string warehouse, int inDays, int quantity, long? revision = null) =>
        new(externalId, sku, warehouse, Today.AddDays(inDays), Quantity.Of(quantity), revision);

    public static StockWish Wish(long ownerId, long variantId, int quantity) => new(ownerId, variantId, Quantity.Of(quantity));

    /// <summary>Promises as <c>source quantity date</c>.</summary>
    public static string Short(this IEnumerable<StockPromise> promises) =>
        string.Join(", ", promises.Select(promise => $"{promise.Source} {promise.Quantity} {promise.Date?.ToString("MM-dd", System.Globalization.CultureInfo.InvariantCulture) ?? "?"}"));

    /// <summary>Each counter is the sum of its reservations.</summary>
    public static async Task AssertCounted(this RoomDatabase database)
    {
        var rows = await database.Read(async db => await db.StockReservations.ToListAsync());
        long Sum(Func<StockReservation, bool> isOne) => rows.Where(isOne).Sum(row => row.Quantity.Thousandths);
        Assert.All(rows, row => Assert.True(row.Quantity > default(Quantity) && (row.WarehouseId is null || row.IncomingSupplyId is null)));
        Assert.All(
            await database.Read(async db => await db.StockLevels.ToListAsync()),
            level => Assert.Equal(Sum(r => r.VariantId == level.VariantId && r.WarehouseId == level.WarehouseId), level.Reserved.Thousandths));
        Assert.All(await database.Read(async db => await db.IncomingSupplies.ToListAsync()), supply =>
        {
            Assert.Equal(Sum(r => r.IncomingSupplyId == supply.Id), supply.Reserved.Thousandths);
            Assert.True(supply.Reserved <= supply.Quantity);
        });
        var policies = await database.Read(async db => await db.StockPolicies.ToListAsync());
        Assert.All(policies, policy => Assert.Equal(
            Sum(r => r.VariantId == policy.VariantId && r.WarehouseId is null && r.IncomingSupplyId is null), policy.Backordered.Thousandths));
    }
}
