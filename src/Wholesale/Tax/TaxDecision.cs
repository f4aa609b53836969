using Wholesale.Platform;

namespace Wholesale.Tax;

/// <summary>
/// Decides what tax amounts bear: pure. Each is of the rate of its class that holds that day in the region, else in the country. A company with an exemption is charged
/// none; one with a tax id of the country none of a rate that is reverse charged. Tax is computed once a rate, on the sum, so that it is what the printed rate says.
/// </summary>
internal static class TaxDecision
{
    private static readonly Row WithoutRate = new(TaxTreatment.NotTaxed, default, "");

    /// <summary>Taxes amounts.</summary>
    /// <param name="question">The amounts and where they go.</param>
    /// <param name="rates">All that may hold; others do no harm.</param>
    /// <param name="hasTaxId">Whether the company has a verified tax id of the country.</param>
    /// <param name="exemptions">The company's; those of other places and days do no harm.</param>
    /// <exception cref="MoneyOverflowException">A sum has more digits than an amount.</exception>
    public static TaxAnswer Of(TaxQuestion question, IReadOnlyList<TaxRate> rates, bool hasTaxId, IReadOnlyList<TaxExemption> exemptions)
    {
        var isExempt = exemptions.Any(e => e.Country == question.Country && (e.Region is null || e.Region == question.Region) && Days.Hold(e.ValidFrom, e.ValidTo, question.On));
        var rowOf = question.Items.Select(item => item.TaxClass).Distinct()
            .ToDictionary(taxClass => taxClass, taxClass => RowOf(RateOf(taxClass, question, rates), hasTaxId, isExempt), StringComparer.Ordinal);
        var rows = rowOf.Values.Distinct()
            .OrderBy(row => row.Treatment).ThenByDescending(row => row.Percent).ThenBy(row => row.Name, StringComparer.Ordinal).ToList();
        var places = rows.Index().ToDictionary(place => place.Item, place => place.Index);
        var lineOfItem = question.Items.Select(item => places[rowOf[item.TaxClass]]).ToList();

        var sums = new Int128[rows.Count];
        foreach (var (item, line) in question.Items.Zip(lineOfItem))
        {
            sums[line] += InCurrency(item.Amount, question.Currency);
        }

        var lines = rows.Zip(sums, (row, sum) => Line(row, MoneyOf(sum, question.Currency), question.Rounding)).ToList();
        var total = lines.Aggregate(Int128.Zero, (sum, line) => sum + line.Tax.TenThousandths);
        return new(lines, lineOfItem, MoneyOf(total, question.Currency));
    }

    private static TaxRate? RateOf(string taxClass, TaxQuestion question, IReadOnlyList<TaxRate> rates) => rates
        .Where(r => r.TaxClass == taxClass && r.Country == question.Country && (r.Region is null || r.Region == question.Region) && Days.Hold(r.ValidFrom, r.ValidTo, question.On))
        .MinBy(r => r.Region is null);

    private static Row RowOf(TaxRate? rate, bool hasTaxId, bool isExempt) =>
        rate is null ? WithoutRate
        : isExempt ? new(TaxTreatment.Exempt, default, rate.Name)
        : rate.IsReverseCharged && hasTaxId ? new(TaxTreatment.ReverseCharge, default, rate.Name)
        : new(TaxTreatment.Taxed, rate.Rate, rate.Name);

    private static TaxLine Line(Row row, Money net, RoundingMode rounding) => new(row.Name, row.Percent, row.Treatment, net, net.Percent(row.Percent, rounding));

    private static long InCurrency(Money amount, Currency currency) => amount.Currency == currency
        ? amount.TenThousandths
        : throw new InvalidOperationException($"{amount} is to be taxed among amounts in {currency}.");

    private static Money MoneyOf(Int128 tenThousandths, Currency currency) => Int128.Abs(tenThousandths) <= Amount.Maximum
        ? new Money((long)tenThousandths, currency)
        : throw new MoneyOverflowException($"A sum to be taxed, in {currency}, has more than 14 digits before the point.");

    /// <summary>What a line is told from others by.</summary>
    private sealed record Row(TaxTreatment Treatment, Amount Percent, string Name);
}
