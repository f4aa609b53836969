using Wholesale.Platform;

namespace Wholesale.Inventory;

/// <summary>The room's own codes and its messages.</summary>
public static class InventoryErrors
{
    /// <summary>More is to be taken away than is on hand.</summary>
    public const string InsufficientStock = "INSUFFICIENT_STOCK";

    /// <summary>More of a supply is reserved than would be left.</summary>
    public const string SupplyReserved = "SUPPLY_RESERVED";

    internal static string NotACountry(string country) => $"\"{country}\" is not a country code of ISO 3166-1 alpha-2, such as DE.";

    internal static UserError Needed(string what, string field) => new(ErrorCodes.InvalidValue, $"A new {what} needs its `{field}`.", [field]);

    internal static UserError DestinationTwice(string country, params string[] path) =>
        new(ErrorCodes.InvalidValue, $"The country \"{country}\" stands in an earlier item already.", path);

    internal static UserError NoSuchSku(string sku) => new(ErrorCodes.NotFound, $"There is no variant with the SKU \"{sku}\".", ["sku"]);

    internal static UserError NoSuchWarehouse(string warehouse) => new(ErrorCodes.NotFound, $"There is no warehouse \"{warehouse}\".", ["warehouse"]);

    internal static UserError NoSuchSupplier(string supplier) => new(ErrorCodes.NotFound, $"There is no supplier \"{supplier}\".", ["supplier"]);

    internal static UserError NoSuchSupply(string externalId) =>
        new(ErrorCodes.NotFound, $"There is no incoming supply \"{externalId}\".", ["externalId"]);

    internal static UserError Duplicate(string sku, string warehouse) =>
        new(ErrorCodes.DuplicateRow, $"\"{sku}\" at the warehouse \"{warehouse}\" stands in an earlier row of this call already.", ["sku"]);

    internal static UserError NotOneOfAddAndRemove() => new(ErrorCodes.InvalidValue, "Exactly one of `add` and `remove` is to be given, more than 0.");

    internal static UserError TooMuch(Quantity onHand) =>
        new(ErrorCodes.InvalidValue, $"{onHand} are on hand: with these it would be more than {new Quantity(Quantity.Maximum)}.", ["add"]);

    internal static UserError Insufficient(Quantity removed, Quantity onHand) =>
        new(InsufficientStock, $"{removed} cannot be removed: {onHand} are on hand.", ["remove"]);

    internal static UserError BelowReserved(Quantity quantity, Quantity reserved) =>
        new(SupplyReserved, $"{reserved} of the supply are reserved by orders: it cannot be {quantity}.", ["quantity"]);

    internal static UserError OtherVariant(Quantity reserved) =>
        new(SupplyReserved, $"{reserved} of the supply are reserved by orders: it cannot become one of another variant.", ["sku"]);

    internal static UserError MoreThanExpected(Quantity quantity, Quantity expected) =>
        new(ErrorCodes.InvalidValue, $"{quantity} cannot be received: {expected} are expected. Write the supply's `quantity` first.", ["quantity"]);

    internal static UserError LeadTimeOutOfRange(int days) =>
        new(ErrorCodes.InvalidValue, $"A lead time is from 0 to {StockPolicy.MaximumLeadTimeDays} days, not {days}.", ["leadTimeDays"]);

    internal static UserError LimitWithoutAlways() =>
        new(ErrorCodes.InvalidValue, "A limit belongs to the policy ALWAYS alone.", ["backorderLimit"]);
}
