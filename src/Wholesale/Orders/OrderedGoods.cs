using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Repricing;

namespace Wholesale.Orders;

/// <summary>The lines of orders, less what was cancelled, read variant by variant in the order of their ids, which is that of time: no statement looks at more than a few thousand lines.</summary>
internal sealed class OrderedGoods(WholesaleDb db) : BoughtGoods
{
    /// <summary>Variants that are read together, most of which have few lines.</summary>
    internal const int ReadTogether = 50;

    /// <summary>So many lines of each are read then; one that has more is read by itself from there on.</summary>
    internal const int ReadOfEach = 100;

    /// <summary>So many lines of it are read then.</summary>
    internal const int ReadOfOne = 5_000;

    /// <summary>By so much an order's own instant may be ahead of that which its lines' ids tell.</summary>
    private static readonly TimeSpan Doubt = TimeSpan.FromDays(1);

    /// <inheritdoc/>
    public override async IAsyncEnumerable<IReadOnlyList<BoughtLine>> Of(
        IReadOnlyList<long> variantIds, DateTime from, DateTime until, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var least = Ids.LeastAt(from - Doubt);
        foreach (var some in variantIds.Chunk(ReadTogether))
        {
            var rows = await some.Ranges(id => id, id => Behind(id, least, ReadOfEach), cancellation);
            yield return await Bought(rows, from, until, cancellation);
            foreach (var (variantId, first) in rows.GroupBy(row => row.VariantId).Where(group => group.Count() == ReadOfEach).Select(group => (group.Key, group.Max(row => row.Id))).ToList())
            {
                var last = first;
                do
                {
                    rows = await Behind(variantId, last, ReadOfOne).ToListAsync(cancellation);
                    yield return await Bought(rows, from, until, cancellation);
                    last = rows.Count == 0 ? last : rows[^1].Id;
                }
                while (rows.Count == ReadOfOne);
            }
        }
    }

    private IQueryable<Row> Behind(long variantId, long lineId, int most) => db.OrderLines
        .Where(l => l.VariantId == variantId && l.Id > lineId)
        .OrderBy(l => l.Id)
        .Take(most)
        .Select(l => new Row { Id = l.Id, OrderId = l.OrderId, VariantId = l.VariantId, Quantity = l.Quantity, Cancelled = l.Cancelled });

    private async ValueTask<IReadOnlyList<BoughtLine>> Bought(List<Row> rows, DateTime from, DateTime until, CancellationToken cancellation)
    {
        var lines = rows.FindAll(row => row.Cancelled < row.Quantity);
        if (lines.Count == 0)
        {
            return [];
        }

        var ids = lines.Select(row => row.OrderId).ToHashSet();
        var orders = await db.Orders
            .Where(o => ids.Contains(o.Id) && o.PlacedAt >= from && o.PlacedAt < until && o.Status != OrderStatus.Cancelled)
            .Select(o => new { o.Id, o.UnitId, o.Currency })
            .ToDictionaryAsync(o => o.Id, cancellation);
        return
        [
            .. from row in lines
               where orders.ContainsKey(row.OrderId)
               let order = orders[row.OrderId]
               select new BoughtLine(order.UnitId, row.VariantId, order.Currency, new Quantity(row.Quantity.Thousandths - row.Cancelled.Thousandths)),
        ];
    }

    private sealed class Row
    {
        public required long Id { get; init; }

        public required long OrderId { get; init; }

        public required long VariantId { get; init; }

        public required Quantity Quantity { get; init; }

        public required Quantity Cancelled { get; init; }
    }
}
