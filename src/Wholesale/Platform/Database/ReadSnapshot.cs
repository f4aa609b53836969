using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Wholesale.Platform.Database;

/// <summary>
/// Several statements of a context that see the database as it was at one instant, whatever is committed meanwhile; until it is disposed of. They must only
/// read, and none is repeated by itself: rows come as they are read, however many.
/// </summary>
public sealed class ReadSnapshot : IAsyncDisposable
{
    private readonly WholesaleDb db;
    private readonly DbTransaction begun;
    private readonly IDbContextTransaction used;

    private ReadSnapshot(WholesaleDb db, DbTransaction begun, IDbContextTransaction used) => (this.db, this.begun, this.used) = (db, begun, used);

    /// <summary>Begins one.</summary>
    /// <param name="db">The context; it must not be in a transaction.</param>
    /// <param name="cancellation">Stops the beginning.</param>
    public static async Task<ReadSnapshot> Begin(WholesaleDb db, CancellationToken cancellation)
    {
        await db.Database.OpenConnectionAsync(cancellation);
        try
        {
            var transaction = db.IsOnSqlServer ? await db.Database.GetDbConnection().BeginTransactionAsync(IsolationLevel.Snapshot, cancellation) : BeginReading(db);
            return new ReadSnapshot(db, transaction, (await db.Database.UseTransactionAsync(transaction, cancellation))!);
        }
        catch
        {
            await db.Database.CloseConnectionAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await used.DisposeAsync();
            await begun.DisposeAsync();
            if (db.IsOnSqlServer)
            {
                await SqlServer.End(db);
            }
        }
        catch
        {
            SqlServerSetup.ForgetConnections(db); // this one must not come back with the isolation level of snapshots
            throw;
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    /// <summary>A transaction that EF Core begins would ask SQLite for the writer's lock at once; this one never does.</summary>
    private static SqliteTransaction BeginReading(WholesaleDb db) => ((SqliteConnection)db.Database.GetDbConnection()).BeginTransaction(deferred: true);

    private static class SqlServer
    {
        /// <summary>A session keeps the isolation level of its last transaction, also in the pool.</summary>
        public static Task End(WholesaleDb db) => db.Database.GetDbConnection().State == ConnectionState.Open
            ? db.Database.ExecuteSqlRawAsync("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
            : Task.CompletedTask;
    }
}
