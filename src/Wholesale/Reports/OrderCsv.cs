using Microsoft.EntityFrameworkCore;
using Wholesale.GraphQL.Execution;
using Wholesale.Orders;
using Wholesale.Platform;

namespace Wholesale.Reports;

/// <summary>The columns of the exports. docs/reports.md lists them.</summary>
/// <param name="db">The database.</param>
/// <param name="csv">Where rows are written to.</param>
/// <param name="cancellation">Stops the statements.</param>
internal sealed class OrderCsv(WholesaleDb db, Csv csv, CancellationToken cancellation)
{
    /// <summary>How many rows a report has at most: it is read before it is written.</summary>
    private const int MaximumRows = 100_000;

    private readonly Dictionary<long, string> companies = [];
    private readonly Dictionary<long, string> units = [];
    private readonly Dictionary<long, string> users = [];

    /// <summary>The names of an order's columns.</summary>
    public void OrderNames() => csv.Names(
        "number", "status", "paymentStatus", "placedAt", "company", "unit", "user", "purchaseOrderNumber", "costCenter", "jobCode", "currency", "subtotal", "shipping", "tax", "total", "cancelledTotal",
        "amountPaid", "amountDue", "requestedDeliveryDate", "promisedOn", "deliveredAt", "source");

    /// <summary>Writes orders.</summary>
    public async ValueTask Orders(IReadOnlyList<Order> orders)
    {
        await Know(companies, orders.Select(o => o.CompanyId), ids => db.Companies.Where(c => ids.Contains(c.Id)).Select(c => new KeyValuePair<long, string>(c.Id, c.ExternalId)));
        await Know(units, orders.Select(o => o.UnitId), ids => db.CompanyUnits.Where(u => ids.Contains(u.Id)).Select(u => new KeyValuePair<long, string>(u.Id, u.ExternalId)));
        await Know(users, orders.Select(o => o.UserId), ids => db.CompanyUsers.Where(u => ids.Contains(u.Id)).Select(u => new KeyValuePair<long, string>(u.Id, u.ExternalId)));
        foreach (var order in orders)
        {
            csv.Text(order.Number).Name(order.Status).Name(order.PaymentStatus).Instant(order.PlacedAt).Text(companies[order.CompanyId]).Text(units[order.UnitId]).Text(users[order.UserId])
                .Text(order.PurchaseOrderNumber).Text(order.CostCenter).Text(order.JobCode).Text(order.Currency.Code).Amount(order.Subtotal).Amount(order.Shipping.Total).Amount(order.Tax.Total)
                .Amount(order.Total).Amount(order.CancelledTotal).Amount(order.AmountPaid).Amount(order.AmountDue).Day(order.RequestedDeliveryDate).Day(order.PromisedOn).Instant(order.DeliveredAt).Name(order.Source).End();
        }
    }

    /// <summary>The names of a line's columns.</summary>
    public void LineNames() => csv.Names(
        "number", "placedAt", "purchaseOrderNumber", "costCenter", "jobCode", "sku", "name", "quantity", "unitOfMeasure", "unitPrice", "total", "currency", "taxRatePercent", "shipped", "delivered",
        "rejected", "cancelled", "promisedOn", "deliveredAt", "note");

    /// <summary>Writes the lines of orders.</summary>
    public async ValueTask Lines(IReadOnlyList<Order> orders)
    {
        var byId = orders.ToDictionary(order => order.Id);
        var lines = (await db.OrderLines.Where(l => byId.Keys.Contains(l.OrderId)).ToListAsync(cancellation)).ToLookup(l => l.OrderId);
        foreach (var line in orders.SelectMany(order => lines[order.Id].OrderBy(l => l.Id)))
        {
            var placed = new PlacedLine(byId[line.OrderId], line);
            csv.Text(placed.Order.Number).Instant(placed.Order.PlacedAt).Text(placed.Order.PurchaseOrderNumber).Text(placed.Order.CostCenter).Text(placed.Order.JobCode).Text(line.Sku).Text(line.Name)
                .Quantity(line.Quantity).Text(line.UnitOfMeasure).Amount(placed.UnitPrice).Amount(placed.Total).Text(placed.Order.Currency.Code).Amount(line.TaxRatePercent).Quantity(line.Shipped)
                .Quantity(line.Delivered).Quantity(line.Rejected).Quantity(line.Cancelled).Day(line.PromisedOn).Instant(line.DeliveredAt).Text(line.Note).End();
        }
    }

    /// <summary>Writes a report's rows with their names. What a row is about is told by its code: an external id, SKU, number or month.</summary>
    public async ValueTask Report(OrderReportGrouping groupBy, IQueryable<Order> orders)
    {
        var sums = await OrderReports.Sums(() => OrderSums.By(groupBy, OrderReportSort.Group, db, orders, (0, MaximumRows + 1), cancellation));
        if (sums.Count > MaximumRows)
        {
            throw new GraphQLException($"A report as a file has at most {MaximumRows} rows: narrow the filter.", ErrorCodes.TooManyRows);
        }

        var codes = await Codes(groupBy);
        csv.Names(EnumNames<OrderReportGrouping>.Of(groupBy), "currency", "orders", "quantity", "cancelledQuantity", "subtotal", "shipping", "tax", "total", "cancelledTotal");
        foreach (var sum in sums)
        {
            var figures = sum.Figures(OrderSums.IsByLine(groupBy));
            var code = sum.Id is not { } id ? sum.Code : codes?[id] ?? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{id / 100}-{id % 100:00}");
            csv.Text(code).Text(sum.Currency.Code).Count(sum.OrderCount).Quantity(figures.Quantity).Quantity(figures.CancelledQuantity).Amount(figures.Subtotal).Amount(figures.Shipping).Amount(figures.Tax)
                .Amount(figures.Total).Amount(figures.CancelledTotal).End();
        }

        async ValueTask<Dictionary<long, string>?> Codes(OrderReportGrouping grouping)
        {
            var ids = grouping is OrderReportGrouping.Month or OrderReportGrouping.CostCenter or OrderReportGrouping.PurchaseOrder
                ? null
                : sums.Select(sum => sum.Id).OfType<long>().Distinct().ToList();
            var found = ids is null ? null : grouping switch
            {
                OrderReportGrouping.User => db.CompanyUsers.Where(u => ids.Contains(u.Id)).Select(u => new KeyValuePair<long, string>(u.Id, u.ExternalId)),
                OrderReportGrouping.Unit => db.CompanyUnits.Where(u => ids.Contains(u.Id)).Select(u => new KeyValuePair<long, string>(u.Id, u.ExternalId)),
                OrderReportGrouping.Variant => db.Variants.Where(v => ids.Contains(v.Id)).Select(v => new KeyValuePair<long, string>(v.Id, v.Sku)),
                OrderReportGrouping.Product => db.Products.Where(p => ids.Contains(p.Id)).Select(p => new KeyValuePair<long, string>(p.Id, p.Sku)),
                OrderReportGrouping.Category => db.Categories.Where(c => ids.Contains(c.Id)).Select(c => new KeyValuePair<long, string>(c.Id, c.ExternalId)),
                OrderReportGrouping.Company => db.Companies.Where(c => ids.Contains(c.Id)).Select(c => new KeyValuePair<long, string>(c.Id, c.ExternalId)),
                _ => db.Suppliers.Where(s => ids.Contains(s.Id)).Select(s => new KeyValuePair<long, string>(s.Id, s.ExternalId)),
            };
            return found is null ? null : await found.ToDictionaryAsync(pair => pair.Key, pair => pair.Value, cancellation);
        }
    }

    private async ValueTask Know(Dictionary<long, string> known, IEnumerable<long> wanted, Func<List<long>, IQueryable<KeyValuePair<long, string>>> read)
    {
        var ids = wanted.Where(id => !known.ContainsKey(id)).Distinct().ToList();
        foreach (var (id, name) in ids.Count == 0 ? [] : await read(ids).ToListAsync(cancellation))
        {
            known[id] = name;
        }
    }
}
