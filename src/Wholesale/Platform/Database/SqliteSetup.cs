using System.Data.Common;
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
    /// <param name="isFlushed">Whether whoever commits has <see cref="DurableCommits"/> wait for the disk; else each commit does.</param>
    public static DbContextOptionsBuilder UseWholesaleSqlite(this DbContextOptionsBuilder options, string connectionString, bool isFlushed = false)
    {
        SqliteThreads.Set();
        return options
            .UseSqlite(connectionString, sqlite => sqlite.UseParameterizedCollectionMode(ParameterTranslationMode.Parameter))
            .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking)
            .ConfigureWarnings(warnings => warnings
                .Log((RelationalEventId.CommandExecuted, LogLevel.Debug)) // not every statement, every time
                .Ignore(CoreEventId.RowLimitingOperationWithoutOrderByWarning)) // any row will do where it is asked whether there is one, or deleted step by step
            .AddInterceptors(isFlushed ? SqliteConnectionSetup.Flushed : SqliteConnectionSetup.Flushing, LastingConnections.Instance);
    }

    /// <summary>Carries what is in the write-ahead log into the file, as far as no reader needs it otherwise. Neither waits for anyone nor makes anyone wait.</summary>
    internal static Task Checkpoint(WholesaleDb db, CancellationToken cancellation) => db.IsOnSqlServer
        ? Task.CompletedTask
        : db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(PASSIVE)", cancellation);

    /// <summary>
    /// How many rows the context's connection has changed since it was opened; without a statement. SQL Server does not count them: 0 there, so what it is asked for,
    /// writers that forget their events, is found on SQLite alone.
    /// </summary>
    internal static int RowsChanged(WholesaleDb db) =>
        db.Database.GetDbConnection() is SqliteConnection connection ? raw.sqlite3_total_changes(connection.Handle) : 0;

    /// <summary>The key of the row that the context's connection inserted last, of a table whose key is a number; without a statement.</summary>
    internal static long LastInserted(WholesaleDb db) => raw.sqlite3_last_insert_rowid(((SqliteConnection)db.Database.GetDbConnection()).Handle);
}

/// <summary>Has SQLite not lock a connection at each column of each row: a context is used by one thread at a time, and its connection with it.</summary>
internal static class SqliteThreads
{
    private static readonly Lazy<int> Result = new(() =>
    {
        Batteries_V2.Init();
        return raw.sqlite3_config(raw.SQLITE_CONFIG_MULTITHREAD);
    });

    /// <summary>For the process, of what is opened from now on. Where something has opened a connection before, SQLite refuses and goes on locking.</summary>
    public static void Set() => _ = Result.Value;
}

/// <summary>
/// Sets a connection up when it is opened, which is seldom, since it lasts: a write-ahead log, so that readers and the writer do not wait for each other; what is on disk when; foreign keys; and
/// patience with another process's lock. A commit that finds 16 MB in the log, four times SQLite's default, carries them into the file itself; those who write that much do it before
/// (<see cref="SqliteSetup.Checkpoint"/>), outside the write gate.
/// </summary>
internal sealed class SqliteConnectionSetup : DbConnectionInterceptor
{
    private readonly string pragmas;

    private SqliteConnectionSetup(string synchronous) =>
        pragmas = $"PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = {synchronous}; PRAGMA foreign_keys = ON; PRAGMA wal_autocheckpoint = 4000;";

    /// <summary>Each commit is on disk before it returns.</summary>
    public static SqliteConnectionSetup Flushing { get; } = new("FULL");

    /// <summary>Each commit is whole, and in the order of commits, whatever happens; that it is on disk is seen to by <see cref="DurableCommits"/>.</summary>
    public static SqliteConnectionSetup Flushed { get; } = new("NORMAL");

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => SetUp((SqliteConnection)connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        SetUp((SqliteConnection)connection);
        return Task.CompletedTask;
    }

    public void SetUp(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = pragmas;
        command.ExecuteNonQuery();
    }
}
