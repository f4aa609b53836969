using System.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Wholesale.Platform.Database;

/// <summary>
/// Several statements of a context that see the database as it was at one instant, whatever is committed meanwhile; until it is disposed of. They must only
/// read, and none is repeated by itself: rows come as they are read, however many.
/// </summary>
public sealed class ReadSnapshot : IAsyncDisposable
{
    private readonly WholesaleDb db;
    private readonly IAsyncDisposable transaction;

    private ReadSnapshot(WholesaleDb db, IAsyncDisposable transaction) => (this.db, this.transaction) = (db, transaction);

    /// <summary>Begins one.</summary>
    /// <param name="db">The context; it must not be in a transaction.</param>
    /// <param name="cancellation">Stops the beginning.</param>
    public static async Task<ReadSnapshot> Begin(WholesaleDb db, CancellationToken cancellation)
    {
        await db.Database.OpenConnectionAsync(cancellation);
        try
        {
            return new ReadSnapshot(db, db.Database.IsSqlServer() ? await SqlServer.Begin(db, cancellation) : await Sqlite.Begin(db, cancellation));
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
            await db.Database.UseTransactionAsync(null);
            await transaction.DisposeAsync();
            if (db.Database.IsSqlServer())
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

    private static class Sqlite
    {
        /// <summary>A transaction that EF Core begins would ask SQLite for the writer's lock at once; this one never does.</summary>
        public static async Task<IAsyncDisposable> Begin(WholesaleDb db, CancellationToken cancellation)
        {
            var begun = ((SqliteConnection)db.Database.GetDbConnection()).BeginTransaction(deferred: true);
            await db.Database.UseTransactionAsync(begun, cancellation);
            return begun;
        }
    }

    private static class SqlServer
    {
        public static async Task<IAsyncDisposable> Begin(WholesaleDb db, CancellationToken cancellation)
        {
            var begun = await db.Database.GetDbConnection().BeginTransactionAsync(IsolationLevel.Snapshot, cancellation);
            await db.Database.UseTransactionAsync(begun, cancellation);
            return begun;
        }

        /// <summary>A session keeps the isolation level of its last transaction, also in the pool.</summary>
        public static Task End(WholesaleDb db) => db.Database.GetDbConnection().State == ConnectionState.Open
            ? db.Database.ExecuteSqlRawAsync("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
            : Task.CompletedTask;
    }
}
