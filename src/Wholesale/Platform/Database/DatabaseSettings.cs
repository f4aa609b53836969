using Microsoft.Data.Sqlite;

namespace Wholesale.Platform.Database;

/// <summary>
/// Where the data is, and what the host does to it when it starts. Read from <c>ConnectionStrings:Wholesale</c>, <c>Database:Provider</c>,
/// <c>Database:Migrate</c>, <c>Database:Demo</c> and <c>Data:Directory</c>, each optional.
/// </summary>
/// <param name="ConnectionString">By default a file in the data directory.</param>
/// <param name="Migrate">Whether to bring the schema up to date; by default only for a new SQLite file in Development.</param>
/// <param name="Demo">
/// Whether to add demo data if the database holds nothing yet; by default in Development. It does not go by the file's being new, so that a start that was
/// killed before it had added them is made good by the next.
/// </param>
public sealed record DatabaseSettings(string ConnectionString, bool Migrate, bool Demo)
{
    /// <summary>Reads the settings, and makes the data directory if the database is to be in it.</summary>
    /// <exception cref="InvalidOperationException">A setting has a value that it cannot have.</exception>
    public static DatabaseSettings Read(IConfiguration configuration, IHostEnvironment environment)
    {
        var provider = configuration["Database:Provider"] ?? "Sqlite";
        if (!provider.Equals("Sqlite", StringComparison.OrdinalIgnoreCase))
        {
            throw new InvalidOperationException($"Database:Provider is \"{provider}\"; it can be \"Sqlite\".");
        }

        var connectionString = configuration.GetConnectionString("Wholesale") ?? FileIn(DataDirectory(configuration, environment));
        var file = new FileInfo(new SqliteConnectionStringBuilder(connectionString).DataSource);
        var isNew = environment.IsDevelopment() && (!file.Exists || file.Length == 0);
        return new DatabaseSettings(
            connectionString,
            configuration.GetValue("Database:Migrate", isNew),
            configuration.GetValue("Database:Demo", environment.IsDevelopment()));
    }

    /// <summary>The directory of files that are not in the database, too; made so that only its owner can read it.</summary>
    public static string DataDirectory(IConfiguration configuration, IHostEnvironment environment)
    {
        var path = Path.Combine(environment.ContentRootPath, configuration["Data:Directory"] ?? "data");
        if (!Directory.Exists(path))
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(path); // inherits the access rights of the directory above
            }
            else
            {
                Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }

        return path;
    }

    private static string FileIn(string directory) =>
        new SqliteConnectionStringBuilder { DataSource = Path.Combine(directory, "wholesale.db") }.ToString();
}
