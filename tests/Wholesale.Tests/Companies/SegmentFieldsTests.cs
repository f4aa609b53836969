using System.Text.Json;
using Wholesale.Companies;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using Wholesale.Tests.Catalog;

namespace Wholesale.Tests.Companies;

public sealed class SegmentFieldsTests : IDisposable
{
    private readonly RoomDatabase database = new();

    public void Dispose() => database.Dispose();

    [Fact]
    public async Task The_companies_of_many_segments_are_paged_by_one_statement_and_counted_by_one()
    {
        await Seed();
        var segments = await database.Read(async db => Batch<CustomerSegment>.Of([.. await SegmentFields.Segments(db, default)]));

        var (first, statements) = await database.Count(db => SegmentFields.SegmentCompanies(segments, 2, null, db, default));
        var second = await database.Read(db => SegmentFields.SegmentCompanies(segments, 2, first[0].PageInfo.EndCursor, db, default));
        var (counts, counting) = await database.Count(async db =>
        {
            var pages = await SegmentFields.SegmentCompanies(segments, 1, null, db, default);
            return new[] { await pages[0].Count!(), await pages[1].Count!(), await pages[2].Count!() };
        });

        Assert.Equal((1, 2), (statements, counting));
        Assert.Equal(["a b", "b c", ""], first.Select(Ids));
        Assert.Equal([true, false, false], first.Select(page => page.PageInfo.HasNextPage));
        Assert.Equal("c", Ids(second[0]));
        Assert.Equal([3, 2, 0], counts);
    }

    [Fact]
    public async Task The_segments_of_many_companies_are_one_statement()
    {
        await Seed();
        var companies = await database.Read(async db => (await CompanyFields.Companies(10, null, db, default)).Edges.Select(edge => edge.Node).ToList());

        var (segments, statements) = await database.Count(db => SegmentFields.CompanySegments(Batch<Company>.Of(companies), db, default));

        Assert.Equal(1, statements);
        Assert.Equal(["1-all", "1-all 2-big", "1-all 2-big"], segments.Select(list => string.Join(' ', list.Select(segment => segment.ExternalId))));
    }

    [Fact]
    public async Task Only_staff_that_reads_companies_finds_a_segment_by_its_id()
    {
        await Seed();
        await database.Upsert(Goods.Company("buyer"));
        var id = await database.Read(async db => (await SegmentFields.Segments(db, default))[0].Id);
        Task<CustomerSegment?> Find(Principal principal) => database.Request(principal, async context => (await CompanyNodes.Segments([id], context))[0]);

        Assert.NotNull(await Find(RoomDatabase.Staff with { Permissions = PermissionSet.Of(Permission.CompaniesRead) }));
        Assert.Null(await Find(RoomDatabase.Staff with { Permissions = PermissionSet.Of(Permission.PricesRead) }));
        Assert.Null(await Find((await database.CallerOf("u-buyer")).Principal));
    }

    private static string Ids(Connection<Company> page) => string.Join(' ', page.Edges.Select(edge => edge.Node.ExternalId));

    private async Task Seed()
    {
        foreach (var (id, employees) in new[] { ("a", 1), ("b", 20), ("c", 30) })
        {
            await database.Upsert(new CompanyInput(id, id, Employees: employees));
        }

        await database.Upsert(
            new CustomerSegmentInput("1-all", "All", new([new(SegmentAttribute.Employees, Minimum: 0)])),
            new CustomerSegmentInput("2-big", "Big", new([new(SegmentAttribute.Employees, Minimum: 20)])),
            new CustomerSegmentInput("3-none", "None", new([])));
    }
}

/// <summary>A seller's whole way: a segment by mutation, what it has by mutations, what its companies then see.</summary>
public sealed class SegmentsOverHttpTests(Shop shop) : IClassFixture<Shop>
{
    [Fact]
    public async Task A_segment_has_prices_and_an_assortment_as_soon_as_it_takes_a_company_in()
    {
        const string Asked = "{ toy: variant(sku: \"TOY-001-S\") { price { unitPrice { amount } } } tool: variant(sku: \"TOOL-001-S\") { price { unitPrice { amount } } } }";
        var created = await shop.Admin(
            """
            mutation {
              upsertCustomerSegments(input: { segments: [
                { externalId: "toy-shops", name: "Toy shops", rule: { conditions: [{ attribute: INDUSTRY, in: ["4765"] }, { attribute: EMPLOYEES, maximum: 10 }] } }
                { externalId: "bad", name: "Bad", rule: { conditions: [{ attribute: TIER, in: ["none"] }] } }
              ] }) {
                segments { id externalId version rule { match conditions { attribute in minimum maximum } } companies { totalCount edges { node { externalId } } } }
                counts { applied failed }
                userErrors { code path }
              }
              createPriceList(input: { externalId: "toy-shops", name: "Toy shops", currency: "USD" }) { priceList { id } }
              createCatalogView(input: { externalId: "toys", name: "Toys", rules: [{ action: INCLUDE, category: "toys" }] }) { catalogView { id } }
            }
            """);
        var payload = created.GetProperty("upsertCustomerSegments");
        var segment = payload.GetProperty("segments")[0];
        var list = created.GetProperty("createPriceList").GetProperty("priceList").GetProperty("id").GetString();
        var view = created.GetProperty("createCatalogView").GetProperty("catalogView").GetProperty("id").GetString();
        Assert.Equal(
            """{"match":"ALL","conditions":[{"attribute":"INDUSTRY","in":["4765"],"minimum":null,"maximum":null},{"attribute":"EMPLOYEES","in":null,"minimum":null,"maximum":10}]}""",
            segment.GetProperty("rule").GetRawText());
        Assert.Equal("""{"totalCount":0,"edges":[]}""", segment.GetProperty("companies").GetRawText());
        Assert.Equal("""[{"code":"NOT_FOUND","path":["segments","1","rule","conditions","0","in","0"]}]""", payload.GetProperty("userErrors").GetRawText());

        var given = await shop.Admin(
            """
            mutation($list: ID!, $view: ID!, $segment: ID!) {
              upsertPrices(input: { priceListId: $list, prices: [{ sku: "TOY-001-S", unitPrice: "123.45" }] }) { userErrors { message } }
              assignPriceList(input: { priceListId: $list, assignee: { segmentId: $segment } }) { assignment { assignee { segment { externalId } tier { id } } } userErrors { message } }
              assignCatalogView(input: { catalogViewId: $view, assignee: { segmentId: $segment } }) { catalogView { assignees { segment { externalId } } } userErrors { message } }
            }
            """,
            new { list, view, segment = segment.GetProperty("id").GetString() });
        Assert.Equal(
            """{"assignment":{"assignee":{"segment":{"externalId":"toy-shops"},"tier":null}},"userErrors":[]}""", given.GetProperty("assignPriceList").GetRawText());
        Assert.Equal(
            """{"catalogView":{"assignees":[{"segment":{"externalId":"toy-shops"}}]},"userErrors":[]}""", given.GetProperty("assignCatalogView").GetRawText());
        var before = await shop.Data(shop.Acme, Asked);

        var changed = await shop.Admin(
            """
            mutation {
              upsertCompanies(input: { companies: [{ externalId: "acme", industry: "4765", country: "US", region: "west", employees: 10 }] }) {
                companies { industry country region employees segments { externalId } }
              }
            }
            """);
        var after = await shop.Data(shop.Acme, Asked);

        Assert.Equal(
            """[{"industry":"4765","country":"US","region":"west","employees":10,"segments":[{"externalId":"toy-shops"}]}]""",
            changed.GetProperty("upsertCompanies").GetProperty("companies").GetRawText());
        Assert.Equal(("301.00", JsonValueKind.Object), (Amount(before), before.GetProperty("tool").ValueKind));
        Assert.Equal(("123.45", JsonValueKind.Null), (Amount(after), after.GetProperty("tool").ValueKind));
    }

    private static string Amount(JsonElement data) =>
        data.GetProperty("toy").GetProperty("price").GetProperty("unitPrice").GetProperty("amount").GetString()!;
}
