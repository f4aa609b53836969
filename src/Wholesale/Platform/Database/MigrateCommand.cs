using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;

namespace Wholesale.Platform.Database;

/// <summary>
/// The command line <c>migrate [--script]</c>: the schema is brought up to date as a step of its own, whatever <c>Database:Migrate</c> says, or what would do that on
/// SQL Server is written as a script.
/// </summary>
/// <param name="IsScript">Whether only the script is written. It needs no database and no connection string.</param>
public sealed record MigrateCommand(bool IsScript)
{
    private const string Usage = "Usage: migrate [--script]";

    // sqlcmd leaves quoted identifiers off, without which no filtered index can be made; and without the second a statement that fails would not keep those behind it
    // in its batch from being committed.
    private const string ScriptHead = """
        -- The schema of Wholesale on SQL Server. What is applied already is passed over, so it can be run on any version before this one, and again.
        -- Run it as one who may change the schema, and stop at the first error: sqlcmd -b -i wholesale-sqlserver.sql -d DATABASE
        SET QUOTED_IDENTIFIER ON;
        SET XACT_ABORT ON;
        GO


        """;

    /// <summary>Whether the command line is this one, well-formed or not.</summary>
    public static bool IsMeant(string[] args) => args is ["migrate", ..];

    /// <summary>Brings the schema up to date and says in one line what was done; or writes the script.</summary>
    /// <returns>The process's exit code: 0 if that was done, 1 if not, 2 if the words were not understood.</returns>
    public static async Task<int> Run(
        string[] args, IConfiguration configuration, IHostEnvironment environment, TextWriter output, TextWriter errors, CancellationToken cancellation = default)
    {
        if (Parse(args) is not { } command)
        {
            await errors.WriteLineAsync(Usage);
            return 2;
        }

        try
        {
            await output.WriteAsync(command.IsScript
                ? Script(DatabaseSettings.ProviderOf(configuration))
                : await Migrate(DatabaseSettings.Read(configuration, environment), cancellation) + Environment.NewLine);
            return 0;
        }
        catch (Exception exception) when (exception is InvalidOperationException or DbException or RetryLimitExceededException)
        {
            await errors.WriteLineAsync(exception is InvalidOperationException
                ? exception.Message
                : $"The schema was not brought up to date: {exception.GetBaseException().Message}");
            return 1;
        }
    }

    /// <summary>Reads the words; null if they are not understood.</summary>
    public static MigrateCommand? Parse(string[] args) => args switch
    {
        ["migrate"] => new MigrateCommand(IsScript: false),
        ["migrate", "--script"] => new MigrateCommand(IsScript: true),
        _ => null,
    };

    private static async Task<string> Migrate(DatabaseSettings settings, CancellationToken cancellation)
    {
        await using var db = DatabaseHosting.Open(settings);
        db.Database.SetCommandTimeout(0); // an index on a large table takes as long as it takes
        var missing = await db.Migrate(cancellation);
        await DatabaseChecks.Run(db, cancellation);
        return missing switch
        {
            [] => $"The schema was up to date already: {db.Database.GetMigrations().Last()}.",
            [var one] => $"The schema is up to date: 1 migration was applied, {one}.",
            _ => $"The schema is up to date: {missing.Count} migrations were applied, {missing[0]} to {missing[^1]}.",
        };
    }

    private static string Script(DatabaseProvider provider)
    {
        if (provider != DatabaseProvider.SqlServer)
        {
            throw new InvalidOperationException("There are scripts for SQL Server only (Database:Provider): a file of SQLite is brought up to date by migrate itself.");
        }

        using var db = new SqlServerDesignTime().CreateDbContext([]);
        return ScriptHead + db.GetService<IMigrator>().GenerateScript(options: MigrationsSqlGenerationOptions.Idempotent);
    }
}
