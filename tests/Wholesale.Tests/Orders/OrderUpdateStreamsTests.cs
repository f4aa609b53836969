using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Wholesale.Orders;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;

namespace Wholesale.Tests.Orders;

/// <summary>What streams of order updates read, and when: nothing while nothing happens, and never something for each event.</summary>
public sealed class OrderUpdateStreamsTests : IAsyncLifetime
{
    private readonly LifeShop shop = new();

    public ValueTask InitializeAsync() => shop.InitializeAsync();

    public ValueTask DisposeAsync() => shop.DisposeAsync();

    [Fact]
    public async Task Many_events_are_looked_up_together()
    {
        var order = await shop.Order(("TOOL-003-S", 10m));
        await using var one = await Open(null);
        await using var many = await Open(null);

        var ofOne = await Statements(async () =>
        {
            await Happen(order, 1);
            await Read(one, 1);
        });
        await Read(many, 1);
        shop.Clock.Advance(OrderUpdates.Rest);
        var ofMany = await Statements(async () =>
        {
            await Happen(order, OrderUpdates.ReadSize);
            await Read(many, OrderUpdates.ReadSize);
        });

        Assert.Equal(ofOne, ofMany);
    }

    [Fact]
    public async Task What_follows_at_once_is_told_together()
    {
        var order = await shop.Order(("TOOL-003-S", 10m));
        await using var updates = await Open(null);
        await Happen(order, 1);
        await Read(updates, 1);
        var writes = await Statements(() => Happen(order, 1));
        var coming = updates.MoveNextAsync().AsTask();

        var statements = await Statements(async () =>
        {
            foreach (var _ in Enumerable.Range(0, 10))
            {
                await Happen(order, 1);
            }
        });
        Assert.False(coming.IsCompleted);
        shop.Clock.Advance(OrderUpdates.Rest);
        Assert.True(await coming);
        var reads = await Statements(() => Read(updates, 10));

        Assert.Equal(10 * writes, statements);
        Assert.Equal(0, reads);
    }

    [Fact]
    public async Task A_slow_client_is_told_of_the_order_as_it_is_by_then()
    {
        var order = await shop.Order(("TOOL-003-S", 10m));
        await using var updates = await Open(null);
        await Happen(order, 3);
        await Read(updates, 1);

        await shop.Confirm(new { orderId = order });
        await Read(updates, 1);
        var before = updates.Current.Order.Status;
        shop.Clock.Advance(OrderUpdates.Freshness);
        await Read(updates, 1);

        Assert.Equal((OrderStatus.Placed, OrderStatus.Confirmed), (before, updates.Current.Order.Status));
    }

    [Fact]
    public async Task A_user_that_may_not_buy_any_more_hears_no_more_until_it_may_again()
    {
        var order = await shop.Order(("TOOL-003-S", 10m));
        var writes = await Statements(() => Happen(order, 1));
        await using var updates = await Open("acme");
        var coming = updates.MoveNextAsync().AsTask();
        var counter = shop.Services.GetRequiredService<StatementCounter>();

        await SetRole("VIEWER");
        await shop.Statements(() => Task.CompletedTask);
        var before = counter.Total;
        await Happen(order, 1);
        await Eventually.Holds(() => counter.Total > before + writes); // the stream has asked who it is now
        await shop.Statements(() => Task.CompletedTask);
        Assert.False(coming.IsCompleted);
        await SetRole("BUYER");
        var last = await Happen(order, 1);
        shop.Clock.Advance(OrderUpdates.Rest);

        Assert.True(await coming);
        Assert.Equal(last, updates.Current.Entry.Number);
    }

    [Fact]
    public async Task Nothing_is_read_of_what_happens_to_another_company_s_orders()
    {
        await shop.MakeRivalBuy();
        var (own, foreign) = (await shop.Order(("TOOL-003-S", 10m)), await shop.RivalOrder(("TOOL-005-S", 10m)));
        await HearOf(foreign);
        var alone = await Statements(() => HearOf(foreign));
        List<IAsyncEnumerator<OrderUpdate>> others = [await Open("acme"), await Open("acme"), await Open("acme")];
        var coming = others.ConvertAll(updates => updates.MoveNextAsync().AsTask());

        var together = await Statements(() => HearOf(foreign));

        Assert.Equal(alone, together);
        Assert.All(coming, next => Assert.False(next.IsCompleted));
        await Happen(own, 1);
        Assert.All(await Task.WhenAll(coming), Assert.True);
        foreach (var updates in others)
        {
            await updates.DisposeAsync();
        }
    }

    /// <summary>Something happens to an order of rival, and rival hears of it.</summary>
    private async Task HearOf(string order)
    {
        await using var updates = await Open("rival");
        await Happen(order, 1);
        await Read(updates, 1);
    }

    /// <summary>A stream of a company's buyer, or of staff.</summary>
    private async Task<IAsyncEnumerator<OrderUpdate>> Open(string? company)
    {
        await using var scope = shop.Services.CreateAsyncScope();
        var userId = await scope.ServiceProvider.GetRequiredService<WholesaleDb>().CompanyUsers
            .Where(u => u.Email == $"buyer@{company}.example").Select(u => (long?)u.Id).SingleOrDefaultAsync(TestContext.Current.CancellationToken);
        var principal = company is null ? new Principal(PrincipalKind.Staff, 1, null, "test", PermissionSet.All) : new Principal(PrincipalKind.CompanyUser, 0, userId!.Value, "test", PermissionSet.All);
        var updates = await shop.Services.GetRequiredService<OrderUpdates>().Open(new(principal, null, null, TimeSpan.FromSeconds(30)), TestContext.Current.CancellationToken);
        return updates.GetAsyncEnumerator(TestContext.Current.CancellationToken);
    }

    private Task SetRole(string role) => shop.ImportRows(
        "companies", new { externalId = "acme", users = new[] { new { externalId = "buyer", name = "A Buyer", email = "buyer@acme.example", role, unit = "hq" } } });

    /// <summary>Something is said of an order, so often in one commit; the number of the last event.</summary>
    private async Task<long> Happen(string order, int count)
    {
        await using var scope = shop.Services.CreateAsyncScope();
        var writes = scope.ServiceProvider.GetRequiredService<Writes>();
        await writes.Run(Actor.System, () =>
        {
            for (var i = 0; i < count; i++)
            {
                writes.Record(OrderEvents.OrderShipmentChanged, NodeId.Parse(order).Key, 1, new OrderChange(OrderStatus.Placed));
            }

            return new ValueTask<bool>(true);
        });
        return await scope.ServiceProvider.GetRequiredService<WholesaleDb>().Events.MaxAsync(e => e.Number);
    }

    private static async Task Read(IAsyncEnumerator<OrderUpdate> updates, int count)
    {
        for (var i = 0; i < count; i++)
        {
            Assert.True(await updates.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30)));
        }
    }

    /// <summary>All statements until it is quiet again.</summary>
    private async Task<long> Statements(Func<Task> action)
    {
        var counter = shop.Services.GetRequiredService<StatementCounter>();
        await shop.Statements(() => Task.CompletedTask);
        var before = counter.Total;
        await action();
        await shop.Statements(() => Task.CompletedTask);
        return counter.Total - before;
    }
}
