using Microsoft.EntityFrameworkCore;
using Wholesale.Companies;
using Wholesale.Platform;
using Wholesale.Tests.Catalog;

namespace Wholesale.Tests.Companies;

public sealed class SegmentWritesTests : IDisposable
{
    private readonly RoomDatabase database = new();

    public void Dispose() => database.Dispose();

    [Fact]
    public async Task Good_rules_are_taken_and_bad_ones_reported_where_they_stand()
    {
        await database.Upsert(new MarketInput("eu", "Europe", Currency.Of("EUR")));
        await database.Upsert(new CustomerTierInput("gold", "Gold", 1));
        await database.Upsert(new CompanyInput("acme", "Acme"));

        var result = await database.Upsert(
            Segment("good", new(SegmentAttribute.Industry, ["4771"]), new(SegmentAttribute.Country, ["DE"]), new(SegmentAttribute.Region, ["north"]), new(SegmentAttribute.Employees, Minimum: 0, Maximum: 0),
                new(SegmentAttribute.BusinessType, ["WEB_SHOP"]), new(SegmentAttribute.Tier, ["gold"]), new(SegmentAttribute.Market, ["eu"]), new(SegmentAttribute.Company, ["acme"])),
            Segment("lost", new(SegmentAttribute.Tier, ["gold", "tin"]), new(SegmentAttribute.Market, ["mars"]), new(SegmentAttribute.Company, ["nobody"])),
            Segment("forms", new(SegmentAttribute.Country, ["de"]), new(SegmentAttribute.BusinessType, ["WebShop"]), new(SegmentAttribute.Industry, [" x"])),
            Segment("numbers", new(SegmentAttribute.Employees), new(SegmentAttribute.Employees, ["5"], 1), new(SegmentAttribute.Employees, Minimum: -1), new(SegmentAttribute.Employees, Minimum: 5, Maximum: 4), new(SegmentAttribute.Employees, Maximum: -1)),
            Segment("texts", new(SegmentAttribute.Region), new(SegmentAttribute.Region, []), new(SegmentAttribute.Region, ["a"], 1)),
            Segment("many", [.. Enumerable.Range(0, 21).Select(i => new SegmentCondition(SegmentAttribute.Region, [$"{i}"]))]),
            Segment("long", new(SegmentAttribute.Region, [.. Enumerable.Range(0, 500).Select(i => $"{i}")]), new(SegmentAttribute.Industry, [.. Enumerable.Range(0, 501).Select(i => $"{i}")])),
            Segment("good"),
            Segment("", new SegmentCondition(SegmentAttribute.Region, ["a"])) with { Name = " " },
            Segment("nobody"));

        Assert.Equal(
            [
                "NOT_FOUND segments/1/rule/conditions/0/in/1",
                "NOT_FOUND segments/1/rule/conditions/1/in/0",
                "NOT_FOUND segments/1/rule/conditions/2/in/0",
                "INVALID_VALUE segments/2/rule/conditions/0/in/0",
                "INVALID_VALUE segments/2/rule/conditions/1/in/0",
                "INVALID_VALUE segments/2/rule/conditions/2/in/0",
                "INVALID_VALUE segments/3/rule/conditions/0",
                "INVALID_VALUE segments/3/rule/conditions/1",
                "INVALID_VALUE segments/3/rule/conditions/2/minimum",
                "INVALID_VALUE segments/3/rule/conditions/3/maximum",
                "INVALID_VALUE segments/3/rule/conditions/4/maximum",
                "INVALID_VALUE segments/4/rule/conditions/0",
                "INVALID_VALUE segments/4/rule/conditions/1",
                "INVALID_VALUE segments/4/rule/conditions/2",
                "INVALID_VALUE segments/5/rule/conditions",
                "INVALID_VALUE segments/6/rule/conditions",
                "DUPLICATE_ROW segments/7/externalId",
                "INVALID_VALUE segments/8/externalId",
                "INVALID_VALUE segments/8/name",
            ],
            result.Errors("segments").Select(error => error.Short()));
        Assert.Equal(new BulkCounts(10, 2, 0, 8), result.Counts);
        Assert.Equal(["good", "nobody"], await database.Read(async db => (await SegmentFields.Segments(db, default)).Select(s => s.ExternalId).ToArray()));
    }

    [Fact]
    public async Task A_new_rule_counts_the_version_up_and_the_same_one_does_not()
    {
        var row = Segment("s", new SegmentCondition(SegmentAttribute.Region, ["north"]));
        await database.Upsert(row);

        var same = (await database.Upsert(Segment("s", new SegmentCondition(SegmentAttribute.Region, ["north"])))).Things[0].Version;
        var renamed = (await database.Upsert(row with { Name = "North" })).Things[0].Version;
        var other = (await database.Upsert(row with { Name = "North", Rule = new(row.Rule.Conditions, SegmentMatch.Any) })).Things[0];

        Assert.Equal((1, 2, 3), (same, renamed, other.Version));
        Assert.Equal(SegmentMatch.Any, await database.Read(async db => (await db.CustomerSegments.SingleAsync()).Rule.Match));
        Assert.Equal(3, await database.Read(async db => await db.Events.CountAsync(e => e.Type == CompanyEvents.CustomerSegmentChanged)));
    }

    [Fact]
    public async Task Companies_come_and_go_with_the_rows_that_change_them()
    {
        await database.Upsert(Segment("north", new SegmentCondition(SegmentAttribute.Region, ["north"])), Segment("small", new SegmentCondition(SegmentAttribute.Employees, Maximum: 9)));

        await database.Upsert(new CompanyInput("acme", "Acme", Region: "north", Employees: 5), new CompanyInput("other", "Other"));
        Assert.Equal(["acme north", "acme small"], await Members());

        database.Time.Advance(TimeSpan.FromHours(1));
        await database.Upsert(new CompanyInput("acme", Region: "south"), new CompanyInput("other", Employees: 0));
        Assert.Equal(["acme small", "other small"], await Members());

        await database.Upsert(new CompanyInput("acme", Region: "north", Employees: new(null)));
        Assert.Equal(["acme north", "other small"], await Members());
    }

    [Fact]
    public async Task Companies_come_and_go_with_the_rule()
    {
        await database.Upsert(new CustomerTierInput("gold", "Gold", 1));
        await database.Upsert(new CompanyInput("a", "A", Tier: "gold"), new CompanyInput("b", "B", Country: "DE"), new CompanyInput("c", "C", Tier: "gold"));

        await database.Upsert(Segment("s", new SegmentCondition(SegmentAttribute.Tier, ["gold"])));
        Assert.Equal(["a s", "c s"], await Members());

        await database.Upsert(Segment("s", new(SegmentAttribute.Tier, ["gold"]), new(SegmentAttribute.Company, ["b", "c"])));
        Assert.Equal(["c s"], await Members());

        await database.Upsert(new CustomerSegmentInput("s", "s", new([new(SegmentAttribute.Country, ["DE"]), new(SegmentAttribute.Company, ["c"])], SegmentMatch.Any)));
        Assert.Equal(["b s", "c s"], await Members());

        await database.Upsert(Segment("s"));
        Assert.Empty(await Members());
    }

    [Fact]
    public async Task Memberships_are_ended_and_begun_anew_but_never_deleted_or_touched_without_need()
    {
        await database.Upsert(Segment("north", new SegmentCondition(SegmentAttribute.Region, ["north"])));
        await database.Upsert(new CompanyInput("acme", "Acme", Region: "north"), new CompanyInput("stays", "Stays", Region: "north"));
        var noon = database.Clock.UtcNow;
        database.Time.Advance(TimeSpan.FromHours(1));
        await database.Upsert(new CompanyInput("acme", Region: "south"), new CompanyInput("stays", Employees: 3));
        database.Time.Advance(TimeSpan.FromHours(1));
        await database.Upsert(new CompanyInput("acme", Region: "north"));
        await database.Upsert(new CompanyInput("acme", Region: "south"));
        await database.Upsert(Segment("north", new SegmentCondition(SegmentAttribute.Region, ["north", "south"])));

        var rows = await database.Read(async db => await (
            from member in db.CustomerSegmentMembers
            join company in db.Companies on member.CompanyId equals company.Id
            orderby company.ExternalId, member.Id
            select new { company.ExternalId, member.ValidFrom, member.ValidTo }).ToListAsync());
        Assert.Equal(
            [
                ("acme", noon, noon.AddHours(1)),
                ("acme", noon.AddHours(2), noon.AddHours(2)),
                ("acme", noon.AddHours(2), null),
                ("stays", noon, (DateTime?)null),
            ],
            rows.Select(row => (row.ExternalId, row.ValidFrom, row.ValidTo)));
    }

    [Fact]
    public async Task More_companies_than_one_chunk_holds_are_looked_at_in_turn()
    {
        const int Count = 5_001;
        foreach (var chunk in Enumerable.Range(0, Count).Chunk(1_000))
        {
            await database.Upsert([.. chunk.Select(i => new CompanyInput($"c{i}", "C", Employees: i))]);
        }

        await database.Upsert(Segment("all", new SegmentCondition(SegmentAttribute.Employees, Minimum: 0)), Segment("last", new SegmentCondition(SegmentAttribute.Company, [$"c{Count - 1}"])));

        Assert.Equal((Count + 1, 2), await database.Read(async db =>
            (await db.CustomerSegmentMembers.CountAsync(), await db.CustomerSegmentMembers.Select(m => m.SegmentId).Distinct().CountAsync())));
    }

    [Fact]
    public async Task Rows_that_change_nothing_a_rule_looks_at_do_not_ask_the_rules()
    {
        await database.Upsert(Segment("north", new SegmentCondition(SegmentAttribute.Region, ["north"])));
        await database.Upsert(new CompanyInput("acme", "Acme", Region: "north"));
        async Task<long> Statements(CompanyInput row)
        {
            var before = database.Statements.Total;
            await database.Upsert(row);
            return database.Statements.Total - before;
        }

        var renamed = await Statements(new CompanyInput("acme", "Acme Ltd.", Region: "north"));
        var moved = await Statements(new CompanyInput("acme", Region: "south"));

        Assert.Equal(renamed + 4, moved); // rules, companies, members, what changed of them
    }

    [Fact]
    public async Task More_than_a_hundred_rows_are_refused_whole()
    {
        var refused = await database.Write((db, writes) => SegmentFields.Upsert(
            new UpsertCustomerSegmentsInput([.. Enumerable.Range(0, 101).Select(i => Segment($"s{i}"))]),
            new SegmentWrites(db, writes, database.Ids, database.Clock),
            default));

        Assert.Equal("TOO_MANY_ROWS segments", Assert.Single(refused.UserErrors).Short());
        Assert.Equal(0, await database.Read(async db => await db.CustomerSegments.CountAsync()));
    }

    [Fact]
    public async Task What_rules_look_at_is_checked_and_stays_where_it_is_left_out()
    {
        var set = (await database.Upsert(new CompanyInput("acme", "Acme", Industry: "4771", Country: "DE", Region: "north", Employees: 0))).Things[0];
        var kept = (await database.Upsert(new CompanyInput("acme", "Acme"))).Things[0];
        var bad = await database.Upsert(new CompanyInput("acme", Industry: "", Country: "de", Region: new string('x', 65), Employees: -1));
        var cleared = (await database.Upsert(
            new CompanyInput("acme", Industry: new(null), Country: new(null), Region: new(null), Employees: new(null)))).Things[0];

        Assert.Equal((1, 1, 2), (set.Version, kept.Version, cleared.Version));
        Assert.Equal(("4771", "DE", "north", 0), (kept.Industry, kept.Country, kept.Region, kept.Employees));
        Assert.Equal(
            ["INVALID_VALUE companies/0/industry", "INVALID_VALUE companies/0/region", "INVALID_VALUE companies/0/country", "INVALID_VALUE companies/0/employees"],
            bad.Errors("companies").Select(error => error.Short()));
        Assert.Equal((null, null, null, null), (cleared.Industry, cleared.Country, cleared.Region, cleared.Employees));
    }

    private static CustomerSegmentInput Segment(string externalId, params SegmentCondition[] conditions) => new(externalId, externalId, new(conditions));

    /// <summary>Who belongs to what now.</summary>
    private Task<string[]> Members() => database.Read(async db => await (
        from member in db.CustomerSegmentMembers
        join company in db.Companies on member.CompanyId equals company.Id
        join segment in db.CustomerSegments on member.SegmentId equals segment.Id
        where member.ValidTo == null
        orderby company.ExternalId, segment.ExternalId
        select company.ExternalId + " " + segment.ExternalId).ToArrayAsync());
}
