using Microsoft.EntityFrameworkCore;
using Wholesale.Carts;
using Wholesale.Companies;
using Wholesale.Credit;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using Wholesale.Pricing;
using Wholesale.Tax;

namespace Wholesale.Orders;

/// <summary>Reads what the decision about an order needs, from the database and not from what is remembered of it. A constant number of statements, whatever the number of lines.</summary>
public sealed class Checkouts(WholesaleDb db, CartContexts contexts, CartContents contents, CartAddresses addresses, ITaxes taxes, Clock clock)
{
    /// <summary>Reads a cart's.</summary>
    /// <param name="cart">The cart.</param>
    /// <param name="user">Who orders.</param>
    /// <param name="request">The request.</param>
    public async ValueTask<Checkout> Read(Cart cart, CompanyUser user, RequestContext request)
    {
        var cancellation = request.Cancellation;
        var context = await contexts.FromDatabase(cart, request);
        var content = await contents.FromDatabase(cart, context, cancellation);
        var shipTo = await addresses.ShipTo(cart, request);
        var companyId = cart.CompanyId;
        return new()
        {
            Cart = cart,
            Content = content,
            User = user,
            Buyer = context.Buyer,
            ShipTo = shipTo,
            BillTo = await addresses.BillTo(cart, request),
            Payment = await PaymentChoices.PaymentTermsOf(db, companyId, cancellation),
            ReferenceFields = await db.ReferenceFields
                .Where(f => f.CompanyId == companyId && f.IsActive).OrderBy(f => f.Position).ThenBy(f => f.Code).ToListAsync(cancellation),
            BelowMinimums = await OrderMinimums.WhyNot(db, content.Lines, cart.Currency, context.Buyer, cancellation),
            Tax = await TaxOf(cart, content, context.Buyer, shipTo, cancellation),
            At = clock.UtcNow,
        };
    }

    private async ValueTask<TaxAnswer?> TaxOf(Cart cart, CartContent content, Caller buyer, Address? shipTo, CancellationToken cancellation)
    {
        if (content.Subtotal is null)
        {
            return null;
        }

        var classes = await CartTaxes.ClassesOf(db, [.. content.Lines.Select(line => line.Variant!.ProductId).Distinct()], cancellation);
        try
        {
            return await taxes.Of(
                CartTaxes.Question(cart, content, classes, shipTo, DateOnly.FromDateTime(clock.UtcNow), PriceTerms.Of(buyer.Market).Rounding.Mode), cancellation);
        }
        catch (MoneyOverflowException)
        {
            return null;
        }
    }
}
