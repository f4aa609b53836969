using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Wholesale.GraphQL.Execution;

namespace Wholesale.GraphQL.Http;

/// <summary>
/// One socket of the subprotocol <c>graphql-transport-ws</c>: queries, mutations and subscriptions, each by an id. Mutations carry no <c>Idempotency-Key</c> here: what must
/// be safe to repeat is sent by POST.
/// <code>
///            connection_init            subscribe, complete, ping, pong
/// accepted ───────────────────► acknowledged ──────────► (itself)
///     └── 4400 4401 4403 4406 4408 ──┴── 4400 4403 4409 4429 1001 … ──► closing ── the client's close, or time is up ──► closed
/// </code>
/// Besides the protocol's codes: 1003 for a binary message, 1007 for what is not UTF-8, 1009 for one too large, 1001 when the host stops, 4503 for too many streams.
/// </summary>
internal sealed class SocketConnection : IDisposable
{
    /// <summary>The only subprotocol that is spoken here.</summary>
    public const string Subprotocol = "graphql-transport-ws";

    private const int MaxReasonBytes = 123; // RFC 6455, section 5.5: a control frame has 125 bytes, two of which are the code
    private const int FirstBufferBytes = 1024;

    private readonly HttpContext http;
    private readonly WebSocket socket;
    private readonly GraphQLExecutor executor;
    private readonly EndpointOptions options;
    private readonly Outbox outbox;
    private readonly ITimer initTimer;
    private readonly ITimer closeTimer;
    private byte[] buffer = new byte[FirstBufferBytes];
    private bool isInitialised;
    private Client? client;
    private CancellationTokenRegistration whenEnded;
    private volatile SocketOperations? operations;
    private volatile Closing? closing;

    private SocketConnection(HttpContext http, WebSocket socket, GraphQLExecutor executor, EndpointOptions options)
    {
        (this.http, this.socket, this.executor, this.options) = (http, socket, executor, options);
        outbox = new Outbox(options.Streams.MaxQueuedBytes, socket.Abort);
        closeTimer = options.Time.CreateTimer(_ => socket.Abort(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        initTimer = options.Time.CreateTimer(_ => Close(4408, "Connection initialisation timeout"), null, options.Streams.InitTimeout, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Accepts a WebSocket request and serves it to its end.</summary>
    public static async Task Serve(HttpContext http, GraphQLExecutor executor, EndpointOptions options)
    {
        var isSpoken = http.WebSockets.WebSocketRequestedProtocols.Contains(Subprotocol);
        using var accepted = await http.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            SubProtocol = isSpoken ? Subprotocol : null,
            KeepAliveInterval = options.Streams.KeepAlive,
            KeepAliveTimeout = options.Streams.KeepAlive,
        });
        using var connection = new SocketConnection(http, accepted, executor, options);
        if (!isSpoken)
        {
            connection.Close(4406, "Subprotocol not acceptable");
        }

        await connection.Run();
    }

    public void Dispose()
    {
        initTimer.Dispose();
        closeTimer.Dispose();
        whenEnded.Dispose();
    }

    private async Task Run()
    {
        var stopping = http.RequestServices.GetService<IHostApplicationLifetime>()?.ApplicationStopping ?? CancellationToken.None;
        using var whenStopping = stopping.UnsafeRegister(_ => Close(1001, "The server stops."), null);
        var sending = Send();
        try
        {
            while (await Receive() is { } message)
            {
                await Handle(message);
            }
        }
        finally
        {
            Close((int)WebSocketCloseStatus.NormalClosure, "");
            await sending;
            await (operations?.WhenEnded() ?? Task.CompletedTask);
            if (client is not null)
            {
                options.Streams.Open.Leave(client.ChargedAccount);
            }
        }
    }

    /// <summary>Begins to close; the first call decides how. Nothing more is answered, and a client that does not close in turn is cut off.</summary>
    private void Close(int code, string reason)
    {
        if (Interlocked.CompareExchange(ref closing, new Closing(code, Cut(reason)), null) is null)
        {
            closeTimer.Change(options.Streams.CloseTimeout, Timeout.InfiniteTimeSpan);
            operations?.Stop();
            outbox.Close();
        }
    }

    /// <summary>Sends what there is to send, and at last the close frame.</summary>
    private async Task Send()
    {
        try
        {
            await outbox.Run(SendFrames, () => closing is not null);
            if (closing is { } how && socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                await socket.CloseOutputAsync((WebSocketCloseStatus)how.Code, how.Reason, CancellationToken.None);
            }
        }
        catch (Exception exception) when (IsGone(exception))
        {
            socket.Abort(); // and so nothing more is received
        }
    }

    private async ValueTask SendFrames(ReadOnlyMemory<byte> message)
    {
        do
        {
            var frame = message[..Math.Min(message.Length, StreamOptions.FrameBytes)];
            message = message[frame.Length..];
            using var late = new CancellationTokenSource(options.Streams.SendTimeout, options.Time);
            await socket.SendAsync(frame, WebSocketMessageType.Text, endOfMessage: message.IsEmpty, late.Token);
        }
        while (!message.IsEmpty && closing is null);
    }

    /// <summary>The next message, valid until the one after it; null at the end.</summary>
    private async ValueTask<ReadOnlyMemory<byte>?> Receive()
    {
        var length = 0;
        try
        {
            while (true)
            {
                if (length == buffer.Length)
                {
                    Array.Resize(ref buffer, Math.Min(buffer.Length * 2, options.Streams.MaxMessageBytes + 1));
                }

                var received = await socket.ReceiveAsync(buffer.AsMemory(length), http.RequestAborted);
                length += received.Count;
                if (received.MessageType == WebSocketMessageType.Close)
                {
                    return null;
                }

                if (Problem(received, length) is var (code, reason))
                {
                    Close(code, reason);
                }

                if (closing is not null)
                {
                    length = 0; // read on to the client's close
                }
                else if (received.EndOfMessage)
                {
                    return buffer.AsMemory(0, length);
                }
            }
        }
        catch (Exception exception) when (IsGone(exception))
        {
            return null;
        }
    }

    private (int Code, string Reason)? Problem(ValueWebSocketReceiveResult received, int length) =>
        received.MessageType == WebSocketMessageType.Binary ? ((int)WebSocketCloseStatus.InvalidMessageType, "Messages must be text.")
        : length > options.Streams.MaxMessageBytes ? ((int)WebSocketCloseStatus.MessageTooBig, $"Messages must not be larger than {options.Streams.MaxMessageBytes} bytes.")
        : null;

    private async ValueTask Handle(ReadOnlyMemory<byte> text)
    {
        if (SocketMessage.TryRead(text, MaxNesting, out var message) is { } problem)
        {
            Close(4400, $"Invalid message received: {problem}");
            return;
        }

        switch (message.Type)
        {
            case SocketMessage.ConnectionInit when isInitialised:
                Close(4429, "Too many initialisation requests");
                break;
            case SocketMessage.ConnectionInit:
                isInitialised = true;
                initTimer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                await Connect(message.Payload);
                break;
            case SocketMessage.Ping:
                outbox.Post(SocketMessage.PongBytes);
                break;
            case SocketMessage.Subscribe when operations is null:
                Close(4401, "Unauthorized");
                break;
            case SocketMessage.Subscribe:
                Subscribe(message);
                break;
            case SocketMessage.Complete:
                operations?.Complete(message.Id);
                break;
        }
    }

    private int MaxNesting => (client ?? Client.Unknown).Limits.MaxNesting;

    private void Subscribe(SocketMessage message)
    {
        // The buffer is for the next message; the operation keeps its own bytes.
        if (GraphQLRequest.TryRead(message.Payload.ToArray(), MaxNesting, out var request) is { } problem)
        {
            Close(4400, $"Invalid message received: {problem}");
        }
        else if (!operations!.TryStart(message.Id, request))
        {
            Close(4409, $"Subscriber for {message.Id} already exists");
        }
    }

    private async ValueTask Connect(ReadOnlyMemory<byte> payload)
    {
        Client? found;
        try
        {
            found = await ClientOf(payload);
        }
        catch
        {
            Close(4500, "Internal server error");
            throw;
        }

        if (found is null)
        {
            Close(4403, "Forbidden");
        }
        else if (!options.Streams.Open.TryEnter(found.ChargedAccount, found.Limits.MaxStreams))
        {
            Close(4503, $"At most {found.Limits.MaxStreams} streams may be open at once.");
        }
        else
        {
            Acknowledge(found);
        }
    }

    private async ValueTask<Client?> ClientOf(ReadOnlyMemory<byte> payload)
    {
        if (options.Connect is not { } connect)
        {
            return options.Client(http);
        }

        using var json = payload.IsEmpty ? null : JsonDocument.Parse(payload, new JsonDocumentOptions { MaxDepth = MaxNesting });
        return await connect(http, json?.RootElement ?? default);
    }

    private void Acknowledge(Client found)
    {
        client = found;
        operations = new SocketOperations(executor, options, http, found, outbox, fail: () => Close(4500, "Internal server error"));
        outbox.Post(SocketMessage.ConnectionAckBytes);
        whenEnded = found.Ended.UnsafeRegister(_ => Close(4403, "The credential has expired or was revoked."), null);
    }

    /// <summary>Whether the connection is lost or was cut: there is nobody to tell.</summary>
    private static bool IsGone(Exception exception) => exception is WebSocketException or OperationCanceledException or IOException;

    /// <summary>As much of a text as a close frame holds, whole characters only.</summary>
    private static string Cut(string reason)
    {
        var length = 0;
        var end = 0;
        foreach (var rune in reason.EnumerateRunes())
        {
            length += rune.Utf8SequenceLength;
            if (length > MaxReasonBytes)
            {
                return reason[..end];
            }

            end += rune.Utf16SequenceLength;
        }

        return reason;
    }

    private sealed record Closing(int Code, string Reason);
}
