using System.Diagnostics;
using System.Net.WebSockets;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Wholesale.GraphQL.Tests.Http;
using Wholesale.Tests.Platform.Database;

namespace Wholesale.Tests.Platform.Telemetry;

/// <summary>The real host, which sends what it has to tell to a collector of its own.</summary>
public sealed class TracedHost : TestHost
{
    private readonly FaultyStatements faults = new();

    internal Collector Collector { get; private set; } = null!;

    protected override IEnumerable<string> Settings =>
    [
        "--OTEL_EXPORTER_OTLP_ENDPOINT", Collector.Address, "--OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf", "--OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=test",
        "--OTEL_BSP_SCHEDULE_DELAY", "50", "--OTEL_BLRP_SCHEDULE_DELAY", "50", "--OTEL_METRIC_EXPORT_INTERVAL", "100", "--Node:Number", "7",
    ];

    /// <summary>Stands still, so that what is in memory stays there from one request to the next.</summary>
    internal FakeTime Clock { get; } = new();

    protected override TimeProvider? Time => Clock;

    public override async ValueTask InitializeAsync()
    {
        Collector = await Collector.Start();
        await base.InitializeAsync();
        await Admin("{ me { kind } }"); // now the key is in memory, whichever test comes first
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Collector.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>The next statement that holds these words fails.</summary>
    internal void LoseNext(string part, Exception error) => faults.LoseNext(part, error);

    /// <summary>Sends one request in a trace of its own, and waits for the trace.</summary>
    internal async Task<Trace> Traced(Func<Task> request)
    {
        using var outer = new Activity("test") { ActivityTraceFlags = ActivityTraceFlags.Recorded }.Start();
        var id = outer.TraceId.ToHexString();
        await request();
        await Eventually.Holds(() => Collector.Spans.Any(span => span.TraceId == id && span.Kind == CollectedSpan.Server));
        return TraceOf(id);
    }

    /// <summary>What has come of a trace.</summary>
    internal Trace TraceOf(string id)
    {
        var spans = Collector.Spans.Where(span => span.TraceId == id).ToList();
        return new Trace(spans.Single(span => span.Kind == CollectedSpan.Server), [.. spans.Where(span => span.Kind == CollectedSpan.Client)]);
    }

    /// <summary>An event stream that is open.</summary>
    internal async Task<TestEvents> Events(string document)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/admin/graphql?query={Uri.EscapeDataString(document)}");
        request.Headers.Add("Accept", "text/event-stream");
        request.Headers.Add("X-Api-Key", StaffKey);
        var events = new TestEvents(await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead));
        await events.Expect(":");
        return events;
    }

    /// <summary>A socket that is acknowledged.</summary>
    internal async Task<TestSocket> Connect()
    {
        var client = new ClientWebSocket();
        client.Options.AddSubProtocol("graphql-transport-ws");
        client.Options.SetRequestHeader("X-Api-Key", StaffKey);
        await client.ConnectAsync(new UriBuilder(Client.BaseAddress!) { Scheme = "ws", Path = "/admin/graphql" }.Uri, CancellationToken.None);
        var socket = new TestSocket(client);
        await socket.Init();
        return socket;
    }

    protected override void Add(IServiceCollection services) => services.AddSingleton<IInterceptor>(faults);
}

/// <summary>A trace: the span of what was asked, and the spans of its statements.</summary>
internal sealed record Trace(CollectedSpan Asked, IReadOnlyList<CollectedSpan> Statements);

/// <summary>Who listens for spans and metrics hears all hosts of a process: here there is one at a time.</summary>
[CollectionDefinition(nameof(TelemetryAlone), DisableParallelization = true)]
public sealed class TelemetryAlone;
