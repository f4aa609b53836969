using Wholesale.Platform.Database;

namespace Wholesale.Platform;

/// <summary>
/// What load balancers ask, without a key: <c>/health/live</c>, whether the process answers at all, and <c>/health/ready</c>, whether it should get requests.
/// </summary>
public static class Health
{
    /// <summary>How long running requests may take to finish when the process is told to stop.</summary>
    public static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Registers what the endpoints need, and an orderly shutdown: not ready, running requests finished, gone.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configuration">
    /// <c>Shutdown:DelaySeconds</c>, 0 by default: how long to go on taking requests while not ready, so that load balancers notice first.
    /// </param>
    public static void AddHealth(this IServiceCollection services, IConfiguration configuration)
    {
        var delay = TimeSpan.FromSeconds(configuration.GetValue("Shutdown:DelaySeconds", 0));
        services.Configure<HostOptions>(options => options.ShutdownTimeout = ShutdownTimeout + delay);
        services.AddSingleton<Readiness>();
        services.AddHostedService(provider => new Departure(provider.GetRequiredService<Readiness>(), provider.GetRequiredService<Clock>(), delay));
    }

    /// <summary>Maps the endpoints.</summary>
    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/health/live", () => TypedResults.Text("live")).DisableHttpMetrics();
        endpoints.MapGet("/health/ready", async (Readiness readiness, WholesaleDb db, CancellationToken cancellation) =>
            await readiness.Problem(db, cancellation) is { } problem
                ? TypedResults.Text(problem, statusCode: StatusCodes.Status503ServiceUnavailable)
                : TypedResults.Text("ready")).DisableHttpMetrics();
    }

    /// <summary>Goes first when the host stops: the server takes requests until this is done.</summary>
    private sealed class Departure(Readiness readiness, Clock clock, TimeSpan delay) : IHostedLifecycleService
    {
        public async Task StoppingAsync(CancellationToken cancellationToken)
        {
            if (readiness.IsStopping)
            {
                return; // told twice
            }

            readiness.IsStopping = true;
            await Task.Delay(delay, clock.TimeProvider, cancellationToken);
        }

        public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

/// <summary>Whether this process should get requests. Thread-safe.</summary>
public sealed class Readiness(ILogger<Readiness> log)
{
    private volatile bool isStopping;

    /// <summary>Set once, when the process is told to stop.</summary>
    public bool IsStopping
    {
        get => isStopping;
        set => isStopping = value;
    }

    /// <summary>Why it should get none; null if it should.</summary>
    public async ValueTask<string?> Problem(WholesaleDb db, CancellationToken cancellation)
    {
        if (isStopping)
        {
            return "stopping";
        }

        try
        {
            await DatabaseChecks.Answer(db, cancellation);
            return null;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            log.LogError(exception, "The database does not answer.");
            return "the database does not answer";
        }
    }
}
