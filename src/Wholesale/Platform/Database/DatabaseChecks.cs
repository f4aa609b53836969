using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Wholesale.Platform.Database;

/// <summary>What a database must be for this program to work on it. Asked once, when the host starts.</summary>
internal static class DatabaseChecks
{
    /// <summary>Refuses a database on which this program would fail, or be wrong, later.</summary>
    /// <exception cref="InvalidOperationException">It says what is to be done.</exception>
    public static async Task Run(WholesaleDb db, CancellationToken cancellation)
    {
        var applied = await Applied(db, cancellation);
        var problems = SchemaProblem([.. db.Database.GetMigrations()], applied) is { } problem ? [problem]
            : db.IsOnSqlServer ? SqlServer.Problems(await SqlServer.Settings(db, cancellation))
            : [];
        if (problems.Count > 0)
        {
            throw new InvalidOperationException(string.Join(Environment.NewLine, problems));
        }
    }

    /// <summary>Fails where the database does not answer who comes to it now: connections that last would not notice that SQLite's file is gone.</summary>
    public static async Task Answer(WholesaleDb db, CancellationToken cancellation)
    {
        if (db.IsOnSqlServer)
        {
            await db.Database.ExecuteSqlRawAsync("SELECT 1", cancellation);
            return;
        }

        await using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder(db.Database.GetConnectionString()) { Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString()); // which makes none where there is none
        await connection.OpenAsync(cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA schema_version";
        await command.ExecuteScalarAsync(cancellation);
    }

    /// <summary>The migrations that a database is to be given.</summary>
    /// <exception cref="InvalidOperationException">It cannot be reached, or its schema is newer than this program, which would not know what it changes.</exception>
    public static async Task<IReadOnlyList<string>> Missing(WholesaleDb db, CancellationToken cancellation)
    {
        var known = db.Database.GetMigrations().ToList();
        var applied = await Applied(db, cancellation);
        var missing = known.Except(applied, StringComparer.Ordinal).ToList();
        return SchemaProblem(known, [.. applied, .. missing]) is { } newer ? throw new InvalidOperationException(newer) : missing;
    }

    /// <summary>What is wrong with the version of a schema; null if it is this program's.</summary>
    internal static string? SchemaProblem(IReadOnlyList<string> known, IReadOnlyCollection<string> applied) =>
        applied.Except(known, StringComparer.Ordinal).ToList() is { Count: > 0 } newer
            ? $"The database's schema is newer than this program, which does not know {Names(newer)}. Start the newer version; an older one never takes a schema back."
            : known.Except(applied, StringComparer.Ordinal).ToList() is { Count: > 0 } missing
            ? $"The database's schema is older than this program: {Names(missing)} {(missing.Count == 1 ? "is" : "are")} missing. "
                + "Run `Wholesale migrate` of this version, or its script (docs/sql-server.md), or start once with Database:Migrate=true."
            : null;

    private static async Task<IReadOnlyCollection<string>> Applied(WholesaleDb db, CancellationToken cancellation)
    {
        try
        {
            return [.. await db.Database.GetAppliedMigrationsAsync(cancellation)];
        }
        catch (Exception exception) when (DatabaseFaults.Of(exception) != DatabaseFault.None)
        {
            throw new InvalidOperationException($"The database cannot be reached: {exception.GetBaseException().Message}", exception);
        }
    }

    private static string Names(List<string> migrations) =>
        migrations.Count == 1 ? $"the migration {migrations[0]}" : $"{migrations.Count} migrations, {migrations[0]} to {migrations[^1]},";

    /// <summary>What SQL Server is to be asked.</summary>
    internal static class SqlServer
    {
        private const string Sql = """
            SELECT DB_NAME() AS [Name],
                ISNULL(CONVERT(nvarchar(128), DATABASEPROPERTYEX(DB_NAME(), 'Collation')), N'unknown') AS [Collation],
                CONVERT(int, d.[is_read_committed_snapshot_on]) AS [ReadsCommittedSnapshots],
                CONVERT(int, d.[snapshot_isolation_state]) AS [AllowsSnapshots]
            FROM sys.databases AS d
            WHERE d.[name] = DB_NAME()
            """;

        public static async Task<SqlServerDatabase> Settings(WholesaleDb db, CancellationToken cancellation) =>
            (await db.Database.SqlQueryRaw<SqlServerDatabase>(Sql).ToListAsync(cancellation)).Single();

        /// <summary>What is to be changed.</summary>
        public static IReadOnlyList<string> Problems(SqlServerDatabase database)
        {
            var problems = new List<string>();
            if (database.ReadsCommittedSnapshots == 0)
            {
                problems.Add("Readers would wait for writers, and see changes in halves: "
                    + $"ALTER DATABASE [{database.Name}] SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE;");
            }

            if (database.AllowsSnapshots != 1)
            {
                problems.Add("Price lists could not be read as of one instant: "
                    + $"ALTER DATABASE [{database.Name}] SET ALLOW_SNAPSHOT_ISOLATION ON;");
            }

            if (database.Collation != SqlServerModel.Collation)
            {
                problems.Add($"Codes would compare by the collation {database.Collation} and not byte by byte. On a database without tables: "
                    + $"ALTER DATABASE [{database.Name}] COLLATE {SqlServerModel.Collation};");
            }

            return problems;
        }
    }
}

/// <summary>What SQL Server says of a database.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Collation">Its default collation.</param>
/// <param name="ReadsCommittedSnapshots">1 if READ_COMMITTED_SNAPSHOT is on.</param>
/// <param name="AllowsSnapshots">1 if snapshots are allowed; 2 and 3 while that changes.</param>
internal sealed record SqlServerDatabase(string Name, string Collation, int ReadsCommittedSnapshots, int AllowsSnapshots);
