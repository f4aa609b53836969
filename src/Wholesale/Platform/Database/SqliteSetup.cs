using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace Wholesale.Platform.Database;

/// <summary>How a context on SQLite is set up, for the host, the migrations tool and tests alike.</summary>
public static class SqliteSetup
{
    /// <summary>Sets up a context.</summary>
    /// <param name="options">The context's options.</param>
    /// <param name="connectionString">A file's: databases in memory are not shared between the pool's connections.</param>
    public static DbContextOptionsBuilder UseWholesaleSqlite(this DbContextOptionsBuilder options, string connectionString) => options
        .UseSqlite(connectionString, sqlite => sqlite.UseParameterizedCollectionMode(ParameterTranslationMode.Parameter))
        .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking)
        .ConfigureWarnings(warnings => warnings
            .Log((RelationalEventId.CommandExecuted, LogLevel.Debug)) // not every statement, every time
            .Ignore(CoreEventId.RowLimitingOperationWithoutOrderByWarning)) // any row will do where it is asked whether there is one, or deleted step by step
        .AddInterceptors(SqliteConnectionSetup.Instance);

    /// <summary>Carries what is in the write-ahead log into the file, as far as no reader needs it otherwise. Neither waits for anyone nor makes anyone wait.</summary>
    internal static Task Checkpoint(WholesaleDb db, CancellationToken cancellation) => db.Database.IsSqlite()
        ? db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(PASSIVE)", cancellation)
        : Task.CompletedTask;

    /// <summary>
    /// How many rows the context's connection has changed since it was opened; without a statement. SQL Server does not count them: 0 there, so what it is asked for,
    /// writers that forget their events, is found on SQLite alone.
    /// </summary>
    internal static int RowsChanged(WholesaleDb db) =>
        db.Database.GetDbConnection() is SqliteConnection connection ? raw.sqlite3_total_changes(connection.Handle) : 0;
}

/// <summary>
/// Sets a physical connection up when it is first used: a write-ahead log, so that readers and the writer do not wait for each other; every commit
/// on disk before it is answered; foreign keys; and patience with another process's lock. The pool keeps all of it, so no request pays for it.
/// A commit that finds 16 MB in the log, four times SQLite's default, carries them into the file itself; those who write that much do it before
/// (<see cref="SqliteSetup.Checkpoint"/>), outside the write gate.
/// </summary>
internal sealed class SqliteConnectionSetup : DbConnectionInterceptor
{
    private const string Pragmas = "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA wal_autocheckpoint = 4000;";

    // By the native connection: the pool hands the same one to many SqliteConnection objects.
    private readonly ConditionalWeakTable<sqlite3, object> known = [];

    private SqliteConnectionSetup()
    {
    }

    public static SqliteConnectionSetup Instance { get; } = new();

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => SetUp((SqliteConnection)connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        SetUp((SqliteConnection)connection);
        return Task.CompletedTask;
    }

    private void SetUp(SqliteConnection connection)
    {
        if (known.TryGetValue(connection.Handle!, out _))
        {
            return;
        }

        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
        known.AddOrUpdate(connection.Handle!, this);
    }
}
