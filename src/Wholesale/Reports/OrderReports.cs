using System.Data.Common;
using Microsoft.Data.SqlClient;
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
        var rows = await Sums(() => OrderSums.By(groupBy, sorted, db, orders, (before, page.Take), cancellation));
        var isByLine = OrderSums.IsByLine(groupBy);
        var numbered = rows.Select((row, i) => (Row: new OrderReportRow(groupBy, row.Code, row.Id, row.Figures(isByLine)), Place: before + i + 1)).ToList();
        var connection = page.Connect(numbered, row => Cursor.Of(order, row.Place));
        return new(
            [.. connection.Edges.Select(edge => new Edge<OrderReportRow>(edge.Node.Row, _ => edge.Cursor))],
            connection.PageInfo,
            async () => [.. (await Sums(() => OrderSums.Whole(orders, cancellation))).Select(sum => sum.Figures(isByLine: false))]);
    }

    /// <summary>Reads sums.</summary>
    /// <exception cref="GraphQLException">AMOUNT_OVERFLOW</exception>
    internal static async ValueTask<List<OrderSum>> Sums(Func<Task<List<OrderSum>>> read)
    {
        try
        {
            var rows = await read();
            return rows.Exists(row => Math.Max(row.Net, row.Total) > Amount.Maximum || row.Quantity > Quantity.Maximum) ? throw Overflow() : rows;
        }
        catch (DbException overflow) when (overflow is SqlException { Number: SqlServerOverflow } || overflow.Message.Contains("integer overflow", StringComparison.Ordinal))
        {
            throw Overflow();
        }
    }

    private static GraphQLException Overflow() => new("A sum is beyond what amounts, or quantities, can hold: narrow the filter.", PricingErrors.AmountOverflow);
}
