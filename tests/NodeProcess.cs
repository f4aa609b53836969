using System.Diagnostics;

namespace Wholesale.Tests;

/// <summary>Runs scripts of <c>tests/node</c>.</summary>
internal static class NodeProcess
{
    /// <summary>Runs a script to its end and returns what it printed; fails if it fails or takes too long.</summary>
    public static async Task<string> Run(TimeSpan limit, string script, params IReadOnlyList<string> arguments)
    {
        using var node = Start(script, arguments);
        using var time = new CancellationTokenSource(limit);
        try
        {
            var output = node.StandardOutput.ReadToEndAsync(time.Token);
            var errors = node.StandardError.ReadToEndAsync(time.Token);
            await node.WaitForExitAsync(time.Token);
            Assert.True(node.ExitCode == 0, $"{script} ended with {node.ExitCode}: {await errors}\n{await output}");
            return await output;
        }
        finally
        {
            if (!node.HasExited)
            {
                node.Kill(entireProcessTree: true);
            }
        }
    }

    /// <summary>Starts a script with its three streams redirected, UTF-8.</summary>
    public static Process Start(string script, params IReadOnlyList<string> arguments)
    {
        var folder = Requires.Node();
        return Process.Start(new ProcessStartInfo("node", [Path.Combine(folder, script), .. arguments])
        {
            UseShellExecute = false,
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new System.Text.UTF8Encoding(false),
            StandardOutputEncoding = System.Text.Encoding.UTF8,
        })!;
    }
}
