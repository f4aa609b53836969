using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;

namespace Wholesale.Tests.Platform.Telemetry;

/// <summary>Streams last, and so their operations and events each have a trace of their own, linked to the request that opened the stream.</summary>
[Collection(nameof(TelemetryAlone))]
public sealed class StreamTracesTests(TracedHost host) : IClassFixture<TracedHost>
{
    private const string Watch = "subscription Watch { events(types: [MARKET_CHANGED]) { number subjectId } }";

    private static int changes;

    [Fact]
    public async Task Each_event_of_a_stream_is_a_trace_of_its_own_and_the_stream_is_one()
    {
        CollectedSpan[] seen = [];

        var stream = await host.Traced(async () =>
        {
            await using var events = await host.Events(Watch);
            await ChangeMarket();
            await ChangeMarket();
            Assert.Contains("subjectId", await events.Next(), StringComparison.Ordinal);
            Assert.Contains("subjectId", await events.Next(), StringComparison.Ordinal);
            seen = await Spans("subscription Watch", "event", 2);
        });

        Assert.Equal(("subscription Watch", "subscribed", "http"), (stream.Asked.Name, stream.Asked["wholesale.operation.outcome"], stream.Asked["wholesale.operation.transport"]));
        Assert.DoesNotContain("MARKET_CHANGED", string.Join(' ', stream.Asked.Tags.Values), StringComparison.Ordinal); // the document came in the URL
        Assert.All(seen, span =>
        {
            Assert.Equal(("succeeded", "subscription", CollectedSpan.Server), (span["wholesale.operation.outcome"], span["graphql.operation.type"], span.Kind));
            Assert.NotNull(span["wholesale.cost.charged"]);
            Assert.Equal("", span.ParentId);
            Assert.NotEqual(stream.Asked.TraceId, span.TraceId);
            Assert.Equal([stream.Asked.TraceId], span.LinkedTraces);
        });
        Assert.NotEqual(seen[0].TraceId, seen[1].TraceId);
    }

    [Fact]
    public async Task What_a_stream_reads_between_its_events_is_no_part_of_any_trace()
    {
        var stream = await host.Traced(async () =>
        {
            await using var events = await host.Events("subscription Quiet { events(types: [PRICES_CHANGED]) { number } }");
            var counter = host.Services.GetRequiredService<StatementCounter>();
            var before = counter.Total;
            host.Clock.Advance(LogTail.Interval);
            await Eventually.Holds(() => counter.Total > before); // the look for other nodes' commits
        });

        Assert.All(stream.Statements, statement => Assert.NotEqual("SELECT Events", statement.Name));
    }

    [Fact]
    public async Task An_operation_of_a_socket_is_a_trace_of_its_own_with_its_statements()
    {
        await using var socket = await host.Connect();

        await socket.Subscribe("q", "query OverSocket { markets { name } }");

        await socket.Next();
        await socket.Expect("""{"id":"q","type":"complete"}""");
        var asked = Assert.Single(await Spans("query OverSocket", "websocket", 1));
        Assert.Equal(("succeeded", 1L, "staff"), (asked["wholesale.operation.outcome"], asked["wholesale.statements"], asked["wholesale.principal.kind"]));
        Assert.Equal("", asked.ParentId);
        Assert.Single(asked.LinkedTraces);
        Assert.Equal("SELECT Markets", Assert.Single(host.TraceOf(asked.TraceId).Statements).Name);
    }

    [Fact]
    public async Task An_operation_of_a_socket_that_fails_tells_the_id_of_its_trace()
    {
        await using var socket = await host.Connect();
        host.LoseNext("Markets", new InvalidOperationException("secret"));

        await socket.Subscribe("q", "query BrokenSocket { markets { name } }");

        using var answer = JsonDocument.Parse((await socket.Next())!);
        var asked = Assert.Single(await Spans("query BrokenSocket", "websocket", 1));
        Assert.True(asked.IsError);
        Assert.Equal(asked.TraceId, answer.RootElement.GetProperty("payload").GetProperty("errors")[0].GetProperty("extensions").GetProperty("traceId").GetString());
    }

    private async Task<CollectedSpan[]> Spans(string name, string transport, int count)
    {
        CollectedSpan[] found = [];
        await Eventually.Holds(() =>
            (found = [.. host.Collector.Spans.Where(span => span.Name == name && (string?)span["wholesale.operation.transport"] == transport)]).Length >= count);
        return found;
    }

    /// <summary>In a trace of its own.</summary>
    private async Task ChangeMarket()
    {
        Activity.Current = null;
        await host.Admin(
            "mutation($name: String!) { upsertMarkets(input: { markets: [{ externalId: \"watched\", name: $name, currency: \"EUR\" }] }) { userErrors { code } } }",
            new { name = $"Market {Interlocked.Increment(ref changes)}" });
    }
}
