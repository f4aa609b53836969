using System.Collections.Concurrent;
using System.Net;

namespace Wholesale.Tests.Orders.Proof;

/// <summary>Requests that are sent again and again with one key, some at once, while answers are lost on their way.</summary>
[Collection(ProofCollection.Name)]
public sealed class RepeatedOrdersTests(ProofCollection.Shops shops)
{
    private const int Seed = 12;
    private const int MostAtOnce = 12;
    private const int LostPercent = 30;

    [Fact]
    public async Task However_often_a_request_is_sent_with_a_key_there_is_one_order_and_one_answer_to_the_byte()
    {
        var keys = ProofCollection.Budget(5_000, 200);
        var shop = await shops.Get();
        var (ordersBefore, eventsBefore) = (await shop.Orders(), await shop.Events("ORDER_PLACED"));
        var numbers = new ConcurrentDictionary<string, int>();
        var (sent, lost, replayed) = (0, 0, 0);

        await Parallel.ForAsync(0, keys, new ParallelOptions { MaxDegreeOfParallelism = MostAtOnce }, async (i, _) =>
        {
            var random = new Random((Seed * 1_000_003) + i);
            var buyer = shop.Buyers[i % shop.Buyers.Count];
            var cart = await shop.FilledCart(buyer, $"repeated {i}", i % 2 == 0 ? "ON_ACCOUNT" : "BANK_TRANSFER", ("TOOL-050-S", 1), ("TOOL-051-S", 2), ("TOOL-053-L", 3));
            var answers = new List<Answer>();
            var sending = new List<Task<Answer?>>();
            for (var left = random.Next(1, 6); left > 0; left--)
            {
                sending.Add(Send(shop, buyer, cart, $"repeated-{i}", random.Next(100) < LostPercent ? random.Next(2) == 0 ? Loss.OfConnection : Loss.OfAnswer : Loss.None, random.NextDouble() * 30));
                if (random.Next(2) == 0)
                {
                    await Gather();
                }
            }

            await Gather();
            if (answers.Count == 0)
            {
                sending.Add(Send(shop, buyer, cart, $"repeated-{i}", Loss.None, 0)); // who was never answered asks again
                await Gather();
            }

            Assert.All(answers, answer => Assert.Equal((HttpStatusCode.OK, answers[0].Body), (answer.Status, answer.Body)));
            Assert.True(answers.Count(answer => !answer.IsReplay) <= 1);
            Interlocked.Add(ref replayed, answers.Count(answer => answer.IsReplay));
            Assert.True(numbers.TryAdd(answers[0].Payload.GetProperty("order").GetProperty("number").GetString()!, i));

            async Task Gather()
            {
                Interlocked.Add(ref sent, sending.Count);
                var gathered = await Task.WhenAll(sending);
                Interlocked.Add(ref lost, gathered.Count(answer => answer is null));
                answers.AddRange(gathered.OfType<Answer>());
                sending.Clear();
            }
        });

        ProofCollection.Tell($"V2, seed {Seed}: {keys:N0} keys, {sent:N0} requests, {lost:N0} answers lost, {replayed:N0} told again byte for byte: {numbers.Count:N0} orders.");
        Assert.Equal((ordersBefore + keys, eventsBefore + keys), (await shop.Orders(), await shop.Events("ORDER_PLACED")));
        Assert.True(lost > keys / 2 && replayed > keys / 2, $"{lost} lost, {replayed} replayed");
        await shop.AssertWhole();
    }

    /// <summary>Sends the request, and loses its answer: with the connection at some time, or whole.</summary>
    private static async Task<Answer?> Send(BuyingShop shop, string buyer, string cart, string key, Loss loss, double milliseconds)
    {
        using var limit = new CancellationTokenSource();
        if (loss == Loss.OfConnection)
        {
            limit.CancelAfter(TimeSpan.FromMilliseconds(milliseconds));
        }

        try
        {
            var answer = await shop.PlaceOrder(buyer, cart, key, cancellation: limit.Token, isRead: loss != Loss.OfAnswer);
            return loss == Loss.None ? answer : null;
        }
        catch (OperationCanceledException) when (loss == Loss.OfConnection)
        {
            return null;
        }
    }

    private enum Loss
    {
        None,
        OfAnswer,
        OfConnection,
    }
}
