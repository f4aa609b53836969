using System.Diagnostics;
using System.Globalization;
using StackExchange.Redis;

namespace Wholesale.Bench;

/// <summary>A redis-server on a free loopback port, a process of its own, empty, ended with this object.</summary>
internal sealed class RedisProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly ConnectionMultiplexer connection;

    private RedisProcess(Process process, ConnectionMultiplexer connection, string connectionString) =>
        (this.process, this.connection, ConnectionString) = (process, connection, connectionString);

    public string ConnectionString { get; }

    public static async Task<RedisProcess> Start()
    {
        var port = BenchServer.FreePort().ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo("redis-server", ["--bind", "127.0.0.1", "--port", port, "--save", "", "--appendonly", "no"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        var started = Process.Start(start)!;
        while (await started.StandardOutput.ReadLineAsync() is { } line && !line.Contains("Ready to accept connections", StringComparison.Ordinal))
        {
        }

        _ = started.StandardOutput.ReadToEndAsync();
        return new(started, await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{port},allowAdmin=true,abortConnect=false"), $"127.0.0.1:{port}");
    }

    /// <summary>What it takes in memory, in bytes.</summary>
    public async Task<long> UsedMemory() => long.Parse(await Info("memory", "used_memory"), CultureInfo.InvariantCulture);

    /// <summary>How many keys it has.</summary>
    public async Task<long> Keys() => (long)await connection.GetDatabase().ExecuteAsync("DBSIZE");

    /// <summary>It is gone (SIGKILL).</summary>
    public async Task Kill()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await connection.DisposeAsync();
        if (!process.HasExited)
        {
            await Kill();
        }

        process.Dispose();
    }

    private async Task<string> Info(string section, string name) =>
        (await connection.GetServers()[0].InfoAsync(section)).SelectMany(group => group).First(pair => pair.Key == name).Value;
}
