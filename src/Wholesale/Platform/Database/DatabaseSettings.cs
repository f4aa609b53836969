using Microsoft.Data.Sqlite;

namespace Wholesale.Platform.Database;

/// <summary>
/// Where the data is, and what the host does to it when it starts. Read from <c>ConnectionStrings:Wholesale</c>, <c>Database:Provider</c>,
/// <c>Database:Migrate</c>, <c>Database:Demo</c> and <c>Data:Directory</c>, each optional.
/// </summary>
/// <param name="ConnectionString">By default a file in the data directory.</param>
/// <param name="Migrate">Whether to bring the schema up to date at start; by default only in Development.</param>
/// <param name="Demo">Whether to fill a database in which nothing ever happened with demo data; by default only in Development.</param>
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
        var isDevelopment = environment.IsDevelopment();
        return new DatabaseSettings(
            connectionString,
            configuration.GetValue("Database:Migrate", isDevelopment),
            configuration.GetValue("Database:Demo", isDevelopment));
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
