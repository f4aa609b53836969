using Wholesale.Catalog;
using Wholesale.Companies;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;

namespace Wholesale.Carts;

/// <summary>Whose prices and products a cart has: those of the unit that it buys for, whoever reads it.</summary>
/// <param name="Buyer">Anyone of that unit.</param>
/// <param name="Sight">What such a one sees.</param>
public sealed record CartContext(Caller Buyer, Sight Sight);

/// <summary>Finds the contexts of carts: no statement where the caller is of the cart's unit, else one for each unit, and those of its sight. One a request.</summary>
public sealed class CartContexts(WholesaleDb db, Sights sights, RequestCaller requestCaller, RequestSight requestSight)
{
    private readonly Dictionary<(long CompanyId, long UnitId), CartContext> known = [];

    /// <summary>The context of a cart.</summary>
    public async ValueTask<CartContext> Of(Cart cart, RequestContext request)
    {
        if (known.TryGetValue((cart.CompanyId, cart.UnitId), out var context))
        {
            return context;
        }

        var caller = await requestCaller.Get(request);
        context = caller.Unit?.Id == cart.UnitId
            ? new(caller, await requestSight.Get(request))
            : await OfUnit(cart, request.Cancellation);
        known.Add((cart.CompanyId, cart.UnitId), context);
        return context;
    }

    /// <summary>As the database has it now, and not as it is remembered. From then on <see cref="Of"/> gives this, too.</summary>
    public async ValueTask<CartContext> FromDatabase(Cart cart, RequestContext request)
    {
        var context = await OfUnit(cart, request.Cancellation);
        var languages = (await requestCaller.Get(request)).Locales;
        context = context with { Sight = context.Sight with { Locale = await sights.Locale(db, context.Buyer with { Locales = languages }, request.Cancellation) } };
        known[(cart.CompanyId, cart.UnitId)] = context;
        return context;
    }

    private async ValueTask<CartContext> OfUnit(Cart cart, CancellationToken cancellation)
    {
        var anyone = await Callers.OfUnit(db, cart.CompanyId, cart.UnitId, cancellation)
            ?? throw new InvalidOperationException($"The unit {cart.UnitId} of the cart {cart.Id} is gone, which units never are.");
        var buyer = anyone with { Principal = Buyer };
        return new(buyer, await sights.Of(db, buyer, cancellation));
    }

    private static Principal Buyer { get; } = new(PrincipalKind.CompanyUser, 0, null, "a cart's unit", PermissionSet.Of(Permission.CatalogRead));
}
