namespace Wholesale.Tests.Faults;

/// <summary>Two hundred customers, each with prices of its own, read on two nodes while Redis fails in all ways, one after the other: nobody ever sees another's price.</summary>
[Collection(FaultsCollection.Name)]
public sealed class CrossTalkTests(FaultsCollection.Shops shops)
{
    private const int Seed = 3;

    [Fact]
    public async Task No_customer_sees_the_price_of_another_while_redis_fails()
    {
        var atLeast = FaultsCollection.Budget(1_000_000, 100_000);
        var random = new Random(Seed);
        var shop = await shops.Large();
        var faults = new RedisFaults(shop.Redis, shop.Proxy, random);
        await using var readers = new Readers(shop, shop.Nodes, Seed);
        await shop.Recovered();
        readers.Take();

        var suffered = new SortedDictionary<string, int>(StringComparer.Ordinal);
        do
        {
            var round = faults.All.ToArray();
            random.Shuffle(round);
            foreach (var (name, run) in round)
            {
                await run(TimeSpan.FromMilliseconds(random.Next(300, 1_000)));
                await shop.Recovered();
                suffered[name] = suffered.GetValueOrDefault(name) + 1;
            }
        }
        while (readers.Found.Prices < atLeast);

        var found = readers.Take();
        FaultsCollection.Tell($"Seed {Seed}. X2 200 customers, budget {atLeast:N0} prices: {found}, {found.Foreign} of another customer; {readers.Edits:N0} writes; {faults.Damaged:N0} values damaged.");
        FaultsCollection.Tell($"X2 Redis was {string.Join(", ", suffered.Select(s => $"{s.Key} ×{s.Value}"))}.");
        found.AssertAllRight();
        Assert.True(found.Prices >= atLeast && found.ReadsOverHttp > 100, $"{found}");
    }
}
