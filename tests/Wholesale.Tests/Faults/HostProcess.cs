using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Wholesale.Tests.Faults;

/// <summary>The program itself as a node, as another one of a <see cref="PricedShop"/>, in a process of its own that can be killed.</summary>
internal sealed partial class HostProcess : IDisposable
{
    private readonly Process process;

    private HostProcess(Process process, Uri address)
    {
        this.process = process;
        Client = new() { BaseAddress = address };
    }

    public HttpClient Client { get; }

    /// <summary>Whether it is about to be killed, or was: from then on nothing it does not answer is its fault.</summary>
    public bool IsKilled { get; private set; }

    /// <summary>Starts it; returns when it takes requests.</summary>
    /// <param name="beside">A node of the same shop.</param>
    /// <param name="number">The number of the new one.</param>
    public static Task<HostProcess> Start(PricedNode beside, int number) => Start(beside.Arguments, number);

    /// <summary>Starts it on some data; returns when it takes requests.</summary>
    /// <param name="arguments">What makes a program a node on the data.</param>
    /// <param name="number">The number of the node.</param>
    public static async Task<HostProcess> Start(IEnumerable<string> arguments, int number)
    {
        var started = Process.Start(new ProcessStartInfo("dotnet",
        [
            typeof(WholesaleDb).Assembly.Location, "--urls", "http://127.0.0.1:0", "--environment", "Production", .. arguments,
            "--Node:Number", number.ToString(CultureInfo.InvariantCulture),
            "--Logging:LogLevel:Default", "Error", "--Logging:LogLevel:Microsoft.Hosting.Lifetime", "Information",
        ])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            Match found;
            do
            {
                found = Address().Match(await started.StandardOutput.ReadLineAsync(limit.Token) ?? throw new InvalidOperationException("The server stopped."));
            }
            while (!found.Success);

            _ = started.StandardOutput.ReadToEndAsync(CancellationToken.None); // or it waits for someone to read it
            return new(started, new Uri(found.Value));
        }
        catch
        {
            started.Kill();
            started.Dispose();
            throw;
        }
    }

    /// <summary>Kills it (SIGKILL); returns when it is gone.</summary>
    public async Task Kill()
    {
        IsKilled = true;
        process.Kill();
        await process.WaitForExitAsync();
    }

    public void Dispose()
    {
        IsKilled = true;
        if (!process.HasExited)
        {
            process.Kill();
            process.WaitForExit();
        }

        process.Dispose();
        Client.Dispose();
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Address();
}
