using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Wholesale.Catalog;
using Wholesale.Companies;
using Wholesale.Platform;
using Wholesale.Pricing;

namespace Wholesale.Tests.Pricing;

/// <summary>
/// Buyers keep copies of their prices by the feed alone, while anything changes in the shop, also between two pages. Each change must tell what the copy has,
/// and after each turn the copy must be what a new reading gives.
/// </summary>
public sealed class PriceChangesOfWorldsTests
{
    /// <summary>More of them on demand: <c>WHOLESALE_PRICE_TURNS=1000</c>.</summary>
    private static readonly int Turns = int.Parse(Environment.GetEnvironmentVariable("WHOLESALE_PRICE_TURNS") ?? "60", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task A_copy_kept_by_the_feed_is_what_a_new_reading_gives(int seed)
    {
        var random = new Random(seed);
        await using var shop = new ShopHost();
        await shop.InitializeAsync();
        var world = new PriceChangeWorld(shop, random);
        await world.Write();
        var edits = new List<string>();
        var copies = new List<Copy>();
        foreach (var buyer in world.Buyers)
        {
            copies.Add(await Copy.Of(shop, buyer));
        }

        var told = new Dictionary<PriceChangeReason, int>();
        for (var turn = 0; turn < Turns; turn++)
        {
            if (turn % 12 == 0)
            {
                edits.Add(await world.Revive());
            }

            for (var edit = random.Next(4); edit >= 0; edit--)
            {
                edits.Add(await world.Edit());
            }

            var copy = copies[random.Next(copies.Count)];
            try
            {
                // One turn, with edits between its pages; what they do is told by the next turn.
                while (await copy.Page(1 + random.Next(3), told))
                {
                    edits.Add(await world.Edit());
                }

                while (await copy.Page(1_000, told))
                {
                }

                Assert.Equal(await copy.Anew(), copy.Prices);
            }
            catch (Xunit.Sdk.XunitException difference)
            {
                throw new InvalidOperationException($"Turn {turn}, {copy.Name}: {difference.Message}\n{string.Join('\n', edits.TakeLast(25))}", difference);
            }
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"Seed {seed}: {string.Join(", ", told.OrderBy(t => t.Key))}");
        Assert.True(told.Values.Sum() > Turns, "Too little has changed to tell anything.");
        Assert.True(told.Count >= 4, "Too little of what may change has changed.");
    }

    private sealed class Copy(ShopHost shop, Principal buyer)
    {
        private string? cursor;

        public string Name => buyer.Name;

        public SortedDictionary<string, string> Prices { get; private set; } = new(StringComparer.Ordinal);

        public static async Task<Copy> Of(ShopHost shop, Principal buyer)
        {
            var copy = new Copy(shop, buyer);
            Assert.False(await copy.Page(1, []));
            copy.Prices = await copy.Anew();
            return copy;
        }

        /// <returns>Whether there is more.</returns>
        public Task<bool> Page(int first, Dictionary<PriceChangeReason, int> told) => shop.In(async services =>
        {
            var caller = await services.GetRequiredService<Callers>().Of(services.GetRequiredService<WholesaleDb>(), buyer, default);
            var page = await services.GetRequiredService<PriceChangeFeed>().Read(cursor, first, caller, default);
            foreach (var change in page.Edges.Select(edge => edge.Node))
            {
                Assert.Equal($"{change.Sku}: {Prices.GetValueOrDefault(change.Sku)}", $"{change.Sku}: {Text(change.Before)}");
                _ = change.Action == PriceChangeAction.Remove ? Prices.Remove(change.Sku) : (Prices[change.Sku] = Text(change.After)!) is null;
                told[change.Reason] = told.GetValueOrDefault(change.Reason) + 1;
            }

            cursor = page.PageInfo.EndCursor;
            return page.PageInfo.HasNextPage;
        });

        public Task<SortedDictionary<string, string>> Anew() => shop.In(async services =>
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
