using Microsoft.EntityFrameworkCore;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using Wholesale.Pricing;
using Wholesale.Tax;

namespace Wholesale.Carts;

/// <summary>The tax on a cart or an order, by rates.</summary>
/// <param name="Lines">A line for each rate and treatment.</param>
/// <param name="Total">Their sum.</param>
public sealed record TaxSummary(IReadOnlyList<TaxLine> Lines, Money Total);

/// <summary>
/// The tax on carts by where their goods go, and what they come to with it: one statement for the products of all, and those of <see cref="CartShippings"/> and <see cref="ITaxes"/>
/// for each. One a request.
/// </summary>
public sealed class CartTaxes(WholesaleDb db, CartContents contents, CartShippings shippings, CartContexts contexts, CartAddresses addresses, ITaxes taxes, Clock clock)
{
    private static readonly Func<WholesaleDb, IEnumerable<long>, IAsyncEnumerable<KeyValuePair<long, string>>> CompiledClasses = EF.CompileAsyncQuery(
        (WholesaleDb db, IEnumerable<long> productIds) => db.Products.Where(p => productIds.Contains(p.Id)).Select(p => new KeyValuePair<long, string>(p.Id, p.TaxClass)));

    private readonly Dictionary<(long CartId, long Version), TaxAnswer?> known = [];

    /// <summary>The tax on each cart; null where a line has no price.</summary>
    public async ValueTask<IReadOnlyList<TaxSummary?>> Of(Batch<Cart> carts, RequestContext request) =>
        [.. (await Answers(carts, request)).Select(answer => answer is null ? null : new TaxSummary(answer.Lines, answer.Total))];

    /// <summary>What each cart comes to; null where a line has no price, or it is beyond what money can hold.</summary>
    public async ValueTask<IReadOnlyList<Money?>> Totals(Batch<Cart> carts, RequestContext request)
    {
        var answers = await Answers(carts, request);
        var contentOf = await contents.Of(carts.Map(cart => cart), request);
        var shippingOf = await shippings.Of(carts.Map(cart => cart), request);
        return [.. answers.Select((answer, i) => answer is null ? null : Total(contentOf[i], shippingOf[i], answer))];
    }

    /// <summary>What was known of a cart is not to be believed any more.</summary>
    internal void Forget(long cartId)
    {
        addresses.Forget();
        shippings.Forget(cartId);
        foreach (var version in known.Keys.Where(key => key.CartId == cartId).ToList())
        {
            known.Remove(version);
        }
    }

    /// <summary>What is to be taxed of a cart, shipped to a place on a day: its lines, then freight and premium.</summary>
    internal static TaxQuestion Question(
        Cart cart, CartContent content, CartShipping shipping, IReadOnlyDictionary<long, string> taxClassOf, Companies.Address? shipTo, DateOnly on, RoundingMode rounding) => new(
        cart.CompanyId,
        shipTo?.Country,
        shipTo?.Region,
        on,
        cart.Currency,
        rounding,
        [.. content.Lines.Select(line => new TaxedItem(taxClassOf[line.Variant!.ProductId], line.Price!.Total)), .. shipping.Taxed]);

    /// <summary>What a cart comes to: its lines, shipping as far as it is known, and tax; null where that is beyond what money can hold.</summary>
    internal static Money? Total(CartContent content, CartShipping shipping, TaxAnswer tax) =>
        shipping.Charged is { } charged && Sum(content.Subtotal, charged) is { } net ? Sum(net, tax.Total) : null;

    /// <summary>The tax classes of products.</summary>
    private static async ValueTask<IReadOnlyDictionary<long, string>> ClassesOf(WholesaleDb db, IReadOnlyCollection<long> productIds, CancellationToken cancellation) =>
        await CompiledClasses(db, productIds).ToDictionaryAsync(p => p.Key, p => p.Value, cancellationToken: cancellation);

    internal static Money? Sum(Money? one, Money other) =>
        one is { } first && Int128.Abs((Int128)first.TenThousandths + other.TenThousandths) <= Amount.Maximum
            ? first with { TenThousandths = first.TenThousandths + other.TenThousandths }
            : null;

    private async ValueTask<IReadOnlyList<TaxAnswer?>> Answers(Batch<Cart> carts, RequestContext request)
    {
        var missing = carts.Map(cart => cart).Where(cart => !known.ContainsKey((cart.Id, cart.Version))).DistinctBy(cart => (cart.Id, cart.Version)).ToList();
        var contentOf = await contents.Of(missing, request);
        var products = contentOf.Where(content => content.Subtotal is not null).SelectMany(content => content.Lines).Select(line => line.Variant!.ProductId).ToHashSet();
        var classes = products.Count == 0 ? new Dictionary<long, string>() : await ClassesOf(db, products, request.Cancellation);
        foreach (var (cart, content) in missing.Zip(contentOf))
        {
            known.Add((cart.Id, cart.Version), content.Subtotal is null ? null : await Ask(cart, content, classes, request));
        }

        return carts.Map(cart => known[(cart.Id, cart.Version)]);
    }

    private async ValueTask<TaxAnswer?> Ask(Cart cart, CartContent content, IReadOnlyDictionary<long, string> classes, RequestContext request)
    {
        var buyer = (await contexts.Of(cart, request)).Buyer;
        var shipping = await shippings.Of(cart, request);
        var shipTo = await addresses.ShipTo(cart, request);
        try
        {
            return await taxes.Of(
                Question(cart, content, shipping, classes, shipTo, DateOnly.FromDateTime(clock.UtcNow), PriceTerms.Of(buyer.Market).Rounding.Mode), request.Cancellation);
        }
        catch (MoneyOverflowException)
        {
            return null;
        }
    }
}
