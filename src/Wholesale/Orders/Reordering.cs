using Microsoft.EntityFrameworkCore;
using Wholesale.Carts;
using Wholesale.Companies;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using Wholesale.Platform.Events;
using Wholesale.Pricing;

namespace Wholesale.Orders;

/// <summary>
/// Fills carts with what orders had: one statement for the order, one for its lines, and those of adding rows to a cart, by which they are priced and judged. Runs inside the caller's unit of work, in
/// a lane of its own.
/// </summary>
public sealed class Reordering(WholesaleDb db, Writes writes, OpenOrders orders, OpenCarts openCarts, CartWrites carts, CartLineWrites cartLines)
{
    /// <summary>The most changes of one call: a line may be both, another quantity and another price.</summary>
    public const int MaximumChanges = 2 * LineParts.Maximum;

    /// <summary>Names the resolvers.</summary>
    internal static void Map(ResolverMap map)
    {
        map.MutationInOwnLane("reorder", (ReorderInput input, Reordering orders, Caller caller, RequestContext request) => orders.Reorder(input, caller, request));
        map.Field("ReorderPayload.lines", (Batch<ReorderPayload> payloads, int first, CartContents contents, RequestContext request) =>
        {
            Page.CheckSize(first, LineParts.Maximum);
            return CartMutations.PayloadLines(payloads, payload => (payload.Cart, [.. payload.LineIds.Take(first)]), contents, request);
        });
        map.Field("ReorderPayload.changes", (Batch<ReorderPayload> payloads, int first) =>
        {
            Page.CheckSize(first, MaximumChanges);
            return payloads.Map<IReadOnlyList<ReorderChange>>(payload => [.. payload.Changes.Take(first)]);
        });
    }

    /// <summary>Fills a cart with an order's lines.</summary>
    public async ValueTask<ReorderPayload> Reorder(ReorderInput input, Caller caller, RequestContext request)
    {
        var cancellation = request.Cancellation;
        if ((CartMutations.WhyNotBuying(caller) ?? WhyNotRead(input)) is { } refusal)
        {
            return ReorderPayload.Refused(refusal);
        }

        var key = input.OrderId.KeyOf(nameof(Order));
        if (await OrdersSeen.By(db, caller).SingleOrDefaultAsync(o => o.Id == key, cancellation) is not { } order)
        {
            return ReorderPayload.Refused(CompanyErrors.NoSuchId("order", "orderId"));
        }

        var (parts, errors) = PartsOf(input.Lines, await orders.Lines(order, cancellation));
        if (errors.Count > 0)
        {
            return ReorderPayload.Refused([.. errors]);
        }

        var (cart, error) = input.CartId is { } id ? await openCarts.Take(id, input.ExpectedVersion, caller, cancellation) : await Open(order, caller, request);
        return cart is null || error is not null ? new(cart, [], [], [error!]) : await Fill(cart, order, parts, input, request);
    }

    private static UserError? WhyNotRead(ReorderInput input) => RowErrors.TooMany(input.Lines?.Count ?? 0, "lines", LineParts.Maximum)
        ?? (input.Lines is { Count: 0 } ? new(ErrorCodes.InvalidValue, "`lines` is empty: leave it out to order all of them again.", ["lines"])
        : input is { CartId: null, ExpectedVersion: not null } ? new(ErrorCodes.InvalidValue, "A new cart has no version yet: name the cart that is meant.", ["expectedVersion"])
        : null);

    /// <summary>What is wanted of which lines, in their order; or what is wrong.</summary>
    private static (IReadOnlyList<LinePart> Parts, IReadOnlyList<UserError> Errors) PartsOf(IReadOnlyList<OrderLineQuantityInput>? inputs, IReadOnlyList<OrderLine> lines)
    {
        if (inputs is null)
        {
            return (Together(lines.Select(line => new LinePart(line, line.Quantity))), []);
        }

        var finder = new LineFinder(lines);
        var (parts, errors) = (new List<LinePart>(), new List<UserError>());
        foreach (var (i, input) in inputs.Index())
        {
            string[] path = ["lines", RowErrors.Position(i)];
            var (line, error) = finder.Find(input.LineId, input.Sku, path);
            error ??= input.Quantity is { Thousandths: 0 } ? new(ErrorCodes.InvalidValue, "It must be more than 0.", [.. path, "quantity"]) : null;
            if (error is null)
            {
                parts.Add(new(line!, input.Quantity ?? line!.Quantity));
            }
            else
            {
                errors.Add(error);
            }
        }

        return (Together(parts.OrderBy(part => part.Line.Id)), errors);
    }

    /// <summary>An imported order may have several lines of a variant, a cart has one.</summary>
    private static List<LinePart> Together(IEnumerable<LinePart> parts) =>
        [.. parts.GroupBy(part => part.Line.VariantId).Select(of => of.First() with { Quantity = new(Math.Min(Quantity.Maximum, of.Sum(part => part.Quantity.Thousandths))) })];

    private async ValueTask<(Cart? Cart, UserError? Error)> Open(Order order, Caller caller, RequestContext request)
    {
        var opened = await carts.Create(new(Currency: order.Currency), caller, request);
        return (opened.Cart, opened.Cart is null ? opened.UserErrors[0] with { Path = null } : null);
    }

    private async ValueTask<ReorderPayload> Fill(Cart cart, Order order, IReadOnlyList<LinePart> parts, ReorderInput input, RequestContext request)
    {
        var rows = parts.Select(part => new CartRow(null, part.Line.VariantId, null, part.Quantity, default)).ToList();
        var filled = await cartLines.Fill(cart, rows, CartFilling.Fit, BulkMode.Partial, request);
        var ids = filled.Result.Things.Select(line => line.Id).ToList();
        if (input.CartId is null && ids.Count == 0)
        {
            writes.Undo(); // nobody asked for an empty cart
        }

        var left = input.CartId is null && ids.Count == 0 ? null : filled.Cart;
        var ofAll = filled.Result.Rows.SelectMany(row => row.Errors).Where(CartLineWrites.IsOfAll).DistinctBy(error => error.Message).Select(error => error with { Path = null }).ToList();
        return ofAll.Count > 0
            ? new(left, [], [], ofAll)
            : new(left, ids, [.. parts.Zip(filled.Result.Rows).SelectMany(of => ReorderChange.Of(new(order, of.First.Line), of.First.Quantity, of.Second, filled))], []);
    }
}

/// <summary>What is another in a cart than in the order that it was filled from.</summary>
/// <param name="Line">The order's line.</param>
/// <param name="Kind">What happened to it.</param>
/// <param name="Quantity">How much of it was put into the cart; null: nothing.</param>
/// <param name="UnitPriceBefore">What a unit cost in the order; null: this is not about it.</param>
/// <param name="UnitPriceNow">What a unit costs in the cart; null: this is not about it.</param>
public sealed record ReorderChange(PlacedLine Line, ReorderChangeKind Kind, Quantity? Quantity = null, Money? UnitPriceBefore = null, Money? UnitPriceNow = null)
{
    /// <summary>What became another of a line.</summary>
    /// <param name="line">The order's line.</param>
    /// <param name="wanted">How much of it is ordered again.</param>
    /// <param name="row">What became of it.</param>
    /// <param name="filled">The cart.</param>
    internal static IEnumerable<ReorderChange> Of(PlacedLine line, Quantity wanted, RowResult<CartLine> row, FilledCart filled)
    {
        if (row.Thing is not { } inCart)
        {
            yield return new(line, KindOf(row.Errors));
            yield break;
        }

        var added = new Quantity(inCart.Quantity.Thousandths - filled.Before.GetValueOrDefault(inCart.Id).Thousandths);
        if (added != wanted)
        {
            yield return new(line, ReorderChangeKind.QuantityChanged, added);
        }

        if (filled.Cart.Currency == line.Order.Currency && inCart.AddedUnitPrice is { } now && now != line.Line.UnitPrice)
        {
            yield return new(line, ReorderChangeKind.PriceChanged, added, line.UnitPrice, new(now.TenThousandths, filled.Cart.Currency));
        }
    }

    private static ReorderChangeKind KindOf(IReadOnlyList<UserError> errors) =>
        errors.Any(error => error.Code == ErrorCodes.NotFound) ? ReorderChangeKind.Unavailable
        : errors.Any(error => error.Code == PricingErrors.NoPrice) ? ReorderChangeKind.NoPrice
        : ReorderChangeKind.QuantityChanged;
}

/// <summary>What happens to lines that are ordered again.</summary>
public enum ReorderChangeKind
{
    /// <summary>It is not sold any more, or not to this buyer.</summary>
    Unavailable,

    /// <summary>There is no price for it.</summary>
    NoPrice,

    /// <summary>As much cannot be bought as things are now.</summary>
    QuantityChanged,

    /// <summary>A unit is dearer or cheaper.</summary>
    PriceChanged,
}
