using Wholesale.Tests;

namespace Wholesale.GraphQL.Tests.Http;

/// <summary>GraphQL over HTTP, as the audits of <c>graphql-http</c> check it.</summary>
public sealed class AuditTests
{
    [Fact]
    public async Task Every_audit_of_the_reference_implementation_is_ok()
    {
        Requires.Node();
        await using var server = await TestServer.Start();

        var output = await NodeProcess.Run(TimeSpan.FromMinutes(1), "audits.mjs", new Uri(server.Http.BaseAddress!, "/graphql").ToString());

        var audits = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        TestContext.Current.SendDiagnosticMessage($"{audits.Length} audits of graphql-http.");
        Assert.True(audits.Length >= 60, $"Only {audits.Length} audits ran.");
        Assert.All(audits, audit => Assert.StartsWith("ok ", audit, StringComparison.Ordinal));
    }
}
