using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using Wholesale.Pricing;
using Wholesale.Shipping;

namespace Wholesale.Carts;

/// <summary>How the goods of carts are sent: no statements but those of their content, and of <see cref="KnownShippingRules"/> for each buyer. One a request; not thread-safe.</summary>
public sealed class CartShippings(WholesaleDb db, CartContents contents, CartContexts contexts, CartAddresses addresses, KnownShippingRules rules, Clock clock)
{
    private readonly Dictionary<(long CartId, long Version), CartShipping> known = [];

    /// <summary>That of each cart, in their order.</summary>
    public async ValueTask<IReadOnlyList<CartShipping>> Of(IReadOnlyList<Cart> carts, RequestContext request)
    {
        var missing = carts.Where(cart => !known.ContainsKey((cart.Id, cart.Version))).DistinctBy(cart => (cart.Id, cart.Version)).ToList();
        var contentOf = await contents.Of(missing, request);
        foreach (var (cart, content) in missing.Zip(contentOf))
        {
            var buyer = (await contexts.Of(cart, request)).Buyer;
            var found = await rules.Of(db, buyer, cart.Currency, request.Cancellation);
            known.Add((cart.Id, cart.Version), CartShipping.Of(
                cart, content, found, await addresses.ShipTo(cart, request), PriceTerms.Of(buyer.Market).Rounding.Mode, DateOnly.FromDateTime(clock.UtcNow)));
        }

        return [.. carts.Select(cart => known[(cart.Id, cart.Version)])];
    }

    /// <summary>That of one cart.</summary>
    public async ValueTask<CartShipping> Of(Cart cart, RequestContext request) => (await Of([cart], request))[0];

    /// <summary>What was known of a cart is not to be believed any more.</summary>
    internal void Forget(long cartId)
    {
        foreach (var version in known.Keys.Where(key => key.CartId == cartId).ToList())
        {
            known.Remove(version);
        }
    }
}
