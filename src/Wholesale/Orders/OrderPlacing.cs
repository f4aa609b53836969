using Microsoft.EntityFrameworkCore;
using Wholesale.Carts;
using Wholesale.Companies;
using Wholesale.GraphQL.Execution;
using Wholesale.Inventory;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;

namespace Wholesale.Orders;

/// <summary>
/// Makes orders of carts. What stands against one is found before anything is taken; credit, budgets, stock, the order, its number and the cart's end are one transaction, so that each is there or none
/// is, whenever the process ends.
/// </summary>
public sealed class OrderPlacing(
    WholesaleDb db, Writes writes, OpenCarts carts, Checkouts checkouts, OrderChecks checks, OrderPayments payments, Ids ids)
{
    /// <summary>What would become of a cart, without changing anything.</summary>
    public async ValueTask<CartValidation?> Validate(NodeId cartId, Caller caller, RequestContext request)
    {
        var key = cartId.KeyOf(nameof(Cart));
        var cart = caller.User is null ? null : await OpenCarts.SeenBy(db, caller).SingleOrDefaultAsync(c => c.Id == key, request.Cancellation);
        if (cart is null)
        {
            return null;
        }

        if (cart.Status != CartStatus.Open)
        {
            return new(cart, null, [CartErrors.NotOpen(cart.Name)], []);
        }

        var checkout = await checkouts.Read(cart, caller.User!, request);
        var issues = OrderChecks.Look(checkout, new(null, true));
        if (checkout.Total is null || checkout.Content.Lines.Count == 0 || checkout.Content.Issues.Count > 0)
        {
            return new(cart, checkout.Total, issues, []);
        }

        var (further, warnings) = await checks.Ask(checkout, request.Cancellation);
        return new(cart, checkout.Total, [.. issues, .. further], warnings);
    }

    /// <summary>Places an order. Inside the caller's unit of work, in a lane of its own.</summary>
    public async ValueTask<PlaceOrderPayload> Place(PlaceOrderInput input, Caller caller, RequestContext request)
    {
        var (cart, error) = await carts.Take(input.CartId, input.ExpectedVersion, caller, request.Cancellation);
        if (cart is null || error is not null)
        {
            var before = cart?.Status == CartStatus.Ordered
                ? await OrdersSeen.By(db, caller).SingleOrDefaultAsync(o => o.CartId == cart.Id, request.Cancellation)
                : null;
            return new(before, cart, [], [error!]);
        }

        var checkout = await checkouts.Read(cart, caller.User!, request);
        var errors = OrderChecks.Look(checkout, new(input.ExpectedTotal, input.AcceptDecreases));
        return errors.Count > 0 ? Refused(checkout, errors) : await Place(checkout, request);
    }

    private async ValueTask<PlaceOrderPayload> Place(Checkout checkout, RequestContext request)
    {
        var orderId = ids.Next();
        var lineIds = checkout.Content.Lines.ToDictionary(line => line.Id, _ => ids.Next());
        var (errors, promises) = await checks.Take(checkout, orderId, line => lineIds[line.Id], request.Cancellation);
        if (errors.Count > 0)
        {
            writes.Undo();
            return Refused(checkout, errors);
        }

        checkout.Cart.Status = CartStatus.Ordered;
        await carts.Save(checkout.Cart, request.Cancellation);

        // Nothing can be refused any more: from now on nobody else gets a number until this order is there.
        var number = await OrderNumbers.Next(db, checkout.Buyer.MarketId, checkout.At.Year, request.Cancellation);
        var order = OrderOf(checkout, orderId, number);
        order.SettlePayment();
        await BulkRows.Insert(db, [order], request.Cancellation);
        var lines = checkout.Content.Lines.Select((line, i) => LineOf(order, lineIds[line.Id], line, RateOf(checkout, i), checkout.Names, promises)).ToList();
        await BulkRows.Insert(db, lines, request.Cancellation);
        await OrderedProduct.Note(db, lines, request.Cancellation);
        writes.Record(
            OrderEvents.OrderPlaced,
            order.Id,
            order.Version,
            new OrderPlacedData(order.Number, new(nameof(Company), order.CompanyId), new(nameof(Cart), checkout.Cart.Id), order.Currency, order.Total.Amount));
        await payments.Placed(order, request.Cancellation);
        return new(order, checkout.Cart, [], []);
    }

    private static PlaceOrderPayload Refused(Checkout checkout, IReadOnlyList<UserError> errors) => new(null, checkout.Cart, checkout.Content.PriceChanges, errors);

    internal static Amount RateOf(Checkout checkout, int line) => checkout.Tax!.Lines[checkout.Tax.LineOfItem[line]].RatePercent;

    internal static Order OrderOf(Checkout checkout, long id, string number)
    {
        var cart = checkout.Cart;
        return new()
        {
            Id = id,
            Number = number,
            CompanyId = cart.CompanyId,
            UserId = checkout.User.Id,
            UnitId = cart.UnitId,
            CartId = cart.Id,
            Source = checkout.Source,
            PlacedAt = checkout.At,
            Currency = cart.Currency,
            PurchaseOrderNumber = cart.PurchaseOrderNumber,
            CostCenter = cart.CostCenter,
            JobCode = cart.JobCode,
            References = cart.References,
            RequestedDeliveryDate = cart.RequestedDeliveryDate,
            Note = cart.Note,
            ShipTo = PostalAddress.Of(checkout.ShipTo!),
            BillTo = PostalAddress.Of(checkout.BillTo!),
            PaymentMethod = checkout.PaymentMethod!.Value,
            PaymentTerm = checkout.PaymentTerm is { } term ? AgreedPaymentTerm.Of(term) : null,
            LineCount = checkout.Content.Lines.Count,
            NetAmount = checkout.Content.Subtotal!.Value.Amount,
            Taxes = [.. checkout.Tax!.Lines.Select(OrderTax.Of)],
            ShippingAmount = checkout.Shipping.Charged!.Value.Amount,
            Freight = OrderFreight.Of(checkout),
            DeliveryTerms = checkout.Shipping.DeliveryTerms,
            TotalAmount = checkout.Total!.Value.Amount,
            Version = 1,
        };
    }

    internal static OrderLine LineOf(
        Order order, long id, PricedCartLine line, Amount taxRatePercent, IReadOnlyDictionary<long, string> names, IReadOnlyDictionary<long, IReadOnlyList<StockPromise>> promises) => new()
        {
            Id = id,
            OrderId = order.Id,
            CompanyId = order.CompanyId,
            VariantId = line.Variant!.Id,
            Sku = line.Sku,
            Name = names[line.Variant.ProductId],
            Quantity = line.Quantity,
            UnitOfMeasure = line.Variant.UnitOfMeasure,
            UnitPrice = line.Price!.UnitPrice.Amount,
            Total = line.Price.Total.Amount,
            TaxRatePercent = taxRatePercent,
            Note = line.Note,
            Promises = [.. promises[id].Select(promise => new PromisedQuantity(promise.Date, promise.Quantity, promise.WarehouseId))],
        };
}
