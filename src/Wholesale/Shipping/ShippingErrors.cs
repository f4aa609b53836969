using Wholesale.Platform;
using Wholesale.Pricing;

namespace Wholesale.Shipping;

/// <summary>The room's own codes and its messages.</summary>
public static class ShippingErrors
{
    /// <summary>There are ways to send the goods there, and none was chosen.</summary>
    public const string ShippingMethodMissing = "SHIPPING_METHOD_MISSING";

    /// <summary>The goods cannot be sent in the way that was chosen, or in none that there is.</summary>
    public const string ShippingMethodUnavailable = "SHIPPING_METHOD_UNAVAILABLE";

    /// <summary>None was chosen.</summary>
    public static UserError NoMethod() => new(ShippingMethodMissing, "The cart does not say how the goods are to be sent: choose one of its `shippingOptions`.", ["shippingOption"]);

    /// <summary>The one that was chosen is not offered any more.</summary>
    public static UserError MethodIsGone() => new(ShippingMethodUnavailable, "The goods cannot be sent in the way that was chosen any more: choose another one, or none.", ["shippingOption"]);

    /// <summary>Nothing is sent to the address.</summary>
    public static UserError NothingGoesThere() => new(ShippingMethodUnavailable, "By none of the ways that there are is anything sent to this address.", ["shippingOption"]);

    /// <summary>The one that was chosen is not possible.</summary>
    public static UserError NotPossible(ShippingOption option) => new(
        ShippingMethodUnavailable,
        option.Obstacle switch
        {
            ShippingObstacle.NotServed => $"By \"{option.Method}\" nothing is sent there.",
            ShippingObstacle.UnknownWeight => $"What \"{option.Method}\" costs cannot be told: the weight of something is not known.",
            ShippingObstacle.UnknownVolume => $"What \"{option.Method}\" costs cannot be told: the volume of something is not known.",
            ShippingObstacle.TooHeavy => $"The goods are heavier than the {option.Template.MaximumWeight} kg that are sent by \"{option.Method}\".",
            _ => $"The goods are more than \"{option.Method}\" has a price for.",
        },
        ["shippingOption"]);

    internal static UserError NewNeeds(string what, string field) => new(ErrorCodes.InvalidValue, $"A new {what} needs `{field}`.", [field]);

    internal static UserError NoSuchMarket(string externalId) => new(ErrorCodes.NotFound, $"There is no market \"{externalId}\".", ["market"]);

    internal static UserError TooManyTemplates() => new(ErrorCodes.InvalidValue, $"There are at most {FreightTemplate.Maximum} freight templates: change one that is not active.", ["externalId"]);

    internal static UserError TooManyPlaces(int places) => new(ErrorCodes.InvalidValue, $"A template names at most {FreightTemplate.MaximumPlaces} places in all, not {places}.", ["zones"]);

    internal static UserError ElsewhereTwice(params string[] path) => new(ErrorCodes.InvalidValue, "Only one zone of a template can be everywhere else.", path);

    internal static UserError PlaceTwice(FreightPlace place, params string[] path) =>
        new(ErrorCodes.InvalidValue, $"{string.Join(' ', new[] { place.Country, place.Region, place.PostalCodePrefix }.OfType<string>())} is in another place of the template already.", path);

    internal static UserError NotOneKey(params string[] path) => new(ErrorCodes.InvalidValue, "Exactly one of variantId and sku is to be given.", path);

    internal static UserError NoSuchVariant(ShippingLineInput line, params string[] path) => line.Sku is { } sku
        ? PricingErrors.NoSuchSku(sku).Under(path)
        : new(ErrorCodes.NotFound, "There is no variant with this id.", [.. path, "variantId"]);
}
