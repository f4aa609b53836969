using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Wholesale.GraphQL.Tests.Http;
using Wholesale.Platform;

namespace Wholesale.Tests.Platform.Events;

/// <summary>An integrator that polls with an API key, beside those that write.</summary>
public sealed class EventPagesOverHttpTests(TestHost host) : IClassFixture<TestHost>
{
    private const int Writers = 8, Rounds = 8, Pollers = 4;

    private const string Poll = "query($after: Long, $types: [EventType!], $first: Int!) { events(after: $after, types: $types, first: $first) { events { number type subjectId } last hasMore oldest } }";

    [Fact]
    public async Task Eight_writers_and_four_pollers_agree_on_every_number()
    {
        var begin = await Page(null, 1);
        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(Write));
        var polling = Enumerable.Range(0, Pollers).Select(i => ReadAll(begin.Last, first: 1 + (i * 9), writing)).ToList();

        var changes = (await writing).Sum();
        var read = await Task.WhenAll(polling);

        var table = await Table(begin.Last);
        Assert.Equal(changes, table.Count);
        Assert.Equal(Enumerable.Range(1, changes).Select(n => begin.Last + n), table.Select(e => e.Number));
        Assert.All(read, poller => Assert.Equal(table, poller.Events));
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{Writers} writers, {Writers * Rounds * 5} requests, {changes} events; {Pollers} pollers, {string.Join(", ", read.Select(r => r.Pages))} pages.");
    }

    [Fact]
    public async Task A_page_is_what_the_contract_says()
    {
        var (after, last) = await ThreeMarkets("page");

        var data = await host.Admin("query($after: Long!) { events(after: $after, first: 2) { events { number type version actorKind } last hasMore oldest } }", new { after });

        Assert.Equal(
            $$$"""{"events":{"events":[{"number":{{{after + 1}}},"type":"MARKET_CHANGED","version":1,"actorKind":"STAFF"},{"number":{{{after + 2}}},"type":"MARKET_CHANGED","version":1,"actorKind":"STAFF"}],"last":{{{after + 2}}},"hasMore":true,"oldest":1}}""",
            data.GetRawText());
        Assert.Equal(last, (await Page(last, 1)).Last);
    }

    [Fact]
    public async Task A_filter_that_nothing_fits_still_gets_on()
    {
        var (after, last) = await ThreeMarkets("filter");

        var data = await host.Admin(Poll, new { after, types = new[] { "API_KEY_REVOKED" }, first = 100 });

        Assert.Equal($$$"""{"events":{"events":[],"last":{{{last}}},"hasMore":false,"oldest":1}}""", data.GetRawText());
    }

    [Fact]
    public async Task A_page_costs_its_events_and_two_statements()
    {
        await ThreeMarkets("cost");
        await Page(0, 1_000);

        using var response = await host.Send(host.StaffKey, "{ events(after: 0, first: 500) { events { number } } }", path: "/admin/graphql");
        var best = int.MaxValue;
        for (var attempt = 0; attempt < 5 && best > 2; attempt++)
        {
            best = Math.Min(best, await host.Statements(() => Page(0, 1_000)));
        }

        Assert.Equal(512, Costs.Of(response).Charged);
        Assert.Equal(2, best);
    }

    [Theory]
    [InlineData("after: -1", "INVALID_VALUE", "`after` must be at least 0, not -1.")]
    [InlineData("first: 0", "INVALID_PAGE_SIZE", "`first` must be from 1 to 1000, not 0.")]
    [InlineData("first: 1001", "INVALID_PAGE_SIZE", "`first` must be from 1 to 1000, not 1001.")]
    [InlineData("after: 999999999999999999", "SNAPSHOT_REQUIRED", "No event has the number 999999999999999999; the newest is ")]
    public async Task What_cannot_be_read_is_refused(string arguments, string code, string message)
    {
        var (_, body) = await host.Ask(host.StaffKey, $"{{ events({arguments}) {{ last }} }}", path: "/admin/graphql");

        var error = JsonDocument.Parse(body).RootElement.GetProperty("errors")[0];
        Assert.Equal(code, error.GetProperty("extensions").GetProperty("code").GetString());
        Assert.StartsWith(message, error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_without_the_permission_and_a_buyer_see_nothing()
    {
        var key = await host.CreateStaffKey("no reader", Permission.CatalogRead);

        var (_, body) = await host.Ask(key, "{ events { last } }", path: "/admin/graphql");
        var (_, buyers) = await host.Ask(host.StaffKey, "{ events { last } }");

        Assert.StartsWith("""{"errors":[{"message":"Query.events needs the permission EVENTS_READ.""", body, StringComparison.Ordinal);
        Assert.Contains("Cannot query field", buyers, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_number_that_is_not_kept_any_more_is_an_error_in_every_way_to_ask()
    {
        await using var own = new TestHost();
        await own.InitializeAsync();
        await using (var scope = own.Services.CreateAsyncScope())
        {
            await own.CreateStaffKey("second");
            await own.CreateStaffKey("third");
            await scope.ServiceProvider.GetRequiredService<WholesaleDb>().Events.Where(e => e.Number <= 2).ExecuteDeleteAsync();
        }

        const string Message = "Event 2 is not kept any more. Ask the query `events` for `last` without `after`, read anew all that you keep a copy of, and go on from that number.";
        var error = $$$"""[{"message":"{{{Message}}}","locations":[{"line":1,"column":LOCATION}],"path":["events"],"extensions":{"code":"SNAPSHOT_REQUIRED"}}]""";
        var (_, body) = await own.Ask(own.StaffKey, "{ events(after: 1) { last } }", path: "/admin/graphql");
        Assert.Equal($$$"""{"errors":{{{error.Replace("LOCATION", "3", StringComparison.Ordinal)}}},"data":{"events":null}}""", body);

        using var request = new HttpRequestMessage(HttpMethod.Get, $"/admin/graphql?query={Uri.EscapeDataString("subscription { events(after: 1) { number } }")}");
        request.Headers.Add("Accept", "text/event-stream");
        request.Headers.Add("X-Api-Key", own.StaffKey);
        await using var events = new TestEvents(await own.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead));
        await events.Expect($$$"""event: next{{{'\n'}}}data: {"errors":{{{error.Replace("LOCATION", "16", StringComparison.Ordinal)}}}}""", "event: complete\ndata:", null);

        var client = new ClientWebSocket();
        client.Options.AddSubProtocol("graphql-transport-ws");
        client.Options.SetRequestHeader("X-Api-Key", own.StaffKey);
        await client.ConnectAsync(new UriBuilder(own.Client.BaseAddress!) { Scheme = "ws", Path = "/admin/graphql" }.Uri, CancellationToken.None);
        await using var socket = new TestSocket(client);
        await socket.Init();
        await socket.Subscribe("e", "subscription { events(after: 1) { number } }");
        await socket.Expect($$$"""{"id":"e","type":"error","payload":{{{error.Replace("LOCATION", "16", StringComparison.Ordinal)}}}}""");
    }

    /// <summary>Good rows, none, one that is sent twice, one that is undone, one that is refused: two changes a round, and a third for a key.</summary>
    private async Task<int> Write(int writer)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var name = $"w{writer}-{round}";
            await Markets([Market(name)]);
            await Markets([Market(name)]);
            await Markets([Market($"{name}-undone"), Market("")], "ALL_OR_NOTHING");
            await Task.WhenAll(Markets([Market($"{name}-once")], key: name), Markets([Market($"{name}-once")], key: name));
        }

        return 2 * Rounds;

        static object Market(string externalId) => new { externalId, name = "A market", currency = "EUR" };
    }

    private async Task Markets(object[] markets, string mode = "PARTIAL", string? key = null)
    {
        var (_, body) = await host.Ask(
            host.StaffKey, "mutation($input: UpsertMarketsInput!) { upsertMarkets(input: $input) { counts { applied } } }", new { input = new { markets, mode } }, "/admin/graphql", key);
        Assert.StartsWith("{\"data\":", body, StringComparison.Ordinal);
    }

    private async Task<(long After, long Last)> ThreeMarkets(string name)
    {
        var after = (await Page(null, 1)).Last;
        for (var i = 0; i < 3; i++)
        {
            await Markets([new { externalId = $"{name}-{i}", name = "A market", currency = "EUR" }]);
        }

        return (after, after + 3);
    }

    private async Task<(List<(long Number, string Type)> Events, int Pages)> ReadAll(long after, int first, Task writing)
    {
        var (read, pages) = (new List<(long Number, string Type)>(), 0);
        while (true)
        {
            var isEnd = writing.IsCompleted;
            var page = await Page(after, first);
            pages++;
            read.AddRange(page.Events);
            after = page.Last;
            if (!page.HasMore)
            {
                if (isEnd)
                {
                    return (read, pages);
                }

                await Task.Delay(5);
            }
        }
    }

    private async Task<(List<(long Number, string Type)> Events, long Last, bool HasMore)> Page(long? after, int first)
    {
        var page = (await host.Admin(Poll, new { after, first })).GetProperty("events");
        var events = page.GetProperty("events").EnumerateArray().Select(e => (e.GetProperty("number").GetInt64(), e.GetProperty("type").GetString()!)).ToList();
        return (events, page.GetProperty("last").GetInt64(), page.GetProperty("hasMore").GetBoolean());
    }

    private async Task<List<(long Number, string Type)>> Table(long after)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var rows = await scope.ServiceProvider.GetRequiredService<WholesaleDb>().Events.Where(e => e.Number > after).OrderBy(e => e.Number).ToListAsync();
        return rows.ConvertAll(e => (e.Number, e.Type));
    }
}
