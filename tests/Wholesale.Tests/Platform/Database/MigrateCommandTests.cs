using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Wholesale.Platform.Database;

namespace Wholesale.Tests.Platform.Database;

public sealed class MigrateCommandTests : IDisposable
{
    private readonly TempDirectory directory = new();
    private readonly StringWriter output = new();
    private readonly StringWriter errors = new();
    private readonly string file;

    public MigrateCommandTests() => file = directory.Sqlite();

    public void Dispose()
    {
        output.Dispose();
        errors.Dispose();
        directory.Dispose();
    }

    [Fact]
    public async Task A_new_file_gets_every_migration_whatever_the_setting_says_and_a_second_run_none()
    {
        var known = Known(DatabaseProvider.Sqlite);

        Assert.Equal(0, await Run([("ConnectionStrings:Wholesale", file), ("Database:Migrate", "false")], "migrate"));
        Assert.Equal(known, await Applied());
        Assert.Equal($"The schema is up to date: {known.Count} migrations were applied, {known[0]} to {known[^1]}.{Environment.NewLine}", Output());

        Assert.Equal(0, await Run([("ConnectionStrings:Wholesale", file)], "migrate"));
        Assert.Equal($"The schema was up to date already: {known[^1]}.{Environment.NewLine}", Output());
        Assert.Empty(errors.ToString());
    }

    [Fact]
    public async Task The_schema_of_a_newer_version_is_left_alone()
    {
        await Run([("ConnectionStrings:Wholesale", file)], "migrate");
        await Execute($"DELETE FROM __EFMigrationsHistory WHERE MigrationId = '{Known(DatabaseProvider.Sqlite)[^1]}'");
        await Execute("INSERT INTO __EFMigrationsHistory VALUES ('29990101000000_Later', '99.0.0')");
        var before = await Applied();
        Output();

        Assert.Equal(1, await Run([("ConnectionStrings:Wholesale", file)], "migrate"));
        Assert.Equal(before, await Applied());
        Assert.Contains("newer than this program, which does not know the migration 29990101000000_Later.", errors.ToString(), StringComparison.Ordinal);
        Assert.Empty(Output());
    }

    [Fact]
    public async Task A_file_that_cannot_be_made_is_an_error_in_one_line()
    {
        var nowhere = new SqliteConnectionStringBuilder { DataSource = Path.Combine(directory.Path, "missing", "wholesale.db") }.ToString();

        Assert.Equal(1, await Run([("ConnectionStrings:Wholesale", nowhere)], "migrate"));
        Assert.Equal($"The schema was not brought up to date: SQLite Error 14: 'unable to open database file'.{Environment.NewLine}", errors.ToString());
        Assert.Empty(Output());
    }

    [Fact]
    public async Task A_setting_that_cannot_be_is_named()
    {
        Assert.Equal(1, await Run([("Database:Provider", "Oracle")], "migrate"));
        Assert.Equal($"Database:Provider is \"Oracle\"; it can be \"Sqlite\" or \"SqlServer\".{Environment.NewLine}", errors.ToString());
    }

    [Fact]
    public async Task The_script_for_SQL_Server_holds_every_migration_and_is_the_same_twice()
    {
        Assert.Equal(0, await Run([("Database:Provider", "SqlServer")], "migrate", "--script"));
        var script = Output();
        await Run([("Database:Provider", "SqlServer")], "migrate", "--script");

        Assert.Equal(script, Output());
        Assert.StartsWith("-- ", script, StringComparison.Ordinal);
        Assert.Contains("SET QUOTED_IDENTIFIER ON;", script, StringComparison.Ordinal);
        Assert.Contains("CREATE TABLE [__EFMigrationsHistory]", script, StringComparison.Ordinal);
        Assert.All(Known(DatabaseProvider.SqlServer), migration =>
        {
            Assert.Contains($"WHERE [MigrationId] = N'{migration}'", script, StringComparison.Ordinal);
            Assert.Contains($"VALUES (N'{migration}', ", script, StringComparison.Ordinal);
        });
        Assert.Empty(errors.ToString());
    }

    [Fact]
    public async Task There_is_no_script_for_SQLite()
    {
        Assert.Equal(1, await Run([], "migrate", "--script"));
        Assert.StartsWith("There are scripts for SQL Server only", errors.ToString(), StringComparison.Ordinal);
        Assert.Empty(Output());
    }

    [Theory]
    [InlineData("migrate", "back")]
    [InlineData("migrate", "--script", "file.sql")]
    public async Task Other_words_are_answered_with_the_usage(params string[] args)
    {
        Assert.Equal(2, await Run([], args));
        Assert.Equal($"Usage: migrate [--script]{Environment.NewLine}", errors.ToString());
        Assert.Empty(Output());
    }

    [Fact]
    public void Only_the_word_migrate_makes_a_command()
    {
        Assert.True(MigrateCommand.IsMeant(["migrate", "oops"]));
        Assert.False(MigrateCommand.IsMeant([]));
        Assert.False(MigrateCommand.IsMeant(["--Database:Migrate", "true"]));
    }

    private static List<string> Known(DatabaseProvider provider)
    {
        using WholesaleDb db = provider == DatabaseProvider.SqlServer ? new SqlServerDesignTime().CreateDbContext([]) : new SqliteDesignTime().CreateDbContext([]);
        return [.. db.Database.GetMigrations()];
    }

    private Task<int> Run(IEnumerable<(string Name, string Value)> settings, params string[] args) => MigrateCommand.Run(
        args,
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))).Build(),
        new PlatformHost.Environment(directory.Path),
        output,
        errors);

    private string Output()
    {
        var text = output.ToString();
        output.GetStringBuilder().Clear();
        return text;
    }

    private async Task<List<string>> Applied()
    {
        await using var connection = new SqliteConnection(file);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT MigrationId FROM __EFMigrationsHistory ORDER BY MigrationId";
        await using var reader = await command.ExecuteReaderAsync();
        var applied = new List<string>();
        while (await reader.ReadAsync())
        {
            applied.Add(reader.GetString(0));
        }

        return applied;
    }

    private async Task Execute(string sql)
    {
        await using var connection = new SqliteConnection(file);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
