using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Wholesale.Platform.Database;

namespace Wholesale.Tests;

/// <summary>
/// The SQL Server that all tests run on where <c>WHOLESALE_TEST_SQLSERVER</c> holds a connection string; without it they run on SQLite. Databases are made for the run
/// and used again, emptied, by one test after another; where the connection string names a database, by all tests in turn.
/// <c>WHOLESALE_TEST_SQLSERVER_BATCH</c> sets <c>Database:MaxBatchSize</c>, for servers that do not know MERGE.
/// </summary>
public static class SqlServerForTests
{
    /// <summary>Why a test that is about SQLite's file alone is skipped.</summary>
    public const string OfSqliteAlone = "This is about SQLite's file, plans or steps.";

    /// <summary>Why a test that is about a real server alone is skipped.</summary>
    public const string NeedsServer = "This test needs a server: set WHOLESALE_TEST_SQLSERVER to its connection string.";

    private static readonly string? Server = Environment.GetEnvironmentVariable("WHOLESALE_TEST_SQLSERVER");
    private static readonly int? BatchSize = int.TryParse(Environment.GetEnvironmentVariable("WHOLESALE_TEST_SQLSERVER_BATCH"), out var size) ? size : null;
    private static readonly string Run = $"wholesale_test_{Environment.ProcessId}";
    private static readonly Lock Sync = new();
    private static readonly Stack<string> Free = [];
    private static readonly List<string> Made = [];
    private static readonly SemaphoreSlim OnlyOne = new(1, 1);
    private static readonly Lazy<string> Emptying = new(() => string.Join('\n', ChildrenFirst(DatabaseHosting.ModelOf(DatabaseProvider.SqlServer)).Select(table => $"DELETE FROM [{table}];")));

    /// <summary>Whether the tests run on it.</summary>
    public static bool IsUsed => !string.IsNullOrEmpty(Server);

    /// <summary>How a context connects to a database.</summary>
    public static DatabaseSettings SettingsOf(string connectionString) =>
        new(DatabaseProvider.SqlServer, connectionString, Migrate: false, Demo: false, MaxBatchSize: BatchSize);

    /// <summary>Gives a database with all tables, all of them empty, until it is given back.</summary>
    public static string Take()
    {
        if (IsOneOnly)
        {
            if (!OnlyOne.Wait(TimeSpan.FromMinutes(10)))
            {
                throw new InvalidOperationException("A test that needs two databases at once cannot run where WHOLESALE_TEST_SQLSERVER names one.");
            }

            Migrate(Server!);
            Empty(Server!);
            return Server!;
        }

        lock (Sync)
        {
            if (Free.TryPop(out var free))
            {
                return free;
            }
        }

        var connectionString = Create();
        lock (Sync)
        {
            Migrate(connectionString); // one after another: servers get in each other's way when many tables are made at once
        }

        return connectionString;
    }

    /// <summary>Takes a database back.</summary>
    public static void Return(string connectionString)
    {
        if (IsOneOnly)
        {
            OnlyOne.Release();
            return;
        }

        Empty(connectionString);
        lock (Sync)
        {
            Free.Push(connectionString);
        }
    }

    /// <summary>A new database without tables. It goes with the run.</summary>
    public static string Create()
    {
        string name;
        lock (Sync)
        {
            if (Made.Count == 0)
            {
                AppDomain.CurrentDomain.ProcessExit += (_, _) => Drop();
            }

            name = $"{Run}_{Made.Count}";
            Made.Add(name);
            try
            {
                Execute(Server!, $"CREATE DATABASE [{name}] COLLATE {SqlServerModel.Collation};");
            }
            catch (SqlException)
            {
                // A server that only speaks the protocol has one collation; whether it is as it must be, the host's own checks tell.
                Execute(Server!, $"CREATE DATABASE [{name}];");
            }
        }

        return new SqlConnectionStringBuilder(Server) { InitialCatalog = name }.ToString();
    }

    private static bool IsOneOnly => new SqlConnectionStringBuilder(Server).InitialCatalog.Length > 0;

    private static void Migrate(string connectionString)
    {
        var options = new DbContextOptionsBuilder<SqlServerWholesaleDb>();
        options.UseWholesaleSqlServer(SettingsOf(connectionString));
        using var db = new SqlServerWholesaleDb(options.Options);
        db.Database.Migrate();
    }

    private static void Empty(string connectionString) => Execute(connectionString, Emptying.Value);

    private static void Drop()
    {
        SqlConnection.ClearAllPools();
        foreach (var name in Made)
        {
            Execute(Server!, $"DROP DATABASE IF EXISTS [{name}];");
        }
    }

    private static void Execute(string connectionString, string sql)
    {
        using var connection = new SqlConnection(connectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 120;
        command.ExecuteNonQuery();
    }

    /// <summary>The tables, those that refer to others before these; a table that refers to itself is one statement's matter.</summary>
    private static List<string> ChildrenFirst(IModel model)
    {
        var left = model.GetEntityTypes().ToList();
        var ordered = new List<string>();
        while (left.Count > 0)
        {
            var next = left.Where(entity => !entity.GetReferencingForeignKeys().Any(key => key.DeclaringEntityType != entity && left.Contains(key.DeclaringEntityType))).ToList();
            ordered.AddRange(next.Select(entity => entity.GetTableName()!));
            left = [.. left.Except(next)];
        }

        return ordered;
    }
}
