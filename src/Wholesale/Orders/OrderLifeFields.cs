using Microsoft.EntityFrameworkCore;
using Wholesale.Companies;
using Wholesale.Credit;
using Wholesale.GraphQL.Execution;
using Wholesale.Inventory;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;
using Wholesale.Repricing;

namespace Wholesale.Orders;

/// <summary>The fields of schema/orders.graphql by which orders go on: who sees an order sees all that became of it.</summary>
internal static class OrderLifeFields
{
    /// <summary>The services.</summary>
    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        var settings = OrderSettings.Of(configuration);
        services.AddScoped<OpenOrders>();
        services.AddScoped<OrderPayments>();
        services.AddScoped<OpenItemOwners, PaidOrders>();
        services.AddScoped<OrderConfirming>();
        services.AddScoped<OrderCancelling>();
        services.AddScoped<OrderDispatch>();
        services.AddScoped<Shipments>();
        services.AddScoped<BoughtGoods, OrderedGoods>();
        services.AddSingleton<OrderCompanies>();
        services.AddSingleton<OrderUpdates>();
        services.AddHourlyPurge<Order>((db, writes, now, cancellation) => DeliveredOrders.Complete(db, writes, now, TimeSpan.FromDays(settings.CompleteAfterDays), cancellation));
    }

    /// <summary>Names the resolvers.</summary>
    public static void Map(ResolverMap map)
    {
        map.Node<Fulfillment>(nameof(Fulfillment), fulfillment => fulfillment.Id, LoadFulfillments);
        map.Node<Shipment>(nameof(Shipment), shipment => shipment.Id, LoadShipments);
        map.EventsOf(
            nameof(Order),
            OrderEvents.OrderConfirmed, OrderEvents.OrderShipped, OrderEvents.OrderShipmentChanged, OrderEvents.OrderSupplierNumberChanged, OrderEvents.OrderDelivered, OrderEvents.OrderCancelled, OrderEvents.OrderCompleted,
            OrderEvents.OrderPaymentChanged);

        map.Field("Order.deliveryDates", (Batch<Order> orders, Clock clock) => orders.Map(order => DeliveryDates.Of(order, clock.UtcNow)));
        map.Field("Order.fulfillments", FulfillmentsOfOrders);
        map.Field("Order.shipments", ShipmentsOfOrders);
        map.Field("Order.timeline", OrderTimeline.Of);
        map.Field("Order.openItems", OpenItemsOfOrders);
        map.Field("OpenItem.order", OrdersOfOpenItems);
        map.Field("OrderLine.backorderedQuantity", Backordered);
        map.Field("OrderLine.deliveryDates", (Batch<PlacedLine> lines, Clock clock) => lines.Map(line => DeliveryDates.Of(line, clock.UtcNow)));
        map.Field("Fulfillment.order", (Batch<Fulfillment> fulfillments, WholesaleDb db, CancellationToken ct) => Orders(fulfillments, f => f.OrderId, db, ct));
        map.Field("Fulfillment.warehouse", (Batch<Fulfillment> fulfillments, KnownWarehouses warehouses, WholesaleDb db, CancellationToken ct) => Warehouses(fulfillments, f => f.WarehouseId, warehouses, db, ct));
        map.Field("Fulfillment.supplier", (Batch<Fulfillment> fulfillments, WholesaleDb db, CancellationToken ct) => InventoryFields.SuppliersOf(fulfillments, f => f.SupplierId, db, ct));
        map.Field("Fulfillment.lines", LinesOfFulfillments);
        map.Field("FulfillmentLine.line", (Batch<FulfillmentLine> lines, WholesaleDb db, CancellationToken ct) => Lines(lines, line => line.OrderLineId, db, ct));
        map.Field("FulfillmentLine.shippedQuantity", (Batch<FulfillmentLine> lines) => lines.Map(line => line.Shipped));
        map.Field("FulfillmentLine.cancelledQuantity", (Batch<FulfillmentLine> lines) => lines.Map(line => line.Cancelled));
        map.Field("FulfillmentLine.openQuantity", (Batch<FulfillmentLine> lines) => lines.Map(line => line.Open));
        map.Field("Shipment.fulfillment", FulfillmentsOfShipments);
        map.Field("Shipment.warehouse", (Batch<Shipment> shipments, KnownWarehouses warehouses, WholesaleDb db, CancellationToken ct) => Warehouses(shipments, s => s.WarehouseId, warehouses, db, ct));
        map.Field("Shipment.lines", LinesOfShipments);
        map.Field("ShipmentLine.line", (Batch<ShipmentLine> lines, WholesaleDb db, CancellationToken ct) => Lines(lines, line => line.OrderLineId, db, ct));
        map.Field("OrderTimelineEntry.shipment", ShipmentsOfEntries);
        PriceSimulationDeltas.Map(map);
        map.Field("Subscription.orderUpdated", (NodeId? orderId, string? after, OrderUpdates updates, Caller caller, RequestContext context, CancellationToken ct) =>
            updates.Open(new(caller.Principal, orderId?.KeyOf(nameof(Order)), after, context.Client.Limits.Timeout), ct));

        map.MutationInOwnLane("cancelOrder", (CancelOrderInput input, OrderCancelling orders, Caller caller, CancellationToken ct) => orders.Cancel(input, caller, ct));
        map.Field("Mutation.confirmOrder", (ConfirmOrderInput input, OrderConfirming orders, Caller caller, CancellationToken ct) => orders.Confirm(input, caller, ct));
        map.Field("Mutation.shipFulfillment", (ShipFulfillmentInput input, OrderDispatch orders, Caller caller, CancellationToken ct) => orders.Ship(input, caller, ct));
        map.Field("Mutation.updateShipment", (UpdateShipmentInput input, Shipments shipments, Caller caller, CancellationToken ct) => shipments.Update(input, caller, ct));
        map.Field("Mutation.recordDelivery", (RecordDeliveryInput input, Shipments shipments, Caller caller, CancellationToken ct) => shipments.Deliver(input, caller, ct));
        map.Field("Mutation.setSupplierOrderNumber", (SetSupplierOrderNumberInput input, Shipments shipments, Caller caller, CancellationToken ct) => shipments.SetSupplierOrderNumber(input, caller, ct));
        map.Field("Mutation.completeOrder", (CompleteOrderInput input, Shipments shipments, Caller caller, CancellationToken ct) => shipments.Complete(input, caller, ct));
    }

    /// <summary>What is owed for each order, by one statement: the union of one short range of each.</summary>
    private static async ValueTask<IReadOnlyList<IReadOnlyList<OpenItem>>> OpenItemsOfOrders(Batch<Order> orders, int first, WholesaleDb db, CancellationToken cancellation)
    {
        Page.CheckSize(first, Shipment.MaximumOfOrder);
        var rows = await orders.Ranges(order => order.Id, order => db.OpenItems.Where(i => i.OwnerId == order.Id).OrderBy(i => i.Id).Take(first), cancellation);
        var byOrder = rows.ToLookup(item => item.OwnerId);
        return orders.Map<IReadOnlyList<OpenItem>>(order => [.. byOrder[order.Id].OrderBy(item => item.Id)]);
    }

    private static async ValueTask<IReadOnlyList<Order?>> OrdersOfOpenItems(Batch<OpenItem> items, Caller caller, WholesaleDb db, CancellationToken cancellation)
    {
        var ids = items.Keys(i => i.OwnerId);
        return items.Pick(i => (long?)i.OwnerId, await OrdersSeen.By(db, caller).Where(o => ids.Contains(o.Id)).ToDictionaryAsync(o => o.Id, cancellation));
    }

    private static async ValueTask<IReadOnlyList<Fulfillment?>> LoadFulfillments(IReadOnlyList<long> keys, RequestContext context)
    {
        var (db, caller) = await OrderFields.Of(context);
        var seen = OrdersSeen.By(db, caller);
        return (await db.Fulfillments.Where(f => keys.Contains(f.Id) && seen.Any(o => o.Id == f.OrderId)).ToListAsync(context.Cancellation)).InOrderOf(keys, f => f.Id);
    }

    private static async ValueTask<IReadOnlyList<Shipment?>> LoadShipments(IReadOnlyList<long> keys, RequestContext context)
    {
        var (db, caller) = await OrderFields.Of(context);
        var seen = OrdersSeen.By(db, caller);
        return (await db.Shipments.Where(s => keys.Contains(s.Id) && seen.Any(o => o.Id == s.OrderId)).ToListAsync(context.Cancellation)).InOrderOf(keys, s => s.Id);
    }

    private static async ValueTask<IReadOnlyList<IReadOnlyList<Fulfillment>>> FulfillmentsOfOrders(Batch<Order> orders, WholesaleDb db, CancellationToken cancellation)
    {
        var ids = orders.Keys(o => o.Id);
        return orders.Pick(o => o.Id, (await db.Fulfillments.Where(f => ids.Contains(f.OrderId)).OrderBy(f => f.Id).ToListAsync(cancellation)).ToLookup(f => f.OrderId));
    }

    /// <summary>The first of each order, by one statement: the union of one short range of each. The same below.</summary>
    private static async ValueTask<IReadOnlyList<IReadOnlyList<Shipment>>> ShipmentsOfOrders(Batch<Order> orders, int first, WholesaleDb db, CancellationToken cancellation)
    {
        Page.CheckSize(first, Shipment.MaximumOfOrder);
        var rows = await orders.Ranges(order => order.Id, order => db.Shipments.Where(s => s.OrderId == order.Id).OrderBy(s => s.Id).Take(first), cancellation);
        return orders.Pick(o => o.Id, rows.OrderBy(s => s.Id).ToLookup(s => s.OrderId));
    }

    private static async ValueTask<IReadOnlyList<IReadOnlyList<FulfillmentLine>>> LinesOfFulfillments(Batch<Fulfillment> fulfillments, int first, WholesaleDb db, CancellationToken cancellation)
    {
        Page.CheckSize(first, LineParts.Maximum);
        var rows = await fulfillments.Ranges(fulfillment => fulfillment.Id, fulfillment => db.FulfillmentLines.Where(l => l.FulfillmentId == fulfillment.Id).OrderBy(l => l.OrderLineId).Take(first), cancellation);
        return fulfillments.Pick(f => f.Id, rows.OrderBy(l => l.OrderLineId).ToLookup(l => l.FulfillmentId));
    }

    private static async ValueTask<IReadOnlyList<IReadOnlyList<ShipmentLine>>> LinesOfShipments(Batch<Shipment> shipments, int first, WholesaleDb db, CancellationToken cancellation)
    {
        Page.CheckSize(first, LineParts.Maximum);
        var rows = await shipments.Ranges(shipment => shipment.Id, shipment => db.ShipmentLines.Where(l => l.ShipmentId == shipment.Id).OrderBy(l => l.OrderLineId).Take(first), cancellation);
        return shipments.Pick(s => s.Id, rows.OrderBy(l => l.OrderLineId).ToLookup(l => l.ShipmentId));
    }

    private static async ValueTask<IReadOnlyList<Fulfillment>> FulfillmentsOfShipments(Batch<Shipment> shipments, WholesaleDb db, CancellationToken cancellation)
    {
        var ids = shipments.Keys(s => s.FulfillmentId);
        return shipments.Pick(s => s.FulfillmentId, await db.Fulfillments.Where(f => ids.Contains(f.Id)).ToDictionaryAsync(f => f.Id, cancellation));
    }

    private static async ValueTask<IReadOnlyList<Shipment?>> ShipmentsOfEntries(Batch<OrderTimelineEntry> entries, WholesaleDb db, CancellationToken cancellation)
    {
        var ids = entries.Keys(entry => entry.ShipmentId);
        return entries.Pick(entry => entry.ShipmentId, ids.Count == 0 ? [] : await db.Shipments.Where(s => ids.Contains(s.Id)).ToDictionaryAsync(s => s.Id, cancellation));
    }

    private static async ValueTask<IReadOnlyList<Order>> Orders<T>(Batch<T> parts, Func<T, long> key, WholesaleDb db, CancellationToken cancellation)
    {
        var ids = parts.Keys(key);
        return parts.Pick(key, await db.Orders.Where(o => ids.Contains(o.Id)).ToDictionaryAsync(o => o.Id, cancellation));
    }

    private static async ValueTask<IReadOnlyList<PlacedLine>> Lines<T>(Batch<T> parts, Func<T, long> key, WholesaleDb db, CancellationToken cancellation)
    {
        var ids = parts.Keys(key);
        var rows = await (
            from line in db.OrderLines
            join order in db.Orders on line.OrderId equals order.Id
            where ids.Contains(line.Id)
            select new { line, order }).ToListAsync(cancellation);
        return parts.Pick(key, rows.ToDictionary(row => row.line.Id, row => new PlacedLine(row.order, row.line)));
    }

    private static async ValueTask<IReadOnlyList<Warehouse?>> Warehouses<T>(
        Batch<T> parts, Func<T, long?> key, KnownWarehouses warehouses, WholesaleDb db, CancellationToken cancellation) =>
        parts.Pick(key, await warehouses.ByIds(db, parts.Keys(key), cancellation));

    private static async ValueTask<IReadOnlyList<Quantity>> Backordered(Batch<PlacedLine> lines, StockReservations stock, CancellationToken cancellation)
    {
        var open = lines.Map(placed => placed.Line).Where(line => line.IsTracked && line.Open.Thousandths > 0).Select(line => line.Id).Distinct().ToList();
        var missing = (await stock.Held(open, cancellation)).Where(of => !of.IsThere).ToLookup(of => of.OwnerId, of => of.Quantity.Thousandths);
        return lines.Map(placed => new Quantity(missing[placed.Line.Id].Sum()));
    }
}
