using Microsoft.EntityFrameworkCore;
using Wholesale.Catalog;
using Wholesale.Companies;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;

namespace Wholesale.Inventory;

/// <summary>The fields of schema/inventory.graphql. Buyers see what is promised to them and from where, staff that reads inventory all of it.</summary>
public static class InventoryFields
{
    private const string SuppliesByDay = "incomingSupplies/EXPECTED_ON";
    private const string LevelsBySku = "warehouseStockLevels/SKU";

    /// <summary>Of how many warehouses stock can be asked for at once: each is a part of the statement.</summary>
    internal const int MaximumWarehousesWithLevels = 100;

    /// <summary>The room's services.</summary>
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<KnownWarehouses>();
        services.AddScoped<SupplierWrites>();
        services.AddScoped<WarehouseWrites>();
        services.AddScoped<StockLevelWrites>();
        services.AddScoped<IncomingSupplyWrites>();
        services.AddScoped<SupplyReceipts>();
        services.AddScoped<StockPolicyWrites>();
        services.AddScoped<StockReservations>();
        services.AddScoped<StockIssues>();
        services.AddHourlyPurge<IncomingSupply>(IncomingSupply.Purge);
    }

    /// <summary>Names the resolvers.</summary>
    public static void Map(ResolverMap map)
    {
        map.Node<Supplier>(nameof(Supplier), supplier => supplier.Id, LoadSuppliers);
        map.Node<Warehouse>(nameof(Warehouse), warehouse => warehouse.Id, LoadWarehouses);
        map.Node<IncomingSupply>(nameof(IncomingSupply), supply => supply.Id, LoadSupplies);
        map.EventsOf(nameof(Supplier), InventoryEvents.SupplierChanged);
        map.EventsOf(nameof(Warehouse), InventoryEvents.WarehouseChanged, InventoryEvents.InventoryChanged);
        map.EventsOf(nameof(IncomingSupply), InventoryEvents.IncomingSupplyChanged);
        map.EventsOf(nameof(Variant), InventoryEvents.StockPolicyChanged);

        map.Field("Variant.availability", Availabilities.Of);
        map.Field("Variant.stockLevels", VariantLevels);
        map.Field("Variant.incomingSupplies", VariantSupplies);
        map.Field("Variant.stockPolicy", VariantPolicy);

        map.Field("Query.warehouse", OneWarehouse);
        map.Field("Query.warehouses", Warehouses);
        map.Field("Query.suppliers", Suppliers);
        map.Field("Query.incomingSupplies", IncomingSupplies);
        map.Field("Warehouse.supplier", (Batch<Warehouse> warehouses, WholesaleDb db, CancellationToken cancellation) =>
            SuppliersOf(warehouses, warehouse => warehouse.SupplierId, db, cancellation));
        map.Field("Warehouse.stockLevels", WarehouseLevels);
        map.Field("StockLevel.variant", (Batch<StockLevel> levels, WholesaleDb db, CancellationToken cancellation) =>
            VariantsOf(levels, level => level.VariantId, db, cancellation));
        map.Field("StockLevel.warehouse", (Batch<StockLevel> levels, KnownWarehouses warehouses, WholesaleDb db, CancellationToken cancellation) =>
            WarehousesOf(levels, level => level.WarehouseId, warehouses, db, cancellation));
        map.Field("IncomingSupply.variant", (Batch<IncomingSupply> supplies, WholesaleDb db, CancellationToken cancellation) =>
            VariantsOf(supplies, supply => supply.VariantId, db, cancellation));
        map.Field("IncomingSupply.warehouse", (Batch<IncomingSupply> supplies, KnownWarehouses warehouses, WholesaleDb db, CancellationToken cancellation) =>
            WarehousesOf(supplies, supply => supply.WarehouseId, warehouses, db, cancellation));
        map.Field("StockPolicy.variant", (Batch<StockPolicy> policies, WholesaleDb db, CancellationToken cancellation) =>
            VariantsOf(policies, policy => policy.VariantId, db, cancellation));

        InventoryMutations.Map(map);
    }

    internal static async ValueTask<Warehouse?> OneWarehouse(NodeId? id, string? externalId, WholesaleDb db, CancellationToken cancellation)
    {
        if (id is null == externalId is null)
        {
            throw new GraphQLException("Exactly one of id and externalId is to be given.", ErrorCodes.InvalidValue);
        }

        var key = id?.KeyOf(nameof(Warehouse));
        var found = await db.Warehouses.SingleOrDefaultAsync(w => key == null ? w.ExternalId == externalId : w.Id == key, cancellation);
        return externalId is null || found?.ExternalId == externalId ? found : null; // SQL Server finds "A" by "A ", too
    }

    internal static async ValueTask<IReadOnlyList<Warehouse>> Warehouses(WholesaleDb db, CancellationToken cancellation) =>
        await db.Warehouses.OrderBy(w => w.ExternalId).ToListAsync(cancellation);

    internal static async ValueTask<IReadOnlyList<Supplier>> Suppliers(WholesaleDb db, CancellationToken cancellation) =>
        await db.Suppliers.OrderBy(s => s.ExternalId).ToListAsync(cancellation);

    internal static async ValueTask<IReadOnlyList<Supplier?>> SuppliersOf<T>(Batch<T> owners, Func<T, long?> key, WholesaleDb db, CancellationToken cancellation)
    {
        var ids = owners.Keys(key);
        return owners.Pick(key, ids.Count == 0 ? [] : await db.Suppliers.Where(s => ids.Contains(s.Id)).ToDictionaryAsync(s => s.Id, cancellation));
    }

    internal static async ValueTask<Connection<IncomingSupply>> IncomingSupplies(int? first, string? after, WholesaleDb db, CancellationToken cancellation)
    {
        var page = Page.Of(first, after);
        var supplies = db.ExpectedSupplies;
        if (page.After is not null)
        {
            var cursor = Cursor.Parse(page.After, SuppliesByDay);
            var (day, id) = (DateOnly.FromDateTime(cursor.Instant(0)), cursor.Number(1));
            supplies = supplies.Where(s => s.ExpectedOn >= day && (s.ExpectedOn > day || s.Id > id));
        }

        return page.Connect(
            await supplies.OrderBy(s => s.ExpectedOn).ThenBy(s => s.Id).Take(page.Take).ToListAsync(cancellation),
            supply => Cursor.Of(SuppliesByDay, supply.ExpectedOn.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc), supply.Id));
    }

    internal static async ValueTask<IReadOnlyList<IReadOnlyList<StockLevel>>> VariantLevels(
        Batch<Variant> variants, WholesaleDb db, CancellationToken cancellation)
    {
        var ids = variants.Keys(v => v.Id);
        var levels = await (
            from level in db.StockLevels
            join warehouse in db.Warehouses on level.WarehouseId equals warehouse.Id
            where ids.Contains(level.VariantId)
            orderby warehouse.ExternalId
            select level).ToListAsync(cancellation);
        return variants.Pick(v => v.Id, levels.ToLookup(level => level.VariantId));
    }

    internal static async ValueTask<IReadOnlyList<IReadOnlyList<IncomingSupply>>> VariantSupplies(
        Batch<Variant> variants, WholesaleDb db, CancellationToken cancellation)
    {
        var ids = variants.Keys(v => v.Id);
        var supplies = await db.ExpectedSupplies.Where(s => ids.Contains(s.VariantId)).OrderBy(s => s.ExpectedOn).ThenBy(s => s.Id).ToListAsync(cancellation);
        return variants.Pick(v => v.Id, supplies.ToLookup(supply => supply.VariantId));
    }

    internal static async ValueTask<IReadOnlyList<StockPolicy?>> VariantPolicy(Batch<Variant> variants, WholesaleDb db, CancellationToken cancellation)
    {
        var ids = variants.Keys(v => v.Id);
        return variants.Pick(v => (long?)v.Id, await db.StockPolicies.Where(p => ids.Contains(p.VariantId)).ToDictionaryAsync(p => p.VariantId, cancellation));
    }

    /// <summary>A page of each warehouse, by one statement: the union of one short range of each.</summary>
    internal static async ValueTask<IReadOnlyList<Connection<StockLevel>>> WarehouseLevels(
        Batch<Warehouse> warehouses, int? first, string? after, WholesaleDb db, CancellationToken cancellation)
    {
        if (warehouses.Count > MaximumWarehousesWithLevels)
        {
            throw new GraphQLException(
                $"`stockLevels` of at most {MaximumWarehousesWithLevels} warehouses can be asked for at once, not of {warehouses.Count}.", ErrorCodes.TooManyRows);
        }

        var page = Page.Of(first, after);
        var behind = page.After is null ? "" : Cursor.Parse(page.After, LevelsBySku).Text(0);
        var rows = await warehouses.Ranges(warehouse => warehouse.Id, warehouse =>
                (from level in db.StockLevels
                 join variant in db.Variants on level.VariantId equals variant.Id
#pragma warning disable CA1309 // what EF Core translates; the column's collation is ordinal
                 where level.WarehouseId == warehouse.Id && string.Compare(variant.Sku, behind) > 0
#pragma warning restore CA1309
                 orderby variant.Sku
                 select new { Level = level, variant.Sku }).Take(page.Take), cancellation);
        var skus = rows.ToDictionary(row => row.Level, row => row.Sku);
        var byWarehouse = rows.ToLookup(row => row.Level.WarehouseId, row => row.Level);
        return warehouses.Map(warehouse => page.Connect(
            [.. byWarehouse[warehouse.Id].OrderBy(level => skus[level], Utf8Order.Instance)], level => Cursor.Of(LevelsBySku, skus[level])));
    }

    internal static async ValueTask<IReadOnlyList<Variant>> VariantsOf<T>(
        Batch<T> owners, Func<T, long> key, WholesaleDb db, CancellationToken cancellation)
    {
        var ids = owners.Keys(key);
        return owners.Pick(key, await db.Variants.Where(v => ids.Contains(v.Id)).ToDictionaryAsync(v => v.Id, cancellation));
    }

    internal static async ValueTask<IReadOnlyList<Warehouse>> WarehousesOf<T>(
        Batch<T> owners, Func<T, long> key, KnownWarehouses warehouses, WholesaleDb db, CancellationToken cancellation) =>
        owners.Pick(key, await warehouses.ByIds(db, owners.Keys(key), cancellation));

    /// <summary>Whoever sees the catalog finds them.</summary>
    internal static async ValueTask<IReadOnlyList<Warehouse?>> LoadWarehouses(IReadOnlyList<long> keys, RequestContext context)
    {
        await context.Services.GetRequiredService<RequestSight>().Get(context);
        var warehouses = await context.Services.GetRequiredService<WholesaleDb>().Warehouses.Where(w => keys.Contains(w.Id)).ToListAsync(context.Cancellation);
        return warehouses.InOrderOf(keys, warehouse => warehouse.Id);
    }

    /// <summary>Only who reads inventory finds any.</summary>
    internal static async ValueTask<IReadOnlyList<Supplier?>> LoadSuppliers(IReadOnlyList<long> keys, RequestContext context)
    {
        var suppliers = await MayReadInventory(context)
            ? await context.Services.GetRequiredService<WholesaleDb>().Suppliers.Where(s => keys.Contains(s.Id)).ToListAsync(context.Cancellation)
            : [];
        return suppliers.InOrderOf(keys, supplier => supplier.Id);
    }

    /// <summary>Only who reads inventory finds any.</summary>
    internal static async ValueTask<IReadOnlyList<IncomingSupply?>> LoadSupplies(IReadOnlyList<long> keys, RequestContext context)
    {
        var supplies = await MayReadInventory(context)
            ? await context.Services.GetRequiredService<WholesaleDb>().ExpectedSupplies.Where(s => keys.Contains(s.Id)).ToListAsync(context.Cancellation)
            : [];
        return supplies.InOrderOf(keys, supply => supply.Id);
    }

    private static async ValueTask<bool> MayReadInventory(RequestContext context) =>
        (await context.Services.GetRequiredService<RequestCaller>().Get(context)).Permissions.Contains(Permission.InventoryRead);
}
