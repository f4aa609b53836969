using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Wholesale.Carts;
using Wholesale.Platform;

namespace Wholesale.Tests.Orders.Proof;

/// <summary>Many write the same carts, each by the version that it has read.</summary>
[Collection(ProofCollection.Name)]
public sealed class VersionedUpdatesTests(ProofCollection.Shops shops)
{
    private const int Seed = 17;
    private const int Writers = 32;
    private const int Carts = 10;

    private const string Read = "query($id: ID!) { cart(id: $id) { version } }";

    private const string Update = "mutation($input: UpdateCartInput!) { updateCart(input: $input) { cart { version note } userErrors { code path } } }";

    [Fact]
    public async Task As_many_updates_succeed_as_the_versions_grow_by_and_each_other_one_is_told_of_the_conflict()
    {
        var updates = ProofCollection.Budget(2_000, 20);
        var shop = await shops.Get();
        var carts = new List<string>();
        for (var i = 0; i < Carts; i++)
        {
            carts.Add(await shop.OpenCart(isShared: true));
        }

        var (written, conflicts) = (new ConcurrentDictionary<(string Cart, long Version), string>(), 0);
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(Write));

        foreach (var cart in carts)
        {
            var key = NodeId.Parse(cart).Key;
            var versions = written.Keys.Where(write => write.Cart == cart).Select(write => write.Version).Order().ToList();
            var (now, events) = await shop.Read(async db => (
                await db.Carts.SingleAsync(c => c.Id == key), await db.Events.CountAsync(e => e.SubjectId == key && e.Type == CartEvents.CartChanged)));
            Assert.Equal(Enumerable.Range(2, versions.Count).Select(version => (long)version), versions);
            Assert.Equal((versions[^1], written[(cart, versions[^1])], versions.Count + 1), (now.Version, now.Note, events));
        }

        ProofCollection.Tell($"V7, seed {Seed}: {Writers} writers × {updates:N0} updates of {Carts} carts: {written.Count:N0} succeeded, by which the versions grew; {conflicts:N0} times CONFLICT.");
        Assert.Equal(Writers * updates, written.Count + conflicts);
        Assert.True(conflicts > updates, $"{conflicts} conflicts");

        async Task Write(int writer)
        {
            var (random, buyer) = (new Random((Seed * 1_000) + writer), shop.Buyers[writer % shop.Buyers.Count]);
            for (var i = 0; i < updates; i++)
            {
                var (cart, note) = (carts[random.Next(Carts)], $"{writer}: {i}");
                var version = (await shop.Data(buyer, Read, new { id = cart })).GetProperty("cart").GetProperty("version").GetInt64();
                var payload = (await shop.Data(buyer, Update, new { input = new { cartId = cart, expectedVersion = version, details = new { note } } })).GetProperty("updateCart");
                if (payload.GetProperty("userErrors") is var errors && errors.GetArrayLength() == 0)
                {
                    Assert.Equal((version + 1, note), (payload.GetProperty("cart").GetProperty("version").GetInt64(), payload.GetProperty("cart").GetProperty("note").GetString()));
                    Assert.True(written.TryAdd((cart, version + 1), note));
                }
                else
                {
                    Assert.Equal("CONFLICT", errors[0].GetProperty("code").GetString());
                    Interlocked.Increment(ref conflicts);
                }
            }
        }
    }
}
