using Microsoft.Extensions.DependencyInjection;
using Wholesale.Orders;
using Wholesale.Platform;

namespace Wholesale.Tests.Orders;

/// <summary>What the clock does to orders.</summary>
public sealed class DeliveredOrdersTests : IAsyncLifetime
{
    private readonly LifeShop shop = new();

    public ValueTask InitializeAsync() => shop.InitializeAsync();

    public ValueTask DisposeAsync() => shop.DisposeAsync();

    [Fact]
    public async Task An_order_is_closed_two_weeks_after_the_last_of_it_arrived_and_a_promise_is_broken_the_day_after()
    {
        var (open, fulfillments) = await shop.Confirmed(("TOOL-045-S", 2m));
        var late = await shop.Order(("TOOL-045-S", 1m));
        await shop.Confirm(new { orderId = late, deliveryDate = "2026-03-10" });
        await shop.Ship(new { fulfillmentId = fulfillments[0], externalId = "CLOCK-1" });
        shop.Clock.Advance(TimeSpan.FromDays(9));
        await shop.Deliver(new { externalId = "CLOCK-1" });
        var onTheDay = await shop.Read(late, "deliveryDates { isMet }");

        shop.Clock.Advance(TimeSpan.FromDays(14) - TimeSpan.FromSeconds(1));
        var before = await Complete();
        shop.Clock.Advance(TimeSpan.FromSeconds(1));
        var due = await Complete();
        var again = await Complete();

        Assert.Equal((0, 1, 0), (before, due, again));
        Assert.Equal(
            """{"status":"COMPLETED","completedAt":"2026-03-24T12:00:00Z","timeline":{"edges":[{"node":{"kind":"PLACED","by":"BUYER"}},{"node":{"kind":"CONFIRMED","by":"SELLER"}},{"node":{"kind":"SHIPPED","by":"SELLER"}},{"node":{"kind":"DELIVERED","by":"SELLER"}},{"node":{"kind":"COMPLETED","by":"SYSTEM"}}]}}""",
            (await shop.Read(open, "status completedAt timeline { edges { node { kind by } } }")).GetRawText());
        Assert.Equal("""{"deliveryDates":{"isMet":null}}""", onTheDay.GetRawText());
        Assert.Equal("""{"status":"CONFIRMED","deliveryDates":{"promisedOn":"2026-03-10","deliveredOn":null,"isMet":false}}""", (await shop.Read(late, "status deliveryDates { promisedOn deliveredOn isMet }")).GetRawText());
        await shop.AssertBooks();
    }

    [Fact]
    public async Task A_timeline_is_read_page_by_page()
    {
        var (id, _) = await shop.Confirmed(("TOOL-045-S", 3m));
        for (var i = 0; i < 3; i++)
        {
            await shop.Cancel(shop.StaffKey, new { orderId = id, lines = new[] { new { sku = "TOOL-045-S", quantity = 1 } }, reason = "DISCONTINUED" });
        }

        var kinds = new List<string>();
        string? after = null;
        do
        {
            var page = (await shop.Data(
                shop.Acme,
                "query($id: ID!, $after: String) { order(id: $id) { timeline(first: 2, after: $after) { edges { node { kind } } pageInfo { hasNextPage endCursor } } } }",
                new { id, after })).GetProperty("order").GetProperty("timeline");
            kinds.AddRange(page.GetProperty("edges").EnumerateArray().Select(edge => edge.GetProperty("node").GetProperty("kind").GetString()!));
            after = page.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean() ? page.GetProperty("pageInfo").GetProperty("endCursor").GetString() : null;
        }
        while (after is not null);

        Assert.Equal(["PLACED", "CONFIRMED", "CANCELLED", "CANCELLED", "CANCELLED"], kinds);
        Assert.Equal("CANCELLED", (await shop.Read(id, "status")).GetProperty("status").GetString());
    }

    private async Task<int> Complete() => await shop.Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>().OfType<HourlyPurge<Order>>().Single().Purge(TestContext.Current.CancellationToken);
}
