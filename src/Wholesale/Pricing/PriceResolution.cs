using Wholesale.Catalog;
using Wholesale.Platform;

namespace Wholesale.Pricing;

/// <summary>
/// The rules of a price, without I/O. Each of the caller's lists offers at most one price for a variant and a quantity: that of its row with the greatest
/// minimum quantity that is not above the quantity; where its own rows have none, that of the list it is made of, adjusted. By the market's policy the
/// first list that offers one decides, or the lowest offer. One instance serves all variants of one field; it keeps scratch space, so it is not thread-safe.
/// </summary>
public sealed class PriceResolution
{
    private readonly CompiledPriceList[] prices;
    private readonly AssignedPriceList[] current;
    private PriceStep[] steps = new PriceStep[16];

    /// <summary>Prices of a book at an instant.</summary>
    /// <param name="book">The caller's lists.</param>
    /// <param name="prices">The prices of <see cref="PriceBook.PriceListIds"/>, in their order; complete from the instant on.</param>
    /// <param name="at">The instant that assignments and rows must hold at.</param>
    /// <param name="currency">The currency that was asked for; null: the caller's own, see <see cref="PriceBook.CurrencyAt"/>.</param>
    public PriceResolution(PriceBook book, IReadOnlyList<CompiledPriceList> prices, DateTime at, Currency? currency = null)
    {
        Book = book;
        At = at;
        Currency = currency ?? book.CurrencyAt(at);
        this.prices = [.. prices];
        current = [.. book.Lists.Where(list => list.Currency == Currency && list.Holds(at))];
    }

    /// <summary>The caller's lists.</summary>
    public PriceBook Book { get; }

    /// <summary>The instant.</summary>
    public DateTime At { get; }

    /// <summary>What prices are in; null if the caller has no list at all.</summary>
    public Currency? Currency { get; }

    private bool IsLowest => Book.Terms.Policy == Companies.PricePolicy.Lowest;

    /// <summary>The price of a variant, or null if no list has one.</summary>
    /// <param name="variant">The variant.</param>
    /// <param name="quantity">How much is bought; more than 0.</param>
    /// <param name="groups">What the lines of a cart add up to, where there is a cart.</param>
    /// <exception cref="MoneyOverflowException">The total is beyond what money can hold.</exception>
    public EffectivePrice? Resolve(Variant variant, Quantity quantity, BreakGroups? groups = null) =>
        BestOffer(variant, quantity.Thousandths, At, groups) is { } offer ? new EffectivePrice(this, variant, quantity, offer, groups) : null;

    /// <summary>What may be bought of a variant: what the first list that says something about it says; the rest as the variant has it.</summary>
    public QuantityRule RuleOf(Variant variant)
    {
        foreach (var list in current)
        {
            if (TermsOf(list, variant) is { } terms)
            {
                return QuantityRule.Of(variant, terms);
            }
        }

        return QuantityRule.Of(variant, null);
    }

    /// <summary>Why a quantity cannot be bought; null: it can, as far as its increment goes. Whether it is enough is the cart's matter.</summary>
    internal string? WhyNot(Variant variant, Quantity quantity)
    {
        if (quantity.Thousandths == 0)
        {
            return PricingErrors.QuantityIsZero();
        }

        var increment = RuleOf(variant).Increment;
        return quantity.IsMultipleOf(increment) ? null : PricingErrors.NotAMultiple(quantity, variant.Sku, increment);
    }

    /// <summary>What a list says of a variant's quantities.</summary>
    internal QuantityTerms? TermsOf(AssignedPriceList list, Variant variant) => prices[list.Sources[0].Index].TermsOf(variant.Id);

    /// <summary>The quantity by which a list looks for its break: that of the variant's group, if it is in one and there is a cart.</summary>
    internal long BreakQuantity(AssignedPriceList list, Variant variant, long quantity, BreakGroups? groups) =>
        groups is not null && TermsOf(list, variant)?.BreakGroup is { } group ? groups.Of(list.PriceListId, group) ?? quantity : quantity;

    /// <summary>The offer that decides.</summary>
    /// <param name="variant">The variant.</param>
    /// <param name="quantity">In thousandths.</param>
    /// <param name="instant">When; another instant than <see cref="At"/> does not change the currency.</param>
    /// <param name="groups">What the lines of a cart add up to, where there is a cart.</param>
    /// <param name="forEveryone">Only the lists that everyone has.</param>
    /// <param name="more">What is bought beside that, in thousandths, and is not in the groups yet.</param>
    internal PriceOffer? BestOffer(
        Variant variant, long quantity, DateTime instant, BreakGroups? groups = null, bool forEveryone = false, long more = 0)
    {
        PriceOffer? best = null;
        var lists = instant == At ? current : Book.Lists;
        for (var i = 0; i < lists.Count; i++)
        {
            var list = lists[i];
            if ((forEveryone && !list.IsForEveryone) || list.Currency != Currency || !list.Holds(instant))
            {
                continue;
            }

            var offer = OfferOf(list, variant, BreakQuantity(list, variant, quantity, groups) + more, instant);
            if (offer is not null && !IsLowest)
            {
                return offer;
            }

            // Of equal prices that of the nearer list stands.
            best = best is null || offer?.UnitPrice < best.Value.UnitPrice ? offer : best;
        }

        return best;
    }

    /// <summary>What one list offers.</summary>
    internal PriceOffer? OfferOf(AssignedPriceList list, Variant variant, long quantity, DateTime instant)
    {
        Span<PriceAdjustment> adjustments = stackalloc PriceAdjustment[PriceAdjustment.MaximumLevels - 1];
        for (var i = 0; i < list.Sources.Count; i++)
        {
            var source = list.Sources[i];
            if (!TryFind(source, variant, instant, adjustments, out var rows))
            {
                continue;
            }

            for (var row = rows.Count - 1; row >= 0; row--)
            {
                if (rows.MinimumQuantity(row) <= quantity && rows.Holds(row, instant)
                    && Adjusted(rows.UnitPrice(row), source, adjustments) is { } unitPrice)
                {
                    return new(list, source, rows.MinimumQuantity(row), unitPrice, rows.UnitPrice(row), rows.Validity(row));
                }
            }
        }

        return null;
    }

    /// <summary>What one list offers at the least quantity at which it offers anything.</summary>
    internal PriceOffer? LeastOfferOf(AssignedPriceList list, Variant variant)
    {
        Span<PriceAdjustment> adjustments = stackalloc PriceAdjustment[PriceAdjustment.MaximumLevels - 1];
        var least = long.MaxValue;
        foreach (var source in list.Sources)
        {
            if (!TryFind(source, variant, At, adjustments, out var rows))
            {
                continue;
            }

            for (var row = 0; row < rows.Count; row++)
            {
                if (rows.MinimumQuantity(row) < least && rows.Holds(row, At) && Adjusted(rows.UnitPrice(row), source, adjustments) is not null)
                {
                    least = rows.MinimumQuantity(row);
                }
            }
        }

        return least == long.MaxValue ? null : OfferOf(list, variant, least, At);
    }

    /// <summary>
    /// What the least addition would save at which a unit costs less. Adding reaches a break of each list at another step of the increment, and more than one
    /// break at once, so that each such step is priced.
    /// </summary>
    internal NextBreak? NextBreakOf(Variant variant, Quantity quantity, Money unitPrice, BreakGroups? groups)
    {
        var rule = RuleOf(variant);
        foreach (var add in Additions(variant, quantity, rule, groups))
        {
            var total = new Quantity(quantity.Thousandths + add);
            if (total.Thousandths > Quantity.Maximum || total > rule.Maximum)
            {
                return null;
            }

            if (BestOffer(variant, quantity.Thousandths, At, groups, more: add) is { } offer
                && Shown(offer.UnitPrice) is var lower && lower.TenThousandths < unitPrice.TenThousandths)
            {
                var difference = unitPrice with { TenThousandths = unitPrice.TenThousandths - lower.TenThousandths };
                return difference.TryTimes(total, Book.Terms.Rounding.Mode) is { } saving ? new(new Quantity(add), lower, saving) : null;
            }
        }

        return null;
    }

    /// <summary>What is to be added to reach each row that is not reached yet, in thousandths, the least first.</summary>
    private SortedSet<long> Additions(Variant variant, Quantity quantity, QuantityRule rule, BreakGroups? groups)
    {
        Span<PriceAdjustment> adjustments = stackalloc PriceAdjustment[PriceAdjustment.MaximumLevels - 1];
        var additions = new SortedSet<long>();
        foreach (var list in current)
        {
            var reached = BreakQuantity(list, variant, quantity.Thousandths, groups);
            foreach (var source in list.Sources)
            {
                if (!TryFind(source, variant, At, adjustments, out var rows))
                {
                    continue;
                }

                for (var row = 0; row < rows.Count; row++)
                {
                    if (rows.MinimumQuantity(row) > reached && rows.Holds(row, At))
                    {
                        additions.Add(rule.RoundUp(new Quantity(rows.MinimumQuantity(row) - reached)).Thousandths);
                    }
                }
            }
        }

        return additions;
    }

    /// <summary>The rows of a variant in a source that holds, with what is done to them.</summary>
    internal bool TryFind(PriceSource source, Variant variant, DateTime instant, Span<PriceAdjustment> adjustments, out PriceRows rows)
    {
        rows = default;
        if (!source.Validity.Holds(instant))
        {
            return false;
        }

        for (var i = 0; i < source.Steps.Count; i++)
        {
            if (source.Steps[i].For(variant.CategoryId) is not { } adjustment)
            {
                return false;
            }

            adjustments[i] = adjustment;
        }

        rows = prices[source.Index].RowsOf(variant.Id);
        return rows.Count > 0;
    }

    /// <summary>A row's price as the list has it; null if that is no price.</summary>
    internal static long? Adjusted(long unitPrice, PriceSource source, ReadOnlySpan<PriceAdjustment> adjustments) =>
        source.Steps.Count == 0 ? unitPrice : PriceAdjustment.Apply(unitPrice, adjustments[..source.Steps.Count]);

    /// <summary>What a buyer pays for a unit, once rounded as the market has it.</summary>
    internal Money Shown(long unitPrice)
    {
        var money = new Money(unitPrice, Currency!.Value);
        return Book.Terms.Rounding.Level == Companies.RoundingLevel.UnitPrice ? money.Rounded(Book.Terms.Rounding.Mode) : money;
    }

    /// <summary>
    /// The step function over all lists: a list with a break from 10 and a more general one with a price from 1 make two steps. Once there is a price,
    /// there is one at every greater quantity.
    /// </summary>
    internal PriceBreak[] BreaksOf(Variant variant)
    {
        var count = IsLowest ? LowestSteps(variant) : MostSpecificSteps(variant);
        var breaks = new PriceBreak[count];
        var written = 0;
        for (var i = count - 1; i >= 0; i--)
        {
            var unitPrice = Shown(steps[i].UnitPrice);
            if (written == 0 || breaks[written - 1].UnitPrice != unitPrice)
            {
                breaks[written++] = new(new Quantity(steps[i].MinimumQuantity), unitPrice);
            }
        }

        return written == count ? breaks : breaks[..written];
    }

    /// <summary>
    /// Walks down from the greatest quantity: each list decides above its least minimum quantity, as far as no list before it does. Ends where nothing
    /// less can be bought, so that a list that has a price from one increment on ends the search.
    /// </summary>
    /// <returns>How many steps, the greatest quantity first.</returns>
    private int MostSpecificSteps(Variant variant)
    {
        Span<PriceAdjustment> adjustments = stackalloc PriceAdjustment[PriceAdjustment.MaximumLevels - 1];
        var (count, below, increment) = (0, long.MaxValue, RuleOf(variant).Increment.Thousandths);
        foreach (var list in current)
        {
            for (var i = 0; i < list.Sources.Count; i++)
            {
                var source = list.Sources[i];
                if (!TryFind(source, variant, At, adjustments, out var rows))
                {
                    continue;
                }

                for (var row = rows.Count - 1; row >= 0; row--)
                {
                    var minimum = rows.MinimumQuantity(row);
                    if (minimum < below && rows.Holds(row, At) && Adjusted(rows.UnitPrice(row), source, adjustments) is { } unitPrice)
                    {
                        Add(count++, minimum, unitPrice);
                        below = minimum;
                    }
                }

                if (below <= increment)
                {
                    return count;
                }
            }
        }

        return count;
    }

    private int LowestSteps(Variant variant)
    {
        Span<PriceAdjustment> adjustments = stackalloc PriceAdjustment[PriceAdjustment.MaximumLevels - 1];
        var minimums = new SortedSet<long>();
        foreach (var source in current.SelectMany(list => list.Sources))
        {
            if (TryFind(source, variant, At, adjustments, out var rows))
            {
                for (var row = 0; row < rows.Count; row++)
                {
                    minimums.Add(rows.MinimumQuantity(row));
                }
            }
        }

        var count = 0;
        foreach (var minimum in minimums.Reverse())
        {
            if (BestOffer(variant, minimum, At) is { } offer)
            {
                Add(count++, minimum, offer.UnitPrice);
            }
        }

        return count;
    }

    private void Add(int index, long minimum, long unitPrice)
    {
        if (index == steps.Length)
        {
            Array.Resize(ref steps, 2 * index);
        }

        steps[index] = new(minimum, unitPrice);
    }

    /// <summary>The next instant at which a unit price is another or none: not everything that begins or ends changes it. Null: none is known.</summary>
    internal DateTime? ValidUntil(Variant variant, long quantity, Money unitPrice, BreakGroups? groups)
    {
        SortedSet<DateTime>? turns = null;
        foreach (var list in Book.Lists)
        {
            if (list.Currency != Currency || !list.IsActive)
            {
                continue;
            }

            Note(list.Validity);
            foreach (var source in list.Sources)
            {
                Note(source.Validity);
                var rows = prices[source.Index].RowsOf(variant.Id);
                for (var row = 0; rows.AreTimed && row < rows.Count; row++)
                {
                    Note(rows.Validity(row));
                }
            }
        }

        foreach (var turn in turns ?? [])
        {
            if (BestOffer(variant, quantity, turn, groups) is not { } offer || Shown(offer.UnitPrice) != unitPrice)
            {
                return turn;
            }
        }

        return null;

        void Note(Validity validity)
        {
            if (validity.From > At)
            {
                (turns ??= []).Add(validity.From);
            }

            if (validity.To > At && validity.To < DateTime.MaxValue)
            {
                (turns ??= []).Add(validity.To);
            }
        }
    }

    private readonly record struct PriceStep(long MinimumQuantity, long UnitPrice);
}

/// <summary>A price that one list has for a variant and a quantity.</summary>
/// <param name="List">The list, as the caller has it.</param>
/// <param name="Source">Where in it the price comes from.</param>
/// <param name="MinimumQuantity">Of the row, in thousandths.</param>
/// <param name="UnitPrice">In 1/10,000 of the currency, adjusted.</param>
/// <param name="RowPrice">The row's own price, before adjustments.</param>
/// <param name="Validity">The row's.</param>
internal readonly record struct PriceOffer(
    AssignedPriceList List, PriceSource Source, long MinimumQuantity, long UnitPrice, long RowPrice, Validity Validity);

/// <summary>What the lines of a cart add up to, by list and break group.</summary>
public sealed class BreakGroups
{
    private readonly Dictionary<(long PriceListId, string Group), long> totals = [];

    /// <summary>Adds a line to its group, unless the sum is beyond what a quantity can be.</summary>
    public void Add(long priceListId, string group, Quantity quantity)
    {
        var total = totals.GetValueOrDefault((priceListId, group)) + quantity.Thousandths;
        totals[(priceListId, group)] = Math.Min(total, Quantity.Maximum);
    }

    /// <summary>The sum in thousandths; null if no line is in the group.</summary>
    public long? Of(long priceListId, string group) => totals.TryGetValue((priceListId, group), out var total) ? total : null;
}
