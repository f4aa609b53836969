using Snapshooter.Xunit;

namespace Wholesale.Tests;

/// <summary>
/// The clients that people use, against the real host: <c>graphql-ws</c>, <c>graphql-sse</c>, Apollo Client, urql, graphql-codegen with <c>tsc</c>, the Relay compiler
/// and its runtime, and the reference implementation's reading of the contracts. What each checks is in <c>tests/node/clients</c>.
/// </summary>
public sealed class ClientsTests(Shop shop) : IClassFixture<Shop>
{
    [Fact]
    public async Task Every_client_gets_what_it_expects()
    {
        Requires.Node();

        var output = await NodeProcess.Run(TimeSpan.FromMinutes(3), "clients.mjs", shop.Client.BaseAddress!.ToString(), shop.Acme, shop.StaffKey);

        var checks = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal).ToList();
        Assert.All(checks, check => Assert.StartsWith("ok ", check, StringComparison.Ordinal));
        Snapshot.Match(string.Join('\n', checks));
    }
}
