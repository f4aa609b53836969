using Microsoft.EntityFrameworkCore;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;

namespace Wholesale.Orders;

/// <summary>The seller's list of what is to be sent: one statement a page, whatever was sent before.</summary>
internal static class FulfillmentsToShip
{
    private const string ByDay = "fulfillmentsToShip/DUE_ON";

    /// <summary>Names the resolvers.</summary>
    public static void Map(ResolverMap map) => map.Field("Query.fulfillmentsToShip", Find);

    private static async ValueTask<Connection<Fulfillment>> Find(
        string? warehouse, string? supplier, DateOnly? promisedBefore, int? first, string? after, WholesaleDb db, CancellationToken cancellation)
    {
        var page = Page.Of(first, after);
        var rows = await Behind(Open(db, warehouse, supplier, promisedBefore), page).ToListAsync(cancellation);
        return page.Connect(rows, f => Cursor.Of(ByDay, f.DueBy.ToDateTime(TimeOnly.MinValue), f.OrderId, f.Id));
    }

    /// <summary>Those of which something is open; those of imported orders are sent elsewhere.</summary>
    internal static IQueryable<Fulfillment> Open(WholesaleDb db, string? warehouse, string? supplier, DateOnly? promisedBefore)
    {
        var open = db.Fulfillments.Where(f => f.Status < FulfillmentStatus.Shipped && db.Orders.Any(o => o.Id == f.OrderId && o.Source != OrderSource.Import));
        open = warehouse is null ? open : open.Where(f => db.Warehouses.Any(w => w.Id == f.WarehouseId && w.ExternalId == warehouse));
        open = supplier is null ? open : open.Where(f => db.Suppliers.Any(s => s.Id == f.SupplierId && s.ExternalId == supplier));
        return promisedBefore is { } day ? open.Where(f => f.DueBy < day) : open;
    }

    /// <summary>A page of them, by their days.</summary>
    internal static IQueryable<Fulfillment> Behind(IQueryable<Fulfillment> fulfillments, Page page)
    {
        if (page.After is not null)
        {
            var cursor = Cursor.Parse(page.After, ByDay);
            var (day, order, id) = (DateOnly.FromDateTime(cursor.Instant(0)), cursor.Number(1), cursor.Number(2));
            fulfillments = fulfillments.Where(f => f.DueBy >= day && (f.DueBy > day || (f.OrderId >= order && (f.OrderId > order || f.Id > id))));
        }

        return fulfillments.OrderBy(f => f.DueBy).ThenBy(f => f.OrderId).ThenBy(f => f.Id).Take(page.Take);
    }
}
