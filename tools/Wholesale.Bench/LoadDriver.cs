using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Wholesale.Bench;

/// <summary>What one round measured.</summary>
internal readonly record struct Round(double RequestsPerSecond, double CpuMicrosecondsPerRequest, double MedianMilliseconds, double P99Milliseconds);

/// <summary>Sends one prepared request again and again over a few connections on loopback and reads whole answers. Bounded in time.</summary>
internal sealed class LoadDriver(int port, byte[] request, Process server)
{
    private const int Connections = 4;

    public static byte[] Post(string path, string body, params string[] headers) => Encoding.UTF8.GetBytes(
        $"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n{string.Concat(headers.Select(h => h + "\r\n"))}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");

    /// <summary>One request: the answer's status line and body.</summary>
    public async Task<(string Status, byte[] Body)> Once()
    {
        using var connection = await Connection.Open(port);
        return await connection.Exchange(request);
    }

    public async Task<Round> Measure(double seconds)
    {
        server.Refresh();
        var cpu = server.TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        var latencies = await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(async () =>
        {
            var times = new List<double>();
            using var connection = await Connection.Open(port);
            while (clock.Elapsed.TotalSeconds < seconds)
            {
                var start = clock.Elapsed;
                await connection.Exchange(request);
                times.Add((clock.Elapsed - start).TotalMilliseconds);
            }

            return times;
        })));
        var elapsed = clock.Elapsed.TotalSeconds;
        server.Refresh();
        var all = latencies.SelectMany(l => l).Order().ToList();
        return new Round(all.Count / elapsed, (server.TotalProcessorTime - cpu).TotalMicroseconds / all.Count, all[all.Count / 2], all[(int)(all.Count * 0.99)]);
    }

    private sealed class Connection(Socket socket) : IDisposable
    {
        private byte[] buffer = new byte[64 * 1024];

        public static async Task<Connection> Open(int port)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(IPAddress.Loopback, port);
            return new Connection(socket);
        }

        public async Task<(string Status, byte[] Body)> Exchange(byte[] request)
        {
            await socket.SendAsync(request);
            var length = 0;
            var end = -1;
            var contentLength = 0;
            while (end < 0 || length < end + contentLength)
            {
                if (length == buffer.Length)
                {
                    Array.Resize(ref buffer, buffer.Length * 2);
                }

                var read = await socket.ReceiveAsync(buffer.AsMemory(length));
                if (read == 0)
                {
                    throw new IOException("The server closed the connection.");
                }

                length += read;
                if (end < 0 && buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8) is var found and >= 0)
                {
                    end = found + 4;
                    var head = Encoding.ASCII.GetString(buffer, 0, found);
                    var header = head.Split("\r\n").First(l => l.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
                    contentLength = int.Parse(header.AsSpan(15), CultureInfo.InvariantCulture);
                }
            }

            return (Encoding.ASCII.GetString(buffer, 0, buffer.AsSpan(0, length).IndexOf("\r\n"u8)), buffer.AsSpan(end, contentLength).ToArray());
        }

        public void Dispose() => socket.Dispose();
    }
}
