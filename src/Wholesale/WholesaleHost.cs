using Wholesale.Companies;
using Wholesale.Demo;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Identity;

namespace Wholesale;

/// <summary>Puts the house together: settings, rooms, database, endpoints. Whatever does not fit stops the start.</summary>
internal static class WholesaleHost
{
    /// <summary>An application that is ready to run: bound, migrated, seeded if it is to be.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="time">Where the time comes from; null: the system.</param>
    /// <param name="add">Adds services that no room has.</param>
    public static async Task<WebApplication> Create(string[] args, TimeProvider? time = null, Action<IServiceCollection>? add = null)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.AddFeatures(builder.Configuration, builder.Environment);
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        add?.Invoke(builder.Services);
        var app = builder.Build();
        app.Services.GetRequiredService<Contracts>(); // what does not fit stops the start before the database is touched
        await app.Services.Prepare();
        if (await DemoSeed.Run(app.Services) is { } keys)
        {
            app.Lifetime.ApplicationStarted.Register(() => keys.Print(app.Urls, Console.Out));
        }

        var commits = app.Services.GetRequiredService<DurableCommits>();
        app.Use((http, next) =>
        {
            http.Response.OnStarting(static commits => ((DurableCommits)commits).Reached().AsTask(), commits); // whatever the answer tells of is on disk
            return next(http);
        });
        app.UseMiddleware<Faults>();
        app.UseCors(); // before credentials: a preflight request has none
        app.MapHealth();
        app.UseWhen(context => !context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal), api => api.UseCredentials());
        app.MapContracts();
        app.MapFeatures();
        return app;
    }

    /// <summary><c>key create --staff</c>: an installation's first key, when nobody has one to create it with.</summary>
    public static async Task<int> RunKeyCommand(string[] args)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders(); // what the command prints is the key, and nothing else
        builder.Services.AddFeatures(builder.Configuration, builder.Environment);
        await using var app = builder.Build();
        await app.Services.Prepare();
        return await KeyCommand.Run(args, app.Services, Console.Out, Console.Error);
    }

    /// <summary><c>migrate</c>: the schema is brought up to date before any node starts, or its script written.</summary>
    public static Task<int> RunMigrateCommand(string[] args)
    {
        var builder = WebApplication.CreateBuilder(); // for the settings alone: what the command prints is what it did, and nothing else
        return MigrateCommand.Run(args, builder.Configuration, builder.Environment, Console.Out, Console.Error);
    }
}
