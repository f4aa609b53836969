using Wholesale.Platform;

namespace Wholesale.Repricing;

/// <summary>What the lines that were bought in one currency come to before and after a change of prices, net of tax, in 1/10,000 of the currency; stored as JSON.</summary>
/// <param name="Currency">Of all amounts.</param>
/// <param name="Before">All lines with a price before and after, at the prices before.</param>
/// <param name="After">The same lines at the prices after.</param>
/// <param name="Lines">How many they are.</param>
/// <param name="UnpricedLines">Lines that have no price before, or none after; in no sum.</param>
/// <param name="CostedBefore">Those of <paramref name="Lines"/> of which the costs are known in the currency, at the prices before.</param>
/// <param name="CostedAfter">The same lines at the prices after.</param>
/// <param name="Cost">What they cost the seller.</param>
/// <param name="CostedLines">How many they are.</param>
public sealed record SimulatedRevenue(
    Currency Currency, long Before, long After, long Lines, long UnpricedLines, long CostedBefore, long CostedAfter, long Cost, long CostedLines);

/// <summary>Adds up what lines that were bought come to, currency by currency. Pure; not thread-safe.</summary>
internal sealed class SimulatedRevenues
{
    private readonly Dictionary<Currency, Sums> byCurrency = [];

    /// <summary>Adds lines that are alike.</summary>
    /// <param name="currency">Of their price.</param>
    /// <param name="quantity">How much each is of.</param>
    /// <param name="count">How many they are.</param>
    /// <param name="before">What a unit costs before; null: there is no price.</param>
    /// <param name="after">What a unit costs after; null: there is no price.</param>
    /// <param name="cost">What a unit costs the seller; null: it is not known.</param>
    /// <param name="rounding">Which way a total between two minor units goes: the market's.</param>
    public void Add(Currency currency, Quantity quantity, long count, Money? before, Money? after, Money? cost, RoundingMode rounding)
    {
        if (!byCurrency.TryGetValue(currency, out var sums))
        {
            byCurrency.Add(currency, sums = new());
        }

        // What money cannot hold could not be ordered at that price either.
        if (before?.TryTimes(quantity, rounding) is not { } totalBefore || after?.TryTimes(quantity, rounding) is not { } totalAfter)
        {
            sums.UnpricedLines += count;
            return;
        }

        sums.Lines += count;
        sums.Before += (Int128)totalBefore.TenThousandths * count;
        sums.After += (Int128)totalAfter.TenThousandths * count;
        if (cost is { } known && known.Currency == currency && known.TryTimes(quantity, rounding) is { } totalCost)
        {
            sums.CostedLines += count;
            sums.CostedBefore += (Int128)totalBefore.TenThousandths * count;
            sums.CostedAfter += (Int128)totalAfter.TenThousandths * count;
            sums.Cost += (Int128)totalCost.TenThousandths * count;
        }
    }

    /// <summary>The sums, by currency code.</summary>
    /// <exception cref="MoneyOverflowException">One is beyond what money can hold.</exception>
    public IReadOnlyList<SimulatedRevenue> Result() =>
    [
        .. byCurrency.OrderBy(sums => sums.Key.Code, StringComparer.Ordinal).Select(sums => new SimulatedRevenue(
            sums.Key, Checked(sums.Value.Before), Checked(sums.Value.After), sums.Value.Lines, sums.Value.UnpricedLines,
            Checked(sums.Value.CostedBefore), Checked(sums.Value.CostedAfter), Checked(sums.Value.Cost), sums.Value.CostedLines)),
    ];

    private static long Checked(Int128 sum) => sum <= Amount.Maximum
        ? (long)sum
        : throw new MoneyOverflowException("What was bought comes to a sum of more than 14 digits before the point.");

    private sealed class Sums
    {
        public Int128 Before { get; set; }

        public Int128 After { get; set; }

        public long Lines { get; set; }

        public long UnpricedLines { get; set; }

        public Int128 CostedBefore { get; set; }

        public Int128 CostedAfter { get; set; }

        public Int128 Cost { get; set; }

        public long CostedLines { get; set; }
    }
}
