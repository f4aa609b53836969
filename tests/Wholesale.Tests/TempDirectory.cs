using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Wholesale.Platform.Database;

namespace Wholesale.Tests;

/// <summary>A directory of one test's own, gone after it, and the database that belongs to it: a file in it, or one of <see cref="SqlServerForTests"/>.</summary>
public sealed class TempDirectory : IDisposable
{
    private readonly List<string> files = [];
    private string? taken;

    public string Path { get; } = Directory.CreateTempSubdirectory("wholesale-").FullName;

    /// <summary>The database, without tables on SQLite and with all of them on SQL Server, as the host's settings name it.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> Database
    {
        get
        {
            var settings = DatabaseSettings;
            return
            [
                new("ConnectionStrings:Wholesale", settings.ConnectionString),
                new("Database:Provider", settings.Provider.ToString()),
                new("Database:MaxBatchSize", settings.MaxBatchSize?.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            ];
        }
    }

    /// <summary>The same on a command line.</summary>
    public IEnumerable<string> DatabaseArguments =>
        Database.Where(setting => setting.Value is not null).Select(setting => $"--{setting.Key}={setting.Value}");

    /// <inheritdoc cref="Database"/>
    public DatabaseSettings DatabaseSettings => SqlServerForTests.IsUsed
        ? SqlServerForTests.SettingsOf(taken ??= SqlServerForTests.Take())
        : new DatabaseSettings(DatabaseProvider.Sqlite, Sqlite(), Migrate: false, Demo: false);

    /// <summary>The connection string of a SQLite file in it.</summary>
    public string Sqlite(string name = "test.db")
    {
        var connectionString = new SqliteConnectionStringBuilder { DataSource = System.IO.Path.Combine(Path, name) }.ToString();
        files.Add(connectionString);
        return connectionString;
    }

    /// <summary>A context on the database.</summary>
    public WholesaleDb Open(params IEnumerable<IInterceptor> interceptors) => DatabaseHosting.Open(DatabaseSettings, interceptors);

    /// <summary>Closes the idle connections to its files.</summary>
    public void Release()
    {
        foreach (var connectionString in files)
        {
            using var connection = new SqliteConnection(connectionString);
            SqliteConnection.ClearPool(connection);
        }
    }

    public void Dispose()
    {
        Release();
        if (taken is not null)
        {
            SqlServerForTests.Return(taken);
            taken = null;
        }

        Directory.Delete(Path, recursive: true);
    }
}
