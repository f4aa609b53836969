using Wholesale.Budgets;
using Wholesale.GraphQL.Execution;
using Wholesale.Inventory;
using Wholesale.Platform;
using Wholesale.Platform.Events;

namespace Wholesale.Orders;

/// <summary>The room's own codes and its messages.</summary>
public static class OrderErrors
{
    /// <summary>There is nothing in the cart.</summary>
    public const string EmptyCart = "EMPTY_CART";

    /// <summary>Nothing says where the goods go.</summary>
    public const string ShipToAddressMissing = "SHIP_TO_ADDRESS_MISSING";

    /// <summary>Nothing says where the invoice goes.</summary>
    public const string BillToAddressMissing = "BILL_TO_ADDRESS_MISSING";

    /// <summary>The cart does not say how it is to be paid, or in a way that the company cannot.</summary>
    public const string PaymentMethodMissing = "PAYMENT_METHOD_MISSING";

    /// <summary>What is bought on account needs a payment term.</summary>
    public const string PaymentTermMissing = "PAYMENT_TERM_MISSING";

    /// <summary>The order would come to more than was expected.</summary>
    public const string PriceIncreased = "PRICE_INCREASED";

    /// <summary>The order would come to less than was expected.</summary>
    public const string PriceDecreased = "PRICE_DECREASED";

    /// <summary>The order is in a status in which this is not done.</summary>
    public const string InvalidOrderStatus = "INVALID_ORDER_STATUS";

    /// <summary>More is to be sent or cancelled than is still open, or not accepted than has arrived.</summary>
    public const string QuantityNotOpen = "QUANTITY_NOT_OPEN";

    /// <summary>The order was taken elsewhere: what becomes of it is told by imports.</summary>
    public const string OrderIsImported = "ORDER_IS_IMPORTED";

    internal static UserError IsImported(string number) => new(OrderIsImported, $"The order {number} was taken elsewhere: what becomes of it is told by imports.");

    internal static UserError NumberTaken(string number) => new(ErrorCodes.AlreadyExists, $"The number \"{number}\" is that of an order of this shop.", ["number"]);

    internal static UserError NumberOfSeries(string number, OrderNumberSeries series) =>
        new(ErrorCodes.AlreadyExists, $"The number \"{number}\" is one that the series \"{series.ExternalId}\" is still to give.", ["number"]);

    internal static UserError Stays(string field) => new(ErrorCodes.InvalidValue, "Which company bought, when and in which currency never changes.", [field]);

    internal static UserError ShipmentOfOther(string externalId, params string[] path) => new(ErrorCodes.AlreadyExists, $"There is a shipment \"{externalId}\" of another order.", path);

    internal static UserError NotNow(Order order, string what) =>
        new(InvalidOrderStatus, $"The order {order.Number} is {EnumNames<OrderStatus>.Of(order.Status)}: it cannot be {what}.");

    internal static UserError NoSuchShipment(string externalId) => new(ErrorCodes.NotFound, $"There is no shipment \"{externalId}\".", ["externalId"]);

    internal static UserError NotOneKey(string one, string other, params string[] path) => new(ErrorCodes.InvalidValue, $"Exactly one of `{one}` and `{other}` is to be given.", path.Length == 0 ? null : path);

    internal static UserError LineTwice(string sku, params string[] path) => new(ErrorCodes.DuplicateRow, $"The line of \"{sku}\" stands in an earlier item of this call already.", path);

    internal static UserError NotOrdered(string sku, params string[] path) => new(ErrorCodes.NotFound, $"The order has no line of \"{sku}\".", path);

    internal static UserError NotOpen(string sku, Quantity wanted, Quantity open, params string[] path) =>
        new(QuantityNotOpen, $"Of \"{sku}\" {open} is open, not {wanted}.", path);

    internal static UserError NotInShipment(string sku, Quantity rejected, Quantity sent, params string[] path) =>
        new(QuantityNotOpen, sent == default ? $"There is nothing of \"{sku}\" in the shipment." : $"Of \"{sku}\" {sent} is in the shipment, not {rejected}.", path);

    internal static UserError NothingOpen(params string[] path) => new(QuantityNotOpen, "Nothing of it is open.", path.Length == 0 ? null : path);

    internal static UserError NotThere(string sku, StockShortage shortage, string[]? path) => new(
        InventoryErrors.InsufficientStock, $"Of \"{sku}\" {shortage.Promised} of {shortage.Wanted} lies there for this order: receive or count it first.", path);

    internal static UserError OtherShipment(string externalId) =>
        new(ErrorCodes.AlreadyExists, $"There is another shipment \"{externalId}\": of other goods, or of another fulfillment.", ["externalId"]);

    internal static UserError TooManyShipments() => new(ErrorCodes.TooManyRows, $"An order has at most {Shipment.MaximumOfOrder} shipments.");

    internal static UserError NotThen(string message, string field) => new(ErrorCodes.InvalidValue, message, [field]);

    internal static UserError NoSupplier() => new(ErrorCodes.InvalidValue, "The seller ships this itself: no supplier has a number for it.", ["supplierOrderNumber"]);

    internal static UserError NothingInIt() => new(EmptyCart, "There is nothing in the cart.", ["lines"]);

    internal static UserError NoShipTo() => new(ShipToAddressMissing, "Nothing says where the goods go: choose an address, or make one the default.", ["shipToAddress"]);

    internal static UserError NoBillTo() => new(BillToAddressMissing, "Nothing says where the invoice goes: choose an address, or make one the default.", ["billToAddress"]);

    internal static UserError NoPaymentMethod() => new(PaymentMethodMissing, "The cart does not say how it is to be paid, or in a way that the company cannot.", ["paymentMethod"]);

    internal static UserError NoPaymentTerm() => new(PaymentTermMissing, "What is bought on account needs a payment term.", ["paymentTerm"]);

    internal static UserError DayIsOver(DateOnly day) =>
        new(ErrorCodes.InvalidValue, $"The goods are wanted for {day:yyyy-MM-dd}, which is over.", ["requestedDeliveryDate"]);

    internal static UserError Dearer(Money total, Amount expected) =>
        new(PriceIncreased, $"The order would come to {total}, more than the {total with { TenThousandths = expected.TenThousandths }} that were expected. Nothing was ordered.", ["expectedTotal"]);

    internal static UserError Cheaper(Money total, Amount expected) =>
        new(PriceDecreased, $"The order would come to {total}, less than the {total with { TenThousandths = expected.TenThousandths }} that were expected. Nothing was ordered.", ["expectedTotal"]);

    internal static UserError TooLittleStock(string sku, StockShortage shortage, string[] path) => new(
        InventoryErrors.InsufficientStock, $"Of \"{sku}\" {shortage.Promised} can be had of the {shortage.Wanted} that are wanted.", path);

    internal static UserError OverBudget(BudgetRefusal refusal, Money needed) => new(
        BudgetErrors.BudgetExceeded, $"{needed} is needed and {refusal.Available} is left of the budget \"{refusal.Budget.Name}\".", ["total"]);

    internal static UserError TooMuch(params string[] path) => new(Pricing.PricingErrors.AmountOverflow, "It comes to more than an amount can be: 14 digits before the point.", path);

    internal static UserError Overflow(string message) => new(Pricing.PricingErrors.AmountOverflow, message, ["total"]);

    internal static UserError NoSuchMarket(string externalId) => new(ErrorCodes.NotFound, $"There is no market \"{externalId}\".", ["market"]);

    internal static UserError MarketHasSeries() => new(ErrorCodes.AlreadyExists, "Another series numbers these orders already.", ["market"]);

    internal static UserError MarketStays() => new(ErrorCodes.InvalidValue, "Whose orders a series numbers never changes.", ["market"]);

    internal static UserError PrefixUsed(string prefix) =>
        new(ErrorCodes.AlreadyExists, $"There are orders whose numbers begin as those of \"{prefix}\" would.", ["prefix"]);

    internal static UserError PrefixTaken(string prefix) => new(ErrorCodes.AlreadyExists, $"Another series begins its numbers with \"{prefix}\".", ["prefix"]);

    internal static GraphQLException NoSuchOrder() => new("There is no order with this id.", ErrorCodes.NotFound);

    internal static GraphQLException NobodysOrders() => new("Subscription.orderUpdated needs a credential.", "UNAUTHENTICATED");

    internal static GraphQLException SnapshotRequired() => new(
        "What has happened since this cursor cannot be told any more: subscribe without `after`, and read the orders anew.", EventErrors.SnapshotRequired);

    internal static GraphQLException OrdersTookTooLong(TimeSpan limit) => new(
        $"The orders of a page took longer than {limit.TotalSeconds:0.###} seconds: go on behind the last `cursor`.", GraphQL.ErrorCodes.Timeout);
}
