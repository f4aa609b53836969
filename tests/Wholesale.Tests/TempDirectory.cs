using Microsoft.Data.Sqlite;

namespace Wholesale.Tests;

/// <summary>A directory of one test's own, gone after it.</summary>
public sealed class TempDirectory : IDisposable
{
    private readonly List<string> connectionStrings = [];

    public string Path { get; } = Directory.CreateTempSubdirectory("wholesale-").FullName;

    /// <summary>The connection string of a SQLite file in it.</summary>
    public string Sqlite(string name = "test.db")
    {
        var connectionString = new SqliteConnectionStringBuilder { DataSource = System.IO.Path.Combine(Path, name) }.ToString();
        connectionStrings.Add(connectionString);
        return connectionString;
    }

    /// <summary>Closes the idle connections to its files.</summary>
    public void Release()
    {
        foreach (var connectionString in connectionStrings)
        {
            using var connection = new SqliteConnection(connectionString);
            SqliteConnection.ClearPool(connection);
        }
    }

    public void Dispose()
    {
        Release();
        Directory.Delete(Path, recursive: true);
    }
}
