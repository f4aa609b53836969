using System.Globalization;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;

namespace Wholesale.Platform.Database;

/// <summary>The databases that there are statements and migrations for.</summary>
public enum DatabaseProvider
{
    /// <summary>One file, beside the program or anywhere.</summary>
    Sqlite,

    /// <summary>SQL Server 2019 or later, or Azure SQL.</summary>
    SqlServer,
}

/// <summary>
/// Where the data is, and what the host does to it when it starts. Read from <c>ConnectionStrings:Wholesale</c>, <c>Database:*</c> and
/// <c>Data:Directory</c>, each optional but SQL Server's connection string.
/// </summary>
/// <param name="Provider">Which database it is; by default SQLite.</param>
/// <param name="ConnectionString">By default a file in the data directory. SQL Server's has the settings of the pool in it.</param>
/// <param name="Migrate">Whether to bring the schema up to date at start; by default only in Development.</param>
/// <param name="Demo">Whether to fill a database in which nothing ever happened with demo data; by default only in Development.</param>
/// <param name="CommandTimeoutSeconds">How long SQL Server may take over one statement.</param>
/// <param name="MaxBatchSize">How many statements of the change tracker go to SQL Server at once; null: as many as EF Core finds best.</param>
/// <param name="MaxRetries">How often a read that SQL Server could not answer, or a mutation that it did not commit, is tried again; 0: never.</param>
public sealed record DatabaseSettings(
    DatabaseProvider Provider, string ConnectionString, bool Migrate, bool Demo, int CommandTimeoutSeconds = 30, int? MaxBatchSize = null, int MaxRetries = 3)
{
    /// <summary>Reads the settings, and makes the data directory if the database is to be in it.</summary>
    /// <exception cref="InvalidOperationException">A setting has a value that it cannot have, or SQL Server's connection string is missing.</exception>
    public static DatabaseSettings Read(IConfiguration configuration, IHostEnvironment environment)
    {
        var provider = ProviderOf(configuration);
        var isDevelopment = environment.IsDevelopment();
        return new DatabaseSettings(
            provider,
            provider == DatabaseProvider.SqlServer ? OfSqlServer(configuration) : OfSqlite(configuration, environment),
            configuration.GetValue("Database:Migrate", isDevelopment),
            configuration.GetValue("Database:Demo", isDevelopment),
            Number(configuration, "CommandTimeoutSeconds", 1, 3600) ?? 30,
            Number(configuration, "MaxBatchSize", 1, 1000),
            Number(configuration, "MaxRetries", 0, 10) ?? 3);
    }

    /// <summary>Which database it is: <c>Database:Provider</c>.</summary>
    /// <exception cref="InvalidOperationException">It is none that there is.</exception>
    public static DatabaseProvider ProviderOf(IConfiguration configuration) =>
        (configuration["Database:Provider"] ?? nameof(DatabaseProvider.Sqlite)).ToUpperInvariant() switch
        {
            "SQLITE" => DatabaseProvider.Sqlite,
            "SQLSERVER" => DatabaseProvider.SqlServer,
            _ => throw new InvalidOperationException(
                $"Database:Provider is \"{configuration["Database:Provider"]}\"; it can be \"Sqlite\" or \"SqlServer\"."),
        };

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

    private static string OfSqlite(IConfiguration configuration, IHostEnvironment environment) =>
        configuration.GetConnectionString("Wholesale")
        ?? new SqliteConnectionStringBuilder { DataSource = Path.Combine(DataDirectory(configuration, environment), "wholesale.db") }.ToString();

    /// <summary>The connection string, with what the settings say of the pool and of connecting.</summary>
    private static string OfSqlServer(IConfiguration configuration)
    {
        if (configuration.GetConnectionString("Wholesale") is not { Length: > 0 } given)
        {
            throw new InvalidOperationException("Database:Provider is \"SqlServer\", so ConnectionStrings:Wholesale must say which server and database.");
        }

        var connection = Parsed(given) ?? throw new InvalidOperationException(
            "ConnectionStrings:Wholesale is no connection string of SQL Server: a keyword is unknown, a value is not one of those it can have, "
            + "or a value with ; or = or a quote in it is not in quotes. What it holds is not shown, for it holds a password.");
        connection.MultipleActiveResultSets = false; // with it there are no savepoints, which undo a part of a write
        connection.MaxPoolSize = Number(configuration, "MaxPoolSize", 1, 32_767) ?? connection.MaxPoolSize;
        connection.ConnectTimeout = Number(configuration, "ConnectTimeoutSeconds", 1, 600) ?? connection.ConnectTimeout;
        if (!connection.ShouldSerialize("Application Name"))
        {
            connection.ApplicationName = "Wholesale";
        }

        return connection.ToString();
    }

    /// <summary>
    /// Null for what cannot be read. What the client says of it is not passed on: a password that is not in quotes can be cut anywhere, and its rest be named as an
    /// unknown keyword.
    /// </summary>
    private static SqlConnectionStringBuilder? Parsed(string connectionString)
    {
        try
        {
            return new SqlConnectionStringBuilder(connectionString);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or OverflowException)
        {
            return null;
        }
    }

    private static int? Number(IConfiguration configuration, string name, int least, int most) => configuration[$"Database:{name}"] switch
    {
        null or "" => null,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most => number,
        var text => throw new InvalidOperationException($"Database:{name} is \"{text}\"; it can be a number from {least} to {most}."),
    };
}
