using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Wholesale.Orders;

namespace Wholesale.Reports;

/// <summary>Reads orders from the first to the last, some at a time: each by statements of its own, so that a slow reader holds nothing open.</summary>
internal static class OrderPages
{
    private const int MaximumOrders = 1_000;
    private const int MaximumLines = 10_000;

    /// <summary>Orders, the first first, at most 1,000 at a time, and so many that they have at most 10,000 lines, but for one that has more.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<Order>> Read(IQueryable<Order> orders, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (at, id) = (DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc), 0L);
        while (true)
        {
            var page = await orders
                .Where(o => o.PlacedAt >= at && (o.PlacedAt > at || o.Id > id))
                .OrderBy(o => o.PlacedAt).ThenBy(o => o.Id)
                .Take(MaximumOrders)
                .ToListAsync(cancellation);
            foreach (var some in Few(page))
            {
                yield return some;
            }

            if (page.Count < MaximumOrders)
            {
                yield break;
            }

            (at, id) = (page[^1].PlacedAt, page[^1].Id);
        }
    }

    private static IEnumerable<IReadOnlyList<Order>> Few(List<Order> page)
    {
        for (var (start, end) = (0, 0); start < page.Count; start = end)
        {
            for (var lines = 0; end < page.Count && (end == start || lines + page[end].LineCount <= MaximumLines); end++)
            {
                lines += page[end].LineCount;
            }

            yield return page[start..end];
        }
    }
}
