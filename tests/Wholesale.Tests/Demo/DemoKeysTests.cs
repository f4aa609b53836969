using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text.Json;
using Wholesale.Demo;

namespace Wholesale.Tests.Demo;

[Collection(nameof(SeededDemo))]
public sealed class DemoKeysTests(SeededDemo demo)
{
    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Only_its_owner_can_read_the_file_of_keys()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such access rights.");

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(demo.Host.KeyFile));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void A_file_that_others_could_read_is_not_written_into_but_replaced()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such access rights.");
        using var directory = new TempDirectory();
        var path = Path.Combine(directory.Path, "demo-keys.json");
        File.WriteAllText(path, "{}");
        File.WriteAllText($"{path}.new", "{}");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        var file = new DemoKeyFile(directory.Path);

        file.Write(new Dictionary<string, string> { ["staff"] = "whk_1" });

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Equal([new("staff", "whk_1")], file.Read());
        Assert.Equal([path], Directory.GetFiles(directory.Path));
    }

    [Fact]
    public void It_prints_both_endpoints_and_one_line_a_key()
    {
        var lines = Printed("http://localhost:5080");

        Assert.Contains(lines, line => line.EndsWith(" http://localhost:5080/graphql", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.EndsWith(" http://localhost:5080/admin/graphql", StringComparison.Ordinal));
        Assert.All(demo.Keys.All, key =>
        {
            Assert.Matches("^whk_[0-9A-Za-z]{32}$", key.Secret);
            Assert.Single(lines, line => line.Contains(key.Title, StringComparison.Ordinal) && line.EndsWith(key.Secret, StringComparison.Ordinal));
        });
        Assert.Equal(4, demo.Keys.All.Select(key => key.Secret).Distinct().Count());
    }

    [Theory]
    [InlineData("http://localhost:5080", "http://0.0.0.0:5080")]
    [InlineData("http://localhost:8080", "http://[::]:8080")]
    [InlineData("http://localhost:5000", "https://*:5001", "http://+:5000")]
    [InlineData("http://127.0.0.1:40123", "http://unix:/tmp/wholesale.sock", "http://127.0.0.1:40123")]
    [InlineData("https://shop.example:443", "https://shop.example")]
    [InlineData("http://localhost")]
    public void The_address_printed_is_one_that_can_be_called(string expected, params string[] addresses)
    {
        Assert.Contains(Printed(addresses), line => line.EndsWith($" {expected}/graphql", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_shell_hands_curl_the_address_the_key_and_a_body_of_json()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The command is for a POSIX shell.");
        var line = Printed("http://localhost:5080").Single(line => line.StartsWith("curl ", StringComparison.Ordinal));

        var arguments = await Arguments(line);

        Assert.Contains("http://localhost:5080/graphql", arguments);
        Assert.Contains($"X-Api-Key: {demo.Keys.All[0].Secret}", arguments);
        Assert.Contains("Content-Type: application/json", arguments);
        using var body = JsonDocument.Parse(arguments[^1]);
        var query = body.RootElement.GetProperty("query").GetString()!;
        Assert.StartsWith("{ products(first: 3) { edges { node { name ", query);
        Assert.Equal(query.Count(c => c == '{'), query.Count(c => c == '}'));
    }

    private string[] Printed(params string[] addresses)
    {
        using var output = new StringWriter();
        demo.Keys.Print(addresses, output);
        return output.ToString().Split('\n', StringSplitOptions.TrimEntries);
    }

    /// <summary>What a shell makes of a command line: the arguments after the first word.</summary>
    private static async Task<string[]> Arguments(string command)
    {
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardOutput = true, UseShellExecute = false };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add($$"""curl() { printf '%s\n' "$@"; }; {{command}}""");
        using var shell = Process.Start(start)!;
        var output = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
