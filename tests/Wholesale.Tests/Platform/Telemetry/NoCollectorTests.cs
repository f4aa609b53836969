using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Trace;
using Wholesale.Platform.Telemetry;

namespace Wholesale.Tests.Platform.Telemetry;

/// <summary>Requests do not depend on a collector, and without a setting there is nothing at all.</summary>
[Collection(nameof(TelemetryAlone))]
public sealed class NoCollectorTests
{
    private const string Query = "query Alone { markets { name } }";

    [Fact]
    public async Task Without_the_setting_nothing_is_registered_and_nobody_listens()
    {
        var host = new TestHost();
        await host.InitializeAsync();
        try
        {
            await host.Admin(Query);

            Assert.Null(host.Services.GetService<TracerProvider>());
            Assert.Null(host.Services.GetService<StatementSpans>());
            Assert.Empty(host.Services.GetServices<IInterceptor>());
            Assert.Null(Tracing.Source.StartActivity("anything"));
            Assert.Null(RequestTally.Current);
        }
        finally
        {
            await host.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("http/protobuf")]
    [InlineData("grpc")]
    public async Task A_collector_that_is_not_there_fails_no_request_and_keeps_no_host_from_stopping(string protocol)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        await AskAndStop(port, protocol);
    }

    [Theory]
    [InlineData("http/protobuf")]
    [InlineData("grpc")]
    public async Task A_collector_that_takes_everything_and_never_answers_slows_no_request_and_keeps_no_host_from_stopping(string protocol)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        await AskAndStop(((IPEndPoint)listener.LocalEndpoint).Port, protocol);

        Assert.True(listener.Pending()); // it was asked
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4317", "OTEL_EXPORTER_OTLP_ENDPOINT is \"collector:4317\"; it can be a URL that begins with http:// or https://.")]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL", "json", "OTEL_EXPORTER_OTLP_PROTOCOL is \"json\"; it can be \"grpc\" or \"http/protobuf\".")]
    public async Task A_setting_that_cannot_be_stops_the_start(string setting, string value, string message)
    {
        await using var host = new WatchedHost("--OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4317", $"--{setting}", value);

        var error = await Assert.ThrowsAsync<InvalidOperationException>(async () => await host.InitializeAsync());

        Assert.Equal(message, error.Message);
    }

    [Fact]
    public async Task The_standard_switch_turns_all_of_it_off()
    {
        await using var host = new WatchedHost("--OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4317", "--OTEL_SDK_DISABLED", "true");
        await host.InitializeAsync();

        Assert.Null(host.Services.GetService<TracerProvider>());
    }

    [Fact]
    public async Task What_is_not_sampled_is_measured_all_the_same()
    {
        await using var collector = await Collector.Start();
        await using var host = new WatchedHost(
            "--OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address, "--OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf", "--OTEL_TRACES_SAMPLER", "always_off",
            "--OTEL_SERVICE_NAME", "shop", "--OTEL_BSP_SCHEDULE_DELAY", "10", "--OTEL_METRIC_EXPORT_INTERVAL", "50");
        await host.InitializeAsync();

        await host.Admin(Query);

        await Eventually.Holds(() => collector.Points.Any(point => point.Name == "wholesale.cache.lookups" && point.Value > 0));
        Assert.Equal("shop", collector.Resource["service.name"]);
        Assert.Empty(collector.Spans);
    }

    private static async Task AskAndStop(int port, string protocol)
    {
        var host = new WatchedHost(
            "--OTEL_EXPORTER_OTLP_ENDPOINT", $"http://127.0.0.1:{port}", "--OTEL_EXPORTER_OTLP_PROTOCOL", protocol,
            "--OTEL_BSP_SCHEDULE_DELAY", "10", "--OTEL_BSP_MAX_QUEUE_SIZE", "16", "--OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "8", "--OTEL_METRIC_EXPORT_INTERVAL", "50");
        await host.InitializeAsync();
        await host.Admin(Query);
        var asking = Stopwatch.StartNew();
        for (var i = 0; i < 100; i++)
        {
            await host.Admin(Query);
        }

        asking.Stop();
        var stopping = Stopwatch.StartNew();
        await host.DisposeAsync();

        Assert.True(asking.Elapsed < TimeSpan.FromSeconds(15), $"A hundred requests took {asking.Elapsed}.");
        Assert.True(stopping.Elapsed < TimeSpan.FromSeconds(10), $"The host took {stopping.Elapsed} to stop.");
    }

    private sealed class WatchedHost(params string[] settings) : TestHost
    {
        protected override IEnumerable<string> Settings => settings;
    }
}
