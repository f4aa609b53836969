using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Http;
using Wholesale.GraphQL.Execution;
using Wholesale.GraphQL.Http;
using Wholesale.GraphQL.Language;
using Wholesale.GraphQL.Tests.Execution;
using Wholesale.Tests;
using static Wholesale.GraphQL.Tests.Execution.ExecutionHarness;

namespace Wholesale.GraphQL.Tests.Http;

/// <summary>A host that watches is told of each operation and event, what it was and how it ended.</summary>
public sealed class WatchOperationTests
{
    private static readonly AsyncLocal<string?> Ambient = new();

    private readonly ConcurrentQueue<OperationReport> begun = [];
    private readonly ConcurrentQueue<OperationReport> ended = [];

    [Theory]
    [InlineData("""{"query":"query Q { shop }"}""", OperationType.Query, "Q", OperationOutcome.Succeeded, null)]
    [InlineData("""{"query":"{ fail }"}""", OperationType.Query, null, OperationOutcome.Partial, null)]
    [InlineData("""{"query":"mutation M { add }"}""", OperationType.Mutation, "M", OperationOutcome.Succeeded, null)]
    [InlineData("""{"query":"{ nothing }"}""", null, null, OperationOutcome.Refused, "GRAPHQL_VALIDATION_FAILED")]
    [InlineData("""{"query":"{"}""", null, null, OperationOutcome.Refused, "GRAPHQL_PARSE_FAILED")]
    [InlineData("""{"query":"query V($v: Int!) { echo(v: $v) }"}""", OperationType.Query, "V", OperationOutcome.Refused, "BAD_USER_INPUT")]
    [InlineData("""{"query":"subscription S { ticks }"}""", OperationType.Subscription, "S", OperationOutcome.Refused, "BAD_REQUEST")]
    public async Task An_http_request_is_reported(string body, OperationType? type, string? name, OperationOutcome outcome, string? code)
    {
        await using var server = await Start();

        using var response = await server.Post(body);

        var report = (await Ended(1))[0];
        Assert.Equal((OperationTransport.Http, type, name, outcome), (report.Transport, report.Type, report.Name, report.Outcome));
        if (code is not null)
        {
            Assert.Equal(code, report.ErrorCode);
        }
    }

    [Fact]
    public async Task The_document_is_told_by_its_id_and_whether_the_host_keeps_it()
    {
        var document = PersistedDocument.Of("{ shop }"u8.ToArray());
        await using var server = await Start(options => options with { PersistedDocuments = new((_, id) => new(id == document.Id ? document : null), AreRequired: false) });

        using var first = await server.Post("""{"query":"{ shop }"}""");
        using var second = await server.Post($$"""{"documentId":"{{document.Id}}"}""");

        Assert.Equal([(document.Id, false), (document.Id, true)], (await Ended(2)).Select(report => (report.DocumentId, report.IsPersisted)));
    }

    [Fact]
    public async Task What_holds_on_the_watchers_flow_of_control_holds_for_resolvers()
    {
        await using var server = await Start();

        await server.Expect("""{"query":"{ shop }"}""", HttpStatusCode.OK, """{"data":{"shop":"Http"}}""");
        Assert.Null(Ambient.Value);
    }

    [Fact]
    public async Task What_the_host_answers_in_the_place_of_an_execution_or_throws_is_reported()
    {
        var answers = new Queue<Func<GraphQLResponse>>(
        [
            () => new GraphQLResponse(200, "application/json", "{}"u8.ToArray()),
            () => GraphQLResponse.Refusal(409, "application/json", "Later.", "IN_PROGRESS"),
            () => throw new InvalidOperationException(),
        ]);
        await using var server = await Start(options => options with { AroundMutation = (_, _, _) => new(answers.Dequeue()()) });

        for (var i = 0; i < 3; i++)
        {
            using var response = await server.Post("""{"query":"mutation { add }"}""");
        }

        Assert.Equal([OperationOutcome.Stored, OperationOutcome.Refused, OperationOutcome.Failed], (await Ended(3)).Select(report => report.Outcome));
    }

    [Fact]
    public async Task A_stream_is_reported_when_it_is_valid_and_then_each_of_its_events()
    {
        await using var server = await StreamServer.Start(_ => new EndpointOptions { Watch = Watch });
        await using var events = await server.Events("subscription S { numbers }");
        await events.Expect(":");

        await server.Numbers.HasReaders();
        server.Numbers.Put(1);
        server.Numbers.Put(2);
        await events.Next();
        await events.Next();

        Assert.Equal(
            [
                (OperationTransport.Http, OperationOutcome.Subscribed, "S"),
                (OperationTransport.Event, OperationOutcome.Succeeded, "S"),
                (OperationTransport.Event, OperationOutcome.Succeeded, "S"),
            ],
            (await Ended(3)).Select(report => (report.Transport, report.Outcome, report.Name)));
    }

    [Fact]
    public async Task A_sockets_operations_are_reported_one_by_one()
    {
        await using var server = await StreamServer.Start(_ => new EndpointOptions { Watch = Watch });
        await using var socket = await server.Open();

        await socket.Subscribe("1", "query Q { echo(text: \\\"a\\\") }");
        await Ended(1);
        await socket.Subscribe("2", "{ nothing }");
        await Ended(2);
        await socket.Subscribe("3", "query W { wait }");
        await Eventually.Holds(() => begun.Count == 3);
        await socket.Send("""{"id":"3","type":"complete"}""");

        Assert.Equal(
            [
                (OperationTransport.WebSocket, OperationOutcome.Succeeded, "Q"),
                (OperationTransport.WebSocket, OperationOutcome.Refused, null),
                (OperationTransport.WebSocket, OperationOutcome.Cancelled, "W"),
            ],
            (await Ended(3)).Select(report => (report.Transport, report.Outcome, report.Name)));
    }

    [Fact]
    public async Task What_finds_no_place_is_reported_as_refused()
    {
        using var gate = new RequestGate(maxRunning: 1, maxWaiting: 0);
        Assert.True(gate.TryEnter());
        await using var server = await Start(options => options with { Gate = gate });

        using var response = await server.Post("""{"query":"{ shop }"}""");

        Assert.Equal((OperationOutcome.Refused, "OVERLOADED"), ((await Ended(1))[0].Outcome, ended.Single().ErrorCode));
        gate.Leave();
    }

    /// <summary>A client has its answer a moment before the operation has ended.</summary>
    private async Task<OperationReport[]> Ended(int count)
    {
        await Eventually.Holds(() => ended.Count >= count);
        return [.. ended];
    }

    private Task<TestServer> Start(Func<EndpointOptions, EndpointOptions>? with = null)
    {
        var executor = Executor(
            "type Query { shop: String fail: Int echo(v: Int!): Int } type Mutation { add: Int } type Subscription { ticks: Int }",
            map =>
            {
                map.Field("Query.shop", () => Ambient.Value);
                map.Field("Query.fail", int? () => throw new GraphQLException("No.", "NO"));
                map.Field("Query.echo", (int v) => v);
                map.Field("Mutation.add", () => 1);
                map.Field("Subscription.ticks", (CancellationToken cancellation) => new Feed<int?>().Read(cancellation));
            });
        var options = new EndpointOptions { Watch = Watch };
        return TestServer.Start(with?.Invoke(options) ?? options, executor);
    }

    private End Watch(HttpContext http, OperationReport report)
    {
        Assert.Equal(OperationOutcome.Failed, report.Outcome);
        begun.Enqueue(report);
        Ambient.Value = report.Transport.ToString();
        return new End(() =>
        {
            Assert.Equal(report.Transport.ToString(), Ambient.Value);
            ended.Enqueue(report);
        });
    }

    private sealed class End(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
