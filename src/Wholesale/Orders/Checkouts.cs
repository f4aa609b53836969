using Microsoft.EntityFrameworkCore;
using Wholesale.Carts;
using Wholesale.Catalog;
using Wholesale.Companies;
using Wholesale.Credit;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Pricing;
using Wholesale.Shipping;
using Wholesale.Tax;

namespace Wholesale.Orders;

/// <summary>Reads what the decision about an order needs, from the database and not from what is remembered of it. A constant number of statements, whatever the number of lines.</summary>
public sealed class Checkouts(WholesaleDb db, CartContexts contexts, CartContents contents, CartAddresses addresses, ITaxes taxes, Clock clock)
{
    private static readonly Func<WholesaleDb, long, IAsyncEnumerable<ReferenceField>> ReferenceFieldsOf = EF.CompileAsyncQuery(
        IQueryable<ReferenceField> (WholesaleDb db, long companyId) => db.ReferenceFields.Where(f => f.CompanyId == companyId && f.IsActive).OrderBy(f => f.Position).ThenBy(f => f.Code));

    /// <summary>Reads a cart's.</summary>
    /// <param name="cart">The cart.</param>
    /// <param name="user">Who orders.</param>
    /// <param name="request">The request.</param>
    public async ValueTask<Checkout> Read(Cart cart, CompanyUser user, RequestContext request)
    {
        var (cancellation, at) = (request.Cancellation, clock.UtcNow);
        addresses.Forget();
        var context = await contexts.FromDatabase(cart, request);
        var content = await contents.FromDatabase(cart, context, cancellation);
        var shipTo = await addresses.ShipTo(cart, request);
        var companyId = cart.CompanyId;
        var rules = await ShippingRules.FromDatabase(db, context.Buyer, cart.Currency, cancellation);
        var shipping = CartShipping.Of(cart, content, rules, shipTo, PriceTerms.Of(context.Buyer.Market).Rounding.Mode, DateOnly.FromDateTime(at));
        var products = await Products(content, context.Sight, cancellation);
        return new()
        {
            Cart = cart,
            Content = content,
            Names = products.ToDictionary(product => product.Key, product => product.Value.Text.Name),
            User = user,
            Source = request.Caller is Principal { ActingKeyId: not null } ? OrderSource.Staff : OrderSource.Storefront,
            Buyer = context.Buyer,
            ShipTo = shipTo,
            BillTo = await addresses.BillTo(cart, request),
            Payment = await PaymentChoices.PaymentTermsOf(db, companyId, cancellation),
            ReferenceFields = await ReferenceFieldsOf(db, companyId).ToListAsync(cancellation),
            BelowMinimums = await OrderMinimums.WhyNot(db, content.Lines, cart.Currency, context.Buyer, cancellation),
            Shipping = shipping,
            Tax = await TaxOf(cart, content, shipping, products, context.Buyer, shipTo, DateOnly.FromDateTime(at), cancellation),
            At = at,
        };
    }

    /// <summary>The products of lines, where each has a price.</summary>
    /// <exception cref="OvertakenException">One is not seen any more, between one statement and the next.</exception>
    private async ValueTask<IReadOnlyDictionary<long, LocalizedProduct>> Products(CartContent content, Sight sight, CancellationToken cancellation)
    {
        var ids = content.Subtotal is null ? [] : content.Lines.Select(line => line.Variant!.ProductId).Distinct().ToList();
        var products = ids.Count == 0 ? [] : (await CatalogQueries.ByIds(db, sight, ids, cancellation)).ToDictionary(product => product.Id);
        return products.Count == ids.Count ? products : throw new OvertakenException("A product was withdrawn while it was ordered.");
    }

    private async ValueTask<TaxAnswer?> TaxOf(
        Cart cart, CartContent content, CartShipping shipping, IReadOnlyDictionary<long, LocalizedProduct> products, Caller buyer, Address? shipTo, DateOnly on, CancellationToken cancellation)
    {
        if (content.Subtotal is null)
        {
            return null;
        }

        var classes = products.Values.ToDictionary(product => product.Id, product => product.Product.TaxClass);
        try
        {
            return await taxes.Of(
                CartTaxes.Question(cart, content, shipping, classes, shipTo, on, PriceTerms.Of(buyer.Market).Rounding.Mode), cancellation);
        }
        catch (MoneyOverflowException)
        {
            return null;
        }
    }
}
