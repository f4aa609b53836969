using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Wholesale.Platform.Database;

namespace Wholesale.Tests.Platform.Database;

/// <summary>Which contexts repeat a statement, asked of contexts that never connect.</summary>
public sealed class LongReadsTests
{
    [Fact]
    public async Task On_SQL_Server_long_reads_have_a_context_that_repeats_nothing()
    {
        await using var services = Services(new DatabaseSettings(DatabaseProvider.SqlServer, "Server=nowhere", Migrate: false, Demo: false));
        await using var scope = services.CreateAsyncScope();

        var requests = scope.ServiceProvider.GetRequiredService<WholesaleDb>();
        var reads = scope.ServiceProvider.GetRequiredService<LongReads>().Db;

        Assert.NotSame(requests, reads);
        Assert.True(requests.Database.CreateExecutionStrategy().RetriesOnFailure);
        Assert.False(reads.Database.CreateExecutionStrategy().RetriesOnFailure);
    }

    [Fact]
    public async Task With_no_retries_allowed_requests_repeat_nothing_either()
    {
        await using var services = Services(new DatabaseSettings(DatabaseProvider.SqlServer, "Server=nowhere", Migrate: false, Demo: false, MaxRetries: 0));
        await using var scope = services.CreateAsyncScope();

        Assert.False(scope.ServiceProvider.GetRequiredService<WholesaleDb>().Database.CreateExecutionStrategy().RetriesOnFailure);
    }

    [Fact]
    public async Task On_SQLite_the_scope_has_one_context()
    {
        await using var services = Services(new DatabaseSettings(DatabaseProvider.Sqlite, "Data Source=nowhere.db", Migrate: false, Demo: false));
        await using var scope = services.CreateAsyncScope();

        Assert.Same(scope.ServiceProvider.GetRequiredService<WholesaleDb>(), scope.ServiceProvider.GetRequiredService<LongReads>().Db);
    }

    private static ServiceProvider Services(DatabaseSettings settings)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.ClearProviders());
        services.AddDatabase(settings);
        return services.BuildServiceProvider();
    }
}
