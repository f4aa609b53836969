using Wholesale.Catalog;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using Wholesale.Pricing;

namespace Wholesale.Carts;

/// <summary>What a row wants of a line: by a line's id, a variant's id or an SKU, exactly one of which is given.</summary>
/// <param name="LineId">The line; null: it is named otherwise.</param>
/// <param name="VariantId">The variant; null: it is named otherwise.</param>
/// <param name="Sku">The SKU; null: it is named otherwise.</param>
/// <param name="Quantity">How much; null: as it is.</param>
/// <param name="Note">Words to the seller; without value: as they are.</param>
/// <param name="Flaws">Why it could not be read; null or empty: it could.</param>
internal sealed record CartRow(
    long? LineId, long? VariantId, string? Sku, Quantity? Quantity, Optional<string?> Note, IReadOnlyList<UserError>? Flaws = null);

/// <summary>How rows meet the lines that are there.</summary>
internal enum CartFilling
{
    /// <summary>What a line holds grows by what its rows add up to.</summary>
    Add,

    /// <summary>The same; where as much cannot be bought, a line grows to what can: the next quantity above, or the greatest. All rows or none are taken where the cart has no room for them.</summary>
    Fit,

    /// <summary>A line has then what its row says; 0 removes it.</summary>
    Set,

    /// <summary>A line has then what its rows add up to, and lines without rows go.</summary>
    Replace,
}

/// <summary>
/// Decides what rows make of a cart's lines: pure. All rows of a variant are judged together, by what its line then holds; those of a line that could not be ordered so come to nothing.
/// </summary>
/// <param name="cart">The cart as it is.</param>
/// <param name="lines">Its lines that rows may name, by variant; all of them where lines add up in break groups.</param>
/// <param name="variants">What its buyer sees of what rows and lines name, by id.</param>
/// <param name="resolution">What its buyer pays now.</param>
/// <param name="ids">Where ids of new lines come from.</param>
/// <param name="now">When lines are added.</param>
internal sealed class CartFill(
    Cart cart, IReadOnlyDictionary<long, CartLine> lines, IReadOnlyDictionary<long, Variant> variants, PriceResolution resolution, Ids ids, DateTime now)
{
    private readonly Dictionary<long, Wish> wishes = [];

    public List<CartLine> Added { get; } = [];

    public List<CartLine> Changed { get; } = [];

    public List<CartLine> Removed { get; } = [];

    /// <summary>Whether anything is not as it was.</summary>
    public bool IsChange => Added.Count + Changed.Count + Removed.Count > 0;

    /// <summary>Decides.</summary>
    /// <param name="rows">Those with errors are passed over; each good one gets its line, unless that is removed.</param>
    /// <param name="variantOf">The variant that a row names; null: none that is seen.</param>
    /// <param name="filling">How rows meet the lines that are there.</param>
    public void Decide(IEnumerable<BulkRow<CartRow, CartLine>> rows, Func<CartRow, long?> variantOf, CartFilling filling)
    {
        foreach (var row in rows.Where(row => row.IsGood))
        {
            Collect(row, variantOf(row.Input)!.Value, filling);
        }

        if (filling == CartFilling.Fit)
        {
            Fit();
        }

        var before = resolution.GroupsOf(Held());
        var after = Settle(filling);
        foreach (var wish in wishes.Values.Where(wish => wish.Rows.Count > 0))
        {
            Apply(wish, filling);
        }

        if (filling == CartFilling.Replace)
        {
            Removed.AddRange(lines.Values.Where(line => !wishes.TryGetValue(line.VariantId, out var wish) || !wish.IsTaken));
        }

        FollowGroups(before, after);
    }

    private void Collect(BulkRow<CartRow, CartLine> row, long variantId, CartFilling filling)
    {
        if (!wishes.TryGetValue(variantId, out var wish))
        {
            var line = lines.GetValueOrDefault(variantId);
            wish = new(variants.GetValueOrDefault(variantId), line, filling is CartFilling.Add or CartFilling.Fit ? line?.Quantity ?? default : default);
            wishes.Add(variantId, wish);
        }
        else if (filling == CartFilling.Set)
        {
            row.Errors.Add(CartErrors.TwiceInCall(wish.Sku));
            return;
        }

        var quantity = row.Input.Quantity ?? wish.Line?.Quantity ?? default;
        if (wish.Quantity.Thousandths + quantity.Thousandths > Quantity.Maximum)
        {
            row.Errors.Add(CartErrors.TooMuch(wish.Sku));
            return;
        }

        wish.Quantity = new(wish.Quantity.Thousandths + quantity.Thousandths);
        wish.Note = row.Input.Note.HasValue ? row.Input.Note : wish.Note;
        wish.IsNamed |= row.Input.Quantity is not null;
        wish.Rows.Add(row);
    }

    /// <summary>What can be bought instead of what cannot. What that would make no more of is refused as it is.</summary>
    private void Fit()
    {
        foreach (var wish in wishes.Values)
        {
            if (wish.Variant is { } variant && resolution.RuleOf(variant).Fit(wish.Quantity) is { } fitting && fitting > (wish.Line?.Quantity ?? default))
            {
                wish.Quantity = fitting;
            }
        }
    }

    /// <summary>
    /// Prices the wishes, again where some were refused, since those must not count in the break groups of the others; ends, since a refusal stays one.
    /// </summary>
    /// <returns>The break groups of what the cart then holds.</returns>
    private BreakGroups Settle(CartFilling filling)
    {
        while (true)
        {
            var groups = resolution.GroupsOf(HeldAfter(filling));
            var room = filling == CartFilling.Replace ? int.MaxValue : Cart.MaximumLines - cart.LineCount;
            var isStable = true;
            foreach (var wish in wishes.Values.Where(wish => wish.Rows.Count > 0 && wish.Errors.Count == 0 && !IsRemoval(wish, filling)))
            {
                wish.Price = wish.IsNamed || wish.Line is null ? PriceOf(wish, groups, wish.Errors) : wish.Line.AddedUnitPrice;
                if (wish.Line is null && room == 0)
                {
                    wish.Errors.Add(CartErrors.Full());
                }

                room -= wish.Line is null && wish.Errors.Count == 0 ? 1 : 0;
                isStable &= wish.Errors.Count == 0;
            }

            if (isStable || !resolution.HasQuantityTerms)
            {
                return groups;
            }
        }
    }

    private static bool IsRemoval(Wish wish, CartFilling filling) => filling == CartFilling.Set && wish is { IsNamed: true, Quantity.Thousandths: 0 };

    private void Apply(Wish wish, CartFilling filling)
    {
        if (wish.Errors.Count > 0)
        {
            wish.Rows.ForEach(row => wish.Errors.ForEach(row.Errors.Add));
            return;
        }

        wish.IsTaken = true;
        if (IsRemoval(wish, filling))
        {
            Removed.Add(wish.Line!);
            return;
        }

        var line = wish.Line ?? New(wish);
        if (wish.Line is not null && (line.Quantity, line.Note, line.AddedUnitPrice) != (wish.Quantity, wish.Note.Or(line.Note), wish.Price))
        {
            Changed.Add(line);
        }

        (line.Quantity, line.Note, line.AddedUnitPrice) = (wish.Quantity, wish.Note.Or(line.Note), wish.Price);
        wish.Rows.ForEach(row => row.Thing = line);
    }

    private Amount? PriceOf(Wish wish, BreakGroups groups, List<UserError> errors)
    {
        if (wish.Variant is null)
        {
            errors.Add(CartErrors.NoSuchSku(wish.Sku));
            return null;
        }

        return PriceOf(wish.Variant, wish.Quantity, groups, errors);
    }

    private Amount? PriceOf(Variant variant, Quantity quantity, BreakGroups groups, List<UserError> errors)
    {
        try
        {
            return LinePrices.Of(resolution, variant, quantity, groups, errors) is { } price ? price.UnitPrice.Amount : null;
        }
        catch (MoneyOverflowException exception)
        {
            errors.Add(new(PricingErrors.AmountOverflow, exception.Message, ["quantity"]));
            return null;
        }
    }

    private CartLine New(Wish wish)
    {
        var line = new CartLine
        {
            Id = ids.Next(),
            CartId = cart.Id,
            VariantId = wish.Variant!.Id,
            Sku = wish.Variant.Sku,
            Quantity = wish.Quantity,
            AddedAt = now,
        };
        Added.Add(line);
        return line;
    }

    /// <summary>
    /// What lines of a break group cost changes with the lines beside them. A line that nobody touched and that cost what it had been added at still does: its price is no change that its
    /// buyer has to be told of.
    /// </summary>
    private void FollowGroups(BreakGroups before, BreakGroups after)
    {
        foreach (var line in resolution.HasQuantityTerms ? lines.Values : [])
        {
            if ((wishes.TryGetValue(line.VariantId, out var wish) && wish.Rows.Count > 0) || Removed.Contains(line) || !variants.TryGetValue(line.VariantId, out var variant))
            {
                continue;
            }

            var ignored = new List<UserError>();
            if (line.AddedUnitPrice == PriceOf(variant, line.Quantity, before, ignored) && PriceOf(variant, line.Quantity, after, ignored) is var price && price != line.AddedUnitPrice)
            {
                line.AddedUnitPrice = price;
                Changed.Add(line);
            }
        }
    }

    private IEnumerable<(Variant Variant, Quantity Quantity)> Held() => resolution.HasQuantityTerms
        ? lines.Values.Where(line => variants.ContainsKey(line.VariantId)).Select(line => (variants[line.VariantId], line.Quantity))
        : [];

    /// <summary>What the cart holds if all wishes that were not refused so far are taken.</summary>
    private IEnumerable<(Variant Variant, Quantity Quantity)> HeldAfter(CartFilling filling)
    {
        if (!resolution.HasQuantityTerms)
        {
            return [];
        }

        var taken = wishes.Values.Where(wish => wish is { Rows.Count: > 0, Errors.Count: 0, Variant: not null }).ToDictionary(wish => wish.Variant!.Id);
        var kept = filling == CartFilling.Replace
            ? []
            : lines.Values.Where(line => variants.ContainsKey(line.VariantId) && !taken.ContainsKey(line.VariantId)).Select(line => (variants[line.VariantId], line.Quantity));
        return taken.Values.Select(wish => (wish.Variant!, wish.Quantity)).Concat(kept);
    }

    /// <summary>What all rows of one variant want.</summary>
    private sealed class Wish(Variant? variant, CartLine? line, Quantity quantity)
    {
        /// <summary>Null where the buyer does not see it: then there is a line, which can go or get another note.</summary>
        public Variant? Variant => variant;

        public string Sku => variant?.Sku ?? line!.Sku;

        public CartLine? Line => line;

        public Quantity Quantity { get; set; } = quantity;

        public Optional<string?> Note { get; set; }

        /// <summary>Whether a row says how much.</summary>
        public bool IsNamed { get; set; }

        /// <summary>What a unit then costs.</summary>
        public Amount? Price { get; set; }

        /// <summary>Why it is refused; empty: it is not.</summary>
        public List<UserError> Errors { get; } = [];

        public bool IsTaken { get; set; }

        public List<BulkRow<CartRow, CartLine>> Rows { get; } = [];
    }
}
