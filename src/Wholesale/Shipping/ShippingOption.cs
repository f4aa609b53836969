using Wholesale.Platform;

namespace Wholesale.Shipping;

/// <summary>What is to be sent, where, and on which day.</summary>
/// <param name="To">Where.</param>
/// <param name="Goods">What.</param>
/// <param name="Subtotal">What it costs, in the currency of the freight.</param>
/// <param name="Rounding">Which way freight between two minor units goes: the market's.</param>
/// <param name="On">The day.</param>
public sealed record ShippingQuestion(ShippingDestination To, IReadOnlyList<ShippedGoods> Goods, Money Subtotal, RoundingMode Rounding, DateOnly On);

/// <summary>A way in which goods could be sent, and what it costs. Either price or obstacle is null.</summary>
/// <param name="Template">The way.</param>
/// <param name="Price">Net of tax; null: it is not possible.</param>
/// <param name="TransitDays">How long it takes; null: that is not told.</param>
/// <param name="EstimatedDelivery">The day on which it would be there at the latest; null: that is not told.</param>
/// <param name="Obstacle">Why it is not possible; null: it is.</param>
public sealed record ShippingOption(FreightTemplate Template, Money? Price, TransitDays? TransitDays, DateOnly? EstimatedDelivery, ShippingObstacle? Obstacle)
{
    /// <summary>The seller's key for it.</summary>
    public string Method => Template.ExternalId;

    /// <summary>What it is called.</summary>
    public string Name => Template.Name;

    /// <summary>What kind of way it is.</summary>
    public ShippingMethodKind Kind => Template.Kind;

    /// <summary>By all templates of one currency: possible ones first, then by their price, then by external id.</summary>
    internal static IReadOnlyList<ShippingOption> Of(IReadOnlyList<FreightTemplate> templates, ShippingQuestion question) =>
    [
        .. templates.Select(template => Of(template, question))
            .OrderBy(option => option.Price is null)
            .ThenBy(option => option.Price?.TenThousandths)
            .ThenBy(option => option.Method, Utf8Order.Instance),
    ];

    private static ShippingOption Of(FreightTemplate template, ShippingQuestion question)
    {
        var zone = template.ZoneOf(question.To);
        var (price, obstacle) = Freight.Of(template, zone, question.Goods, question.Subtotal, question.Rounding);
        var days = zone?.TransitDays;
        return new(template, price, days, days is null ? null : question.On.AddDays(days.Maximum), obstacle);
    }
}
