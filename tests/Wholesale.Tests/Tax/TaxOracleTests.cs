using System.Numerics;
using Wholesale.Platform;
using Wholesale.Tax;

namespace Wholesale.Tests.Tax;

/// <summary>Totals of random questions against one that is computed with numbers of any length, item by item.</summary>
public sealed class TaxOracleTests
{
    private const int Questions = 100_000;

    private static readonly DateOnly FirstDay = new(2026, 1, 1);
    private static readonly string[] Countries = ["DE", "US"];
    private static readonly string?[] Regions = [null, "A", "B"];
    private static readonly string[] Classes = ["standard", "food", "books"];
    private static readonly Currency[] Currencies = [.. new[] { "EUR", "JPY", "KWD", "CLF" }.Select(Currency.Of)];

    [Fact]
    public void No_total_of_a_hundred_thousand_questions_drifts()
    {
        var random = new Random(20261127);

        for (var i = 0; i < Questions; i++)
        {
            var (rates, hasTaxId, exemptions) = (RandomRates(random), random.Next(2) == 0, RandomExemptions(random));
            var question = RandomQuestion(random);

            var answer = TaxDecision.Of(question, rates, hasTaxId, exemptions);

            var expected = Expected(question, rates, hasTaxId, exemptions);
            Assert.Equal(expected.Select(line => line.Text), answer.Lines.Select(Text));
            Assert.Equal(expected.Aggregate(BigInteger.Zero, (sum, line) => sum + line.Tax), answer.Total.TenThousandths);
            Assert.Equal(
                question.Items.Aggregate(BigInteger.Zero, (sum, item) => sum + item.Amount.TenThousandths),
                answer.Lines.Aggregate(BigInteger.Zero, (sum, line) => sum + line.Net.TenThousandths));
            for (var item = 0; item < question.Items.Count; item++)
            {
                var (treatment, percent, name) = Bearing(question.Items[item], question, rates, hasTaxId, exemptions);
                var line = answer.Lines[answer.LineOfItem[item]];
                Assert.Equal((treatment, percent, name), (line.Treatment, line.RatePercent.TenThousandths, line.Name));
            }
        }
    }

    private static string Text(TaxLine line) =>
        $"{line.Treatment} {line.RatePercent.TenThousandths} {line.Name}: {line.Net.TenThousandths} {line.Tax.TenThousandths} {line.Tax.Currency}";

    private static List<(BigInteger Tax, string Text)> Expected(TaxQuestion question, TaxRate[] rates, bool hasTaxId, TaxExemption[] exemptions)
    {
        var unit = BigInteger.Pow(10, 4 - question.Currency.MinorUnitDigits);
        return
        [
            .. from item in question.Items
               group item by Bearing(item, question, rates, hasTaxId, exemptions) into line
               orderby line.Key.Treatment, line.Key.Percent descending, line.Key.Name
               let net = line.Aggregate(BigInteger.Zero, (sum, item) => sum + item.Amount.TenThousandths)
               let tax = Round(net * line.Key.Percent, 1_000_000 * unit, question.Rounding) * unit
               select (tax, $"{line.Key.Treatment} {line.Key.Percent} {line.Key.Name}: {net} {tax} {question.Currency}"),
        ];
    }

    /// <summary>By the words of docs/taxes.md, and not as the product finds it: one step after another, with early returns.</summary>
    private static (TaxTreatment Treatment, long Percent, string Name) Bearing(
        TaxedItem item, TaxQuestion question, TaxRate[] rates, bool hasTaxId, TaxExemption[] exemptions)
    {
        var day = question.On.DayNumber;
        var ofClass = rates.Where(r => r.TaxClass == item.TaxClass && r.Country == question.Country && day >= (r.ValidFrom?.DayNumber ?? 0) && day < (r.ValidTo?.DayNumber ?? int.MaxValue)).ToList();
        var rate = question.Region is null ? null : ofClass.Find(r => r.Region == question.Region);
        rate ??= ofClass.Find(r => r.Region is null);
        if (rate is null)
        {
            return (TaxTreatment.NotTaxed, 0, "");
        }

        foreach (var exemption in exemptions.Where(e => e.Country == question.Country && (e.Region == null || e.Region == question.Region)))
        {
            if (day >= (exemption.ValidFrom?.DayNumber ?? 0) && day < (exemption.ValidTo?.DayNumber ?? int.MaxValue))
            {
                return (TaxTreatment.Exempt, 0, rate.Name);
            }
        }

        return rate.IsReverseCharged && hasTaxId ? (TaxTreatment.ReverseCharge, 0, rate.Name) : (TaxTreatment.Taxed, rate.Rate.TenThousandths, rate.Name);
    }

    private static BigInteger Round(BigInteger amount, BigInteger divisor, RoundingMode mode)
    {
        var floor = BigInteger.Divide(BigInteger.Abs(amount), divisor);
        var twiceTheRest = 2 * (BigInteger.Abs(amount) - (floor * divisor));
        var isUp = mode switch
        {
            RoundingMode.Up => twiceTheRest > 0,
            RoundingMode.Down => false,
            RoundingMode.HalfEven => twiceTheRest > divisor || (twiceTheRest == divisor && !floor.IsEven),
            _ => twiceTheRest >= divisor,
        };
        return amount.Sign * (floor + (isUp ? 1 : 0));
    }

    /// <summary>At most one of a place and class on a day: each holds from a day on, up to the next.</summary>
    private static TaxRate[] RandomRates(Random random)
    {
        var rates = new List<TaxRate>();
        foreach (var (country, region, taxClass) in from c in Countries from r in Regions from t in Classes select (c, r, t))
        {
            if (random.Next(3) == 0)
            {
                continue;
            }

            var turn = random.Next(3) == 0 ? FirstDay.AddDays(random.Next(20)) : (DateOnly?)null;
            rates.Add(RandomRate(random, rates.Count, country, region, taxClass) with { ValidTo = turn });
            if (turn is not null && random.Next(2) == 0)
            {
                rates.Add(RandomRate(random, rates.Count, country, region, taxClass) with { ValidFrom = turn });
            }
        }

        var shuffled = rates.ToArray();
        random.Shuffle(shuffled);
        return shuffled;
    }

    private static TaxRate RandomRate(Random random, int id, string country, string? region, string taxClass) => new()
    {
        Id = id,
        ExternalId = $"r{id}",
        Name = random.Next(4) == 0 ? "Tax" : $"Tax {random.Next(5)}",
        Country = country,
        Region = region,
        TaxClass = taxClass,
        Rate = new Amount(random.Next(5) switch { 0 => 190_000, 1 => 70_000, 2 => 0, 3 => 1_000_000, _ => random.Next(1_000_001) }),
        IsReverseCharged = random.Next(3) == 0,
    };

    private static TaxExemption[] RandomExemptions(Random random) => [.. Enumerable.Range(0, random.Next(3) == 0 ? 2 : 0).Select(i => new TaxExemption
    {
        CompanyId = 7,
        Position = i,
        Country = Countries[random.Next(2)],
        Region = Regions[random.Next(3)],
        CertificateNumber = "1",
        ValidFrom = random.Next(2) == 0 ? null : FirstDay.AddDays(random.Next(20)),
        ValidTo = random.Next(2) == 0 ? null : FirstDay.AddDays(random.Next(20)),
    })];

    private static TaxQuestion RandomQuestion(Random random)
    {
        var currency = Currencies[random.Next(Currencies.Length)];
        var longest = 1L << random.Next(2, 56); // ten of the longest are still an amount
        var items = Enumerable.Range(0, random.Next(11)).Select(_ => new TaxedItem(
            random.Next(10) == 0 ? "other" : Classes[random.Next(3)],
            new Money(random.NextInt64(-longest / 4, longest), currency)));
        return new(
            7,
            random.Next(20) == 0 ? null : Countries[random.Next(2)],
            Regions[random.Next(3)],
            FirstDay.AddDays(random.Next(20)),
            currency,
            (RoundingMode)random.Next(4),
            [.. items]);
    }
}
