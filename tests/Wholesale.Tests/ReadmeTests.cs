using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using Wholesale.Demo;
using Wholesale.GraphQL.Tests.Http;
using Wholesale.Tests.Demo;

namespace Wholesale.Tests;

/// <summary>What the README shows works on the demo, under the default limits.</summary>
public sealed partial class ReadmeTests(DemoServer server) : IClassFixture<DemoServer>
{
    [Theory]
    [InlineData("README.md", 3)]
    [InlineData("docs/prices.md", 2)]
    [InlineData("docs/inventory.md", 1)]
    public async Task Every_example_is_answered_without_an_error(string path, int atLeast)
    {
        var examples = Example().Matches(await File.ReadAllTextAsync(Readme(path))).Select(m => m.Groups["example"].Value).ToList();

        Assert.True(examples.Count >= atLeast);
        foreach (var example in examples)
        {
            var key = server.Keys.All.Single(k => k.Owner == (IsForStaff(example) ? DemoKeys.Staff : DemoCompanies.Summit)).Secret;
            var (status, body) = await server.Ask(key, example, path: IsForStaff(example) ? "/admin/graphql" : "/graphql");
            Assert.Equal(HttpStatusCode.OK, status);
            Assert.DoesNotContain("\"errors\"", body, StringComparison.Ordinal);
            Assert.DoesNotContain("\"variant\":null", body, StringComparison.Ordinal);
            Assert.DoesNotContain("\"availability\":null", body, StringComparison.Ordinal);
            Assert.DoesNotContain("\"code\"", body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_it_shows_of_watching_opens_streams()
    {
        var lines = WatchLine().Matches(await File.ReadAllTextAsync(Readme()));

        Assert.Equal(["/graphql", "/admin/graphql"], lines.Select(line => line.Groups["path"].Value));
        foreach (var (path, body) in lines.Select(line => (line.Groups["path"].Value, line.Groups["body"].Value)))
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            request.Headers.Add("Accept", "text/event-stream");
            request.Headers.Add("X-Api-Key", server.Keys.All.Single(k => k.Owner == (path == "/graphql" ? DemoCompanies.Summit : DemoKeys.Staff)).Secret);

            await using var events = new TestEvents(await server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead));

            await events.Expect(":");
            if (path == "/graphql")
            {
                Assert.StartsWith("event: next\ndata: {\"data\":{\"effectivePriceChanged\":{\"edges\":[],", await events.Next(), StringComparison.Ordinal);
            }
        }
    }

    /// <summary>Whether an example is for <c>/admin/graphql</c>.</summary>
    internal static bool IsForStaff(string example) =>
        example.StartsWith("mutation", StringComparison.Ordinal)
        || example.Contains("{ events", StringComparison.Ordinal)
        || example.Contains("priceChangeSet", StringComparison.Ordinal);

    private static string Readme(string path = "README.md", [CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "../..", path);

    [GeneratedRegex("```graphql\n(?<example>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex("curl -sN http://localhost:5080(?<path>/[^ ]+) -H 'Accept: text/event-stream' .* -d '(?<body>[^']+)'")]
    private static partial Regex WatchLine();
}
