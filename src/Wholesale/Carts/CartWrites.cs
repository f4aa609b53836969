using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Wholesale.Companies;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;
using Wholesale.Pricing;

namespace Wholesale.Carts;

/// <summary>Opens carts, changes what they say of themselves, and deletes them. Runs inside the caller's unit of work, in a lane of its own.</summary>
public sealed class CartWrites(
    WholesaleDb db, Writes writes, OpenCarts carts, CartContexts contexts, CartContents contents, CartDetailsChange details, Prices prices, CartSettings settings, Ids ids, Clock clock)
{
    private const string DefaultName = "Cart";

    private static readonly Func<WholesaleDb, long, IAsyncEnumerable<string>> NamesOf = EF.CompileAsyncQuery(
        (WholesaleDb db, long userId) => db.Carts.Where(c => c.UserId == userId && c.Status == CartStatus.Open).Select(c => c.Name));

    /// <summary>Opens a cart.</summary>
    public async ValueTask<CreateCartPayload> Create(CreateCartInput input, Caller caller, RequestContext request)
    {
        if (caller is not { User: { } user, Company: not null })
        {
            return new(null, [CartErrors.NeedsCompany()]);
        }

        var errors = new RowErrors();
        if (input.Name is { } name)
        {
            CheckName(name, errors);
        }

        var names = await TakeNames(user.Id, request.Cancellation);
        if (names.Count >= Cart.MaximumOpen)
        {
            return new(null, [CartErrors.TooMany()]);
        }

        if (input.Name is { } wanted && names.Contains(wanted))
        {
            errors.Add(CartErrors.NameExists(wanted));
        }

        var currency = await CurrencyOf(input.Currency, caller, errors, request.Cancellation);
        var cart = New(caller, input.Name ?? FreeName(names), currency);
        cart.IsShared = input.IsShared;
        await details.Apply(cart, input.Details, caller, errors, request.Cancellation);
        if (errors.Any)
        {
            return new(null, errors.ToList());
        }

        await Insert(cart, request.Cancellation);
        return new(cart, []);
    }

    /// <summary>The cart that rows go into where none is named: the open one that the user changed last, or a new one.</summary>
    internal async ValueTask<(Cart? Cart, UserError? Error, bool IsNew)> LastOrNew(long? expectedVersion, Caller caller, CancellationToken cancellation)
    {
        if (caller is not { User: { } user, Company: not null })
        {
            return (null, CartErrors.NeedsCompany(), false);
        }

        // One that was ordered meanwhile is passed over; the next one is looked for.
        while (await LastOpen(user.Id, cancellation) is { } last)
        {
            var taken = await carts.Take(last, expectedVersion, caller, cancellation);
            if (taken is { Cart.Status: CartStatus.Open })
            {
                return (taken.Cart, taken.Error, false);
            }
        }

        var names = await TakeNames(user.Id, cancellation);
        var errors = new RowErrors();
        var currency = await CurrencyOf(null, caller, errors, cancellation);
        if (errors.Any)
        {
            return (null, errors.ToList()[0] with { Path = null }, false);
        }

        var cart = New(caller, FreeName(names), currency);
        await Insert(cart, cancellation);
        return (cart, null, true);
    }

    private async ValueTask<NodeId?> LastOpen(long userId, CancellationToken cancellation)
    {
        var id = await db.Carts
            .Where(c => c.UserId == userId && c.Status == CartStatus.Open)
            .OrderByDescending(c => c.UpdatedAt).ThenByDescending(c => c.Id)
            .Select(c => c.Id).FirstOrDefaultAsync(cancellation);
        return id == 0 ? null : new NodeId(nameof(Cart), id);
    }

    /// <summary>Changes what a cart says of itself.</summary>
    public async ValueTask<UpdateCartPayload> Update(UpdateCartInput input, Caller caller, RequestContext request)
    {
        var cancellation = request.Cancellation;
        var (cart, error) = await carts.Take(input.CartId, input.ExpectedVersion, caller, cancellation);
        if (cart is null || error is not null)
        {
            return new(cart, [error!]);
        }

        var errors = new RowErrors();
        var before = cart.State;
        if (input.IsShared is { } isShared && isShared != cart.IsShared && cart.UserId != caller.User!.Id)
        {
            errors.Invalid("Only the user whose cart it is can change this.", "isShared");
        }

        if (input.Name is { } name && name != cart.Name)
        {
            CheckName(name, errors);
            var names = await TakeNames(cart.UserId, cancellation);
            if (names.Contains(name))
            {
                errors.Add(CartErrors.NameExists(name));
            }
        }

        await details.Apply(cart, input.Details, (await contexts.Of(cart, request)).Buyer, errors, cancellation);
        if (errors.Any)
        {
            cart.State = before;
            return new(cart, errors.ToList());
        }

        (cart.Name, cart.IsShared) = (input.Name ?? cart.Name, input.IsShared ?? cart.IsShared);
        if (cart.State != before)
        {
            await carts.Save(cart, cancellation);
        }

        return new(cart, []);
    }

    /// <summary>Deletes an open cart with its lines.</summary>
    public async ValueTask<DeleteCartPayload> Delete(DeleteCartInput input, Caller caller, CancellationToken cancellation)
    {
        var (cart, error) = await carts.Take(input.CartId, input.ExpectedVersion, caller, cancellation);
        if (cart is null || error is not null)
        {
            return new(null, [error!]);
        }

        if (cart.UserId != caller.User!.Id)
        {
            return new(null, [new UserError(ErrorCodes.InvalidValue, "Only the user whose cart it is can delete it.", ["cartId"])]);
        }

        await db.CartLines.Where(l => l.CartId == cart.Id).ExecuteDeleteAsync(cancellation);
        await BulkRows.Delete(db, [cart], cancellation);
        writes.Record(CartEvents.CartDeleted, cart.Id, cart.Version);
        return new(input.CartId, []);
    }

    /// <summary>Takes the prices of now as the ones that the cart was filled at.</summary>
    public async ValueTask<AcceptCartPricesPayload> AcceptPrices(AcceptCartPricesInput input, Caller caller, RequestContext request)
    {
        var (cart, error) = CartMutations.WhyNotBuying(caller) is { } refusal ? (null, refusal) : await carts.Take(input.CartId, input.ExpectedVersion, caller, request.Cancellation);
        if (cart is null || error is not null)
        {
            return new(cart, [error!]);
        }

        var changed = (await contents.Of(cart, request)).PriceChanges;
        foreach (var change in changed)
        {
            change.Line.Line.AddedUnitPrice = change.After?.Amount;
        }

        if (changed.Count > 0)
        {
            await BulkRows.Update(db, [.. changed.Select(change => change.Line.Line)], l => new { l.AddedUnitPrice }, cancellation: request.Cancellation);
            await carts.Save(cart, request.Cancellation);
        }

        return new(cart, []);
    }

    private static void CheckName(string name, RowErrors errors) => errors.LookedUp(name, Cart.MaximumNameLength, "name");

    /// <summary>The names of a user's open carts, of which nobody opens another meanwhile.</summary>
    private async ValueTask<HashSet<string>> TakeNames(long userId, CancellationToken cancellation)
    {
        await DatabaseLocks.TakeOne(db, "CartsOf", userId, cancellation);
        return await NamesOf(db, userId).ToHashSetAsync(StringComparer.Ordinal, cancellation);
    }

    private static string FreeName(HashSet<string> names) =>
        Enumerable.Range(1, names.Count + 1).Select(i => i == 1 ? DefaultName : string.Create(CultureInfo.InvariantCulture, $"{DefaultName} {i}")).First(name => !names.Contains(name));

    private async ValueTask<Currency> CurrencyOf(Currency? wanted, Caller caller, RowErrors errors, CancellationToken cancellation)
    {
        if (!caller.PricesVisible)
        {
            errors.Add(CartErrors.NotVerified(caller.Company!.Name));
            return default;
        }

        var currencies = await prices.CurrenciesOf(caller, cancellation);
        if (currencies.Count > 0 && (wanted is null || currencies.Contains(wanted.Value)))
        {
            return wanted ?? currencies[0];
        }

        errors.Add(wanted is { } other ? CartErrors.NotACurrency(other) : CartErrors.NoPrices());
        return default;
    }

    private Cart New(Caller caller, string name, Currency currency) => new()
    {
        Id = ids.Next(),
        CompanyId = caller.Company!.Id,
        UserId = caller.User!.Id,
        UnitId = caller.Unit!.Id,
        Name = name,
        Currency = currency,
        CreatedAt = clock.UtcNow,
    };

    private async ValueTask Insert(Cart cart, CancellationToken cancellation)
    {
        cart.Touch(clock.UtcNow, settings.ExpiresAfter);
        await BulkRows.Insert(db, [cart], cancellation);
        writes.Record(CartEvents.CartChanged, cart.Id, cart.Version);
    }
}
