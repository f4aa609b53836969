using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Snapshooter.Xunit;

namespace Wholesale.Tests.AdventureWorks;

/// <summary>Real data through the front door: converted, imported over HTTP, asked as three resellers.</summary>
[Collection(ImportedAdventureWorks.Collection)]
public sealed class AdventureWorksTests(ImportedAdventureWorks shop)
{
    private const string Prices = """
        query($sku: String!, $asOf: DateTime!) {
          variant(sku: $sku) {
            sku
            at10: price(quantity: 10, asOf: $asOf) { ...P }
            at12: price(quantity: 12, asOf: $asOf) { ...P }
            at20: price(quantity: 20, asOf: $asOf) { ...P }
            at30: price(quantity: 30, asOf: $asOf) { ...P }
            at50: price(quantity: 50, asOf: $asOf) { ...P }
            today: price(quantity: 50) { ...P breaks { minimumQuantity } }
          }
        }
        fragment P on EffectivePrice { unitPrice { amount } listPrice { amount } }
        """;

    [Fact]
    public void Every_row_of_the_converted_files_is_taken()
    {
        shop.RequireData();

        Assert.All(shop.Reports, report =>
        {
            var counts = report.Value[^1];
            Assert.Single(report.Value);
            Assert.Equal(counts.GetProperty("received").GetInt32(), counts.GetProperty("applied").GetInt32());
        });
        Assert.Equal(701, shop.Reports["companies"][^1].GetProperty("applied").GetInt32());
    }

    [Fact]
    public async Task The_volume_discounts_of_May_2025_are_breaks_and_are_gone_today()
    {
        shop.RequireData();

        var data = await shop.Data(shop.StaffKey, Prices, new { sku = "SH-W890-L", asOf = "2025-05-01T00:00:00Z" }, "/admin/graphql");

        var variant = data.GetProperty("variant");
        var expected = new Dictionary<string, decimal> { ["at10"] = 0, ["at12"] = 2, ["at20"] = 5, ["at30"] = 10, ["at50"] = 15 };
        foreach (var (field, percentOff) in expected)
        {
            var price = variant.GetProperty(field);
            Assert.Equal("69.99", Amount(price, "listPrice").ToString(CultureInfo.InvariantCulture));
            Assert.Equal(Math.Round(69.99m * (100 - percentOff) / 100, 4, MidpointRounding.AwayFromZero), Amount(price, "unitPrice"));
        }

        Assert.Equal(69.99m, Amount(variant.GetProperty("today"), "unitPrice"));
        Assert.Equal(1, variant.GetProperty("today").GetProperty("breaks").GetArrayLength());
    }

    [Fact]
    public async Task Wholesale_is_taxed_by_the_provinces_of_Canada_and_by_whole_countries_elsewhere()
    {
        shop.RequireData();

        var rates = (await shop.Admin("{ taxRates(first: 250) { edges { node { country region rate } } } }")).GetProperty("taxRates").GetProperty("edges").EnumerateArray()
            .Select(edge => edge.GetProperty("node")).Select(rate => $"{rate.GetProperty("country")} {rate.GetProperty("region")} {rate.GetProperty("rate")}").Order(StringComparer.Ordinal).ToList();

        Assert.Equal(["AU  10", "DE  16", "FR  19.6", "GB  17.5"], rates.Where(rate => !rate.StartsWith("CA ", StringComparison.Ordinal)));
        Assert.Contains("CA ON 7", rates);
        Assert.Equal(12, rates.Count(rate => rate.StartsWith("CA ", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("2023-12-01T00:00:00Z", "48.0673")]
    [InlineData("2025-05-01T00:00:00Z", "49.99")]
    public async Task A_list_price_is_that_of_its_day(string asOf, string expected)
    {
        shop.RequireData();

        var data = await shop.Data(
            shop.Resellers[0].Key, "query($asOf: DateTime!) { variant(sku: \"LJ-0192-L\") { price(asOf: $asOf) { listPrice { amount } } } }", new { asOf });

        Assert.Equal(expected, data.GetProperty("variant").GetProperty("price").GetProperty("listPrice").GetProperty("amount").GetString());
    }

    [Fact]
    public async Task Three_resellers_ask_the_same_and_get_three_catalogs_and_three_prices()
    {
        shop.RequireData();
        var catalogs = new List<HashSet<string>>();
        var prices = new List<decimal>();
        var transcript = new List<object>();

        foreach (var reseller in shop.Resellers)
        {
            var data = await shop.Data(
                reseller.Key,
                """
                {
                  me { company { name tier { name } market { name } } }
                  products(first: 250) { totalCount edges { node { sku category { name parent { name } } } } }
                  variant(sku: "SH-W890-L") { sku price(quantity: 12) { unitPrice { amount currency } total { amount } listPrice { amount } } }
                }
                """);
            var products = data.GetProperty("products");
            var nodes = products.GetProperty("edges").EnumerateArray().Select(e => e.GetProperty("node")).ToList();
            catalogs.Add([.. nodes.Select(n => n.GetProperty("sku").GetString()!)]);
            prices.Add(Amount(data.GetProperty("variant").GetProperty("price"), "unitPrice"));
            Assert.Equal(products.GetProperty("totalCount").GetInt32(), nodes.Count);
            Assert.All(nodes.Where(n => Parent(n) == "Bikes"), n => Assert.Equal($"{reseller.Specialty} Bikes", n.GetProperty("category").GetProperty("name").GetString()));
            Assert.Contains(nodes, n => Parent(n) == "Bikes");
            transcript.Add(new
            {
                reseller.Specialty,
                reseller.Tier,
                me = data.GetProperty("me"),
                products = nodes.Count,
                byCategory = nodes.GroupBy(Parent).OrderBy(g => g.Key).ToDictionary(g => g.Key ?? "none", g => g.Count()),
                variant = data.GetProperty("variant"),
            });
        }

        Assert.Equal(3, catalogs.Select(c => string.Join(',', c.Order(StringComparer.Ordinal))).Distinct().Count());
        Assert.Equal(3, prices.Distinct().Count());
        Snapshot.Match(transcript);

        static string? Parent(JsonElement node) => node.GetProperty("category") is { ValueKind: JsonValueKind.Object } category
            && category.GetProperty("parent") is { ValueKind: JsonValueKind.Object } parent ? parent.GetProperty("name").GetString() : null;
    }

    [Theory]
    [InlineData("SH-W890-L")]
    [InlineData("BK-R79Y-40")]
    [InlineData("LJ-0192-X")]
    public async Task What_is_available_of_a_variant_is_what_its_bins_hold_together(string sku)
    {
        shop.RequireData();
        var id = ImportedAdventureWorks.Records("Product").Single(product => product[2] == sku)[0];
        var bins = ImportedAdventureWorks.Records("ProductInventory").Where(bin => bin[0] == id).ToList();

        var data = await shop.Admin($"{{ variant(sku: \"{sku}\") {{ availability {{ onHand availableToPromise }} stockLevels {{ onHand }} }} }}");

        var variant = data.GetProperty("variant");
        var sum = bins.Sum(bin => int.Parse(bin[4], CultureInfo.InvariantCulture));
        Assert.NotEqual(0, sum);
        Assert.Equal((sum, sum), (variant.GetProperty("availability").GetProperty("onHand").GetInt32(), variant.GetProperty("availability").GetProperty("availableToPromise").GetInt32()));
        Assert.Equal(bins.Select(bin => bin[1]).Distinct().Count(), variant.GetProperty("stockLevels").GetArrayLength());
    }

    [Fact]
    public void All_locations_bins_and_orders_of_variants_with_a_price_are_there()
    {
        shop.RequireData();
        var priced = ImportedAdventureWorks.Records("Product").Where(product => decimal.Parse(product[9], CultureInfo.InvariantCulture) > 0).Select(product => product[0]).ToHashSet();
        int Applied(string kind) => shop.Reports[kind][^1].GetProperty("applied").GetInt32();

        Assert.Equal(ImportedAdventureWorks.Records("Location").Count(), Applied("warehouses"));
        Assert.Equal(ImportedAdventureWorks.Records("ProductInventory").Where(bin => priced.Contains(bin[0])).Select(bin => (bin[0], bin[1])).Distinct().Count(), Applied("inventory"));
        Assert.Equal(ImportedAdventureWorks.Records("ProductVendor").Count(order => priced.Contains(order[0]) && order[8].Trim().Length > 0), Applied("incoming-supplies"));
        Assert.Equal(ImportedAdventureWorks.Records("ProductVendor").Where(order => priced.Contains(order[0])).Select(order => order[0]).Distinct().Count(), Applied("stock-policies"));
    }

    [Fact]
    public async Task A_bike_of_another_specialty_cannot_be_reached_by_any_path()
    {
        shop.RequireData();
        var hidden = (await shop.Admin("{ product(sku: \"BK-R79Y-40\") { id sku variants { edges { node { id sku } } } } }")).GetProperty("product");
        var variant = hidden.GetProperty("variants").GetProperty("edges")[0].GetProperty("node");
        var mountain = shop.Resellers.Single(r => r.Specialty == "Mountain").Key;

        var data = await shop.Data(
            mountain,
            """
            query($product: ID!, $variant: ID!, $sku: String!, $variantSku: String!) {
              product(id: $product) { id }
              bySku: product(sku: $sku) { id }
              byVariantSku: product(sku: $variantSku) { id }
              variant(id: $variant) { id }
              variantBySku: variant(sku: $variantSku) { id }
              node(id: $product) { id }
              nodes(ids: [$product, $variant]) { id }
              products(filter: { skus: [$sku, $variantSku] }) { totalCount }
            }
            """,
            new { product = hidden.GetProperty("id").GetString(), variant = variant.GetProperty("id").GetString(), sku = hidden.GetProperty("sku").GetString(), variantSku = variant.GetProperty("sku").GetString() });

        Assert.Equal(
            """{"product":null,"bySku":null,"byVariantSku":null,"variant":null,"variantBySku":null,"node":null,"nodes":[null,null],"products":{"totalCount":0}}""",
            data.GetRawText());
    }

    [Fact]
    public async Task Importing_the_same_files_again_changes_nothing()
    {
        shop.RequireData();
        const string Query = "{ products(first: 250) { edges { node { sku version variants(first: 50) { edges { node { sku version price(quantity: 20, asOf: \"2025-05-01T00:00:00Z\") { unitPrice { amount } breaks { minimumQuantity } } } } } } } } }";
        var before = await shop.Ask(shop.Resellers[1].Key, Query);

        await shop.ImportAll();

        Assert.Equal(before, await shop.Ask(shop.Resellers[1].Key, Query));
    }

    private static decimal Amount(JsonElement price, string field) =>
        decimal.Parse(price.GetProperty(field).GetProperty("amount").GetString()!, CultureInfo.InvariantCulture);
}

/// <summary>The tests that read the imported files, one after another on one host.</summary>
[CollectionDefinition(ImportedAdventureWorks.Collection)]
public sealed class AdventureWorksCollection : ICollectionFixture<ImportedAdventureWorks>;

/// <summary>A host with the converted files imported, what Adventure Works buys itself with them, and a key for one reseller of each specialty and tier. Empty where the data is not there.</summary>
public sealed class ImportedAdventureWorks : TestHost
{
    public const string Collection = "AdventureWorks";

    private static readonly string[] Files = ["markets", "tiers", "companies", "categories", "products", "catalog-views", "price-lists", "prices", "warehouses", "inventory", "incoming-supplies", "stock-policies", "tax-rates", "purchases/companies", "purchases/products", "purchases/suppliers", "purchases/orders"];
    private readonly TempDirectory files = new();

    public Dictionary<string, List<JsonElement>> Reports { get; } = [];

    public List<(string Specialty, string Tier, string Key)> Resellers { get; } = [];

    private static string Repository([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "../../.."));

    private static string Source => Path.Combine(Repository(), "../shared/data/adventureworks");

    /// <summary>Skips the test, saying why, where the data is not there; under CI that is a failure.</summary>
    public void RequireData() => Requires.Folder(Source, "the AdventureWorks files, which are not part of this repository");

    /// <summary>Reads from its database.</summary>
    public async Task<T> Read<T>(Func<WholesaleDb, Task<T>> read)
    {
        await using var scope = Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<WholesaleDb>());
    }

    /// <summary>The records of a table as they stand in its file.</summary>
    public static IEnumerable<string[]> Records(string table) => File.ReadLines(Path.Combine(Source, table + ".csv")).Select(line => line.Split('\t'));

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        if (!Directory.Exists(Source))
        {
            return;
        }

        await Convert();
        foreach (var (kind, report) in await ImportAll())
        {
            Reports[kind] = report;
        }

        // One reseller of each specialty, each of another tier.
        var tierOf = Lines("companies").ToDictionary(c => c.GetProperty("externalId").GetString()!, c => c.GetProperty("tier").GetString()!);
        foreach (var (specialty, tier) in new[] { ("Mountain", "BM"), ("Road", "BS"), ("Touring", "OS") })
        {
            var view = Lines("catalog-views").Single(v => v.GetProperty("externalId").GetString() == $"AW-{specialty.ToUpperInvariant()}");
            var company = view.GetProperty("assignees").EnumerateArray().Select(a => a.GetProperty("company").GetString()!).Order(StringComparer.Ordinal).First(c => tierOf[c] == tier);
            Resellers.Add((specialty, tier, await CreateBuyerKey(company)));
        }
    }

    public async Task<Dictionary<string, List<JsonElement>>> ImportAll()
    {
        var reports = new Dictionary<string, List<JsonElement>>();
        foreach (var file in Files)
        {
            using var content = new StreamContent(File.OpenRead(Path.Combine(files.Path, file + ".ndjson")));
            content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
            reports[file] = await Import(file.Split('/')[^1], content);
        }

        return reports;
    }

    private IEnumerable<JsonElement> Lines(string kind) =>
        File.ReadLines(Path.Combine(files.Path, kind + ".ndjson")).Select(line => JsonDocument.Parse(line).RootElement);

    private async Task Convert()
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Repository() };
        foreach (var argument in new[] { "run", "tools/adventureworks/convert.cs", "--", Source, files.Path })
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"The converter failed:\n{await output}\n{await errors}");
    }
}
