using System.Net;
using Microsoft.Extensions.Configuration;

namespace Wholesale.Tests;

/// <summary>Costs over the product's own schema and data.</summary>
public sealed class CostTests(Shop shop) : IClassFixture<Shop>
{
    private const int Queries = 250;

    [Fact]
    public async Task Charged_is_at_least_actual_for_whatever_a_buyer_asks()
    {
        var page = await shop.Data(shop.Acme, "{ products(first: 5) { edges { node { id variants { edges { node { id } } } } } } categories { id } }");
        var cart = await shop.Data(
            shop.Acme, "mutation($lines: [CartLineInput!]!) { addCartLines(input: {lines: $lines}) { cart { id lines { edges { node { id } } } } } }", new { lines = Enumerable.Range(1, 40).Select(i => new { sku = $"TOOL-{i:000}-S", quantity = i }) });
        var ids = ContractQueries.Ids(page).Concat(ContractQueries.Ids(cart)).ToList();
        var queries = new ContractQueries(Contracts.Load().Buyers.Schema, ids, new Random(20_260_901));
        var (answered, given) = (0, 0);
        for (var i = 0; i < Queries; i++)
        {
            var query = queries.Next();
            using var response = await shop.Send(shop.Acme, query);
            var body = await response.Content.ReadAsStringAsync();
            Assert.True(response.StatusCode == HttpStatusCode.OK && !body.Contains("GRAPHQL_", StringComparison.Ordinal), $"{query}\n{body}");
            if (body.Contains("COST_LIMIT_EXCEEDED", StringComparison.Ordinal) || body.Contains("TOO_LARGE", StringComparison.Ordinal))
            {
                continue;
            }

            var cost = Costs.Of(response);
            Assert.True(cost.Charged >= cost.Actual && cost.Charged <= 50_000, $"{cost}: {query}");
            answered++;
            given += cost.Actual > 50 ? 1 : 0;
        }

        Assert.InRange(answered, Queries / 2, Queries);
        Assert.InRange(given, 20, Queries);
    }

    [Fact]
    public async Task A_replayed_answer_is_not_charged_and_its_bytes_are_those_that_were_kept()
    {
        const string Mutation = "mutation { upsertMarkets(input: { markets: [{ externalId: \"fr\", name: \"France\", currency: \"EUR\" }] }) { counts { applied } } }";
        shop.Client.DefaultRequestHeaders.Add("GraphQL-Cost", "report");

        using var first = await shop.Send(shop.StaffKey, Mutation, path: "/admin/graphql", idempotencyKey: "cost-1");
        using var replay = await shop.Send(shop.StaffKey, Mutation, path: "/admin/graphql", idempotencyKey: "cost-1");
        shop.Client.DefaultRequestHeaders.Remove("GraphQL-Cost");

        Assert.Equal("""{"data":{"upsertMarkets":{"counts":{"applied":1}}},"extensions":{"cost":{"charged":4,"actual":4}}}""", await first.Content.ReadAsStringAsync());
        Assert.Equal("""{"data":{"upsertMarkets":{"counts":{"applied":1}}}}""", await replay.Content.ReadAsStringAsync());
        Assert.Equal(new Costs(4, 4, null, null), Costs.Of(first));
        Assert.Equal(new Costs(0, 0, null, null), Costs.Of(replay));
    }

    [Theory]
    [InlineData("CostBucket", "49999")]
    [InlineData("MaxCost", "500001")]
    [InlineData("CostRefillPerSecond", "0")]
    public void Settings_that_would_refuse_for_ever_stop_the_start(string name, string value) =>
        Assert.Contains("Limits:SignedIn:CostRefillPerSecond", Assert.Throws<InvalidOperationException>(() => Read((name, value))).Message, StringComparison.Ordinal);

    [Fact]
    public void An_empty_setting_lifts_a_limit()
    {
        var limits = Read(("MaxCost", ""), ("CostBucket", "")).SignedIn;

        Assert.Null(limits.MaxCost);
        Assert.Null(limits.CostBucket);
    }

    private static Limits Read(params (string Name, string Value)[] settings) => Limits.Read(new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create($"Limits:SignedIn:{s.Name}", (string?)s.Value)))
        .Build());
}
