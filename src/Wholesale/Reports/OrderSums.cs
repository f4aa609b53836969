using Microsoft.EntityFrameworkCore;
using Wholesale.Orders;
using Wholesale.Platform;
using Wholesale.Platform.Database;

namespace Wholesale.Reports;

/// <summary>Sums orders, or their lines, up in the database: one statement, whatever they are summed by.</summary>
internal static class OrderSums
{
    /// <summary>Whether a report is by what was ordered, and so sums lines up.</summary>
    public static bool IsByLine(OrderReportGrouping grouping) => grouping is OrderReportGrouping.Variant or OrderReportGrouping.Product or OrderReportGrouping.Category;

    /// <summary>What orders come to, by groups and currencies.</summary>
    /// <param name="grouping">By what.</param>
    /// <param name="sort">In what order; no two are equal.</param>
    /// <param name="db">The database.</param>
    /// <param name="orders">The orders.</param>
    /// <param name="range">Which of them; null: all.</param>
    /// <param name="cancellation">Stops the statement.</param>
    public static Task<List<OrderSum>> By(OrderReportGrouping grouping, OrderReportSort sort, WholesaleDb db, IQueryable<Order> orders, (int Skip, int Take)? range, CancellationToken cancellation)
    {
        var isLatestFirst = grouping == OrderReportGrouping.Month;
        return grouping switch
        {
            OrderReportGrouping.CostCenter => Read(OfOrders(orders.Select(o => new Keyed<string> { Order = o, Key = o.CostCenter ?? "" })), sort, isLatestFirst, range, cancellation),
            OrderReportGrouping.PurchaseOrder => Read(OfOrders(orders.Select(o => new Keyed<string> { Order = o, Key = o.PurchaseOrderNumber ?? "" })), sort, isLatestFirst, range, cancellation),
            OrderReportGrouping.Month => Read(OfOrders(orders.Select(o => new Keyed<long> { Order = o, Key = (o.PlacedAt.Year * 100) + o.PlacedAt.Month })), sort, isLatestFirst, range, cancellation),
            OrderReportGrouping.User => Read(OfOrders(orders.Select(o => new Keyed<long> { Order = o, Key = o.UserId })), sort, isLatestFirst, range, cancellation),
            OrderReportGrouping.Unit => Read(OfOrders(orders.Select(o => new Keyed<long> { Order = o, Key = o.UnitId })), sort, isLatestFirst, range, cancellation),
            OrderReportGrouping.Company => Read(OfOrders(orders.Select(o => new Keyed<long> { Order = o, Key = o.CompanyId })), sort, isLatestFirst, range, cancellation),
            OrderReportGrouping.Supplier => Read(OfOrders(orders.Select(o => new Keyed<long> { Order = o, Key = o.SupplierId ?? 0 })), sort, isLatestFirst, range, cancellation),
            _ => Read(OfLines(LinesBy(grouping, db, orders)), sort, isLatestFirst, range, cancellation),
        };
    }

    /// <summary>What orders come to, by currencies.</summary>
    public static Task<List<OrderSum>> Whole(IQueryable<Order> orders, CancellationToken cancellation) => orders
        .GroupBy(o => o.Currency)
        .Select(of => new OrderSum
        {
            Currency = of.Key,
            OrderCount = of.Count(),
            Net = of.Sum(o => Numbers.Of(o.NetAmount)),
            Shipping = of.Sum(o => Numbers.Of(o.ShippingAmount)),
            Total = of.Sum(o => Numbers.Of(o.TotalAmount)),
            Cancelled = of.Sum(o => Numbers.Of(o.CancelledAmount)),
        })
        .OrderBy(sum => sum.Currency)
        .ToListAsync(cancellation);

    private static async Task<List<OrderSum>> Read<TKey>(IQueryable<Sum<TKey>> sums, OrderReportSort sort, bool isLatestFirst, (int Skip, int Take)? range, CancellationToken cancellation) where TKey : notnull
    {
        var sorted = sort == OrderReportSort.HighestSubtotal ? sums.OrderByDescending(sum => sum.Net).ThenBy(sum => sum.Key).ThenBy(sum => sum.Currency)
            : isLatestFirst ? sums.OrderByDescending(sum => sum.Key).ThenBy(sum => sum.Currency)
            : sums.OrderBy(sum => sum.Key).ThenBy(sum => sum.Currency);
        var rows = await (range is { } some ? sorted.Skip(some.Skip).Take(some.Take) : sorted).ToListAsync(cancellation);
        return rows.ConvertAll(row => new OrderSum
        {
            Code = row.Key as string is { Length: > 0 } code ? code : null,
            Id = row.Key is long and > 0 ? (long)(object)row.Key : null,
            Currency = row.Currency,
            OrderCount = row.OrderCount,
            Net = row.Net,
            Shipping = row.Shipping,
            Total = row.Total,
            Cancelled = row.Cancelled,
            Quantity = row.Quantity,
            CancelledQuantity = row.CancelledQuantity,
        });
    }

    private static IQueryable<Sum<TKey>> OfOrders<TKey>(IQueryable<Keyed<TKey>> rows) where TKey : notnull => rows
        .Select(row => new { row.Key, row.Order.Currency, Net = Numbers.Of(row.Order.NetAmount), Shipping = Numbers.Of(row.Order.ShippingAmount), Total = Numbers.Of(row.Order.TotalAmount), Cancelled = Numbers.Of(row.Order.CancelledAmount) })
        .GroupBy(row => new { row.Key, row.Currency })
        .Select(of => new Sum<TKey>
        {
            Key = of.Key.Key,
            Currency = of.Key.Currency,
            OrderCount = of.Count(),
            Net = of.Sum(row => row.Net),
            Shipping = of.Sum(row => row.Shipping),
            Total = of.Sum(row => row.Total),
            Cancelled = of.Sum(row => row.Cancelled),
        });

    private static IQueryable<Sum<long>> OfLines(IQueryable<Part> parts) => parts.GroupBy(part => new { part.Key, part.Currency }).Select(of => new Sum<long>
    {
        Key = of.Key.Key,
        Currency = of.Key.Currency,
        OrderCount = of.Select(part => part.OrderId).Distinct().Count(),
        Net = of.Sum(part => part.Net),
        Quantity = of.Sum(part => part.Quantity),
        CancelledQuantity = of.Sum(part => part.Cancelled),
    });

    private static IQueryable<Part> LinesBy(OrderReportGrouping grouping, WholesaleDb db, IQueryable<Order> orders)
    {
        var lines =
            from order in orders
            join line in db.OrderLines on order.Id equals line.OrderId
            select new Part { Key = line.VariantId, OrderId = order.Id, Currency = order.Currency, Net = Numbers.Of(line.Total), Quantity = Numbers.Of(line.Quantity), Cancelled = Numbers.Of(line.Cancelled) };
        if (grouping == OrderReportGrouping.Variant)
        {
            return lines;
        }

        return grouping == OrderReportGrouping.Product
            ? from line in lines
              join variant in db.Variants on line.Key equals variant.Id
              select new Part { Key = variant.ProductId, OrderId = line.OrderId, Currency = line.Currency, Net = line.Net, Quantity = line.Quantity, Cancelled = line.Cancelled }
            : from line in lines
              join variant in db.Variants on line.Key equals variant.Id
              select new Part { Key = variant.CategoryId ?? 0, OrderId = line.OrderId, Currency = line.Currency, Net = line.Net, Quantity = line.Quantity, Cancelled = line.Cancelled };
    }

    private sealed class Keyed<TKey>
    {
        public required Order Order { get; init; }

        public required TKey Key { get; init; }
    }

    private sealed class Part
    {
        public required long Key { get; init; }

        public required long OrderId { get; init; }

        public required Currency Currency { get; init; }

        public required long Quantity { get; init; }

        public required long Net { get; init; }

        public required long Cancelled { get; init; }
    }

    private sealed class Sum<TKey>
    {
        public required TKey Key { get; init; }

        public required Currency Currency { get; init; }

        public int OrderCount { get; init; }

        public long Net { get; init; }

        public long Shipping { get; init; }

        public long Total { get; init; }

        public long Cancelled { get; init; }

        public long Quantity { get; init; }

        public long CancelledQuantity { get; init; }
    }
}

/// <summary>A group of orders, or lines, in one currency. Amounts are ten thousandths, quantities thousandths.</summary>
internal sealed class OrderSum
{
    /// <summary>Which group, where it has a code; null: none.</summary>
    public string? Code { get; init; }

    /// <summary>Which group, where it is a thing, or a month as 202603; null: none.</summary>
    public long? Id { get; init; }

    /// <summary>The currency.</summary>
    public required Currency Currency { get; init; }

    /// <summary>How many orders.</summary>
    public int OrderCount { get; init; }

    /// <summary>Their lines, net of tax.</summary>
    public long Net { get; init; }

    /// <summary>Freight and insurance; 0 of lines.</summary>
    public long Shipping { get; init; }

    /// <summary>What they come to; 0 of lines.</summary>
    public long Total { get; init; }

    /// <summary>What of that was cancelled; 0 of lines.</summary>
    public long Cancelled { get; init; }

    /// <summary>How much was ordered; 0 of orders.</summary>
    public long Quantity { get; init; }

    /// <summary>How much of that was cancelled; 0 of orders.</summary>
    public long CancelledQuantity { get; init; }

    /// <summary>As the contract has it.</summary>
    public OrderReportFigures Figures(bool isByLine) => isByLine
        ? new(OrderCount, new(Net, Currency)) { Quantity = new(Quantity), CancelledQuantity = new(CancelledQuantity) }
        : new(OrderCount, new(Net, Currency))
        {
            Shipping = new(Shipping, Currency),
            Tax = new(Total - Net - Shipping, Currency),
            Total = new(Total, Currency),
            CancelledTotal = new(Cancelled, Currency),
        };
}
