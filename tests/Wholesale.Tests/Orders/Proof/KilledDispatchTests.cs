using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Wholesale.Carts;
using Wholesale.GraphQL.Tests.Http;
using Wholesale.Platform;
using Wholesale.Tests.Faults;

namespace Wholesale.Tests.Orders.Proof;

/// <summary>The program is killed while it tells of changes; who follows its log goes on behind the last event that came.</summary>
[Collection(ProofCollection.Name)]
public sealed class KilledDispatchTests
{
    private const int Seed = 12;
    private const int Writers = 8;
    private const int Node = 6;

    [Fact]
    public async Task Each_change_that_was_committed_is_told_once_and_in_order_and_none_that_was_not_however_often_the_process_is_killed()
    {
        var (kills, changes) = ProofCollection.Budget((50, 10_000), (4, 400));
        var random = new Random(Seed);
        await using var shop = await BuyingShop.Start();
        var carts = new List<string>();
        for (var i = 0; i < Writers; i++)
        {
            carts.Add((await shop.OpenCart(Buyer(shop, i), $"followed {i}", "BANK_TRANSFER")).Payload.GetProperty("cart").GetProperty("id").GetString()!);
        }

        var first = await shop.Read(db => db.Events.MaxAsync(e => e.Number));
        await shop.Stop();
        var hosts = new HostInTurn();
        var answered = new ConcurrentDictionary<(long Cart, long Version), bool>();
        var told = new ConcurrentQueue<Told>();
        using var isWritten = new CancellationTokenSource();
        using var isTold = new CancellationTokenSource();
        var started = Stopwatch.GetTimestamp();

        var host = await HostProcess.Start(shop.Arguments, Node);
        hosts.Continue(host);
        var following = Follow(hosts, shop.StaffKey, first, told, isTold.Token);
        var writing = Task.WhenAll(carts.Select((cart, i) => Write(shop, hosts, Buyer(shop, i), cart, answered, isWritten.Token)));
        for (var kill = 0; kill < kills; kill++)
        {
            using (host)
            {
                await Reach((kill + 1) * changes / (kills + 1));
                await Task.Delay(TimeSpan.FromMilliseconds(random.NextDouble() * 20)); // anywhere within the next ones
                hosts.Wait();
                await host.Kill();
            }

            host = await HostProcess.Start(shop.Arguments, Node);
            hosts.Continue(host);
        }

        using (host)
        {
            await Reach(changes);
            await isWritten.CancelAsync();
            await writing;
            var log = await shop.Read(db => db.Events.Where(e => e.Number > first).OrderBy(e => e.Number).ToListAsync());
            await Eventually.Holds(() => told.Count >= log.Count || following.IsFaulted);
            await isTold.CancelAsync();
            var breaks = await following;
            Assert.Equal(log.Select(e => new Told(e.Number, e.Type, e.Version)), told);
            Assert.Equal(Enumerable.Range(1, told.Count).Select(i => first + i), told.Select(e => e.Number));
            var changed = log.Where(e => e.Type == CartEvents.CartChanged).Select(e => (e.SubjectId, e.Version)).ToHashSet();
            Assert.DoesNotContain(answered.Keys, change => !changed.Contains(change));
            ProofCollection.Tell(
                $"V5, seed {Seed}: killed ×{kills} in {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s, over {answered.Count:N0} changes that were answered: {told.Count:N0} events told, each once and in order, as the log has them; the stream broke off {breaks} times, {hosts.Resent} requests were sent again.");
            Assert.True(breaks >= kills);
        }

        Task Reach(int count) => Eventually.Holds(() => answered.Count >= count || writing.IsFaulted || following.IsFaulted);
    }

    private static string Buyer(BuyingShop shop, int writer) => shop.Buyers[writer % shop.Buyers.Count];

    /// <summary>Changes a cart again and again, and notes the version that each answer tells of.</summary>
    private static async Task Write(
        BuyingShop shop, HostInTurn hosts, string buyer, string cart, ConcurrentDictionary<(long Cart, long Version), bool> answered, CancellationToken enough)
    {
        for (var n = 0; !enough.IsCancellationRequested; n++)
        {
            var answer = await hosts.Send(client => shop.AddLines(buyer, cart, [("TOOL-054-L", 1)], $"{cart}-{n}", client));
            Assert.True(answered.TryAdd((NodeId.Parse(cart).Key, answer.Payload.GetProperty("cart").GetProperty("version").GetInt64()), true));
        }
    }

    /// <summary>Follows the log from one host to the next.</summary>
    /// <returns>How often it had to go on at another one.</returns>
    private static async Task<int> Follow(HostInTurn hosts, string key, long after, ConcurrentQueue<Told> told, CancellationToken enough)
    {
        for (var breaks = 0; ; breaks++)
        {
            var process = await hosts.Now;
            try
            {
                await using var events = await Watch(process.Client, key, after);
                while (true)
                {
                    var text = await events.Next().WaitAsync(enough) ?? throw new IOException("The stream ended.");
                    if (text.StartsWith("event: next", StringComparison.Ordinal))
                    {
                        var happened = EventIn(text);
                        told.Enqueue(happened);
                        after = happened.Number;
                    }
                }
            }
            catch (OperationCanceledException) when (enough.IsCancellationRequested)
            {
                return breaks;
            }
            catch (Exception exception) when (HostInTurn.IsKilled(process, exception))
            {
                // The next one goes on.
            }
        }
    }

    private static async Task<TestEvents> Watch(HttpClient client, string key, long after)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/admin/graphql?query={Uri.EscapeDataString($"subscription {{ events(after: {after}) {{ number type version }} }}")}");
        request.Headers.Add("Accept", "text/event-stream");
        request.Headers.Add("X-Api-Key", key);
        return new TestEvents(await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead));
    }

    private static Told EventIn(string text)
    {
        using var json = JsonDocument.Parse(text["event: next\ndata: ".Length..]);
        var happened = json.RootElement.GetProperty("data").GetProperty("events");
        return new(happened.GetProperty("number").GetInt64(), happened.GetProperty("type").GetString()!, happened.GetProperty("version").GetInt64());
    }

    /// <summary>What a follower hears of an event.</summary>
    private sealed record Told(long Number, string Type, long Version);
}
