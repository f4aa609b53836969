using System.Diagnostics;
using Wholesale.Catalog;
using Wholesale.Platform;
using Wholesale.Pricing;
using Wholesale.Tests.Pricing;

namespace Wholesale.Tests.Faults;

/// <summary>A thousand readers want one list that nobody has, on two nodes at once.</summary>
[Collection(FaultsCollection.Name)]
public sealed class ColdReadsTests(ColdReadsTests.ColdShops shops) : IClassFixture<ColdReadsTests.ColdShops>
{
    private const int Readers = 1_000;

    [Theory]
    [InlineData(100)]
    [InlineData(CompiledPriceLists.ReadAtOnce + 5_000)]
    public async Task Each_node_reads_a_list_that_is_nowhere_at_most_once(int prices)
    {
        var shop = await shops.Of(prices);
        await shop.Redis.Run("FLUSHALL");
        await using var one = await shop.Node(1, TimeSpan.FromSeconds(5));
        await using var other = await shop.Node(2, TimeSpan.FromSeconds(5));

        var (rebuilds, took) = await ReadOnBoth(one, other, shop.Variants);

        FaultsCollection.Tell($"W3 {Readers:N0} cold reads of {prices:N0} prices nowhere: {rebuilds.One} and {rebuilds.Other} rebuilds, all right, {took.TotalMilliseconds:0} ms.");
        Assert.InRange(rebuilds.One, 0, 1);
        Assert.InRange(rebuilds.Other, 0, 1);
        Assert.True(rebuilds.One + rebuilds.Other > 0);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(CompiledPriceLists.ReadAtOnce + 5_000)]
    public async Task No_node_reads_a_list_that_is_in_redis(int prices)
    {
        var shop = await shops.Of(prices);
        await shop.WriteIntoRedis();
        await using var one = await shop.Node(1, TimeSpan.FromSeconds(5));
        await using var other = await shop.Node(2, TimeSpan.FromSeconds(5));

        var (rebuilds, took) = await ReadOnBoth(one, other, shop.Variants);

        FaultsCollection.Tell($"W3 {Readers:N0} cold reads of {prices:N0} prices in Redis: {rebuilds.One} and {rebuilds.Other} rebuilds, all right, {took.TotalMilliseconds:0} ms.");
        Assert.Equal((0, 0), rebuilds);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(CompiledPriceLists.ReadAtOnce + 5_000)]
    public async Task Where_redis_stops_in_the_middle_each_node_reads_the_list_at_most_once(int prices)
    {
        var shop = await shops.Of(prices);
        await shop.WriteIntoRedis();
        var most = 0;
        foreach (var answered in (int[])[0, 1, 20, 500])
        {
            await using var one = await shop.Node(1, TimeSpan.FromMilliseconds(100));
            await using var other = await shop.Node(2, TimeSpan.FromMilliseconds(100));

            var (rebuilds, _) = await ReadOnBoth(one, other, shop.Variants, answered, shop.Redis.Stop);
            shop.Redis.Continue();

            most = Math.Max(most, Math.Max(rebuilds.One, rebuilds.Other));
            Assert.InRange(rebuilds.One, 0, 1);
            Assert.InRange(rebuilds.Other, 0, 1);
        }

        FaultsCollection.Tell($"W3 {Readers:N0} cold reads of {prices:N0} prices, Redis stopped in the middle ×4: {most} rebuilds a node at most, all right.");
    }

    /// <summary>Has all readers begin on both nodes at once, checks what they see, and counts how often each node reads the whole list.</summary>
    /// <param name="one">A node.</param>
    /// <param name="other">Another one.</param>
    /// <param name="variants">Whose prices.</param>
    /// <param name="answered">Behind how many answers something happens.</param>
    /// <param name="happens">What that is.</param>
    private static async Task<((int One, int Other) Rebuilds, TimeSpan Took)> ReadOnBoth(
        ShopHost one, ShopHost other, IReadOnlyList<Variant> variants, int answered = -1, Action? happens = null)
    {
        var rebuilds = new int[2];
        one.Statements.Executing += sql => Interlocked.Add(ref rebuilds[0], ReadsWholeLists(sql) ? 1 : 0);
        other.Statements.Executing += sql => Interlocked.Add(ref rebuilds[1], ReadsWholeLists(sql) ? 1 : 0);
        var seen = 0;
        var watch = Stopwatch.StartNew();
        if (answered == 0)
        {
            happens!();
        }

        await Task.WhenAll(Enumerable.Range(0, Readers).Select(i => Task.Run(async () =>
        {
            var variant = i * 7 % variants.Count;
            Assert.Equal(variant + 1, await (i % 2 == 0 ? one : other).Euros(variants[variant]));
            if (Interlocked.Increment(ref seen) == answered)
            {
                happens!();
            }
        })));
        await one.PriceLists.WhenLoaded();
        await other.PriceLists.WhenLoaded();
        var took = watch.Elapsed;
        Assert.Equal((long)variants.Count, one.PriceLists.RowCount);
        Assert.Equal((long)variants.Count, other.PriceLists.RowCount);
        return ((rebuilds[0], rebuilds[1]), took);
    }

    private static bool ReadsWholeLists(string sql) => sql.Contains("UnitPrice", StringComparison.Ordinal) && sql.Contains("ORDER BY", StringComparison.Ordinal);

    /// <summary>A shop for each number of prices.</summary>
    public sealed class ColdShops : IAsyncDisposable
    {
        private readonly Dictionary<int, ColdShop> shops = [];

        internal async Task<ColdShop> Of(int prices)
        {
            if (!shops.TryGetValue(prices, out var shop))
            {
                shops.Add(prices, shop = new ColdShop(prices));
                await shop.InitializeAsync();
            }

            return shop;
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var shop in shops.Values)
            {
                await shop.DisposeAsync();
            }
        }
    }

    /// <summary>One list with a price for each variant, the number of the variant in euros.</summary>
    internal sealed class ColdShop(int prices) : IAsyncLifetime
    {
        private readonly ShopHost first = new();

        public RedisServer Redis { get; } = new();

        public IReadOnlyList<Variant> Variants { get; private set; } = [];

        public async ValueTask InitializeAsync()
        {
            await first.InitializeAsync();
            Variants = await first.AddVariants(Quantity.One, [.. Enumerable.Range(0, prices).Select(i => $"V{i}")]);
            var list = await first.AddPriceList("LIST");
            await first.AddAssignment(list, TestCaller.Company);
            foreach (var chunk in Enumerable.Range(0, prices).Chunk(5_000))
            {
                await first.Upsert(list, [.. chunk.Select(i => new PriceInput($"V{i}", UnitPrice: new Amount((i + 1) * 1_0000L)))]);
            }
        }

        public async ValueTask DisposeAsync()
        {
            await first.DisposeAsync();
            Redis.Dispose();
        }

        public async Task WriteIntoRedis()
        {
            await using var writer = await Node(3, TimeSpan.FromSeconds(5));
            await writer.Euros(Variants[0]);
            await writer.PriceLists.WhenLoaded();
            await writer.Get<SharedPriceLists>().WhenKept();
        }

        /// <summary>A node that knows nothing yet.</summary>
        /// <param name="number">Its number.</param>
        /// <param name="deadline">How long it waits for Redis: what is late where nothing is wrong is not what is tested here.</param>
        public async Task<ShopHost> Node(int number, TimeSpan deadline)
        {
            var node = await first.Another(
                number, ("ConnectionStrings:Redis", Redis.ConnectionString), ("Redis:DeadlineMilliseconds", $"{deadline.TotalMilliseconds}"));
            await Eventually.Holds(() => node.Get<Wholesale.Platform.Caching.Redis>().IsAvailable);
            return node;
        }
    }
}
