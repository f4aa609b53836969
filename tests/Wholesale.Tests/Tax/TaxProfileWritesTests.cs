using Microsoft.EntityFrameworkCore;
using Wholesale.Companies;
using Wholesale.Platform;
using Wholesale.Tax;
using Wholesale.Tests.Catalog;

namespace Wholesale.Tests.Tax;

public sealed class TaxProfileWritesTests : IDisposable
{
    private static readonly DateOnly Day = new(2026, 1, 1);

    private readonly RoomDatabase database = new();

    public void Dispose() => database.Dispose();

    [Fact]
    public async Task What_a_row_gives_takes_the_place_of_all_that_was_there_and_what_it_leaves_out_stays()
    {
        await Companies();
        await database.Upsert(new CompanyTaxProfileInput("acme", [new("DE", "de 123\u00A0456 789", true), new("AT", "ATU1")], [new("US", "CO-1", "CO", Day, Day.AddDays(9)), new("DE", "D-1")]));
        var first = await Profile();

        await database.Upsert(new CompanyTaxProfileInput("acme", [new("AT", "ATU2", true)]));
        var ids = await Profile();
        await database.Upsert(new CompanyTaxProfileInput("acme", TaxExemptions: []));
        var none = await Profile();

        Assert.Equal("AT ATU1 False; DE DE123456789 True; US CO CO-1 2026-01-01-2026-01-10; DE  D-1 -", first);
        Assert.Equal("AT ATU2 True; US CO CO-1 2026-01-01-2026-01-10; DE  D-1 -", ids);
        Assert.Equal("AT ATU2 True", none);
    }

    [Fact]
    public async Task Bad_rows_are_reported_where_they_stand_and_good_ones_taken()
    {
        await Companies();

        var result = await database.Upsert(
            new CompanyTaxProfileInput("acme", [new("DE", "1")]),
            new CompanyTaxProfileInput("nobody"),
            new CompanyTaxProfileInput("acme"),
            new CompanyTaxProfileInput("other", [new("de", "1"), new("AT", "  "), new("FR", new string('1', 33)), new("IT", "é"), new("AT", "2")]),
            new CompanyTaxProfileInput("third", TaxExemptions: [new("us", "1"), new("US", " "), new("US", "1", "CO "), new("US", "1", null, Day, Day)]));

        Assert.Equal(
            [
                "NOT_FOUND profiles/1/company",
                "DUPLICATE_ROW profiles/2/company",
                "INVALID_VALUE profiles/3/taxIds/0/country",
                "INVALID_VALUE profiles/3/taxIds/1/number",
                "INVALID_VALUE profiles/3/taxIds/2/number",
                "INVALID_VALUE profiles/3/taxIds/3/number",
                "DUPLICATE_ROW profiles/3/taxIds/4/country",
                "INVALID_VALUE profiles/4/taxExemptions/0/country",
                "INVALID_VALUE profiles/4/taxExemptions/1/certificateNumber",
                "INVALID_VALUE profiles/4/taxExemptions/2/region",
                "INVALID_VALUE profiles/4/taxExemptions/3/validTo",
            ],
            result.Errors("profiles").Select(error => error.Short()));
        Assert.Equal(new BulkCounts(5, 1, 0, 4), result.Counts);
        Assert.Equal(["DE"], await database.Read(async db => await db.CompanyTaxIds.Select(i => i.Country).ToListAsync()));
    }

    [Fact]
    public async Task More_ids_or_exemptions_than_allowed_are_refused()
    {
        await Companies();

        var result = await database.Upsert(new CompanyTaxProfileInput(
            "acme",
            [.. Enumerable.Range(0, 101).Select(i => new CompanyTaxIdInput($"{(char)('A' + (i / 26))}{(char)('A' + (i % 26))}", "1"))],
            [.. Enumerable.Range(0, 201).Select(i => new TaxExemptionInput("US", $"{i}"))]));

        Assert.Equal(["INVALID_VALUE profiles/0/taxIds", "INVALID_VALUE profiles/0/taxExemptions"], result.Errors("profiles").Select(error => error.Short()));
    }

    [Fact]
    public async Task An_older_revision_is_skipped_a_replay_changes_nothing_and_each_change_is_told_without_numbers()
    {
        await Companies();
        var row = new CompanyTaxProfileInput("acme", [new("DE", "1", true)], SourceRevision: 5);
        await database.Upsert(row);

        var replay = await database.Upsert(row);
        var older = await database.Upsert(new CompanyTaxProfileInput("acme", [], SourceRevision: 4));
        var olderAndBad = await database.Upsert(new CompanyTaxProfileInput("acme", [new("Germany", "")], SourceRevision: 4));
        var newer = await database.Upsert(new CompanyTaxProfileInput("acme", [], SourceRevision: 6));

        Assert.Equal((1, 1, 1, 1), (replay.Counts.Applied, older.Counts.Skipped, olderAndBad.Counts.Skipped, newer.Counts.Applied));
        Assert.Equal("", await Profile());
        var told = await database.Read(async db => await db.Events.Where(e => e.Type == TaxEvents.CompanyTaxProfileChanged).OrderBy(e => e.Number).ToListAsync());
        Assert.Equal([(newer.Things[0].Id, 1L, null), (newer.Things[0].Id, 2L, null)], told.Select(e => (e.SubjectId, e.Version, e.Data)));
    }

    private async Task Companies() =>
        await database.Upsert(new CompanyInput("acme", "Acme"), new CompanyInput("other", "Other"), new CompanyInput("third", "Third"));

    private async Task<string> Profile()
    {
        var ids = await database.Read(async db => await db.CompanyTaxIds.OrderBy(i => i.Country).ToListAsync());
        var exemptions = await database.Read(async db => await db.TaxExemptions.OrderBy(e => e.Position).ToListAsync());
        return string.Join("; ", ids.Select(i => $"{i.Country} {i.Number} {i.IsVerified}").Concat(exemptions.Select(e =>
            $"{e.Country} {e.Region} {e.CertificateNumber} {e.ValidFrom:yyyy-MM-dd}-{e.ValidTo:yyyy-MM-dd}")));
    }
}
