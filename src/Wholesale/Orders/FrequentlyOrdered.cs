using Microsoft.EntityFrameworkCore;
using Wholesale.Catalog;
using Wholesale.Companies;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;

namespace Wholesale.Orders;

/// <summary>A variant that a buyer orders often. What was cancelled does not count.</summary>
/// <param name="Variant">One that it sees.</param>
/// <param name="OrderCount">In how many orders it is.</param>
/// <param name="Quantity">How much of it in all of them, at most as much as a quantity can be.</param>
/// <param name="LastOrderedAt">When the latest of them was placed.</param>
/// <param name="LastQuantity">How much of it is in that one.</param>
/// <param name="UsualQuantity">The median of the orders' quantities; of two in the middle the lower.</param>
public sealed record FrequentlyOrderedVariant(Variant Variant, int OrderCount, Quantity Quantity, DateTime LastOrderedAt, Quantity LastQuantity, Quantity UsualQuantity);

/// <summary>Finds what buyers order often: two statements, whatever they ordered.</summary>
internal static class FrequentlyOrdered
{
    /// <summary>How many variants are told at most.</summary>
    public const int MaximumVariants = 100;

    /// <summary>How many orders are looked at, the latest.</summary>
    public const int MaximumOrders = 1_000;

    /// <summary>How many years back.</summary>
    public const int Years = 1;

    /// <summary>Names the resolvers.</summary>
    public static void Map(ResolverMap map) => map.Field("Query.frequentlyOrdered", Find);

    private static async ValueTask<IReadOnlyList<FrequentlyOrderedVariant>> Find(
        NodeId? unitId, NodeId? userId, int first, Caller caller, Sight sight, WholesaleDb db, Clock clock, CancellationToken cancellation)
    {
        Page.CheckSize(first, MaximumVariants);
        if (caller.User is null)
        {
            return [];
        }

        var orders = Orders(db, caller, unitId?.KeyOf(nameof(CompanyUnit)), userId?.KeyOf(nameof(CompanyUser)), clock.UtcNow.AddYears(-Years));
        var variants = await Variants(db, orders, sight, first).ToListAsync(cancellation);
        var byVariant = variants.Count == 0 ? Array.Empty<OrderedQuantity>().ToLookup(of => of.VariantId) : (await Quantities(db, orders, variants.ConvertAll(v => v.Id)).ToListAsync(cancellation)).ToLookup(of => of.VariantId);
        return [.. variants.Where(variant => byVariant.Contains(variant.Id)).Select(variant => Of(variant, [.. byVariant[variant.Id]]))];
    }

    /// <summary>The variants of most orders, as far as they are seen.</summary>
    internal static IQueryable<Variant> Variants(WholesaleDb db, IQueryable<Order> orders, Sight sight, int first)
    {
        var counted =
            from order in orders
            join line in db.OrderLines on order.Id equals line.OrderId
            where line.Quantity != line.Cancelled
            group order by line.VariantId into of
            select new { VariantId = of.Key, Count = of.Select(order => order.Id).Distinct().Count(), Last = of.Max(order => order.PlacedAt) };
        return (
            from of in counted
            join variant in db.SeenVariants(sight) on of.VariantId equals variant.Id
            orderby of.Count descending, of.Last descending, of.VariantId
            select variant).Take(first);
    }

    /// <summary>How much of some variants is in which orders, the first first.</summary>
    internal static IQueryable<OrderedQuantity> Quantities(WholesaleDb db, IQueryable<Order> orders, IReadOnlyList<long> variantIds) =>
        from order in orders
        join line in db.OrderLines on order.Id equals line.OrderId
        where line.Quantity != line.Cancelled && variantIds.Contains(line.VariantId)
        orderby order.PlacedAt, order.Id
        select new OrderedQuantity(order.Id, line.VariantId, order.PlacedAt, line.Quantity, line.Cancelled);

    /// <summary>The orders that count, of those that the caller sees.</summary>
    internal static IQueryable<Order> Orders(WholesaleDb db, Caller caller, long? unitId, long? userId, DateTime since)
    {
        var orders = OrdersSeen.By(db, caller).Where(o => o.PlacedAt >= since && o.Status != OrderStatus.Cancelled);
        orders = unitId is null ? orders : orders.Where(o => o.UnitId == unitId);
        orders = userId is null ? orders : orders.Where(o => o.UserId == userId);
        return orders.OrderByDescending(o => o.PlacedAt).ThenByDescending(o => o.Id).Take(MaximumOrders);
    }

    private static FrequentlyOrderedVariant Of(Variant variant, IReadOnlyList<OrderedQuantity> ordered)
    {
        // An imported order may have several lines of a variant.
        var orders = ordered.GroupBy(of => of.OrderId).Select(of => (of.First().PlacedAt, Quantity: of.Sum(line => line.Left.Thousandths))).ToList();
        var quantities = orders.Select(order => order.Quantity).Order().ToList();
        return new(variant, orders.Count, Of(quantities.Sum()), orders[^1].PlacedAt, Of(orders[^1].Quantity), Of(quantities[(quantities.Count - 1) / 2]));

        static Quantity Of(long thousandths) => new(Math.Min(thousandths, Quantity.Maximum));
    }

    /// <summary>How much of a variant was ordered when.</summary>
    internal sealed record OrderedQuantity(long OrderId, long VariantId, DateTime PlacedAt, Quantity Quantity, Quantity Cancelled)
    {
        /// <summary>What was not cancelled.</summary>
        public Quantity Left => new(Quantity.Thousandths - Cancelled.Thousandths);
    }
}
