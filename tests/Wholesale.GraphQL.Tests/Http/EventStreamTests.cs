using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using Wholesale.GraphQL.Execution;
using Wholesale.GraphQL.Http;
using Wholesale.Tests;

namespace Wholesale.GraphQL.Tests.Http;

/// <summary>GraphQL over Server-Sent Events, as bytes on the wire.</summary>
public sealed class EventStreamTests
{
    private const string Opened = ":";
    private const string Completed = "event: complete\ndata:";

    [Fact]
    public async Task A_subscription_is_answered_event_by_event_until_it_is_complete()
    {
        await using var server = await StreamServer.Start();
        await using var events = await server.Events("subscription { numbers }");

        Assert.Equal(HttpStatusCode.OK, events.Response.StatusCode);
        Assert.Equal("text/event-stream; charset=utf-8", events.Response.Content.Headers.ContentType!.ToString());
        Assert.Equal(["no"], events.Response.Headers.GetValues("X-Accel-Buffering"));
        Assert.Equal("no-store, private", events.Response.Headers.CacheControl!.ToString());
        await events.Expect(Opened);
        await server.Numbers.HasReaders();
        server.Numbers.Put(1);
        await events.Expect(Next("""{"data":{"numbers":1}}"""));
        server.Numbers.Put(null);
        await events.Expect(Next("""{"data":{"numbers":null}}"""));
        server.Numbers.End();
        await events.Expect(Completed, null);
    }

    [Fact]
    public async Task A_query_or_mutation_is_one_response()
    {
        await using var server = await StreamServer.Start();

        await using var query = await server.Events("""{ echo(text: "a\nb") }""");
        await query.Expect(Next("""{"data":{"echo":"a\nb"}}"""), Completed, null);

        using var mutation = await Post(server, """{"query":"mutation { add(by: 2) }"}""", MediaTypes.EventStream);
        Assert.Equal("event: next\ndata: {\"data\":{\"add\":2}}\n\nevent: complete\ndata:\n\n", await mutation.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("{ nothing }", "GRAPHQL_VALIDATION_FAILED")]
    [InlineData("{", "GRAPHQL_PARSE_FAILED")]
    [InlineData("subscription($n: Int!) { need(number: $n) }", "BAD_USER_INPUT")]
    public async Task What_is_wrong_with_the_document_is_a_response_that_a_browser_can_read(string document, string code)
    {
        await using var server = await StreamServer.Start();

        await using var events = await server.Events(document);

        Assert.Equal(HttpStatusCode.OK, events.Response.StatusCode);
        Assert.Contains($"\"code\":\"{code}\"", await events.Next(), StringComparison.Ordinal);
        await events.Expect(Completed, null);
    }

    [Theory]
    [InlineData("""{"query":""", HttpStatusCode.BadRequest)]
    [InlineData("""{}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"query":"                    "}""", HttpStatusCode.RequestEntityTooLarge)]
    public async Task What_is_wrong_with_the_request_has_its_status_and_JSON(string body, HttpStatusCode status)
    {
        await using var server = await StreamServer.Start(_ => TestServer.With(new RequestLimits { MaxBodyBytes = 24 }));

        using var response = await Post(server, body, MediaTypes.EventStream);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/json; charset=utf-8", response.Content.Headers.ContentType!.ToString());
    }

    [Fact]
    public async Task A_mutation_is_not_sent_by_GET()
    {
        await using var server = await StreamServer.Start();

        await using var events = await server.Events("mutation { add(by: 1) }");

        Assert.Equal(HttpStatusCode.MethodNotAllowed, events.Response.StatusCode);
    }

    [Fact]
    public async Task A_client_that_accepts_JSON_too_gets_queries_as_JSON_and_subscriptions_as_streams()
    {
        const string Both = "application/graphql-response+json, application/json, text/event-stream, multipart/mixed";
        await using var server = await StreamServer.Start();

        await using var query = await server.Events("{ echo }", Both);
        await using var events = await server.Events("subscription { numbers }", Both);

        Assert.Equal("application/graphql-response+json; charset=utf-8", query.Response.Content.Headers.ContentType!.ToString());
        await events.Expect(Opened);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("*/*")]
    [InlineData("application/json, text/event-stream;q=0")]
    public async Task A_subscription_for_a_client_that_does_not_name_event_streams_is_refused_and_told_how(string accept)
    {
        await using var server = await StreamServer.Start();

        using var response = await Post(server, """{"query":"subscription { numbers }"}""", accept);

        Assert.Equal(HttpStatusCode.NotAcceptable, response.StatusCode);
        Assert.Equal(
            """{"errors":[{"message":"A subscription is answered as text/event-stream, which Accept must name, or over a WebSocket with the subprotocol graphql-transport-ws.","extensions":{"code":"BAD_REQUEST"}}]}""",
            await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_source_that_fails_ends_the_stream_with_an_error()
    {
        await using var server = await StreamServer.Start();
        await using var events = await server.Events("subscription { numbers }");
        await server.Numbers.HasReaders();

        server.Numbers.End(new InvalidOperationException("secret"));

        await events.Expect(
            Opened,
            Next("""{"errors":[{"message":"Something went wrong on the server.","locations":[{"line":1,"column":16}],"path":["numbers"],"extensions":{"code":"INTERNAL"}}]}"""),
            Completed,
            null);
    }

    [Fact]
    public async Task A_client_that_goes_away_ends_its_source()
    {
        await using var server = await StreamServer.Start();
        var events = await server.Events("subscription { numbers }");
        await server.Numbers.HasReaders();

        await events.DisposeAsync();

        await server.Numbers.HasReaders(0);
    }

    [Fact]
    public async Task An_idle_stream_says_now_and_then_that_it_lives()
    {
        await using var server = await StreamServer.Start(s => new EndpointOptions { Time = s.Time });
        await using var events = await server.Events("subscription { numbers }");
        await events.Expect(Opened);
        await server.Numbers.HasReaders();

        server.Time.Advance(TimeSpan.FromSeconds(12));
        await events.Expect(Opened);
        server.Time.Advance(TimeSpan.FromSeconds(12));
        await events.Expect(Opened);
    }

    [Fact]
    public async Task When_the_credential_ends_so_does_the_stream()
    {
        using var ended = new CancellationTokenSource();
        await using var server = await StreamServer.Start(_ => new EndpointOptions { Client = _ => new Client { Ended = ended.Token } });
        await using var events = await server.Events("subscription { numbers }");
        await server.Numbers.HasReaders();

        await ended.CancelAsync();

        await events.Expect(
            Opened, Next("""{"errors":[{"message":"The credential has expired or was revoked.","extensions":{"code":"UNAUTHENTICATED"}}]}"""), Completed, null);
        Assert.Equal(0, server.Numbers.Readers);
    }

    [Fact]
    public async Task A_caller_has_so_many_streams_at_once_and_others_have_theirs()
    {
        await using var server = await StreamServer.Start(_ => new EndpointOptions
        {
            Client = http => new Client { Account = http.Request.Headers["X-Key"].ToString(), Limits = new RequestLimits { MaxStreams = 2 } },
        });
        server.Http.DefaultRequestHeaders.Add("X-Key", "a");
        await using var first = await server.Events("subscription { numbers }");
        await using var second = await server.Events("subscription { numbers }");
        await server.Numbers.HasReaders(2);

        await using var third = await server.Events("subscription { numbers }");

        Assert.Equal(HttpStatusCode.TooManyRequests, third.Response.StatusCode);
        Assert.Equal("""{"errors":[{"message":"At most 2 streams may be open at once.","extensions":{"code":"TOO_MANY_STREAMS"}}]}""", await third.Response.Content.ReadAsStringAsync());
        await first.DisposeAsync();
        await server.Numbers.HasReaders(1);
        await Eventually.Holds(async () =>
        {
            await using var again = await server.Events("subscription { numbers }");
            return again.Response.StatusCode == HttpStatusCode.OK;
        });
        server.Http.DefaultRequestHeaders.Remove("X-Key");
        server.Http.DefaultRequestHeaders.Add("X-Key", "b");
        await using var other = await server.Events("subscription { numbers }");
        Assert.Equal(HttpStatusCode.OK, other.Response.StatusCode);
    }

    [Fact]
    public async Task A_host_that_stops_cuts_its_streams_so_that_clients_come_back()
    {
        await using var server = await StreamServer.Start();
        await using var events = await server.Events("subscription { numbers }");
        await server.Numbers.HasReaders();

        await server.Stop().WaitAsync(TimeSpan.FromSeconds(30));

        await events.Expect(Opened, null);
        Assert.Equal(0, server.Numbers.Readers);
    }

    [Fact]
    public async Task Each_event_has_a_scope_of_its_own_beside_the_stream_s()
    {
        var scopes = new List<IServiceProvider>();
        await using var server = await StreamServer.Start(_ => new EndpointOptions { NewScope = (_, services) => scopes.Add(services) });
        await using var events = await server.Events("subscription { numbers }");
        await server.Numbers.HasReaders();
        server.Numbers.Put(1);
        server.Numbers.Put(2);
        server.Numbers.End();

        await events.Expect(Opened, Next("""{"data":{"numbers":1}}"""), Next("""{"data":{"numbers":2}}"""), Completed, null);

        Assert.Equal(3, scopes.Distinct().Count());
    }

    [Fact]
    public async Task A_stream_takes_no_place_at_the_gate_between_its_events()
    {
        await using var server = await StreamServer.Start(_ => new EndpointOptions { Gate = new RequestGate(maxRunning: 1, maxWaiting: 0) });
        await using var events = await server.Events("subscription { numbers }");
        await server.Numbers.HasReaders();

        using var query = await Post(server, """{"query":"{ echo }"}""", MediaTypes.Json);

        Assert.Equal(HttpStatusCode.OK, query.StatusCode);
    }

    [Fact]
    public async Task An_event_waits_for_its_turn_however_long_the_line()
    {
        using var gate = new RequestGate(maxRunning: 1, maxWaiting: 0);
        await using var server = await StreamServer.Start(_ => new EndpointOptions { Gate = gate });
        await using var events = await server.Events("subscription { numbers }");
        await server.Numbers.HasReaders();
        var busy = Post(server, """{"query":"{ wait }"}""", MediaTypes.Json);
        await Eventually.Holds(() =>
        {
            busy = busy.IsCompleted ? Post(server, """{"query":"{ wait }"}""", MediaTypes.Json) : busy; // it was refused while the subscription was still begun
            return server.IsWaiting;
        });
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await Post(server, """{"query":"{ echo }"}""", MediaTypes.Json)).StatusCode);

        server.Numbers.Put(1);
        server.Release.SetResult(1);

        await events.Expect(Opened, Next("""{"data":{"numbers":1}}"""));
        Assert.Equal(HttpStatusCode.OK, (await busy).StatusCode);
    }

    [Fact]
    public async Task A_client_that_does_not_read_stops_its_source_and_is_dropped()
    {
        var source = new Torrent();
        await using var server = await StreamServer.Start(
            s => new EndpointOptions { Time = s.Time, Streams = new StreamOptions { MaxQueuedBytes = 32 * 1024 } },
            source.Executor());
        using var socket = await server.ConnectRaw();
        socket.ReceiveBufferSize = 4096;
        await socket.SendAsync(Encoding.ASCII.GetBytes("GET /graphql?query=subscription%7Btexts%7D HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n\r\n"));

        await source.Stalls();
        Assert.InRange(source.Given * Torrent.TextLength, 1, 16 * 1024 * 1024);
        server.Time.Advance(TimeSpan.FromSeconds(10));

        await Eventually.Holds(() => source.IsDisposed);
    }

    [Fact]
    public async Task A_replay_that_is_faster_than_its_reader_loses_nothing()
    {
        var source = new Torrent(count: 3_000);
        await using var server = await StreamServer.Start(_ => new EndpointOptions(), source.Executor());
        await using var events = await server.Events("subscription { texts }");
        await events.Expect(Opened);

        for (var i = 0; i < 3_000; i++)
        {
            Assert.StartsWith($"event: next\ndata: {{\"data\":{{\"texts\":\"{i} ", await events.Next(), StringComparison.Ordinal);
        }

        await events.Expect(Completed, null);
    }

    private static string Next(string response) => $"event: next\ndata: {response}";

    private static Task<HttpResponseMessage> Post(StreamServer server, string body, string accept)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("Accept", accept);
        return server.Http.SendAsync(request);
    }
}

/// <summary>A source that never waits, and counts what it gave.</summary>
internal sealed class Torrent(int count = int.MaxValue)
{
    public const int TextLength = 1024;

    private int given;

    public int Given => Volatile.Read(ref given);

    public bool IsDisposed { get; private set; }

    public GraphQLExecutor Executor() => Execution.ExecutionHarness.Executor("type Query { one: Int } type Subscription { texts: String! }", map =>
    {
        map.Field("Query.one", () => 1);
        map.Field("Subscription.texts", (CancellationToken cancellation) => Read(cancellation));
    });

    /// <summary>Waits until it gives nothing more: until a hundred looks in a row, a millisecond apart, saw the same.</summary>
    public async Task Stalls()
    {
        var (last, same) = (0, 0);
        await Eventually.Holds(() =>
        {
            same = Given == last && last > 0 ? same + 1 : 0;
            last = Given;
            return same == 100;
        });
    }

    private async IAsyncEnumerable<string> Read([EnumeratorCancellation] CancellationToken cancellation)
    {
        try
        {
            await Task.Yield();
            for (; given < count; Interlocked.Increment(ref given))
            {
                cancellation.ThrowIfCancellationRequested();
                yield return $"{given} ".PadRight(TextLength, 'x');
            }
        }
        finally
        {
            IsDisposed = true;
        }
    }
}
