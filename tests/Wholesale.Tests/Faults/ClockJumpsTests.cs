using Wholesale.Catalog;
using Wholesale.Platform;
using Wholesale.Platform.Caching;
using Wholesale.Pricing;
using Wholesale.Tests.Pricing;

namespace Wholesale.Tests.Faults;

/// <summary>Two nodes with Redis between them, whose clocks jump each for itself.</summary>
[Collection(FaultsCollection.Name)]
public sealed class ClockJumpsTests : IAsyncLifetime
{
    private const int Seed = 5;
    private const int Hours = 40 * 24;

    private readonly RedisServer redis = new();
    private readonly ShopHost shop;

    public ClockJumpsTests() => shop = ShopHost.With(Settings);

    /// <summary>With a deadline that a busy machine keeps: what is late is not what is tested here.</summary>
    private IEnumerable<(string Name, string Value)> Settings => [("ConnectionStrings:Redis", redis.ConnectionString), ("Redis:DeadlineMilliseconds", "5000")];

    public async ValueTask InitializeAsync()
    {
        await shop.InitializeAsync();
        await Eventually.Holds(() => shop.Get<Redis>().IsAvailable);
    }

    public async ValueTask DisposeAsync()
    {
        await shop.DisposeAsync();
        redis.Dispose();
    }

    [Fact]
    public async Task However_the_clocks_of_two_nodes_jump_no_price_is_seen_outside_its_time_by_the_nodes_own_clock()
    {
        var random = new Random(Seed);
        var (begin, variants, lists) = await Fill();
        var prices = variants.Select((_, v) => Enumerable.Range(0, Hours).Where(hour => IsPriced(v, hour)).ToDictionary(hour => hour, hour => PriceAt(v, hour))).ToList();
        await using var other = await Another(1, shop.Now);
        var nodes = new[] { shop, other };
        var springForward = new DateTime(2026, 3, 29, 1, 0, 0, DateTimeKind.Utc);
        var (seen, none, cold, edits) = (0, 0, 0, 0);
        for (var i = 0; i < FaultsCollection.Budget(1_500, 300); i++)
        {
            var node = nodes[random.Next(2)];
            node.Time.Jump(random.Next(6) switch
            {
                0 => TimeSpan.FromHours(random.Next(2) == 0 ? 1 : -1),
                1 => TimeSpan.FromDays(random.Next(2) == 0 ? 1 : -1),
                2 => springForward.AddSeconds(random.Next(-7_200, 7_200)) - node.Now,
                3 => begin.AddHours(random.Next(Hours)) - node.Now,
                _ => TimeSpan.FromSeconds(random.Next(-90, 90)),
            });
            if (random.Next(20) == 0)
            {
                // Nodes begin anew, by a clock that is ahead or behind: what they know is what others have written into Redis.
                cold++;
                await using var late = await Another(2, node.Now.AddHours(random.Next(-48, 48)));
                await Check(late);
                await late.Get<SharedPriceLists>().WhenKept();
            }

            if (random.Next(10) == 0)
            {
                edits++;
                await Edit(nodes[random.Next(2)]);
                shop.Time.Advance(CompiledPriceLists.Lifetime);
                other.Time.Advance(CompiledPriceLists.Lifetime);
            }

            await Check(shop);
            await Check(other);
        }

        FaultsCollection.Tell($"Seed {Seed}. W5: {seen + none:N0} reads by clocks that jumped, {seen:N0} prices and {none:N0} times none, {cold} nodes that began anew, {edits} writes, none outside its time.");
        Assert.True(seen > 100 && none > 50 && cold > 0, $"{seen} prices, {none} times none");

        async Task Check(ShopHost node)
        {
            var variant = random.Next(variants.Count);
            var asOf = random.Next(3) == 0 ? node.Now.AddMinutes(random.Next(-300, 300)) : (DateTime?)null;
            var expected = prices[variant].GetValueOrDefault((int)Math.Floor(((asOf ?? node.Now) - begin).TotalHours));
            Assert.Equal(expected, await node.Euros(variants[variant], asOf) ?? 0);
            (seen, none) = expected == 0 ? (seen, none + 1) : (seen + 1, none);
        }

        // Another price for some hours.
        async Task Edit(ShopHost node)
        {
            var variant = random.Next(variants.Count);
            var hours = prices[variant].Keys.Where(_ => random.Next(50) == 0).ToList();
            hours.ForEach(hour => prices[variant][hour] += 10_000);
            await node.Upsert(lists[variant / 2], [.. hours.Select(hour => Row(variant, hour, prices[variant][hour], begin))]);
        }
    }

    [Fact]
    public async Task A_list_that_was_read_by_a_clock_that_was_ahead_is_read_anew_once_and_then_answers_from_memory()
    {
        var (begin, variants, _) = await Fill();
        var ahead = await Another(1, shop.Now.AddDays(3));
        await using var jumped = ahead;
        await ahead.Prices(variants);
        await ahead.Get<SharedPriceLists>().WhenKept();

        ahead.Time.Jump(TimeSpan.FromDays(-3));
        await using var right = await Another(2, shop.Now);

        foreach (var node in (ShopHost[])[ahead, right])
        {
            var hour = (int)Math.Floor((node.Now - begin).TotalHours);
            var expected = variants.Select((_, v) => IsPriced(v, hour) ? PriceAt(v, hour) : (long?)null).ToList();
            var statements = new List<int>();
            for (var read = 0; read < 3; read++)
            {
                statements.Add(await node.CountStatements(async () =>
                    Assert.Equal(expected, (await node.Prices(variants)).Select(price => price?.UnitPrice.TenThousandths / 1_0000))));
            }

            FaultsCollection.Tell($"W5 behind a clock that was ahead: {string.Join(", ", statements)} statements.");
            Assert.Equal([0, 0], statements[1..]);
        }
    }

    /// <summary>Two lists of two variants each, given to the caller, with a price for two of three hours, for longer than the night in which the clocks of Europe are put forward.</summary>
    private async Task<(DateTime Begin, IReadOnlyList<Variant> Variants, IReadOnlyList<PriceList> Lists)> Fill()
    {
        var begin = shop.Now.AddDays(-3);
        var variants = await shop.AddVariants(Quantity.One, "V0", "V1", "V2", "V3");
        var lists = new List<PriceList>();
        foreach (var name in (string[])["OWN", "OTHER"])
        {
            var list = await shop.AddPriceList(name);
            await shop.AddAssignment(list, TestCaller.Company, validFrom: begin);
            foreach (var variant in (int[])[lists.Count * 2, (lists.Count * 2) + 1])
            {
                await shop.Upsert(list, [.. Enumerable.Range(0, Hours).Where(hour => IsPriced(variant, hour)).Select(hour => Row(variant, hour, PriceAt(variant, hour), begin))]);
            }

            lists.Add(list);
        }

        return (begin, variants, lists);
    }

    private static bool IsPriced(int variant, int hour) => (variant + hour) % 3 != 2;

    private static long PriceAt(int variant, int hour) => (variant * Hours) + hour + 1;

    private static PriceInput Row(int variant, int hour, long euros, DateTime begin) =>
        new($"V{variant}", UnitPrice: new Amount(euros * 1_0000), ValidFrom: begin.AddHours(hour), ValidTo: begin.AddHours(hour + 1));

    /// <summary>A node by a clock of its own.</summary>
    private async Task<ShopHost> Another(int number, DateTime now)
    {
        var time = new FakeTime();
        time.Jump(now - time.GetUtcNow().UtcDateTime);
        var other = await shop.Another(number, time, Settings);
        await Eventually.Holds(() => other.Get<Redis>().IsAvailable);
        return other;
    }
}
