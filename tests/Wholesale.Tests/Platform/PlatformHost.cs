using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;

namespace Wholesale.Tests.Platform;

/// <summary>
/// The product's services over a database file of one test's own, with a clock that the test moves. No server runs. Given another host to join, it is a second node
/// on that one's file and clock.
/// </summary>
public sealed class PlatformHost : IAsyncDisposable
{
    private readonly PlatformHost? joined;
    private readonly TempDirectory directory;
    private readonly ServiceProvider services;

    public PlatformHost(PlatformHost? joined = null, params IEnumerable<(string Name, string Value)> settings)
    {
        this.joined = joined;
        directory = joined?.directory ?? new();
        Time = joined?.Time ?? new();
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([
                .. directory.Database,
                new("Node:Number", joined is null ? "0" : "1"),
                .. settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))])
            .Build();
        var collection = new ServiceCollection();
        collection.AddLogging();
        collection.AddFeatures(configuration, new Environment(directory.Path));
        collection.Replace(ServiceDescriptor.Singleton<TimeProvider>(Time));
        services = collection.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true, ValidateOnBuild = true });
        using var scope = services.CreateScope();
        scope.ServiceProvider.GetRequiredService<WholesaleDb>().Database.Migrate();
    }

    public FakeTime Time { get; }

    public DateTime Now => Time.GetUtcNow().UtcDateTime;

    public long Statements => Get<StatementCounter>().Total;

    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    /// <summary>What one request would have.</summary>
    public AsyncServiceScope Scope() => services.CreateAsyncScope();

    /// <summary>Works in a scope of its own.</summary>
    public async Task<T> In<T>(Func<IServiceProvider, ValueTask<T>> work)
    {
        await using var scope = Scope();
        return await work(scope.ServiceProvider);
    }

    /// <summary>Writes in a scope of its own.</summary>
    public Task<T> Write<T>(Func<IServiceProvider, ValueTask<T>> work) =>
        In(scope => scope.GetRequiredService<Writes>().Run(Actor.System, () => work(scope)));

    public Task<List<Event>> Events() =>
        In(async scope => await scope.GetRequiredService<WholesaleDb>().Events.OrderBy(e => e.Number).ToListAsync());

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        if (joined is null)
        {
            directory.Dispose();
        }
    }

    /// <summary>Production, with files in a directory.</summary>
    internal sealed class Environment(string path) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = Environments.Production;

        public string ApplicationName { get; set; } = "Wholesale";

        public string ContentRootPath { get; set; } = path;

        public Microsoft.Extensions.FileProviders.IFileProvider ContentRootFileProvider { get; set; } =
            new Microsoft.Extensions.FileProviders.NullFileProvider();
    }
}
