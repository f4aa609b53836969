namespace Wholesale.Tests.Faults;

/// <summary>Redis fails in every way it can while two nodes that cannot do without it for long are read and written.</summary>
[Collection(FaultsCollection.Name)]
public sealed class RedisFaultsTests(FaultsCollection.Shops shops)
{
    private const int Seed = 1;

    /// <summary>What reads may take at any rate: on a busy machine a hundredth of them takes long without any fault.</summary>
    private const double P99Floor = 250;

    private static readonly TimeSpan MostToRecover = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task However_redis_fails_no_read_fails_no_price_is_wrong_and_it_is_used_again_within_five_seconds()
    {
        var shop = await shops.Large();
        var faults = new RedisFaults(shop.Redis, shop.Proxy, new Random(Seed));
        await using var readers = new Readers(shop, shop.Nodes, Seed);
        await shop.Recovered();
        await Eventually.Holds(() => readers.Found.ReadsOverHttp > 300); // all is compiled, lists are in Redis and found there
        var hits = await shop.Hits();
        var quiet = await Quiet();
        hits = await shop.Hits() - hits;
        FaultsCollection.Tell($"Seed {Seed}. W1 quiet: {quiet}; p99 {quiet.P99.OverHttp:0.0} ms over HTTP, {quiet.P99.InProcess:0.0} ms in process; {hits:N0} hits in Redis.");
        Assert.True(hits > 20, $"Redis is not in the way: {hits} hits.");

        var moment = FaultsCollection.Budget(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(1));
        await Suffer("killed", faults.Kill, FaultsCollection.Budget(20, 2), TimeSpan.FromMilliseconds(250));
        await Suffer("hung (SIGSTOP)", faults.Hang, FaultsCollection.Budget(4, 1), TimeSpan.FromSeconds(1));
        await Suffer("slow by 500 ms", faults.Slow, FaultsCollection.Budget(3, 1), moment);
        await Suffer("FLUSHALL ×10", faults.Flush, FaultsCollection.Budget(3, 1), moment);
        await Suffer("damaged and exchanged values", faults.Damage, FaultsCollection.Budget(3, 1), moment);
        Assert.True(faults.Damaged > 100, $"Only {faults.Damaged} values were damaged.");
        FaultsCollection.Tell($"{faults.Damaged:N0} values damaged, {readers.Edits:N0} writes on both nodes.");

        // For as long as it takes to see how long reads take now.
        async Task<Findings> Quiet()
        {
            readers.Take();
            await Task.Delay(FaultsCollection.Budget(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(1)));
            var found = readers.Take();
            found.AssertAllRight();
            return found;
        }

        // Beside how it was just before.
        async Task Suffer(string name, Func<TimeSpan, Task> fault, int times, TimeSpan length)
        {
            var before = await Quiet();
            var recovered = new List<TimeSpan>();
            for (var i = 0; i < times; i++)
            {
                await fault(length);
                recovered.Add(await shop.Recovered());
            }

            var found = readers.Take();
            var (overHttp, inProcess) = (found.P99.OverHttp / before.P99.OverHttp, found.P99.InProcess / before.P99.InProcess);
            FaultsCollection.Tell(
                $"W1 {name} ×{times}, {length.TotalSeconds} s each: {found}; p99 {found.P99.OverHttp:0} ms over HTTP, {overHttp:0.0} × quiet, and {found.P99.InProcess:0} ms in process, {inProcess:0.0} × quiet; recovered in {recovered.Max().TotalSeconds:0.0} s at most.");
            found.AssertAllRight();
            Assert.True(found.P99.OverHttp <= Math.Max(3 * before.P99.OverHttp, P99Floor), $"{name}: {found.P99.OverHttp:0} ms over HTTP");
            Assert.True(found.P99.InProcess <= Math.Max(3 * before.P99.InProcess, P99Floor), $"{name}: {found.P99.InProcess:0} ms in process");
            Assert.True(recovered.Max() <= MostToRecover, $"{name}: recovered in {recovered.Max()}");
        }
    }
}
