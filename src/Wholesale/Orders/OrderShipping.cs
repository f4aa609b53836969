using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Shipping;

namespace Wholesale.Orders;

// How the goods of an order are sent, and what that costs.
public sealed partial class Order
{
    /// <summary>Freight and premium, net of tax, in <see cref="Currency"/>.</summary>
    public Amount ShippingAmount { get; init; }

    /// <summary>What it is made of; null: nothing is charged, and no way was chosen.</summary>
    public OrderFreight? Freight { get; init; }

    /// <summary>By which rule the seller delivers; null: none was agreed upon.</summary>
    public DeliveryTerms? DeliveryTerms { get; init; }

    /// <summary>How the goods are sent, and what that costs.</summary>
    public OrderShipping Shipping => new(
        Freight?.Method,
        Freight?.Name,
        Freight?.Kind,
        Freight?.Price is { } price ? In(price) : null,
        Freight?.Premium is { } premium ? new(IsSelected: true, In(premium), Freight.InsuranceRatePercent) : null,
        In(ShippingAmount),
        Freight?.TaxRatePercent ?? default,
        Freight?.TransitDays,
        Freight?.EstimatedDelivery);

    private static void MapShipping(EntityTypeBuilder<Order> order)
    {
        order.Ignore(o => o.Shipping);
        order.Property(o => o.Freight).IsJson();
        order.Property(o => o.DeliveryTerms).IsJson();
    }
}

/// <summary>How the goods of an order are sent, as it is stored; amounts are in the order's currency.</summary>
/// <param name="Method">The seller's key for the way that was chosen; null: none had to be.</param>
/// <param name="Name">What it was called.</param>
/// <param name="Kind">What kind of way it was.</param>
/// <param name="Price">The freight.</param>
/// <param name="TransitDays">How long the goods are on their way; null: that was not told.</param>
/// <param name="EstimatedDelivery">The day on which they would be there at the latest; null: that was not told.</param>
/// <param name="Premium">What insurance costs; null: they are not insured.</param>
/// <param name="InsuranceRatePercent">In per cent of what the goods cost; 0 where they are not insured.</param>
/// <param name="TaxRatePercent">The rate of the tax on freight and premium in per cent; 0 where none is charged.</param>
public sealed record OrderFreight(
    string? Method, string? Name, ShippingMethodKind? Kind, Amount? Price, TransitDays? TransitDays, DateOnly? EstimatedDelivery, Amount? Premium, Amount InsuranceRatePercent, Amount TaxRatePercent)
{
    /// <summary>A copy; null where there is nothing to say.</summary>
    public static OrderFreight? Of(Checkout checkout)
    {
        var shipping = checkout.Shipping;
        var (option, premium) = (shipping.Option, shipping.Premium);
        return option is null && premium is null ? null : new(
            option?.Method, option?.Name, option?.Kind, option?.Price?.Amount, option?.TransitDays, option?.EstimatedDelivery,
            premium?.Amount, premium is null ? default : shipping.Insurance!.RatePercent,
            shipping.Taxed.Count == 0 ? default : OrderPlacing.RateOf(checkout, checkout.Content.Lines.Count)); // taxed behind the lines, all of it alike
    }
}

/// <summary>How the goods of an order are sent, and what that costs, as it is shown.</summary>
public sealed record OrderShipping(
    string? Method, string? Name, ShippingMethodKind? Kind, Money? Price, ShippingInsurance? Insurance, Money Total, Amount TaxRatePercent, TransitDays? TransitDays, DateOnly? EstimatedDelivery);
