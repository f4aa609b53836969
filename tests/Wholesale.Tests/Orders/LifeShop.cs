using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Wholesale.Platform;
using Wholesale.Tests.Orders.Proof;

namespace Wholesale.Tests.Orders;

/// <summary>
/// The order shop with goods in several places: TOOL-044-S has 5 in Denver and 5 in Reno; TOOL-043-S has 8 at the toolworks, a supplier that ships itself. The staff key <see cref="OrdersReader"/> reads
/// orders and changes none.
/// </summary>
public sealed class LifeShop : OrderShop
{
    public string OrdersReader { get; private set; } = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await ImportRows("suppliers", new { externalId = "toolworks", name = "Toolworks" });
        await ImportRows(
            "warehouses",
            new { externalId = "reno", name = "Reno", country = "US", priority = 200, supplier = (string?)null },
            new { externalId = "toolworks", name = "Toolworks", country = "US", priority = 300, supplier = (string?)"toolworks" });
        await ImportRows(
            "inventory",
            new { sku = "TOOL-044-S", warehouse = "denver", onHand = 50 }, new { sku = "TOOL-044-S", warehouse = "reno", onHand = 50 },
            new { sku = "TOOL-043-S", warehouse = "toolworks", onHand = 80 }, new { sku = "TOOL-045-S", warehouse = "denver", onHand = 1_000 });
        OrdersReader = await CreateStaffKey("orders reader", Permission.OrdersRead);
    }

    /// <summary>An order of acme that was placed, with what is asked of it.</summary>
    public async Task<JsonElement> Order(string fields, string paymentMethod, params (string Sku, decimal Quantity)[] lines)
    {
        var placed = await Place(await FilledCart(paymentMethod, lines), fields: $"order {{ {fields} }}");
        Assert.Empty(Errors(placed));
        return placed.GetProperty("order");
    }

    /// <summary>The id of an order of acme that was placed.</summary>
    public async Task<string> Order(params (string Sku, decimal Quantity)[] lines) => (await Order("id", "ON_ACCOUNT", lines)).GetProperty("id").GetString()!;

    /// <summary>The ids of an order that was confirmed, and of its fulfillments.</summary>
    public async Task<(string OrderId, IReadOnlyList<string> FulfillmentIds)> Confirmed(params (string Sku, decimal Quantity)[] lines)
    {
        var id = await Order(lines);
        var confirmed = await Confirm(new { orderId = id }, "order { fulfillments { id } }");
        Assert.Empty(Errors(confirmed));
        return (id, [.. confirmed.GetProperty("order").GetProperty("fulfillments").EnumerateArray().Select(f => f.GetProperty("id").GetString()!)]);
    }

    public Task<JsonElement> Confirm(object input, string fields = "order { status }") => Staff("confirmOrder", "ConfirmOrderInput", input, fields);

    public Task<JsonElement> Ship(object input, string fields = "order { status }") => Staff("shipFulfillment", "ShipFulfillmentInput", input, fields);

    public Task<JsonElement> Deliver(object input, string fields = "order { status }") => Staff("recordDelivery", "RecordDeliveryInput", input, fields);

    public Task<JsonElement> Cancel(string key, object input, string fields = "order { status }") => Mutate(key, "cancelOrder", "CancelOrderInput", input, fields);

    /// <summary>A mutation of the seller's, and its payload.</summary>
    public async Task<JsonElement> Staff(string mutation, string inputType, object input, string fields) =>
        (await Admin($"mutation($input: {inputType}!) {{ {mutation}(input: $input) {{ {fields} userErrors {{ code message path }} }} }}", new { input })).GetProperty(mutation);

    /// <summary>What is asked of an order, by its buyer or somebody else.</summary>
    public async Task<JsonElement> Read(string orderId, string fields, string? key = null) =>
        (await Data(key ?? Acme, $"query($id: ID!) {{ order(id: $id) {{ {fields} }} }}", new { id = orderId })).GetProperty("order");

    /// <summary>Gives rival what it needs to buy.</summary>
    public Task MakeRivalBuy() => ImportRows("companies", new
    {
        externalId = "rival",
        addresses = new[] { new { externalId = "dock", name = "Rival Inc.", lines = new[] { "2 Dock Road" }, city = "Reno", region = "NV", postalCode = "89501", country = "US", isDefaultShipTo = true, isDefaultBillTo = true } },
    });

    /// <summary>The id of an order of rival, paid by transfer.</summary>
    public async Task<string> RivalOrder(params (string Sku, decimal Quantity)[] lines)
    {
        var cart = await OpenCart(Rival, details: new { paymentMethod = "BANK_TRANSFER" });
        Assert.Empty(Errors(await Add(Rival, cart, lines)));
        var placed = await Place(cart, fields: "order { id }", key: Rival);
        Assert.Empty(Errors(placed));
        return placed.GetProperty("order").GetProperty("id").GetString()!;
    }

    /// <summary>All rules of the books hold.</summary>
    public async Task AssertBooks()
    {
        await using var scope = Services.CreateAsyncScope();
        Assert.Empty(await Books.Mistakes(scope.ServiceProvider.GetRequiredService<WholesaleDb>()));
    }
}
