using Microsoft.EntityFrameworkCore;
using Wholesale.Companies;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using Wholesale.Platform.Database;

namespace Wholesale.Orders;

/// <summary>The list of orders: one statement a page, up to three more where words are looked for, one where it is counted.</summary>
internal static class OrderList
{
    private static readonly DateTime StartOfTime = DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc);
    private static readonly DateTime EndOfTime = DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc);

    /// <summary>The list that most pages are of: all that a company has ordered, or one of its users; null: whoever.</summary>
    private static readonly Func<WholesaleDb, long, long?, DateTime, long, int, IAsyncEnumerable<Order>> NewestOf = EF.CompileAsyncQuery(
        (WholesaleDb db, long companyId, long? userId, DateTime at, long id, int take) => db.Orders
            .Where(o => o.CompanyId == companyId && (userId == null || o.UserId == userId) && o.PlacedAt <= at && (o.PlacedAt < at || o.Id < id))
            .OrderByDescending(o => o.PlacedAt).ThenByDescending(o => o.Id)
            .Take(take));

    private static readonly Func<WholesaleDb, long, long?, DateTime, long, int, IAsyncEnumerable<Order>> NewestHeadsOf = EF.CompileAsyncQuery(
        (WholesaleDb db, long companyId, long? userId, DateTime at, long id, int take) => db.Orders
            .Where(o => o.CompanyId == companyId && (userId == null || o.UserId == userId) && o.PlacedAt <= at && (o.PlacedAt < at || o.Id < id))
            .OrderByDescending(o => o.PlacedAt).ThenByDescending(o => o.Id)
            .Take(take)
            .Select(Order.Head));

    public static async ValueTask<Connection<Order>> Read(
        OrderFilter? filter, OrderSort sort, string? search, int? first, string? after, SelectedFields selected, Caller caller, WholesaleDb db, Clock clock, CancellationToken cancellation)
    {
        OrdersSeen.Check("Query.orders", caller);
        var page = Page.Of(first, after);
        var order = $"orders/{sort}";
        var behind = page.After is null ? null : Cursor.Parse(page.After, order);
        var ofHeads = selected.AreWithin(Order.HeadFields, "edges", "node");
        if (filter is null && search is null && sort == OrderSort.Newest && OrdersSeen.OfOneUserOrCompany(caller) is { } whose)
        {
            var (at, id) = (behind?.Instant(0) ?? EndOfTime, behind?.Number(1) ?? long.MaxValue);
            return Connect(
                await (ofHeads ? NewestHeadsOf : NewestOf)(db, whose.CompanyId, whose.UserId, at, id, page.Take).ToListAsync(cancellation),
                () => OrdersSeen.By(db, caller));
        }

        var orders = await Of(db, caller, filter, search, clock.UtcNow, cancellation);
        return Connect(await Sorted(db, orders, sort, behind, page.Take, ofHeads).ToListAsync(cancellation), () => orders);

        Connection<Order> Connect(List<Order> rows, Func<IQueryable<Order>> all) => page.Connect(
            rows,
            row => sort is OrderSort.Newest or OrderSort.Oldest ? Cursor.Of(order, row.PlacedAt, row.Id) : Cursor.Of(order, row.TotalAmount.TenThousandths, row.Id),
            async () => await all().CountAsync(cancellation));
    }

    /// <summary>The orders that a caller sees and asks for.</summary>
    /// <exception cref="GraphQL.Execution.GraphQLException">INVALID_VALUE: see <see cref="OrderSearch"/>.</exception>
    public static ValueTask<IQueryable<Order>> Of(WholesaleDb db, Caller caller, OrderFilter? filter, string? search, DateTime now, CancellationToken cancellation)
    {
        return OrderSearch.Find(db, Narrow, caller.Company?.Id ?? filter?.CompanyId?.KeyOf(nameof(Company)), search, filter?.Sku, cancellation);

        IQueryable<Order> Narrow(IQueryable<Order> orders) => filter?.Of(db, OrdersSeen.Of(db, orders, caller), now) ?? OrdersSeen.Of(db, orders, caller);
    }

    /// <summary>A page: its ids by the index that covers what orders are filtered and sorted by, and only then their rows, which are wide.</summary>
    private static IQueryable<Order> Sorted(WholesaleDb db, IQueryable<Order> orders, OrderSort sort, Cursor? behind, int take, bool ofHeads)
    {
        var page = Behind(orders, sort, behind).Select(o => o.Id).Take(take);
        var rows = Behind(db.Orders.Where(o => page.Contains(o.Id)), sort, null);
        return ofHeads ? rows.Select(Order.Head) : rows;
    }

    private static IQueryable<Order> Behind(IQueryable<Order> orders, OrderSort sort, Cursor? behind) => sort switch
    {
        OrderSort.Newest => Newest(orders, behind?.Instant(0) ?? EndOfTime, behind?.Number(1) ?? long.MaxValue),
        OrderSort.Oldest => Oldest(orders, behind?.Instant(0) ?? StartOfTime, behind?.Number(1) ?? 0),
        OrderSort.HighestTotal => Highest(orders, behind?.Number(0) ?? long.MaxValue, behind?.Number(1) ?? long.MaxValue),
        _ => Lowest(orders, behind?.Number(0) ?? long.MinValue, behind?.Number(1) ?? 0),
    };

    private static IQueryable<Order> Newest(IQueryable<Order> orders, DateTime at, long id) => orders
        .Where(o => o.PlacedAt <= at && (o.PlacedAt < at || o.Id < id)).OrderByDescending(o => o.PlacedAt).ThenByDescending(o => o.Id);

    private static IQueryable<Order> Oldest(IQueryable<Order> orders, DateTime at, long id) => orders
        .Where(o => o.PlacedAt >= at && (o.PlacedAt > at || o.Id > id)).OrderBy(o => o.PlacedAt).ThenBy(o => o.Id);

    private static IQueryable<Order> Highest(IQueryable<Order> orders, long total, long id) => orders
        .Where(o => Numbers.Of(o.TotalAmount) <= total && (Numbers.Of(o.TotalAmount) < total || o.Id < id)).OrderByDescending(o => o.TotalAmount).ThenByDescending(o => o.Id);

    private static IQueryable<Order> Lowest(IQueryable<Order> orders, long total, long id) => orders
        .Where(o => Numbers.Of(o.TotalAmount) >= total && (Numbers.Of(o.TotalAmount) > total || o.Id > id)).OrderBy(o => o.TotalAmount).ThenBy(o => o.Id);
}
