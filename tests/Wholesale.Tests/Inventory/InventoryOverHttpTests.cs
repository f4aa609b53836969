using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Wholesale.Platform;
using Wholesale.Tests.Platform.Database;

namespace Wholesale.Tests.Inventory;

/// <summary>What buyers see of stock, and how staff writes it. The catalog is public.</summary>
public sealed class InventoryOverHttpTests(StockedShop shop) : IClassFixture<StockedShop>
{
    private const string Asked =
        "query($sku: String!, $quantity: Quantity, $country: String) { variant(sku: $sku) { availability(quantity: $quantity, country: $country) "
        + "{ onHand availableToPromise isBackorderable leadTimeDays promises { date quantity warehouse { externalId name country } } } } }";

    [Fact]
    public async Task A_buyer_and_anyone_else_see_what_can_be_shipped_from_where_and_when()
    {
        const string Expected = """{"variant":{"availability":{"onHand":12,"availableToPromise":10,"isBackorderable":true,"leadTimeDays":30,"promises":[{"date":"TODAY","quantity":8,"warehouse":{"externalId":"denver","name":"Denver","country":"US"}},{"date":"TODAY","quantity":2,"warehouse":{"externalId":"kassel","name":"Kassel","country":"DE"}},{"date":"9999-01-01","quantity":5,"warehouse":{"externalId":"kassel","name":"Kassel","country":"DE"}},{"date":"MONTH","quantity":3,"warehouse":{"externalId":"denver","name":"Denver","country":"US"}}]}}}""";
        foreach (var key in new[] { shop.Acme, null })
        {
            var today = DateOnly.FromDateTime(shop.Services.GetRequiredService<Clock>().UtcNow);
            var answer = await shop.Data(key, Asked, new { sku = "TOOL-001-S", quantity = 18, country = "US" });

            Assert.Equal(
                Expected.Replace("TODAY", $"{today:yyyy-MM-dd}", StringComparison.Ordinal).Replace("MONTH", $"{today.AddDays(30):yyyy-MM-dd}", StringComparison.Ordinal),
                answer.GetRawText());
        }
    }

    [Fact]
    public async Task A_page_of_products_with_availability_takes_two_statements_more()
    {
        const string Page = "{ products(first: 50) { edges { node { sku variants { edges { node { sku AVAILABILITY } } } } } } }";
        var without = Page.Replace("AVAILABILITY", "", StringComparison.Ordinal);
        var with = Page.Replace("AVAILABILITY", "availability { availableToPromise promises { quantity warehouse { name } } }", StringComparison.Ordinal);
        await shop.Data(shop.Acme, with);

        // What a node has read stays good for two seconds: where a page takes longer than that, it is read again.
        var (few, more) = (0, int.MaxValue);
        for (var i = 0; i < 5 && more > few + 2; i++)
        {
            few = await shop.Statements(() => shop.Data(shop.Acme, without));
            more = await shop.Statements(() => shop.Data(shop.Acme, with));
        }

        Assert.InRange(more, few, few + 2);
    }

    [Fact]
    public async Task A_country_that_is_none_fails_the_field_alone()
    {
        var (status, body) = await shop.Ask(shop.Acme, Asked, new { sku = "TOOL-001-S", country = "Germany" });

        using var json = JsonDocument.Parse(body);
        var error = Assert.Single(json.RootElement.GetProperty("errors").EnumerateArray());
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("INVALID_VALUE", error.GetProperty("extensions").Text("code"));
        Assert.Equal("""["variant","availability"]""", error.GetProperty("path").GetRawText());
    }

    [Fact]
    public async Task What_is_never_counted_can_always_be_ordered() =>
        Assert.Equal("""{"variant":{"availability":null}}""", (await shop.Data(shop.Acme, Asked, new { sku = "TOOL-300-S" })).GetRawText());

    [Fact]
    public async Task Staff_writes_stock_and_reads_it_back()
    {
        var counted = await shop.Admin(
            "mutation { setInventory(input: { levels: [{ sku: \"TOOL-010-S\", warehouse: \"denver\", onHand: 5, safetyStock: 1 }, { sku: \"none\", warehouse: \"denver\", onHand: 1 }] }) { levels { variant { sku } warehouse { externalId } onHand reserved available version } counts { applied failed } userErrors { code path } } }");
        var adjusted = await shop.Admin(
            "mutation { adjustInventory(input: { adjustments: [{ sku: \"TOOL-010-S\", warehouse: \"denver\", remove: 2, reason: DAMAGE, sourceRevision: 7 }] }) { levels { onHand sourceRevision } userErrors { code } } }");
        var expected = await shop.Admin(
            "mutation { upsertIncomingSupplies(input: { supplies: [{ externalId: \"PO-10\", sku: \"TOOL-010-S\", warehouse: \"denver\", expectedOn: \"9999-02-01\", quantity: 4 }] }) { supplies { expectedOn quantity reserved } userErrors { code } } }");
        var policy = await shop.Admin(
            "mutation { upsertStockPolicies(input: { policies: [{ sku: \"TOOL-010-S\", backorderPolicy: ALWAYS, backorderLimit: 9, leadTimeDays: 14 }] }) { policies { isTracked backorderPolicy backorderLimit backordered leadTimeDays } userErrors { code } } }");
        var received = await shop.Admin("mutation { receiveIncomingSupply(input: { externalId: \"PO-10\", quantity: 3 }) { incomingSupply { quantity } stockLevel { onHand } userErrors { code } } }");
        var read = await shop.Admin(
            "{ variant(sku: \"TOOL-010-S\") { stockLevels { onHand warehouse { externalId } } incomingSupplies { externalId quantity } stockPolicy { backorderLimit } } warehouse(externalId: \"denver\") { priority shipsTo { country priority } stockLevels(first: 1) { edges { node { variant { sku } } } pageInfo { hasNextPage } } } }");

        Assert.Equal(
            """{"setInventory":{"levels":[{"variant":{"sku":"TOOL-010-S"},"warehouse":{"externalId":"denver"},"onHand":5,"reserved":0,"available":4,"version":1}],"counts":{"applied":1,"failed":1},"userErrors":[{"code":"NOT_FOUND","path":["levels","1","sku"]}]}}""",
            counted.GetRawText());
        Assert.Equal("""{"adjustInventory":{"levels":[{"onHand":3,"sourceRevision":7}],"userErrors":[]}}""", adjusted.GetRawText());
        Assert.Equal("""{"upsertIncomingSupplies":{"supplies":[{"expectedOn":"9999-02-01","quantity":4,"reserved":0}],"userErrors":[]}}""", expected.GetRawText());
        Assert.Equal(
            """{"upsertStockPolicies":{"policies":[{"isTracked":true,"backorderPolicy":"ALWAYS","backorderLimit":9,"backordered":0,"leadTimeDays":14}],"userErrors":[]}}""", policy.GetRawText());
        Assert.Equal("""{"receiveIncomingSupply":{"incomingSupply":{"quantity":1},"stockLevel":{"onHand":6},"userErrors":[]}}""", received.GetRawText());
        Assert.Equal(
            """{"variant":{"stockLevels":[{"onHand":6,"warehouse":{"externalId":"denver"}}],"incomingSupplies":[{"externalId":"PO-10","quantity":1}],"stockPolicy":{"backorderLimit":9}},"warehouse":{"priority":10,"shipsTo":[{"country":"DE","priority":2},{"country":"US","priority":1}],"stockLevels":{"edges":[{"node":{"variant":{"sku":"TOOL-001-S"}}}],"pageInfo":{"hasNextPage":true}}}}""",
            read.GetRawText());
    }

    [Fact]
    public async Task More_than_a_thousand_rows_are_refused_as_a_whole()
    {
        var rows = Enumerable.Repeat(new { sku = "TOOL-001-S", warehouse = "denver", onHand = 1 }, 1_001);

        var answer = await shop.Admin("mutation($input: SetInventoryInput!) { setInventory(input: $input) { counts { failed } userErrors { code path } } }", new { input = new { levels = rows } });

        Assert.Equal("""{"setInventory":{"counts":{"failed":1001},"userErrors":[{"code":"TOO_MANY_ROWS","path":["levels"]}]}}""", answer.GetRawText());
    }

    [Fact]
    public async Task Stock_by_warehouse_is_read_and_written_with_their_permissions_only()
    {
        var reader = await shop.CreateStaffKey("reader", Permission.CatalogRead, Permission.InventoryRead);
        var other = await shop.CreateStaffKey("other", Permission.CatalogRead, Permission.PricesRead);
        const string Read = "{ warehouses { externalId } variant(sku: \"TOOL-001-S\") { stockLevels { onHand } } }";
        const string Write = "mutation { upsertWarehouses(input: { warehouses: [] }) { userErrors { code } } }";

        var (_, read) = await shop.Ask(reader, Read, path: "/admin/graphql");
        var (_, refused) = await shop.Ask(other, Read, path: "/admin/graphql");
        var (_, written) = await shop.Ask(reader, Write, path: "/admin/graphql");

        Assert.Contains("\"denver\"", read, StringComparison.Ordinal);
        Assert.Contains("\"data\":{\"warehouses\":null,\"variant\":{\"stockLevels\":null}}", refused, StringComparison.Ordinal);
        Assert.Contains("FORBIDDEN", refused, StringComparison.Ordinal);
        Assert.Contains("FORBIDDEN", written, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Imports_report_what_they_could_not_take()
    {
        var report = await shop.Import(
            "inventory",
            """{"sku":"TOOL-020-S","warehouse":"denver","onHand":5,"sourceRevision":5}""",
            """{"sku":"TOOL-020-S","warehouse":"denver","onHand":6,"sourceRevision":4}""",
            """{"sku":"TOOL-020-S","warehouse":"nowhere","onHand":1}""");

        Assert.Equal(
            """
            {"row":2,"status":"SKIPPED","key":"denver/TOOL-020-S","errors":[]}
            {"row":3,"status":"FAILED","key":"nowhere/TOOL-020-S","errors":[{"code":"NOT_FOUND","message":"There is no warehouse \"nowhere\".","path":["warehouse"]}]}
            {"received":3,"applied":1,"skipped":1,"failed":1}
            """,
            string.Join('\n', report.Select(line => line.GetRawText())),
            ignoreLineEndingDifferences: true);
    }
}

/// <summary>The shop with two warehouses, stock of one tool, and a catalog that everyone sees.</summary>
public sealed class StockedShop : Shop
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await this.Take("catalog-views", new { externalId = "everything", name = "Everything", assignees = new[] { new { everyone = true } } });
        await this.Take(
            "warehouses",
            new { externalId = "denver", name = "Denver", country = "US", priority = 10, shipsTo = new[] { new { country = "US", priority = 1 }, new { country = "DE", priority = 2 } } },
            new { externalId = "kassel", name = "Kassel", country = "DE", priority = 20, shipsTo = new[] { new { country = "DE", priority = 1 }, new { country = "US", priority = 2 } } });
        await this.Take(
            "inventory",
            new { sku = "TOOL-001-S", warehouse = "denver", onHand = 10, safetyStock = 2 },
            new { sku = "TOOL-001-S", warehouse = "kassel", onHand = 2, safetyStock = 0 },
            new { sku = "TOOL-002-S", warehouse = "kassel", onHand = 2, safetyStock = 0 });
        await this.Take("incoming-supplies", new { externalId = "PO-1", sku = "TOOL-001-S", warehouse = "kassel", expectedOn = "9999-01-01", quantity = 5 });
        await this.Take("stock-policies", new { sku = "TOOL-001-S", backorderPolicy = "ALWAYS", leadTimeDays = 30 });
    }
}
