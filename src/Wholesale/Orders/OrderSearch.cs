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

    /// <summary>Those of some orders that have what is looked for. At most three statements.</summary>
    /// <param name="db">The database.</param>
    /// <param name="orders">Those that the caller sees, filtered.</param>
    /// <param name="companyId">Whose they are; null: of any.</param>
    /// <param name="text">A part of a number, or words; null: anything.</param>
    /// <param name="sku">A line's SKU; null: any.</param>
    /// <param name="cancellation">Stops the statements.</param>
    /// <exception cref="GraphQLException">INVALID_VALUE: the text is blank, too long, or has too many words.</exception>
    public static async ValueTask<IQueryable<Order>> Find(WholesaleDb db, IQueryable<Order> orders, long? companyId, string? text, string? sku, CancellationToken cancellation)
    {
        if (text is null && sku is null)
        {
            return orders;
        }

        var search = new OrderSearch(db, companyId, text, sku);
        if (text is not null && (search.words.Length is 0 or > MaximumWords || text.Length > MaximumLength))
        {
            throw new GraphQLException($"`search` must have 1–{MaximumLength} characters and 1–{MaximumWords} words.", ErrorCodes.InvalidValue);
        }

        orders = sku is null ? orders : await search.WithSku(orders, cancellation);
        return text is null ? orders : await search.WithWords(orders, cancellation);
    }

    private IQueryable<OrderedProduct> Products => companyId is { } company ? db.OrderedProducts.Where(p => p.CompanyId == company) : db.OrderedProducts;

    private IQueryable<OrderLine> Lines => companyId is { } company ? db.OrderLines.Where(l => l.CompanyId == company) : db.OrderLines;

    private async ValueTask<IQueryable<Order>> WithSku(IQueryable<Order> orders, CancellationToken cancellation)
    {
        var start = OrderedProduct.KeyOf(sku!, "") + " ";
        var lines = Lines.Where(l => l.Sku == sku);
        return await OrdersOf(Products.Where(p => p.Key.StartsWith(start)), lines, cancellation) is { } ids
            ? orders.Where(o => ids.Contains(o.Id))
            : orders.Where(o => lines.Any(l => l.OrderId == o.Id));
    }

    private async ValueTask<IQueryable<Order>> WithWords(IQueryable<Order> orders, CancellationToken cancellation)
    {
        var products = words.Aggregate(Products, (left, word) => left.Where(p => p.Key.Contains(word)));
        if (await OrdersOf(products, Lines, cancellation) is { } ids && await IfFew(Numbered(orders, null).Select(o => o.Id), cancellation) is { } others)
        {
            ids.AddRange(others);
            return orders.Where(o => ids.Contains(o.Id));
        }

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
