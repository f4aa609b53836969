using Wholesale.Tests.Carts;

namespace Wholesale.Tests.Orders;

/// <summary>Goods that arrive and are not accepted.</summary>
public sealed class RejectedGoodsTests(LifeShop shop) : IClassFixture<LifeShop>
{
    private const string Quantities = "status paymentStatus cancelledTotal { amount } amountDue { amount } lines { edges { node { sku shippedQuantity deliveredQuantity rejectedQuantity openQuantity } } }";

    [Fact]
    public async Task What_the_customer_does_not_accept_has_arrived_all_the_same_and_nothing_else_changes()
    {
        var (id, fulfillments) = await shop.Confirmed(("TOOL-045-S", 10m), ("TOOL-044-S", 2m));
        await shop.Ship(new { fulfillmentId = fulfillments[0], externalId = "REJ-1" });
        var credit = await shop.ReservedCredit();

        var delivered = await shop.Deliver(new { externalId = "REJ-1", rejected = new object[] { new { sku = "TOOL-045-S", quantity = 3 }, new { sku = "TOOL-044-S" } } });
        var again = await shop.Deliver(new { externalId = "REJ-1", rejected = new object[] { new { sku = "TOOL-045-S", quantity = 9 } } }, "order { version }");
        var seen = await shop.Read(id, $"version {Quantities}");

        Assert.Equal("""{"order":{"status":"DELIVERED"},"userErrors":[]}""", delivered.GetRawText());
        Assert.Empty(CartShop.Errors(again));
        Assert.Equal(again.GetProperty("order").GetProperty("version").GetInt32(), seen.GetProperty("version").GetInt32());
        Assert.EndsWith(
            """lines":{"edges":[{"node":{"sku":"TOOL-045-S","shippedQuantity":10,"deliveredQuantity":10,"rejectedQuantity":3,"openQuantity":0}},{"node":{"sku":"TOOL-044-S","shippedQuantity":2,"deliveredQuantity":2,"rejectedQuantity":2,"openQuantity":0}}]}}""",
            seen.GetRawText(),
            StringComparison.Ordinal);
        Assert.Equal("0.00", seen.GetProperty("cancelledTotal").GetProperty("amount").GetString());
        Assert.Equal(credit, await shop.ReservedCredit());
        await shop.AssertBooks();
    }

    [Fact]
    public async Task Parts_of_a_line_that_are_refused_with_several_shipments_add_up()
    {
        var (id, fulfillments) = await shop.Confirmed(("TOOL-045-S", 10m));
        foreach (var (externalId, quantity) in new[] { ("REJ-2", 6), ("REJ-3", 4) })
        {
            await shop.Ship(new { fulfillmentId = fulfillments[0], externalId, lines = new[] { new { sku = "TOOL-045-S", quantity } } });
            await shop.Deliver(new { externalId, rejected = new[] { new { sku = "TOOL-045-S", quantity = quantity - 3 } } });
        }

        Assert.Contains("""deliveredQuantity":10,"rejectedQuantity":4,""", (await shop.Read(id, Quantities)).GetRawText(), StringComparison.Ordinal);
        await shop.AssertBooks();
    }

    [Fact]
    public async Task More_than_a_shipment_has_is_not_refused_with_it_and_nothing_has_arrived()
    {
        var (id, fulfillments) = await shop.Confirmed(("TOOL-045-S", 10m), ("TOOL-003-S", 1m));
        await shop.Ship(new { fulfillmentId = fulfillments[0], externalId = "REJ-4", lines = new[] { new { sku = "TOOL-045-S", quantity = 4 } } });
        Task<System.Text.Json.JsonElement> Reject(params object[] rejected) => shop.Deliver(new { externalId = "REJ-4", rejected }, "shipment { status }");

        var tooMuch = await Reject(new { sku = "TOOL-045-S", quantity = 5 });
        var nothing = await Reject(new { sku = "TOOL-045-S", quantity = 0 });
        var notInIt = await Reject(new { sku = "TOOL-003-S" });
        var notOrdered = await Reject(new { sku = "TOOL-001-S" });
        var twice = await Reject(new { sku = "TOOL-045-S", quantity = 1 }, new { sku = "TOOL-045-S", quantity = 1 });

        Assert.Equal(["QUANTITY_NOT_OPEN rejected.0.quantity"], CartShop.Errors(tooMuch));
        Assert.Equal(["INVALID_VALUE rejected.0.quantity"], CartShop.Errors(nothing));
        Assert.Equal(["QUANTITY_NOT_OPEN rejected.0.quantity"], CartShop.Errors(notInIt));
        Assert.Equal(["NOT_FOUND rejected.0.sku"], CartShop.Errors(notOrdered));
        Assert.Equal(["DUPLICATE_ROW rejected.1"], CartShop.Errors(twice));
        Assert.Equal("IN_TRANSIT", twice.GetProperty("shipment").GetProperty("status").GetString());
        Assert.Contains("""deliveredQuantity":0,"rejectedQuantity":0,""", (await shop.Read(id, Quantities)).GetRawText(), StringComparison.Ordinal);
        await shop.AssertBooks();
    }
}
