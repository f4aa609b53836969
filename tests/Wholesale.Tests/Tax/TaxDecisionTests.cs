using Wholesale.Platform;
using Wholesale.Tax;

namespace Wholesale.Tests.Tax;

public sealed class TaxDecisionTests
{
    private static readonly DateOnly Day = new(2026, 3, 1);
    private static readonly Currency Eur = Currency.Of("EUR");

    [Fact]
    public void A_regions_rate_goes_before_the_countrys_class_by_class()
    {
        TaxRate[] rates =
        [
            Rate("US 5", "US", null, "standard", "5"), Rate("CO 2.9", "US", "CO", "standard", "2.9"), Rate("NY 4", "US", "NY", "standard", "4"),
            Rate("US food 1", "US", null, "food", "1"), Rate("DE 19", "DE", null, "standard", "19"),
        ];

        string Names(string country, string? region, params string[] classes) => Lines(TaxDecision.Of(Question(country, region, [.. classes.Select(c => Item(c, "100"))]), rates, false, []));

        Assert.Equal("TAXED CO 2.9 2.9% of 100.00 = 2.90 | TAXED US food 1 1% of 100.00 = 1.00", Names("US", "CO", "food", "standard"));
        Assert.Equal("TAXED US 5 5% of 100.00 = 5.00", Names("US", "TX", "standard"));
        Assert.Equal("TAXED US 5 5% of 100.00 = 5.00", Names("US", null, "standard"));
        Assert.Equal("TAXED DE 19 19% of 100.00 = 19.00", Names("DE", "CO", "standard"));
    }

    [Fact]
    public void A_rate_holds_from_its_first_day_to_the_one_before_its_end()
    {
        TaxRate[] rates = [Rate("old", "DE", null, "standard", "16") with { ValidTo = Day }, Rate("new", "DE", null, "standard", "19") with { ValidFrom = Day, ValidTo = Day.AddDays(1) }];

        string On(DateOnly day) => TaxDecision.Of(Question("DE", null, Item("standard", "1")) with { On = day }, rates, false, []).Lines[0] is var line ? $"{line.Treatment} {line.Name}" : "";

        Assert.Equal("Taxed old", On(Day.AddDays(-1)));
        Assert.Equal("Taxed new", On(Day));
        Assert.Equal("NotTaxed ", On(Day.AddDays(1)));
    }

    [Fact]
    public void What_no_rate_is_for_is_not_taxed_and_without_a_country_nothing_is()
    {
        TaxRate[] rates = [Rate("DE 19", "DE", null, "standard", "19")];

        Assert.Equal("NOTTAXED  0% of 1.00 = 0.00", Lines(TaxDecision.Of(Question("DE", null, Item("other", "1")), rates, true, [Exemption("DE")])));
        Assert.Equal("NOTTAXED  0% of 3.00 = 0.00", Lines(TaxDecision.Of(Question(null, null, Item("standard", "1"), Item("other", "2")), rates, true, [])));
    }

    [Fact]
    public void A_rate_that_is_reverse_charged_is_owed_by_companies_with_a_tax_id_themselves()
    {
        TaxRate[] rates = [Rate("AT 20", "AT", null, "standard", "20") with { IsReverseCharged = true }, Rate("AT 10", "AT", null, "food", "10")];
        var question = Question("AT", null, Item("standard", "100"), Item("food", "50"));

        Assert.Equal("TAXED AT 10 10% of 50.00 = 5.00 | REVERSECHARGE AT 20 0% of 100.00 = 0.00", Lines(TaxDecision.Of(question, rates, hasTaxId: true, [])));
        Assert.Equal("TAXED AT 20 20% of 100.00 = 20.00 | TAXED AT 10 10% of 50.00 = 5.00", Lines(TaxDecision.Of(question, rates, hasTaxId: false, [])));
    }

    [Fact]
    public void An_exemption_goes_before_everything_on_its_days_and_in_its_place()
    {
        TaxRate[] rates = [Rate("CO 2.9", "US", "CO", "standard", "2.9") with { IsReverseCharged = true }];
        var question = Question("US", "CO", Item("standard", "100"));
        TaxTreatment Treatment(params TaxExemption[] exemptions) => TaxDecision.Of(question, rates, hasTaxId: true, exemptions).Lines[0].Treatment;

        Assert.Equal(TaxTreatment.Exempt, Treatment(Exemption("US")));
        Assert.Equal(TaxTreatment.Exempt, Treatment(Exemption("US", "CO") with { ValidFrom = Day, ValidTo = Day.AddDays(1) }));
        Assert.Equal(TaxTreatment.ReverseCharge, Treatment(Exemption("US", "NY"), Exemption("DE")));
        Assert.Equal(TaxTreatment.ReverseCharge, Treatment(Exemption("US") with { ValidTo = Day }, Exemption("US") with { ValidFrom = Day.AddDays(1) }));
    }

    [Fact]
    public void Tax_is_rounded_once_a_rate_and_items_of_one_rate_are_one_line()
    {
        TaxRate[] rates = [Rate("VAT", "DE", null, "standard", "19"), Rate("VAT", "DE", null, "tools", "19"), Rate("VAT", "DE", null, "food", "7")];

        var answer = TaxDecision.Of(Question("DE", null, Item("standard", "0.03"), Item("food", "0.10"), Item("tools", "0.03"), Item("standard", "0.03")), rates, false, []);

        Assert.Equal("TAXED VAT 19% of 0.09 = 0.02 | TAXED VAT 7% of 0.10 = 0.01", Lines(answer)); // three lines of 0.03 would bear 0.03
        Assert.Equal([0, 1, 0, 0], answer.LineOfItem);
        Assert.Equal("0.03 EUR", answer.Total.ToString());
    }

    [Theory]
    [InlineData("EUR", RoundingMode.HalfAwayFromZero, "0.50", "0.03")]
    [InlineData("EUR", RoundingMode.HalfEven, "0.50", "0.02")]
    [InlineData("EUR", RoundingMode.Down, "0.79", "0.03")]
    [InlineData("EUR", RoundingMode.Up, "0.01", "0.01")]
    [InlineData("EUR", RoundingMode.HalfAwayFromZero, "-0.50", "-0.03")]
    [InlineData("JPY", RoundingMode.HalfAwayFromZero, "110", "6")]
    [InlineData("KWD", RoundingMode.HalfAwayFromZero, "0.01", "0.001")]
    public void Tax_is_rounded_to_the_minor_unit_by_the_markets_mode(string currency, RoundingMode mode, string net, string tax)
    {
        var question = Question("DE", null) with { Currency = Currency.Of(currency), Rounding = mode, Items = [new("standard", new(Amounts(net), Currency.Of(currency)))] };

        Assert.Equal(tax, TaxDecision.Of(question, [Rate("VAT", "DE", null, "standard", "5")], false, []).Total.Amount.ToString());
    }

    [Fact]
    public void Nothing_bears_nothing()
    {
        var answer = TaxDecision.Of(Question("DE", null), [Rate("VAT", "DE", null, "standard", "19")], false, []);

        Assert.Empty(answer.Lines);
        Assert.Empty(answer.LineOfItem);
        Assert.Equal("0.00 EUR", answer.Total.ToString());
    }

    [Fact]
    public void A_sum_with_too_many_digits_and_an_amount_in_another_currency_are_refused()
    {
        var greatest = new TaxedItem("standard", new Money(Amount.Maximum, Eur));

        Assert.Throws<MoneyOverflowException>(() => TaxDecision.Of(Question("DE", null, greatest, Item("standard", "1")), [], false, []));
        Assert.Throws<MoneyOverflowException>(() => TaxDecision.Of(
            Question("DE", null, greatest, greatest with { TaxClass = "food" }), [Rate("a", "DE", null, "standard", "100"), Rate("b", "DE", null, "food", "99")], false, []));
        Assert.Throws<InvalidOperationException>(() => TaxDecision.Of(Question("DE", null, Item("standard", "1")) with { Currency = Currency.Of("USD") }, [], false, []));
    }

    private static string Lines(TaxAnswer answer) => string.Join(
        " | ", answer.Lines.Select(line => $"{line.Treatment.ToString().ToUpperInvariant()} {line.Name} {line.RatePercent}% of {line.Net.Amount} = {line.Tax.Amount}"));

    private static TaxQuestion Question(string? country, string? region, params TaxedItem[] items) => new(7, country, region, Day, Eur, RoundingMode.HalfAwayFromZero, items);

    private static TaxedItem Item(string taxClass, string amount) => new(taxClass, new Money(Amounts(amount), Eur));

    private static long Amounts(string text) => Amount.TryParse(text, out var amount) ? amount.TenThousandths : throw new FormatException(text);

    private static TaxRate Rate(string name, string country, string? region, string taxClass, string percent) => new()
    {
        Id = HashCode.Combine(name, country, region, taxClass),
        ExternalId = name,
        Name = name,
        Country = country,
        Region = region,
        TaxClass = taxClass,
        Rate = new Amount(Amounts(percent)),
    };

    private static TaxExemption Exemption(string country, string? region = null) => new() { CompanyId = 7, Position = 0, Country = country, Region = region, CertificateNumber = "1" };
}
