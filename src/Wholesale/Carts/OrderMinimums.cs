using Microsoft.EntityFrameworkCore;
using Wholesale.Companies;
using Wholesale.Platform;

namespace Wholesale.Carts;

/// <summary>Judges what carts come to by the order minimums of their buyers: one statement for those, and one more for categories where any is named.</summary>
internal static class OrderMinimums
{
    private static readonly Func<WholesaleDb, IEnumerable<long>, IAsyncEnumerable<OrderMinimum>> Of = EF.CompileAsyncQuery(
        IQueryable<OrderMinimum> (WholesaleDb db, IEnumerable<long> assignees) => db.OrderMinimums.Where(m => m.IsActive && assignees.Contains(m.AssigneeId)).OrderBy(m => m.ExternalId));

    /// <summary>Why a cart comes to too little; paths begin at the cart.</summary>
    /// <param name="db">The database.</param>
    /// <param name="lines">All lines of the cart; those without a price add nothing to the amount.</param>
    /// <param name="currency">What its prices are in.</param>
    /// <param name="buyer">Anyone of the unit that it buys for.</param>
    /// <param name="cancellation">Stops between statements.</param>
    public static async ValueTask<IReadOnlyList<UserError>> WhyNot(
        WholesaleDb db, IReadOnlyList<PricedCartLine> lines, Currency currency, Caller buyer, CancellationToken cancellation)
    {
        var assignees = buyer.Assignees.Select(a => a.AssigneeId).ToList();
        var minimums = lines.Count == 0 ? [] : await Of(db, assignees).ToListAsync(cancellation);
        var named = minimums.Select(m => m.CategoryId).OfType<long>().ToHashSet();
        var below = named.Count == 0 ? null : await Below(db, named, cancellation);
        return
        [
            .. from minimum in minimums
               let counted = minimum.CategoryId is { } category
                   ? lines.Where(line => line.Variant?.CategoryId is { } of && below![category].Contains(of)).ToList()
                   : lines
               where counted.Count > 0
               let refusal = WhyNot(minimum, counted, currency)
               where refusal is not null
               select refusal,
        ];
    }

    private static UserError? WhyNot(OrderMinimum minimum, IReadOnlyList<PricedCartLine> lines, Currency currency)
    {
        var amount = lines.Aggregate(Int128.Zero, (sum, line) => sum + (line.Price?.Total.TenThousandths ?? 0));
        var quantity = lines.Sum(line => line.Quantity.Thousandths);
        return minimum.Least is { } least && least.Currency == currency && amount < least.TenThousandths ? CartErrors.BelowAmount(minimum.ExternalId, least)
            : minimum.Quantity is { } most && quantity < most.Thousandths ? CartErrors.BelowQuantity(minimum.ExternalId, most)
            : null;
    }

    /// <summary>The categories that stand below some, each with itself.</summary>
    private static async ValueTask<Dictionary<long, HashSet<long>>> Below(WholesaleDb db, HashSet<long> ids, CancellationToken cancellation)
    {
        var pairs = await (
            from root in db.Categories
            from category in db.Categories
            where ids.Contains(root.Id) && category.Path.StartsWith(root.Path)
            select new { Root = root.Id, category.Id }).ToListAsync(cancellation);
        return pairs.GroupBy(pair => pair.Root).ToDictionary(group => group.Key, group => group.Select(pair => pair.Id).ToHashSet());
    }
}
