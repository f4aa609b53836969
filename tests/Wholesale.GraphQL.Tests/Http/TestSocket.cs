using System.Net.WebSockets;
using System.Text;

namespace Wholesale.GraphQL.Tests.Http;

/// <summary>A client of <c>graphql-transport-ws</c> that sends whatever a test says. Every wait is bounded.</summary>
internal sealed class TestSocket(ClientWebSocket socket) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public ClientWebSocket Socket => socket;

    public Task Send(string message) => Send(Encoding.UTF8.GetBytes(message));

    public Task Send(byte[] message, WebSocketMessageType type = WebSocketMessageType.Text) =>
        socket.SendAsync(message, type, endOfMessage: true, CancellationToken.None);

    public async Task Init(string message = """{"type":"connection_init"}""")
    {
        await Send(message);
        await Expect("""{"type":"connection_ack"}""");
    }

    /// <summary>Subscribes to, or asks, a document without variables.</summary>
    public Task Subscribe(string id, string document) =>
        Send($$$"""{"id":"{{{id}}}","type":"subscribe","payload":{"query":"{{{document}}}"}}""");

    /// <summary>The next message; null if the server closes.</summary>
    public async Task<string?> Next()
    {
        var buffer = new byte[16 * 1024];
        using var message = new MemoryStream();
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer, CancellationToken.None).WaitAsync(Patience);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            message.Write(buffer, 0, received.Count);
            if (received.EndOfMessage)
            {
                return Encoding.UTF8.GetString(message.ToArray());
            }
        }
    }

    public async Task Expect(string message) => Assert.Equal(message, await Next());

    /// <summary>Expects the server to close, after whatever it still says, and closes in turn.</summary>
    public async Task ExpectClose(int code, string reason)
    {
        while (await Next() is not null)
        {
        }

        Assert.Equal((code, reason), ((int)socket.CloseStatus!.Value, socket.CloseStatusDescription));
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", CancellationToken.None).WaitAsync(Patience);
    }

    public ValueTask DisposeAsync()
    {
        socket.Dispose();
        return ValueTask.CompletedTask;
    }
}
