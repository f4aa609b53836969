using Microsoft.EntityFrameworkCore;
using Wholesale.Companies;
using Wholesale.Platform;
using Wholesale.Tests.Catalog;

namespace Wholesale.Tests.Companies;

public sealed class AddressWritesTests : IDisposable
{
    private readonly RoomDatabase database = new();

    public void Dispose() => database.Dispose();

    [Fact]
    public async Task A_company_comes_with_addresses_of_its_own_and_of_its_units()
    {
        var result = await database.Upsert(new CompanyInput("acme", "Acme", Units: [new("hq", "HQ"), new("shop", "Shop", "hq")], Addresses:
        [
            New("office") with { Attention = "Ann", Region = "CO", PostalCode = "80200", Phone = "1", IsShipTo = false, IsDefaultBillTo = true },
            New("door") with { Unit = "shop", IsDefaultShipTo = true },
        ]));

        Assert.Equal(new BulkCounts(1, 1, 0, 0), result.Counts);
        var (office, door) = (await Find("office"), await Find("door"));
        var shop = await database.Read(db => new ValueTask<CompanyUnit>(db.CompanyUnits.SingleAsync(u => u.ExternalId == "shop")));
        Assert.Equal(
            (null, "Name of office", "Ann", "CO", "80200", "DE", "1", 1L),
            (office.UnitId, office.Name, office.Attention, office.Region, office.PostalCode, office.Country, office.Phone, office.Version));
        Assert.Equal(["1 Road", "Back door"], office.Lines);
        Assert.Equal((false, true, false, true), (office.IsShipTo, office.IsBillTo, office.IsDefaultShipTo, office.IsDefaultBillTo));
        Assert.Equal(
            (shop.Id, null, null, null, true, true, true, false, false),
            (door.UnitId, door.Attention, door.Region, door.Phone, door.IsShipTo, door.IsBillTo, door.IsDefaultShipTo, door.IsDefaultBillTo, door.IsArchived));
    }

    [Fact]
    public async Task Fields_left_out_stay_and_null_clears()
    {
        await Take(New("a") with { Unit = "hq", Attention = "Ann", Region = "CO", PostalCode = "80200", Phone = "1", IsBillTo = false });

        await Take(new AddressInput("a", City: "Other"));
        var kept = await Find("a");
        await Take(new AddressInput("a", Unit: new(null), Attention: new(null), Region: new(null), PostalCode: new(null), Phone: new(null)));
        var cleared = await Find("a");

        Assert.Equal(("Other", "Ann", "CO", "80200", "1", false, 2L), (kept.City, kept.Attention, kept.Region, kept.PostalCode, kept.Phone, kept.IsBillTo, kept.Version));
        Assert.NotNull(kept.UnitId);
        Assert.Equal((null, null, null, null, null, 3L), (cleared.UnitId, cleared.Attention, cleared.Region, cleared.PostalCode, cleared.Phone, cleared.Version));
    }

    [Fact]
    public async Task Bad_rows_are_reported_where_they_stand_and_good_ones_taken()
    {
        var result = await Write(
            BulkMode.Partial,
            New("good"),
            new AddressInput("bare"),
            New("unit") with { Unit = "nowhere" },
            New("good"),
            New("country") with { Country = "Germany" },
            New("lines") with { Lines = ["1", "2", "3", "4", "5"] },
            New("line") with { Lines = ["1", " "] },
            New("none") with { Lines = [] },
            New("region") with { Region = "CO " },
            New("break") with { City = "A\nB" },
            New("long") with { PostalCode = new string('1', 21) },
            New("kind") with { IsShipTo = false, IsDefaultShipTo = true },
            New("gone") with { IsArchived = true, IsDefaultBillTo = true });

        Assert.Equal(
            [
                "INVALID_VALUE addresses/1/name", "INVALID_VALUE addresses/1/lines", "INVALID_VALUE addresses/1/city", "INVALID_VALUE addresses/1/country",
                "NOT_FOUND addresses/2/unit",
                "DUPLICATE_ROW addresses/3/externalId",
                "INVALID_VALUE addresses/4/country",
                "INVALID_VALUE addresses/5/lines",
                "INVALID_VALUE addresses/6/lines/1",
                "INVALID_VALUE addresses/7/lines",
                "INVALID_VALUE addresses/8/region",
                "INVALID_VALUE addresses/9/city",
                "INVALID_VALUE addresses/10/postalCode",
                "INVALID_VALUE addresses/11/isDefaultShipTo",
                "INVALID_VALUE addresses/12/isDefaultBillTo",
            ],
            result.Errors("addresses").Select(error => error.Short()));
        Assert.Equal(new BulkCounts(13, 1, 0, 12), result.Counts);
        Assert.Equal(["good"], await database.Read(async db => await db.Addresses.Select(a => a.ExternalId).ToListAsync()));
    }

    [Fact]
    public async Task A_bad_address_of_a_companys_row_is_named_by_its_whole_path_and_nothing_of_the_row_is_taken()
    {
        await Take(New("a"));

        var result = await database.Upsert(new CompanyInput("acme", Addresses: [new("a", City: "Moved"), New("b") with { Country = "de" }, New("a")]));

        Assert.Equal(["INVALID_VALUE companies/0/addresses/1/country", "DUPLICATE_ROW companies/0/addresses/2/externalId"], result.Errors("companies").Select(error => error.Short()));
        Assert.Equal(("Town", 1L), (await Find("a") is var a ? a.City : "", a.Version));
    }

    [Fact]
    public async Task One_bad_row_of_all_or_nothing_takes_nothing()
    {
        var result = await Write(BulkMode.AllOrNothing, New("a"), new AddressInput("bare"));

        Assert.Equal(new BulkCounts(2, 0, 0, 2), result.Counts);
        Assert.Empty(result.Things);
        Assert.Equal(0, await database.Read(async db => await db.Addresses.CountAsync()));
    }

    [Fact]
    public async Task A_new_default_takes_it_from_the_other_of_the_same_owner_only()
    {
        await Take(
            New("company") with { IsDefaultShipTo = true, IsDefaultBillTo = true },
            New("hq-1") with { Unit = "hq", IsDefaultShipTo = true },
            New("shop-1") with { Unit = "shop", IsDefaultShipTo = true });

        var result = await Take(New("hq-2") with { Unit = "hq", IsDefaultShipTo = true }, New("other") with { IsDefaultBillTo = true });

        Assert.Equal(["company", "hq-2", "shop-1"], await Defaults(a => a.IsDefaultShipTo));
        Assert.Equal(["other"], await Defaults(a => a.IsDefaultBillTo));
        var (company, hq, shop) = (await Find("company"), await Find("hq-1"), await Find("shop-1"));
        Assert.Equal((2L, 2L, 1L, 1L), (company.Version, hq.Version, shop.Version, result.Things[0].Version));
    }

    [Fact]
    public async Task Of_two_defaults_in_one_call_the_later_is_it()
    {
        var result = await Take(New("first") with { IsDefaultShipTo = true }, New("second") with { IsDefaultShipTo = true });

        Assert.Equal(["second"], await Defaults(a => a.IsDefaultShipTo));
        Assert.Equal([false, true], result.Things.Select(address => address.IsDefaultShipTo));
    }

    [Theory]
    [InlineData("archived")]
    [InlineData("kind")]
    [InlineData("moved")]
    [InlineData("said")]
    public async Task What_cannot_be_the_default_any_more_is_it_no_longer(string how)
    {
        await Take(New("a") with { IsDefaultShipTo = true, IsDefaultBillTo = true });

        await Take(how switch
        {
            "archived" => new AddressInput("a", IsArchived: true),
            "kind" => new AddressInput("a", IsShipTo: false),
            "moved" => new AddressInput("a", "hq"),
            _ => new AddressInput("a", IsDefaultShipTo: false),
        });

        Assert.Empty(await Defaults(a => a.IsDefaultShipTo));
        Assert.Equal(how is "kind" or "said" ? ["a"] : [], await Defaults(a => a.IsDefaultBillTo));
    }

    [Fact]
    public async Task A_change_is_told_by_the_companys_event_without_anything_of_the_address_and_a_replay_changes_nothing()
    {
        await Company();
        var before = await Acme();

        var first = await Write(BulkMode.Partial, New("a"));
        database.Time.Advance(TimeSpan.FromHours(1));
        var replay = await Write(BulkMode.Partial, New("a"));

        var after = await Acme();
        var told = await database.Read(async db => await db.Events.Where(e => e.Type == CompanyEvents.CompanyChanged).OrderBy(e => e.Number).ToListAsync());
        Assert.Equal((before.Version + 1, RoomDatabase.Noon), (after.Version, after.UpdatedAt));
        Assert.Equal([(after.Id, 1L, null), (after.Id, 2L, null)], told.Select(e => (e.SubjectId, e.Version, e.Data)));
        Assert.Equal((first.Counts, 1L), (replay.Counts, replay.Things[0].Version));
    }

    [Fact]
    public async Task A_company_has_at_most_a_thousand_addresses_that_are_not_archived()
    {
        await Take([.. Enumerable.Range(1, Address.MaximumOfCompany).Select(i => New($"a{i}"))]);

        var full = await Write(BulkMode.Partial, New("more"), new AddressInput("a1", City: "Other"), New("gone") with { IsArchived = true });
        var exchanged = await Write(BulkMode.Partial, new AddressInput("a1", IsArchived: true), New("more"), new AddressInput("gone", IsArchived: false));

        Assert.Equal(["INVALID_VALUE addresses/0/externalId"], full.Errors("addresses").Select(error => error.Short()));
        Assert.Equal(["INVALID_VALUE addresses/2/externalId"], exchanged.Errors("addresses").Select(error => error.Short()));
        Assert.Equal(Address.MaximumOfCompany, await database.Read(async db => await db.Addresses.CountAsync(a => !a.IsArchived)));
    }

    [Fact]
    public async Task An_external_id_is_unique_within_its_company_only()
    {
        await Take(New("a"));

        await database.Upsert(new CompanyInput("other", "Other", Addresses: [New("a") with { City = "Elsewhere" }]));

        Assert.Equal(["Elsewhere", "Town"], await database.Read(async db => await db.Addresses.Select(a => a.City).Order().ToListAsync()));
    }

    private static AddressInput New(string externalId) =>
        new(externalId, Name: $"Name of {externalId}", Lines: ["1 Road", "Back door"], City: "Town", Country: "DE");

    private async Task<BulkResult<Address>> Take(params AddressInput[] rows)
    {
        await Company();
        var result = await Write(BulkMode.Partial, rows);
        Assert.Empty(result.Errors("addresses"));
        return result;
    }

    private async Task<BulkResult<Address>> Write(BulkMode mode, params AddressInput[] rows)
    {
        await Company();
        var id = (await Acme()).Id;
        return await database.Write((db, writes) => new AddressWrites(db, writes, database.Ids, database.Clock).Upsert(id, rows, mode, default));
    }

    private async Task Company() => await database.Upsert(new CompanyInput("acme", "Acme", Units: [new("hq", "HQ"), new("shop", "Shop", "hq")]));

    private Task<Company> Acme() => database.Read(async db => await db.Companies.SingleAsync(c => c.ExternalId == "acme"));

    private Task<Address> Find(string externalId) => database.Read(async db => await db.Addresses.SingleAsync(a => a.ExternalId == externalId));

    private async Task<List<string>> Defaults(Func<Address, bool> isDefault) =>
        [.. (await database.Read(async db => await db.Addresses.OrderBy(a => a.ExternalId).ToListAsync())).Where(isDefault).Select(a => a.ExternalId)];
}
