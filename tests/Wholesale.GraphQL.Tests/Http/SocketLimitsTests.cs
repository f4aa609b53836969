using System.Net.WebSockets;
using System.Text;
using Wholesale.GraphQL.Execution;
using Wholesale.GraphQL.Http;
using Wholesale.Tests;

namespace Wholesale.GraphQL.Tests.Http;

/// <summary>How sockets end that do not keep to the protocol or to their limits: each close code once.</summary>
public sealed class SocketLimitsTests
{
    public static TheoryData<string, string> BadMessages => new()
    {
        { "not JSON", "not JSON" },
        { "", "not JSON" },
        { "[]", "not a JSON object" },
        { """{"type":"ping"} {}""", "not JSON" },
        { """{"type":7}""", "\"type\" must be a string" },
        { """{"type":"subscribe","id":7}""", "\"id\" must be a string" },
        { """{"type":"ping","payload":7}""", "\"payload\" must be an object" },
        { """{"type":"next","id":"a"}""", "\"type\" is not one that a client sends" },
        { """{}""", "\"type\" is not one that a client sends" },
        { """{"type":"subscribe","payload":{"query":"{ echo }"}}""", "\"subscribe\" needs an \"id\"" },
        { """{"type":"subscribe","id":"","payload":{"query":"{ echo }"}}""", "\"subscribe\" needs an \"id\"" },
        { """{"type":"complete"}""", "\"complete\" needs an \"id\"" },
        { """{"type":"subscribe","id":"a"}""", "\"subscribe\" needs a \"payload\"" },
        { """{"type":"subscribe","id":"a","payload":{}}""", "The body needs a \"query\" or a \"documentId\"." },
        { """{"type":"subscribe","id":"a","payload":{"query":7}}""", "\"query\" must be a string." },
        { """{"type":"\ud800"}""", "a string is not Unicode" },
        { """{"a":""" + new string('[', 50_000), "not JSON" },
    };

    [Theory]
    [MemberData(nameof(BadMessages))]
    public async Task A_message_that_is_none_closes_with_4400_and_why(string message, string reason)
    {
        await using var server = await StreamServer.Start();
        await using var socket = await server.Open();

        await socket.Send(message);

        await socket.ExpectClose(4400, $"Invalid message received: {reason}");
    }

    [Fact]
    public async Task A_subscription_before_the_acknowledgement_closes_with_4401()
    {
        await using var server = await StreamServer.Start();
        await using var socket = await server.Connect();

        await socket.Subscribe("a", "{ echo }");

        await socket.ExpectClose(4401, "Unauthorized");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("graphql-ws")]
    public async Task Another_subprotocol_closes_with_4406(string? subprotocol)
    {
        await using var server = await StreamServer.Start();
        await using var socket = await server.Connect(subprotocol);

        await socket.ExpectClose(4406, "Subprotocol not acceptable");
    }

    [Fact]
    public async Task A_socket_that_is_not_initialised_in_time_closes_with_4408()
    {
        await using var server = await StreamServer.Start(s => new EndpointOptions { Time = s.Time });
        await using var socket = await server.Connect();
        await using var initialised = await server.Open();

        server.Time.Advance(TimeSpan.FromSeconds(3));

        await socket.ExpectClose(4408, "Connection initialisation timeout");
        await initialised.Send("""{"type":"ping"}""");
        await initialised.Expect("""{"type":"pong"}""");
    }

    [Fact]
    public async Task An_initialisation_that_came_in_time_is_not_late_because_its_credential_is_looked_up_for_long()
    {
        await using var server = await StreamServer.Start(s => new EndpointOptions
        {
            Time = s.Time,
            Connect = (_, _) =>
            {
                s.Time.Advance(TimeSpan.FromSeconds(3));
                return new(Client.Unknown);
            },
        });
        await using var socket = await server.Connect();

        await socket.Init();

        await socket.Send("""{"type":"ping"}""");
        await socket.Expect("""{"type":"pong"}""");
    }

    [Fact]
    public async Task An_id_that_is_in_use_closes_with_4409()
    {
        await using var server = await StreamServer.Start();
        await using var socket = await server.Open();
        await socket.Subscribe("a", "subscription { numbers }");

        await socket.Subscribe("a", "{ echo }");

        await socket.ExpectClose(4409, "Subscriber for a already exists");
        await server.Numbers.HasReaders(0);
    }

    [Fact]
    public async Task A_reason_is_cut_to_what_a_close_frame_holds()
    {
        await using var server = await StreamServer.Start();
        await using var socket = await server.Open();
        var id = string.Concat(Enumerable.Repeat("😀", 100));
        await socket.Subscribe(id, "subscription { numbers }");

        await socket.Subscribe(id, "{ echo }");

        await socket.ExpectClose(4409, "Subscriber for " + string.Concat(Enumerable.Repeat("😀", 27)));
    }

    [Fact]
    public async Task A_second_initialisation_closes_with_4429()
    {
        await using var server = await StreamServer.Start();
        await using var socket = await server.Open();

        await socket.Send("""{"type":"connection_init"}""");

        await socket.ExpectClose(4429, "Too many initialisation requests");
    }

    [Fact]
    public async Task A_binary_message_closes_with_1003()
    {
        await using var server = await StreamServer.Start();
        await using var socket = await server.Open();

        await socket.Send("""{"type":"ping"}"""u8.ToArray(), WebSocketMessageType.Binary);

        await socket.ExpectClose(1003, "Messages must be text.");
    }

    [Fact]
    public async Task What_is_not_UTF_8_closes_with_1007()
    {
        await using var server = await StreamServer.Start();
        await using var socket = await server.Open();

        await socket.Send([(byte)'"', 0xFF, (byte)'"']);

        while (await socket.Next() is not null)
        {
        }

        Assert.Equal(WebSocketCloseStatus.InvalidPayloadData, socket.Socket.CloseStatus);
    }

    [Fact]
    public async Task A_message_may_have_64_KB_and_one_that_has_more_closes_with_1009_before_it_is_whole()
    {
        await using var server = await StreamServer.Start();
        await using var socket = await server.Connect();
        const string Ping = """{"type":"ping"}""";
        await socket.Send(Ping.PadRight(64 * 1024));
        await socket.Expect("""{"type":"pong"}""");

        await socket.Socket.SendAsync(Encoding.UTF8.GetBytes(Ping.PadRight((64 * 1024) + 1)), WebSocketMessageType.Text, endOfMessage: false, CancellationToken.None);

        await socket.ExpectClose(1009, "Messages must not be larger than 65536 bytes.");
    }

    [Fact]
    public async Task When_the_credential_ends_the_socket_closes_with_4403()
    {
        using var ended = new CancellationTokenSource();
        await using var server = await StreamServer.Start(_ => new EndpointOptions { Client = _ => new Client { Ended = ended.Token } });
        await using var socket = await server.Open();
        await socket.Subscribe("n", "subscription { numbers }");
        await server.Numbers.HasReaders();

        await ended.CancelAsync();

        await socket.ExpectClose(4403, "The credential has expired or was revoked.");
        await server.Numbers.HasReaders(0);
    }

    [Fact]
    public async Task A_credential_that_ended_before_lets_nobody_in()
    {
        await using var server = await StreamServer.Start(_ => new EndpointOptions { Client = _ => new Client { Ended = new CancellationToken(canceled: true) } });
        await using var socket = await server.Connect();

        await socket.Send("""{"type":"connection_init"}""");

        await socket.ExpectClose(4403, "The credential has expired or was revoked.");
    }

    [Fact]
    public async Task A_host_that_stops_closes_its_sockets_with_1001()
    {
        await using var server = await StreamServer.Start();
        await using var socket = await server.Open();
        await socket.Subscribe("n", "subscription { numbers }");
        await server.Numbers.HasReaders();

        var stopped = server.Stop();

        await socket.ExpectClose(1001, "The server stops.");
        await stopped.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(0, server.Numbers.Readers);
    }

    [Fact]
    public async Task A_client_that_does_not_close_in_turn_is_cut_off()
    {
        await using var server = await StreamServer.Start(s => new EndpointOptions { Time = s.Time });
        await using var socket = await server.Connect();
        await socket.Subscribe("a", "{ echo }");
        Assert.Null(await socket.Next());
        Assert.Equal(4401, (int)socket.Socket.CloseStatus!);

        server.Time.Advance(TimeSpan.FromSeconds(5));

        await server.Stop().WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_socket_has_so_many_operations_at_once()
    {
        await using var server = await StreamServer.Start(_ => TestServer.With(new RequestLimits { MaxOperationsPerSocket = 2 }));
        await using var socket = await server.Open();
        await socket.Subscribe("a", "subscription { numbers }");
        await socket.Subscribe("b", "subscription { numbers }");

        await socket.Subscribe("c", "{ echo }");

        await socket.Expect("""{"id":"c","type":"error","payload":[{"message":"At most 2 operations run at once on a socket.","extensions":{"code":"TOO_MANY_STREAMS"}}]}""");
        await socket.Send("""{"id":"a","type":"complete"}""");
        await socket.Subscribe("c", "{ echo }");
        await socket.Expect("""{"id":"c","type":"next","payload":{"data":{"echo":null}}}""");
    }

    [Fact]
    public async Task A_caller_has_so_many_streams_at_once_and_the_next_socket_closes_with_4503()
    {
        await using var server = await StreamServer.Start(_ => TestServer.With(new RequestLimits { MaxStreams = 2 }));
        await using var first = await server.Open();
        await using var events = await server.Events("subscription { numbers }");
        await server.Numbers.HasReaders();
        await using var third = await server.Connect();

        await third.Send("""{"type":"connection_init"}""");

        await third.ExpectClose(4503, "At most 2 streams may be open at once.");
        first.Socket.Abort();
        await Eventually.Holds(async () =>
        {
            await using var again = await server.Connect();
            await again.Send("""{"type":"connection_init"}""");
            return await again.Next() is not null;
        });
    }

    [Fact]
    public async Task A_query_that_finds_no_place_is_told_so()
    {
        using var gate = new RequestGate(maxRunning: 1, maxWaiting: 0);
        await using var server = await StreamServer.Start(_ => new EndpointOptions { Gate = gate });
        await using var socket = await server.Open();
        Assert.True(await gate.Enter(default));

        await socket.Subscribe("q", "{ echo }");

        await socket.Expect("""{"id":"q","type":"error","payload":[{"message":"The server is busy: try again in a second.","extensions":{"code":"OVERLOADED"}}]}""");
        gate.Leave();
    }

    [Fact]
    public async Task A_client_that_does_not_read_stops_its_source_and_is_dropped()
    {
        var source = new Torrent();
        await using var server = await StreamServer.Start(
            s => new EndpointOptions { Time = s.Time, Streams = new StreamOptions { MaxQueuedBytes = 32 * 1024 } },
            source.Executor());
        await using var socket = await server.Open();
        await socket.Subscribe("t", "subscription { texts }");

        await source.Stalls();
        Assert.InRange(source.Given * Torrent.TextLength, 1, 16 * 1024 * 1024);
        server.Time.Advance(TimeSpan.FromSeconds(10));

        await Eventually.Holds(() => source.IsDisposed);
    }

    [Fact]
    public async Task A_client_that_asks_for_more_answers_than_it_reads_is_dropped()
    {
        await using var server = await StreamServer.Start(_ => new EndpointOptions { Streams = new StreamOptions { MaxQueuedBytes = 1024 } });
        await using var socket = await server.Open();
        var ping = Encoding.UTF8.GetBytes("""{"type":"ping"}""");

        async Task Flood()
        {
            for (var i = 0; i < 10_000_000; i++)
            {
                await socket.Send(ping);
            }
        }

        await Assert.ThrowsAnyAsync<WebSocketException>(Flood);
    }

    [Fact]
    public async Task A_client_that_answers_no_ping_is_taken_for_dead()
    {
        await using var server = await StreamServer.Start(_ => new EndpointOptions { Streams = new StreamOptions { KeepAlive = TimeSpan.FromMilliseconds(50), InitTimeout = TimeSpan.FromHours(1) } });
        using var raw = await server.ConnectRaw();
        await raw.SendAsync(Encoding.ASCII.GetBytes(
            "GET /graphql HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n"));

        // It reads all that comes and says nothing: the connection ends.
        var buffer = new byte[4096];
        var received = new List<byte>();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        int read;
        try
        {
            while ((read = await raw.ReceiveAsync(buffer, patience.Token)) > 0)
            {
                received.AddRange(buffer[..read]);
            }
        }
        catch (System.Net.Sockets.SocketException)
        {
            // A reset is an end, too.
        }

        Assert.Contains((byte)0x89, received); // a ping frame
    }

    [Fact]
    public async Task A_host_that_fails_to_tell_who_connects_closes_with_4500()
    {
        await using var server = await StreamServer.Start(_ => new EndpointOptions { Connect = (_, _) => throw new InvalidOperationException("secret") });
        await using var socket = await server.Connect();

        await socket.Send("""{"type":"connection_init"}""");

        await socket.ExpectClose(4500, "Internal server error");
    }
}
