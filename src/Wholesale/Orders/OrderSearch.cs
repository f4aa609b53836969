using Microsoft.EntityFrameworkCore;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;

namespace Wholesale.Orders;

/// <summary>
/// Looks orders up by words. What they are about is told by <see cref="OrderedProduct"/>s, which are few: where these, and the orders that have them, are few as well, those orders are looked up; where they
/// are many, orders are walked through in the order that is asked for, and a page of them is found soon.
/// </summary>
internal sealed class OrderSearch
{
    /// <summary>The longest text to look for.</summary>
    public const int MaximumLength = 100;

    /// <summary>How many words it may have.</summary>
    public const int MaximumWords = 8;

    /// <summary>Up to how many variants, and orders, are looked up one by one.</summary>
    private const int Few = 1_000;

    private readonly WholesaleDb db;
    private readonly long? companyId;
    private readonly string? raw;
    private readonly string? text;
    private readonly string[] words;
    private readonly string? sku;

    private OrderSearch(WholesaleDb db, long? companyId, string? text, string? sku)
    {
        (this.db, this.companyId, raw, this.text, this.sku) = (db, companyId, text?.Trim(), text is null ? null : NameKey.Of(text), sku);
        words = this.text?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) ?? [];
    }

    /// <summary>The orders that have what is looked for. At most three statements.</summary>
    /// <param name="db">The database.</param>
    /// <param name="narrow">Those of some orders that the caller sees and asks for.</param>
    /// <param name="companyId">Whose they are; null: of any.</param>
    /// <param name="text">A part of a number, or words; null: anything.</param>
    /// <param name="sku">A line's SKU; null: any.</param>
    /// <param name="cancellation">Stops the statements.</param>
    /// <exception cref="GraphQLException">INVALID_VALUE: the text is blank, too long, or has too many words.</exception>
    public static async ValueTask<IQueryable<Order>> Find(
        WholesaleDb db, Func<IQueryable<Order>, IQueryable<Order>> narrow, long? companyId, string? text, string? sku, CancellationToken cancellation)
    {
        if (text is null && sku is null)
        {
            return narrow(db.Orders);
        }

        var search = new OrderSearch(db, companyId, text, sku);
        if (text is not null && (search.words.Length is 0 or > MaximumWords || text.Length > MaximumLength))
        {
            throw new GraphQLException($"`search` must have 1–{MaximumLength} characters and 1–{MaximumWords} words.", ErrorCodes.InvalidValue);
        }

        var (few, many) = ((IEnumerable<long>?)null, narrow);
        if (sku is not null)
        {
            few = await search.WithSku(cancellation);
            many = few is null ? orders => search.WalkForSku(narrow(orders)) : narrow;
        }

        if (text is not null)
        {
            var found = await search.WithWords(narrow(db.Orders), cancellation);
            few = few is null || found is null ? few ?? found : few.Intersect(found);
            var before = many;
            many = found is null ? orders => search.WalkForWords(before(orders)) : before;
        }

        // Limited, so that the database looks these up before it asks anything else of them.
        var ids = few?.ToList();
        return many(ids is null ? db.Orders : db.Orders.Where(o => ids.Contains(o.Id)).Take(ids.Count));
    }

    private IQueryable<OrderedProduct> Products => companyId is { } company ? db.OrderedProducts.Where(p => p.CompanyId == company) : db.OrderedProducts;

    private IQueryable<OrderLine> Lines => companyId is { } company ? db.OrderLines.Where(l => l.CompanyId == company) : db.OrderLines;

    private IQueryable<OrderLine> OfSku => Lines.Where(l => l.Sku == sku);

    private IQueryable<OrderedProduct> OfWords => words.Aggregate(Products, (left, word) => left.Where(p => p.Key.Contains(word)));

    /// <summary>The ids of the orders with a line of the SKU; null: they are many.</summary>
    private ValueTask<List<long>?> WithSku(CancellationToken cancellation)
    {
        var start = OrderedProduct.KeyOf(sku!, "") + " ";
        return OrdersOf(Products.Where(p => p.Key.StartsWith(start)), OfSku, cancellation);
    }

    private IQueryable<Order> WalkForSku(IQueryable<Order> orders)
    {
        var lines = OfSku;
        return orders.Where(o => lines.Any(l => l.OrderId == o.Id));
    }

    /// <summary>The ids of the orders with the words; null: they are many.</summary>
    private async ValueTask<List<long>?> WithWords(IQueryable<Order> orders, CancellationToken cancellation) =>
        await OrdersOf(OfWords, Lines, cancellation) is { } ids && await IfFew(Numbered(orders, null).Select(o => o.Id), cancellation) is { } others ? [.. ids, .. others] : null;

    private IQueryable<Order> WalkForWords(IQueryable<Order> orders)
    {
        var products = OfWords;
        return Numbered(orders, db.OrderLines.Where(l => products.Any(p => p.CompanyId == l.CompanyId && p.VariantId == l.VariantId)));
    }

    /// <summary>Those of some orders whose number, or the buyer's, contains the text, or which have one of some lines: SQLite's LIKE does not tell small letters from capitals, of those in ASCII, and takes a third of the time.</summary>
    private IQueryable<Order> Numbered(IQueryable<Order> orders, IQueryable<OrderLine>? lines)
    {
        if (db.IsOnSqlServer)
        {
#pragma warning disable CA1304, CA1311, CA1862 // what EF Core translates
            return lines is null
                ? orders.Where(o => o.Number.ToUpper().Contains(text!) || o.PurchaseOrderNumber!.ToUpper().Contains(text!))
                : orders.Where(o => o.Number.ToUpper().Contains(text!) || o.PurchaseOrderNumber!.ToUpper().Contains(text!) || lines.Any(l => l.OrderId == o.Id));
#pragma warning restore CA1304, CA1311, CA1862
        }

        const string Escape = "\\";
        var pattern = $"%{raw!.Replace(Escape, @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal)}%";
        return lines is null
            ? orders.Where(o => EF.Functions.Like(o.Number, pattern, Escape) || EF.Functions.Like(o.PurchaseOrderNumber!, pattern, Escape))
            : orders.Where(o => EF.Functions.Like(o.Number, pattern, Escape) || EF.Functions.Like(o.PurchaseOrderNumber!, pattern, Escape) || lines.Any(l => l.OrderId == o.Id));
    }

    /// <summary>The ids of the orders that have lines of some products; null where either are many.</summary>
    private async ValueTask<List<long>?> OrdersOf(IQueryable<OrderedProduct> products, IQueryable<OrderLine> lines, CancellationToken cancellation)
    {
        var variants = await IfFew(products.Select(p => p.VariantId), cancellation);
        return variants is null ? null
            : variants.Count == 0 ? []
            : await IfFew((companyId is null ? lines.Where(l => products.Any(p => p.CompanyId == l.CompanyId && p.VariantId == l.VariantId)) : lines).Where(l => variants.Contains(l.VariantId)).Select(l => l.OrderId), cancellation);
    }

    private static async ValueTask<List<long>?> IfFew(IQueryable<long> ids, CancellationToken cancellation)
    {
        var some = await ids.Distinct().Take(Few + 1).ToListAsync(cancellation);
        return some.Count > Few ? null : some;
    }
}
