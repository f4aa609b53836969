using Microsoft.EntityFrameworkCore;
using Wholesale.Catalog;
using Wholesale.Companies;
using Wholesale.GraphQL.Execution;
using Wholesale.Inventory;
using Wholesale.Orders;
using Wholesale.Platform;

namespace Wholesale.Reports;

/// <summary>The fields of schema/reports.graphql.</summary>
public static class ReportFields
{
    /// <summary>The room's services.</summary>
    public static void Add(IServiceCollection services)
    {
        services.AddKeyedSingleton(ExportPlaces.OfFiles, (_, _) => new ExportPlaces(maximum: 8, maximumOfOne: 2));
        services.AddKeyedSingleton(ExportPlaces.OfPages, (_, _) => new ExportPlaces(maximum: 16, maximumOfOne: 8));
    }

    /// <summary>Names the resolvers.</summary>
    public static void Map(ResolverMap map)
    {
        map.Field("Query.orderReport", OrderReports.Read);
        map.Field("OrderReportConnection.totals", Totals);
        map.Field("OrderReportRow.user", Users);
        map.Field("OrderReportRow.unit", Units);
        map.Field("OrderReportRow.variant", Variants);
        map.Field("OrderReportRow.sku", Skus);
        map.Field("OrderReportRow.product", Products);
        map.Field("OrderReportRow.category", Categories);
        map.Field("OrderReportRow.company", Companies);
        map.Field("Order.confirmation", (Batch<Order> orders) => orders.Map(OrderConfirmation.Of));
        map.Field("OrderReportRow.supplier", (Batch<OrderReportRow> rows, WholesaleDb db, CancellationToken ct) => InventoryFields.SuppliersOf(rows, row => row.IdOf(OrderReportGrouping.Supplier), db, ct));
    }

    private static async ValueTask<IReadOnlyList<IReadOnlyList<OrderReportFigures>>> Totals(Batch<OrderReportConnection> reports)
    {
        var totals = new IReadOnlyList<OrderReportFigures>[reports.Count];
        for (var i = 0; i < totals.Length; i++)
        {
            totals[i] = await reports[i].Sum();
        }

        return totals;
    }

    private static ValueTask<IReadOnlyList<CompanyUser?>> Users(Batch<OrderReportRow> rows, Caller caller, WholesaleDb db, CancellationToken cancellation) =>
        Of(rows, OrderReportGrouping.User, async ids => await OrdersSeen.Users(db, caller, ids).ToDictionaryAsync(u => u.Id, cancellation));

    private static ValueTask<IReadOnlyList<CompanyUnit?>> Units(Batch<OrderReportRow> rows, Caller caller, WholesaleDb db, CancellationToken cancellation) =>
        Of(rows, OrderReportGrouping.Unit, async ids => await OrdersSeen.Units(db, caller, ids).ToDictionaryAsync(u => u.Id, cancellation));

    private static ValueTask<IReadOnlyList<Company?>> Companies(Batch<OrderReportRow> rows, WholesaleDb db, CancellationToken cancellation) =>
        Of(rows, OrderReportGrouping.Company, async ids => await db.Companies.Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, cancellation));

    private static ValueTask<IReadOnlyList<Variant?>> Variants(Batch<OrderReportRow> rows, SelectedFields selected, WholesaleDb db, Sight sight, CancellationToken cancellation) =>
        Of(rows, OrderReportGrouping.Variant, async ids => (await CatalogQueries.VariantsByIds(db, sight, ids, selected, cancellation)).ToDictionary(v => v.Id));

    // Whoever may read an order may read its lines' SKUs.
    private static ValueTask<IReadOnlyList<string?>> Skus(Batch<OrderReportRow> rows, WholesaleDb db, CancellationToken cancellation) =>
        Of(rows, OrderReportGrouping.Variant, async ids => await db.Variants.Where(v => ids.Contains(v.Id)).ToDictionaryAsync(v => v.Id, v => v.Sku, cancellation));

    private static ValueTask<IReadOnlyList<LocalizedProduct?>> Products(Batch<OrderReportRow> rows, SelectedFields selected, WholesaleDb db, Sight sight, CancellationToken cancellation) =>
        Of(rows, OrderReportGrouping.Product, async ids => (await CatalogQueries.ByIds(db, sight, ids, selected, cancellation)).ToDictionary(p => p.Id));

    private static ValueTask<IReadOnlyList<LocalizedCategory?>> Categories(Batch<OrderReportRow> rows, WholesaleDb db, Sight sight, CancellationToken cancellation) =>
        Of(rows, OrderReportGrouping.Category, async ids => (await CatalogQueries.Categories(db, sight, db.Categories.Where(c => ids.Contains(c.Id)), cancellation)).ToDictionary(c => c.Id));

    private static async ValueTask<IReadOnlyList<T?>> Of<T>(Batch<OrderReportRow> rows, OrderReportGrouping grouping, Func<List<long>, Task<Dictionary<long, T>>> read) where T : class
    {
        var ids = rows.Keys(row => row.IdOf(grouping));
        return rows.Pick(row => row.IdOf(grouping), ids.Count == 0 ? [] : await read(ids));
    }
}
