using Microsoft.EntityFrameworkCore;
using Wholesale.Catalog;
using Wholesale.Companies;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Pricing;

namespace Wholesale.Carts;

/// <summary>What became of rows that were to fill a cart.</summary>
/// <param name="Cart">The cart as it is now.</param>
/// <param name="Result">What became of each row.</param>
/// <param name="Before">What lines held before, by their ids: those that rows may name.</param>
internal sealed record FilledCart(Cart Cart, BulkResult<CartLine> Result, IReadOnlyDictionary<long, Quantity> Before);

/// <summary>
/// Fills carts: whatever rows there are, one statement each for the cart, the variants that rows name by SKU, those that they name by id, the lines, and for what is inserted, changed and removed. Runs inside the caller's unit of
/// work, in a lane of its own.
/// </summary>
public sealed class CartLineWrites(WholesaleDb db, OpenCarts carts, CartContents contents, CartContexts contexts, PriceBooks books, Prices prices, Ids ids, Clock clock)
{
    /// <summary>The most rows of one call.</summary>
    public const int MaximumRows = Cart.MaximumLines;

    /// <summary>Fills a cart that was taken.</summary>
    /// <param name="cart">The cart.</param>
    /// <param name="inputs">The rows.</param>
    /// <param name="filling">How they meet the lines that are there.</param>
    /// <param name="mode">What happens to the good rows when others are bad.</param>
    /// <param name="request">The request.</param>
    internal async ValueTask<FilledCart> Fill(Cart cart, IReadOnlyList<CartRow> inputs, CartFilling filling, BulkMode mode, RequestContext request)
    {
        var context = await contexts.Of(cart, request);
        var rows = BulkRow<CartRow, CartLine>.Of(inputs);
        rows.ForEach(row => Check(row, filling));
        var book = await books.Of(db, context.Buyer, request.Cancellation);
        var named = filling == CartFilling.Set ? [] : await Named(context.Sight, rows, request.Cancellation);
        var needsAll = book.HasQuantityTerms || filling == CartFilling.Replace;
        var knowsAll = book.HasQuantityTerms || cart.LineCount == 0;
        var lines = await Lines(cart, rows, named, needsAll, request.Cancellation);
        var variants = await WithVariants(named, context.Sight, lines, book.HasQuantityTerms || filling == CartFilling.Set, request.Cancellation);
        var resolution = await prices.Resolve(book, clock.UtcNow, cart.Currency, () => variants.Keys, request.Cancellation);
        var find = new RowVariants(lines, named);
        foreach (var row in rows.Where(row => row.IsGood))
        {
            if (find.Of(row.Input) is null)
            {
                row.Errors.Add(WhyNone(row.Input, filling));
            }
        }

        var before = lines.ToDictionary(line => line.Id, line => line.Quantity);
        var fill = new CartFill(cart, lines.ToDictionary(line => line.VariantId), variants, resolution, ids, clock.UtcNow);
        fill.Decide(rows, find.Of, filling);
        mode = filling == CartFilling.Fit && rows.Exists(row => row.Errors.ToList().Any(IsOfAll)) ? BulkMode.AllOrNothing : mode;
        if (BulkRow<CartRow, CartLine>.MayProceed(rows, mode) && fill.IsChange)
        {
            await Save(cart, fill, request.Cancellation);
            if (knowsAll)
            {
                contents.Know(cart, [.. lines.Except(fill.Removed).Concat(fill.Added).OrderBy(line => line.Id)], variants, context.Buyer, resolution);
            }
        }

        return new(cart, BulkRow<CartRow, CartLine>.Result(rows, mode), before);
    }

    /// <summary>Whether an error is none of one row, but of all that rows together come to, or of what money can hold.</summary>
    internal static bool IsOfAll(UserError error) => error.Code is CartErrors.CartFull or PricingErrors.AmountOverflow;

    /// <summary>Takes rows as a spreadsheet has them into a cart that was taken.</summary>
    internal async ValueTask<ImportCartPayload> Import(
        Cart cart, IReadOnlyList<ImportCartRowInput> inputs, bool replace, BulkMode mode, RequestContext request)
    {
        var rows = inputs.Select(row => new CartRow(null, null, row.Sku, row.Quantity, row.Note is null ? default : new Optional<string?>(row.Note))).ToList();
        var filled = await Fill(cart, rows, replace ? CartFilling.Replace : CartFilling.Add, mode, request);
        return new(
            filled.Cart,
            [.. filled.Result.Rows.Select((row, i) => new ImportedCartRow(filled.Cart, i + 1, inputs[i].Sku, row.Thing?.Id, row.Errors))],
            filled.Result.Counts,
            []);
    }

    /// <summary>Removes lines, or all.</summary>
    public async ValueTask<RemoveCartLinesPayload> Remove(RemoveCartLinesInput input, Caller caller, CancellationToken cancellation)
    {
        var refusal = RowErrors.TooMany(input.LineIds?.Count ?? 0, "lineIds", MaximumRows) ?? (input.LineIds is null == input.All ? null : CartErrors.NotOneOfLines());
        var (cart, error) = refusal is null ? await carts.Take(input.CartId, input.ExpectedVersion, caller, cancellation) : (null, refusal);
        if (cart is null || error is not null)
        {
            return new(cart, 0, [error!]);
        }

        var keys = input.LineIds?.Select(id => id.KeyOf(nameof(CartLine))).ToList();
        var ofCart = db.CartLines.Where(l => l.CartId == cart.Id);
        var lines = await (keys is null ? ofCart : ofCart.Where(l => keys.Contains(l.Id))).ToListAsync(cancellation);
        var found = lines.Select(line => line.Id).ToHashSet();
        if (lines.Count > 0)
        {
            await BulkRows.Delete(db, lines, cancellation);
            cart.LineCount -= lines.Count;
            await carts.Save(cart, cancellation);
        }

        return new(
            cart,
            lines.Count,
            [.. (keys ?? []).Index().Where(key => !found.Contains(key.Item)).Select(key => CartErrors.NoSuchLine("lineIds", RowErrors.Position(key.Index)))]);
    }

    private async ValueTask Save(Cart cart, CartFill fill, CancellationToken cancellation)
    {
        await BulkRows.Insert(db, fill.Added, cancellation);
        await BulkRows.Update(db, fill.Changed, l => new { l.Quantity, l.Note, l.AddedUnitPrice }, cancellation: cancellation);
        await BulkRows.Delete(db, fill.Removed, cancellation);
        cart.LineCount += fill.Added.Count - fill.Removed.Count;
        await carts.Save(cart, cancellation);
    }

    private static void Check(BulkRow<CartRow, CartLine> row, CartFilling filling)
    {
        var (input, errors) = (row.Input, row.Errors);
        if (input.Flaws is { Count: > 0 } flaws)
        {
            flaws.ToList().ForEach(errors.Add);
            return;
        }

        if ((input.LineId is null ? 0 : 1) + (input.VariantId is null ? 0 : 1) + (input.Sku is null ? 0 : 1) != 1)
        {
            errors.Add(CartErrors.NotOneKey(filling == CartFilling.Set ? "lineId" : "variantId", "sku"));
        }

        if (filling == CartFilling.Set && input.Quantity is null && !input.Note.HasValue)
        {
            errors.Add(CartErrors.NothingToChange());
        }

        if (filling != CartFilling.Set && input.Quantity is { Thousandths: 0 })
        {
            errors.Add(PricingErrors.InvalidQuantity, PricingErrors.QuantityIsZero(), "quantity");
        }

        if (input.Note.Or(null) is { } note)
        {
            errors.Text(note, CartLine.MaximumNoteLength, ["note"], lines: true);
        }
    }

    private static UserError WhyNone(CartRow row, CartFilling filling) => (filling, row) switch
    {
        (CartFilling.Set, { Sku: not null }) => CartErrors.NoSuchLine("sku"),
        (CartFilling.Set, _) => CartErrors.NoSuchLine("lineId"),
        (_, { Sku: { } sku }) => CartErrors.NoSuchSku(sku),
        _ => CartErrors.NoSuchId("variant", "variantId"),
    };

    /// <summary>The variants that rows name by SKU or id, as far as they are seen.</summary>
    private async ValueTask<List<Variant>> Named(Sight sight, List<BulkRow<CartRow, CartLine>> rows, CancellationToken cancellation)
    {
        var skus = rows.Select(row => row.Input.Sku).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var variantIds = rows.Select(row => row.Input.VariantId).OfType<long>().ToHashSet();
        return
        [
            .. (await CatalogQueries.VariantsBySkus(db, sight, skus, cancellation))
                .Concat(await CatalogQueries.VariantsByIds(db, sight, variantIds, cancellation))
                .DistinctBy(v => v.Id),
        ];
    }

    private async ValueTask<List<CartLine>> Lines(
        Cart cart, List<BulkRow<CartRow, CartLine>> rows, List<Variant> named, bool needsAll, CancellationToken cancellation)
    {
        if (cart.LineCount == 0)
        {
            return [];
        }

        var ofCart = db.CartLines.Where(l => l.CartId == cart.Id);
        if (!needsAll)
        {
            var lineIds = rows.Select(row => row.Input.LineId).OfType<long>().ToHashSet();
            var skus = rows.Select(row => row.Input.Sku).OfType<string>().ToHashSet(StringComparer.Ordinal);
            var variantIds = named.ConvertAll(v => v.Id);
            ofCart = ofCart.Where(l => variantIds.Contains(l.VariantId) || lineIds.Contains(l.Id) || skus.Contains(l.Sku));
        }

        return await ofCart.OrderBy(l => l.Id).ToListAsync(cancellation);
    }

    /// <summary>What rows name, and what lines hold where that is needed, too.</summary>
    private async ValueTask<Dictionary<long, Variant>> WithVariants(
        List<Variant> named, Sight sight, List<CartLine> lines, bool needsLines, CancellationToken cancellation)
    {
        var variants = named.ToDictionary(v => v.Id);
        var missing = needsLines ? lines.Select(l => l.VariantId).Where(id => !variants.ContainsKey(id)).ToList() : [];
        foreach (var variant in await CatalogQueries.VariantsByIds(db, sight, missing, cancellation))
        {
            variants.Add(variant.Id, variant);
        }

        return variants;
    }

    /// <summary>Which variant a row means: that of a line of the cart, or one that is seen.</summary>
    private sealed class RowVariants(IReadOnlyList<CartLine> lines, IReadOnlyList<Variant> named)
    {
        private readonly Dictionary<long, long> byLine = lines.ToDictionary(l => l.Id, l => l.VariantId);
        private readonly HashSet<long> byId = [.. named.Select(v => v.Id)];
        private readonly Dictionary<string, long> bySku = BySku(lines, named);

        public long? Of(CartRow row) =>
            row.LineId is { } line ? (byLine.TryGetValue(line, out var ofLine) ? ofLine : null)
            : row.Sku is { } sku ? (bySku.TryGetValue(sku, out var ofSku) ? ofSku : null)
            : row.VariantId is { } id && byId.Contains(id) ? id
            : null;

        private static Dictionary<string, long> BySku(IReadOnlyList<CartLine> lines, IReadOnlyList<Variant> named)
        {
            var skus = lines.ToDictionary(l => l.Sku, l => l.VariantId, StringComparer.Ordinal);
            foreach (var variant in named)
            {
                skus[variant.Sku] = variant.Id;
            }

            return skus;
        }
    }
}
