using Microsoft.EntityFrameworkCore;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;

namespace Wholesale.Carts;

/// <summary>The fields that say how the goods of carts are sent.</summary>
internal static class CartShippingFields
{
    /// <summary>Names the resolvers.</summary>
    public static void Map(ResolverMap map)
    {
        map.Field("Cart.shippingOptions", (Batch<Cart> carts, CartShippings shippings, RequestContext request) => Each(carts, shippings, request, shipping => shipping.Options));
        map.Field("Cart.shippingOption", (Batch<Cart> carts, CartShippings shippings, RequestContext request) => Each(carts, shippings, request, shipping => shipping.Option));
        map.Field("Cart.shippingInsurance", (Batch<Cart> carts, CartShippings shippings, RequestContext request) => Each(carts, shippings, request, shipping => shipping.Insurance));
        map.Field("Cart.deliveryTerms", (Batch<Cart> carts, CartShippings shippings, RequestContext request) => Each(carts, shippings, request, shipping => shipping.DeliveryTerms));
        map.Field("Cart.shipping", (Batch<Cart> carts, CartShippings shippings, RequestContext request) =>
            Each(carts, shippings, request, shipping => shipping.IsKnown ? shipping.Charged : null));
    }

    private static async ValueTask<IReadOnlyList<T>> Each<T>(Batch<Cart> carts, CartShippings shippings, RequestContext request, Func<CartShipping, T> value) =>
        [.. (await shippings.Of(carts.Map(cart => cart), request)).Select(value)];
}

/// <summary>Takes what is said of how the goods of a cart are sent.</summary>
internal static class CartShippingChange
{
    /// <summary>Takes what is given; one statement where a method is named.</summary>
    public static async ValueTask Apply(WholesaleDb db, Cart cart, CartDetailsInput input, long? marketId, RowErrors errors, CancellationToken cancellation)
    {
        cart.IsInsured = input.ShippingInsurance.Or(cart.IsInsured);
        if (!input.ShippingMethod.HasValue)
        {
            return;
        }

        cart.FreightTemplateId = null;
        if (input.ShippingMethod.Value is { } method)
        {
            cart.FreightTemplateId = RowErrors.EndsInBlank(method) ? null : await Find(db, method, cart.Currency, marketId, cancellation);
            if (cart.FreightTemplateId is null)
            {
                errors.Add(CartErrors.NoSuchShippingMethod(method, "details", "shippingMethod"));
            }
        }
    }

    private static async ValueTask<long?> Find(WholesaleDb db, string method, Currency currency, long? marketId, CancellationToken cancellation) => await db.FreightTemplates
        .Where(t => t.ExternalId == method && t.IsActive && t.Currency == currency && (t.MarketId == null || t.MarketId == marketId))
        .Select(t => (long?)t.Id).SingleOrDefaultAsync(cancellation);
}
