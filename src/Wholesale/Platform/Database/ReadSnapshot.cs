using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Wholesale.Platform.Database;

/// <summary>
/// Several statements of a context that see the database as it was at one instant, whatever is committed meanwhile; until it is disposed of. They must only
/// read.
/// </summary>
public sealed class ReadSnapshot : IAsyncDisposable
{
    private readonly WholesaleDb db;
    private readonly SqliteTransaction transaction;

    private ReadSnapshot(WholesaleDb db, SqliteTransaction transaction) => (this.db, this.transaction) = (db, transaction);

    /// <summary>Begins one.</summary>
    /// <param name="db">The context; it must not be in a transaction.</param>
    /// <param name="cancellation">Stops the beginning.</param>
    public static async Task<ReadSnapshot> Begin(WholesaleDb db, CancellationToken cancellation)
    {
        await db.Database.OpenConnectionAsync(cancellation);

        // A transaction that EF Core begins would ask SQLite for the writer's lock at once; this one never does.
        var begun = ((SqliteConnection)db.Database.GetDbConnection()).BeginTransaction(deferred: true);
        await db.Database.UseTransactionAsync(begun, cancellation);
        return new ReadSnapshot(db, begun);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await db.Database.UseTransactionAsync(null);
        await transaction.DisposeAsync();
        await db.Database.CloseConnectionAsync();
    }
}
