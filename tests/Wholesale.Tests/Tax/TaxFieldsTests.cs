using Microsoft.EntityFrameworkCore;
using Wholesale.Companies;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using Wholesale.Tax;
using Wholesale.Tests.Catalog;
using Wholesale.Tests.Platform.Database;
using static Wholesale.Tests.Tax.TaxRows;

namespace Wholesale.Tests.Tax;

public sealed class TaxFieldsTests : IDisposable
{
    private readonly RoomDatabase database = new();

    public void Dispose() => database.Dispose();

    [Fact]
    public async Task Rates_are_paged_by_their_keys_one_statement_a_page_and_counted_when_asked_for()
    {
        await database.Upsert(Rate("d", "DE", "19"), Rate("b", "US", "4", "NY"), Rate("c", "US", "2.9", "CO"), Rate("a", "AT", "20"));

        var (first, statements) = await database.Count(db => TaxFields.TaxRates(null, 3, null, db, default));
        var second = await database.Read(db => TaxFields.TaxRates(null, 3, first.PageInfo.EndCursor, db, default));
        var american = await database.Read(async db => await TaxFields.TaxRates("US", 1, null, db, default) is var page ? (page, await page.Count!()) : default);

        Assert.Equal(1, statements);
        Assert.Equal(["a", "b", "c", "d"], first.Edges.Concat(second.Edges).Select(edge => edge.Node.ExternalId));
        Assert.Equal((true, false), (first.PageInfo.HasNextPage, second.PageInfo.HasNextPage));
        Assert.Equal(ErrorCodes.InvalidValue, (await Assert.ThrowsAsync<GraphQLException>(() => database.Read(db => TaxFields.TaxRates("us", 1, null, db, default)))).Code);
        Assert.Equal(("b", true, 2), (american.page.Edges[0].Node.ExternalId, american.page.PageInfo.HasNextPage, american.Item2));
    }

    [Fact]
    public async Task Tax_ids_and_exemptions_of_many_companies_are_one_statement_each()
    {
        await database.Upsert(new CompanyInput("a", "A"), new CompanyInput("b", "B"), new CompanyInput("c", "C"));
        await database.Upsert(
            new CompanyTaxProfileInput("a", [new("DE", "2"), new("AT", "1")], [new("US", "second"), new("US", "first")]),
            new CompanyTaxProfileInput("b", [new("DE", "3")]));
        var companies = Batch<Company>.Of(await database.Read(async db => await db.Companies.OrderBy(c => c.ExternalId).ToListAsync()));

        var (ids, i) = await database.Count(db => TaxFields.CompanyTaxIds(companies, db, default));
        var (exemptions, e) = await database.Count(db => TaxFields.CompanyTaxExemptions(companies, db, default));

        Assert.Equal((1, 1), (i, e));
        Assert.Equal(["1 2", "3", ""], ids.Select(list => string.Join(' ', list.Select(id => id.Number))));
        Assert.Equal(["second first", "", ""], exemptions.Select(list => string.Join(' ', list.Select(exemption => exemption.CertificateNumber))));
    }

    [Fact]
    public async Task A_rate_is_found_by_its_id_only_by_staff_that_writes_taxes()
    {
        var id = (await database.Upsert(Rate("de", "DE", "19"))).Things[0].Id;
        await database.Upsert(Company("acme"));
        async Task<string?> Seen(Principal principal) => (await database.Request(principal, context => TaxFields.Load([id, 5], context))) is [var rate, null] ? rate?.ExternalId : "?";

        Assert.Equal("de", await Seen(RoomDatabase.Staff));
        Assert.Null(await Seen(RoomDatabase.Staff with { Permissions = PermissionSet.Of(Permission.CompaniesRead, Permission.PricesWrite) }));
        Assert.Null(await Seen((await database.CallerOf("u-acme")).Principal));
    }

    private static CompanyInput Company(string externalId) => Goods.Company(externalId);
}

/// <summary>What staff and buyers see of taxes over HTTP.</summary>
public sealed class TaxesOverHttpTests(TestHost host) : IClassFixture<TestHost>
{
    [Fact]
    public async Task Staff_writes_rates_and_profiles_and_a_buyer_sees_its_own()
    {
        await Company("acme");
        await Company("rival");
        const string Write = """
            mutation {
              upsertTaxRates(input: { rates: [
                { externalId: "http-old", name: "MwSt. 16 %", country: "DE", rate: 16, validTo: "2021-01-01" },
                { externalId: "http-new", name: "MwSt. 19 %", country: "DE", rate: "19", validFrom: "2020-12-31" }
              ] }) { rates { externalId country region taxClass rate isReverseCharged validFrom validTo version } counts { applied failed } userErrors { code path } }
              upsertCompanyTaxProfiles(input: { profiles: [
                { company: "acme", taxIds: [{ country: "DE", number: "de 1", isVerified: true }], taxExemptions: [{ country: "US", region: "CO", certificateNumber: "X 1", validFrom: "2026-01-01" }] }
              ] }) { companies { externalId } counts { applied failed } userErrors { code } }
            }
            """;
        const string Mine = "{ me { company { taxIds { country number isVerified } taxExemptions { country region certificateNumber validFrom validTo } } } }";

        var written = await host.Admin(Write);
        var acme = await host.Data(await host.CreateBuyerKey("acme"), Mine);
        var rival = await host.Data(await host.CreateBuyerKey("rival"), Mine);

        Assert.Equal(
            """{"upsertTaxRates":{"rates":[{"externalId":"http-old","country":"DE","region":null,"taxClass":"standard","rate":"16","isReverseCharged":false,"validFrom":null,"validTo":"2021-01-01","version":1}],"counts":{"applied":1,"failed":1},"userErrors":[{"code":"OVERLAPPING_VALIDITY","path":["rates","1","validFrom"]}]},"upsertCompanyTaxProfiles":{"companies":[{"externalId":"acme"}],"counts":{"applied":1,"failed":0},"userErrors":[]}}""",
            written.GetRawText());
        Assert.Equal(
            """{"me":{"company":{"taxIds":[{"country":"DE","number":"DE1","isVerified":true}],"taxExemptions":[{"country":"US","region":"CO","certificateNumber":"X 1","validFrom":"2026-01-01","validTo":null}]}}}""",
            acme.GetRawText());
        Assert.Equal("""{"me":{"company":{"taxIds":[],"taxExemptions":[]}}}""", rival.GetRawText());
    }

    [Fact]
    public async Task Rates_and_profiles_come_in_by_files_and_need_their_permission()
    {
        await Company("filed");
        await host.Take("tax-rates", new { externalId = "f-1", name = "VAT", country = "GB", rate = "20" }, new { externalId = "f-2", name = "VAT", country = "GB", taxClass = "books", rate = 0, isReverseCharged = true, validFrom = "2026-01-01", validTo = (string?)null });
        await host.Take("tax-profiles", new { company = "filed", taxIds = new[] { new { country = "GB", number = "GB 1", isVerified = true } }, taxExemptions = new[] { new { country = "GB", certificateNumber = "C" } }, sourceRevision = 3 });
        var narrow = await host.CreateStaffKey("narrow", Permission.ImportsWrite, Permission.CompaniesWrite);

        var rates = (await host.Admin("{ taxRates(country: \"GB\") { totalCount edges { node { externalId taxClass rate } } } }")).GetProperty("taxRates");
        var refused = await host.Ask(narrow, "{ taxRates { totalCount } }", path: "/admin/graphql");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/imports/tax-rates") { Content = new StringContent("{}", null, "application/x-ndjson") };
        request.Headers.Add("X-Api-Key", narrow);
        using var file = await host.Client.SendAsync(request);

        Assert.Equal("""{"totalCount":2,"edges":[{"node":{"externalId":"f-1","taxClass":"standard","rate":"20"}},{"node":{"externalId":"f-2","taxClass":"books","rate":"0"}}]}""", rates.GetRawText());
        Assert.Contains("FORBIDDEN", refused.Body, StringComparison.Ordinal);
        Assert.Contains("TAXES_WRITE", await file.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("upsertTaxRates", "UpsertTaxRatesInput", "rates", "externalId")]
    [InlineData("upsertCompanyTaxProfiles", "UpsertCompanyTaxProfilesInput", "profiles", "company")]
    public async Task More_than_a_thousand_rows_are_refused(string mutation, string type, string field, string key)
    {
        var rows = Enumerable.Range(0, 1001).Select(i => new Dictionary<string, string> { [key] = $"k{i}" });

        var answer = await host.Admin(
            $"mutation($input: {type}!) {{ {mutation}(input: $input) {{ counts {{ failed }} userErrors {{ code }} }} }}", new { input = new Dictionary<string, object> { [field] = rows } });

        Assert.Equal("""{"counts":{"failed":1001},"userErrors":[{"code":"TOO_MANY_ROWS"}]}""", answer.GetProperty(mutation).GetRawText());
    }

    private Task Company(string id) => host.Take("companies", new
    {
        externalId = id,
        name = id,
        users = new[] { new { externalId = "buyer", name = "B", email = $"b@{id}.example" } },
    });
}
