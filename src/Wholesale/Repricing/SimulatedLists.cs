using Wholesale.Catalog;
using Wholesale.Platform;
using Wholesale.Pricing;

namespace Wholesale.Repricing;

/// <summary>Some lists as they are and as they would be, for some changed variants. Without I/O; not thread-safe.</summary>
internal sealed class SimulatedLists
{
    private readonly Dictionary<long, CompiledPriceList> before;
    private readonly Dictionary<long, CompiledPriceList> after;
    private readonly IGrouping<long, SimulatedPrice>[] changes;
    private readonly DateTime at;

    /// <summary>Scratch space.</summary>
    private readonly List<Quantity> quantities = [];

    /// <summary>Works out what the lists would be.</summary>
    /// <param name="lists">As they are.</param>
    /// <param name="changes">The other prices by variant, by id.</param>
    /// <param name="at">The instant at which they would hold.</param>
    public SimulatedLists(IReadOnlyList<CompiledPriceList> lists, IGrouping<long, SimulatedPrice>[] changes, DateTime at)
    {
        (this.changes, this.at) = (changes, at);
        var pricesOf = changes.SelectMany(variant => variant).ToLookup(price => price.PriceListId);
        before = lists.ToDictionary(list => list.PriceListId);
        after = lists.ToDictionary(list => list.PriceListId, list => pricesOf.Contains(list.PriceListId) ? list.With(Edit(list, pricesOf[list.PriceListId])) : list);
    }

    /// <summary>Compares the prices of a chain: one line for each variant of which a list that reaches the chain has other prices.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="variants">The changed variants.</param>
    /// <param name="line">Told what changes at the quantity at which the line is worst; null: nothing at any.</param>
    public void Compare(PriceChain chain, Dictionary<long, Variant> variants, Action<SimulatedChange?> line)
    {
        CompiledPriceList[] own = [.. chain.Book.PriceListIds.Select(id => before[id])];
        var one = new PriceResolution(chain.Book, own, at);
        var other = new PriceResolution(chain.Book, [.. chain.Book.PriceListIds.Select(id => after[id])], at);
        foreach (var changed in changes)
        {
            quantities.Clear();
            foreach (var price in changed)
            {
                if (chain.Reached.Contains(price.PriceListId))
                {
                    quantities.Add(price.MinimumQuantity);
                }
            }

            if (quantities.Count > 0)
            {
                var variant = variants[changed.Key];
                AddBreaks(own, variant);
                line(Worst(variant, one, other));
            }
        }
    }

    /// <summary>What a unit costs by a chain before and after.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="bought">Of which changed variants, and how much.</param>
    /// <param name="price">Told of each, in their order.</param>
    public void Price<T>(PriceChain chain, IEnumerable<(T Line, Variant Variant, Quantity Quantity)> bought, Action<T, Money?, Money?> price)
    {
        var one = new PriceResolution(chain.Book, [.. chain.Book.PriceListIds.Select(id => before[id])], at);
        var other = new PriceResolution(chain.Book, [.. chain.Book.PriceListIds.Select(id => after[id])], at);
        foreach (var (line, variant, quantity) in bought)
        {
            price(line, one.UnitPriceOf(variant, quantity), other.UnitPriceOf(variant, quantity));
        }
    }

    /// <summary>
    /// Where a price may be another, so that every greater quantity up to the next of these has the same change: at the changed breaks, and at all greater
    /// ones of all lists, since another list may take over. Below the least changed one nothing changes.
    /// </summary>
    private void AddBreaks(CompiledPriceList[] lists, Variant variant)
    {
        var least = quantities.Min().Thousandths;
        foreach (var list in lists)
        {
            var rows = list.RowsOf(variant.Id);
            for (var row = 0; row < rows.Count; row++)
            {
                if (rows.MinimumQuantity(row) is var minimum && minimum > least && !quantities.Contains(new(minimum)))
                {
                    quantities.Add(new(minimum));
                }
            }
        }
    }

    private SimulatedChange? Worst(Variant variant, PriceResolution one, PriceResolution other)
    {
        var rule = one.RuleOf(variant);
        var worst = Change(rule.Minimum);
        foreach (var minimum in quantities)
        {
            var quantity = rule.RoundUp(minimum);
            if (quantity > rule.Minimum && !(quantity > rule.Maximum) && Change(quantity) is { } change && !(change.CompareTo(worst ?? change) > 0))
            {
                worst = change;
            }
        }

        return worst;

        SimulatedChange? Change(Quantity quantity)
        {
            var (before, after) = (one.UnitPriceOf(variant, quantity), other.UnitPriceOf(variant, quantity));
            return before == after ? null : new(variant.Id, variant.Sku, quantity, before, after);
        }
    }

    /// <summary>The changed variants' rows of a list: a new price takes the place of what holds at the instant from the same quantity on.</summary>
    private PriceColumns Edit(CompiledPriceList list, IEnumerable<SimulatedPrice> prices)
    {
        var edit = new PriceColumns.Builder();
        foreach (var variant in prices.GroupBy(price => price.VariantId))
        {
            edit.Know(variant.Key);
            var others = variant.ToDictionary(price => price.MinimumQuantity.Thousandths);
            var rows = list.RowsOf(variant.Key);
            for (var row = 0; row < rows.Count; row++)
            {
                if (rows.Holds(row, at) && !others.ContainsKey(rows.MinimumQuantity(row)))
                {
                    edit.Add(variant.Key, rows.MinimumQuantity(row), rows.UnitPrice(row), Validity.Always);
                }
            }

            foreach (var price in others.Values)
            {
                if (price.UnitPrice is { } unitPrice)
                {
                    edit.Add(variant.Key, price.MinimumQuantity.Thousandths, unitPrice, Validity.Always);
                }
            }
        }

        return edit.Build(keepsEmpty: true);
    }
}
