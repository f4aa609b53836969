using Wholesale.Companies;
using Wholesale.GraphQL.Execution;

namespace Wholesale.Carts;

/// <summary>Where the goods and invoices of carts go: as was chosen, or nowhere if that cannot be any more; else the default of the unit that the cart buys for. One statement a unit. One a request.</summary>
public sealed class CartAddresses(WholesaleDb db, CartContexts contexts)
{
    private readonly Dictionary<(long CompanyId, long UnitId), AddressBook> known = [];

    /// <summary>Where the goods go; null where no place is known.</summary>
    public async ValueTask<IReadOnlyList<Address?>> ShipTo(Batch<Cart> carts, RequestContext request) => await Each(carts, ShipTo, request);

    /// <summary>Where the invoices go; null where no place is known.</summary>
    public async ValueTask<IReadOnlyList<Address?>> BillTo(Batch<Cart> carts, RequestContext request) => await Each(carts, BillTo, request);

    /// <summary>Where a cart's goods go; null where no place is known.</summary>
    public async ValueTask<Address?> ShipTo(Cart cart, RequestContext request) => ShipTo(cart, await BookOf(cart, request));

    /// <summary>Where a cart's invoice goes; null where no place is known.</summary>
    public async ValueTask<Address?> BillTo(Cart cart, RequestContext request) => BillTo(cart, await BookOf(cart, request));

    /// <summary>What was known is not to be believed any more.</summary>
    internal void Forget() => known.Clear();

    private static Address? ShipTo(Cart cart, AddressBook book) =>
        cart.ShipToAddressId is { } id ? (book.Find(id) is { IsShipTo: true } chosen ? chosen : null) : book.DefaultShipTo;

    private static Address? BillTo(Cart cart, AddressBook book) =>
        cart.BillToAddressId is { } id ? (book.Find(id) is { IsBillTo: true } chosen ? chosen : null) : book.DefaultBillTo;

    private async ValueTask<IReadOnlyList<Address?>> Each(Batch<Cart> carts, Func<Cart, AddressBook, Address?> find, RequestContext request)
    {
        var found = new Address?[carts.Count];
        for (var i = 0; i < found.Length; i++)
        {
            found[i] = find(carts[i], await BookOf(carts[i], request));
        }

        return found;
    }

    private async ValueTask<AddressBook> BookOf(Cart cart, RequestContext request)
    {
        if (!known.TryGetValue((cart.CompanyId, cart.UnitId), out var book))
        {
            book = await AddressBook.Of(db, (await contexts.Of(cart, request)).Buyer, request.Cancellation);
            known.Add((cart.CompanyId, cart.UnitId), book);
        }

        return book;
    }
}
