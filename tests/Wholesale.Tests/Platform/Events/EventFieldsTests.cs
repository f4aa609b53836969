using System.Net;
using System.Net.WebSockets;
using System.Reflection;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Wholesale.Catalog;
using Wholesale.Demo;
using Wholesale.GraphQL.Tests.Http;
using Wholesale.GraphQL.Types;
using Wholesale.Platform;
using Wholesale.Platform.Events;
using Wholesale.Platform.Identity;

namespace Wholesale.Tests.Platform.Events;

/// <summary>Watching the log over both transports, as staff and as those who may not.</summary>
public sealed class EventFieldsTests(Shop shop) : IClassFixture<Shop>
{
    private const string Watch = "subscription { events { number type subjectId version actorKind actorId onBehalfOf data } }";

    private static int changes;

    [Fact]
    public async Task A_mutation_is_seen_in_an_event_stream()
    {
        await using var events = await Events(shop.StaffKey, Watch);
        await events.Expect(":");

        var market = await ChangeMarket();

        var seen = await NextEvent(events);
        Assert.Equal("MARKET_CHANGED", seen.GetProperty("type").GetString());
        Assert.Equal(market.GetProperty("id").GetString(), seen.GetProperty("subjectId").GetString());
        Assert.Equal(market.GetProperty("version").GetInt64(), seen.GetProperty("version").GetInt64());
        Assert.Equal("STAFF", seen.GetProperty("actorKind").GetString());
        Assert.Equal(JsonValueKind.Null, seen.GetProperty("onBehalfOf").ValueKind);
        Assert.Equal(JsonValueKind.Null, seen.GetProperty("data").ValueKind);
        var actor = await shop.Admin("query($id: ID!) { node(id: $id) { ... on ApiKey { name } } }", new { id = seen.GetProperty("actorId").GetString() });
        Assert.Equal("test", actor.GetProperty("node").GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_mutation_is_seen_on_a_socket_whose_key_came_in_the_payload()
    {
        await using var socket = await Connect("/admin/graphql");
        await Init(socket, shop.StaffKey);
        var last = await LastNumber();
        await socket.Subscribe("e", $"subscription {{ events(after: {last}, types: [MARKET_CHANGED]) {{ number type }} }}");

        await socket.Subscribe("m", "mutation { upsertMarkets(input: { markets: [{ externalId: \\\"fr\\\", name: \\\"France\\\", currency: \\\"EUR\\\" }] }) { userErrors { message } } }");

        var messages = new[] { await socket.Next(), await socket.Next(), await socket.Next() };
        Assert.Contains($"{{\"id\":\"e\",\"type\":\"next\",\"payload\":{{\"data\":{{\"events\":{{\"number\":{last + 1},\"type\":\"MARKET_CHANGED\"}}}}}}}}", messages);
        Assert.Contains("""{"id":"m","type":"next","payload":{"data":{"upsertMarkets":{"userErrors":[]}}}}""", messages);
        Assert.Contains("""{"id":"m","type":"complete"}""", messages);
    }

    [Fact]
    public async Task Whoever_remembers_the_last_number_goes_on_where_it_stopped()
    {
        await ChangeMarket();
        var last = await LastNumber();
        await ChangeMarket();
        await ChangeMarket();
        await using var events = await Events(shop.StaffKey, $"subscription {{ events(after: {last}) {{ number type }} }}");
        await events.Expect(":");

        Assert.Equal(last + 1, (await NextEvent(events)).GetProperty("number").GetInt64());
        Assert.Equal(last + 2, (await NextEvent(events)).GetProperty("number").GetInt64());
        await ChangeMarket();
        Assert.Equal(last + 3, (await NextEvent(events)).GetProperty("number").GetInt64());
    }

    [Fact]
    public async Task The_whole_log_can_be_read_and_every_subject_that_is_left_is_found_by_its_id()
    {
        var last = await LastNumber();
        await using var events = await Events(shop.StaffKey, "subscription { events(after: 0) { number type subjectId } }");
        await events.Expect(":");
        var subjects = new Dictionary<string, string?>();
        for (var number = 1; number <= last; number++)
        {
            var read = await NextEvent(events);
            Assert.Equal(number, read.GetProperty("number").GetInt64());
            subjects[read.GetProperty("type").GetString()!] = read.GetProperty("subjectId").GetString();
        }

        Assert.Superset(new HashSet<string>(["PRODUCT_CHANGED", "PRICES_CHANGED", "COMPANY_CHANGED", "CATEGORY_CHANGED", "API_KEY_CREATED"]), subjects.Keys.ToHashSet());
        var found = await shop.Admin("query($ids: [ID!]!) { nodes(ids: $ids) { __typename } }", new { ids = subjects.Values.Where(id => id is not null) });
        Assert.DoesNotContain(found.GetProperty("nodes").EnumerateArray(), node => node.ValueKind == JsonValueKind.Null);
    }

    [Fact]
    public async Task A_key_without_the_permission_is_told_so_and_sees_nothing()
    {
        var key = await shop.CreateStaffKey("no watcher", Permission.CatalogRead);

        await using var events = await Events(key, Watch);

        Assert.Equal(
            """event: next"""
            + "\n"
            + """data: {"errors":[{"message":"Subscription.events needs the permission EVENTS_READ.","locations":[{"line":1,"column":16}],"path":["events"],"extensions":{"code":"FORBIDDEN"}}]}""",
            await events.Next());
        await events.Expect("event: complete\ndata:", null);
    }

    [Fact]
    public async Task Buyers_cannot_watch_events_and_have_no_way_to_the_seller_s_subscriptions()
    {
        await using var events = await Events(shop.Acme, Watch, "/graphql");
        Assert.Contains("GRAPHQL_VALIDATION_FAILED", await events.Next(), StringComparison.Ordinal);

        await using var forbidden = await Events(shop.Acme, Watch);
        Assert.Equal(HttpStatusCode.Forbidden, forbidden.Response.StatusCode);
    }

    [Theory]
    [InlineData("/admin/graphql", null)]
    [InlineData("/admin/graphql", "whk_00000000000000000000000000000000")]
    [InlineData("/admin/graphql", "buyer")]
    [InlineData("/graphql", null)]
    [InlineData("/graphql", "whk_00000000000000000000000000000000")]
    public async Task A_socket_without_a_credential_that_is_good_for_the_endpoint_closes_with_4403(string path, string? key)
    {
        await using var socket = await Connect(path);

        await socket.Send(key is null
            ? """{"type":"connection_init"}"""
            : $$$"""{"type":"connection_init","payload":{"X-Api-Key":"{{{(key == "buyer" ? shop.Acme : key)}}}"}}""");

        await socket.ExpectClose(4403, "Forbidden");
    }

    [Fact]
    public async Task A_socket_s_credential_may_stand_in_the_headers_and_one_that_is_no_good_is_refused_there()
    {
        await using var socket = await Connect("/graphql", shop.Acme);
        await socket.Init();
        await socket.Subscribe("q", "{ me { company { externalId } } }");
        await socket.Expect("""{"id":"q","type":"next","payload":{"data":{"me":{"company":{"externalId":"acme"}}}}}""");

        var error = await Assert.ThrowsAsync<WebSocketException>(() => Connect("/graphql", "nonsense"));
        Assert.Contains("401", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_caller_has_its_own_answers_on_a_socket_in_the_language_of_the_upgrade()
    {
        foreach (var (language, name) in new[] { ("de", "Spielzeug 001"), ("en", "Toy 001") })
        {
            await using var socket = await Connect("/graphql", languages: language);
            await Init(socket, shop.Spielwaren);
            await socket.Subscribe("q", "{ product(sku: \\\"TOY-001\\\") { name } other: product(sku: \\\"TOOL-001\\\") { name } }");
            await socket.Expect($$$$"""{"id":"q","type":"next","payload":{"data":{"product":{"name":"{{{{name}}}}"},"other":null}}}""");
        }
    }

    [Fact]
    public async Task When_a_key_is_revoked_its_streams_end()
    {
        var key = await shop.CreateStaffKey("short-lived");
        await using var events = await Events(key, "subscription { events(types: [PRICES_CHANGED]) { number } }");
        await events.Expect(":");
        await using var socket = await Connect("/admin/graphql");
        await Init(socket, key);

        await Revoke("short-lived");

        await events.Expect(
            """event: next""" + "\n" + """data: {"errors":[{"message":"The credential has expired or was revoked.","extensions":{"code":"UNAUTHENTICATED"}}]}""",
            "event: complete\ndata:",
            null);
        await socket.ExpectClose(4403, "The credential has expired or was revoked.");
    }

    [Theory]
    [InlineData("""{"Authorization":"Bearer nonsense"}""")]
    [InlineData("""{"X-Api-Key":7}""")]
    [InlineData("""{"X-Api-Key":"KEY","Authorization":"Bearer nonsense"}""")]
    [InlineData("""{"X-Api-Key":"KEY","x-api-key":"KEY"}""")]
    [InlineData("""{"X-Company":"acme"}""")]
    public async Task A_payload_that_is_no_good_credential_is_never_taken_for_none(string payload)
    {
        await using var socket = await Connect("/admin/graphql", shop.StaffKey);

        await socket.Send($$"""{"type":"connection_init","payload":{{payload.Replace("KEY", shop.StaffKey, StringComparison.Ordinal)}}}""");

        await socket.ExpectClose(4403, "Forbidden");
    }

    [Fact]
    public void Every_event_that_the_product_can_tell_is_in_the_contract_and_its_subject_has_a_type()
    {
        var types = ((EnumType)Contracts.Load().Seller.Schema.Type("EventType")!).Values.Select(v => v.Name).ToHashSet();
        var constants = typeof(WholesaleDb).Assembly.GetTypes()
            .Where(type => type.Name.EndsWith("Events", StringComparison.Ordinal))
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static))
            .Where(field => field.IsLiteral && field.FieldType == typeof(string))
            .Select(field => (string)field.GetRawConstantValue()!)
            .Append(DemoSeed.Seeded)
            .ToHashSet();
        var withoutSubject = new[] { DemoSeed.Seeded, CatalogEvents.LocaleAdded };

        Assert.Equal(constants.Order(StringComparer.Ordinal), types.Order(StringComparer.Ordinal));
        Assert.Equal(
            constants.Except(withoutSubject).Order(StringComparer.Ordinal),
            EventFields.SubjectTypesOf(Features.Map()).Keys.Order(StringComparer.Ordinal));
    }

    private static async Task<JsonElement> NextEvent(TestEvents events)
    {
        var text = await events.Next();
        Assert.StartsWith("event: next\ndata: {\"data\":{\"events\":{", text, StringComparison.Ordinal);
        return JsonDocument.Parse(text!["event: next\ndata: ".Length..]).RootElement.GetProperty("data").GetProperty("events");
    }

    private static Task Init(TestSocket socket, string key) => socket.Init($$$"""{"type":"connection_init","payload":{"x-api-key":"{{{key}}}"}}""");

    private async Task<TestEvents> Events(string key, string document, string path = "/admin/graphql")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{path}?query={Uri.EscapeDataString(document)}");
        request.Headers.Add("Accept", "text/event-stream");
        request.Headers.Add("X-Api-Key", key);
        return new TestEvents(await shop.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead));
    }

    private async Task<TestSocket> Connect(string path, string? key = null, string? languages = null)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("graphql-transport-ws");
        foreach (var (name, value) in new[] { ("X-Api-Key", key), ("Accept-Language", languages) })
        {
            if (value is not null)
            {
                socket.Options.SetRequestHeader(name, value);
            }
        }

        await socket.ConnectAsync(new UriBuilder(shop.Client.BaseAddress!) { Scheme = "ws", Path = path }.Uri, CancellationToken.None);
        return new TestSocket(socket);
    }

    /// <summary>Changes a market, whatever other tests have made of it: what changes nothing is no event.</summary>
    private async Task<JsonElement> ChangeMarket()
    {
        var name = $"Market {Interlocked.Increment(ref changes)}";
        var data = await shop.Admin(
            "mutation($input: UpsertMarketsInput!) { upsertMarkets(input: $input) { markets { id version } userErrors { message } } }",
            new { input = new { markets = new[] { new { externalId = "watched", name, currency = "EUR" } } } });
        return data.GetProperty("upsertMarkets").GetProperty("markets")[0];
    }

    private async Task Revoke(string name)
    {
        await using var scope = shop.Services.CreateAsyncScope();
        var key = await scope.ServiceProvider.GetRequiredService<WholesaleDb>().ApiKeys.SingleAsync(k => k.Name == name);
        var keys = scope.ServiceProvider.GetRequiredService<ApiKeys>();
        await scope.ServiceProvider.GetRequiredService<Writes>().Run(Actor.System, () => keys.Revoke(key.Id));
    }

    private async Task<long> LastNumber()
    {
        await using var scope = shop.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<EventLog>().Start(null, default);
    }
}
