using Microsoft.EntityFrameworkCore;
using Wholesale.Catalog;
using Wholesale.Companies;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using Wholesale.Pricing;

namespace Wholesale.Carts;

/// <summary>
/// Prices whole carts, since what a line costs may depend on the others: one statement for the lines of all carts, and for each unit that they buy for one for the variants; prices
/// come from the lists in memory. A cart is priced once a request and version. One a request; not thread-safe.
/// </summary>
public sealed class CartContents(WholesaleDb db, CartContexts contexts, Prices prices, Clock clock)
{
    private static readonly Func<WholesaleDb, IEnumerable<long>, IAsyncEnumerable<CartLine>> LinesOf = EF.CompileAsyncQuery(
        IQueryable<CartLine> (WholesaleDb db, IEnumerable<long> cartIds) => db.CartLines.Where(l => cartIds.Contains(l.CartId)).OrderBy(l => l.CartId).ThenBy(l => l.Id));

    private readonly Dictionary<(long CartId, long Version), CartContent> known = [];

    /// <summary>The content of each cart, in their order.</summary>
    public async ValueTask<IReadOnlyList<CartContent>> Of(IReadOnlyList<Cart> carts, RequestContext request)
    {
        var missing = carts.Where(cart => !known.ContainsKey((cart.Id, cart.Version))).DistinctBy(cart => (cart.Id, cart.Version)).ToList();
        if (missing.Count > 0)
        {
            await Read(missing, request);
        }

        return [.. carts.Select(cart => known[(cart.Id, cart.Version)])];
    }

    /// <summary>What was known of a cart is not to be believed any more.</summary>
    internal void Forget(long cartId)
    {
        foreach (var version in known.Keys.Where(key => key.CartId == cartId).ToList())
        {
            known.Remove(version);
        }
    }

    /// <summary>Takes note of a cart as it was just written, so that it is not read again.</summary>
    /// <param name="cart">The cart.</param>
    /// <param name="lines">All its lines, in order.</param>
    /// <param name="variants">What its buyer sees of what they hold, by id.</param>
    /// <param name="buyer">Anyone of the unit that it buys for, who sees prices.</param>
    /// <param name="resolution">What that one pays now for all of these variants.</param>
    internal void Know(Cart cart, IReadOnlyList<CartLine> lines, Dictionary<long, Variant> variants, Caller buyer, PriceResolution resolution) =>
        known[(cart.Id, cart.Version)] = Priced(cart, lines, variants, buyer, resolution);

    /// <summary>The content of one cart.</summary>
    public async ValueTask<CartContent> Of(Cart cart, RequestContext request) => (await Of([cart], request))[0];

    /// <summary>The content of a cart by the prices of the database, and not by those that are remembered: for what is about to be ordered.</summary>
    /// <param name="cart">The cart.</param>
    /// <param name="context">Whose prices and products it has.</param>
    /// <param name="cancellation">Stops between statements.</param>
    internal async ValueTask<CartContent> FromDatabase(Cart cart, CartContext context, CancellationToken cancellation)
    {
        var lines = await LinesOf(db, [cart.Id]).ToListAsync(cancellation);
        var variants = await Variants(context.Sight, lines.ConvertAll(l => l.VariantId), cancellation);
        return await Price(cart, lines, variants, context.Buyer, () => prices.FromDatabase(context.Buyer, clock.UtcNow, cart.Currency, [.. variants.Keys], cancellation));
    }

    private async ValueTask Read(List<Cart> carts, RequestContext request)
    {
        var ids = carts.Where(cart => cart.LineCount > 0).Select(cart => cart.Id).ToList();
        var lines = (ids.Count == 0
            ? []
            : await LinesOf(db, ids).ToListAsync(request.Cancellation)).ToLookup(l => l.CartId);
        foreach (var ofUnit in carts.GroupBy(cart => (cart.CompanyId, cart.UnitId)))
        {
            var context = await contexts.Of(ofUnit.First(), request);
            var variants = await Variants(context.Sight, [.. ofUnit.SelectMany(cart => lines[cart.Id]).Select(l => l.VariantId).Distinct()], request.Cancellation);
            foreach (var cart in ofUnit)
            {
                known[(cart.Id, cart.Version)] = await Price(
                    cart, [.. lines[cart.Id]], variants, context.Buyer, () => prices.Resolve(context.Buyer, clock.UtcNow, cart.Currency, variants.Keys, request.Cancellation));
            }
        }
    }

    private async ValueTask<Dictionary<long, Variant>> Variants(Sight sight, List<long> ids, CancellationToken cancellation) =>
        (await CatalogQueries.VariantsByIds(db, sight, ids, cancellation)).ToDictionary(v => v.Id);

    private static async ValueTask<CartContent> Price(
        Cart cart, IReadOnlyList<CartLine> lines, Dictionary<long, Variant> variants, Caller buyer, Func<ValueTask<PriceResolution>> resolve) =>
        Priced(cart, lines, variants, buyer, buyer.PricesVisible ? await resolve() : null);

    /// <param name="cart">The cart.</param>
    /// <param name="lines">Its lines.</param>
    /// <param name="variants">What its buyer sees of what they hold, by id.</param>
    /// <param name="buyer">Anyone of its unit.</param>
    /// <param name="resolution">What that one pays; null: it sees no prices.</param>
    private static CartContent Priced(Cart cart, IReadOnlyList<CartLine> lines, Dictionary<long, Variant> variants, Caller buyer, PriceResolution? resolution)
    {
        if (resolution is null)
        {
            return new(cart, [.. lines.Select(line => Unpriced(cart, line, variants.GetValueOrDefault(line.VariantId)) with { AddedUnitPrice = null })], [CartErrors.NotVerified(buyer.Company!.Name)]);
        }

        var groups = resolution.GroupsOf(lines.Where(line => variants.ContainsKey(line.VariantId)).Select(line => (variants[line.VariantId], line.Quantity)));
        return new(cart, [.. lines.Select(line => Price(cart, line, variants.GetValueOrDefault(line.VariantId), resolution, groups))], []);
    }

    private static PricedCartLine Price(Cart cart, CartLine line, Variant? variant, PriceResolution resolution, BreakGroups groups)
    {
        if (variant is null)
        {
            return Unpriced(cart, line, null);
        }

        var issues = new List<UserError>();
        try
        {
            return new(line, variant, LinePrices.Of(resolution, variant, line.Quantity, groups, issues), AddedUnitPrice(cart, line), issues);
        }
        catch (MoneyOverflowException exception)
        {
            return new(line, variant, null, AddedUnitPrice(cart, line), [new(PricingErrors.AmountOverflow, exception.Message, ["quantity"])]);
        }
    }

    private static PricedCartLine Unpriced(Cart cart, CartLine line, Variant? variant) =>
        new(line, variant, null, AddedUnitPrice(cart, line), variant is null ? [CartErrors.NoSuchSku(line.Sku)] : []);

    /// <summary>As it was when its buyer saw prices.</summary>
    private static Money? AddedUnitPrice(Cart cart, CartLine line) => line.AddedUnitPrice is { } price ? new Money(price.TenThousandths, cart.Currency) : null;
}
