using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Wholesale.Platform.Database;

/// <summary>Several statements that see the database as it was at one instant, whatever is committed meanwhile. They must only read.</summary>
public static class ReadSnapshot
{
    /// <summary>Begins one; ends when it is disposed of.</summary>
    /// <param name="db">The context whose statements are meant.</param>
    /// <param name="cancellation">Stops the beginning.</param>
    public static async Task<IAsyncDisposable> Begin(WholesaleDb db, CancellationToken cancellation)
    {
        // A transaction that only reads: one that EF Core begins would ask SQLite for the writer's lock at once.
        await db.Database.OpenConnectionAsync(cancellation);
        var transaction = ((SqliteConnection)db.Database.GetDbConnection()).BeginTransaction(deferred: true);
        return new Snapshot(db, transaction, db.Database.UseTransaction(transaction)!);
    }

    /// <summary>EF Core forgets a transaction that it did not begin, and does not end it.</summary>
    private sealed class Snapshot(WholesaleDb db, SqliteTransaction transaction, IDbContextTransaction known) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await known.DisposeAsync();
            await transaction.DisposeAsync();
            await db.Database.CloseConnectionAsync();
        }
    }
}
