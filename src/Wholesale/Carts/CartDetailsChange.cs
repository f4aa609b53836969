using Microsoft.EntityFrameworkCore;
using Wholesale.Companies;
using Wholesale.Credit;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;

namespace Wholesale.Carts;

/// <summary>Changes what a cart says of itself; reads only what is named: addresses, payment terms, shipping methods, reference fields, one statement each.</summary>
public sealed class CartDetailsChange(WholesaleDb db, Clock clock)
{
    /// <summary>Takes what is given.</summary>
    /// <param name="cart">The cart; what is wrong with the input leaves it half changed.</param>
    /// <param name="input">What it is to say; null: nothing is changed.</param>
    /// <param name="buyer">Anyone of the unit that the cart buys for.</param>
    /// <param name="errors">Gets what is wrong; paths begin at the input that holds the details.</param>
    /// <param name="cancellation">Stops between statements.</param>
    public async ValueTask Apply(Cart cart, CartDetailsInput? input, Caller buyer, RowErrors errors, CancellationToken cancellation)
    {
        if (input is null)
        {
            return;
        }

        cart.PurchaseOrderNumber = Code(input.PurchaseOrderNumber, cart.PurchaseOrderNumber, errors, "purchaseOrderNumber");
        cart.CostCenter = Code(input.CostCenter, cart.CostCenter, errors, "costCenter");
        cart.JobCode = Code(input.JobCode, cart.JobCode, errors, "jobCode");
        cart.Note = input.Note.Or(cart.Note);
        if (input.Note.Or(null) is { } note)
        {
            errors.Text(note, Cart.MaximumNoteLength, Path("note"), lines: true);
        }

        cart.RequestedDeliveryDate = input.RequestedDeliveryDate.Or(cart.RequestedDeliveryDate);
        if (input.RequestedDeliveryDate.Or(null) is { } day && day < DateOnly.FromDateTime(clock.UtcNow))
        {
            errors.Invalid($"The day {day:yyyy-MM-dd} is over.", Path("requestedDeliveryDate"));
        }

        await ApplyAddresses(cart, input, buyer, errors, cancellation);
        await ApplyPayment(cart, input, buyer, errors, cancellation);
        await CartShippingChange.Apply(db, cart, input, buyer.MarketId, errors, cancellation);
        if (input.References.HasValue)
        {
            await ApplyReferences(cart, input.References.Value ?? [], errors, cancellation);
        }
    }

    private static string[] Path(params string[] rest) => ["details", .. rest];

    private static string? Code(Optional<string?> given, string? current, RowErrors errors, string field)
    {
        if (given.Or(null) is { } code)
        {
            errors.LookedUp(code, Cart.MaximumCodeLength, Path(field));
        }

        return given.Or(current);
    }

    private async ValueTask ApplyAddresses(Cart cart, CartDetailsInput input, Caller buyer, RowErrors errors, CancellationToken cancellation)
    {
        if (input.ShipToAddressId.Or(null) is null && input.BillToAddressId.Or(null) is null)
        {
            (cart.ShipToAddressId, cart.BillToAddressId) =
                (input.ShipToAddressId.HasValue ? null : cart.ShipToAddressId, input.BillToAddressId.HasValue ? null : cart.BillToAddressId);
            return;
        }

        var book = await AddressBook.Of(db, buyer, cancellation);
        cart.ShipToAddressId = Find(input.ShipToAddressId, cart.ShipToAddressId, address => address.IsShipTo, "shipToAddressId");
        cart.BillToAddressId = Find(input.BillToAddressId, cart.BillToAddressId, address => address.IsBillTo, "billToAddressId");

        long? Find(Optional<NodeId?> given, long? current, Func<Address, bool> serves, string field)
        {
            if (given.Or(null) is not { } id)
            {
                return given.HasValue ? null : current;
            }

            var address = book.Find(id.KeyOf(nameof(Address)));
            if (address is null || !serves(address))
            {
                errors.Add(CartErrors.NoSuchId("address", Path(field)));
            }

            return address?.Id;
        }
    }

    private async ValueTask ApplyPayment(Cart cart, CartDetailsInput input, Caller buyer, RowErrors errors, CancellationToken cancellation)
    {
        cart.PaymentMethod = input.PaymentMethod.Or(cart.PaymentMethod);
        cart.PaymentTermId = input.PaymentTermId.HasValue ? null : cart.PaymentTermId;
        if (input.PaymentMethod.Or(null) is null && input.PaymentTermId.Or(null) is null)
        {
            return;
        }

        var choices = await PaymentChoices.PaymentTermsOf(db, buyer.Company!.Id, cancellation);
        if (input.PaymentMethod.Or(null) is { } method && !choices.Methods.Contains(method))
        {
            errors.Invalid("The company cannot pay in this way.", Path("paymentMethod"));
        }

        if (input.PaymentTermId.Or(null) is { } id)
        {
            var key = id.KeyOf(nameof(PaymentTerm));
            if (!choices.Terms.Any(term => term.Id == key))
            {
                errors.Add(CartErrors.NoSuchId("payment term", Path("paymentTermId")));
            }

            cart.PaymentTermId = key;
        }
    }

    private async ValueTask ApplyReferences(Cart cart, IReadOnlyList<ReferenceInput> given, RowErrors errors, CancellationToken cancellation)
    {
        var companyId = cart.CompanyId;
        var fields = await db.ReferenceFields.Where(f => f.CompanyId == companyId && f.IsActive).ToDictionaryAsync(f => f.Code, StringComparer.Ordinal, cancellation);
        var codes = new HashSet<string>(StringComparer.Ordinal);
        if (!errors.Length(given, ReferenceField.Maximum, Path("references")))
        {
            return;
        }

        for (var i = 0; i < given.Count; i++)
        {
            string[] At(string field) => Path("references", RowErrors.Position(i), field);
            if (!fields.TryGetValue(given[i].Code, out var field))
            {
                errors.Add(CartErrors.NoSuchReference(given[i].Code, At("code")));
                continue;
            }

            if (!codes.Add(given[i].Code))
            {
                errors.Invalid($"The field \"{given[i].Code}\" is given twice.", At("code"));
            }

            errors.LookedUp(given[i].Value, ReferenceField.MaximumLength, At("value"));
            if (field.WhyNot(given[i].Value) is { } refusal)
            {
                errors.Add(CartErrors.InvalidReference, refusal, At("value"));
            }
        }

        var references = given.Select(reference => new Reference(reference.Code, reference.Value)).OrderBy(r => r.Code, Utf8Order.Instance).ToList();
        cart.References = references.SequenceEqual(cart.References) ? cart.References : references;
    }
}
