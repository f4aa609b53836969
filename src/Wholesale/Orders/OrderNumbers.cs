using Microsoft.EntityFrameworkCore;
using Wholesale.Platform.Database;

namespace Wholesale.Orders;

/// <summary>
/// Gives numbers in the order of commits, without gaps: whoever has counted a series up holds its row until the transaction ends, and takes its number back with it. So a number is taken
/// last, when nothing can be refused any more. Runs inside the caller's unit of work.
/// </summary>
internal static class OrderNumbers
{
    /// <summary>Counts up the series of a market, or that of all markets, and gives it as it is then.</summary>
    private const string OnSqlite = """
        UPDATE "OrderNumberSeries" SET "NextNumber" = "NextNumber" + 1
        WHERE "Id" = (SELECT "Id" FROM "OrderNumberSeries" WHERE "MarketId" IN ({0}, 0) ORDER BY "MarketId" DESC LIMIT 1)
        RETURNING *
        """;

    private const string OnSqlServer = """
        UPDATE [OrderNumberSeries] SET [NextNumber] = [NextNumber] + 1 OUTPUT inserted.*
        WHERE [Id] = (SELECT TOP (1) [Id] FROM [OrderNumberSeries] WHERE [MarketId] IN ({0}, 0) ORDER BY [MarketId] DESC)
        """;

    /// <summary>The next number; one statement, two more for the first order of all, and one more for a year's first.</summary>
    /// <param name="db">The database, in a transaction.</param>
    /// <param name="marketId">The buyer's market; null: none.</param>
    /// <param name="year">Of ordering, in UTC.</param>
    /// <param name="cancellation">Stops the statements.</param>
    public static async ValueTask<string> Next(WholesaleDb db, long? marketId, int year, CancellationToken cancellation)
    {
        var series = await CountUp(db, marketId, cancellation);
        if (series is null)
        {
            await BulkRows.InsertMissing(db, [OrderNumberSeries.Default], cancellation);
            series = (await CountUp(db, marketId, cancellation))!;
        }

        if (!series.RestartsYearly || series.LastYear >= year)
        {
            // An order that was begun in the old year and counted in the new one is the new one's, or its number would be given twice.
            return series.Number(series.NextNumber - 1, series.RestartsYearly ? series.LastYear : year);
        }

        (series.NextNumber, series.LastYear) = (2, year);
        await BulkRows.Update(db, [series], s => new { s.NextNumber, s.LastYear }, cancellation: cancellation);
        return series.Number(1, year);
    }

    private static async ValueTask<OrderNumberSeries?> CountUp(WholesaleDb db, long? marketId, CancellationToken cancellation) =>
        (await db.OrderNumberSeries.FromSqlRaw(db.IsOnSqlServer ? OnSqlServer : OnSqlite, marketId ?? OrderNumberSeries.AllMarkets).ToListAsync(cancellation)).SingleOrDefault();
}
