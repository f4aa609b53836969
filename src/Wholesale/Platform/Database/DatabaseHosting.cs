using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Wholesale.Platform.Database;

/// <summary>The database in the host.</summary>
public static class DatabaseHosting
{
    private static readonly Lazy<IModel> OfSqlite = new(() => ModelBy(new SqliteDesignTime()));
    private static readonly Lazy<IModel> OfSqlServer = new(() => ModelBy(new SqlServerDesignTime()));

    /// <summary>Compiled queries are static and belong to one model, so all contexts of a process share one, and a process uses one kind of database.</summary>
    internal static IModel ModelOf(DatabaseProvider provider) => (provider == DatabaseProvider.SqlServer ? OfSqlServer : OfSqlite).Value;

    /// <summary>Registers the context: one a scope, taken from a pool. Interceptors that are registered as <see cref="IInterceptor"/> watch it, too.</summary>
    public static void AddDatabase(this IServiceCollection services, DatabaseSettings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton<StatementCounter>();
        services.AddSingleton<WriteGate>();
        services.AddSingleton<HostConnections>();
        services.AddSingleton(provider => provider.GetRequiredService<WriteGate>().Commits);
        switch (settings.Provider)
        {
            case DatabaseProvider.SqlServer:
                services.AddContext<SqlServerWholesaleDb>(settings, options => options.UseWholesaleSqlServer(settings));
                services.AddSingleton(provider => OptionsOfLongReads(settings, provider));
                services.AddScoped(provider => new LongReads(new SqlServerWholesaleDb(provider.GetRequiredService<LongReadOptions>().Options), isOwner: true));
                break;
            default:
                services.AddContext<SqliteWholesaleDb>(settings, options => options.UseWholesaleSqlite(settings.ConnectionString, isFlushed: true));
                services.AddScoped(provider => new LongReads(provider.GetRequiredService<WholesaleDb>(), isOwner: false));
                break;
        }
    }

    /// <summary>Brings the schema up to date, if the settings say so, and makes sure that this program can work on the database.</summary>
    /// <exception cref="InvalidOperationException">It cannot: its schema is of another version, or a setting of the database is not as it must be.</exception>
    public static async Task Prepare(this IServiceProvider services, CancellationToken cancellation = default)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WholesaleDb>();
        if (services.GetRequiredService<DatabaseSettings>().Migrate)
        {
            await db.Migrate(cancellation);
        }

        await DatabaseChecks.Run(db, cancellation);
    }

    /// <summary>Brings the schema up to date.</summary>
    /// <returns>The migrations that were missing.</returns>
    /// <exception cref="InvalidOperationException">The database cannot be reached, or its schema is newer than this program.</exception>
    internal static async Task<IReadOnlyList<string>> Migrate(this WholesaleDb db, CancellationToken cancellation)
    {
        var missing = await DatabaseChecks.Missing(db, cancellation);
        await db.Database.MigrateAsync(cancellation);
        SqlServerSetup.ForgetConnections(db); // a session learns when it begins in which encoding text is sent, and the first migration may have changed that
        return missing;
    }

    /// <summary>A context of its own, outside any host.</summary>
    internal static WholesaleDb Open(DatabaseSettings settings, params IEnumerable<IInterceptor> interceptors) => settings.Provider == DatabaseProvider.SqlServer
        ? new SqlServerWholesaleDb(Options<SqlServerWholesaleDb>(options => options.UseWholesaleSqlServer(settings), settings.Provider, interceptors))
        : new SqliteWholesaleDb(Options<SqliteWholesaleDb>(options => options.UseWholesaleSqlite(settings.ConnectionString), settings.Provider, interceptors));

    private static DbContextOptions<T> Options<T>(Action<DbContextOptionsBuilder> setUp, DatabaseProvider provider, IEnumerable<IInterceptor> interceptors) where T : WholesaleDb
    {
        var options = new DbContextOptionsBuilder<T>();
        setUp(options);
        return options.UseModel(ModelOf(provider)).AddInterceptors(interceptors).Options;
    }

    private static void AddContext<T>(this IServiceCollection services, DatabaseSettings settings, Action<DbContextOptionsBuilder> setUp) where T : WholesaleDb
    {
        services.AddPooledDbContextFactory<T>(
            (provider, options) =>
            {
                setUp(options);
                options.UseModel(ModelOf(settings.Provider)).AddInterceptors(InterceptorsOf(provider)).EnableThreadSafetyChecks(AreThreadsChecked(provider));
            },
            HostConnections.Maximum);
        services.AddScoped<ScopeConnection>();
        services.AddScoped(provider => provider.GetRequiredService<ScopeConnection>().Adopt(provider.GetRequiredService<IDbContextFactory<T>>().CreateDbContext()));
    }

    private static IEnumerable<IInterceptor> InterceptorsOf(IServiceProvider provider) =>
        [provider.GetRequiredService<StatementCounter>(), .. provider.GetServices<IInterceptor>()];

    /// <summary>Whether EF Core looks at each row whether two threads use its context: only a change of the code makes them, so that it is for developers and tests.</summary>
    private static bool AreThreadsChecked(IServiceProvider provider) => provider.GetService<IHostEnvironment>()?.IsProduction() is not true;

    private static LongReadOptions OptionsOfLongReads(DatabaseSettings settings, IServiceProvider provider) => new(Options<SqlServerWholesaleDb>(
        options => options.UseWholesaleSqlServer(settings, isLong: true).EnableThreadSafetyChecks(AreThreadsChecked(provider)), settings.Provider, InterceptorsOf(provider)));

    private sealed record LongReadOptions(DbContextOptions<SqlServerWholesaleDb> Options);

    private static IModel ModelBy<T>(IDesignTimeDbContextFactory<T> factory) where T : WholesaleDb
    {
        using var db = factory.CreateDbContext([]);
        return db.Model;
    }
}

/// <summary>Gives the migrations tool its context on SQLite; it never opens a database.</summary>
internal sealed class SqliteDesignTime : IDesignTimeDbContextFactory<SqliteWholesaleDb>
{
    public SqliteWholesaleDb CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<SqliteWholesaleDb>();
        options.UseWholesaleSqlite("Data Source=design-time.db");
        return new SqliteWholesaleDb(options.Options);
    }
}

/// <summary>Gives the migrations tool its context on SQL Server; it never opens a database.</summary>
internal sealed class SqlServerDesignTime : IDesignTimeDbContextFactory<SqlServerWholesaleDb>
{
    public SqlServerWholesaleDb CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<SqlServerWholesaleDb>();
        options.UseWholesaleSqlServer(new DatabaseSettings(DatabaseProvider.SqlServer, "Server=design-time", Migrate: false, Demo: false));
        return new SqlServerWholesaleDb(options.Options);
    }
}
