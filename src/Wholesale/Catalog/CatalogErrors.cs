using Wholesale.Platform;

namespace Wholesale.Catalog;

/// <summary>The room's own codes and its messages.</summary>
public static class CatalogErrors
{
    /// <summary>Another product or variant has this SKU.</summary>
    public const string SkuTaken = "SKU_TAKEN";

    internal static UserError SkuIsTaken(string sku, params string[] path) =>
        new(SkuTaken, $"Another product or variant has the SKU \"{sku}\".", path);

    internal static UserError TextsNeeded(string what, params string[] path) =>
        new(ErrorCodes.InvalidValue, $"A new {what} needs a name in at least one language.", path);

    internal static UserError VariantsNeeded(params string[] path) =>
        new(ErrorCodes.InvalidValue, "A new product needs at least one variant.", path);

    internal static UserError TooManyVariants(int count, params string[] path) =>
        new(ErrorCodes.InvalidValue, $"A product has at most {Product.MaximumVariants} variants; this one would have {count}.", path);

    internal static UserError SameLocaleTwice(string locale, params string[] path) =>
        new(ErrorCodes.InvalidValue, $"The language \"{locale}\" is given twice.", path);

    internal static UserError NotAGtin(string gtin, params string[] path) =>
        new(ErrorCodes.InvalidValue, $"\"{gtin}\" is not 8, 12, 13 or 14 digits of which the last is the right check digit.", path);

    internal static UserError NegativeCost(Amount cost, params string[] path) => new(ErrorCodes.InvalidValue, $"A cost is 0 or more, not {cost}.", path);

    internal static UserError NoIncrement(params string[] path) =>
        new(ErrorCodes.InvalidValue, "The quantity increment must be more than 0.", path);

    internal static UserError NothingAtAll(params string[] path) =>
        new(ErrorCodes.InvalidValue, "The quantity must be more than 0.", path);

    internal static UserError NotAMultiple(Quantity quantity, Quantity increment, params string[] path) =>
        new(ErrorCodes.InvalidValue, $"{quantity} is not a multiple of the quantity increment, {increment}.", path);

    internal static UserError MinimumAboveMaximum(Quantity minimum, Quantity maximum, params string[] path) =>
        new(ErrorCodes.InvalidValue, $"The minimum, {minimum}, is more than the maximum, {maximum}.", path);

    internal static UserError SamePackageTwice(string code, params string[] path) =>
        new(ErrorCodes.InvalidValue, $"The package \"{code}\" is given twice.", path);

    internal static UserError ExclusiveToNobody(params string[] path) =>
        new(ErrorCodes.InvalidValue, "At least one company is to be named; null makes the product nobody's own.", path);

    internal static UserError NotOneCondition(params string[] path) =>
        new(ErrorCodes.InvalidValue, "Exactly one of category, attribute and sku is to be set.", path);

    internal static UserError NoSuchSku(string sku, params string[] path) =>
        new(ErrorCodes.NotFound, $"There is no product or variant with the SKU \"{sku}\".", path);

    internal static UserError ViewExists(string externalId, params string[] path) =>
        new(ErrorCodes.AlreadyExists, $"There is a catalog view \"{externalId}\" already.", path);
}
