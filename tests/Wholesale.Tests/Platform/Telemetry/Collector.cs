using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Wholesale.Tests.Platform.Telemetry;

/// <summary>An OpenTelemetry collector of a test's own: OTLP over HTTP on a free loopback port. Thread-safe.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication app;

    private Collector(WebApplication app) => this.app = app;

    public string Address => app.Urls.Single();

    public ConcurrentQueue<CollectedSpan> Spans { get; } = [];

    public ConcurrentQueue<CollectedPoint> Points { get; } = [];

    public ConcurrentQueue<CollectedLog> Logs { get; } = [];

    /// <summary>What the sender says it is.</summary>
    public Dictionary<string, object> Resource { get; private set; } = [];

    public static async Task<Collector> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton(new ActivitySource("Collector")); // or what it receives would be a trace, too
        var collector = new Collector(builder.Build());
        collector.app.MapPost("/v1/traces", http => collector.Read(http, collector.ReadSpans));
        collector.app.MapPost("/v1/metrics", http => collector.Read(http, collector.ReadPoints));
        collector.app.MapPost("/v1/logs", http => collector.Read(http, collector.ReadLogs));
        await collector.app.StartAsync();
        return collector;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task Read(HttpContext http, Action<ProtoMessage> read)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        read(new ProtoMessage(body.ToArray()));
        http.Response.ContentType = "application/x-protobuf";
    }

    // opentelemetry/proto/trace/v1/trace.proto
    private void ReadSpans(ProtoMessage request)
    {
        foreach (var (scope, span) in Scopes(request, 2))
        {
            Spans.Enqueue(new CollectedSpan(
                scope, span.Hex(1), span.Hex(2), span.Hex(4), span.Text(5), (int)span.Number(6), span.Attributes(9),
                [.. span.Messages(11).Select(e => (e.Text(2), e.Attributes(3)))], [.. span.Messages(13).Select(link => link.Hex(1))],
                span.Message(15).Number(3) == 2, span.Message(15).Text(2)));
        }
    }

    // opentelemetry/proto/metrics/v1/metrics.proto
    private void ReadPoints(ProtoMessage request)
    {
        foreach (var (scope, metric) in Scopes(request, 2))
        {
            foreach (var point in metric.Message(5).Messages(1).Concat(metric.Message(7).Messages(1)))
            {
                Points.Enqueue(new CollectedPoint(scope, metric.Text(1), metric.Text(3), point.Attributes(7), point.Has(6) ? (long)point.Number(6) : point.Double(4)));
            }

            foreach (var point in metric.Message(9).Messages(1))
            {
                Points.Enqueue(new CollectedPoint(scope, metric.Text(1), metric.Text(3), point.Attributes(9), point.Number(4)));
            }
        }
    }

    // opentelemetry/proto/logs/v1/logs.proto
    private void ReadLogs(ProtoMessage request)
    {
        foreach (var (scope, log) in Scopes(request, 2))
        {
            Logs.Enqueue(new CollectedLog(scope, log.Text(3), log.Message(5).Text(1), log.Hex(9), log.Attributes(6)));
        }
    }

    private IEnumerable<(string Scope, ProtoMessage Item)> Scopes(ProtoMessage request, int field)
    {
        foreach (var resource in request.Messages(1))
        {
            Resource = resource.Message(1).Attributes(1);
            foreach (var scope in resource.Messages(2))
            {
                foreach (var item in scope.Messages(field))
                {
                    yield return (scope.Message(1).Text(1), item);
                }
            }
        }
    }
}

/// <summary>A span as it came.</summary>
internal sealed record CollectedSpan(
    string Scope,
    string TraceId,
    string Id,
    string ParentId,
    string Name,
    int Kind,
    Dictionary<string, object> Tags,
    IReadOnlyList<(string Name, Dictionary<string, object> Tags)> Events,
    IReadOnlyList<string> LinkedTraces,
    bool IsError,
    string StatusMessage)
{
    public const int Server = 2;

    public const int Client = 3;

    public object? this[string tag] => Tags.GetValueOrDefault(tag);
}

/// <summary>A value of a metric as it came; of a histogram, the count.</summary>
internal sealed record CollectedPoint(string Meter, string Name, string Unit, Dictionary<string, object> Tags, double Value)
{
    public object? this[string tag] => Tags.GetValueOrDefault(tag);
}

/// <summary>A log record as it came.</summary>
internal sealed record CollectedLog(string Category, string Severity, string Body, string TraceId, Dictionary<string, object> Attributes);
