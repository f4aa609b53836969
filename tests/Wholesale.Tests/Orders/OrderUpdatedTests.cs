using System.Net.WebSockets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Wholesale.GraphQL.Tests.Http;
using Wholesale.Platform;
using Wholesale.Platform.Events;
using Wholesale.Platform.Identity;

namespace Wholesale.Tests.Orders;

/// <summary><c>orderUpdated</c> over both transports: who is told what, and who is not.</summary>
public sealed class OrderUpdatedTests : IAsyncLifetime
{
    private readonly LifeShop shop = new();

    public ValueTask InitializeAsync() => shop.InitializeAsync();

    public ValueTask DisposeAsync() => shop.DisposeAsync();

    [Fact]
    public async Task A_buyer_hears_of_each_step_of_its_order()
    {
        await using var buyer = await Watch(shop.Acme);

        var (id, fulfillments) = await shop.Confirmed(("TOOL-003-S", 10m));
        var told = await buyer.Updates(2);
        await shop.Ship(new { fulfillmentId = fulfillments[0], externalId = "UP-1" });
        var shipped = await buyer.Update();
        await shop.Deliver(new { externalId = "UP-1" });
        await shop.Staff("completeOrder", "CompleteOrderInput", new { orderId = id }, "order { id }");
        told.AddRange(await buyer.Updates(2));

        Assert.Equal(["PLACED by BUYER: PLACED", "CONFIRMED by SELLER: CONFIRMED", "DELIVERED by SELLER: DELIVERED", "COMPLETED by SELLER: COMPLETED"], told.Select(text => text.Split(" → ")[0]));
        Assert.EndsWith(" → COMPLETED", told[^1], StringComparison.Ordinal);
        Assert.Equal(id, shipped.GetProperty("order").GetProperty("id").GetString());
        Assert.Equal(
            """{"at":"AT","kind":"SHIPPED","by":"SELLER","status":"SHIPPED","shipment":{"externalId":"UP-1"},"reason":null,"paymentStatus":null}""",
            shipped.GetProperty("entry").GetRawText().Replace(shipped.GetProperty("entry").GetProperty("at").GetString()!, "AT", StringComparison.Ordinal));
        Assert.Equal("SHIPPED", shipped.GetProperty("order").GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_socket_s_buyer_hears_of_the_order_that_it_asked_for()
    {
        var (watched, other) = (await shop.Order(("TOOL-003-S", 10m)), await shop.Order(("TOOL-004-S", 10m)));
        await using var socket = await Connect();
        await socket.Init($$$"""{"type":"connection_init","payload":{"x-api-key":"{{{shop.Acme}}}"}}""");
        await socket.Subscribe("u", $$"""subscription { orderUpdated(orderId: \"{{watched}}\") { entry { kind reason } order { status } } }""");
        await socket.Subscribe("q", "{ me { kind } }");
        await socket.Expect("""{"id":"q","type":"next","payload":{"data":{"me":{"kind":"COMPANY_USER"}}}}""");
        await socket.Expect("""{"id":"q","type":"complete"}""");
        var next = socket.Next();
        while (!next.IsCompleted) // it is subscribed to at some moment, and hears of what is done from then on
        {
            await shop.Cancel(shop.Acme, new { orderId = other, reason = "OTHER" });
            await shop.Cancel(shop.Acme, new { orderId = watched, lines = new[] { new { sku = "TOOL-003-S", quantity = 1 } } });
        }

        Assert.Equal("""{"id":"u","type":"next","payload":{"data":{"orderUpdated":{"entry":{"kind":"CANCELLED","reason":"BUYER_REQUEST"},"order":{"status":"PLACED"}}}}}""", await next);
    }

    [Fact]
    public async Task Whoever_does_not_see_an_order_hears_nothing_of_it()
    {
        await shop.MakeRivalBuy();
        await using var rival = await Watch(shop.Rival);
        await using var second = await Watch(shop.Second);
        await using var buyer = await Watch(shop.Acme);
        var silence = second.Coming();

        await shop.Confirmed(("TOOL-003-S", 10m));
        var own = await RivalOrder();

        Assert.Equal(2, (await buyer.Updates(2)).Count);
        Assert.Equal(own, (await rival.Update()).GetProperty("order").GetProperty("id").GetString());
        await shop.Order(("TOOL-003-S", 10m));
        Assert.NotEqual(own, (await buyer.Update()).GetProperty("order").GetProperty("id").GetString());
        Assert.False(silence.IsCompleted);
    }

    [Fact]
    public async Task Staff_that_reads_orders_hears_of_all_and_other_staff_is_told_so()
    {
        await shop.MakeRivalBuy();
        await using var staff = await Watch(shop.OrdersReader, "/admin/graphql");

        await shop.Order(("TOOL-003-S", 10m));
        await RivalOrder();
        var first = (await staff.Update()).GetProperty("order").GetProperty("company").GetProperty("externalId").GetString();
        var second = (await staff.Update()).GetProperty("order").GetProperty("company").GetProperty("externalId").GetString();

        Assert.Equal(("acme", "rival"), (first, second));
        var clerk = await shop.CreateStaffKey("clerk", Permission.CatalogRead);
        Assert.Contains("\"code\":\"FORBIDDEN\"", await Client(clerk).Refusal(shop, path: "/admin/graphql"), StringComparison.Ordinal);
        Assert.Contains("\"code\":\"FORBIDDEN\"", await Client(shop.Viewer).Refusal(shop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_no_credential_is_told_so()
    {
        await shop.ImportRows("catalog-views", new { externalId = "public", name = "P", rules = new[] { new { action = "INCLUDE", category = "toys" } }, assignees = new[] { new { everyone = true } } });

        Assert.Contains("\"code\":\"UNAUTHENTICATED\"", await Client(null).Refusal(shop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_goes_on_behind_its_cursor_misses_nothing_and_hears_nothing_twice()
    {
        await using var buyer = await Watch(shop.Acme);
        var (_, fulfillments) = await shop.Confirmed(("TOOL-003-S", 10m));
        var told = await buyer.Updates(1);
        await buyer.Cut();
        await shop.Ship(new { fulfillmentId = fulfillments[0], externalId = "UP-2" });

        await buyer.Open(shop);
        told.AddRange(await buyer.Updates(2));
        await buyer.Cut();
        await buyer.Open(shop);
        await shop.Deliver(new { externalId = "UP-2" });
        told.AddRange(await buyer.Updates(1));

        Assert.Equal(["PLACED", "CONFIRMED", "SHIPPED", "DELIVERED"], told.Select(text => text.Split(' ')[0]));
    }

    [Fact]
    public async Task A_cursor_of_the_timeline_goes_on_behind_what_was_read()
    {
        var (id, _) = await shop.Confirmed(("TOOL-003-S", 10m));
        var timeline = (await shop.Read(id, "timeline { edges { cursor node { kind } } }")).GetProperty("timeline").GetProperty("edges");
        await using var buyer = Client(shop.Acme);
        buyer.Cursor = timeline[0].GetProperty("cursor").GetString();

        await buyer.Open(shop, id);

        Assert.Equal("CONFIRMED", (await buyer.Update()).GetProperty("entry").GetProperty("kind").GetString());
        Assert.Equal(timeline[1].GetProperty("cursor").GetString(), buyer.Cursor);
    }

    [Fact]
    public async Task An_order_that_one_does_not_see_is_answered_as_one_that_is_not_there()
    {
        await shop.MakeRivalBuy();
        var foreign = await RivalOrder();
        var own = await shop.Order(("TOOL-003-S", 10m));
        var unknown = new NodeId("Order", NodeId.Parse(foreign).Key ^ (1L << 40)).ToString();
        var product = new NodeId("Product", NodeId.Parse(own).Key).ToString();

        var answer = await Client(shop.Acme).Refusal(shop, unknown);

        Assert.Contains("\"code\":\"NOT_FOUND\"", answer, StringComparison.Ordinal);
        Assert.Equal(answer, await Client(shop.Acme).Refusal(shop, foreign));
        Assert.Equal(answer, await Client(shop.Acme).Refusal(shop, product));
        Assert.Equal(answer, await Client(shop.Acme).Refusal(shop, "nonsense"));
        Assert.Equal(answer, await Client(shop.Second).Refusal(shop, own));
    }

    [Theory]
    [InlineData("nonsense", "INVALID_CURSOR")]
    [InlineData("far", "SNAPSHOT_REQUIRED")]
    [InlineData("deleted", "SNAPSHOT_REQUIRED")]
    public async Task What_cannot_be_told_is_refused_without_a_number(string after, string code)
    {
        await shop.Order(("TOOL-003-S", 10m));
        var newest = await InDatabase(db => db.Events.MaxAsync(e => e.Number));
        await InDatabase(db => db.Events.Where(e => e.Number < newest).ExecuteDeleteAsync());
        var client = Client(shop.Acme);
        client.Cursor = after switch { "far" => Cursor.Of("orderTimeline/NUMBER", newest + 1_000_000), "deleted" => Cursor.Of("orderTimeline/NUMBER", 1), _ => after };

        var refusal = await client.Refusal(shop);

        Assert.Contains($"\"code\":\"{code}\"", refusal, StringComparison.Ordinal);
        Assert.DoesNotContain($"{newest}", refusal, StringComparison.Ordinal);
        Assert.DoesNotContain("events", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_its_key_is_revoked_a_stream_ends()
    {
        var key = await shop.CreateBuyerKey("acme");
        await using var buyer = await Watch(key);

        await using (var scope = shop.Services.CreateAsyncScope())
        {
            var id = await scope.ServiceProvider.GetRequiredService<WholesaleDb>().ApiKeys.OrderByDescending(k => k.Id).Select(k => k.Id).FirstAsync(TestContext.Current.CancellationToken);
            var keys = scope.ServiceProvider.GetRequiredService<ApiKeys>();
            await scope.ServiceProvider.GetRequiredService<Writes>().Run(Actor.System, () => keys.Revoke(id));
        }

        Assert.Equal("""event: next""" + "\n" + """data: {"errors":[{"message":"The credential has expired or was revoked.","extensions":{"code":"UNAUTHENTICATED"}}]}""", await buyer.Next());
        Assert.Equal("event: complete\ndata:", await buyer.Next());
        Assert.Null(await buyer.Next());
    }

    [Fact]
    public async Task A_stream_ends_when_a_backup_was_restored()
    {
        await using var buyer = await Watch(shop.Acme);
        await shop.Order(("TOOL-003-S", 10m));
        await buyer.Updates(1);

        await InDatabase(db => db.Events.Where(e => e.Number == db.Events.Max(other => other.Number)).ExecuteDeleteAsync());
        shop.Services.GetRequiredService<LogTail>().Wake();

        Assert.Contains("\"code\":\"SNAPSHOT_REQUIRED\"", await buyer.Next(), StringComparison.Ordinal);
        Assert.Equal("event: complete\ndata:", await buyer.Next());
    }

    [Fact]
    public async Task What_is_done_on_one_node_is_heard_on_another()
    {
        await using var second = await Node.Start(shop, shop.Clock);
        await using var buyer = Client(shop.Acme);
        await buyer.Open(second);

        var (_, fulfillments) = await shop.Confirmed(("TOOL-003-S", 10m));
        var told = await buyer.Updates(1);
        await buyer.Cut();
        await shop.Ship(new { fulfillmentId = fulfillments[0], externalId = "UP-3" });
        await buyer.Open(shop);
        told.AddRange(await buyer.Updates(2));

        Assert.Equal(["PLACED", "CONFIRMED", "SHIPPED"], told.Select(text => text.Split(' ')[0]));
    }

    private OrderStreamClient Client(string? key) => new(key, shop.Clock);

    private async Task<OrderStreamClient> Watch(string key, string path = "/graphql")
    {
        var client = Client(key);
        await client.Open(shop, path: path);
        return client;
    }

    private Task<string> RivalOrder() => shop.RivalOrder(("TOOL-005-S", 10m));

    private async Task<T> InDatabase<T>(Func<WholesaleDb, Task<T>> work)
    {
        await using var scope = shop.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<WholesaleDb>());
    }

    private async Task<TestSocket> Connect()
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("graphql-transport-ws");
        await socket.ConnectAsync(new UriBuilder(shop.Client.BaseAddress!) { Scheme = "ws", Path = "/graphql" }.Uri, CancellationToken.None);
        return new TestSocket(socket);
    }
}
