using System.Net;
using System.Net.Sockets;

namespace Wholesale.Tests.Platform.Database;

/// <summary>Stands between the host and its database on a loopback port, and cuts connections: at once, or when the server has done what it was told and answers.</summary>
internal sealed class CuttingProxy : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource over = new();
    private readonly string server;
    private readonly int port;
    private CancellationTokenSource open = new();
    private volatile bool dropsAnswers;

    public CuttingProxy(string server, int port)
    {
        (this.server, this.port) = (server, port);
        listener.Start();
        _ = Accept();
    }

    /// <summary>How many connections were made.</summary>
    public int Connections { get; private set; }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

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

            Connections++;
            _ = Carry(client);
        }
    }

    private async Task Carry(TcpClient client)
    {
        using (client)
        using (var upstream = new TcpClient())
        {
            var cut = open.Token;
            try
            {
                await upstream.ConnectAsync(server, port, cut);
                (client.NoDelay, upstream.NoDelay) = (true, true);
                await Task.WhenAny(Copy(client, upstream, isAnswer: false, cut), Copy(upstream, client, isAnswer: true, cut));
            }
            catch (Exception exception) when (exception is OperationCanceledException or IOException or SocketException)
            {
                // Cut, or one end went away.
            }
        }
    }

    private async Task Copy(TcpClient from, TcpClient to, bool isAnswer, CancellationToken cut)
    {
        var buffer = new byte[32 * 1024];
        int read;
        while ((read = await from.GetStream().ReadAsync(buffer, cut)) > 0)
        {
            if (isAnswer && dropsAnswers)
            {
                dropsAnswers = false;
                Cut();
                return;
            }

            await to.GetStream().WriteAsync(buffer.AsMemory(0, read), cut);
        }
    }
}
