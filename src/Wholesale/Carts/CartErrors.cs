using Wholesale.Platform;

namespace Wholesale.Carts;

/// <summary>The room's own codes and its messages.</summary>
public static class CartErrors
{
    /// <summary>The cart was ordered.</summary>
    public const string CartNotOpen = "CART_NOT_OPEN";

    /// <summary>The user has as many open carts as one may have.</summary>
    public const string TooManyCarts = "TOO_MANY_CARTS";

    /// <summary>The cart would have more lines than a cart may have.</summary>
    public const string CartFull = "CART_FULL";

    /// <summary>The company was not verified yet.</summary>
    public const string CompanyNotVerified = "COMPANY_NOT_VERIFIED";

    /// <summary>The cart, or its goods of a category, come to less than an order must.</summary>
    public const string BelowOrderMinimum = "BELOW_ORDER_MINIMUM";

    /// <summary>A reference field is missing, or has not the form that it must have.</summary>
    public const string InvalidReference = "INVALID_REFERENCE";

    internal static UserError NoSuchId(string what, params string[] path) => new(ErrorCodes.NotFound, $"There is no {what} with this id.", path);

    internal static UserError NotOpen(string name) => new(CartNotOpen, $"The cart \"{name}\" was ordered: open another one.", ["cartId"]);

    internal static UserError Changed(long version) =>
        new(ErrorCodes.Conflict, $"It was changed meanwhile: the current version is {version}.", ["expectedVersion"]);

    internal static UserError NameExists(string name) => new(ErrorCodes.AlreadyExists, $"There is an open cart \"{name}\" already.", ["name"]);

    internal static UserError TooMany() => new(TooManyCarts, $"A user has at most {Cart.MaximumOpen} open carts: delete some.");

    internal static UserError NotACurrency(Currency currency) => new(ErrorCodes.InvalidValue, $"There are no prices in {currency}: `me {{ currencies }}` tells which there are.", ["currency"]);

    internal static UserError NoSuchReference(string code, params string[] path) =>
        new(ErrorCodes.NotFound, $"The company asks for no \"{code}\" with its orders.", path);

    internal static UserError NoSuchShippingMethod(string method, params string[] path) =>
        new(ErrorCodes.NotFound, $"There is no shipping method \"{method}\": `shippingOptions` tells which there are.", path);

    internal static UserError NoSuchCompany(string? externalId) => externalId is null
        ? new(ErrorCodes.InvalidValue, "Staff must say which company is meant.", ["company"])
        : new(ErrorCodes.NotFound, $"There is no company \"{externalId}\".", ["company"]);

    internal static UserError BelowAmount(string minimum, Money least) =>
        new(BelowOrderMinimum, $"An order must come to at least {least} by the order minimum \"{minimum}\".", ["subtotal"]);

    internal static UserError BelowQuantity(string minimum, Quantity least) =>
        new(BelowOrderMinimum, $"An order must come to a quantity of at least {least} by the order minimum \"{minimum}\".", ["lines"]);

    internal static UserError NoPrices() => new(ErrorCodes.InvalidValue, "The company has no price list: there is nothing that it could buy.", ["currency"]);

    internal static UserError NeedsCompany() => new(ErrorCodes.InvalidValue, "Carts belong to users of companies: staff acts as one by an access token.");

    internal static UserError NotVerified(string company) => new(CompanyNotVerified, $"The company \"{company}\" was not verified yet.");

    internal static UserError NotOneKey(string one, string other) => new(ErrorCodes.InvalidValue, $"Exactly one of {one} and {other} is to be given.");

    internal static UserError NoSuchSku(string sku, string field = "sku") => new(ErrorCodes.NotFound, $"There is no variant with the SKU \"{sku}\".", [field]);

    internal static UserError NoSuchLine(params string[] path) => new(ErrorCodes.NotFound, "The cart has no such line.", path);

    internal static UserError TwiceInCall(string sku) => new(ErrorCodes.DuplicateRow, $"The line of \"{sku}\" stands in an earlier row of this call already.");

    internal static UserError TooMuch(string sku) => new(ErrorCodes.InvalidValue, $"With what is there already, \"{sku}\" would be more than a quantity can be.", ["quantity"]);

    internal static UserError Full() => new(CartFull, $"A cart has at most {Cart.MaximumLines} lines.");

    internal static UserError NothingToChange() => new(ErrorCodes.InvalidValue, "A quantity, a note or both are to be given.");

    internal static UserError NotOneOfLines() => new(ErrorCodes.InvalidValue, "Exactly one of lineIds and all (true) is to be given.");
}
