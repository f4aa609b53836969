using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Wholesale.Demo;
using Wholesale.Platform.Events;

namespace Wholesale.Tests.Demo;

/// <summary>The product's services over a data directory of one test's own. No server runs.</summary>
public sealed class DemoHost : IAsyncDisposable
{
    private readonly TempDirectory directory = new();
    private readonly ServiceProvider services;

    /// <param name="from">Begins with a copy of this directory's files; null: with an empty database.</param>
    /// <param name="environmentName">Development, unless said otherwise.</param>
    /// <param name="settings">Settings of the configuration.</param>
    public DemoHost(string? from = null, string environmentName = "Development", params KeyValuePair<string, string?>[] settings)
    {
        if (from is not null)
        {
            CopyFiles(from, directory.Path);
        }

        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([.. directory.Database, new("Data:Directory", directory.Path), .. settings])
            .Build();
        var environment = new Environment(directory.Path) { EnvironmentName = environmentName };
        var collection = new ServiceCollection();
        collection.AddLogging();
        collection.AddFeatures(configuration, environment);
        collection.AddSingleton<IConfiguration>(configuration);
        collection.AddSingleton<IHostEnvironment>(environment);
        services = collection.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
        using var scope = services.CreateScope();
        scope.ServiceProvider.GetRequiredService<WholesaleDb>().Database.Migrate();
    }

    public string Path => directory.Path;

    public string KeyFile => System.IO.Path.Combine(Path, "demo-keys.json");

    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    /// <summary>What a start does.</summary>
    public ValueTask<DemoKeys?> Start() => DemoSeed.Run(services);

    /// <summary>Works in a scope of its own.</summary>
    public async Task<T> In<T>(Func<IServiceProvider, ValueTask<T>> work)
    {
        await using var scope = services.CreateAsyncScope();
        return await work(scope.ServiceProvider);
    }

    /// <summary>Reads in a scope of its own.</summary>
    public Task<T> Read<T>(Func<WholesaleDb, Task<T>> query) =>
        In(async scope => await query(scope.GetRequiredService<WholesaleDb>()));

    /// <summary>Writes in a scope of its own.</summary>
    public Task<T> Write<T>(Func<IServiceProvider, ValueTask<T>> work) =>
        In(scope => scope.GetRequiredService<Writes>().Run(Actor.System, () => work(scope)));

    /// <summary>Copies a data directory as a killed process would leave it: what is in the files, and nothing of what is in memory.</summary>
    public static void CopyFiles(string from, string to)
    {
        // The -shm file is memory shared by the processes at work on a database; the next one makes it of the log.
        foreach (var file in Directory.GetFiles(from).Where(file => !file.EndsWith("-shm", StringComparison.Ordinal)))
        {
            File.Copy(file, System.IO.Path.Combine(to, System.IO.Path.GetFileName(file)));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        directory.Dispose();
    }

    private sealed class Environment(string path) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = "";

        public string ApplicationName { get; set; } = "Wholesale";

        public string ContentRootPath { get; set; } = path;

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}

/// <summary>The tests that share one seeded database; seeding takes seconds.</summary>
[CollectionDefinition(nameof(SeededDemo))]
public sealed class SeededDemoTests : ICollectionFixture<SeededDemo>;

/// <summary>A host that was started once on an empty database. Tests that change something work on a copy of it.</summary>
public sealed class SeededDemo : IAsyncLifetime
{
    public DemoHost Host { get; } = new();

    public DemoKeys Keys { get; private set; } = null!;

    /// <summary>A host that begins with what the first start left.</summary>
    public DemoHost Again() => new(Host.Path);

    public async ValueTask InitializeAsync() => Keys = await Host.Start() ?? throw new InvalidOperationException("No demo was made.");

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
