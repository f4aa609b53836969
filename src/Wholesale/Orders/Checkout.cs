using Wholesale.Carts;
using Wholesale.Companies;
using Wholesale.Credit;
using Wholesale.Platform;
using Wholesale.Tax;

namespace Wholesale.Orders;

/// <summary>A cart on its way to an order: all that the decision needs, as the database has it. Immutable.</summary>
public sealed record Checkout
{
    /// <summary>The cart.</summary>
    public required Cart Cart { get; init; }

    /// <summary>Its lines with the prices of the database.</summary>
    public required CartContent Content { get; init; }

    /// <summary>Who orders.</summary>
    public required CompanyUser User { get; init; }

    /// <summary>Whether staff acts as that user.</summary>
    public OrderSource Source { get; init; }

    /// <summary>Anyone of the unit that the cart buys for.</summary>
    public required Caller Buyer { get; init; }

    /// <summary>What its products are called in the buyer's language, by id; none where a line has no price.</summary>
    public required IReadOnlyDictionary<long, string> Names { get; init; }

    /// <summary>Where the goods go; null where no place is known.</summary>
    public required Address? ShipTo { get; init; }

    /// <summary>Where the invoice goes; null where no place is known.</summary>
    public required Address? BillTo { get; init; }

    /// <summary>How the company may pay.</summary>
    public required PaymentChoices Payment { get; init; }

    /// <summary>What the company asks for with each order.</summary>
    public required IReadOnlyList<ReferenceField> ReferenceFields { get; init; }

    /// <summary>Why it comes to too little by the seller's order minimums.</summary>
    public required IReadOnlyList<UserError> BelowMinimums { get; init; }

    /// <summary>How the goods are sent, and what that costs.</summary>
    public required CartShipping Shipping { get; init; }

    /// <summary>The tax; null where a line has no price, or it is beyond what money can hold.</summary>
    public required TaxAnswer? Tax { get; init; }

    /// <summary>When it is ordered.</summary>
    public required DateTime At { get; init; }

    /// <summary>The day of that, in UTC.</summary>
    public DateOnly Today => DateOnly.FromDateTime(At);

    /// <summary>What it comes to; null where a line has no price, or it is beyond what money can hold.</summary>
    public Money? Total => Tax is null ? null : CartTaxes.Total(Content, Shipping, Tax);

    /// <summary>How it is to be paid: as was chosen, or in the only way that there is; null where that is not known, or not possible.</summary>
    public PaymentMethod? PaymentMethod =>
        Cart.PaymentMethod is { } chosen ? (Payment.Methods.Contains(chosen) ? chosen : null)
        : Payment.Methods is [var only] ? only
        : null;

    /// <summary>The terms of what is bought on account; null where none is chosen or the default, and where it is paid otherwise.</summary>
    public PaymentTerm? PaymentTerm => PaymentMethod == Credit.PaymentMethod.OnAccount ? Payment.Of(Cart.PaymentTermId) : null;
}
