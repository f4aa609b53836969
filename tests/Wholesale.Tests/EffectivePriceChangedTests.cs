using System.Net;
using System.Net.WebSockets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Wholesale.GraphQL.Tests.Http;
using Wholesale.Platform.Events;
using Wholesale.Platform.Identity;

namespace Wholesale.Tests;

/// <summary><c>effectivePriceChanged</c> over both transports: who is told what, and who is not.</summary>
public sealed class EffectivePriceChangedTests : IAsyncLifetime
{
    private const string Ended =
        """event: next""" + "\n" + """data: {"errors":[{"message":"The credential has expired or was revoked.","extensions":{"code":"UNAUTHENTICATED"}}]}""";

    private readonly Shop shop = new();

    public ValueTask InitializeAsync() => shop.InitializeAsync();

    public ValueTask DisposeAsync() => shop.DisposeAsync();

    [Fact]
    public async Task A_buyer_is_told_of_its_own_changes_and_goes_on_by_the_query()
    {
        await using var client = new PriceStreamClient(shop.Acme);
        await client.Open(shop);
        await client.Begin(shop);

        await SetPrice("eur", "TOOL-007-L", "1");
        await SetPrice("usd", "TOOL-007-L", "6.5");
        var change = Assert.Single(await client.Page());
        await client.Cut();
        await SetPrice("usd", "TOOL-008-L", "6.5");
        var next = (await shop.Data(
            shop.Acme, "query($after: String) { priceChanges(after: $after) { edges { node { sku } } } }", new { after = client.Cursor })).GetProperty("priceChanges");

        Assert.Equal(("TOOL-007-L", "PRICE"), (change.GetProperty("sku").GetString(), change.GetProperty("reason").GetString()));
        Assert.Equal("TOOL-008-L", Assert.Single(next.GetProperty("edges").EnumerateArray()).GetProperty("node").GetProperty("sku").GetString());
    }

    [Fact]
    public async Task Another_company_s_change_sends_nothing()
    {
        await using var client = new PriceStreamClient(shop.Spielwaren);
        await client.Open(shop);
        await client.Begin(shop);

        await SetPrice("usd", "TOY-001-L", "1"); // another's list
        await SetPrice("gold-usd", "TOY-001-L", "1");
        await SetPrice("eur", "TOOL-001-L", "1"); // its own list, of what it does not see
        await SetPrice("eur", "TOY-002-L", "1");

        Assert.Equal("TOY-002-L", Assert.Single(await client.Page()).GetProperty("sku").GetString());
    }

    [Fact]
    public async Task A_socket_s_buyer_is_told_only_of_what_it_asked_for()
    {
        await using var socket = await Connect();
        await socket.Init($$$"""{"type":"connection_init","payload":{"x-api-key":"{{{shop.Acme}}}"}}""");
        await socket.Subscribe("s", """subscription { effectivePriceChanged(skus: [\"TOOL-009-S\"]) { edges { node { sku action after { unitPrice { amount } } } } } }""");
        await socket.Expect("""{"id":"s","type":"next","payload":{"data":{"effectivePriceChanged":{"edges":[]}}}}""");

        await SetPrice("usd", "TOOL-008-S", "1");
        await SetPrice("usd", "TOOL-009-S", "2");

        await socket.Expect(
            """{"id":"s","type":"next","payload":{"data":{"effectivePriceChanged":{"edges":[{"node":{"sku":"TOOL-009-S","action":"SET","after":{"unitPrice":{"amount":"2.00"}}}}]}}}}""");
    }

    [Fact]
    public async Task Staff_watches_the_prices_that_everyone_has()
    {
        await using var client = new PriceStreamClient(shop.StaffKey);
        await client.Open(shop, skus: ["TOOL-007-L", "TOOL-008-L"], path: "/admin/graphql");
        Assert.Empty(await client.Page());
        await SetPrice("gold-usd", "TOOL-007-L", "6.5");
        await SetPrice("usd", "TOOL-008-L", "6.5");
        await SetPrice("eur", "TOOL-008-L", "6.5");

        Assert.Contains("\"sku\":\"TOOL-008-L\"", await client.Next(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_its_key_is_revoked_a_stream_ends()
    {
        await using var client = new PriceStreamClient(await shop.CreateBuyerKey("acme"));
        await client.Open(shop);
        await client.Begin(shop);

        await RevokeNewest();

        Assert.Equal(Ended, await client.Next());
        await client.ExpectEnd();
    }

    [Fact]
    public async Task Without_a_credential_there_is_the_public_view_of_which_nothing_is_told()
    {
        await using (var refused = await PriceStreamClient.Open(shop, null, new { }))
        {
            Assert.Equal(HttpStatusCode.Unauthorized, refused.Response.StatusCode);
        }

        await shop.Import("catalog-views", """{"externalId":"public","name":"P","rules":[{"action":"INCLUDE","category":"toys"}],"assignees":[{"everyone":true}]}""");
        await using var client = new PriceStreamClient(null);
        await client.Open(shop);
        Assert.Empty(await client.Page());
        await SetPrice("eur", "TOY-001-L", "1");
        await SetPrice("usd", "TOY-001-L", "1");

        await client.Cut();
        await client.Open(shop);
        await using var buyer = new PriceStreamClient(shop.Acme);
        await buyer.Open(shop);
        await buyer.Begin(shop);
        await SetPrice("usd", "TOY-001-L", "2");
        Assert.Single(await buyer.Page()); // what is told is told by now

        Assert.False(client.Next().IsCompleted);
    }

    [Theory]
    [InlineData("nonsense", 1, 1, "INVALID_CURSOR")]
    [InlineData(null, 0, 1, "INVALID_PAGE_SIZE")]
    [InlineData(null, 1, 0, "INVALID_VALUE")]
    [InlineData(null, 1, 251, "TOO_MANY_ROWS")]
    public async Task What_cannot_be_watched_is_told_at_once_and_the_stream_completes(string? after, int first, int skus, string code)
    {
        await using var events = await PriceStreamClient.Open(shop, shop.Acme, new { after, first, skus = Enumerable.Range(0, skus).Select(i => $"S{i}") });

        Assert.Contains($"\"code\":\"{code}\"", await events.Next(), StringComparison.Ordinal);
        await events.Expect("event: complete\ndata:", null);
    }

    [Fact]
    public async Task A_stream_ends_when_a_backup_was_restored()
    {
        await using var client = new PriceStreamClient(shop.Acme);
        await client.Open(shop);
        await client.Begin(shop);
        await SetPrice("usd", "TOOL-007-L", "6.5");
        Assert.Single(await client.Page());

        await using (var scope = shop.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<WholesaleDb>();
            await db.Events.Where(e => e.Number == db.Events.Max(other => other.Number)).ExecuteDeleteAsync(TestContext.Current.CancellationToken);
            shop.Services.GetRequiredService<LogTail>().Wake();
        }

        Assert.Contains("SNAPSHOT_REQUIRED", await client.Next(), StringComparison.Ordinal);
        await client.ExpectEnd();
    }

    [Fact]
    public async Task A_buyer_who_has_spent_its_account_waits_and_misses_nothing()
    {
        await using var poor = await PoorShop.Start();
        await using var client = new PriceStreamClient(poor.Acme);
        await client.Open(poor, first: 10);
        Assert.Empty(await client.Page());
        foreach (var i in Enumerable.Range(1, 30))
        {
            await poor.Import("prices", $$"""{"priceList":"usd","sku":"TOOL-{{i:000}}-S","minimumQuantity":1,"unitPrice":"0.5"}""");
        }

        var told = new HashSet<string>();
        while (told.Count < 30)
        {
            var page = await client.Next();
            told.UnionWith(Enumerable.Range(1, 30).Select(i => $"TOOL-{i:000}-S").Where(sku => page!.Contains($"\"action\":\"SET\",\"sku\":\"{sku}\"", StringComparison.Ordinal)));
        }
    }

    private async Task SetPrice(string list, string sku, string price) =>
        Assert.Single(await shop.Import("prices", $$"""{"priceList":"{{list}}","sku":"{{sku}}","minimumQuantity":1,"unitPrice":"{{price}}"}"""));

    private async Task<TestSocket> Connect()
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("graphql-transport-ws");
        await socket.ConnectAsync(new UriBuilder(shop.Client.BaseAddress!) { Scheme = "ws", Path = "/graphql" }.Uri, CancellationToken.None);
        return new TestSocket(socket);
    }

    private async Task RevokeNewest()
    {
        await using var scope = shop.Services.CreateAsyncScope();
        var id = await scope.ServiceProvider.GetRequiredService<WholesaleDb>().ApiKeys.OrderByDescending(k => k.Id).Select(k => k.Id).FirstAsync();
        var keys = scope.ServiceProvider.GetRequiredService<ApiKeys>();
        await scope.ServiceProvider.GetRequiredService<Writes>().Run(Actor.System, () => keys.Revoke(id));
    }

    private sealed class PoorShop : Shop
    {
        protected override IEnumerable<string> Settings =>
            ["--Limits:SignedIn:MaxCost", "3000", "--Limits:SignedIn:CostBucket", "3000", "--Limits:SignedIn:CostRefillPerSecond", "3000"];

        public static async Task<PoorShop> Start()
        {
            var shop = new PoorShop();
            await shop.InitializeAsync();
            return shop;
        }
    }
}
