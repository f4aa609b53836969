using Microsoft.EntityFrameworkCore;
using Wholesale.Companies;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using Wholesale.Tests.Catalog;

namespace Wholesale.Tests.Companies;

public sealed class CompanyWritesTests : IDisposable
{
    private readonly RoomDatabase database = new();

    public void Dispose() => database.Dispose();

    [Fact]
    public async Task A_company_without_units_gets_one_of_its_own_name()
    {
        var company = (await database.Upsert(new CompanyInput("acme", "Acme"))).Things[0];

        var unit = await database.Read(async db => await db.CompanyUnits.SingleAsync());
        Assert.Equal(("acme", "Acme", $"/{unit.Id}/", company.Id), (unit.ExternalId, unit.Name, unit.Path, unit.CompanyId));
        Assert.Equal((VerificationStatus.Pending, 1, "ACME"), (company.Verification, company.Version, company.NameKey));
    }

    [Fact]
    public async Task Good_rows_are_taken_and_bad_ones_reported_where_they_stand()
    {
        await database.Upsert(new MarketInput("eu", "Europe", Currency.Of("EUR")));
        var result = await database.Upsert(
            new CompanyInput("good", "Good", Market: "eu"),
            new CompanyInput("nameless"),
            new CompanyInput("lost", "Lost", Tier: "none", Market: "none"),
            new CompanyInput("deaf", "Deaf", Locale: "12"),
            new CompanyInput("good", "Twice"),
            new CompanyInput("units", "Units", Units:
            [
                new("a", "A"), new("b"), new("c", "C", "later"), new("later", "Later"), new("a", "Again"), new("d", "D", Market: "none"),
            ]),
            new CompanyInput("users", "Users", Users:
            [
                new("1"), new("2", "Two", "no address"), new("3", "Three", "three@example.com", Unit: "none"),
                new("3", "Again", "again@example.com"), new("4", "Four", "THREE@example.com"),
            ]));

        Assert.Equal(
            [
                "INVALID_VALUE companies/1/name",
                "NOT_FOUND companies/2/tier",
                "NOT_FOUND companies/2/market",
                "INVALID_VALUE companies/3/locale",
                "DUPLICATE_ROW companies/4/externalId",
                "INVALID_VALUE companies/5/units/1/name",
                "NOT_FOUND companies/5/units/2/parent",
                "DUPLICATE_ROW companies/5/units/4/externalId",
                "NOT_FOUND companies/5/units/5/market",
                "INVALID_VALUE companies/6/users/0/name",
                "INVALID_VALUE companies/6/users/0/email",
                "INVALID_VALUE companies/6/users/1/email",
                "NOT_FOUND companies/6/users/2/unit",
                "DUPLICATE_ROW companies/6/users/3/externalId",
                "EMAIL_TAKEN companies/6/users/4/email",
            ],
            result.Errors("companies").Select(error => error.Short()));
        Assert.Equal(new BulkCounts(7, 1, 0, 6), result.Counts);
        Assert.Equal((1, 1, 0), await database.Read(async db =>
            (await db.Companies.CountAsync(), await db.CompanyUnits.CountAsync(), await db.CompanyUsers.CountAsync())));
    }

    [Fact]
    public async Task Units_form_a_tree_whose_branches_move_along()
    {
        await database.Upsert(new CompanyInput("acme", "Acme", Units:
            [new("hq", "HQ"), new("north", "North", "hq"), new("shop", "Shop", "north"), new("south", "South", "hq")]));

        var result = await database.Upsert(new CompanyInput("acme", Units: [new("north", Parent: "south"), new("annex", "Annex", "shop")]));

        Assert.Equal(0, result.Counts.Failed);
        Assert.Equal(2, result.Things[0].Version);
        Assert.Equal(["hq", "hq/south", "hq/south/north", "hq/south/north/shop", "hq/south/north/shop/annex"], await Tree());
    }

    [Fact]
    public async Task A_unit_does_not_become_its_own_ancestor()
    {
        await database.Upsert(new CompanyInput("acme", "Acme", Units: [new("a", "A"), new("b", "B", "a"), new("c", "C", "b")]));

        var result = await database.Upsert(new CompanyInput("acme", Units: [new("a", Parent: "c")]), new CompanyInput("other", "Other"));
        var self = await database.Upsert(new CompanyInput("acme", Units: [new("b", Parent: "b")]));

        Assert.Equal("CIRCULAR_HIERARCHY companies/0/units/0/parent", Assert.Single(result.Errors("companies")).Short());
        Assert.Equal("CIRCULAR_HIERARCHY companies/0/units/0/parent", Assert.Single(self.Errors("companies")).Short());
        Assert.Equal("The unit \"a\" would become its own ancestor.", result.Errors("companies")[0].Message);
        Assert.Equal(["a", "a/b", "a/b/c", "other"], await Tree());
    }

    [Fact]
    public async Task A_tree_has_at_most_twenty_levels()
    {
        await database.Upsert(new CompanyInput("acme", "Acme", Units:
            [.. Enumerable.Range(1, 20).Select(i => new CompanyUnitInput($"{i:D2}", "U", i == 1 ? default : new Optional<string?>($"{i - 1:D2}")))]));

        var below = await database.Upsert(new CompanyInput("acme", Units: [new("21", "U", "20")]));
        var above = await database.Upsert(new CompanyInput("acme", Units: [new("top", "U"), new("01", Parent: "top")]));

        Assert.Equal("INVALID_VALUE companies/0/units/0/parent", Assert.Single(below.Errors("companies")).Short());
        Assert.Equal("INVALID_VALUE companies/0/units", Assert.Single(above.Errors("companies")).Short());
    }

    [Fact]
    public async Task Fields_left_out_stay_and_null_clears()
    {
        await database.Upsert(new MarketInput("eu", "Europe", Currency.Of("EUR")));
        await database.Upsert(new CustomerTierInput("gold", "Gold", 3));
        await database.Upsert(new CompanyInput(
            "acme", "Acme", BusinessType.WebShop, VerificationStatus.Verified, "gold", "eu", Currency.Of("USD"), "DE-at"));

        var kept = (await database.Upsert(new CompanyInput("acme", "Acme Ltd."))).Things[0];
        var cleared = (await database.Upsert(new CompanyInput(
            "acme", BusinessType: new(null), Tier: new(null), Market: new(null), Currency: new(null), Locale: new(null)))).Things[0];

        Assert.Equal(("Acme Ltd.", "ACME LTD.", BusinessType.WebShop, "de-AT", 2), (kept.Name, kept.NameKey, kept.BusinessType, kept.Locale, kept.Version));
        Assert.NotNull(kept.TierId);
        Assert.Equal((null, null, null, null, null, 3), (cleared.BusinessType, cleared.TierId, cleared.MarketId, cleared.Currency, cleared.Locale, cleared.Version));
        Assert.Equal(VerificationStatus.Verified, cleared.Verification);
    }

    [Fact]
    public async Task A_replay_changes_nothing_and_an_older_revision_is_skipped()
    {
        var row = new CompanyInput("acme", "Acme", Users: [new("u", "Ada", "ada@example.com")], SourceRevision: 5);
        await database.Upsert(row);

        var replay = await database.Upsert(row);
        var older = await database.Upsert(row with { Name = "Old", SourceRevision = 4 });

        Assert.Equal((new BulkCounts(1, 1, 0, 0), 1), (replay.Counts, replay.Things[0].Version));
        Assert.Equal((new BulkCounts(1, 0, 1, 0), "Acme"), (older.Counts, older.Things[0].Name));
        Assert.Equal(1, await database.Read(async db => await db.Events.CountAsync(e => e.Type == CompanyEvents.CompanyChanged)));
    }

    [Fact]
    public async Task An_address_belongs_to_one_user_whatever_its_case()
    {
        await database.Upsert(new CompanyInput("acme", "Acme", Users: [new("u", "Ada", "ada@example.com"), new("v", "Bea", "bea@example.com")]));

        var result = await database.Upsert(
            new CompanyInput("b", "B", Users: [new("x", "X", "ADA@example.com")]),
            new CompanyInput("c", "C", Tier: "none", Users: [new("y", "Y", "free@example.com")]),
            new CompanyInput("d", "D", Users: [new("z", "Z", "free@example.com")]),
            new CompanyInput("e", "E", Users: [new("w", "W", "Free@example.com")]),
            new CompanyInput("acme", Users: [new("u", Email: "Ada@Example.com"), new("v", Email: "ada@example.com")]));

        Assert.Equal(
            ["EMAIL_TAKEN companies/0/users/0/email", "NOT_FOUND companies/1/tier", "EMAIL_TAKEN companies/3/users/0/email", "EMAIL_TAKEN companies/4/users/1/email"],
            result.Errors("companies").Select(error => error.Short()));
        Assert.Equal("ada@example.com", await database.Read(async db => (await db.CompanyUsers.SingleAsync(u => u.ExternalId == "u")).Email));
    }

    [Fact]
    public async Task A_new_user_is_a_buyer_of_the_first_unit_unless_said_otherwise()
    {
        await database.Upsert(new CompanyInput("acme", "Acme",
            Units: [new("z", "Zoo"), new("a", "Airport"), new("aa", "Aaa", "z")],
            Users: [new("1", "One", "1@example.com"), new("2", "Two", "2@example.com", CompanyRole.Viewer, "aa")]));

        var users = await database.Read(async db => await (
            from user in db.CompanyUsers
            join unit in db.CompanyUnits on user.UnitId equals unit.Id
            orderby user.ExternalId
            select new { user.Role, unit.ExternalId }).ToListAsync());
        Assert.Equal([(CompanyRole.Buyer, "a"), (CompanyRole.Viewer, "aa")], users.Select(u => (u.Role, u.ExternalId)));
    }

    [Fact]
    public async Task All_or_nothing_takes_nothing_when_a_row_is_bad()
    {
        var result = await database.Upsert(BulkMode.AllOrNothing, new CompanyInput("a", "A"), new CompanyInput("b"));

        Assert.Equal(new BulkCounts(2, 0, 0, 2), result.Counts);
        Assert.Equal(0, await database.Read(async db => await db.Companies.CountAsync() + await db.Events.CountAsync()));
    }

    [Fact]
    public async Task A_thousand_rows_take_as_many_statements_as_one_and_more_are_refused_whole()
    {
        CompanyInput Row(string id) => new(id, id, Users: [new("u", "U", $"{id}@example.com")]);
        var before = database.Statements.Total;
        await database.Upsert(Row("one"));
        var one = database.Statements.Total - before;

        await database.Upsert([.. Enumerable.Range(0, 1000).Select(i => Row($"c{i}"))]);
        var refused = await database.Write((db, writes) => CompanyFields.UpsertCompanies(
            new UpsertCompaniesInput([.. Enumerable.Range(0, 1001).Select(i => Row($"d{i}"))]),
            new CompanyWrites(db, writes, database.Ids, database.Clock), default));

        SqlServerForTests.AssertStatements(one * 2, database.Statements.Total - before);
        Assert.Equal("TOO_MANY_ROWS companies", Assert.Single(refused.UserErrors).Short());
        Assert.Equal(1001, await database.Read(async db => await db.CompanyUsers.CountAsync()));
    }

    [Fact]
    public async Task Verification_is_set_upon_the_version_it_was_decided_on()
    {
        var acme = (await database.Upsert(new CompanyInput("acme", "Acme"))).Things[0];
        var id = new NodeId("Company", acme.Id);
        Task<SetCompanyVerificationPayload> Set(NodeId company, VerificationStatus status, long? version) => database.Write((db, writes) =>
            new CompanyWrites(db, writes, database.Ids, database.Clock).SetVerification(new(company, status, version), default));

        var verified = await Set(id, VerificationStatus.Verified, 1);
        var again = await Set(id, VerificationStatus.Verified, null);
        var late = await Set(id, VerificationStatus.Rejected, 1);
        var lost = await Set(new NodeId("Market", acme.Id), VerificationStatus.Verified, null);

        Assert.Equal((VerificationStatus.Verified, 2), (verified.Company!.Verification, verified.Company.Version));
        Assert.Equal(2, again.Company!.Version);
        Assert.Equal("CONFLICT expectedVersion", Assert.Single(late.UserErrors).Short());
        Assert.Equal(VerificationStatus.Verified, late.Company!.Verification);
        Assert.Equal("NOT_FOUND companyId", Assert.Single(lost.UserErrors).Short());
    }

    [Fact]
    public async Task Markets_and_tiers_are_created_and_changed()
    {
        var markets = await database.Upsert(
            new MarketInput("eu", "Europe", Currency.Of("EUR")), new MarketInput("", "Nowhere", Currency.Of("EUR")), new MarketInput("eu", "Twice", Currency.Of("USD")));
        var again = await database.Upsert(new MarketInput("eu", "Europe", Currency.Of("EUR")), new MarketInput("us", "States", Currency.Of("USD")));
        var tiers = await database.Upsert(new CustomerTierInput("b", "Silver", 1), new CustomerTierInput("a", "Gold", 2), new CustomerTierInput("c", " ", 3));
        var raised = await database.Upsert(new CustomerTierInput("b", "Silver", 3));

        Assert.Equal(["INVALID_VALUE markets/1/externalId", "DUPLICATE_ROW markets/2/externalId"], markets.Errors("markets").Select(error => error.Short()));
        Assert.Equal([1, 1], again.Things.Select(market => market.Version));
        Assert.Equal("INVALID_VALUE tiers/2/name", Assert.Single(tiers.Errors("tiers")).Short());
        Assert.Equal(2, raised.Things[0].Version);
        Assert.Equal(["b", "a"], await database.Read(async db => (await CompanyFields.CustomerTiers(db, default)).Select(tier => tier.ExternalId).ToArray()));
        Assert.Equal(["eu", "us"], await database.Read(async db => (await CompanyFields.Markets(db, default)).Select(market => market.ExternalId).ToArray()));
    }

    [Fact]
    public async Task A_markets_price_settings_stay_where_they_are_left_out()
    {
        var eu = new MarketInput("eu", "Europe", Currency.Of("EUR"));
        (PricePolicy, RoundingMode, RoundingLevel, long) Settings(Market market) =>
            (market.PricePolicy, market.Rounding.Mode, market.Rounding.Level, market.Version);

        var unset = (await database.Upsert(eu)).Things[0];
        var set = (await database.Upsert(eu with { PricePolicy = PricePolicy.Lowest, Rounding = new(RoundingMode.HalfEven) })).Things[0];
        var added = (await database.Upsert(eu with { Rounding = new(Level: RoundingLevel.UnitPrice) })).Things[0];
        await database.Upsert(eu);

        Assert.Equal((PricePolicy.MostSpecific, RoundingMode.HalfAwayFromZero, RoundingLevel.LineTotal, 1), Settings(unset));
        Assert.Equal((PricePolicy.Lowest, RoundingMode.HalfEven, RoundingLevel.LineTotal, 2), Settings(set));
        Assert.Equal((PricePolicy.Lowest, RoundingMode.HalfEven, RoundingLevel.UnitPrice, 3), Settings(added));
        Assert.Equal(Settings(added), Settings(await database.Read(async db => await db.Markets.SingleAsync())));
    }

    /// <summary>All units, each with the external ids from the top.</summary>
    private Task<string[]> Tree() => database.Read(async db =>
    {
        var all = await db.CompanyUnits.ToDictionaryAsync(unit => unit.Id);
        return all.Values.Select(unit => string.Join('/', TreePath.Ids(unit.Path).Select(id => all[id].ExternalId))).Order(StringComparer.Ordinal).ToArray();
    });
}
