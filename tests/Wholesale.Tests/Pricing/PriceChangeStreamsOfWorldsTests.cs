using Microsoft.Extensions.DependencyInjection;
using System.Globalization;
using Wholesale.Catalog;
using Wholesale.Companies;
using Wholesale.Platform;
using Wholesale.Pricing;

namespace Wholesale.Tests.Pricing;

/// <summary>
/// Buyers keep copies of their prices by streams alone, on two nodes, while anything changes in the shop. A stream that is not woken by something that changes
/// its buyer's prices leaves its copy behind.
/// </summary>
public sealed class PriceChangeStreamsOfWorldsTests
{
    /// <summary>More of them on demand: <c>WHOLESALE_PRICE_TURNS=1000</c>.</summary>
    private static readonly int Turns = int.Parse(Environment.GetEnvironmentVariable("WHOLESALE_PRICE_TURNS") ?? "40", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public async Task A_copy_kept_by_a_stream_is_soon_what_a_new_reading_gives(int seed)
    {
        var random = new Random(seed);
        await using var shop = new ShopHost();
        await shop.InitializeAsync();
        var world = new PriceChangeWorld(shop, random);
        await world.Write();
        await using var node = await shop.Another(2);
        var edits = new List<string>();
        var copies = new List<StreamedCopy>();
        foreach (var (i, buyer) in world.Buyers.Index())
        {
            copies.Add(await StreamedCopy.Of(i % 2 == 0 ? shop : node, buyer));
        }

        var moved = 0;
        for (var turn = 0; turn < Turns; turn++)
        {
            edits.Add(turn % 12 == 0 ? await world.Revive() : await world.Edit());
            if (random.Next(3) == 0)
            {
                edits.Add(await world.Edit());
            }

            if (random.Next(6) == 0)
            {
                var i = random.Next(copies.Count);
                copies[i] = await copies[i].GoOnAt(random.Next(2) == 0 ? shop : node);
                moved++;
            }

            foreach (var copy in copies)
            {
                try
                {
                    await Eventually.Holds(copy.IsRight);
                }
                catch (Xunit.Sdk.XunitException difference)
                {
                    throw new InvalidOperationException($"Turn {turn}, {copy.Name}: {difference.Message}\n{await copy.Difference()}\n{string.Join('\n', edits.TakeLast(10))}", difference);
                }
            }
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"Seed {seed}: {copies.Sum(copy => copy.Changes)} changes, {moved} streams moved.");
        Assert.True(copies.Sum(copy => copy.Changes) > Turns, "Too little has changed to tell anything.");
        foreach (var copy in copies)
        {
            await copy.DisposeAsync();
        }
    }

    private sealed class StreamedCopy(ShopHost shop, Principal buyer, PriceChangeReader stream, SortedDictionary<string, string> prices) : IAsyncDisposable
    {
        public string Name => buyer.Name;

        public int Changes { get; private set; }

        public static async Task<StreamedCopy> Of(ShopHost shop, Principal buyer)
        {
            var stream = await PriceChangeReader.Open(shop, buyer, first: 3);
            Assert.NotNull(await stream.TryNext());
            return new(shop, buyer, stream, await Anew(shop, buyer));
        }

        public async Task<StreamedCopy> GoOnAt(ShopHost node)
        {
            var cursor = stream.Cursor;
            await stream.DisposeAsync();
            return new(node, buyer, await PriceChangeReader.Open(node, buyer, cursor, first: 3), prices) { Changes = Changes };
        }

        /// <summary>Takes what has come; the clock goes on.</summary>
        public async Task<bool> IsRight()
        {
            while (await stream.TryNext() is { } page)
            {
                foreach (var change in page.Edges.Select(edge => edge.Node))
                {
                    Assert.Equal($"{change.Sku}: {prices.GetValueOrDefault(change.Sku)}", $"{change.Sku}: {Text(change.Before)}");
                    _ = change.Action == PriceChangeAction.Remove ? prices.Remove(change.Sku) : (prices[change.Sku] = Text(change.After)!) is null;
                    Changes++;
                }
            }

            if ((await Anew(shop, buyer)).SequenceEqual(prices))
            {
                return true;
            }

            shop.Time.Advance(TimeSpan.FromMilliseconds(200)); // by thirty seconds of tries far less than the silence that any stream breaks
            return false;
        }

        /// <summary>What is there and not in the copy, and the other way round.</summary>
        public async Task<string> Difference()
        {
            var anew = await Anew(shop, buyer);
            return $"there: {string.Join(' ', anew.Except(prices))}; kept: {string.Join(' ', prices.Except(anew))}";
        }

        public ValueTask DisposeAsync() => stream.DisposeAsync();

        private static Task<SortedDictionary<string, string>> Anew(ShopHost shop, Principal buyer) => shop.In(async services =>
        {
            var db = services.GetRequiredService<WholesaleDb>();
            var caller = await services.GetRequiredService<Callers>().Of(db, buyer, default);
            var sight = await services.GetRequiredService<Sights>().Of(db, caller, default);
            var page = await services.GetRequiredService<EffectivePrices>().Read(Wholesale.Platform.Page.Of(250), null, caller, sight, default);
            Assert.False(page.PageInfo.HasNextPage);
            return new SortedDictionary<string, string>(page.Edges.ToDictionary(e => e.Node.Variant.Sku, e => Text(e.Node.Price)!), StringComparer.Ordinal);
        });

        private static string? Text(EffectivePrice? price) =>
            price is null ? null : $"{price.UnitPrice} {string.Join(' ', price.Breaks.Select(b => $"{b.MinimumQuantity}:{b.UnitPrice}"))}";
    }
}
