using System.Reflection;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.EntityFrameworkCore.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Wholesale.Platform.Events;
using Wholesale.Platform.Identity;

namespace Wholesale.Platform.Telemetry;

/// <summary>
/// Traces, metrics and logs by OTLP, as OpenTelemetry's own settings say: <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> turns them on, and without it nothing of this is there. The
/// names are in docs/telemetry.md.
/// </summary>
public static class TelemetryHosting
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string Protocol = "OTEL_EXPORTER_OTLP_PROTOCOL";

    /// <summary>Registers it, if there is somewhere to send it.</summary>
    /// <exception cref="InvalidOperationException">A setting has a value that it cannot have.</exception>
    public static void AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        if (configuration[Endpoint] is not { Length: > 0 } endpoint || string.Equals(configuration["OTEL_SDK_DISABLED"], "true", StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        Check(endpoint, configuration[Protocol]);
        services.AddSingleton<StatementSpans>();
        services.AddSingleton<IInterceptor>(provider => provider.GetRequiredService<StatementSpans>());
        services.AddSingleton(provider => new OperationTelemetry(
            provider.GetRequiredService<CommittedEvents>(), configuration.GetValue("Telemetry:OperationNames", false)));
        services.AddSingleton<IStartupFilter, RequestsTallied>();
        services.AddHostedService<LastExport>();
        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("wholesale", serviceVersion: Version(), serviceInstanceId: configuration["Node:Number"] ?? "0").AddEnvironmentVariableDetector())
            .WithTracing(tracing => tracing.AddSource(Tracing.Name).AddAspNetCoreInstrumentation(options =>
            {
                options.Filter = http => !http.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal);
                options.EnrichWithHttpResponse = (span, response) => span.DisplayName = response.HttpContext.Features.Get<RequestTally>()?.SpanName ?? span.DisplayName;
            }))
            .WithMetrics(metrics => metrics.AddMeter(
                Tracing.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.EntityFrameworkCore", "System.Runtime"))
            .WithLogging(configureBuilder: null, options => options.IncludeFormattedMessage = true)
            .UseOtlpExporter();
    }

    private static void Check(string endpoint, string? protocol)
    {
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            throw new InvalidOperationException($"{Endpoint} is \"{endpoint}\"; it can be a URL that begins with http:// or https://.");
        }

        if (protocol is not (null or "" or "grpc" or "http/protobuf"))
        {
            throw new InvalidOperationException($"{Protocol} is \"{protocol}\"; it can be \"grpc\" or \"http/protobuf\".");
        }
    }

    private static string Version() => typeof(TelemetryHosting).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>Stands before everything else, since the look-up of a credential counts, too.</summary>
    private sealed class RequestsTallied : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(Tally);
            next(app);
        };

        private static async Task Tally(HttpContext http, RequestDelegate next)
        {
            var tally = RequestTally.Begin(http.Features.Get<IHttpActivityFeature>()?.Activity);
            http.Features.Set(tally);
            try
            {
                await next(http);
            }
            finally
            {
                if (tally.Span is { IsAllDataRequested: true } span)
                {
                    span.SetTag("wholesale.principal.kind", span.GetTagItem("wholesale.principal.kind") ?? OperationTelemetry.KindOf(http.Principal()));
                }

                tally.Close();
            }
        }
    }

    /// <summary>
    /// Sends what there is when the host has stopped, all three at once and for a short time: a collector that does not answer must not keep a process from ending.
    /// </summary>
    private sealed class LastExport(IServiceProvider services) : IHostedLifecycleService
    {
        private const int Milliseconds = 2_000;

        public Task StoppedAsync(CancellationToken cancellationToken) => Task.WhenAll(
            Task.Run(() => services.GetService<TracerProvider>()?.Shutdown(Milliseconds), cancellationToken),
            Task.Run(() => services.GetService<MeterProvider>()?.Shutdown(Milliseconds), cancellationToken),
            Task.Run(() => services.GetService<LoggerProvider>()?.Shutdown(Milliseconds), cancellationToken));

        public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
