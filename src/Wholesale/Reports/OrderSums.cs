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
    public static IQueryable<OrderSum> By(OrderReportGrouping grouping, WholesaleDb db, IQueryable<Order> orders) =>
        IsByLine(grouping) ? OfLines(LinesBy(grouping, db, orders)) : OfOrders(OrdersBy(grouping, orders));

    /// <summary>What orders come to, by currencies.</summary>
    public static IQueryable<OrderSum> Whole(IQueryable<Order> orders) => OfOrders(orders.Select(o => new Part
    {
        Key = "",
        Currency = o.Currency,
        Net = Numbers.Of(o.NetAmount),
        Shipping = Numbers.Of(o.ShippingAmount),
        Total = Numbers.Of(o.TotalAmount),
        Cancelled = Numbers.Of(o.CancelledAmount),
    }));

    private static IQueryable<OrderSum> OfOrders(IQueryable<Part> parts) => parts.GroupBy(part => new { part.Key, part.Currency }).Select(group => new OrderSum
    {
        Key = group.Key.Key,
        Currency = group.Key.Currency,
        OrderCount = group.Count(),
        Net = group.Sum(part => part.Net),
        Shipping = group.Sum(part => part.Shipping),
        Total = group.Sum(part => part.Total),
        Cancelled = group.Sum(part => part.Cancelled),
    });

    private static IQueryable<OrderSum> OfLines(IQueryable<Part> parts) => parts.GroupBy(part => new { part.Key, part.Currency }).Select(group => new OrderSum
    {
        Key = group.Key.Key,
        Currency = group.Key.Currency,
        OrderCount = group.Select(part => part.OrderId).Distinct().Count(),
        Net = group.Sum(part => part.Net),
        Quantity = group.Sum(part => part.Quantity),
        CancelledQuantity = group.Sum(part => part.Cancelled),
    });

    private static IQueryable<Part> OrdersBy(OrderReportGrouping grouping, IQueryable<Order> orders)
    {
        var keyed = grouping switch
        {
            OrderReportGrouping.Month => orders.Select(o => new Keyed { Order = o, Key = ((o.PlacedAt.Year * 100) + o.PlacedAt.Month).ToString() }),
            OrderReportGrouping.CostCenter => orders.Select(o => new Keyed { Order = o, Key = o.CostCenter ?? "" }),
            OrderReportGrouping.PurchaseOrder => orders.Select(o => new Keyed { Order = o, Key = o.PurchaseOrderNumber ?? "" }),
            OrderReportGrouping.User => orders.Select(o => new Keyed { Order = o, Key = o.UserId.ToString() }),
            OrderReportGrouping.Unit => orders.Select(o => new Keyed { Order = o, Key = o.UnitId.ToString() }),
            OrderReportGrouping.Company => orders.Select(o => new Keyed { Order = o, Key = o.CompanyId.ToString() }),
            _ => orders.Select(o => new Keyed { Order = o, Key = (o.SupplierId ?? 0).ToString() }),
        };
        return keyed.Select(row => new Part
        {
            Key = row.Key,
            Currency = row.Order.Currency,
            Net = Numbers.Of(row.Order.NetAmount),
            Shipping = Numbers.Of(row.Order.ShippingAmount),
            Total = Numbers.Of(row.Order.TotalAmount),
            Cancelled = Numbers.Of(row.Order.CancelledAmount),
        });
    }

    private static IQueryable<Part> LinesBy(OrderReportGrouping grouping, WholesaleDb db, IQueryable<Order> orders)
    {
        var lines =
            from order in orders
            join line in db.OrderLines on order.Id equals line.OrderId
            select new { order.Currency, OrderId = order.Id, line.VariantId, Net = Numbers.Of(line.Total), Quantity = Numbers.Of(line.Quantity), Cancelled = Numbers.Of(line.Cancelled) };
        if (grouping == OrderReportGrouping.Variant)
        {
            return lines.Select(line => new Part
            {
                Key = line.VariantId.ToString(),
                OrderId = line.OrderId,
                Currency = line.Currency,
                Net = line.Net,
                Quantity = line.Quantity,
                Cancelled = line.Cancelled,
            });
        }

        var isByProduct = grouping == OrderReportGrouping.Product;
        return
            from line in lines
            join variant in db.Variants on line.VariantId equals variant.Id
            join product in db.Products on variant.ProductId equals product.Id
            select new Part
            {
                Key = isByProduct ? product.Id.ToString() : (product.CategoryId ?? 0).ToString(),
                OrderId = line.OrderId,
                Currency = line.Currency,
                Net = line.Net,
                Quantity = line.Quantity,
                Cancelled = line.Cancelled,
            };
    }

    private sealed class Keyed
    {
        public required Order Order { get; init; }

        public required string Key { get; init; }
    }

    private sealed class Part
    {
        public required string Key { get; init; }

        public required Currency Currency { get; init; }

        public long OrderId { get; init; }

        public long Quantity { get; init; }

        public long Net { get; init; }

        public long Shipping { get; init; }

        public long Total { get; init; }

        public long Cancelled { get; init; }
    }
}

/// <summary>A group of orders, or lines, in one currency. Amounts are ten thousandths, quantities thousandths.</summary>
internal sealed class OrderSum
{
    /// <summary>Which group: an id, a code, or a month as <c>202603</c>; empty or 0: none.</summary>
    public required string Key { get; init; }

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
