using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Wholesale.Tests;

/// <summary>What a stranger sees: the program itself, started twice on an empty directory, and the line that it says to paste.</summary>
public sealed partial class FirstStartTests : IDisposable
{
    private readonly TempDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task The_first_start_prints_a_line_that_answers_with_prices_and_the_second_finds_everything_again()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "This test pastes into a POSIX shell.");
        Requires.Program("curl");
        var first = await Run();
        var second = await Run();

        Assert.Equal(4, first.Keys.Count);
        Assert.Equal(first.Keys, second.Keys);
        Assert.Equal(first.Answer, second.Answer);
        using var answer = JsonDocument.Parse(first.Answer);
        var products = answer.RootElement.GetProperty("data").GetProperty("products").GetProperty("edges");
        Assert.Equal(3, products.GetArrayLength());
        Assert.True(Amounts().IsMatch(first.Answer), first.Answer);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(directory.Path, "demo-keys.json")));
        }
    }

    private async Task<(List<string> Keys, string Answer)> Run()
    {
        using var server = Start("dotnet", typeof(WholesaleDb).Assembly.Location, "--urls", "http://127.0.0.1:0", "--environment", "Development", "--Data:Directory", directory.Path);
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
            var keys = new List<string>();
            string? curl = null;
            while (curl is null)
            {
                var line = await server.StandardOutput.ReadLineAsync(limit.Token) ?? throw new InvalidOperationException($"It stopped: {await server.StandardError.ReadToEndAsync(limit.Token)}");
                if (line.StartsWith("curl ", StringComparison.Ordinal))
                {
                    curl = line;
                }
                else
                {
                    keys.AddRange(Key().Matches(line).Select(m => m.Value));
                }
            }

            using var shell = Start("sh", "-c", curl);
            var answer = await shell.StandardOutput.ReadToEndAsync(limit.Token);
            using var stop = Start("kill", "-TERM", server.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
            await server.WaitForExitAsync(limit.Token);
            Assert.Equal(0, server.ExitCode);
            return (keys, answer);
        }
        finally
        {
            if (!server.HasExited)
            {
                server.Kill();
            }
        }
    }

    private static Process Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    [GeneratedRegex("whk_[A-Za-z0-9]{32}")]
    private static partial Regex Key();

    [GeneratedRegex("\"unitPrice\":\\{\"amount\":\"[0-9.]+\",\"currency\":\"USD\"\\}")]
    private static partial Regex Amounts();
}
