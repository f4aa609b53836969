using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Wholesale.Platform.Events;
using Wholesale.Platform.Caching;

namespace Wholesale.Tests;

/// <summary><c>effectivePriceChanged</c> over HTTP on two nodes of one database, with a real Redis between them and without one.</summary>
public sealed class PriceStreamsOfNodesTests
{
    /// <summary>More edits on demand: <c>WHOLESALE_PRICE_TURNS=1000</c>.</summary>
    private static readonly int Edits = int.Parse(Environment.GetEnvironmentVariable("WHOLESALE_PRICE_TURNS") ?? "25", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData(21, true)]
    [InlineData(22, true)]
    [InlineData(23, false)]
    public async Task Copies_kept_by_streams_that_are_cut_and_go_on_elsewhere_are_what_both_nodes_give_in_the_end(int seed, bool hasRedis)
    {
        using var redis = hasRedis ? new RedisServer() : null;
        await using var first = new FirstNode(null, SettingsOf(redis));
        await first.InitializeAsync();
        await using var second = await Node.Start(first, null, SettingsOf(redis));
        TestHost[] nodes = [first, second];
        var random = new Random(seed);
        var beta = await AddBuyer(first, "beta", "eur");
        using var over = new CancellationTokenSource();
        var clients = new List<(PriceStreamClient Client, Task Keeping)>();
        foreach (var key in new[] { first.Acme, first.Acme, first.Spielwaren, beta })
        {
            var client = new PriceStreamClient(key);
            await client.Open(nodes[random.Next(2)], first: 5);
            await client.Begin(nodes[random.Next(2)]);
            clients.Add((client, Keep(client, nodes, new Random(random.Next()), over.Token)));
        }

        var newcomer = new PriceStreamClient(first.Newcomer);
        await newcomer.Open(second, first: 1_000);
        await newcomer.Begin(second); // it sees no prices yet, so that nothing is told of the edits

        await Task.WhenAll(nodes.Select(node => Edit(node, new Random(random.Next()))));
        await first.Import("companies", """{"externalId":"newcomer","verification":"VERIFIED"}""");
        clients.Add((newcomer, Keep(newcomer, nodes, new Random(random.Next()), over.Token)));

        foreach (var (client, keeping) in clients)
        {
            foreach (var node in nodes)
            {
                await Eventually.Holds(async () => keeping.IsCompleted || (await client.Read(node)).SequenceEqual(client.Prices));
            }
        }

        await over.CancelAsync();
        await Task.WhenAll(clients.Select(c => c.Keeping));
        TestContext.Current.TestOutputHelper!.WriteLine($"Seed {seed}, {2 * Edits} edits: {string.Join(", ", clients.Select(c => $"{c.Client.Changes} changes"))}.");
        Assert.All(clients, c => Assert.True(c.Client.Changes > 5, "Too little has changed to tell anything."));
        foreach (var (client, _) in clients)
        {
            await client.DisposeAsync();
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_one_node_changes_is_heard_on_the_other_by_a_message_or_else_when_the_log_is_looked_at(bool hasRedis)
    {
        using var redis = hasRedis ? new RedisServer() : null;
        await using var first = new FirstNode(null, SettingsOf(redis));
        await first.InitializeAsync();
        var time = new FakeTime();
        time.Advance(TimeProvider.System.GetUtcNow() - time.GetUtcNow());
        await using var second = await Node.Start(first, time, SettingsOf(redis)); // looks at the log when it is told to, and no more
        await Eventually.Holds(() => new[] { first, (TestHost)second }.All(node => node.Services.GetRequiredService<Redis>().IsAvailable == hasRedis));
        var client = new PriceStreamClient(first.Acme);
        await client.Open(second);
        await client.Begin(second);
        time.Advance(TimeSpan.FromMinutes(1)); // its clock is ahead, so that what the other commits lies behind it, and it has rested since the last page

        await SetPrice(first, "usd", "TOOL-007-L", "6.5");
        var page = client.Page();
        if (!hasRedis)
        {
            await first.Data(first.Acme, "{ me { kind } }");
            Assert.False(page.IsCompleted);
            time.Advance(LogTail.Interval);
        }

        Assert.Equal("TOOL-007-L", Assert.Single(await page).GetProperty("sku").GetString());
        await client.DisposeAsync();
    }

    [Fact]
    public async Task A_stream_goes_on_where_it_was_when_its_node_is_gone()
    {
        await using var first = new FirstNode();
        await first.InitializeAsync();
        var client = new PriceStreamClient(first.Acme);
        await using (var second = await Node.Start(first))
        {
            await client.Open(second);
            await client.Begin(second);
            await SetPrice(first, "usd", "TOOL-007-L", "6.5");
            Assert.Single(await client.Page());
        }

        Assert.Null(await client.Next()); // without `complete`: come back
        await SetPrice(first, "usd", "TOOL-008-L", "6.5");
        await client.Open(first);

        Assert.Equal("TOOL-008-L", Assert.Single(await client.Page()).GetProperty("sku").GetString());
        Assert.Equal(await client.Read(first), client.Prices);
        await client.DisposeAsync();
    }

    /// <summary>The server may take a while to notice that a client has cut its stream.</summary>
    private static string[] SettingsOf(RedisServer? redis) =>
        ["--Limits:SignedIn:MaxStreams", "1000", .. redis is null ? [] : new[] { "--ConnectionStrings:Redis", redis.ConnectionString }];

    private static async Task<string> AddBuyer(TestHost node, string name, string list)
    {
        await node.Import(
            "companies",
            $$"""{"externalId":"{{name}}","name":"B","market":"de","verification":"VERIFIED","units":[{"externalId":"hq","name":"U"}],"users":[{"externalId":"buyer","name":"B","email":"b@b.example","unit":"hq"}]}""");
        await node.Import("price-lists", $$"""{"externalId":"{{name}}","name":"B","currency":"EUR","assignments":[{"company":"{{name}}"}]}""");
        await node.Import("prices", $$"""{"priceList":"{{name}}","sku":"TOY-001-S","unitPrice":"1"}""", $$"""{"priceList":"{{list}}","sku":"TOY-001-S","unitPrice":"2"}""");
        return await node.CreateBuyerKey(name);
    }

    /// <summary>Reads page after page; now and then the connection is cut, and the stream goes on at another node.</summary>
    private static async Task Keep(PriceStreamClient client, TestHost[] nodes, Random random, CancellationToken over)
    {
        try
        {
            while (true)
            {
                await client.Page().WaitAsync(over);
                if (random.Next(4) == 0)
                {
                    await client.Cut(); // what was still on its way is lost with the connection, and told again on the next one
                    await client.Open(nodes[random.Next(nodes.Length)], first: 1 + random.Next(20));
                }
            }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // The test is over.
        }
    }

    /// <summary>An ERP at a node: prices of all lists, one or some at once, ended ones and such as begin or end in a second.</summary>
    private static async Task Edit(TestHost node, Random random)
    {
        for (var i = 0; i < Edits; i++)
        {
            await node.Import("prices", [.. Enumerable.Range(0, random.Next(4) == 0 ? 8 : 1).Select(_ => Price(random)).DistinctBy(price => price.Key).Select(price => price.Row)]);
            if (random.Next(20) == 0)
            {
                var (sku, status) = ($"TOY-{random.Next(1, 6):000}", random.Next(2) == 0 ? "ACTIVE" : "DRAFT");
                await node.Import("products", $$"""{"sku":"{{sku}}","status":"{{status}}"}""");
            }
        }
    }

    private static (string Key, string Row) Price(Random random)
    {
        var list = new[] { "usd", "eur", "gold-usd", "beta" }[random.Next(4)];
        var sku = $"{(random.Next(2) == 0 ? "TOY" : "TOOL")}-{random.Next(1, 21):000}-{(random.Next(2) == 0 ? "S" : "L")}";
        var quantity = random.Next(4) == 0 ? 10 : 1;
        var price = random.Next(8) == 0 ? "null" : $"\"{random.Next(1, 99)}.{random.Next(10)}\"";
        var soon = Wholesale.Platform.Instant.ToString(TimeProvider.System.GetUtcNow().UtcDateTime.AddMilliseconds(500 + random.Next(1_000)));
        var validity = random.Next(6) switch { 0 => $",\"validFrom\":\"{soon}\"", 1 => $",\"validTo\":\"{soon}\"", _ => "" };
        return ($"{list} {sku} {quantity}", $$"""{"priceList":"{{list}}","sku":"{{sku}}","minimumQuantity":{{quantity}},"unitPrice":{{price}}{{validity}}}""");
    }

    private static async Task SetPrice(TestHost node, string list, string sku, string price)
    {
        var report = await node.Import("prices", $$"""{"priceList":"{{list}}","sku":"{{sku}}","minimumQuantity":1,"unitPrice":"{{price}}"}""");
        Assert.Single(report);
    }
}
