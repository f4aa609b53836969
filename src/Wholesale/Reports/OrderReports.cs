using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Wholesale.Companies;
using Wholesale.GraphQL.Execution;
using Wholesale.Orders;
using Wholesale.Platform;
using Wholesale.Pricing;

namespace Wholesale.Reports;

/// <summary>Makes reports on orders: one statement a page, one more for the totals.</summary>
internal static class OrderReports
{
    // As SQL Server numbers it: an arithmetic overflow.
    private const int SqlServerOverflow = 8115;

    public static async ValueTask<OrderReportConnection> Read(
        OrderReportGrouping groupBy, OrderFilter? filter, OrderReportSort? sort, int? first, string? after, Caller caller, WholesaleDb db, Clock clock, CancellationToken cancellation)
    {
        OrdersSeen.Check("Query.orderReport", caller);
        var page = Page.Of(first, after);
        var sorted = sort ?? (groupBy == OrderReportGrouping.Month ? OrderReportSort.Group : OrderReportSort.HighestSubtotal);
        var order = $"orderReport/{groupBy}/{sorted}";

        // Rows are summed up for each page anyway, so that nothing is gained by seeking a key: a cursor says how many rows are before it.
        var before = page.After is null ? 0 : (int)Math.Clamp(Cursor.Parse(page.After, order).Number(0), 0, int.MaxValue);
        var orders = await OrderList.Of(db, caller, filter, null, clock.UtcNow, cancellation);
        var rows = await Sums(InOrder(OrderSums.By(groupBy, db, orders), groupBy, sorted).Skip(before).Take(page.Take), cancellation);
        var isByLine = OrderSums.IsByLine(groupBy);
        var numbered = rows.Select((row, i) => (Row: new OrderReportRow(groupBy, row.Key is "" or "0" ? null : row.Key, row.Figures(isByLine)), Place: before + i + 1)).ToList();
        var connection = page.Connect(numbered, row => Cursor.Of(order, row.Place));
        return new(
            [.. connection.Edges.Select(edge => new Edge<OrderReportRow>(edge.Cursor, edge.Node.Row))],
            connection.PageInfo,
            async () => [.. (await Sums(OrderSums.Whole(orders).OrderBy(sum => sum.Currency), cancellation)).Select(sum => sum.Figures(isByLine: false))]);
    }

    /// <summary>Sums, in an order in which no two are equal.</summary>
    internal static IQueryable<OrderSum> InOrder(IQueryable<OrderSum> sums, OrderReportGrouping groupBy, OrderReportSort sort) => (sort, groupBy) switch
    {
        (OrderReportSort.HighestSubtotal, _) => sums.OrderByDescending(sum => sum.Net).ThenBy(sum => sum.Key).ThenBy(sum => sum.Currency),
        (_, OrderReportGrouping.Month) => sums.OrderByDescending(sum => sum.Key).ThenBy(sum => sum.Currency),
        _ => sums.OrderBy(sum => sum.Key).ThenBy(sum => sum.Currency),
    };

    /// <summary>Reads sums.</summary>
    /// <exception cref="GraphQLException">AMOUNT_OVERFLOW</exception>
    internal static async ValueTask<List<OrderSum>> Sums(IQueryable<OrderSum> sums, CancellationToken cancellation)
    {
        try
        {
            var rows = await sums.ToListAsync(cancellation);
            return rows.Exists(row => Math.Max(row.Net, row.Total) > Amount.Maximum) ? throw Overflow() : rows;
        }
        catch (DbException overflow) when (overflow is SqlException { Number: SqlServerOverflow } || overflow.Message.Contains("integer overflow", StringComparison.Ordinal))
        {
            throw Overflow();
        }
    }

    private static GraphQLException Overflow() => new("A sum is beyond what money can hold: narrow the filter.", PricingErrors.AmountOverflow);
}
