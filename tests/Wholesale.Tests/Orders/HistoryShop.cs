namespace Wholesale.Tests.Orders;

/// <summary>
/// The order shop with a history, one order a day from 2026-03-01 on: 1 to 3 by acme's <c>buyer</c> at headquarters, 4 by its <c>second</c> there, 5 and 6 by <c>other</c> at the branch, 7 by <c>rival</c>, 8 by
/// spielwaren in euros. <c>lead</c> leads headquarters, <c>chief</c> the branch. 2 was confirmed for the day after, 3 was cancelled.
/// </summary>
public sealed class HistoryShop : OrderShop
{
    private readonly List<string> numbers = [];
    private readonly List<string> ids = [];

    public string Lead { get; private set; } = null!;

    public string Chief { get; private set; } = null!;

    /// <summary>The number of an order, from 1 on.</summary>
    public string Number(int order) => numbers[order - 1];

    /// <summary>The id of an order, from 1 on.</summary>
    public string Id(int order) => ids[order - 1];

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await ImportRows(
            "companies",
            new { externalId = "acme", users = new[] { Manager("lead", "acme", "hq"), Manager("chief", "acme", "branch") } },
            new { externalId = "spielwaren", addresses = new[] { new { externalId = "lager", name = "Spielwaren GmbH", lines = new[] { "Hafenweg 1" }, city = "Hamburg", country = "DE", isDefaultShipTo = true, isDefaultBillTo = true } } },
            new { externalId = "rival", addresses = new[] { new { externalId = "dock", name = "Rival Inc.", lines = new[] { "2 Dock Road" }, city = "Reno", country = "US", isDefaultShipTo = true, isDefaultBillTo = true } } });
        (Lead, Chief) = (await CreateBuyerKey("acme", "lead"), await CreateBuyerKey("acme", "chief"));
        await Order(Acme, new { paymentMethod = "ON_ACCOUNT", purchaseOrderNumber = "PO-4711", costCenter = "workshop" }, ("TOOL-100-S", 2), ("TOOL-001-S", 1));
        await Order(Acme, new { paymentMethod = "ON_ACCOUNT", purchaseOrderNumber = "PO-4712", costCenter = "workshop", jobCode = "J-1" }, ("TOOL-100-S", 1));
        await Order(Acme, new { paymentMethod = "BANK_TRANSFER", costCenter = "office" }, ("TOOL-101-L", 3));
        await Order(Second, new { paymentMethod = "ON_ACCOUNT", purchaseOrderNumber = "B-1", costCenter = "office" }, ("TOY-001-S", 5));
        await Order(Other, new { paymentMethod = "ON_ACCOUNT", costCenter = "branch" }, ("TOOL-100-S", 9));
        await Order(Other, new { paymentMethod = "ON_ACCOUNT" }, ("TOOL-102-S", 1));
        await Order(Rival, new { paymentMethod = "BANK_TRANSFER", purchaseOrderNumber = "PO-4711" }, ("TOOL-100-S", 4));
        await Order(Spielwaren, new { paymentMethod = "BANK_TRANSFER" }, ("TOY-002-S", 2));
        await Admin("mutation($input: ConfirmOrderInput!) { confirmOrder(input: $input) { userErrors { code } } }", new { input = new { orderId = Id(2), deliveryDate = "2026-03-03" } });
        Assert.Empty(Errors(await Mutate(Acme, "cancelOrder", "CancelOrderInput", new { orderId = Id(3) }, "order { status }")));
    }

    /// <summary>What of the history an order list answers, by the place of each order in it.</summary>
    public async Task<List<int>> List(string key, string arguments = "", string path = "/graphql")
    {
        var data = await Data(key, $"{{ orders{(arguments.Length == 0 ? "" : $"({arguments})")} {{ edges {{ node {{ number }} }} }} }}", null, path);
        return [.. data.GetProperty("orders").GetProperty("edges").EnumerateArray().Select(edge => numbers.IndexOf(edge.GetProperty("node").GetProperty("number").GetString()!) + 1)];
    }

    private async Task Order(string key, object details, params (string Sku, decimal Quantity)[] lines)
    {
        var cart = await OpenCart(key, details: details);
        Assert.Empty(Errors(await Add(key, cart, lines)));
        var placed = await Place(cart, fields: "order { id number }", key: key);
        Assert.Empty(Errors(placed));
        numbers.Add(placed.GetProperty("order").GetProperty("number").GetString()!);
        ids.Add(placed.GetProperty("order").GetProperty("id").GetString()!);
        Clock.Advance(TimeSpan.FromDays(1));
    }

    private static object Manager(string name, string company, string unit) => new { externalId = name, name, email = $"{name}@{company}.example", role = "MANAGER", unit };
}
