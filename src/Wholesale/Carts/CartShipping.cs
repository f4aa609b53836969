using Wholesale.Companies;
using Wholesale.Platform;
using Wholesale.Shipping;
using Wholesale.Tax;

namespace Wholesale.Carts;

/// <summary>How the goods of a cart are sent, and what that costs: decided by what it holds, where it goes, and the seller's rules. Immutable.</summary>
public sealed record CartShipping
{
    private CartShipping(Currency currency, BuyersShippingTerms terms) => (Currency, DeliveryTerms, TaxClass) = (currency, terms.DeliveryTerms, terms.TaxClass);

    /// <summary>Of all amounts.</summary>
    public Currency Currency { get; }

    /// <summary>By which rule the seller delivers; null: none was agreed upon, and the seller ships.</summary>
    public DeliveryTerms? DeliveryTerms { get; }

    /// <summary>What freight and premium are to the tax law.</summary>
    public string TaxClass { get; }

    /// <summary>In what ways the goods could be sent; none where there is nothing to send. Null where nothing says where they go, or a line has no price.</summary>
    public IReadOnlyList<ShippingOption>? Options { get; private init; }

    /// <summary>The way that was chosen, possible or not; null: none was, or it is not offered any more.</summary>
    public ShippingOption? Option { get; private init; }

    /// <summary>Whether and at what cost the goods are insured; null: nothing is offered.</summary>
    public ShippingInsurance? Insurance { get; private init; }

    /// <summary>Why the goods could not be sent so; null: nothing stands against it, or it cannot be told yet.</summary>
    public UserError? WhyNot { get; private init; }

    /// <summary>Whether all is known that could cost something.</summary>
    public bool IsKnown { get; private init; }

    /// <summary>What is charged for insurance.</summary>
    public Money? Premium => Insurance is { IsSelected: true } insurance ? insurance.Premium : null;

    /// <summary>Freight and premium, as far as they are known; null: they are beyond what money can hold.</summary>
    public Money? Charged => CartTaxes.Sum(Option?.Price ?? new Money(0, Currency), Premium ?? new Money(0, Currency));

    /// <summary>What is to be taxed beside the lines.</summary>
    public IReadOnlyList<TaxedItem> Taxed => [.. new[] { Option?.Price, Premium }.OfType<Money>().Where(amount => amount.TenThousandths > 0).Select(amount => new TaxedItem(TaxClass, amount))];

    /// <summary>Decides on a cart.</summary>
    /// <param name="cart">The cart.</param>
    /// <param name="content">Its lines with their prices.</param>
    /// <param name="rules">The seller's, for the buyer and the cart's currency.</param>
    /// <param name="shipTo">Where the goods go; null: it is not known.</param>
    /// <param name="rounding">The market's.</param>
    /// <param name="on">The day.</param>
    public static CartShipping Of(Cart cart, CartContent content, ShippingRules rules, Address? shipTo, RoundingMode rounding, DateOnly on)
    {
        if (content.Subtotal is not { } subtotal)
        {
            return new(cart.Currency, rules.Terms);
        }

        if (content.Lines.Count == 0 || rules.Terms.DeliveryTerms is { IsCarriedByBuyer: true })
        {
            return new(cart.Currency, rules.Terms)
            {
                Options = [],
                IsKnown = true,
                WhyNot = content.Lines.Count > 0 && cart.FreightTemplateId is not null ? ShippingErrors.MethodIsGone() : null, // what was chosen is never dropped in silence
            };
        }

        var insurance = rules.Terms.Insure(subtotal, cart.IsInsured, rounding);
        if (shipTo is null)
        {
            return new(cart.Currency, rules.Terms) { Insurance = insurance, IsKnown = rules.Templates.Count == 0 };
        }

        var goods = content.Lines.Select(line => new ShippedGoods(line.Quantity, line.Variant!.ShippingWeight, line.Variant.ShippingVolume)).ToList();
        var options = ShippingOption.Of(rules.Templates, new(new(shipTo.Country, shipTo.Region, shipTo.PostalCode), goods, subtotal, rounding, on));
        var option = options.FirstOrDefault(o => o.Template.Id == cart.FreightTemplateId);
        var refusal = WhyNotSo(cart.FreightTemplateId is not null, option, options);
        return new(cart.Currency, rules.Terms) { Options = options, Option = option, Insurance = insurance, WhyNot = refusal, IsKnown = refusal is null };
    }

    /// <summary>Where there are ways to send goods, one has to be chosen, and has to be possible: an address that none of them serves is none that goods go to for nothing.</summary>
    private static UserError? WhyNotSo(bool isChosen, ShippingOption? option, IReadOnlyList<ShippingOption> options) =>
        option is { Obstacle: not null } ? ShippingErrors.NotPossible(option)
        : option is not null ? null
        : isChosen ? ShippingErrors.MethodIsGone()
        : options.Count == 0 ? null
        : options.All(o => o.Obstacle == ShippingObstacle.NotServed) ? ShippingErrors.NothingGoesThere()
        : ShippingErrors.NoMethod();
}
