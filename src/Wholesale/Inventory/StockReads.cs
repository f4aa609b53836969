using Microsoft.EntityFrameworkCore;
using Wholesale.Catalog;

namespace Wholesale.Inventory;

/// <summary>Reads the stock of many variants at once.</summary>
internal static class StockReads
{
    private static readonly Func<WholesaleDb, IEnumerable<long>, IAsyncEnumerable<StockRow>> Rows = EF.CompileAsyncQuery((WholesaleDb db, IEnumerable<long> variantIds) =>
        from variant in db.Variants
        join product in db.Products on variant.ProductId equals product.Id
        join p in db.StockPolicies on variant.Id equals p.VariantId into policies
        from policy in policies.DefaultIfEmpty()
        join l in db.StockLevels on variant.Id equals l.VariantId into levels
        from level in levels.DefaultIfEmpty()
        where variantIds.Contains(variant.Id) && product.Kind != ProductKind.Service && (policy == null || policy.IsTracked)
        select new StockRow(variant.Id, policy, level));

    /// <summary>
    /// The stock of those of the variants that are tracked: no services, none whose policy says otherwise, and none of which neither policy, level nor supply is there. Two
    /// statements; one where no supply can matter.
    /// </summary>
    public static async ValueTask<Dictionary<long, VariantStock>> Tracked(WholesaleDb db, IReadOnlyCollection<long> variantIds, CancellationToken cancellation)
    {
        var rows = await Rows(db, variantIds).ToListAsync(cancellation);
        var stocks = rows.GroupBy(row => row.VariantId).ToDictionary(
            group => group.Key,
            group => new VariantStock(group.Key, group.First().Policy, [.. group.Select(row => row.Level).OfType<StockLevel>()], []));
        var expecting = stocks.Values.Where(MayExpect).Select(stock => stock.VariantId).ToList();
        var supplies = expecting.Count == 0
            ? Array.Empty<IncomingSupply>().ToLookup(supply => supply.VariantId)
            : (await db.ExpectedSupplies.Where(s => expecting.Contains(s.VariantId)).ToListAsync(cancellation)).ToLookup(supply => supply.VariantId);
        foreach (var id in expecting)
        {
            var stock = stocks[id] = stocks[id] with { Supplies = [.. supplies[id]] };
            if (stock is { Policy: null, Levels.Count: 0, Supplies.Count: 0 })
            {
                stocks.Remove(id);
            }
        }

        return stocks;
    }

    /// <summary>Whether supplies decide on something: on what is promised, or on whether the variant is tracked at all.</summary>
    private static bool MayExpect(VariantStock stock) =>
        stock.Policy is { } policy ? policy.BackorderPolicy != BackorderPolicy.Never : stock.Levels.Count == 0;

    private sealed record StockRow(long VariantId, StockPolicy? Policy, StockLevel? Level);
}
