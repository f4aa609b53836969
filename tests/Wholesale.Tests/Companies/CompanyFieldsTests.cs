using Microsoft.EntityFrameworkCore;
using Wholesale.Companies;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using Wholesale.Tests.Catalog;

namespace Wholesale.Tests.Companies;

public sealed class CompanyFieldsTests : IDisposable
{
    private readonly RoomDatabase database = new();

    public void Dispose() => database.Dispose();

    [Fact]
    public async Task Companies_are_paged_by_name_and_counted_when_asked_for()
    {
        await database.Upsert([.. Enumerable.Range(0, 7).Select(i => new CompanyInput($"c{i}", i % 2 == 0 ? "same" : "Same"))]);

        var first = await database.Read(db => CompanyFields.Companies(3, null, db, default));
        var (second, statements) = await database.Count(db => CompanyFields.Companies(250, first.PageInfo.EndCursor, db, default));

        Assert.Equal(1, statements);
        Assert.Equal(["c0", "c1", "c2", "c3", "c4", "c5", "c6"], first.Edges.Concat(second.Edges).Select(edge => edge.Node.ExternalId));
        Assert.Equal((true, false), (first.PageInfo.HasNextPage, second.PageInfo.HasNextPage));
        Assert.Equal(7, await database.Read(async db => await (await CompanyFields.Companies(1, null, db, default)).Count!()));
    }

    [Fact]
    public async Task A_company_is_found_by_exactly_one_of_its_keys()
    {
        var acme = (await database.Upsert(new CompanyInput("acme", "Acme"))).Things[0];
        Task<Company?> Find(NodeId? id, string? externalId) => database.Read(db => CompanyFields.Company(id, externalId, db, default));

        Assert.Equal(acme.Id, (await Find(null, "acme"))!.Id);
        Assert.Equal(acme.Id, (await Find(new NodeId("Company", acme.Id), null))!.Id);
        Assert.Null(await Find(new NodeId("Market", acme.Id), null));
        Assert.Null(await Find(null, "ACME"));
        Assert.Equal(ErrorCodes.InvalidValue, (await Assert.ThrowsAsync<GraphQLException>(() => Find(null, null))).Code);
        Assert.Equal(ErrorCodes.InvalidValue, (await Assert.ThrowsAsync<GraphQLException>(() => Find(NodeId.None, "acme"))).Code);
    }

    [Fact]
    public async Task Units_tell_their_place_and_the_market_they_inherit()
    {
        await Seed();
        var companies = Batch<Company>.Of(await database.Read(async db => await db.Companies.OrderBy(c => c.ExternalId).ToListAsync()));

        var (units, u) = await database.Count(db => CompanyFields.CompanyUnits(companies, db, default));
        var all = Batch<CompanyUnit>.Of([.. units.SelectMany(list => list)]);
        var (parents, p) = await database.Count(db => CompanyFields.UnitParent(all, db, default));
        var (children, c) = await database.Count(db => CompanyFields.UnitChildren(all, db, default));
        var (paths, n) = await database.Count(db => CompanyFields.UnitPath(all, db, default));
        var (markets, m) = await database.Count(db => CompanyFields.UnitMarket(all, db, default));

        Assert.Equal((1, 1, 1, 1, 2), (u, p, c, n, m));
        Assert.Equal(["annex hq bonn leeds", "other"], units.Select(list => string.Join(' ', list.Select(unit => unit.ExternalId))));
        Assert.Equal([null, null, "hq", "hq", null], parents.Select(parent => parent?.ExternalId));
        Assert.Equal(["", "bonn leeds", "", "", ""], children.Select(list => string.Join(' ', list.Select(child => child.ExternalId))));
        Assert.Equal(["Annex", "HQ", "HQ/Bonn", "HQ/Leeds", "Other"], paths.Select(path => string.Join('/', path)));
        Assert.Equal(["eu", "uk", "uk", "eu", null], markets.Select(market => market?.Market.ExternalId));
        Assert.Equal(
            ["Company acme", "CompanyUnit hq", "CompanyUnit hq", "CompanyUnit leeds"],
            markets.OfType<InheritedMarket>().Select(market => market.Source switch
            {
                Company company => $"Company {company.ExternalId}",
                CompanyUnit unit => $"CompanyUnit {unit.ExternalId}",
                var other => $"{other}",
            }));
    }

    [Fact]
    public async Task Each_field_of_many_companies_is_one_statement()
    {
        await Seed();
        var companies = Batch<Company>.Of(await database.Read(async db => await db.Companies.OrderBy(c => c.ExternalId).ToListAsync()));

        var (tiers, t) = await database.Count(db => CompanyFields.CompanyTier(companies, db, default));
        var (markets, m) = await database.Count(db => CompanyFields.CompanyMarket(companies, db, default));
        var (currencies, c) = await database.Count(db => CompanyFields.CompanyCurrency(companies, db, default));
        var (users, u) = await database.Count(db => CompanyFields.CompanyUsers(companies, db, default));
        var everyone = Batch<CompanyUser>.Of([.. users.SelectMany(list => list)]);
        var (units, n) = await database.Count(db => CompanyFields.UserUnit(everyone, db, default));

        Assert.Equal((1, 1, 1, 1, 1), (t, m, c, u, n));
        Assert.Equal(["gold", null], tiers.Select(tier => tier?.ExternalId));
        Assert.Equal(["eu", null], markets.Select(market => market?.ExternalId));
        Assert.Equal(["EUR", "USD"], currencies.Select(currency => currency?.Code));
        Assert.Equal(["ada Bea", ""], users.Select(list => string.Join(' ', list.Select(user => user.Name))));
        Assert.Equal(["leeds", "annex"], units.Select(unit => unit.ExternalId));
    }

    [Fact]
    public async Task A_buyer_finds_nothing_of_another_company_by_its_id()
    {
        await Seed();
        await database.Upsert(new MarketInput("far", "Far", Currency.Of("JPY")));
        await database.Upsert(new CustomerTierInput("tin", "Tin", 0));
        await database.Upsert(new CompanyInput("rival", "Rival", Tier: "tin", Market: "far", Users: [new("r", "Rex", "r@example.com")]));
        var buyer = (await database.CallerOf("ada")).Principal;
        var viewer = (await database.CallerOf("bea")).Principal;

        Assert.Equal("acme gold eu uk annex bonn hq leeds ada bea", await Seen(buyer));
        Assert.Equal("acme gold eu uk", await Seen(viewer));
        Assert.Equal("", await Seen(Principal.Anonymous));
        Assert.Equal("", await Seen(RoomDatabase.Staff with { Permissions = PermissionSet.Of(Permission.CatalogWrite) }));
        Assert.Equal(
            "acme other rival gold tin eu far uk annex bonn hq leeds other rival ada bea r",
            await Seen(RoomDatabase.Staff with { Permissions = PermissionSet.Of(Permission.CompaniesRead) }));
    }

    /// <summary>The external ids of all that a principal finds by id, of everything there is.</summary>
    private async Task<string> Seen(Principal principal)
    {
        async Task<IEnumerable<string>> Found<T>(
            Func<WholesaleDb, IQueryable<long>> ids, Func<IReadOnlyList<long>, RequestContext, ValueTask<IReadOnlyList<T?>>> load, Func<T, string> key)
            where T : class
        {
            var all = await database.Read(async db => await ids(db).ToListAsync());
            var found = await database.Request(principal, context => load(all, context));
            Assert.Equal(all.Count, found.Count);
            return found.OfType<T>().Select(key).Order(StringComparer.Ordinal);
        }

        return string.Join(' ', (await Found(db => db.Companies.Select(c => c.Id), CompanyNodes.Companies, c => c.ExternalId))
            .Concat(await Found(db => db.CustomerTiers.Select(t => t.Id), CompanyNodes.Tiers, t => t.ExternalId))
            .Concat(await Found(db => db.Markets.Select(m => m.Id), CompanyNodes.Markets, m => m.ExternalId))
            .Concat(await Found(db => db.CompanyUnits.Select(u => u.Id), CompanyNodes.Units, u => u.ExternalId))
            .Concat(await Found(db => db.CompanyUsers.Select(u => u.Id), CompanyNodes.Users, u => u.ExternalId)));
    }

    private async Task Seed()
    {
        await database.Upsert(new MarketInput("eu", "Europe", Currency.Of("EUR")), new MarketInput("uk", "Britain", Currency.Of("GBP")));
        await database.Upsert(new CustomerTierInput("gold", "Gold", 1));
        await database.Upsert(
            new CompanyInput("acme", "Acme", Tier: "gold", Market: "eu",
                Units: [new("hq", "HQ", Market: "uk"), new("leeds", "Leeds", "hq", "eu"), new("bonn", "Bonn", "hq"), new("annex", "Annex")],
                Users: [new("bea", "Bea", "bea@example.com", CompanyRole.Viewer), new("ada", "ada", "ada@example.com", Unit: "leeds")]),
            new CompanyInput("other", "Other", Currency: Currency.Of("USD")));
    }
}
