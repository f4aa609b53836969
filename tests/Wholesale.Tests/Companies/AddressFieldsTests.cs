using Microsoft.EntityFrameworkCore;
using Wholesale.Companies;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using Wholesale.Tests.Catalog;
using Wholesale.Tests.Platform.Database;

namespace Wholesale.Tests.Companies;

public sealed class AddressFieldsTests : IDisposable
{
    private readonly RoomDatabase database = new();

    public void Dispose() => database.Dispose();

    [Fact]
    public async Task The_addresses_of_many_companies_and_units_are_one_statement_each()
    {
        await Seed();
        var companies = Batch<Company>.Of(await database.Read(async db => await db.Companies.OrderBy(c => c.ExternalId).ToListAsync()));
        var units = Batch<CompanyUnit>.Of(await database.Read(async db => await db.CompanyUnits.OrderBy(u => u.ExternalId).ToListAsync()));

        var (ofCompanies, c) = await database.Count(db => AddressFields.CompanyAddresses(companies, db, default));
        var (ofUnits, u) = await database.Count(db => AddressFields.UnitAddresses(units, db, default));
        var all = Batch<Address>.Of([.. ofCompanies.SelectMany(list => list)]);
        var (owners, o) = await database.Count(db => AddressFields.AddressUnit(all, db, default));

        Assert.Equal((1, 1, 1), (c, u, o));
        Assert.Equal(["branch everyone hq", "rival"], ofCompanies.Select(Names));
        Assert.Equal(["branch everyone hq", "everyone hq", "rival"], ofUnits.Select(Names));
        Assert.Equal(["branch", null, "hq", null], owners.Select(unit => unit?.ExternalId));
    }

    [Fact]
    public async Task What_a_user_may_use_is_one_statement()
    {
        await Seed();
        var ada = await database.CallerOf("ada");

        var (book, statements) = await database.Count(db => AddressBook.Of(db, ada, default));
        var (none, without) = await database.Count(db => AddressBook.Of(db, Caller.Without(RoomDatabase.Staff), default));

        Assert.Equal((1, 0), (statements, without));
        Assert.Equal(("everyone hq", "hq", "everyone"), (Names(book.All), book.DefaultShipTo?.ExternalId, book.DefaultBillTo?.ExternalId));
        Assert.Empty(none.All);
    }

    [Fact]
    public async Task A_buyer_finds_no_address_of_another_company_by_its_id()
    {
        await Seed();
        var ids = await database.Read(async db => await db.Addresses.OrderBy(a => a.ExternalId).Select(a => a.Id).ToListAsync());
        async Task<string> Seen(Principal principal) =>
            string.Join(' ', (await database.Request(principal, context => CompanyNodes.Addresses(ids, context))).Select(address => address?.ExternalId ?? "-"));

        Assert.Equal("branch closed everyone hq -", await Seen((await database.CallerOf("ada")).Principal));
        Assert.Equal("- - - - -", await Seen((await database.CallerOf("vic")).Principal));
        Assert.Equal("- - - - rival", await Seen((await database.CallerOf("rex")).Principal));
        Assert.Equal("- - - - -", await Seen(Principal.Anonymous));
        Assert.Equal("branch closed everyone hq rival", await Seen(RoomDatabase.Staff));
    }

    private static string Names(IEnumerable<Address> addresses) => string.Join(' ', addresses.Select(address => address.ExternalId));

    private static AddressInput At(string externalId, Optional<string?> unit = default) => new(externalId, unit, externalId, Lines: ["1 Road"], City: "Town", Country: "DE");

    private async Task Seed() => await database.Upsert(
        new CompanyInput(
            "acme", "Acme", Units: [new("hq", "HQ"), new("branch", "Branch", "hq")],
            Users: [new("ada", "Ada", "ada@example.com", Unit: "hq"), new("vic", "Vic", "vic@example.com", CompanyRole.Viewer)],
            Addresses:
            [
                At("everyone") with { IsDefaultShipTo = true, IsDefaultBillTo = true }, At("branch", "branch") with { IsDefaultShipTo = true },
                At("hq", "hq") with { IsDefaultShipTo = true }, At("closed") with { IsArchived = true },
            ]),
        new CompanyInput("rival", "Rival", Users: [new("rex", "Rex", "rex@example.com")], Addresses: [At("rival")]));
}

/// <summary>What users see and write over HTTP.</summary>
public sealed class AddressesOverHttpTests(TestHost host) : IClassFixture<TestHost>
{
    private const string Upsert =
        "mutation($input: UpsertAddressesInput!) { upsertAddresses(input: $input) { addresses { externalId unit { externalId } lines version } counts { received applied failed } userErrors { code message path } } }";

    private const string Mine =
        "{ me { addresses { externalId } defaultShipToAddress { externalId } defaultBillToAddress { externalId } company { addresses { externalId } } unit { addresses { externalId } } } }";

    [Fact]
    public async Task An_admin_writes_the_own_companys_addresses_and_users_of_a_unit_find_theirs()
    {
        await Company("acme");
        var (admin, buyer) = (await host.CreateBuyerKey("acme", "admin"), await host.CreateBuyerKey("acme"));

        var written = (await host.Data(admin, Upsert, new
        {
            input = new { addresses = new object[] { Row("office", isDefaultBillTo: true), Row("shop", "shop", isDefaultShipTo: true), Row("nowhere", "elsewhere") } },
        })).GetProperty("upsertAddresses");
        var seen = (await host.Data(buyer, Mine)).GetProperty("me");

        Assert.Equal("""{"received":3,"applied":2,"failed":1}""", written.GetProperty("counts").GetRawText());
        Assert.Equal("""[{"code":"NOT_FOUND","message":"There is no unit \"elsewhere\".","path":["addresses","2","unit"]}]""", written.GetProperty("userErrors").GetRawText());
        Assert.Equal("""{"externalId":"shop","unit":{"externalId":"shop"},"lines":["1 Road","2nd floor"],"version":1}""", written.GetProperty("addresses")[1].GetRawText());
        Assert.Equal(
            """{"addresses":[{"externalId":"office"},{"externalId":"shop"}],"defaultShipToAddress":{"externalId":"shop"},"defaultBillToAddress":{"externalId":"office"},"company":{"addresses":[{"externalId":"office"},{"externalId":"shop"}]},"unit":{"addresses":[{"externalId":"office"},{"externalId":"shop"}]}}""",
            seen.GetRawText());
    }

    [Fact]
    public async Task A_buyer_writes_no_addresses_and_a_viewer_reads_none()
    {
        await Company("shut");
        var (buyer, viewer) = (await host.CreateBuyerKey("shut"), await host.CreateBuyerKey("shut", "viewer"));

        var (_, written) = await host.Ask(buyer, Upsert, new { input = new { addresses = new[] { Row("office") } } });
        var (_, read) = await host.Ask(viewer, "{ me { addresses { externalId } defaultShipToAddress { externalId } } }");

        Assert.Contains("FORBIDDEN", written, StringComparison.Ordinal);
        Assert.Contains("\"data\":{\"me\":{\"addresses\":null,\"defaultShipToAddress\":null}}", read, StringComparison.Ordinal);
        Assert.Contains("FORBIDDEN", read, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Staff_is_told_to_write_addresses_with_the_company()
    {
        var answer = await host.Admin(Upsert, new { input = new { addresses = new[] { Row("office") } } });
        var me = await host.Admin("{ me { addresses { externalId } defaultBillToAddress { externalId } } }");

        Assert.Equal(
            """{"upsertAddresses":{"addresses":[],"counts":{"received":1,"applied":0,"failed":1},"userErrors":[{"code":"INVALID_VALUE","message":"Staff has no company of its own: it writes addresses by `upsertCompanies`.","path":null}]}}""",
            answer.GetRawText());
        Assert.Equal("""{"me":{"addresses":null,"defaultBillToAddress":null}}""", me.GetRawText());
    }

    [Fact]
    public async Task More_than_a_thousand_rows_are_refused()
    {
        await Company("many");
        var admin = await host.CreateBuyerKey("many", "admin");

        var refused = (await host.Data(admin, Upsert, new { input = new { addresses = Enumerable.Range(0, 1001).Select(i => new { externalId = $"a{i}" }) } })).GetProperty("upsertAddresses");

        Assert.Equal("TOO_MANY_ROWS", Assert.Single(refused.GetProperty("userErrors").EnumerateArray()).Text("code"));
    }

    private static object Row(string externalId, string? unit = null, bool isDefaultShipTo = false, bool isDefaultBillTo = false) =>
        new { externalId, unit, name = externalId, lines = new[] { "1 Road", "2nd floor" }, city = "Town", country = "DE", isDefaultShipTo, isDefaultBillTo };

    private Task Company(string id) => host.Take("companies", new
    {
        externalId = id,
        name = id,
        verification = "VERIFIED",
        units = new object[] { new { externalId = "hq", name = "HQ" }, new { externalId = "shop", name = "Shop", parent = "hq" } },
        users = new[]
        {
            new { externalId = "admin", name = "A", email = $"a@{id}.example", role = "ADMIN", unit = "hq" },
            new { externalId = "buyer", name = "B", email = $"b@{id}.example", role = "BUYER", unit = "shop" },
            new { externalId = "viewer", name = "V", email = $"v@{id}.example", role = "VIEWER", unit = "shop" },
        },
    });
}
