using Microsoft.EntityFrameworkCore;
using Wholesale.Platform;
using Wholesale.Tax;
using Wholesale.Tests.Catalog;
using static Wholesale.Tests.Tax.TaxRows;

namespace Wholesale.Tests.Tax;

public sealed class TaxRateWritesTests : IDisposable
{
    private static readonly DateOnly Day = new(2026, 1, 1);

    private readonly RoomDatabase database = new();

    public void Dispose() => database.Dispose();

    [Fact]
    public async Task A_new_rate_is_of_the_standard_class_and_holds_for_ever()
    {
        var rate = (await database.Upsert(new TaxRateInput("de", "VAT 19 %", "DE", Rate: Percent("19")))).Things[0];

        var stored = await database.Read(async db => await db.TaxRates.SingleAsync());
        Assert.Equal(rate, stored);
        Assert.Equal(
            ("de", "VAT 19 %", "DE", null, "standard", "19", false, null, null, 1L),
            (stored.ExternalId, stored.Name, stored.Country, stored.Region, stored.TaxClass, stored.Rate.ToString(), stored.IsReverseCharged, stored.ValidFrom, stored.ValidTo, stored.Version));
    }

    [Fact]
    public async Task Fields_left_out_stay_and_null_clears()
    {
        await database.Upsert(Rate("co", "US", "2.9", "CO") with { IsReverseCharged = true, ValidFrom = new(Day), ValidTo = new(Day.AddDays(9)) });

        var kept = (await database.Upsert(new TaxRateInput("co", Rate: Percent("3.25")))).Things[0];
        var cleared = (await database.Upsert(new TaxRateInput("co", Region: new(null), ValidFrom: new(null), ValidTo: new(null)))).Things[0];

        Assert.Equal(("3.25", "CO", true, Day, Day.AddDays(9), 2L), (kept.Rate.ToString(), kept.Region, kept.IsReverseCharged, kept.ValidFrom, kept.ValidTo, kept.Version));
        Assert.Equal((null, null, null, 3L), (cleared.Region, cleared.ValidFrom, cleared.ValidTo, cleared.Version));
    }

    [Fact]
    public async Task Bad_rows_are_reported_where_they_stand_and_good_ones_taken()
    {
        var result = await database.Upsert(
            Rate("good", "DE", "19"),
            new TaxRateInput("bare"),
            Rate("good", "DE", "7", taxClass: "food"),
            Rate("country", "de", "19"),
            Rate("region", "US", "4", "NY "),
            Rate("class", "AT", "4", taxClass: " "),
            Rate("high", "AT", "100.0001"),
            Rate("low", "AT", "-1"),
            Rate("days", "AT", "20") with { ValidFrom = new(Day), ValidTo = new(Day) },
            Rate("all", "AT", "100"));

        Assert.Equal(
            [
                "INVALID_VALUE rates/1/name", "INVALID_VALUE rates/1/country", "INVALID_VALUE rates/1/rate",
                "DUPLICATE_ROW rates/2/externalId",
                "INVALID_VALUE rates/3/country",
                "INVALID_VALUE rates/4/region",
                "INVALID_VALUE rates/5/taxClass", "INVALID_VALUE rates/5/taxClass",
                "INVALID_VALUE rates/6/rate",
                "INVALID_VALUE rates/7/rate",
                "INVALID_VALUE rates/8/validTo",
            ],
            result.Errors("rates").Select(error => error.Short()));
        Assert.Equal(new BulkCounts(10, 2, 0, 8), result.Counts);
        Assert.Equal(["all", "good"], await database.Read(async db => await db.TaxRates.Select(r => r.ExternalId).Order().ToListAsync()));
    }

    [Fact]
    public async Task Rates_of_one_place_and_class_do_not_meet_in_time()
    {
        await database.Upsert(Rate("old", "DE", "16") with { ValidTo = new(Day) });

        var apart = await database.Upsert(
            Rate("new", "DE", "19") with { ValidFrom = new(Day) }, Rate("food", "DE", "7", taxClass: "food"), Rate("he", "DE", "18", "HE"), Rate("at", "AT", "20"));
        var meeting = await database.Upsert(
            Rate("again", "DE", "19") with { ValidFrom = new(Day.AddDays(-1)), ValidTo = new(Day) },
            Rate("he-2", "DE", "18", "HE"),
            new TaxRateInput("food", TaxClass: "standard"),
            new TaxRateInput("old", ValidTo: new(Day.AddDays(1))));

        Assert.Equal(0, apart.Counts.Failed);
        Assert.Equal(
            ["OVERLAPPING_VALIDITY rates/0/validFrom", "OVERLAPPING_VALIDITY rates/1/validFrom", "OVERLAPPING_VALIDITY rates/2/validFrom", "OVERLAPPING_VALIDITY rates/3/validFrom"],
            meeting.Errors("rates").Select(error => error.Short()));
        Assert.Equal("The rate \"he\" of \"standard\" in DE, HE, would hold on the same days: end it in an earlier row.", meeting.Errors("rates")[1].Message);
    }

    [Fact]
    public async Task An_earlier_row_makes_room_for_a_later_one_and_not_the_other_way_round()
    {
        await database.Upsert(Rate("old", "DE", "16"));

        var tooEarly = await database.Upsert(Rate("new", "DE", "19") with { ValidFrom = new(Day) }, new TaxRateInput("old", ValidTo: new(Day)));
        var inOrder = await database.Upsert(Rate("new", "DE", "19") with { ValidFrom = new(Day) });
        var moved = await database.Upsert(new TaxRateInput("new", Country: "AT"), Rate("third", "DE", "19") with { ValidFrom = new(Day) });

        Assert.Equal("OVERLAPPING_VALIDITY rates/0/validFrom", Assert.Single(tooEarly.Errors("rates")).Short());
        Assert.Equal((1, 2), (inOrder.Counts.Applied, moved.Counts.Applied));
    }

    [Fact]
    public async Task One_bad_row_of_all_or_nothing_takes_nothing()
    {
        var result = await database.Upsert(BulkMode.AllOrNothing, Rate("good", "DE", "19"), new TaxRateInput("bare"));

        Assert.Equal(new BulkCounts(2, 0, 0, 2), result.Counts);
        Assert.Equal(0, await database.Read(async db => await db.TaxRates.CountAsync()));
    }

    [Fact]
    public async Task Each_change_is_told_and_a_replay_changes_nothing()
    {
        await database.Upsert(Rate("de", "DE", "19"));
        await database.Upsert(Rate("de", "DE", "19"));
        var rate = (await database.Upsert(Rate("de", "DE", "20"))).Things[0];

        Assert.Equal(
            [(rate.Id, 1L), (rate.Id, 2L)],
            (await database.Read(async db => await db.Events.Where(e => e.Type == TaxEvents.TaxRateChanged).OrderBy(e => e.Number).ToListAsync())).Select(e => (e.SubjectId, e.Version)));
    }
}
