using Microsoft.EntityFrameworkCore;
using Wholesale.Companies;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;

namespace Wholesale.Carts;

/// <summary>Which carts a caller sees, and the way to change one: taken for oneself, changed, saved under its next version. Runs inside the caller's unit of work.</summary>
public sealed class OpenCarts(WholesaleDb db, Writes writes, CartContents contents, CartTaxes taxes, Clock clock, CartSettings settings)
{
    private static readonly Func<WholesaleDb, long, long, long, IAsyncEnumerable<Cart>> OneOfBuyer = EF.CompileAsyncQuery(
        (WholesaleDb db, long id, long companyId, long userId) => db.Carts.Where(c => c.Id == id && c.CompanyId == companyId && (c.UserId == userId || c.IsShared)));

    /// <summary>Of whoever fills carts, its own and those that others of its company share; of staff that reads orders, all.</summary>
    public static IQueryable<Cart> SeenBy(WholesaleDb db, Caller caller)
    {
        if (caller.Kind == PrincipalKind.Staff)
        {
            return caller.Permissions.Contains(Permission.OrdersRead) ? db.Carts : db.Carts.Where(c => false);
        }

        var (companyId, userId) = (CompanyOf(caller), caller.User?.Id ?? 0);
        return db.Carts.Where(c => c.CompanyId == companyId && (c.UserId == userId || c.IsShared));
    }

    /// <summary>The company whose carts the caller may see; 0: none.</summary>
    private static long CompanyOf(Caller caller) => caller.Permissions.Contains(Permission.OrdersPlace) ? caller.Company?.Id ?? 0 : 0;

    /// <summary>Takes a cart for oneself until the transaction ends; one statement, and on SQL Server two more. Nobody waits for a cart, or lets others wait for it, that it does not see.</summary>
    /// <param name="id">Which.</param>
    /// <param name="expectedVersion">The version that the change was decided upon; null: whatever it is.</param>
    /// <param name="caller">Who wants to change it.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>The cart as it is; with an error if it is not to be changed, and null if the caller sees no such cart.</returns>
    public async ValueTask<(Cart? Cart, UserError? Error)> Take(NodeId id, long? expectedVersion, Caller caller, CancellationToken cancellation)
    {
        var key = id.KeyOf(nameof(Cart));
        contents.Forget(key); // what an attempt before this one made of it was undone
        taxes.Forget(key);
        var cart = caller.User is not null && await DatabaseLocks.TryTakeOne(db, nameof(Cart), key, () => SeenBy(db, caller).AnyAsync(c => c.Id == key, cancellation), cancellation)
            ? await OneOfBuyer(db, key, CompanyOf(caller), caller.User.Id).SingleOrDefaultAsync(cancellation)
            : null;
        return cart switch
        {
            null => (null, CartErrors.NoSuchId("cart", "cartId")),
            { Status: not CartStatus.Open } => (cart, CartErrors.NotOpen(cart.Name)),
            _ when expectedVersion is { } expected && expected != cart.Version => (cart, CartErrors.Changed(cart.Version)),
            _ => (cart, null),
        };
    }

    /// <summary>Writes a cart that was taken, under its next version, and tells of it; one statement.</summary>
    public async ValueTask Save(Cart cart, CancellationToken cancellation)
    {
        cart.Touch(clock.UtcNow, settings.ExpiresAfter);
        await BulkRows.Update(db, [cart], cancellation: cancellation);
        writes.Record(CartEvents.CartChanged, cart.Id, cart.Version);
    }
}
