using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Wholesale.Bench;

/// <summary>What one round measured of a server.</summary>
/// <param name="AllocatedBytesPerRequest">Not a number where the server does not count it.</param>
internal readonly record struct Round(
    double RequestsPerSecond, double CpuMicrosecondsPerRequest, double MedianMilliseconds, double P99Milliseconds, double AllocatedBytesPerRequest);

/// <summary>
/// Sends one prepared request again and again over a few connections on loopback and reads whole answers. Bounded in time. Blocking sockets on threads of
/// their own, and a length that is learned from the first answer: the client shares the machine with the server and must not be what is measured.
/// </summary>
internal sealed class LoadDriver(BenchServer server, byte[] request)
{
    private const int Connections = 4;
    private int answerLength;

    public static byte[] Post(string path, string body, params string[] headers) => Encoding.UTF8.GetBytes(
        $"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n{string.Concat(headers.Select(h => h + "\r\n"))}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");

    /// <summary>One request: the answer's status line and body. To be called before <see cref="Measure"/>, whose answers must have the same length.</summary>
    public (string Status, byte[] Body) Once()
    {
        using var socket = Connect();
        var answer = new byte[8 * 1024 * 1024];
        socket.Send(request);
        var length = 0;
        while (true)
        {
            length += Receive(socket, answer.AsSpan(length));
            var head = answer.AsSpan(0, length).IndexOf("\r\n\r\n"u8);
            if (head < 0)
            {
                continue;
            }

            var lines = Encoding.ASCII.GetString(answer, 0, head).Split("\r\n");
            var contentLength = int.Parse(lines.First(l => l.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)).AsSpan(15), CultureInfo.InvariantCulture);
            answerLength = head + 4 + contentLength;
            if (length == answerLength)
            {
                return (lines[0], answer[(head + 4)..length]);
            }
        }
    }

    /// <summary>Keeps the server busy until it has used so much CPU time: on a loaded machine that takes longer, and compilation needs it.</summary>
    public async Task WarmUp(TimeSpan cpu)
    {
        for (var end = server.Cpu + cpu; server.Cpu < end;)
        {
            await Measure(1);
        }
    }

    public async Task<Round> Measure(double seconds)
    {
        var allocated = await server.AllocatedBytes();
        var cpu = server.Cpu;
        var clock = Stopwatch.StartNew();
        var latencies = await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Factory.StartNew(
            () => Repeat(clock, seconds), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        var elapsed = clock.Elapsed.TotalSeconds;
        var used = (server.Cpu - cpu).TotalMicroseconds;
        allocated = await server.AllocatedBytes() - allocated;
        var all = latencies.SelectMany(l => l).Order().ToList();
        return new Round(all.Count / elapsed, used / all.Count, all[all.Count / 2], all[(int)(all.Count * 0.99)], allocated / all.Count);
    }

    private List<double> Repeat(Stopwatch clock, double seconds)
    {
        var times = new List<double>(100_000);
        var answer = new byte[answerLength];
        using var socket = Connect();
        while (clock.Elapsed.TotalSeconds < seconds)
        {
            var start = clock.Elapsed;
            socket.Send(request);
            var length = 0;
            while (length < answerLength)
            {
                length += Receive(socket, answer.AsSpan(length));
            }

            if (!answer.AsSpan().StartsWith("HTTP/1.1 200 "u8))
            {
                throw new IOException(Encoding.ASCII.GetString(answer, 0, Math.Min(answerLength, 200)));
            }

            times.Add((clock.Elapsed - start).TotalMilliseconds);
        }

        return times;
    }

    private Socket Connect()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = 30_000 };
        socket.Connect(IPAddress.Loopback, server.Port);
        return socket;
    }

    private static int Receive(Socket socket, Span<byte> target) =>
        socket.Receive(target) is > 0 and var read ? read : throw new IOException("The server closed the connection.");
}
