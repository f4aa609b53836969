using Wholesale.Catalog;
using Wholesale.Platform;

namespace Wholesale.Pricing;

/// <summary>
/// The rules of a price, without I/O. Each of the caller's lists offers at most one price for a variant and a quantity: that of its row with the greatest
/// minimum quantity that is not above the quantity; where its own rows have none, that of the list it is made of, adjusted. By the market's policy the
/// first list that offers one decides, or the lowest offer. One instance serves all variants of one field; it keeps scratch space, so it is not thread-safe.
/// </summary>
public sealed partial class PriceResolution
{
    private readonly CompiledPriceList[] prices;
    private readonly AssignedPriceList[] current;

    /// <summary>Where prices come from now: the sources of the current lists, one behind the other.</summary>
    private readonly CurrentSource[] sources;

    private readonly Currency shownIn;
    private readonly bool isLowest;
    private readonly bool roundsUnits;
    private readonly bool hasTerms;

    /// <summary>What is done to a variant's prices on the way, one list after the other.</summary>
    private readonly PriceAdjustment[] adjustments = new PriceAdjustment[PriceAdjustment.MaximumLevels - 1];

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
        sources =
        [
            .. current.SelectMany(list => list.Sources
                .Where(source => source.Validity.Holds(at))
                .Select(source => new CurrentSource(list, source, this.prices[source.Index], source.Steps.Count > 0))),
        ];
        shownIn = Currency ?? default;
        isLowest = book.Terms.Policy == Companies.PricePolicy.Lowest;
        roundsUnits = book.Terms.Rounding.Level == Companies.RoundingLevel.UnitPrice;
        hasTerms = Array.Exists(current, list => this.prices[list.Sources[0].Index].HasTerms);
    }

    /// <summary>The caller's lists.</summary>
    public PriceBook Book { get; }

    /// <summary>The instant.</summary>
    public DateTime At { get; }

    /// <summary>What prices are in; null if the caller has no list at all.</summary>
    public Currency? Currency { get; }

    /// <summary>Whether a list may say something of quantities, so that what lines cost may depend on one another.</summary>
    internal bool HasQuantityTerms => Book.HasQuantityTerms;

    /// <summary>Whether the caller has any list now, in the currency: without one, nothing has a price.</summary>
    internal bool HasLists => current.Length > 0;

    /// <summary>The price of a variant, or null if no list has one.</summary>
    /// <param name="variant">The variant.</param>
    /// <param name="quantity">How much is bought; more than 0.</param>
    /// <param name="groups">What the lines of a cart add up to, where there is a cart.</param>
    /// <exception cref="MoneyOverflowException">The total is beyond what money can hold.</exception>
    public EffectivePrice? Resolve(Variant variant, Quantity quantity, BreakGroups? groups = null)
    {
        if (groups is null && !isLowest)
        {
            FirstRows first = default;
            var offer = FirstOfferOf(variant, quantity.Thousandths, ref first);
            return offer.IsNone ? null : new EffectivePrice(this, variant, quantity, sources[offer.Source].List, offer.UnitPrice, null, first);
        }

        return BestOffer(variant, quantity.Thousandths, At, groups) is { } best
            ? new EffectivePrice(this, variant, quantity, best.List, best.UnitPrice, groups, default)
            : null;
    }

    /// <summary>As <see cref="Resolve"/>, only what a unit costs, however many of it money can hold.</summary>
    /// <exception cref="MoneyOverflowException">The unit price, rounded as the market has it, is beyond what money can hold.</exception>
    internal Money? UnitPriceOf(Variant variant, Quantity quantity)
    {
        if (isLowest)
        {
            return BestOffer(variant, quantity.Thousandths, At) is { } best ? Shown(best.UnitPrice) : null;
        }

        FirstRows first = default;
        var offer = FirstOfferOf(variant, quantity.Thousandths, ref first);
        return offer.IsNone ? null : Shown(offer.UnitPrice);
    }

    /// <summary>
    /// What lines add up to in the break groups of each list, of those too that are the caller's only at another time: how long a price holds depends on them.
    /// </summary>
    public BreakGroups GroupsOf(IEnumerable<(Variant Variant, Quantity Quantity)> lines)
    {
        var groups = new BreakGroups();
        var lists = Book.Lists.Where(list => prices[list.Sources[0].Index].HasTerms).DistinctBy(list => list.PriceListId).ToArray();
        if (lists.Length == 0)
        {
            return groups;
        }

        foreach (var (variant, quantity) in lines)
        {
            foreach (var list in lists)
            {
                if (TermsOf(list, variant)?.BreakGroup is { } group)
                {
                    groups.Add(list.PriceListId, group, quantity);
                }
            }
        }

        return groups;
    }

    /// <summary>What may be bought of a variant: what the first list that says something about it says; the rest as the variant has it.</summary>
    public QuantityRule RuleOf(Variant variant) => QuantityRule.Of(variant, TermsOf(variant));

    /// <summary>Why a quantity cannot be bought; null: it can, as far as its increment goes. Whether it is enough is the cart's matter.</summary>
    internal string? WhyNot(Variant variant, Quantity quantity)
    {
        if (quantity.Thousandths == 0)
        {
            return PricingErrors.QuantityIsZero();
        }

        var increment = IncrementOf(variant);
        return quantity.IsMultipleOf(increment) ? null : PricingErrors.NotAMultiple(quantity, variant.Sku, increment);
    }

    /// <summary>What the first list says that says something of a variant's quantities.</summary>
    private QuantityTerms? TermsOf(Variant variant)
    {
        for (var i = 0; hasTerms && i < current.Length; i++)
        {
            if (TermsOf(current[i], variant) is { } terms)
            {
                return terms;
            }
        }

        return null;
    }

    private Quantity IncrementOf(Variant variant) => TermsOf(variant)?.Increment ?? variant.QuantityIncrement;

    /// <summary>What a list says of a variant's quantities.</summary>
    internal QuantityTerms? TermsOf(AssignedPriceList list, Variant variant) => prices[list.Sources[0].Index].TermsOf(variant.Id);

    /// <summary>The quantity by which a list looks for its break: that of the variant's group, if it is in one and there is a cart.</summary>
    internal long BreakQuantity(AssignedPriceList list, Variant variant, long quantity, BreakGroups? groups) =>
        groups is not null && TermsOf(list, variant)?.BreakGroup is { } group ? groups.Of(list.PriceListId, group) ?? quantity : quantity;

    /// <summary>
    /// The offer that decides where the first one does and no lines add up: what <see cref="BestOffer"/> finds, by the shortest way, since this is what
    /// nearly every price is.
    /// </summary>
    /// <param name="variant">The variant.</param>
    /// <param name="quantity">In thousandths.</param>
    /// <param name="first">Where its rows begin; the default: nobody has looked yet, and it is set.</param>
    private FirstOffer FirstOfferOf(Variant variant, long quantity, ref FirstRows first)
    {
        for (var i = first.Source; i < sources.Length; i++)
        {
            ref readonly var source = ref sources[i];
            if (!TryFind(i, variant, first, out var rows))
            {
                continue;
            }

            if (first.Rows.Count == 0)
            {
                first = new(i, rows);
            }

            for (var row = rows.Count - 1; row >= 0; row--)
            {
                if (rows.MinimumQuantity(row) <= quantity && rows.Holds(row, At) && TryAdjust(rows.UnitPrice(row), source, out var unitPrice))
                {
                    return new(i, unitPrice);
                }
            }
        }

        return FirstOffer.None;
    }

    private bool TryAdjust(long rowPrice, in CurrentSource source, out long unitPrice)
    {
        unitPrice = rowPrice;
        if (!source.IsAdjusted)
        {
            return true;
        }

        var adjusted = Adjusted(rowPrice, source.Source);
        unitPrice = adjusted ?? 0;
        return adjusted is not null;
    }

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
            if (offer is not null && !isLowest)
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
        for (var i = 0; i < list.Sources.Count; i++)
        {
            var source = list.Sources[i];
            if (!TryFind(source, variant, instant, out var rows))
            {
                continue;
            }

            for (var row = rows.Count - 1; row >= 0; row--)
            {
                if (rows.MinimumQuantity(row) <= quantity && rows.Holds(row, instant)
                    && Adjusted(rows.UnitPrice(row), source) is { } unitPrice)
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
        var least = long.MaxValue;
        foreach (var source in list.Sources)
        {
            if (!TryFind(source, variant, At, out var rows))
            {
                continue;
            }

            for (var row = 0; row < rows.Count; row++)
            {
                if (rows.MinimumQuantity(row) < least && rows.Holds(row, At) && Adjusted(rows.UnitPrice(row), source) is not null)
                {
                    least = rows.MinimumQuantity(row);
                }
            }
        }

        return least == long.MaxValue ? null : OfferOf(list, variant, least, At);
    }

    /// <summary>The rows of a variant in a source that holds, with what is done to them.</summary>
    private bool TryFind(PriceSource source, Variant variant, DateTime instant, out PriceRows rows)
    {
        rows = default;
        if (!source.Validity.Holds(instant) || !TryAdjustments(source, variant))
        {
            return false;
        }

        rows = prices[source.Index].RowsOf(variant.Id);
        return rows.Count > 0;
    }

    /// <summary>Finds what is done to a variant's prices on the way: that is what <see cref="Adjusted"/> then does.</summary>
    /// <returns>False if a list on the way does not take them over.</returns>
    private bool TryAdjustments(PriceSource source, Variant variant)
    {
        for (var i = 0; i < source.Steps.Count; i++)
        {
            if (source.Steps[i].For(variant.CategoryId) is not { } adjustment)
            {
                return false;
            }

            adjustments[i] = adjustment;
        }

        return true;
    }

    /// <summary>A row's price as the list has it; null if that is no price.</summary>
    private long? Adjusted(long unitPrice, PriceSource source) =>
        source.Steps.Count == 0 ? unitPrice : PriceAdjustment.Apply(unitPrice, adjustments.AsSpan(0, source.Steps.Count));

    /// <summary>An amount of what all prices are in.</summary>
    internal Money InCurrency(long tenThousandths) => new(tenThousandths, shownIn);

    /// <summary>What a buyer pays for a unit, once rounded as the market has it.</summary>
    internal Money Shown(long unitPrice)
    {
        var money = InCurrency(unitPrice);
        return roundsUnits ? money.Rounded(Book.Terms.Rounding.Mode) : money;
    }

    /// <summary>One source of a current list, with its prices.</summary>
    private readonly record struct CurrentSource(AssignedPriceList List, PriceSource Source, CompiledPriceList Prices, bool IsAdjusted);
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
