using System.Net.Sockets;
using System.Net.WebSockets;
using Wholesale.GraphQL.Execution;
using Wholesale.GraphQL.Http;
using Wholesale.GraphQL.Tests.Execution;
using Wholesale.Tests;
using static Wholesale.GraphQL.Tests.Execution.ExecutionHarness;

namespace Wholesale.GraphQL.Tests.Http;

/// <summary>A real server with subscriptions whose sources and clock the test drives.</summary>
internal sealed class StreamServer : IAsyncDisposable
{
    public const string Sdl = """
        type Query { echo(text: String): String wait: Int fail: Int }
        type Mutation { add(by: Int!): Int! }
        type Subscription { numbers: Int texts: String need(number: Int!): Int }
        """;

    private TestServer server = null!;
    private int sum;

    public Feed<int?> Numbers { get; } = new();

    public Feed<string> Texts { get; } = new();

    /// <summary>For options that want a clock which the test moves.</summary>
    public FakeTime Time { get; } = new();

    /// <summary>What <c>Query.wait</c> waits for.</summary>
    public TaskCompletionSource<int> Release { get; } = new();

    /// <summary>Whether <c>Query.wait</c> has begun.</summary>
    public bool IsWaiting { get; private set; }

    public HttpClient Http => server.Http;

    /// <param name="options">Null: the defaults.</param>
    /// <param name="executor">Null: one of this server's sources.</param>
    public static async Task<StreamServer> Start(Func<StreamServer, EndpointOptions>? options = null, GraphQLExecutor? executor = null)
    {
        var it = new StreamServer();
        it.server = await TestServer.Start(options?.Invoke(it), executor ?? Executor(Sdl, it.Fill));
        return it;
    }

    public Task Stop() => server.Stop();

    /// <summary>A connection without a client's good manners.</summary>
    public Task<Socket> ConnectRaw() => server.Connect();

    /// <summary>A socket, not initialised yet.</summary>
    public async Task<TestSocket> Connect(string? subprotocol = "graphql-transport-ws", string? key = null)
    {
        var client = new ClientWebSocket();
        if (subprotocol is not null)
        {
            client.Options.AddSubProtocol(subprotocol);
        }

        if (key is not null)
        {
            client.Options.SetRequestHeader("X-Key", key);
        }

        await client.ConnectAsync(new UriBuilder(Http.BaseAddress!) { Scheme = "ws", Path = "/graphql" }.Uri, CancellationToken.None);
        return new TestSocket(client);
    }

    /// <summary>A socket that is acknowledged.</summary>
    public async Task<TestSocket> Open()
    {
        var socket = await Connect();
        await socket.Init();
        return socket;
    }

    /// <summary>An event stream that has begun.</summary>
    public async Task<TestEvents> Events(string document, string accept = MediaTypes.EventStream)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/graphql?query={Uri.EscapeDataString(document)}");
        request.Headers.Add("Accept", accept);
        var response = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).WaitAsync(TimeSpan.FromSeconds(30));
        return new TestEvents(response, showsKeepAlive: true);
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private void Fill(ResolverMap map)
    {
        map.Field("Query.echo", (string? text) => text);
        map.Field("Query.wait", async Task<int> (CancellationToken cancellation) =>
        {
            IsWaiting = true;
            return await Release.Task.WaitAsync(cancellation);
        });
        map.Field("Query.fail", int? () => throw new GraphQLException("No.", "NO"));
        map.Field("Mutation.add", (int by) => sum += by);
        map.Field("Subscription.numbers", (CancellationToken cancellation) => Numbers.Read(cancellation));
        map.Field("Subscription.texts", (CancellationToken cancellation) => Texts.Read(cancellation));
        map.Field("Subscription.need", (int number, CancellationToken cancellation) => Numbers.Read(cancellation));
    }
}
