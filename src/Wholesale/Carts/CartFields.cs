using Microsoft.EntityFrameworkCore;
using Wholesale.Catalog;
using Wholesale.Companies;
using Wholesale.Credit;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;

namespace Wholesale.Carts;

/// <summary>The fields of carts in schema/carts.graphql. Whoever fills carts sees its own and those that others of its company share.</summary>
public static class CartFields
{
    private const string LastChanged = "carts/LAST_CHANGED";
    private const string InOrder = "cartLines/ID";

    /// <summary>The room's services.</summary>
    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(CartSettings.Of(configuration));
        services.AddScoped<OpenCarts>();
        services.AddScoped<CartContexts>();
        services.AddScoped<CartContents>();
        services.AddScoped<CartAddresses>();
        services.AddScoped<CartShippings>();
        services.AddScoped<CartTaxes>();
        services.AddScoped<CartDetailsChange>();
        services.AddScoped<CartWrites>();
        services.AddScoped<CartLineWrites>();
        services.AddScoped<ReferenceFieldWrites>();
        services.AddScoped<OrderMinimumWrites>();
        services.AddHourlyPurge<Cart>(ExpiredCarts.Purge);
    }

    /// <summary>Names the resolvers.</summary>
    public static void Map(ResolverMap map)
    {
        map.Node<Cart>(nameof(Cart), cart => cart.Id, LoadCarts);
        map.Node<PricedCartLine>(nameof(CartLine), line => line.Id, LoadLines);
        map.EventsOf(nameof(Cart), CartEvents.CartChanged, CartEvents.CartDeleted);

        map.Field("Query.cart", OneCart);
        map.Field("Query.carts", Carts);
        map.Field("Company.carts", CompanyCarts);
        map.Field("Cart.user", Users);
        map.Field("Cart.unit", Units);
        map.Field("Cart.shipToAddress", (Batch<Cart> carts, CartAddresses addresses, RequestContext request) => addresses.ShipTo(carts, request));
        map.Field("Cart.billToAddress", (Batch<Cart> carts, CartAddresses addresses, RequestContext request) => addresses.BillTo(carts, request));
        map.Field("Cart.paymentTerm", PaymentTerms);
        map.Field("Cart.lines", Lines);
        map.Field("Cart.subtotal", (Batch<Cart> carts, CartContents contents, RequestContext request) => Each(carts, contents, request, content => content.Subtotal));
        map.Field("Cart.priceChanges", (Batch<Cart> carts, int first, CartContents contents, RequestContext request) =>
            Each(carts, contents, request, content => FirstOf(content.PriceChanges, first)));
        map.Field("Cart.issues", (Batch<Cart> carts, CartContents contents, RequestContext request) => Each(carts, contents, request, content => content.Issues));
        map.Field("Cart.tax", (Batch<Cart> carts, CartTaxes taxes, RequestContext request) => taxes.Of(carts, request));
        map.Field("Cart.total", (Batch<Cart> carts, CartTaxes taxes, RequestContext request) => taxes.Totals(carts, request));
        map.Field("CartLine.variant", Variants);
        CartShippingFields.Map(map);
        CartMutations.Map(map);
        CartRuleFields.Map(map);
    }

    internal static async ValueTask<Cart?> OneCart(NodeId id, Caller caller, WholesaleDb db, CancellationToken cancellation)
    {
        var key = id.KeyOf(nameof(Cart));
        return await OpenCarts.SeenBy(db, caller).SingleOrDefaultAsync(c => c.Id == key, cancellation);
    }

    internal static async ValueTask<Connection<Cart>> Carts(
        CartStatus status, int? first, string? after, Caller caller, WholesaleDb db, CancellationToken cancellation)
    {
        var page = Page.Of(first, after);
        return Connect(page, await Behind(OpenCarts.SeenBy(db, caller).Where(c => c.Status == status), page).ToListAsync(cancellation));
    }

    /// <summary>A page of each company's carts, by one statement: the union of one short range of each.</summary>
    internal static async ValueTask<IReadOnlyList<Connection<Cart>>> CompanyCarts(
        Batch<Company> companies, int? first, string? after, WholesaleDb db, CancellationToken cancellation)
    {
        var page = Page.Of(first, after);
        var rows = await companies.Ranges(company => company.Id, company => Behind(db.Carts.Where(c => c.CompanyId == company.Id && c.Status == CartStatus.Open), page), cancellation);
        var byCompany = rows.ToLookup(cart => cart.CompanyId);
        return companies.Map(company => Connect(page, [.. byCompany[company.Id].OrderByDescending(c => c.UpdatedAt).ThenByDescending(c => c.Id)]));
    }

    internal static async ValueTask<IReadOnlyList<Cart?>> LoadCarts(IReadOnlyList<long> keys, RequestContext context)
    {
        var caller = await context.Services.GetRequiredService<RequestCaller>().Get(context);
        var carts = await OpenCarts.SeenBy(context.Services.GetRequiredService<WholesaleDb>(), caller).Where(c => keys.Contains(c.Id)).ToListAsync(context.Cancellation);
        return carts.InOrderOf(keys, cart => cart.Id);
    }

    internal static async ValueTask<IReadOnlyList<PricedCartLine?>> LoadLines(IReadOnlyList<long> keys, RequestContext context)
    {
        var caller = await context.Services.GetRequiredService<RequestCaller>().Get(context);
        var db = context.Services.GetRequiredService<WholesaleDb>();
        var carts = await OpenCarts.SeenBy(db, caller).Where(c => db.CartLines.Any(l => l.CartId == c.Id && keys.Contains(l.Id))).ToListAsync(context.Cancellation);
        var contents = await context.Services.GetRequiredService<CartContents>().Of(carts, context);
        return contents.SelectMany(content => content.Lines).Where(line => keys.Contains(line.Id)).InOrderOf(keys, line => line.Id);
    }

    /// <summary>What a cart's own unit sees of a shared cart, its reader need not see.</summary>
    internal static async ValueTask<IReadOnlyList<Variant?>> Variants(Batch<PricedCartLine> lines, SelectedFields selected, WholesaleDb db, Sight sight, CancellationToken cancellation)
    {
        var ids = lines.Keys(line => line.Variant?.Id);
        return lines.Pick(line => line.Variant?.Id, (await CatalogQueries.VariantsByIds(db, sight, ids, selected, cancellation)).ToDictionary(v => v.Id));
    }

    /// <summary>The lines with some ids, in their order.</summary>
    internal static IReadOnlyList<PricedCartLine> Pick(CartContent content, IReadOnlyList<long> ids)
    {
        var lines = content.Lines.ToDictionary(line => line.Id);
        return [.. ids.Select(id => lines[id])];
    }

    /// <summary>The first of a cart's changes of prices.</summary>
    /// <exception cref="GraphQLException">INVALID_PAGE_SIZE: it is not 1–5,000.</exception>
    internal static IReadOnlyList<CartPriceChange> FirstOf(IReadOnlyList<CartPriceChange> changes, int first)
    {
        Page.CheckSize(first, Cart.MaximumLines);
        return [.. changes.Take(first)];
    }

    private static IQueryable<Cart> Behind(IQueryable<Cart> carts, Page page)
    {
        if (page.After is not null)
        {
            var cursor = Cursor.Parse(page.After, LastChanged);
            var (at, id) = (cursor.Instant(0), cursor.Number(1));
            carts = carts.Where(c => c.UpdatedAt <= at && (c.UpdatedAt < at || c.Id < id));
        }

        return carts.OrderByDescending(c => c.UpdatedAt).ThenByDescending(c => c.Id).Take(page.Take);
    }

    private static Connection<Cart> Connect(Page page, IReadOnlyList<Cart> rows) => page.Connect(rows, cart => Cursor.Of(LastChanged, cart.UpdatedAt, cart.Id));

    private static async ValueTask<IReadOnlyList<T>> Each<T>(Batch<Cart> carts, CartContents contents, RequestContext request, Func<CartContent, T> value) =>
        [.. (await contents.Of(carts.Map(cart => cart), request)).Select(value)];

    private static async ValueTask<IReadOnlyList<Connection<PricedCartLine>>> Lines(
        Batch<Cart> carts, int? first, string? after, CartContents contents, RequestContext request)
    {
        var page = Page.Of(first, after);
        var behind = page.After is null ? 0 : Cursor.Parse(page.After, InOrder).Number(0);
        return
        [
            .. (await contents.Of(carts.Map(cart => cart), request)).Select(content => page.Connect(
                [.. content.Lines.SkipWhile(line => line.Id <= behind).Take(page.Take)], line => Cursor.Of(InOrder, line.Id))),
        ];
    }

    private static async ValueTask<IReadOnlyList<CompanyUser?>> Users(Batch<Cart> carts, WholesaleDb db, CancellationToken cancellation)
    {
        var ids = carts.Keys(c => c.UserId);
        return carts.Pick(c => c.UserId, await db.CompanyUsers.Where(u => ids.Contains(u.Id)).ToDictionaryAsync(u => u.Id, cancellation));
    }

    private static async ValueTask<IReadOnlyList<CompanyUnit?>> Units(Batch<Cart> carts, WholesaleDb db, CancellationToken cancellation)
    {
        var ids = carts.Keys(c => c.UnitId);
        return carts.Pick(c => c.UnitId, await db.CompanyUnits.Where(u => ids.Contains(u.Id)).ToDictionaryAsync(u => u.Id, cancellation));
    }

    /// <summary>The term that was chosen, null if it cannot be any more; else the company's default.</summary>
    private static async ValueTask<IReadOnlyList<PaymentTerm?>> PaymentTerms(Batch<Cart> carts, WholesaleDb db, CancellationToken cancellation)
    {
        var choices = await PaymentChoices.PaymentTermsOf(db, carts.Keys(c => c.CompanyId), cancellation);
        return carts.Map(cart => choices[cart.CompanyId].Of(cart.PaymentTermId));
    }
}
