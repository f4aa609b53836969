using Wholesale.Catalog;
using Wholesale.Inventory;
using Wholesale.Platform;

namespace Wholesale.Demo;

/// <summary>
/// Makes the demo's stock: two warehouses, in them most goods, and of some that are not there what is expected. The same every time, but that goods are expected some days
/// after the demo begins. Services have none.
/// </summary>
internal static class DemoStock
{
    /// <summary>The warehouse in the market of dollars.</summary>
    public const string Denver = "denver";

    /// <summary>The warehouse in the market of euros.</summary>
    public const string Kassel = "kassel";

    /// <summary>Both: each ships to its own country first, and to the other's where the other has nothing.</summary>
    public static IReadOnlyList<WarehouseInput> Warehouses { get; } =
    [
        new(Denver, "Denver", "US", "mountain", 10, [new("US", 1), new("DE", 2)]),
        new(Kassel, "Kassel", "DE", "hesse", 20, [new("DE", 1), new("US", 2)]),
    ];

    /// <summary>What lies there: of a third of the goods in both, of the others in one of them; of every tenth nothing. Of a few nothing was ever counted.</summary>
    public static IReadOnlyList<InventoryInput> Levels(IReadOnlyList<DemoProduct> products) =>
    [
        .. from goods in Goods(products)
           where !IsNeverCounted(goods.Number)
           from warehouse in WarehousesOf(goods.Number)
           select new InventoryInput(goods.Sku, warehouse, OnHand(goods.Number), Quantity.Of(goods.Number % 4 == 0 ? 5 : 0)),
    ];

    /// <summary>What is expected of what is not there.</summary>
    /// <param name="products">The demo's.</param>
    /// <param name="today">The day on which the demo begins.</param>
    public static IReadOnlyList<IncomingSupplyInput> Supplies(IReadOnlyList<DemoProduct> products, DateOnly today) =>
    [
        .. from goods in Goods(products)
           where IsSoldOut(goods.Number)
           select new IncomingSupplyInput(
               $"PO-{goods.Sku}", goods.Sku, WarehousesOf(goods.Number)[0], today.AddDays(30 + goods.Number % 60), Quantity.Of(100 + goods.Number % 7 * 50)),
    ];

    /// <summary>What is expected can be ordered before it is there; a few goods are made to order, in as many days as they take.</summary>
    public static IReadOnlyList<StockPolicyInput> Policies(IReadOnlyList<DemoProduct> products) =>
    [
        .. from goods in Goods(products)
           where IsSoldOut(goods.Number) || goods.Number % 25 == 9
           select IsSoldOut(goods.Number)
               ? new StockPolicyInput(goods.Sku, BackorderPolicy: BackorderPolicy.AgainstIncoming, LeadTimeDays: 45)
               : new StockPolicyInput(goods.Sku, BackorderPolicy: BackorderPolicy.Always, BackorderLimit: Quantity.Of(1_000), LeadTimeDays: 14),
    ];

    private static IEnumerable<(string Sku, int Number)> Goods(IReadOnlyList<DemoProduct> products) => products
        .Where(product => product.Input.Kind != ProductKind.Service)
        .SelectMany(product => product.Input.Variants!)
        .Select((variant, number) => (variant.Sku, number));

    private static string[] WarehousesOf(int number) => (number % 3) switch
    {
        0 => [Denver, Kassel],
        1 => [Denver],
        _ => [Kassel],
    };

    private static Quantity OnHand(int number) => Quantity.Of(IsSoldOut(number) ? 0 : 20 + number * 37 % 480);

    private static bool IsSoldOut(int number) => number % 10 == 3 && !IsNeverCounted(number);

    private static bool IsNeverCounted(int number) => number % 40 == 13;
}
