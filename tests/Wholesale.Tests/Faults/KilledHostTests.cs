using System.Diagnostics;

namespace Wholesale.Tests.Faults;

/// <summary>One of the nodes is killed while it writes prices, reads lists and fills Redis.</summary>
[Collection(FaultsCollection.Name)]
public sealed class KilledHostTests(FaultsCollection.Shops shops)
{
    private const int Seed = 4;
    private const int Number = 9;
    private const int Writers = 3;

    [Fact]
    public async Task A_host_that_is_killed_at_any_moment_leaves_nothing_that_is_wrong_to_others_or_to_itself()
    {
        var kills = FaultsCollection.Budget(12, 2);
        var random = new Random(Seed);
        var shop = await shops.Large();
        await using var readers = new Readers(shop, shop.Nodes.Take(1).ToList(), Seed);
        readers.Take();
        var (writes, committed, undone, firsts, ofKilled) = (0, 0, 0, new Findings(), new Findings());
        for (var kill = 0; kill < kills; kill++)
        {
            using var host = await HostProcess.Start(shop.Nodes[0], Number);
            await Read(host, new Witness(shop.Ledger, Number), new Random(random.Next()), firsts, TimeSpan.Zero);
            var (written, atLeast, writing) = (0, random.Next(2, 15), 0.0);
            var work = Task.WhenAll([
                .. Enumerable.Range(0, Writers).Select(writer => UntilKilled(host, ofKilled, new Random(random.Next()), async chance =>
                {
                    var begin = Stopwatch.GetTimestamp();
                    await Write(host, writer, chance);
                    Volatile.Write(ref writing, Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
                    Interlocked.Increment(ref written);
                })),
                ReadUntilKilled(host, new Random(random.Next())),
                ReadUntilKilled(host, new Random(random.Next())),
            ]);
            await Eventually.Holds(() => Volatile.Read(ref written) >= atLeast);
            await Task.Delay(TimeSpan.FromMilliseconds(random.NextDouble() * Volatile.Read(ref writing))); // anywhere within the next ones

            await host.Kill();

            await work;
            var settled = await shop.Settle(Number);
            (writes, committed, undone) = (writes + written, committed + settled.Committed, undone + settled.Undone);
        }

        await readers.Stop();
        var found = readers.Take();
        var (exact, hits) = await ReadAllAnew();
        FaultsCollection.Tell($"Seed {Seed}. Killed ×{kills}: the other host {found}, {readers.Edits} writes; the killed one {ofKilled}, {writes} writes answered; of prices whose answer was lost {committed} were committed and {undone} were not.");
        FaultsCollection.Tell($"Its first answers: {firsts}; afterwards {exact:N0} prices of all customers by a new node, {hits:N0} hits in Redis: all exact.");
        found.AssertAllRight();
        firsts.AssertAllRight();
        ofKilled.AssertAllRight();

        async Task ReadUntilKilled(HostProcess host, Random random)
        {
            var witness = new Witness(shop.Ledger, Number);
            await UntilKilled(host, ofKilled, random, chance => Read(host, witness, chance, ofKilled, null));
        }

        async Task Read(HostProcess host, Witness witness, Random random, Findings findings, TimeSpan? staleness)
        {
            var customer = random.Next(shop.Ledger.Customers);
            var asked = Enumerable.Range(random.Next(shop.Ledger.Variants), 20).Select(v => v % shop.Ledger.Variants).ToList();
            var begin = Stopwatch.GetTimestamp();
            var prices = await shop.Ask(host.Client, customer, asked);
            var end = Stopwatch.GetTimestamp();
            var judged = asked.Zip(prices).Select(read => (witness.Judge(customer, read.First, read.Second, begin, end, staleness), read.First, read.Second)).ToList();
            findings.Add(isOverHttp: true, Stopwatch.GetElapsedTime(begin, end), customer, Number, judged);
        }

        async Task Write(HostProcess host, int writer, Random random)
        {
            var (list, some) = (0, new List<int>());
            while (some.Count == 0)
            {
                list = random.Next(shop.Ledger.Lists);
                var of = Enumerable.Range(random.Next(shop.Ledger.Variants), shop.Ledger.Variants).Select(v => v % shop.Ledger.Variants);
                some = [.. of.Where(v => readers.Leave(v) && v / 3 % Writers == writer && shop.Ledger.Has(list, v)).Take(random.Next(1, 20))];
            }

            await shop.Edit(host.Client, Number, list, some);
        }

        // What is in Redis now was written by the living and by the dead.
        async Task<(long Prices, long Hits)> ReadAllAnew()
        {
            var before = await shop.Hits();
            await using var node = await shop.Node(Number, megabytes: 64);
            var all = Enumerable.Range(0, shop.Ledger.Variants).ToList();
            for (var customer = 0; customer < shop.Ledger.Customers; customer++)
            {
                Assert.Equal(all.Select(v => (long?)shop.Ledger.Newest(shop.Ledger.ListOf(customer, v), v)), await shop.Read(node, customer, all));
            }

            return ((long)shop.Ledger.Customers * all.Count, await shop.Hits() - before);
        }
    }

    private static async Task UntilKilled(HostProcess host, Findings findings, Random random, Func<Random, Task> act)
    {
        while (!host.IsKilled)
        {
            try
            {
                await act(random);
            }
            catch (Exception) when (host.IsKilled)
            {
                return;
            }
            catch (Exception exception)
            {
                findings.Fail(exception);
                return;
            }
        }
    }
}
