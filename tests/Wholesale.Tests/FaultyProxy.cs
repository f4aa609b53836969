using System.Buffers;
using System.Diagnostics;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace Wholesale.Tests;

/// <summary>
/// Stands between the host and a server on a loopback port, and fails as networks do: it cuts connections, at once or when the server has done what it was told and
/// answers; it is slow; it loses what Redis tells those who subscribed, while their connections stay up.
/// </summary>
internal sealed class FaultyProxy : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource over = new();
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly string server;
    private readonly int port;
    private readonly bool isRedis;
    private CancellationTokenSource open = new();
    private int connections;
    private int lostMessages;
    private long delayTicks;
    private volatile bool dropsAnswers;
    private volatile bool losesMessages;

    /// <summary>Stands before a server of any kind: each piece that arrives from it is an answer.</summary>
    public FaultyProxy(string server, int port)
        : this(server, port, isRedis: false)
    {
    }

    /// <summary>Stands before Redis: answers and messages are told apart.</summary>
    public FaultyProxy(RedisServer server)
        : this("127.0.0.1", server.Port, isRedis: true)
    {
    }

    private FaultyProxy(string server, int port, bool isRedis)
    {
        (this.server, this.port, this.isRedis) = (server, port, isRedis);
        listener.Start();
        _ = Accept();
    }

    /// <summary>How many connections were made.</summary>
    public int Connections => Volatile.Read(ref connections);

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Where it listens, as a connection string of Redis.</summary>
    public string ConnectionString => $"127.0.0.1:{Port}";

    /// <summary>How long each answer takes longer than the server took; none at first. Answers keep their order and do not wait for one another; those on the way keep the delay they left with.</summary>
    public TimeSpan Delay
    {
        get => new(Volatile.Read(ref delayTicks));
        set => Volatile.Write(ref delayTicks, value.Ticks);
    }

    /// <summary>Whether messages that were published are lost on their way to those who subscribed; answers pass, also on the same connection.</summary>
    public bool LosesMessages
    {
        get => losesMessages;
        set => losesMessages = value;
    }

    /// <summary>How many messages were lost, one for each connection that subscribed.</summary>
    public int LostMessages => Volatile.Read(ref lostMessages);

    /// <summary>Ends all connections now.</summary>
    public void Cut() => Interlocked.Exchange(ref open, new()).Cancel();

    /// <summary>Carries on what is sent to the server; its next answer is lost, and all connections with it.</summary>
    public void CutAtNextAnswer() => dropsAnswers = true;

    public void Dispose()
    {
        over.Cancel();
        Cut();
        listener.Dispose();
        over.Dispose();
    }

    private async Task Accept()
    {
        while (!over.IsCancellationRequested)
        {
            TcpClient client;
            try
            {
                client = await listener.AcceptTcpClientAsync(over.Token);
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }

            Interlocked.Increment(ref connections);
            _ = Carry(client);
        }
    }

    private async Task Carry(TcpClient client)
    {
        using (client)
        using (var upstream = new TcpClient())
        using (var end = CancellationTokenSource.CreateLinkedTokenSource(open.Token))
        {
            try
            {
                await upstream.ConnectAsync(server, port, end.Token);
                (client.NoDelay, upstream.NoDelay) = (true, true);
                var way = Channel.CreateUnbounded<(TimeSpan Due, byte[] Answer)>();
                var requests = client.GetStream().CopyToAsync(upstream.GetStream(), end.Token);
                var departures = Depart(upstream.GetStream(), way.Writer, end.Token);
                var arrivals = Arrive(way.Reader, client.GetStream(), end.Token);
                await Task.WhenAny(requests, arrivals);
                await end.CancelAsync();
                await Task.WhenAll(requests, departures, arrivals);
            }
            catch (Exception exception) when (exception is OperationCanceledException or IOException or SocketException)
            {
                // Cut, or one end went away.
            }
        }
    }

    /// <summary>Takes the server's answers and sends on their way those that are not lost.</summary>
    private async Task Depart(NetworkStream from, ChannelWriter<(TimeSpan Due, byte[] Answer)> way, CancellationToken cut)
    {
        var reader = PipeReader.Create(from, new StreamPipeReaderOptions(bufferSize: 64 * 1024));
        try
        {
            ReadResult read;
            do
            {
                read = await reader.ReadAsync(cut);
                var rest = read.Buffer;
                while (!rest.IsEmpty && (isRedis ? RespReply.Length(rest) : rest.Length) is { } length)
                {
                    var answer = rest.Slice(0, length);
                    rest = rest.Slice(length);
                    if (dropsAnswers)
                    {
                        dropsAnswers = false;
                        Cut();
                        return;
                    }

                    if (losesMessages && isRedis && RespReply.IsMessage(answer))
                    {
                        Interlocked.Increment(ref lostMessages);
                        continue;
                    }

                    way.TryWrite((clock.Elapsed + Delay, answer.ToArray()));
                }

                reader.AdvanceTo(rest.Start, rest.End);
            }
            while (!read.IsCompleted);
        }
        finally
        {
            way.Complete();
        }
    }

    /// <summary>Hands each answer to the client when its time has come.</summary>
    private async Task Arrive(ChannelReader<(TimeSpan Due, byte[] Answer)> way, NetworkStream to, CancellationToken cut)
    {
        await foreach (var (due, answer) in way.ReadAllAsync(cut))
        {
            // A timer may go off a little early.
            while (due - clock.Elapsed is { Ticks: > 0 } left)
            {
                await Task.Delay(left, cut);
            }

            await to.WriteAsync(answer, cut);
        }
    }
}
