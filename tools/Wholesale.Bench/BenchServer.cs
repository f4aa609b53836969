using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Wholesale.Bench;

/// <summary>A server that is measured: a process of its own on a free port of the loopback interface, ended with this object.</summary>
internal sealed class BenchServer : IAsyncDisposable
{
    private readonly Process process;
    private readonly bool countsAllocations;

    private BenchServer(Process process, int port, bool countsAllocations)
    {
        this.process = process;
        this.countsAllocations = countsAllocations;
        Port = port;
        Client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromMinutes(10) };
    }

    public int Port { get; }

    /// <summary>For what is not measured by load.</summary>
    public HttpClient Client { get; }

    public TimeSpan Cpu
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>The most memory that the server had at a time, in bytes.</summary>
    public long PeakMemory
    {
        get
        {
            process.Refresh();
            return process.PeakWorkingSet64;
        }
    }

    /// <summary>Starts one of this program's own servers.</summary>
    public static Task<BenchServer> Start(params string[] arguments)
    {
        var port = FreePort();
        return Start("dotnet", [typeof(BenchServer).Assembly.Location, arguments[0], port.ToString(CultureInfo.InvariantCulture), .. arguments[1..]], port, Counters.Path);
    }

    /// <summary>Starts a server and waits until it answers.</summary>
    public static async Task<BenchServer> Start(string program, IEnumerable<string> arguments, int port, string readyPath)
    {
        var start = new ProcessStartInfo(program) { UseShellExecute = false, RedirectStandardOutput = true };
        start.Environment["NODE_ENV"] = "production";
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var started = Process.Start(start)!;
        started.OutputDataReceived += (_, _) => { };
        started.BeginOutputReadLine();
        var server = new BenchServer(started, port, readyPath == Counters.Path);
        try
        {
            await server.WaitFor(readyPath);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async Task<double> AllocatedBytes() =>
        countsAllocations ? double.Parse(await Client.GetStringAsync(new Uri(Counters.Path, UriKind.Relative)), CultureInfo.InvariantCulture) : double.NaN;

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    private async Task WaitFor(string path)
    {
        var clock = Stopwatch.StartNew();
        while (!await IsReady(path))
        {
            if (process.HasExited || clock.Elapsed > TimeSpan.FromMinutes(2))
            {
                throw new InvalidOperationException($"A server did not start: {process.StartInfo.FileName} {string.Join(' ', process.StartInfo.ArgumentList)}");
            }

            await Task.Delay(100);
        }
    }

    private async Task<bool> IsReady(string path)
    {
        try
        {
            using var answer = await Client.GetAsync(new Uri(path, UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            // Not listening yet.
            return false;
        }
    }
}

/// <summary>What a measured server tells of itself.</summary>
internal static class Counters
{
    public const string Path = "/allocated";

    /// <summary>Serves the bytes allocated since the process began.</summary>
    public static void Map(WebApplication app) =>
        app.MapGet(Path, () => GC.GetTotalAllocatedBytes(precise: true).ToString(CultureInfo.InvariantCulture));
}
