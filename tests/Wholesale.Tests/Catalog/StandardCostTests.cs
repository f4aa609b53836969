using System.Text.Json;
using Wholesale.Platform;

namespace Wholesale.Tests.Catalog;

/// <summary>What a variant costs the seller: written with the variant, and read by staff alone.</summary>
public sealed class StandardCostTests(Shop shop) : IClassFixture<Shop>
{
    [Fact]
    public async Task A_cost_is_given_kept_cleared_and_refused()
    {
        Assert.Empty(await Upsert("TOOL-050", new { sku = "TOOL-050-S", standardCost = new { amount = "30.125", currency = "USD" } }));
        var version = (await Variant("TOOL-050-S")).GetProperty("version").GetInt32();
        Assert.Equal("""{"amount":"30.125","currency":"USD"}""", (await Variant("TOOL-050-S")).GetProperty("standardCost").GetRawText());

        Assert.Empty(await Upsert("TOOL-050", new { sku = "TOOL-050-S", position = 1 }));
        Assert.Empty(await Upsert("TOOL-050", new { sku = "TOOL-050-S", standardCost = new { amount = "30.1250", currency = "USD" } }));
        Assert.Equal(["INVALID_VALUE products.0.variants.0.standardCost.amount"], await Upsert("TOOL-050", new { sku = "TOOL-050-S", standardCost = new { amount = "-0.01", currency = "USD" } }));
        Assert.Equal($$$"""{"version":{{{version}}},"standardCost":{"amount":"30.125","currency":"USD"}}""", (await Variant("TOOL-050-S")).GetRawText());

        Assert.Empty(await Upsert("TOOL-050", new { sku = "TOOL-050-S", standardCost = (object?)null }));
        Assert.Equal($$$"""{"version":{{{version + 1}}},"standardCost":null}""", (await Variant("TOOL-050-S")).GetRawText());
    }

    [Fact]
    public async Task An_import_gives_it_too()
    {
        Assert.Single(await shop.Import("products", """{"sku":"TOOL-051","variants":[{"sku":"TOOL-051-S","standardCost":{"amount":"0","currency":"JPY"}}]}"""));
        Assert.Equal("""{"amount":"0","currency":"JPY"}""", (await Variant("TOOL-051-S")).GetProperty("standardCost").GetRawText());

        var report = await shop.Import(
            "products", """{"sku":"TOOL-051","variants":[{"sku":"TOOL-051-S","standardCost":{"amount":"1"}}]}""", """{"sku":"TOOL-051","variants":[{"sku":"TOOL-051-S","standardCost":null}]}""");
        Assert.Contains("standardCost", report[0].GetRawText(), StringComparison.Ordinal);
        Assert.Equal("null", (await Variant("TOOL-051-S")).GetProperty("standardCost").GetRawText());
    }

    [Fact]
    public async Task Buyers_have_no_way_to_it_and_staff_needs_to_read_prices()
    {
        Assert.Empty(await Upsert("TOOL-052", new { sku = "TOOL-052-S", standardCost = new { amount = "30.125", currency = "USD" } }));
        Assert.Contains("GRAPHQL_VALIDATION_FAILED", (await shop.Ask(shop.Acme, """{ variant(sku: "TOOL-052-S") { standardCost { amount } } }""")).Body, StringComparison.Ordinal);
        var reader = await shop.CreateStaffKey("catalog", Permission.CatalogRead);

        var read = (await shop.Ask(reader, """{ variant(sku: "TOOL-052-S") { sku standardCost { amount } } }""", path: "/admin/graphql")).Body;

        Assert.Contains("\"FORBIDDEN\"", read, StringComparison.Ordinal);
        Assert.Contains("""{"sku":"TOOL-052-S","standardCost":null}""", read, StringComparison.Ordinal);
    }

    /// <summary>The errors, as <c>CODE path.of.it</c>.</summary>
    private async Task<List<string>> Upsert(string sku, object variant)
    {
        var payload = (await shop.Admin(
            "mutation($input: UpsertProductsInput!) { upsertProducts(input: $input) { userErrors { code path } } }", new { input = new { products = new[] { new { sku, variants = new[] { variant } } } } })).GetProperty("upsertProducts");
        return [.. payload.GetProperty("userErrors").EnumerateArray().Select(error => $"{error.GetProperty("code").GetString()} {string.Join('.', error.GetProperty("path").EnumerateArray().Select(part => part.GetString()))}")];
    }

    private async Task<JsonElement> Variant(string sku) =>
        (await shop.Admin("query($sku: String!) { variant(sku: $sku) { version standardCost { amount currency } } }", new { sku })).GetProperty("variant");
}
