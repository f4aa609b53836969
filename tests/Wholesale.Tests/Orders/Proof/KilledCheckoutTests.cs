using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Wholesale.Platform;
using Wholesale.Tests.Faults;

namespace Wholesale.Tests.Orders.Proof;

/// <summary>The program itself is killed while customers order, and started again; they send what was not answered again, with the same keys.</summary>
[Collection(ProofCollection.Name)]
public sealed class KilledCheckoutTests
{
    private const int Seed = 11;
    private const int Customers = 8;
    private const int Node = 5;

    [Fact]
    public async Task Of_orders_that_were_answered_none_is_lost_and_none_is_there_in_part_however_often_the_process_is_killed()
    {
        var (kills, mostOrders) = ProofCollection.Budget((200, 220), (8, 100));
        var random = new Random(Seed);
        await using var shop = await BuyingShop.Start();
        await shop.Stop();
        var sale = new Sale(shop);
        var started = Stopwatch.GetTimestamp();

        var host = await HostProcess.Start(shop.Arguments, Node);
        sale.Open(host);
        for (var kill = 0; kill < kills; kill++)
        {
            using (host)
            {
                await sale.Reach(sale.Answered + random.Next(1, mostOrders));
                await Task.Delay(TimeSpan.FromMilliseconds(random.NextDouble() * 20)); // anywhere within the next ones
                sale.Host.Wait();
                await host.Kill();
            }

            host = await HostProcess.Start(shop.Arguments, Node);
            await sale.AssertKept();
            sale.Host.Continue(host);
        }

        using (host)
        {
            await sale.Close();
            await sale.AssertKept();
        }

        ProofCollection.Tell(
            $"V1, seed {Seed}: killed ×{kills} under {Customers} customers in {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s: {sale.Answered:N0} orders answered, 0 lost, 0 in part; {sale.Host.Resent:N0} requests were not answered and sent again, of which {sale.Host.Replayed:N0} had been carried out.");
        Assert.Equal(sale.Answered, await shop.Orders());
        Assert.True(sale.Host.Resent >= kills);
    }

    /// <summary>Customers that buy one cart after the other from whatever host there is.</summary>
    private sealed class Sale(BuyingShop shop)
    {
        private readonly ConcurrentDictionary<string, string> cartOfNumber = [];
        private IReadOnlyList<Task> customers = [];
        private volatile bool isClosed;

        /// <summary>How many orders were answered.</summary>
        public int Answered => cartOfNumber.Count;

        public HostInTurn Host { get; } = new();

        /// <summary>Customers begin to buy.</summary>
        public void Open(HostProcess first)
        {
            Host.Continue(first);
            customers = [.. Enumerable.Range(0, Customers).Select(Buy)];
        }

        /// <summary>Waits until so many orders were answered.</summary>
        public async Task Reach(int orders)
        {
            await Eventually.Holds(() => Answered >= orders || customers.Any(customer => customer.IsFaulted));
            await Task.WhenAll(customers.Where(customer => customer.IsFaulted));
        }

        /// <summary>Customers end when they have the order that they were about to make.</summary>
        public Task Close()
        {
            isClosed = true;
            return Task.WhenAll(customers);
        }

        /// <summary>Fails if an order that was answered is not there as it was answered, or anything is there in part.</summary>
        public async Task AssertKept()
        {
            await shop.AssertWhole();
            var orders = await shop.Read(db => db.Orders.Select(o => new { o.Number, o.CartId }).ToDictionaryAsync(o => o.Number, o => new NodeId("Cart", o.CartId!.Value).ToString()));
            Assert.DoesNotContain(cartOfNumber, answered => orders.GetValueOrDefault(answered.Key) != answered.Value);
            shop.Release(); // or the file were open here when the process is killed
        }

        private async Task Buy(int customer)
        {
            var buyer = shop.Buyers[customer % shop.Buyers.Count];
            for (var n = 0; !isClosed; n++)
            {
                var name = $"{customer}-{n}";
                var opened = await Host.Send(client => shop.OpenCart(buyer, name, n % 2 == 0 ? "ON_ACCOUNT" : "BANK_TRANSFER", $"{name}-open", client));
                var cart = opened.Payload.GetProperty("cart").GetProperty("id").GetString()!;
                var added = await Host.Send(client => shop.AddLines(buyer, cart, [("TOOL-050-S", 1 + (n % 3)), ("TOOL-051-S", 2), ("TOOL-052-L", 1)], $"{name}-lines", client));
                Assert.Equal(3, added.Payload.GetProperty("cart").GetProperty("lineCount").GetInt32());
                var placed = await Host.Send(client => shop.PlaceOrder(buyer, cart, $"{name}-order", client));
                Assert.True(cartOfNumber.TryAdd(placed.Payload.GetProperty("order").GetProperty("number").GetString()!, cart));
            }
        }
    }
}
