using Wholesale.Companies;
using Wholesale.Platform;
using Wholesale.Tax;
using Wholesale.Tests.Catalog;
using static Wholesale.Tests.Tax.TaxRows;

namespace Wholesale.Tests.Tax;

public sealed class TaxTableTests : IDisposable
{
    private static readonly DateOnly Day = new(2026, 3, 1);
    private static readonly Currency Eur = Currency.Of("EUR");

    private readonly RoomDatabase database = new();

    public void Dispose() => database.Dispose();

    [Fact]
    public async Task Many_items_are_taxed_by_one_statement_and_by_two_where_there_are_exemptions()
    {
        var company = await Seed();

        var (taxed, one) = await database.Count(db => Ask(db, company, "AT", null));
        var (untaxed, oneHereToo) = await database.Count(db => Ask(db, company, "FR", null));
        var (placeless, none) = await database.Count(db => Ask(db, company, null, null));

        await database.Upsert(new CompanyTaxProfileInput("acme", TaxExemptions: [new("AT", "A-1")]));
        var (_, two) = await database.Count(db => Ask(db, company, "AT", null));

        Assert.Equal((1, 1, 0, 2), (one, oneHereToo, none, two));
        Assert.Equal("Taxed AT food 10 % 20.00 | ReverseCharge AT 20 % 0.00 | NotTaxed  0.00", Lines(taxed));
        Assert.Equal(["NotTaxed  0.00", "NotTaxed  0.00"], [Lines(untaxed), Lines(placeless)]);
    }

    [Fact]
    public async Task Only_a_verified_tax_id_of_the_place_counts()
    {
        var company = await Seed();
        async Task<string> With(params CompanyTaxIdInput[] ids)
        {
            await database.Upsert(new CompanyTaxProfileInput("acme", ids));
            return Lines(await database.Read(db => Ask(db, company, "AT", null))).Split(" | ")[0];
        }

        Assert.Equal("Taxed AT 20 % 20.00", await With());
        Assert.Equal("Taxed AT 20 % 20.00", await With(new CompanyTaxIdInput("AT", "ATU1")));
        Assert.Equal("Taxed AT 20 % 20.00", await With(new CompanyTaxIdInput("DE", "DE1", true)));
        Assert.Equal("Taxed AT food 10 % 20.00", await With(new CompanyTaxIdInput("AT", "ATU1", true)));
    }

    [Fact]
    public async Task Regions_days_and_exemptions_are_read_as_they_are_told()
    {
        var company = await Seed();
        await database.Upsert(new CompanyTaxProfileInput("acme", TaxExemptions: [new("US", "NY-1", "NY", Day, Day.AddDays(1))]));

        async Task<string> At(string? region, DateOnly day) => Lines(await database.Read(db => Ask(db, company, "US", region, day))).Split(" | ")[0];

        Assert.Equal("Taxed CO 2.9 % 2.90", await At("CO", Day));
        Assert.Equal("NotTaxed  0.00", await At("CO", Day.AddDays(-1)));
        Assert.Equal("NotTaxed  0.00", await At("CO", Day.AddDays(5)));
        Assert.Equal("Exempt NY 4 % 0.00", await At("NY", Day));
        Assert.Equal("Taxed NY 4 % 4.00", await At("NY", Day.AddDays(1)));
        Assert.Equal("NotTaxed  0.00", await At(null, Day));
        Assert.Equal("NotTaxed  0.00", await At("TX", Day));
    }

    [Fact]
    public async Task Another_companys_profile_does_not_count()
    {
        await Seed();
        var other = (await database.Upsert(new CompanyInput("other", "Other"))).Things[0].Id;

        Assert.StartsWith("Taxed AT 20 % 20.00", Lines(await database.Read(db => Ask(db, other, "AT", null))), StringComparison.Ordinal);
    }

    private static ValueTask<TaxAnswer> Ask(WholesaleDb db, long companyId, string? country, string? region, DateOnly? on = null) => new TaxTable(db).Of(
        new(companyId, country, region, on ?? Day, Eur, RoundingMode.HalfAwayFromZero,
            [Of("standard", 100), Of("food", 100), Of("food", 100), .. Enumerable.Range(0, 50).Select(i => Of($"class-{i}", 1))]),
        default);

    private static TaxedItem Of(string taxClass, int amount) => new(taxClass, new Money(amount * 10_000L, Eur));

    private static string Lines(TaxAnswer answer) => string.Join(" | ", answer.Lines.Select(line => $"{line.Treatment} {line.Name} {line.Tax.Amount}"));

    /// <returns>A company with a verified tax id in AT.</returns>
    private async Task<long> Seed()
    {
        var company = (await database.Upsert(new CompanyInput("acme", "Acme"))).Things[0].Id;
        var rates = await database.Upsert(
            Rate("AT", "AT", "20") with { IsReverseCharged = true },
            Rate("AT food", "AT", "10", taxClass: "food"),
            Rate("CO", "US", "2.9", "CO") with { ValidFrom = new(Day), ValidTo = new(Day.AddDays(5)) },
            Rate("NY", "US", "4", "NY"));
        Assert.Empty(rates.Errors("rates"));
        await database.Upsert(new CompanyTaxProfileInput("acme", [new("AT", "ATU1", true)]));
        return company;
    }
}
