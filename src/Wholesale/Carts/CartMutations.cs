using Wholesale.Companies;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using Wholesale.Platform.Events;

namespace Wholesale.Carts;

/// <summary>The mutations of schema/carts.graphql. Those of carts have a lane of their own: each takes its cart, and nothing else.</summary>
internal static class CartMutations
{
    /// <summary>Names the resolvers.</summary>
    public static void Map(ResolverMap map)
    {
        map.MutationInOwnLane("createCart", (CreateCartInput input, CartWrites carts, Caller caller, RequestContext request) => carts.Create(input, caller, request));
        map.MutationInOwnLane("updateCart", (UpdateCartInput input, CartWrites carts, Caller caller, RequestContext request) => carts.Update(input, caller, request));
        map.MutationInOwnLane("deleteCart", (DeleteCartInput input, CartWrites carts, Caller caller, CancellationToken ct) => carts.Delete(input, caller, ct));
        map.MutationInOwnLane("acceptCartPrices", (AcceptCartPricesInput input, CartWrites carts, Caller caller, RequestContext request) => carts.AcceptPrices(input, caller, request));
        map.MutationInOwnLane("addCartLines", AddLines);
        map.MutationInOwnLane("updateCartLines", UpdateLines);
        map.MutationInOwnLane("removeCartLines", (RemoveCartLinesInput input, CartLineWrites lines, Caller caller, CancellationToken ct) => lines.Remove(input, caller, ct));
        map.MutationInOwnLane("importCart", Import);
        map.Field("AddCartLinesPayload.lines", (Batch<AddCartLinesPayload> payloads, CartContents contents, RequestContext request) =>
            PayloadLines(payloads, payload => (payload.Cart, payload.LineIds), contents, request));
        map.Field("UpdateCartLinesPayload.lines", (Batch<UpdateCartLinesPayload> payloads, CartContents contents, RequestContext request) =>
            PayloadLines(payloads, payload => (payload.Cart, payload.LineIds), contents, request));
        map.Field("ImportedCartRow.line", RowLine);
    }

    private static async ValueTask<AddCartLinesPayload> AddLines(
        AddCartLinesInput input, CartWrites writes, OpenCarts carts, CartLineWrites lines, Writes changes, Caller caller, RequestContext request)
    {
        var (cart, error, isNew) = ((Cart?)null, RowErrors.TooMany(input.Lines.Count, "lines", CartLineWrites.MaximumRows) ?? WhyNotBuying(caller), false);
        if (error is null && input.CartId is { } id)
        {
            (cart, error) = await carts.Take(id, input.ExpectedVersion, caller, request.Cancellation);
        }
        else if (error is null)
        {
            (cart, error, isNew) = await writes.LastOrNew(input.ExpectedVersion, caller, request.Cancellation);
        }

        if (cart is null || error is not null)
        {
            return new(cart, [], BulkCounts.Refused(input.Lines.Count), [error!]);
        }

        var rows = input.Lines.Select(line => new CartRow(
            null, line.VariantId?.KeyOf(nameof(Catalog.Variant)), line.Sku, line.Quantity, line.Note is null ? default : new Optional<string?>(line.Note))).ToList();
        var filled = await lines.Fill(cart, rows, CartFilling.Add, input.Mode, request);
        if (isNew && filled.Result.Counts.Applied == 0)
        {
            changes.Undo(); // nobody asked for an empty cart
            return new(null, [], filled.Result.Counts, filled.Result.Errors("lines"));
        }

        return new(filled.Cart, LineIds(filled), filled.Result.Counts, filled.Result.Errors("lines"));
    }

    private static async ValueTask<UpdateCartLinesPayload> UpdateLines(
        UpdateCartLinesInput input, OpenCarts carts, CartLineWrites lines, Caller caller, RequestContext request)
    {
        var refusal = RowErrors.TooMany(input.Lines.Count, "lines", CartLineWrites.MaximumRows) ?? WhyNotBuying(caller);
        var (cart, error) = refusal is null ? await carts.Take(input.CartId, input.ExpectedVersion, caller, request.Cancellation) : (null, refusal);
        if (cart is null || error is not null)
        {
            return new(cart, [], BulkCounts.Refused(input.Lines.Count), [error!]);
        }

        var rows = input.Lines.Select(line => new CartRow(line.LineId?.KeyOf(nameof(CartLine)), null, line.Sku, line.Quantity, line.Note)).ToList();
        var filled = await lines.Fill(cart, rows, CartFilling.Set, input.Mode, request);
        return new(filled.Cart, LineIds(filled), filled.Result.Counts, filled.Result.Errors("lines"));
    }

    private static async ValueTask<ImportCartPayload> Import(
        ImportCartInput input, OpenCarts carts, CartLineWrites lines, Caller caller, RequestContext request)
    {
        var refusal = RowErrors.TooMany(input.Rows.Count, "rows", CartLineWrites.MaximumRows) ?? WhyNotBuying(caller);
        var (cart, error) = refusal is null ? await carts.Take(input.CartId, input.ExpectedVersion, caller, request.Cancellation) : (null, refusal);
        return cart is null || error is not null
            ? new(cart, [], BulkCounts.Refused(input.Rows.Count), [error!])
            : await lines.Import(cart, input.Rows, input.Replace, input.Mode, request);
    }

    /// <summary>A company that sees no prices cannot fill carts.</summary>
    internal static UserError? WhyNotBuying(Caller caller) => caller switch
    {
        { Company: null } => CartErrors.NeedsCompany(),
        { PricesVisible: false } => CartErrors.NotVerified(caller.Company.Name),
        _ => null,
    };

    private static List<long> LineIds(FilledCart filled) => [.. filled.Result.Things.Select(line => line.Id).Distinct()];

    /// <summary>Lines that payloads name, with their prices.</summary>
    internal static async ValueTask<IReadOnlyList<IReadOnlyList<PricedCartLine>>> PayloadLines<T>(
        Batch<T> payloads, Func<T, (Cart? Cart, IReadOnlyList<long> LineIds)> of, CartContents contents, RequestContext request)
    {
        var lines = new IReadOnlyList<PricedCartLine>[payloads.Count];
        for (var i = 0; i < lines.Length; i++)
        {
            var (cart, ids) = of(payloads[i]);
            lines[i] = cart is null || ids.Count == 0 ? [] : CartFields.Pick(await contents.Of(cart, request), ids);
        }

        return lines;
    }

    private static async ValueTask<IReadOnlyList<PricedCartLine?>> RowLine(Batch<ImportedCartRow> rows, CartContents contents, RequestContext request)
    {
        var content = await contents.Of(rows[0].Cart, request); // all rows of a call went into one cart
        var lines = content.Lines.ToDictionary(line => line.Id);
        return rows.Map(row => row.LineId is { } id ? lines[id] : null);
    }
}
