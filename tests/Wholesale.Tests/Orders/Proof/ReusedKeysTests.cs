using System.Net;

namespace Wholesale.Tests.Orders.Proof;

/// <summary>One key with two requests, and one request twice at once.</summary>
[Collection(ProofCollection.Name)]
public sealed class ReusedKeysTests(ProofCollection.Shops shops)
{
    [Theory]
    [InlineData(1)]
    [InlineData(12)]
    [InlineData(30)]
    public async Task While_the_first_runs_and_afterwards_another_body_is_refused_and_the_same_one_is_told_the_same(int moment)
    {
        var shop = await shops.Get();
        var cart = await shop.FilledCart(shop.Acme, $"reused {moment}", "ON_ACCOUNT", ("TOOL-050-S", 1), ("TOOL-056-L", 1));
        var another = await shop.FilledCart(shop.Acme, $"another {moment}", "ON_ACCOUNT", ("TOOL-050-S", 1));
        var (key, orders, end) = ($"reused-{moment}", await shop.Orders(), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        var held = shop.Moments.OfNextRequest(moment, () => end.Task);

        var first = shop.PlaceOrder(shop.Acme, cart, key);
        await Eventually.Holds(() => held.Name is not null);
        var again = shop.PlaceOrder(shop.Acme, cart, key);
        var otherTotal = shop.PlaceOrder(shop.Acme, cart, key, expectedTotal: "80000000");
        var otherCart = shop.PlaceOrder(shop.Acme, another, key);
        await Eventually.Holds(() => shop.Moments.Running == 4);
        Assert.DoesNotContain(true, new[] { first, again, otherTotal, otherCart }.Select(request => request.IsCompleted));
        end.SetResult();
        var afterwards = await shop.PlaceOrder(shop.Acme, another, key);

        Assert.Equal("ORDERED", (await first).Payload.GetProperty("cart").GetProperty("status").GetString());
        Assert.Equal(await first with { IsReplay = true }, await again);
        foreach (var refused in new[] { await otherTotal, await otherCart, afterwards })
        {
            Assert.Equal((HttpStatusCode.UnprocessableEntity, "IDEMPOTENCY_KEY_REUSED"), (refused.Status, refused.Failure));
        }

        Assert.Equal((orders + 1, 1, 0), (await shop.Orders(), await shop.Orders(cart), await shop.Orders(another)));
        await shop.AssertWhole();
    }
}
