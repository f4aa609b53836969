using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Wholesale.Orders;
using Wholesale.Platform;
using Wholesale.Tests.Carts;

namespace Wholesale.Tests.Orders.Proof;

/// <summary>
/// Walks of both sides and the clock through orders' lives, over HTTP: whatever is tried, possible or not, the server answers as a small model of an order does; in the end stock, credit and all other books
/// are right, whatever was paid and taken back meanwhile.
/// </summary>
public sealed class OrderWalkTests : IAsyncLifetime
{
    private const string Here = "TOOL-044-S";
    private static readonly string[] Skus = [Here, "TOOL-045-S", "TOOL-003-S"];

    private readonly LifeShop shop = new();
    private readonly Random random = new(20_261_128);
    private readonly Random money = new(20_261_130);
    private readonly Dictionary<string, int> tried = [];

    private static int Walks => ProofCollection.Budget(full: 1_000, brief: 30);

    public ValueTask InitializeAsync() => shop.InitializeAsync();

    public ValueTask DisposeAsync() => shop.DisposeAsync();

    [Fact]
    public async Task Whatever_is_tried_an_order_goes_only_the_ways_that_there_are()
    {
        await shop.ImportRows("credit-profiles", new { company = "acme", currency = "USD", limit = "100000000" });
        var ends = new Dictionary<string, int>();
        for (var walk = 0; walk < Walks; walk++)
        {
            var end = await Walk(walk);
            ends[end] = ends.GetValueOrDefault(end) + 1;
        }

        ProofCollection.Tell($"{Walks} walks, {tried.Values.Sum()} steps: {string.Join(", ", tried.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => $"{t.Value} {t.Key}"))}. Ends: {string.Join(", ", ends.Select(e => $"{e.Value} {e.Key}"))}.");
        Assert.Contains("COMPLETED", ends.Keys);
        Assert.Contains("CANCELLED", ends.Keys);
    }

    private async Task<string> Walk(int walk)
    {
        await Restock();
        var ordered = Skus.Where(sku => sku == Here || random.Next(2) == 0).ToDictionary(sku => sku, _ => random.Next(6, 10));
        var order = await shop.Order("id number", random.Next(2) == 0 ? "ON_ACCOUNT" : "BANK_TRANSFER", [.. ordered.Select(line => (line.Key, (decimal)line.Value))]);
        var (orderId, number, payments) = (order.GetProperty("id").GetString()!, order.GetProperty("number").GetString()!, new List<string>());
        var model = new OrderWalk(ordered);
        for (var step = 0; step < 14; step++)
        {
            var (name, expected, payload) = await Step(orderId, model);
            var errors = payload is { } answer ? answer.GetProperty("userErrors").EnumerateArray().Select(error => error.GetProperty("code").GetString()).Distinct().ToList() : [];
            tried[$"{name} {expected ?? "done"}"] = tried.GetValueOrDefault($"{name} {expected ?? "done"}") + 1;
            Assert.True((expected is null && errors.Count == 0) || errors.Contains(expected), $"walk {walk}, step {step}, {name} of {model.Status}: {expected ?? "done"} was expected, not {string.Join(", ", errors)}");

            var seen = await shop.Read(orderId, "status lines { edges { node { sku shippedQuantity deliveredQuantity cancelledQuantity openQuantity } } }");
            Assert.Equal(model.Status, seen.GetProperty("status").GetString());
            await PayOrTakeBack(number, payments);
            Assert.Equal(model.Lines, seen.GetProperty("lines").GetProperty("edges").EnumerateArray().Select(edge => Line(edge.GetProperty("node"))).Order(StringComparer.Ordinal));
        }

        if (walk % 10 == 9)
        {
            await shop.AssertBooks();
        }

        return model.Status;
    }

    private async Task<(string Name, string? Expected, JsonElement? Payload)> Step(string orderId, OrderWalk model)
    {
        var sku = model.Skus[random.Next(model.Skus.Count)];
        var quantity = random.Next(1, 8);
        var lines = new[] { new { sku, quantity } };
        switch (random.Next(model.Status == "PLACED" ? 4 : 9))
        {
            case 0:
                return ("a buyer's cancelling", model.Cancel(sku, quantity, isBuyer: true), await shop.Cancel(shop.Acme, new { orderId, lines }));
            case 1 when random.Next(2) == 0:
                return ("the seller's cancelling", model.Cancel(sku, quantity, isBuyer: false), await shop.Cancel(shop.StaffKey, new { orderId, lines, reason = "OUT_OF_STOCK" }));
            case 1:
                return ("completing", model.Complete(), await shop.Staff("completeOrder", "CompleteOrderInput", new { orderId }, "order { status }"));
            case 2:
            case 3 when model.Status == "PLACED":
                return await Confirm(orderId, model);
            case 4 when model.Shipments.Count > 0:
                var shipment = random.Next(model.Shipments.Count);
                return ("delivering", model.Deliver(shipment), await shop.Deliver(new { shipmentId = model.Shipments[shipment].Id }));
            case 5:
                return await PassTime(model);
            default:
                return model.Fulfillments.Count == 0 ? await Confirm(orderId, model) : await Ship(model);
        }
    }

    /// <summary>Money comes and goes beside all that: it changes nothing of what can be done, and the books count it.</summary>
    private async Task PayOrTakeBack(string number, List<string> payments)
    {
        var (choice, externalId) = (money.Next(6), $"{number}.{payments.Count}");
        if (choice == 0)
        {
            var paid = await shop.Staff(
                "recordPayment", "RecordPaymentInput", new { externalId, orderNumber = number, amount = money.Next(1, 40_000) / 100m, currency = "USD", receivedOn = "2026-03-01" }, "payment { id }");
            Assert.Empty(CartShop.Errors(paid));
            payments.Add(paid.GetProperty("payment").GetProperty("id").GetString()!);
        }
        else if (choice == 1 && payments.Count > 0)
        {
            var paymentId = payments[money.Next(payments.Count)];
            var (mutation, type) = money.Next(3) == 0 ? ("reversePayment", "ReversePaymentInput") : ("allocatePayment", "AllocatePaymentInput");
            var payload = await shop.Staff(mutation, type, mutation == "reversePayment" ? new { paymentId, reason = "Recalled" } : new { paymentId }, "payment { id }");
            Assert.True(CartShop.Errors(payload) is [] or ["PAYMENT_REVERSED paymentId"]);
        }
    }

    private async Task<(string Name, string? Expected, JsonElement? Payload)> Confirm(string orderId, OrderWalk model)
    {
        var expected = model.Confirm();
        var payload = await shop.Confirm(new { orderId }, "order { fulfillments { id lines { quantity line { sku } } } }");
        if (expected is null)
        {
            model.Fulfillments.AddRange(payload.GetProperty("order").GetProperty("fulfillments").EnumerateArray().Select(f => (
                f.GetProperty("id").GetString()!,
                f.GetProperty("lines").EnumerateArray().ToDictionary(line => line.GetProperty("line").GetProperty("sku").GetString()!, line => line.GetProperty("quantity").GetInt32()))));
            Assert.All(model.Skus, sku => Assert.Equal(model.Open(sku), model.Fulfillments.Sum(f => f.Open.GetValueOrDefault(sku))));
        }

        return ("confirming", expected, payload);
    }

    private async Task<(string Name, string? Expected, JsonElement? Payload)> Ship(OrderWalk model)
    {
        var number = random.Next(model.Fulfillments.Count);
        var (id, open) = model.Fulfillments[number];
        var lines = open.Keys.Where(_ => random.Next(2) == 0).DefaultIfEmpty(open.Keys.First()).ToDictionary(sku => sku, sku => random.Next(1, Math.Max(2, open[sku] + (random.Next(4) == 0 ? 3 : 1))));
        var cancelRest = random.Next(5) == 0;
        var expected = model.Ship(number, lines, cancelRest);
        var payload = await shop.Ship(new { fulfillmentId = id, lines = lines.Select(line => new { sku = line.Key, quantity = line.Value }), cancelRest }, "shipment { id } order { status }");
        if (expected is null)
        {
            Assert.Empty(CartShop.Errors(payload));
            model.Shipments[^1] = model.Shipments[^1] with { Id = payload.GetProperty("shipment").GetProperty("id").GetString()! };
        }

        return ("sending", expected, payload);
    }

    /// <summary>Two weeks and a day, after which the clock has closed what was delivered.</summary>
    private async Task<(string Name, string? Expected, JsonElement? Payload)> PassTime(OrderWalk model)
    {
        shop.Clock.Advance(TimeSpan.FromDays(15));
        await shop.Services.GetServices<IHostedService>().OfType<HourlyPurge<Order>>().Single().Purge(TestContext.Current.CancellationToken);
        _ = model.Complete();
        return ("the clock", null, null);
    }

    /// <summary>So much in Denver and Reno that an order of six or more is split.</summary>
    private async Task Restock()
    {
        var levels = (await shop.Admin("query($sku: String!) { variant(sku: $sku) { stockLevels { reserved warehouse { externalId } } } }", new { sku = Here })).GetProperty("variant").GetProperty("stockLevels");
        foreach (var level in levels.EnumerateArray())
        {
            await shop.ImportRows("inventory", new { sku = Here, warehouse = level.GetProperty("warehouse").GetProperty("externalId").GetString(), onHand = level.GetProperty("reserved").GetInt32() + 5 });
        }

        await shop.ImportRows("inventory", new { sku = "TOOL-045-S", warehouse = "denver", onHand = 100_000 });
    }

    private static string Line(JsonElement line) =>
        $"{line.GetProperty("sku").GetString()}: {line.GetProperty("shippedQuantity").GetInt32()} {line.GetProperty("deliveredQuantity").GetInt32()} {line.GetProperty("cancelledQuantity").GetInt32()} {line.GetProperty("openQuantity").GetInt32()}";
}
