using Microsoft.EntityFrameworkCore;
using Wholesale.Carts;
using Wholesale.Platform;
using Wholesale.Tests.Platform.Database;

namespace Wholesale.Tests.Orders.Proof;

/// <summary>A request ends at each moment at which it can, one after the other, and is sent again with its key.</summary>
[Collection(ProofCollection.Name)]
public sealed class CrashPointsTests(ProofCollection.Shops shops)
{
    /// <summary>How a request ends.</summary>
    public enum End
    {
        /// <summary>For a reason that nobody expects: it is not tried again.</summary>
        Crash,

        /// <summary>The connection is lost: the host may try again by itself.</summary>
        LostConnection,
    }

    [Theory]
    [InlineData(End.Crash)]
    [InlineData(End.LostConnection)]
    public async Task Wherever_placing_an_order_ends_there_is_one_order_and_one_event_once_it_was_sent_again(End end)
    {
        var shop = await shops.Get();
        var failures = 0;
        await Order(shop, $"{end}", 0, end); // what is read once

        var moments = await Enumerate(async number =>
        {
            var (orders, events, name) = (await shop.Orders(), await shop.Events("ORDER_PLACED"), $"{end} {number}");
            var moment = await Order(shop, name, number, end, failure => failures += failure is null ? 0 : 1);
            Assert.True((orders + 1, events + 1) == (await shop.Orders(), await shop.Events("ORDER_PLACED")), moment.Name);
            await shop.AssertWhole();
            return moment;
        });

        ProofCollection.Tell($"V3 placeOrder: {end} at each of {moments} moments; {failures} answers told of it, and each was an order once it was sent again.");
        var statements = await shop.Statements(() => Order(shop, $"{end} counted", 0, end));
        Assert.True(moments > statements, $"{moments} moments, {statements} statements"); // none is passed over
    }

    [Theory]
    [InlineData(End.Crash)]
    [InlineData(End.LostConnection)]
    public async Task Wherever_adding_lines_ends_they_are_added_once_when_it_was_sent_again(End end)
    {
        var shop = await shops.Get();
        var cart = await shop.FilledCart(shop.Acme, $"lines {end}", "BANK_TRANSFER", ("TOOL-054-L", 1));
        var key = NodeId.Parse(cart).Key;
        var events = await Changes();

        var moments = await Enumerate(async number =>
        {
            var moment = shop.Moments.OfNextRequest(number, () => throw ErrorOf(end));
            await Add();
            var answer = await Add();
            Assert.Equal(answer.Body, (await Add()).Body);
            var expected = 1 + number;
            Assert.True((expected, expected + 1, events + number) == (await Quantity(), await Version(), await Changes()), moment.Name);
            return moment;

            Task<Answer> Add() => shop.AddLines(shop.Acme, cart, [("TOOL-054-L", 1)], $"lines-{end}-{number}");
        });

        ProofCollection.Tell($"V3 addCartLines: {end} at each of {moments} moments; the line was counted up once each time.");
        Assert.True(moments > 20, $"{moments} moments");

        Task<int> Changes() => shop.Read(db => db.Events.CountAsync(e => e.SubjectId == key && e.Type == CartEvents.CartChanged));
        Task<int> Quantity() => shop.Read(async db => (int)((await db.CartLines.SingleAsync(l => l.CartId == key)).Quantity.Thousandths / 1_000));
        Task<int> Version() => shop.Read(async db => (int)(await db.Carts.SingleAsync(c => c.Id == key)).Version);
    }

    /// <summary>Lets a request end at its first moment, its second and so on, until it has no more.</summary>
    /// <returns>How many it has.</returns>
    private static async Task<int> Enumerate(Func<int, Task<Moment>> end)
    {
        var number = 1;
        while ((await end(number)).Name is not null)
        {
            number++;
        }

        return number - 1;
    }

    /// <summary>Orders a cart by a request that ends at a moment, and again by one that does not.</summary>
    private static async Task<Moment> Order(BuyingShop shop, string name, int number, End end, Action<string?>? tell = null)
    {
        var cart = await shop.FilledCart(shop.Second, name, "ON_ACCOUNT", ("TOOL-050-S", 2), ("TOOL-051-S", 1), ("TOOL-055-L", 3));
        var key = name.Replace(' ', '-');
        var moment = shop.Moments.OfNextRequest(number, () => throw ErrorOf(end));
        var first = await shop.PlaceOrder(shop.Second, cart, key);
        tell?.Invoke(first.Failure);
        var second = await shop.PlaceOrder(shop.Second, cart, key);
        var third = await shop.PlaceOrder(shop.Second, cart, key);
        Assert.True(second.Body == third.Body && third.IsReplay, $"{moment.Name}: {second} {third}");
        Assert.True(1 == await shop.Orders(cart), $"{moment.Name}: {first}");
        return moment;
    }

    private static Exception ErrorOf(End end) => end == End.Crash ? new InvalidOperationException("The request ends here.") : SqlErrors.Of(10_054, severity: 20);
}
