using Wholesale.Budgets;
using Wholesale.Carts;
using Wholesale.Credit;
using Wholesale.Inventory;
using Wholesale.Platform;

namespace Wholesale.Orders;

/// <summary>What an order asks for before it is placed.</summary>
/// <param name="Expected">What the buyer agreed to pay; null: it is only asked what would become of it.</param>
/// <param name="AcceptDecreases">Whether less is accepted, too.</param>
public sealed record PriceConsent(Amount? Expected, bool AcceptDecreases);

/// <summary>
/// The ordered list of what can stand against an order. The first part looks at the checkout and nothing else, and reports all that it finds; the second takes credit, budgets and stock, one after the
/// other, and ends with the first refusal. A further room adds an entry.
/// </summary>
public sealed class OrderChecks(CreditReservations credit, BudgetReservations budgets, StockReservations stock)
{
    private static readonly IReadOnlyDictionary<long, IReadOnlyList<StockPromise>> NoPromises = new Dictionary<long, IReadOnlyList<StockPromise>>();

    /// <summary>What a checkout shows by itself, in this order.</summary>
    private static readonly IReadOnlyList<Func<Checkout, IEnumerable<UserError>>> Looks =
    [
        Lines,
        checkout => checkout.BelowMinimums,
        Details,
        Addresses,
        checkout => checkout.Shipping.WhyNot is { } refusal ? [refusal] : [],
        Payment,
    ];

    /// <summary>All that the checkout shows; empty: nothing stands against it so far.</summary>
    public static IReadOnlyList<UserError> Look(Checkout checkout, PriceConsent consent)
    {
        List<UserError> errors = [.. Looks.SelectMany(look => look(checkout))];
        return errors.Count > 0 ? errors : [.. Consent(checkout, consent)];
    }

    /// <summary>What credit, budgets and stock would say, without taking anything; and what only warns.</summary>
    public async ValueTask<(IReadOnlyList<UserError> Issues, IReadOnlyList<UserError> Warnings)> Ask(Checkout checkout, CancellationToken cancellation)
    {
        var total = checkout.Total!.Value;
        var issues = new List<UserError>();
        if (checkout.PaymentMethod == PaymentMethod.OnAccount && await credit.Check(checkout.Cart.CompanyId, total, cancellation) is { } refusal)
        {
            issues.Add(refusal);
        }

        var refusals = await budgets.Check(Question(checkout, total), cancellation);
        issues.AddRange(refusals.Where(budget => budget.IsBlocking).Select(budget => OrderErrors.OverBudget(budget, total)));
        var wishes = checkout.Content.Lines.Select(line => new StockWish(line.Id, line.Variant!.Id, line.Quantity)).ToList();
        issues.AddRange(Shortages(checkout, await stock.Check(wishes, checkout.ShipTo?.Country, cancellation), line => line.Id));
        return (issues, [.. refusals.Where(budget => !budget.IsBlocking).Select(budget => OrderErrors.OverBudget(budget, total))]);
    }

    /// <summary>Takes what the order needs, inside its transaction.</summary>
    /// <param name="checkout">Against which nothing stands so far.</param>
    /// <param name="orderId">The order that it is taken for.</param>
    /// <param name="lineIdOf">The order's line for one of the cart's.</param>
    /// <param name="cancellation">Stops between statements.</param>
    /// <returns>Why it could not be taken: then whatever was taken before is to be undone. Else, by the order's lines, what stock promises.</returns>
    public async ValueTask<(IReadOnlyList<UserError> Errors, IReadOnlyDictionary<long, IReadOnlyList<StockPromise>> Promises)> Take(Checkout checkout, long orderId, Func<PricedCartLine, long> lineIdOf, CancellationToken cancellation)
    {
        var total = checkout.Total!.Value;
        if (checkout.PaymentMethod == PaymentMethod.OnAccount && await credit.Reserve(orderId, checkout.Cart.CompanyId, total, cancellation) is { } refusal)
        {
            return ([refusal], NoPromises);
        }

        var refusals = await budgets.Reserve(orderId, Question(checkout, total), cancellation);
        if (refusals.Any(budget => budget.IsBlocking))
        {
            return ([.. refusals.Where(budget => budget.IsBlocking).Select(budget => OrderErrors.OverBudget(budget, total))], NoPromises);
        }

        var wishes = checkout.Content.Lines.Select(line => new StockWish(lineIdOf(line), line.Variant!.Id, line.Quantity)).ToList();
        var outcome = await stock.Reserve(wishes, checkout.ShipTo?.Country, cancellation);
        return (Shortages(checkout, outcome, lineIdOf), outcome.Promises);
    }

    private static IEnumerable<UserError> Lines(Checkout checkout) =>
        checkout.Content.Lines.Count == 0 ? [OrderErrors.NothingInIt()]
        : checkout.Content.Issues.Count > 0 ? checkout.Content.Issues
        : checkout.Total is null ? [OrderErrors.Overflow("What the cart comes to has more than 14 digits before the point.")]
        : [];

    private static IEnumerable<UserError> Details(Checkout checkout)
    {
        if (checkout.Cart.RequestedDeliveryDate is { } day && day < checkout.Today)
        {
            yield return OrderErrors.DayIsOver(day);
        }

        var given = checkout.Cart.References.ToDictionary(reference => reference.Code, reference => reference.Value, StringComparer.Ordinal);
        foreach (var field in checkout.ReferenceFields)
        {
            if (field.WhyNot(given.GetValueOrDefault(field.Code)) is { } refusal)
            {
                yield return new(CartErrors.InvalidReference, refusal, ["references", field.Code]);
            }
        }
    }

    private static IEnumerable<UserError> Addresses(Checkout checkout)
    {
        if (checkout.ShipTo is null)
        {
            yield return OrderErrors.NoShipTo();
        }

        if (checkout.BillTo is null)
        {
            yield return OrderErrors.NoBillTo();
        }
    }

    private static IEnumerable<UserError> Payment(Checkout checkout)
    {
        if (checkout.PaymentMethod is null)
        {
            yield return OrderErrors.NoPaymentMethod();
        }
        else if (checkout.PaymentMethod == PaymentMethod.OnAccount && checkout.PaymentTerm is null)
        {
            yield return OrderErrors.NoPaymentTerm();
        }
    }

    /// <summary>Nobody is charged more than was agreed to, nor less where that is not accepted.</summary>
    private static IEnumerable<UserError> Consent(Checkout checkout, PriceConsent consent) =>
        consent.Expected is not { } expected || checkout.Total is not { } total ? []
        : total.Amount > expected ? [OrderErrors.Dearer(total, expected)]
        : total.Amount < expected && !consent.AcceptDecreases ? [OrderErrors.Cheaper(total, expected)]
        : [];

    private static BudgetQuestion Question(Checkout checkout, Money total) => new(
        checkout.Cart.CompanyId, [.. checkout.Buyer.UnitChain.Select(unit => unit.Id)], checkout.User.Id, checkout.Cart.CostCenter, total, checkout.Today);

    private static List<UserError> Shortages(Checkout checkout, StockOutcome outcome, Func<PricedCartLine, long> ownerOf)
    {
        var lines = checkout.Content.Lines.Index().ToDictionary(line => ownerOf(line.Item));
        return [.. outcome.Shortages.Select(shortage => OrderErrors.TooLittleStock(
            lines[shortage.OwnerId].Item.Sku, shortage, ["lines", RowErrors.Position(lines[shortage.OwnerId].Index), "quantity"]))];
    }
}
