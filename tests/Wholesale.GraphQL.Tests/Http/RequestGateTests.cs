using System.Net;
using System.Text;
using Wholesale.GraphQL.Http;
using static Wholesale.GraphQL.Tests.Execution.ExecutionHarness;

namespace Wholesale.GraphQL.Tests.Http;

/// <summary>How many requests run, wait and are refused; and how long they may take.</summary>
public sealed class RequestGateTests
{
    private const string Slow = """{"query":"{ slow }"}""";

    [Fact]
    public async Task More_requests_than_may_run_and_wait_are_refused_at_once_and_told_when_to_come_back()
    {
        var (begun, release) = (new SemaphoreSlim(0), new TaskCompletionSource());
        var executor = Executor("type Query { slow: Int }", map => map.Field("Query.slow", async ValueTask<int> () =>
        {
            begun.Release();
            await release.Task;
            return 1;
        }));
        await using var server = await TestServer.Start(new EndpointOptions { Gate = new RequestGate(maxRunning: 2, maxWaiting: 1) }, executor);

        Task<HttpResponseMessage>[] sent = [server.Post(Slow), server.Post(Slow)];
        await begun.WaitAsync(TimeSpan.FromSeconds(30));
        await begun.WaitAsync(TimeSpan.FromSeconds(30));
        sent = [.. sent, server.Post(Slow), server.Post(Slow)];
        var refused = await await Task.WhenAny(sent).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter!.Delta);
        Assert.Equal("""{"errors":[{"message":"The server is busy: try again in a second.","extensions":{"code":"OVERLOADED"}}]}""", await refused.Content.ReadAsStringAsync());

        release.SetResult();
        var statuses = (await Task.WhenAll(sent)).Select(r => (int)r.StatusCode).Order();
        Assert.Equal([200, 200, 200, 503], statuses);
        Assert.Equal(1, begun.CurrentCount);
    }

    [Fact]
    public async Task A_client_that_sends_its_body_slowly_takes_no_place()
    {
        await using var server = await TestServer.Start(new EndpointOptions { Gate = new RequestGate(maxRunning: 1, maxWaiting: 0) });
        using var socket = await server.Connect();
        await socket.SendAsync(Encoding.ASCII.GetBytes("POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 20\r\n\r\n{\"query\""));

        await server.Expect("""{"query":"{ echo }"}""", HttpStatusCode.OK, """{"data":{"echo":null}}""");
    }

    [Fact]
    public async Task When_time_is_up_the_rest_fails_and_what_was_resolved_is_answered()
    {
        var executor = Executor(
            "type Query { fast: Int slow: Int later: Int }",
            map =>
            {
                map.Field("Query.fast", () => 1);
                map.Field("Query.slow", async ValueTask<int> (CancellationToken cancellation) =>
                {
                    await Task.Delay(Timeout.Infinite, cancellation);
                    return 2;
                });
                map.Field("Query.later", () => 3);
            });
        await using var server = await TestServer.Start(TestServer.With(new RequestLimits { Timeout = TimeSpan.FromMilliseconds(50) }), executor);

        await server.Expect(
            """{"query":"{ fast slow later }"}""",
            (HttpStatusCode)294,
            """{"errors":[{"message":"The request took longer than 0.05 seconds.","locations":[{"line":1,"column":8}],"path":["slow"],"extensions":{"code":"TIMEOUT"}},"""
            + """{"message":"The request took longer than 0.05 seconds.","locations":[{"line":1,"column":13}],"path":["later"],"extensions":{"code":"TIMEOUT"}}],"data":{"fast":1,"slow":null,"later":null}}""");
    }
}
