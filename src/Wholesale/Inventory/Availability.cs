using Wholesale.Catalog;
using Wholesale.Companies;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;

namespace Wholesale.Inventory;

/// <summary>What a variant's stock promises one destination.</summary>
/// <param name="OnHand">What lies in the warehouses that ship there, whoever has it.</param>
/// <param name="AvailableToPromise">What can be shipped there now.</param>
/// <param name="IsBackorderable">Whether more can be ordered than that.</param>
/// <param name="LeadTimeDays">How long it takes until more can be shipped; null: not known.</param>
/// <param name="Promises">Of the quantity that was asked for; they add up to it, or to less.</param>
public sealed record Availability(
    Quantity OnHand, Quantity AvailableToPromise, bool IsBackorderable, int? LeadTimeDays, IReadOnlyList<Promise> Promises);

/// <summary>How much of it can be shipped from a warehouse from a day on: the contract's <c>StockPromise</c>.</summary>
/// <param name="Date">From when on; null: not known.</param>
/// <param name="Quantity">How much.</param>
/// <param name="Warehouse">From where.</param>
public sealed record Promise(DateOnly? Date, Quantity Quantity, Warehouse Warehouse);

/// <summary>Answers <c>Variant.availability</c>.</summary>
internal static class Availabilities
{
    /// <summary>Of each variant, null where it is not tracked; two statements, and one for the warehouses where they are not in memory.</summary>
    public static async ValueTask<IReadOnlyList<Availability?>> Of(
        Batch<Variant> variants, Quantity? quantity, string? country, KnownWarehouses warehouses, WholesaleDb db, Clock clock, Caller caller, CancellationToken cancellation)
    {
        if (country is not null && !Company.IsCountry(country))
        {
            for (var i = 0; i < variants.Count; i++)
            {
                variants.Fail(i, InventoryErrors.NotACountry(country), ErrorCodes.InvalidValue);
            }

            return new Availability?[variants.Count];
        }

        var stocks = await StockReads.Tracked(db, variants.Keys(variant => variant.Id), cancellation);
        var all = await warehouses.All(db, cancellation);
        var inOrder = Warehouse.For(all, country ?? caller.Company?.Country);
        var byId = inOrder.ToDictionary(warehouse => warehouse.Id);
        var today = DateOnly.FromDateTime(clock.UtcNow);
        return variants.Map(variant => stocks.TryGetValue(variant.Id, out var stock)
            ? Of(stock, new StockPlan(stock, inOrder, today), quantity ?? variant.MinimumQuantity ?? variant.QuantityIncrement, byId)
            : null);
    }

    private static Availability Of(VariantStock stock, StockPlan plan, Quantity quantity, Dictionary<long, Warehouse> warehouses)
    {
        var (now, isBackorderable) = (plan.AvailableNow, plan.IsBackorderable); // before it is promised
        return new(
            plan.OnHand,
            now,
            isBackorderable,
            stock.Policy?.LeadTimeDays,
            [.. plan.Promise(quantity).Select(promise => new Promise(promise.Date, promise.Quantity, warehouses[promise.WarehouseId]))]);
    }
}
