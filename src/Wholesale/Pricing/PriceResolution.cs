using Wholesale.Platform;

namespace Wholesale.Pricing;

/// <summary>A price row as resolution sees it: of one variant, in the version of its list that readers know.</summary>
/// <param name="VariantId">Whose price.</param>
/// <param name="PriceListId">The list it stands in.</param>
/// <param name="MinimumQuantity">From this quantity on.</param>
/// <param name="UnitPrice">In 1/10,000 of the list's currency.</param>
/// <param name="ValidFrom">From when; null: since ever.</param>
/// <param name="ValidTo">Until when, exclusive; null: for ever.</param>
public readonly record struct PriceRow(long VariantId, long PriceListId, Quantity MinimumQuantity, long UnitPrice, DateTime? ValidFrom, DateTime? ValidTo);

/// <summary>A price after all rules.</summary>
/// <param name="Quantity">The quantity it is for.</param>
/// <param name="UnitPrice">Per unit of measure.</param>
/// <param name="Total">Unit price × quantity, rounded once.</param>
/// <param name="ListPrice">What everyone would pay for one; null if the lists for everyone have no price.</param>
/// <param name="Breaks">Where the unit price changes, lowest quantity first; never empty.</param>
/// <param name="ValidUntil">Until when the unit price holds, exclusive; null: no end is known.</param>
public sealed record EffectivePrice(
    Quantity Quantity, Money UnitPrice, Money Total, Money? ListPrice, IReadOnlyList<PriceBreak> Breaks, DateTime? ValidUntil);

/// <summary>A unit price from a quantity on, for the whole quantity.</summary>
public readonly record struct PriceBreak(Quantity MinimumQuantity, Money UnitPrice);

/// <summary>
/// The rules of a price, without I/O: the first list of the book that has a price for the variant at the quantity decides; within it the row with the
/// greatest minimum quantity that is not above the quantity. One instance serves all variants of one field; it keeps scratch space, so it is not thread-safe.
/// </summary>
/// <param name="book">The caller's lists.</param>
/// <param name="at">The instant that assignments and rows must hold at.</param>
public sealed class PriceResolution(PriceBook book, DateTime at)
{
    private readonly Currency? currency = book.CurrencyAt(at);
    private readonly List<Candidate> candidates = [];

    /// <summary>The price of one variant, or null if no list has one.</summary>
    /// <param name="rows">The variant's rows in all lists of the book, in any order: those that hold at the instant, and later ones.</param>
    /// <param name="quantity">How much is bought; more than 0.</param>
    /// <exception cref="MoneyOverflowException">The total is beyond what money can hold.</exception>
    public EffectivePrice? Resolve(ReadOnlySpan<PriceRow> rows, Quantity quantity)
    {
        if (currency is not { } inCurrency)
        {
            return null;
        }

        Collect(rows, inCurrency);
        if (UnitPrice(at, quantity) is not { } unitPrice)
        {
            return null;
        }

        var money = new Money(unitPrice, inCurrency);
        var listPrice = UnitPrice(at, Quantity.One, forEveryone: true);
        return new(quantity, money, money.Times(quantity), listPrice is { } amount ? new Money(amount, inCurrency) : null, Breaks(inCurrency), ValidUntil(unitPrice, quantity));
    }

    /// <summary>Joins rows with the assignments of their lists: a candidate holds while both do. What is over before the instant is left out.</summary>
    private void Collect(ReadOnlySpan<PriceRow> rows, Currency inCurrency)
    {
        candidates.Clear();
        foreach (var row in rows)
        {
            foreach (var rank in book.RanksOf(row.PriceListId))
            {
                var list = book.Lists[rank];
                var from = Later(row.ValidFrom ?? DateTime.MinValue, list.ValidFrom);
                var to = Earlier(row.ValidTo ?? DateTime.MaxValue, list.ValidTo ?? DateTime.MaxValue);
                if (list.Currency == inCurrency && from < to && at < to)
                {
                    candidates.Add(new(rank, list.IsForEveryone, row.MinimumQuantity, row.UnitPrice, from, to));
                }
            }
        }
    }

    private long? UnitPrice(DateTime instant, Quantity quantity, bool forEveryone = false)
    {
        Candidate? winner = null;
        foreach (var candidate in candidates)
        {
            if (candidate.From <= instant && instant < candidate.To && candidate.MinimumQuantity <= quantity
                && (candidate.IsForEveryone || !forEveryone) && (winner is null || candidate.GoesBefore(winner.Value)))
            {
                winner = candidate;
            }
        }

        return winner?.UnitPrice;
    }

    /// <summary>
    /// The step function over all lists: a list with a break from 10 and a more general one with a price from 1 make two steps. Once there is a price,
    /// there is one at every greater quantity.
    /// </summary>
    private List<PriceBreak> Breaks(Currency inCurrency)
    {
        var quantities = new SortedSet<Quantity>();
        foreach (var candidate in candidates)
        {
            if (candidate.From <= at)
            {
                quantities.Add(candidate.MinimumQuantity);
            }
        }

        var breaks = new List<PriceBreak>(quantities.Count);
        long? last = null;
        foreach (var quantity in quantities)
        {
            var unitPrice = UnitPrice(at, quantity);
            if (unitPrice is { } amount && amount != last)
            {
                breaks.Add(new(quantity, new Money(amount, inCurrency)));
                last = amount;
            }
        }

        return breaks;
    }

    /// <summary>The next instant at which this unit price is another or none: not every row that begins or ends changes this answer.</summary>
    private DateTime? ValidUntil(long unitPrice, Quantity quantity)
    {
        SortedSet<DateTime>? turns = null;
        foreach (var candidate in candidates)
        {
            if (candidate.MinimumQuantity > quantity)
            {
                continue;
            }

            if (candidate.From > at)
            {
                (turns ??= []).Add(candidate.From);
            }

            if (candidate.To != DateTime.MaxValue)
            {
                (turns ??= []).Add(candidate.To);
            }
        }

        foreach (var turn in turns ?? [])
        {
            if (UnitPrice(turn, quantity) != unitPrice)
            {
                return turn;
            }
        }

        return null;
    }

    private static DateTime Later(DateTime one, DateTime other) => one > other ? one : other;

    private static DateTime Earlier(DateTime one, DateTime other) => one < other ? one : other;

    private readonly record struct Candidate(int Rank, bool IsForEveryone, Quantity MinimumQuantity, long UnitPrice, DateTime From, DateTime To)
    {
        /// <summary>The nearer list first, within a list the greater minimum quantity.</summary>
        public bool GoesBefore(Candidate other) =>
            Rank != other.Rank ? Rank < other.Rank : MinimumQuantity > other.MinimumQuantity;
    }
}
