using System.Text.Json;
using Wholesale.Tests.Carts;

namespace Wholesale.Tests.Orders;

/// <summary>
/// The cart shop with stock and tax: TOOL-040-S has 10 in Denver, TOOL-041-S 5 there and 20 more to come for whom can wait, TOOL-042-S nothing; all other variants are not tracked. Goods are taxed at 7.25 %
/// in Colorado and not elsewhere.
/// </summary>
public class OrderShop : CartShop
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await ImportRows("warehouses", new { externalId = "denver", name = "Denver", country = "US" });
        await ImportRows(
            "inventory",
            new { sku = "TOOL-040-S", warehouse = "denver", onHand = 10 }, new { sku = "TOOL-041-S", warehouse = "denver", onHand = 5 }, new { sku = "TOOL-042-S", warehouse = "denver", onHand = 0 });
        await ImportRows("stock-policies", new { sku = "TOOL-041-S", backorderPolicy = "AGAINST_INCOMING" });
        await ImportRows("incoming-supplies", new { externalId = "PO-1", sku = "TOOL-041-S", warehouse = "denver", expectedOn = "2026-04-01", quantity = 20 });
        await ImportRows("tax-rates", new { externalId = "co", name = "Sales tax 7.25 %", country = "US", region = "CO", taxClass = "standard", rate = "7.25" });
    }

    /// <summary>A cart of acme with lines that is to be paid by bank transfer, or on account.</summary>
    public async Task<string> FilledCart(string paymentMethod, params (string Sku, decimal Quantity)[] lines)
    {
        var id = await OpenCart(details: new { paymentMethod });
        Assert.Empty(Errors(await Add(id, lines)));
        return id;
    }

    /// <summary>What a cart comes to.</summary>
    public async Task<string> Total(string cartId, string? key = null) => (await Cart(cartId, "total { amount }", key)).GetProperty("total").GetProperty("amount").GetString()!;

    /// <summary>Orders a cart for what it comes to, or for what is said.</summary>
    public async Task<JsonElement> Place(
        string cartId, string? expectedTotal = null, string fields = "order { id number total { amount } } cart { status } priceChanges { line { sku } after { amount } }", string? key = null, bool acceptDecreases = true) => await Mutate(
        key ?? Acme, "placeOrder", "PlaceOrderInput", new { cartId, expectedTotal = expectedTotal ?? await Total(cartId, key), acceptDecreases }, fields);

    /// <summary>What acme's orders have reserved of its credit.</summary>
    public async Task<string> ReservedCredit() =>
        (await Admin("""{ company(externalId: "acme") { creditProfile { reserved { amount } } } }""")).GetProperty("company").GetProperty("creditProfile").GetProperty("reserved").GetProperty("amount").GetString()!;

    /// <summary>What can be promised of a variant now.</summary>
    public async Task<decimal> Available(string sku) =>
        (await Data(Acme, "query($sku: String!) { variant(sku: $sku) { availability { availableToPromise } } }", new { sku })).GetProperty("variant").GetProperty("availability").GetProperty("availableToPromise").GetDecimal();
}
