using Microsoft.EntityFrameworkCore;

namespace Wholesale.Orders;

/// <summary>What rows of orders refer to, and what is there of these orders: read by a constant number of statements.</summary>
internal sealed class KnownForOrders
{
    /// <summary>Companies by external id.</summary>
    public required IReadOnlyDictionary<string, long> Companies { get; init; }

    /// <summary>Their users, and for which unit each buys, by external id.</summary>
    public required IReadOnlyDictionary<(long CompanyId, string ExternalId), (long Id, long UnitId)> Users { get; init; }

    /// <summary>Their units by external id.</summary>
    public required IReadOnlyDictionary<(long CompanyId, string ExternalId), long> Units { get; init; }

    /// <summary>Suppliers by external id.</summary>
    public required IReadOnlyDictionary<string, long> Suppliers { get; init; }

    /// <summary>Variants by SKU, whatever their products' status.</summary>
    public required IReadOnlyDictionary<string, (long Id, string UnitOfMeasure)> Variants { get; init; }

    /// <summary>How the shop's own orders are numbered.</summary>
    public required IReadOnlyList<OrderNumberSeries> Series { get; init; }

    /// <summary>Orders that are there, by number; those of the shop without anything but the order.</summary>
    public required IReadOnlyDictionary<string, ImportedOrder> Orders { get; init; }

    /// <summary>Which order each shipment is of, by external id.</summary>
    public required Dictionary<string, long> Shipments { get; init; }

    /// <summary>Reads it.</summary>
    public static async ValueTask<KnownForOrders> Read(WholesaleDb db, IReadOnlyList<ImportedOrderInput> rows, CancellationToken cancellation)
    {
        var externalIds = rows.Select(row => row.Company).ToHashSet();
        var companies = await db.Companies.Where(c => externalIds.Contains(c.ExternalId)).ToDictionaryAsync(c => c.ExternalId, c => c.Id, cancellation);
        var (companyIds, userIds, unitIds) = (companies.Values.ToList(), rows.Select(row => row.User).ToHashSet(), rows.Select(row => row.Unit).OfType<string>().ToHashSet());
        var users = await db.CompanyUsers.Where(u => companyIds.Contains(u.CompanyId) && userIds.Contains(u.ExternalId))
            .Select(u => new { u.CompanyId, u.ExternalId, u.Id, u.UnitId }).ToListAsync(cancellation);
        var units = unitIds.Count == 0 ? [] : await db.CompanyUnits.Where(u => companyIds.Contains(u.CompanyId) && unitIds.Contains(u.ExternalId)).ToListAsync(cancellation);
        var supplierIds = rows.Select(row => row.Supplier).OfType<string>().ToHashSet();
        var skus = rows.SelectMany(row => row.Lines.Select(line => line.Sku)).ToHashSet();
        var sent = rows.SelectMany(row => (row.Shipments ?? []).Select(shipment => shipment.ExternalId)).OfType<string>().ToHashSet();
        var series = await db.OrderNumberSeries.ToListAsync(cancellation); // before the orders: a number that is given meanwhile is one of these, or is found there
        var orders = await ReadOrders(db, [.. rows.Select(row => row.Number)], cancellation);
        return new()
        {
            Companies = companies,
            Users = users.ToDictionary(u => (u.CompanyId, u.ExternalId), u => (u.Id, u.UnitId)),
            Units = units.ToDictionary(u => (u.CompanyId, u.ExternalId), u => u.Id),
            Suppliers = supplierIds.Count == 0 ? new Dictionary<string, long>() : await db.Suppliers.Where(s => supplierIds.Contains(s.ExternalId)).ToDictionaryAsync(s => s.ExternalId, s => s.Id, cancellation),
            Variants = await db.Variants.Where(v => skus.Contains(v.Sku)).Select(v => new { v.Sku, v.Id, v.UnitOfMeasure }).ToDictionaryAsync(v => v.Sku, v => (v.Id, v.UnitOfMeasure), cancellation),
            Series = series.Count > 0 ? series : [OrderNumberSeries.Default],
            Orders = orders,
            Shipments = sent.Count == 0 ? [] : await db.Shipments.Where(s => s.ExternalId != null && sent.Contains(s.ExternalId)).ToDictionaryAsync(s => s.ExternalId!, s => s.OrderId, cancellation),
        };
    }

    private static async ValueTask<Dictionary<string, ImportedOrder>> ReadOrders(WholesaleDb db, HashSet<string> numbers, CancellationToken cancellation)
    {
        var orders = await db.Orders.Where(o => numbers.Contains(o.Number)).ToListAsync(cancellation);
        var ids = orders.Where(order => order.IsImported).Select(order => order.Id).ToList();
        if (ids.Count == 0)
        {
            return orders.ToDictionary(order => order.Number, order => new ImportedOrder(order, [], [], [], [], []));
        }

        var lines = (await db.OrderLines.Where(l => ids.Contains(l.OrderId)).ToListAsync(cancellation)).ToLookup(l => l.OrderId);
        var fulfillments = (await db.Fulfillments.Where(f => ids.Contains(f.OrderId)).ToListAsync(cancellation)).ToLookup(f => f.OrderId);
        var shipments = (await db.Shipments.Where(s => ids.Contains(s.OrderId)).ToListAsync(cancellation)).ToLookup(s => s.OrderId);
        var (fulfillmentIds, shipmentIds) = (fulfillments.SelectMany(of => of).Select(f => f.Id).ToList(), shipments.SelectMany(of => of).Select(s => s.Id).ToList());
        var toSend = (await db.FulfillmentLines.Where(l => fulfillmentIds.Contains(l.FulfillmentId)).ToListAsync(cancellation)).ToLookup(l => l.FulfillmentId);
        var sent = (await db.ShipmentLines.Where(l => shipmentIds.Contains(l.ShipmentId)).ToListAsync(cancellation)).ToLookup(l => l.ShipmentId);
        return orders.ToDictionary(order => order.Number, order => new ImportedOrder(
            order,
            [.. lines[order.Id].OrderBy(l => l.Id)],
            [.. fulfillments[order.Id].OrderBy(f => f.Id)],
            [.. fulfillments[order.Id].SelectMany(f => toSend[f.Id])],
            [.. shipments[order.Id].OrderBy(s => s.Id)],
            [.. shipments[order.Id].SelectMany(s => sent[s.Id])]));
    }
}
