using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Wholesale.GraphQL.Tests.Http;
using Wholesale.Platform.Caching;
using Wholesale.Platform.Events;

namespace Wholesale.Tests.Platform.Events;

/// <summary><c>events</c> over HTTP on two nodes of one database, with a real Redis between them and without one.</summary>
public sealed class EventsOfNodesTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_one_node_commits_is_heard_on_the_other_by_a_message_or_else_when_the_log_is_looked_at(bool hasRedis)
    {
        using var redis = hasRedis ? new RedisServer() : null;
        string[] settings = redis is null ? [] : ["--ConnectionStrings:Redis", redis.ConnectionString];
        await using var first = new FirstNode(null, settings);
        await first.InitializeAsync();
        var time = new FakeTime();
        time.Advance(TimeProvider.System.GetUtcNow() - time.GetUtcNow());
        await using var second = await Node.Start(first, time, settings); // looks at the log when it is told to, and no more
        await Eventually.Holds(() => new[] { first, (TestHost)second }.All(node => node.Services.GetRequiredService<Redis>().IsAvailable == hasRedis));
        await using var events = await Watch(second, null);
        await events.Expect(":");

        for (var i = 0; i < 20; i++)
        {
            await ChangeMarket(first, $"Market {i}");
            var next = events.Next();
            if (!hasRedis)
            {
                Assert.False(next.IsCompleted);
                time.Advance(LogTail.Interval);
            }

            Assert.Contains($"\"version\":{i + 1}}}", await next, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_stream_goes_on_by_number_where_it_was_when_its_node_is_gone()
    {
        await using var first = new FirstNode();
        await first.InitializeAsync();
        var seen = new List<(long Number, long Version)>();
        await using (var second = await Node.Start(first))
        {
            await using var events = await Watch(second, null);
            await events.Expect(":");
            foreach (var i in Enumerable.Range(0, 5))
            {
                await ChangeMarket(i % 2 == 0 ? first : second, $"Market {i}");
            }

            while (seen.Count < 3)
            {
                seen.Add(EventIn(await events.Next()));
            }
        }

        await ChangeMarket(first, "Market 5");
        await using var resumed = await Watch(first, seen[^1].Number);
        await resumed.Expect(":");
        while (seen.Count < 6)
        {
            seen.Add(EventIn(await resumed.Next()));
        }

        Assert.Equal([1, 2, 3, 4, 5, 6], seen.Select(e => e.Version));
        Assert.Equal(seen.Select(e => e.Number).Order().Distinct(), seen.Select(e => e.Number));
    }

    private static (long Number, long Version) EventIn(string? text)
    {
        var happened = JsonDocument.Parse(text!["event: next\ndata: ".Length..]).RootElement.GetProperty("data").GetProperty("events");
        return (happened.GetProperty("number").GetInt64(), happened.GetProperty("version").GetInt64());
    }

    private static async Task<TestEvents> Watch(TestHost node, long? after)
    {
        var document = $"subscription {{ events(after: {(after is null ? "null" : after)}, types: [MARKET_CHANGED]) {{ number version }} }}";
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/admin/graphql?query={Uri.EscapeDataString(document)}");
        request.Headers.Add("Accept", "text/event-stream");
        request.Headers.Add("X-Api-Key", node.StaffKey);
        return new TestEvents(await node.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead));
    }

    private static async Task ChangeMarket(TestHost node, string name) =>
        await node.Import("markets", JsonSerializer.Serialize(new { externalId = "watched", name, currency = "EUR" }));
}
