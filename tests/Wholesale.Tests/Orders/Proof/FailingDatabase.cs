using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Wholesale.Tests.Orders.Proof;

/// <summary>A database that is away for a while, whatever is asked of it, or that has no room for another page.</summary>
internal sealed class FailingDatabase : DbCommandInterceptor, IDbTransactionInterceptor, IDbConnectionInterceptor
{
    private const long AnyPages = 4_294_967_294;

    private volatile Func<Exception>? fault;
    private long mostPages;

    /// <summary>From now on everything fails with these; null: nothing does.</summary>
    public void Fail(Func<Exception>? with) => fault = with;

    /// <summary>From now on the file has so many pages at most; null: as many as there can be.</summary>
    public void Limit(long? pages) => Volatile.Write(ref mostPages, pages ?? AnyPages);

    public InterceptionResult ConnectionOpening(DbConnection connection, ConnectionEventData eventData, InterceptionResult result) => Try(result);

    public ValueTask<InterceptionResult> ConnectionOpeningAsync(
        DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) => new(Try(result));

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default) => new(Try(result));

    public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default) => new(Try(result));

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) => new(Try(result));

    public ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
        DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result, CancellationToken cancellationToken = default)
    {
        var tried = Try(result);
        LimitPages(connection); // which may have been opened long ago
        return new(tried);
    }

    public ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) => new(Try(result));

    private T Try<T>(T result) => fault is { } failing ? throw failing() : result;

    private void LimitPages(DbConnection connection)
    {
        if (Volatile.Read(ref mostPages) is > 0 and var most)
        {
            using var command = connection.CreateCommand();
            command.CommandText = string.Create(CultureInfo.InvariantCulture, $"PRAGMA max_page_count = {most}");
            command.ExecuteNonQuery();
        }
    }
}
