using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Wholesale.GraphQL.Tests.Http;

/// <summary>What no request may do to the process: fill it, nest it to death, keep it busy after the client has gone.</summary>
public sealed class HttpLimitsTests
{
    private const int Deep = 100_000;

    public static TheoryData<string, string> DeepDocuments => new()
    {
        { "selection sets", string.Concat(Enumerable.Repeat("{a", Deep)) },
        { "closed selection sets", string.Concat(Enumerable.Repeat("{a", Deep)) + new string('}', Deep) },
        { "lists", "{echo(text:" + new string('[', Deep) },
        { "objects", "{echo(text:" + string.Concat(Enumerable.Repeat("{a:", Deep)) },
        { "types", "query($a:" + new string('[', Deep) },
        { "inline fragments", "{" + string.Concat(Enumerable.Repeat("...{", Deep)) },
    };

    [Fact]
    public async Task A_body_over_the_limit_is_refused_before_it_is_read_whole()
    {
        await using var server = await TestServer.Start(TestServer.With(new RequestLimits { MaxBodyBytes = 1_000 }));
        using var socket = await server.Connect();

        // Announced but never sent.
        await socket.SendAsync(Encoding.ASCII.GetBytes($"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1001\r\n\r\n"));

        Assert.Equal("HTTP/1.1 413 Payload Too Large", await StatusLine(socket));
    }

    [Fact]
    public async Task A_chunked_body_is_refused_as_soon_as_it_is_over_the_limit()
    {
        await using var server = await TestServer.Start(TestServer.With(new RequestLimits { MaxBodyBytes = 1_000 }));
        using var socket = await server.Connect();

        // The last chunk never comes.
        await socket.SendAsync(Encoding.ASCII.GetBytes($"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n{new string(' ', 1_001)}\r\n"));

        Assert.Equal("HTTP/1.1 413 Payload Too Large", await StatusLine(socket));
    }

    [Fact]
    public async Task A_body_of_exactly_the_limit_is_read()
    {
        await using var server = await TestServer.Start(TestServer.With(new RequestLimits { MaxBodyBytes = 1_000 }));

        await server.Expect("""{"query":"{ echo }"}""".PadRight(1_000), HttpStatusCode.OK, """{"data":{"echo":null}}""");
        await server.ExpectRefusal("""{"query":"{ echo }"}""".PadRight(1_001), "The body must not be larger than 1000 bytes.", HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task A_chunked_body_without_a_length_is_read_whole()
    {
        await using var server = await TestServer.Start();
        var text = new string('x', 100_000);
        var body = Encoding.UTF8.GetBytes($$$"""{"query":"query($t: String) { echo(text: $t) }","variables":{"t":"{{{text}}}"}}""");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = new StreamContent(new MemoryStream(body)) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.TransferEncodingChunked = true;

        using var response = await server.Http.SendAsync(request);

        Assert.Equal($$$"""{"data":{"echo":"{{{text}}}"}}""", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [MemberData(nameof(DeepDocuments))]
    public async Task A_document_nested_a_hundred_thousand_deep_is_refused_at_once(string what, string query)
    {
        await using var server = await TestServer.Start();
        var watch = Stopwatch.StartNew();

        using var response = await server.Post(JsonSerializer.SerializeToUtf8Bytes(new { query }));
        var text = await response.Content.ReadAsStringAsync();

        Assert.True(response.StatusCode == HttpStatusCode.BadRequest, what);
        Assert.StartsWith("""{"errors":[{"message":"Syntax Error: """, text, StringComparison.Ordinal);
        Assert.InRange(text.Length, 1, 1_000);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), watch.Elapsed.ToString());
        await server.Expect("""{"query":"{ echo }"}""", HttpStatusCode.OK, """{"data":{"echo":null}}""");
    }

    [Fact]
    public async Task A_body_nested_a_hundred_thousand_deep_is_refused_at_once()
    {
        await using var server = await TestServer.Start();
        foreach (var body in new[]
        {
            new string('[', Deep),
            """{"query":"{ echo }","variables":{"a":""" + new string('[', Deep),
            """{"query":"{ echo }","variables":{"a":""" + new string('[', Deep) + new string(']', Deep) + "}}",
            """{"query":"{ echo }","extensions":""" + string.Concat(Enumerable.Repeat("""{"a":""", Deep)),
            """{"query":"{ echo }","other":""" + string.Concat(Enumerable.Repeat("""{"a":""", Deep)),
        })
        {
            using var response = await server.Post(body);

            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.InRange((await response.Content.ReadAsStringAsync()).Length, 1, 500);
        }
    }

    [Fact]
    public async Task Variables_may_nest_up_to_the_limit()
    {
        await using var server = await TestServer.Start();
        string Body(int lists) => $$$"""{"query":"{ echo }","variables":{"a":{{{new string('[', lists)}}}{{{new string(']', lists)}}}}}""";

        await server.Expect(Body(98), HttpStatusCode.OK, """{"data":{"echo":null}}""");
        using var response = await server.Post(Body(99));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task A_document_of_a_megabyte_is_refused_by_its_tokens()
    {
        await using var server = await TestServer.Start();
        var query = "{" + string.Concat(Enumerable.Repeat(" echo", 200_000)) + " }";

        await server.Expect(
            $$"""{"query":"{{query}}"}""",
            HttpStatusCode.BadRequest,
            """{"errors":[{"message":"Syntax Error: Document contains more than 15000 tokens. Parsing aborted.","locations":[{"line":1,"column":74998}],"extensions":{"code":"GRAPHQL_PARSE_FAILED"}}]}""");
    }

    [Fact]
    public async Task A_response_of_several_megabytes_arrives_whole()
    {
        await using var server = await TestServer.Start();

        using var response = await server.Post("""{"query":"{ products(first: 20000) { id name colour price { amount text } parts { id name } } }"}""");
        using var json = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());

        Assert.InRange(response.Content.Headers.ContentLength!.Value, 2_000_000, 10_000_000);
        Assert.Equal(20_000, json.RootElement.GetProperty("data").GetProperty("products").GetArrayLength());
        Assert.Equal("Product 20000", json.RootElement.GetProperty("data").GetProperty("products")[19_999].GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_client_that_goes_away_cancels_its_request()
    {
        var begun = new TaskCompletionSource();
        var cancelled = new TaskCompletionSource();
        var executor = Execution.ExecutionHarness.Executor("type Query { slow: Int }", map => map.Field("Query.slow", async ValueTask<int> (CancellationToken cancellation) =>
        {
            cancellation.Register(() => cancelled.SetResult());
            begun.SetResult();
            await Task.Delay(Timeout.Infinite, cancellation);
            return 1;
        }));
        await using var server = await TestServer.Start(executor: executor);
        using (var socket = await server.Connect())
        {
            const string Body = """{"query":"{ slow }"}""";
            await socket.SendAsync(Encoding.ASCII.GetBytes($"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {Body.Length}\r\n\r\n{Body}"));
            await begun.Task.WaitAsync(TimeSpan.FromSeconds(30));
        }

        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    private static async Task<string> StatusLine(Socket socket)
    {
        var buffer = new byte[4_096];
        var read = await socket.ReceiveAsync(buffer).WaitAsync(TimeSpan.FromSeconds(30));
        return Encoding.ASCII.GetString(buffer, 0, read).Split("\r\n")[0];
    }
}
