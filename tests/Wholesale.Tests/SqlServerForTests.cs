using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Wholesale.Platform.Database;

namespace Wholesale.Tests;

/// <summary>
/// The SQL Server that all tests run on where <c>WHOLESALE_TEST_SQLSERVER</c> holds a connection string; without it they run on SQLite. Databases are made for the run
/// and used again, emptied, by one test after another. Where the connection string names databases, as in <c>Database=a,b,c</c>, these are used and no others are made;
/// some tests need two at once. <c>WHOLESALE_TEST_SQLSERVER_BATCH</c> sets <c>Database:MaxBatchSize</c>, for servers that do not know MERGE.
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
    private static readonly string[] Given = [.. new SqlConnectionStringBuilder(Server).InitialCatalog.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
    private static readonly Stack<string> Untouched = new(Given.Select(Named));
    private static readonly Stack<string> Free = [];
    private static readonly List<string> Made = [];
    private static readonly SemaphoreSlim Places = new(Given.Length == 0 ? int.MaxValue : Given.Length);
    private static readonly Lazy<string> Emptying = new(() => string.Join('\n', ChildrenFirst(DatabaseHosting.ModelOf(DatabaseProvider.SqlServer)).Select(table => $"DELETE FROM [{table}];")));

    /// <summary>Whether the tests run on it.</summary>
    public static bool IsUsed => !string.IsNullOrEmpty(Server);

    /// <summary>So many statements it must be; on SQL Server fewer where rows went by bulk copy, which is not counted.</summary>
    public static void AssertStatements(long expected, long actual) => Assert.InRange(actual, IsUsed ? 1 : expected, expected);

    /// <summary>How a context connects to a database.</summary>
    public static DatabaseSettings SettingsOf(string connectionString) =>
        new(DatabaseProvider.SqlServer, connectionString, Migrate: false, Demo: false, MaxBatchSize: BatchSize);

    /// <summary>Gives a database with all tables, all of them empty, until it is given back.</summary>
    public static string Take()
    {
        if (!Places.Wait(TimeSpan.FromMinutes(3)))
        {
            throw new InvalidOperationException($"All databases that WHOLESALE_TEST_SQLSERVER names are in use: {string.Join(", ", Given)}. Name more of them.");
        }

        lock (Sync)
        {
            if (Free.TryPop(out var free))
            {
                return free;
            }

            // One after another: servers get in each other's way when many tables are made at once.
            if (!Untouched.TryPop(out var connectionString))
            {
                connectionString = Create();
            }

            Migrate(connectionString);
            Empty(connectionString);
            return connectionString;
        }
    }

    /// <summary>Takes a database back.</summary>
    public static void Return(string connectionString)
    {
        Empty(connectionString);
        lock (Sync)
        {
            Free.Push(connectionString);
        }

        Places.Release();
    }

    /// <summary>A new database without tables. It goes with the run.</summary>
    public static string Create()
    {
        Assert.SkipWhen(Given.Length > 0, "This test makes a database; WHOLESALE_TEST_SQLSERVER names some, so that none is made.");
        lock (Sync)
        {
            if (Made.Count == 0)
            {
                AppDomain.CurrentDomain.ProcessExit += (_, _) => Drop();
            }

            var name = $"{Run}_{Made.Count}";
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

            return Named(name);
        }
    }

    private static string Named(string database) => new SqlConnectionStringBuilder(Server) { InitialCatalog = database }.ToString();

    private static void Migrate(string connectionString)
    {
        using var db = DatabaseHosting.Open(SettingsOf(connectionString));
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
