using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Wholesale.Platform.Database;

/// <summary>The database in the host.</summary>
public static class DatabaseHosting
{
    private static readonly Lazy<IModel> SharedModel = new(() =>
    {
        using var db = new SqliteDesignTime().CreateDbContext([]);
        return db.Model;
    });

    /// <summary>Compiled queries are static and belong to one model, so all contexts of a process share one.</summary>
    internal static IModel Model => SharedModel.Value;

    /// <summary>Registers the context: one a scope, taken from a pool.</summary>
    public static void AddDatabase(this IServiceCollection services, DatabaseSettings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton<StatementCounter>();
        services.AddSingleton<WriteGate>();
        services.AddPooledDbContextFactory<SqliteWholesaleDb>((provider, options) => options
            .UseWholesaleSqlite(settings.ConnectionString)
            .UseModel(Model)
            .AddInterceptors(provider.GetRequiredService<StatementCounter>()));
        services.AddScoped<WholesaleDb>(provider => provider.GetRequiredService<IDbContextFactory<SqliteWholesaleDb>>().CreateDbContext());
    }

    /// <summary>Brings the schema up to date, if the settings say so.</summary>
    public static async Task Migrate(this IServiceProvider services, CancellationToken cancellation = default)
    {
        if (services.GetRequiredService<DatabaseSettings>().Migrate)
        {
            await using var scope = services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<WholesaleDb>().Database.MigrateAsync(cancellation);
        }
    }
}

/// <summary>Gives the migrations tool its context; it never opens a database.</summary>
internal sealed class SqliteDesignTime : IDesignTimeDbContextFactory<SqliteWholesaleDb>
{
    public SqliteWholesaleDb CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<SqliteWholesaleDb>();
        options.UseWholesaleSqlite("Data Source=design-time.db");
        return new SqliteWholesaleDb(options.Options);
    }
}
