using Microsoft.EntityFrameworkCore;
using Wholesale.Carts;
using Wholesale.Catalog;
using Wholesale.Companies;
using Wholesale.GraphQL.Execution;
using Wholesale.Inventory;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;

namespace Wholesale.Orders;

/// <summary>The fields of schema/orders.graphql. Who sees which orders, see <see cref="OrdersSeen"/>.</summary>
public static class OrderFields
{
    private const string InOrder = "orderLines/ID";

    private static readonly Func<WholesaleDb, IEnumerable<long>, long, IAsyncEnumerable<OrderLine>> LinesOf = EF.CompileAsyncQuery(
        (WholesaleDb db, IEnumerable<long> orderIds, long behind) => db.OrderLines.Where(l => orderIds.Contains(l.OrderId) && l.Id > behind));

    private static readonly Func<WholesaleDb, IEnumerable<long>, long, IAsyncEnumerable<OrderLine>> LineHeadsOf = EF.CompileAsyncQuery(
        (WholesaleDb db, IEnumerable<long> orderIds, long behind) => db.OrderLines.Where(l => orderIds.Contains(l.OrderId) && l.Id > behind).Select(OrderLine.Head));

    /// <summary>The room's services.</summary>
    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<Checkouts>();
        services.AddScoped<OrderChecks>();
        services.AddScoped<OrderPlacing>();
        services.AddScoped<Reordering>();
        services.AddScoped<OrderNumberSeriesWrites>();
        services.AddScoped<OrderImports>();
        OrderLifeFields.Add(services, configuration);
    }

    /// <summary>Names the resolvers.</summary>
    public static void Map(ResolverMap map)
    {
        map.Node<Order>(nameof(Order), order => order.Id, LoadOrders);
        map.Node<PlacedLine>(nameof(OrderLine), line => line.Id, LoadLines);
        map.Node<OrderNumberSeries>(nameof(OrderNumberSeries), series => series.Id, LoadSeries);
        map.EventsOf(nameof(Order), OrderEvents.OrderPlaced, OrderEvents.OrderImported);
        map.EventsOf(nameof(OrderNumberSeries), OrderEvents.OrderNumberSeriesChanged);

        map.Field("Query.validateCart", (NodeId cartId, OrderPlacing orders, Caller caller, RequestContext request) => orders.Validate(cartId, caller, request));
        map.Field("Query.order", OneOrder);
        map.Field("Query.orders", OrderList.Read);
        map.TotalCount<Order>("OrderConnection");
        map.Field("Query.orderNumberSeries", Series);
        map.Field("PlaceOrderPayload.priceChanges", (Batch<PlaceOrderPayload> payloads, int first) =>
            payloads.Map(payload => CartFields.FirstOf(payload.PriceChanges, first)));
        map.Field("Order.company", Companies);
        map.Field("Order.user", Users);
        map.Field("Order.unit", Units);
        map.Field("Order.supplier", (Batch<Order> orders, WholesaleDb db, CancellationToken ct) => InventoryFields.SuppliersOf(orders, order => order.SupplierId, db, ct));
        map.Field("Order.lines", Lines);
        map.Field("OrderLine.variant", Variants);
        map.Field("OrderLine.promises", Promises);
        map.Field("OrderNumberSeries.market", Markets);

        OrderLifeFields.Map(map);
        Reordering.Map(map);
        FrequentlyOrdered.Map(map);
        FulfillmentsToShip.Map(map);

        map.MutationInOwnLane("placeOrder", (PlaceOrderInput input, OrderPlacing orders, Caller caller, RequestContext request) => orders.Place(input, caller, request));
        map.Field("Mutation.upsertOrderNumberSeries", (UpsertOrderNumberSeriesInput input, OrderNumberSeriesWrites series, CancellationToken ct) => series.Upsert(input, ct));
    }

    internal static async ValueTask<Order?> OneOrder(NodeId? id, string? number, Caller caller, WholesaleDb db, CancellationToken cancellation)
    {
        if (id is null == number is null)
        {
            throw new GraphQLException("Exactly one of `id` and `number` is to be given.", ErrorCodes.InvalidValue);
        }

        var key = id?.KeyOf(nameof(Order));
        return await OrdersSeen.By(db, caller).SingleOrDefaultAsync(o => number == null ? o.Id == key : o.Number == number, cancellation);
    }

    internal static async ValueTask<IReadOnlyList<Order?>> LoadOrders(IReadOnlyList<long> keys, RequestContext context)
    {
        var (db, caller) = await Of(context);
        return (await OrdersSeen.By(db, caller).Where(o => keys.Contains(o.Id)).ToListAsync(context.Cancellation)).InOrderOf(keys, order => order.Id);
    }

    internal static async ValueTask<IReadOnlyList<PlacedLine?>> LoadLines(IReadOnlyList<long> keys, RequestContext context)
    {
        var (db, caller) = await Of(context);
        var rows = await (
            from line in db.OrderLines
            join order in OrdersSeen.By(db, caller) on line.OrderId equals order.Id
            where keys.Contains(line.Id)
            select new { line, order }).ToListAsync(context.Cancellation);
        return rows.Select(row => new PlacedLine(row.order, row.line)).InOrderOf(keys, line => line.Id);
    }

    internal static async ValueTask<IReadOnlyList<OrderNumberSeries?>> LoadSeries(IReadOnlyList<long> keys, RequestContext context)
    {
        var (db, caller) = await Of(context);
        var series = caller.Kind == PrincipalKind.Staff && caller.Permissions.Contains(Permission.OrdersRead)
            ? await db.OrderNumberSeries.Where(s => keys.Contains(s.Id)).ToListAsync(context.Cancellation)
            : [];
        return series.InOrderOf(keys, s => s.Id);
    }

    internal static async ValueTask<IReadOnlyList<OrderNumberSeries>> Series(WholesaleDb db, CancellationToken cancellation) =>
        await db.OrderNumberSeries.OrderBy(s => s.ExternalId).ToListAsync(cancellation);

    internal static async ValueTask<(WholesaleDb Db, Caller Caller)> Of(RequestContext context) =>
        (context.Services.GetRequiredService<WholesaleDb>(), await context.Services.GetRequiredService<RequestCaller>().Get(context));

    private static async ValueTask<IReadOnlyList<Company?>> Companies(Batch<Order> orders, WholesaleDb db, CancellationToken cancellation)
    {
        var ids = orders.Keys(o => o.CompanyId);
        return orders.Pick(o => o.CompanyId, await db.Companies.Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, cancellation));
    }

    private static async ValueTask<IReadOnlyList<CompanyUser?>> Users(Batch<Order> orders, Caller caller, WholesaleDb db, CancellationToken cancellation) =>
        orders.Pick(o => (long?)o.UserId, await OrdersSeen.Users(db, caller, orders.Keys(o => o.UserId)).ToDictionaryAsync(u => u.Id, cancellation));

    private static async ValueTask<IReadOnlyList<CompanyUnit?>> Units(Batch<Order> orders, Caller caller, WholesaleDb db, CancellationToken cancellation) =>
        orders.Pick(o => (long?)o.UnitId, await OrdersSeen.Units(db, caller, orders.Keys(o => o.UnitId)).ToDictionaryAsync(u => u.Id, cancellation));

    /// <summary>A page of each order: of those that have no more lines than it by one statement, of others by the union of one short range of each.</summary>
    private static async ValueTask<IReadOnlyList<Connection<PlacedLine>>> Lines(
        Batch<Order> orders, int? first, string? after, SelectedFields selected, WholesaleDb db, CancellationToken cancellation)
    {
        var page = Page.Of(first, after);
        var behind = page.After is null ? 0 : Cursor.Parse(page.After, InOrder).Number(0);
        var distinct = orders.Map(order => order).DistinctBy(order => order.Id).ToLookup(order => order.LineCount <= page.Take);
        var small = distinct[true].Select(order => order.Id).ToList();
        var ofHeads = selected.AreWithin(OrderLine.HeadFields, "edges", "node");
        var rows = small.Count == 0 ? [] : await (ofHeads ? LineHeadsOf : LinesOf)(db, small, behind).ToListAsync(cancellation);
        rows.AddRange(await distinct[false].Ranges(order => order.Id, Range, cancellation));
        var byOrder = rows.ToLookup(line => line.OrderId);
        return orders.Map(order => page.Connect(
            [.. byOrder[order.Id].OrderBy(line => line.Id).Select(line => new PlacedLine(order, line))], line => Cursor.Of(InOrder, line.Id)));

        IQueryable<OrderLine> Range(Order order)
        {
            var range = db.OrderLines.Where(l => l.OrderId == order.Id && l.Id > behind).OrderBy(l => l.Id).Take(page.Take);
            return ofHeads ? range.Select(OrderLine.Head) : range;
        }
    }

    private static async ValueTask<IReadOnlyList<Variant?>> Variants(
        Batch<PlacedLine> lines, SelectedFields selected, WholesaleDb db, Sight sight, CancellationToken cancellation)
    {
        var ids = lines.Keys(line => line.Line.VariantId);
        return lines.Pick(line => (long?)line.Line.VariantId, (await CatalogQueries.VariantsByIds(db, sight, ids, selected, cancellation)).ToDictionary(v => v.Id));
    }

    private static async ValueTask<IReadOnlyList<IReadOnlyList<Promise>>> Promises(
        Batch<PlacedLine> lines, KnownWarehouses warehouses, WholesaleDb db, CancellationToken cancellation)
    {
        var ids = lines.Map(line => line.Line.Promises.Select(promise => promise.WarehouseId)).SelectMany(of => of);
        var known = await warehouses.ByIds(db, ids, cancellation);
        return lines.Map<IReadOnlyList<Promise>>(line =>
            [.. line.Line.Promises.Select(promise => new Promise(promise.Date, promise.Quantity, known[promise.WarehouseId]))]);
    }

    private static async ValueTask<IReadOnlyList<Market?>> Markets(Batch<OrderNumberSeries> series, WholesaleDb db, CancellationToken cancellation)
    {
        var ids = series.Keys(s => s.MarketId);
        return series.Pick(s => (long?)s.MarketId, await db.Markets.Where(m => ids.Contains(m.Id)).ToDictionaryAsync(m => m.Id, cancellation));
    }
}
