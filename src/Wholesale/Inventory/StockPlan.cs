using Wholesale.Platform;

namespace Wholesale.Inventory;

/// <summary>What is known of a tracked variant's stock.</summary>
/// <param name="VariantId">The variant.</param>
/// <param name="Policy">Null: it has none.</param>
/// <param name="Levels">At all warehouses.</param>
/// <param name="Supplies">Of all days; none need be given where the policy does not let them be promised.</param>
internal sealed record VariantStock(long VariantId, StockPolicy? Policy, IReadOnlyList<StockLevel> Levels, IReadOnlyList<IncomingSupply> Supplies);

/// <summary>What a promise is made of.</summary>
public enum StockSource
{
    /// <summary>What lies in the warehouse.</summary>
    OnHand,

    /// <summary>A supply that is expected there.</summary>
    Incoming,

    /// <summary>What nobody has ordered yet.</summary>
    Backorder,
}

/// <summary>How much of a variant can be shipped from a warehouse from a day on.</summary>
/// <param name="Source">What it is made of.</param>
/// <param name="WarehouseId">From where.</param>
/// <param name="IncomingSupplyId">With what it will come; null unless the source is <see cref="StockSource.Incoming"/>.</param>
/// <param name="Quantity">How much; more than 0.</param>
/// <param name="Date">From when on; null: not known.</param>
public sealed record StockPromise(StockSource Source, long WarehouseId, long? IncomingSupplyId, Quantity Quantity, DateOnly? Date);

/// <summary>
/// What is left to promise of one variant to one destination. Pure. In this order: from the first warehouse that has all of it now, else from each what it has; then, if the
/// policy lets it, of supplies by their days; then, if the policy is ALWAYS, of what nobody has ordered yet, within the limit. What is promised is taken out, so that several
/// wishes share the stock in their order. Not thread-safe.
/// </summary>
internal sealed class StockPlan
{
    private readonly IReadOnlyList<Warehouse> warehouses;
    private readonly long[] now;
    private readonly List<FreeSupply> supplies;
    private readonly DateOnly today;
    private readonly DateOnly? backorderDate;
    private long backorder;

    /// <summary>Begins with all that there is.</summary>
    /// <param name="stock">The variant's stock.</param>
    /// <param name="warehouses">Those that ship to the destination, in their order for it; others do not count.</param>
    /// <param name="today">Supplies that should have come before promise nothing.</param>
    public StockPlan(VariantStock stock, IReadOnlyList<Warehouse> warehouses, DateOnly today)
    {
        (this.warehouses, this.today) = (warehouses, today);
        var levels = stock.Levels.ToDictionary(level => level.WarehouseId);
        now = [.. warehouses.Select(warehouse => levels.GetValueOrDefault(warehouse.Id)?.Available.Thousandths ?? 0)];
        OnHand = new(warehouses.Sum(warehouse => levels.GetValueOrDefault(warehouse.Id)?.OnHand.Thousandths ?? 0));
        var policy = stock.Policy?.BackorderPolicy ?? BackorderPolicy.Never;
        var order = warehouses.Index().ToDictionary(place => place.Item.Id, place => place.Index);
        supplies =
        [
            .. stock.Supplies
                .Where(supply => policy != BackorderPolicy.Never && supply.ExpectedOn >= today && supply.Free > default(Quantity) && order.ContainsKey(supply.WarehouseId))
                .OrderBy(supply => supply.ExpectedOn).ThenBy(supply => order[supply.WarehouseId]).ThenBy(supply => supply.Id)
                .Select(supply => new FreeSupply(supply, supply.Free.Thousandths)),
        ];
        backorder = policy == BackorderPolicy.Always && warehouses.Count > 0 ? stock.Policy!.BackorderLeft.Thousandths : 0;
        backorderDate = stock.Policy?.LeadTimeDays is { } days ? today.AddDays(days) : null;
    }

    /// <summary>What lies in these warehouses, whoever has it.</summary>
    public Quantity OnHand { get; }

    /// <summary>What can be shipped now.</summary>
    public Quantity AvailableNow => new(now.Sum());

    /// <summary>Whether more can be promised than that.</summary>
    public bool IsBackorderable => backorder > 0 || supplies.Exists(supply => supply.Free > 0);

    /// <summary>Promises as much of a quantity as there is.</summary>
    /// <returns>In the order in which it was found. They add up to the quantity, or to less.</returns>
    public IReadOnlyList<StockPromise> Promise(Quantity wanted)
    {
        var promises = new List<StockPromise>();
        var missing = wanted.Thousandths;
        var whole = Array.FindIndex(now, free => free >= missing);
        for (var i = Math.Max(whole, 0); i < now.Length && missing > 0; i++)
        {
            now[i] -= Take(now[i], StockSource.OnHand, warehouses[i].Id, null, today);
        }

        foreach (var supply in supplies)
        {
            supply.Free -= Take(supply.Free, StockSource.Incoming, supply.Of.WarehouseId, supply.Of.Id, supply.Of.ExpectedOn);
        }

        backorder -= Take(backorder, StockSource.Backorder, warehouses.Count > 0 ? warehouses[0].Id : 0, null, backorderDate);
        return promises;

        long Take(long free, StockSource source, long warehouseId, long? supplyId, DateOnly? date)
        {
            var taken = Math.Min(free, missing);
            if (taken > 0)
            {
                promises.Add(new(source, warehouseId, supplyId, new(taken), date));
                missing -= taken;
            }

            return taken;
        }
    }

    /// <summary>What is left of a supply.</summary>
    private sealed class FreeSupply(IncomingSupply of, long free)
    {
        public IncomingSupply Of => of;

        public long Free { get; set; } = free;
    }
}
