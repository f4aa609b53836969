using System.Diagnostics;

namespace Wholesale.Tests.Faults;

/// <summary>What nodes tell each other through Redis is lost, and nobody notices but those who wait for it.</summary>
[Collection(FaultsCollection.Name)]
public sealed class LostMessagesTests
{
    private const int Seed = 2;

    /// <summary>As long as another node may take.</summary>
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task While_all_messages_are_lost_each_node_sees_the_others_writes_within_two_seconds_and_afterwards_at_once_again()
    {
        var random = new Random(Seed);
        await using var shop = await PricedShop.Start(new(customers: 10, variants: 60, groups: 2), megabytes: 64);
        var length = FaultsCollection.Budget(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(3));
        await using var readers = new Readers(shop, shop.Nodes, Seed, readsToEdit: null);
        await Seen(20); // warm
        var with = await Seen(FaultsCollection.Budget(200, 40));

        shop.Proxy.LosesMessages = true;
        readers.Take();
        var lost = new List<double>();
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < length)
        {
            lost.AddRange(await Seen(1));
        }

        var findings = readers.Take();
        shop.Proxy.LosesMessages = false;
        var (again, rounds) = (Array.Empty<double>(), 0);
        await Eventually.Holds(async () =>
        {
            again = await Seen(10);
            rounds++;
            return Median(again) < 125; // by looking alone it would be twice that
        });

        FaultsCollection.Tell($"Seed {Seed}. W2 with messages: {Figures(with)}.");
        FaultsCollection.Tell($"W2 {shop.Proxy.LostMessages:N0} messages lost in {length.TotalSeconds} s: {Figures(lost)}; meanwhile {findings}.");
        FaultsCollection.Tell($"W2 messages again: {Figures(again)}, in round {rounds}.");
        findings.AssertAllRight();
        Assert.True(shop.Proxy.LostMessages > lost.Count, $"Only {shop.Proxy.LostMessages} messages were lost.");
        Assert.True(with.Concat(lost).Max() <= Most.TotalMilliseconds, $"{with.Concat(lost).Max()} ms");

        // How long it took, in milliseconds, until the other node saw a write of one of the two; the writer's own sees it at once. Without messages each write comes
        // just behind a look at the log: at the worst moment.
        async Task<double[]> Seen(int writes)
        {
            var took = new double[writes];
            for (var i = 0; i < took.Length; i++)
            {
                var (customer, variant) = (random.Next(shop.Ledger.Customers), random.Next(shop.Ledger.Variants));
                var list = shop.Ledger.ListOf(customer, variant);
                var (writer, other) = random.Next(2) == 0 ? (shop.Nodes[0], shop.Nodes[1]) : (shop.Nodes[1], shop.Nodes[0]);
                await shop.Read(other, customer, [variant]);
                var edition = Assert.Single(await shop.Edit(writer.Client, writer.Number, list, variant));
                var since = edition.Done;
                Assert.Equal(edition.Price, (await shop.Read(writer, customer, [variant]))[0]);
                await Eventually.Holds(async () => (await shop.Read(other, customer, [variant]))[0] == edition.Price);
                took[i] = Stopwatch.GetElapsedTime(since).TotalMilliseconds;
            }

            return took;
        }
    }

    private static double Median(IReadOnlyCollection<double> times) => times.Order().ElementAt(times.Count / 2);

    private static string Figures(IReadOnlyCollection<double> times) =>
        $"{times.Count} writes, on the other node after {Median(times):0.0} ms in the median, {times.Order().ElementAt(times.Count * 99 / 100):0} ms p99, {times.Max():0} ms at most";
}
