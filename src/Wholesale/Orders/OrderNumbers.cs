using Microsoft.EntityFrameworkCore;
using Wholesale.Platform.Database;

namespace Wholesale.Orders;

/// <summary>
/// Gives numbers in the order of commits, without gaps: whoever has counted a series up holds its row until the transaction ends, and takes its number back with it. So a number is taken
/// last, when nothing can be refused any more. Runs inside the caller's unit of work.
/// </summary>
internal static class OrderNumbers
{
    /// <summary>The next number; two statements, three for the first order of all and for a year's first.</summary>
    /// <param name="db">The database, in a transaction.</param>
    /// <param name="marketId">The buyer's market; null: none.</param>
    /// <param name="year">Of ordering, in UTC.</param>
    /// <param name="cancellation">Stops the statements.</param>
    public static async ValueTask<string> Next(WholesaleDb db, long? marketId, int year, CancellationToken cancellation)
    {
        var id = await IdOf(db, marketId ?? OrderNumberSeries.AllMarkets, cancellation);
        await BulkRows.Add(db, [Of(id, 1)], s => new { s.NextNumber }, cancellation: cancellation);
        var series = await db.OrderNumberSeries.SingleAsync(s => s.Id == id, cancellation);
        if (!series.RestartsYearly || series.LastYear >= year)
        {
            // An order that was begun in the old year and counted in the new one is the new one's, or its number would be given twice.
            return series.Number(series.NextNumber - 1, series.RestartsYearly ? series.LastYear : year);
        }

        (series.NextNumber, series.LastYear) = (2, year);
        await BulkRows.Update(db, [series], s => new { s.NextNumber, s.LastYear }, cancellation: cancellation);
        return series.Number(1, year);
    }

    private static async ValueTask<long> IdOf(WholesaleDb db, long marketId, CancellationToken cancellation)
    {
        var ids = await db.OrderNumberSeries
            .Where(s => s.MarketId == marketId || s.MarketId == OrderNumberSeries.AllMarkets).OrderByDescending(s => s.MarketId).Select(s => s.Id).Take(1).ToListAsync(cancellation);
        if (ids.Count > 0)
        {
            return ids[0];
        }

        await BulkRows.InsertMissing(db, [OrderNumberSeries.Default], cancellation);
        return OrderNumberSeries.DefaultId;
    }

    private static OrderNumberSeries Of(long id, long more) => new() { Id = id, ExternalId = "", MarketId = 0, Prefix = "", Digits = 0, NextNumber = more };
}
