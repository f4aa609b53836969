using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using Wholesale.Platform.Events;

namespace Wholesale.Pricing;

/// <summary>The room's own codes and its messages.</summary>
public static class PricingErrors
{
    /// <summary>The price is in another currency than its list.</summary>
    public const string CurrencyMismatch = "CURRENCY_MISMATCH";

    /// <summary>Two rows of one variant and minimum quantity would hold at the same time; the room Tax says it of its rates, too.</summary>
    public const string OverlappingValidity = "OVERLAPPING_VALIDITY";

    /// <summary>An import is writing the list.</summary>
    public const string PriceListBusy = "PRICE_LIST_BUSY";

    /// <summary>A list would be made of itself.</summary>
    public const string PriceListCircle = "PRICE_LIST_CIRCLE";

    /// <summary>More lists would be made of one another than <see cref="PriceAdjustment.MaximumLevels"/>.</summary>
    public const string TooManyLevels = "TOO_MANY_LEVELS";

    /// <summary>In a query: the quantity asked is 0 or no multiple of the variant's increment.</summary>
    public const string InvalidQuantity = "INVALID_QUANTITY";

    /// <summary>In a query: the total has more digits than an amount.</summary>
    public const string AmountOverflow = "AMOUNT_OVERFLOW";

    /// <summary>Less is asked for than can be bought.</summary>
    public const string BelowMinimumQuantity = "BELOW_MINIMUM_QUANTITY";

    /// <summary>More is asked for than one line can hold.</summary>
    public const string AboveMaximumQuantity = "ABOVE_MAXIMUM_QUANTITY";

    /// <summary>None of the caller's lists has a price.</summary>
    public const string NoPrice = "NO_PRICE";

    internal static UserError BelowMinimum(Quantity quantity, Quantity minimum) =>
        new(BelowMinimumQuantity, $"At least {minimum} must be bought, not {quantity}.", ["quantity"]);

    internal static UserError AboveMaximum(Quantity quantity, Quantity maximum) =>
        new(AboveMaximumQuantity, $"At most {maximum} can be bought on one line, not {quantity}.", ["quantity"]);

    internal static UserError HasNoPrice(string sku, Quantity quantity) =>
        new(NoPrice, $"There is no price for {quantity} of \"{sku}\".", ["sku"]);

    internal static string QuantityIsZero() => "The quantity must be more than 0.";

    internal static string NotAMultiple(Quantity quantity, string sku, Quantity increment) =>
        $"The quantity {quantity} is not a multiple of {increment}, in which \"{sku}\" is sold.";

    internal static UserError ParentsCurrency(Currency parents, Currency lists) =>
        new(CurrencyMismatch, $"The prices to be taken over are in {parents}, the list's in {lists}.", ["parentId"]);

    internal static UserError Circle(string list, string parent) =>
        new(PriceListCircle, $"The price list \"{parent}\" is itself made of \"{list}\", directly or by others.", ["parentId"]);

    internal static UserError TooManyLevelsAbove(string parent) =>
        new(TooManyLevels, $"With \"{parent}\" more than {PriceAdjustment.MaximumLevels} lists would be made of one another.", ["parentId"]);

    internal static UserError ListExists(string externalId) =>
        new(ErrorCodes.AlreadyExists, $"There is a price list \"{externalId}\" already.", ["externalId"]);

    internal static UserError NewListNeeds(string field) =>
        new(ErrorCodes.InvalidValue, $"A new price list needs a {field}.", [field]);

    internal static UserError CurrencyStays(Currency currency) =>
        new(CurrencyMismatch, $"The list's currency is {currency} and never changes.", ["currency"]);

    internal static UserError NoSuchId(string what, string field) =>
        new(ErrorCodes.NotFound, $"There is no {what} with this id.", [field]);

    internal static UserError NoSuchSku(string sku) =>
        new(ErrorCodes.NotFound, $"There is no variant with the SKU \"{sku}\".", ["sku"]);

    internal static UserError NotTheLists(Currency currency, Currency listCurrency) =>
        new(CurrencyMismatch, $"The list's prices are in {listCurrency}, not in {currency}.", ["currency"]);

    internal static UserError MinimumIsZero() =>
        new(ErrorCodes.InvalidValue, "The minimum quantity must be more than 0.", ["minimumQuantity"]);

    internal static UserError Negative(Amount unitPrice) =>
        new(ErrorCodes.InvalidValue, $"A price is 0 or more, not {unitPrice}.", ["unitPrice"]);

    internal static UserError Duplicate(string sku) =>
        new(ErrorCodes.DuplicateRow, $"An earlier row of this call has the same SKU \"{sku}\", minimum quantity and validFrom.", ["sku"]);

    internal static UserError Overlaps(Quantity minimumQuantity) =>
        new(OverlappingValidity, $"Another price from {minimumQuantity} on would hold at the same time: end it before this one begins.", ["validFrom"]);

    internal static UserError Changed(long version) =>
        new(ErrorCodes.Conflict, $"It was changed meanwhile: the current version is {version}.", ["expectedVersion"]);

    internal static GraphQLException SnapshotRequired() => new(
        "What has happened since this cursor cannot be told any more: ask `priceChanges` without `after`, read all `effectivePrices` anew, and go on from that `endCursor`.",
        EventErrors.SnapshotRequired);

    internal static GraphQLException NoSkus() => new("`skus` is empty: leave it out to watch all variants.", ErrorCodes.InvalidValue);

    internal static GraphQLException TooManySkus(int count) =>
        new($"At most {PriceChangeStreams.MaximumSkus} SKUs can be watched by one stream, not {count}.", ErrorCodes.TooManyRows);

    internal static GraphQLException PageTookTooLong(TimeSpan limit) => new(
        $"A page of price changes took longer than {limit.TotalSeconds:0.###} seconds: go on behind the last `endCursor`.", GraphQL.ErrorCodes.Timeout);

    internal static UserError Busy(string externalId, string field) =>
        new(PriceListBusy, $"An import is writing the price list \"{externalId}\": try again when it is done.", [field]);
}
