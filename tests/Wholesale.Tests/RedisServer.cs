using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using StackExchange.Redis;

namespace Wholesale.Tests;

/// <summary>A redis-server of one test's own on a loopback port: a real one, empty, that keeps nothing on disk. Where there is none installed, the test skips.</summary>
internal sealed class RedisServer : IDisposable
{
    /// <summary>Runs the server until its own input ends, which it does however the tests end, and kills it then: no server outlives them.</summary>
    private const string UntilInputEnds =
        """
        trap '' INT TERM HUP
        sh -c 'echo $$; exec redis-server "$@" 2>&1' sh "$@" &
        exec >/dev/null 2>&1
        while read -r line; do :; done
        kill -s KILL $!
        wait
        """;

    private static int ports;

    private readonly TempDirectory directory;
    private readonly string[] settings;
    private Process? shell;
    private Task<string>? output;

    /// <summary>Starts it.</summary>
    /// <param name="settings">More settings as on its command line, such as <c>--maxmemory 4mb</c>, each word for itself.</param>
    public RedisServer(params string[] settings)
    {
        Requires.Redis();
        this.settings = settings;
        Port = FreePort();
        directory = new();
        try
        {
            Start();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The same for its whole life.</summary>
    public int Port { get; }

    public string ConnectionString => $"127.0.0.1:{Port}";

    /// <summary>The process that serves, or served last.</summary>
    public int ProcessId { get; private set; }

    /// <summary>Starts it again, empty, after <see cref="Kill"/>; returns when it takes connections.</summary>
    public void Start()
    {
        shell = Process.Start(new ProcessStartInfo("sh",
        [
            "-c", UntilInputEnds, "sh", "--bind", "127.0.0.1", "--port", Port.ToString(CultureInfo.InvariantCulture),
            "--save", "", "--appendonly", "no", "--dir", directory.Path, .. settings,
        ])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        ProcessId = int.Parse(shell.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
        var said = new StringBuilder();
        while (shell.StandardOutput.ReadLine() is { } line)
        {
            if (line.Contains("Ready to accept connections", StringComparison.Ordinal))
            {
                output = shell.StandardOutput.ReadToEndAsync();
                return;
            }

            said.AppendLine(line);
        }

        throw new InvalidOperationException($"redis-server did not start:\n{said}");
    }

    /// <summary>Kills it (SIGKILL) with all it holds, also when it is stopped; returns when it is gone.</summary>
    public void Kill()
    {
        if (shell is not null)
        {
            shell.StandardInput.Close();
            shell.WaitForExit();
            output?.Wait();
            shell.Dispose();
            (shell, output) = (null, null);
        }
    }

    /// <summary>Makes it hang (SIGSTOP): connections stay, new ones can be made, nothing is answered.</summary>
    public void Stop() => Signal("STOP");

    /// <summary>Lets it go on (SIGCONT); it does all that it was sent meanwhile.</summary>
    public void Continue() => Signal("CONT");

    /// <summary>Sends one command on a connection of its own and gives the answer. That connection reads and writes no keys, and subscribes to nothing, for itself.</summary>
    public async Task<RedisResult> Run(string command, params object[] arguments)
    {
        await using var connection = await Connect();
        return await connection.GetDatabase().ExecuteAsync(command, arguments);
    }

    /// <summary>Connects to it, or to a proxy before it, as <see cref="Run"/> does.</summary>
    /// <param name="through">The proxy.</param>
    /// <param name="settings">More settings, such as <c>protocol=resp3</c>.</param>
    public async Task<ConnectionMultiplexer> Connect(FaultyProxy? through = null, string settings = "protocol=resp2") =>
        await ConnectionMultiplexer.ConnectAsync($"{through?.ConnectionString ?? ConnectionString},allowAdmin=true,tiebreaker=,configChannel=,{settings}");

    public void Dispose()
    {
        Kill();
        directory.Dispose();
    }

    /// <summary>
    /// A port below those that the system gives to clients. Among those, a client that tries again and again while the server is away can meet itself
    /// (its own port is the one it calls), and keep the port from the server.
    /// </summary>
    private static int FreePort()
    {
        for (var tries = 0; tries < 1000; tries++)
        {
            var port = 20_000 + (int)(((Environment.ProcessId * 97L) + Interlocked.Increment(ref ports)) % 12_000);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken: the next one.
            }
        }

        throw new InvalidOperationException("No port is free.");
    }

    private void Signal(string name)
    {
        using var kill = Process.Start("sh", ["-c", $"kill -s {name} {ProcessId}"]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }
}
