using Wholesale.Catalog;
using Wholesale.Platform;

namespace Wholesale.Pricing;

/// <summary>How a price changes with the quantity and with time.</summary>
public sealed partial class PriceResolution
{
    private PriceStep[] steps = new PriceStep[16];

    /// <summary>
    /// The step function over all lists: a list with a break from 10 and a more general one with a price from 1 make two steps. Once there is a price,
    /// there is one at every greater quantity.
    /// </summary>
    /// <param name="variant">The variant.</param>
    /// <param name="first">Where its rows begin, if that is known.</param>
    internal PriceBreak[] BreaksOf(Variant variant, FirstRows first)
    {
        var count = isLowest ? LowestSteps(variant) : MostSpecificSteps(variant, first);
        var breaks = new PriceBreak[count];
        var written = 0;
        for (var i = count - 1; i >= 0; i--)
        {
            var unitPrice = Shown(steps[i].UnitPrice);
            if (written == 0 || breaks[written - 1].UnitPrice.TenThousandths != unitPrice.TenThousandths)
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
    private int MostSpecificSteps(Variant variant, FirstRows first)
    {
        var (count, below, increment) = (0, long.MaxValue, IncrementOf(variant).Thousandths);
        for (var i = first.Source; i < sources.Length; i++)
        {
            ref readonly var source = ref sources[i];
            if (!TryFind(i, variant, first, out var rows))
            {
                continue;
            }

            for (var row = rows.Count - 1; row >= 0; row--)
            {
                var minimum = rows.MinimumQuantity(row);
                if (minimum < below && rows.Holds(row, At) && TryAdjust(rows.UnitPrice(row), source, out var unitPrice))
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

        return count;
    }

    private int LowestSteps(Variant variant)
    {
        var minimums = new SortedSet<long>();
        for (var i = 0; i < sources.Length; i++)
        {
            if (TryFind(i, variant, default, out var rows))
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
        var additions = new SortedSet<long>();
        foreach (var list in current)
        {
            var reached = BreakQuantity(list, variant, quantity.Thousandths, groups);
            foreach (var source in list.Sources)
            {
                if (!TryFind(source, variant, At, out var rows))
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

    private readonly record struct PriceStep(long MinimumQuantity, long UnitPrice);
}
