using System.Text.Json;
using Wholesale.Platform;

namespace Wholesale.Tests.Platform.Database;

/// <summary>A shop whose products and companies have names on which databases differ, if they differ.</summary>
public sealed class OddNames : TestHost
{
    public const int Products = 10_000;

    public const int Companies = 2_000;

    /// <summary>By SKU.</summary>
    public Dictionary<string, string> NamesOfProducts { get; } =
        OddText.Names(Products, seed: 1).Index().ToDictionary(name => $"P{name.Index:D5}", name => name.Item);

    /// <summary>By external id.</summary>
    public Dictionary<string, string> NamesOfCompanies { get; } =
        OddText.Names(Companies, seed: 2).Index().ToDictionary(name => $"C{name.Index:D5}", name => name.Item);

    public string Buyer { get; private set; } = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await this.Take("companies", NamesOfCompanies.Select(company => new
        {
            externalId = company.Key,
            name = company.Value,
            users = company.Key == "C00000" ? new[] { new { externalId = "buyer", name = "Buyer", email = "buyer@example.com" } } : null,
        }));
        await this.Take("products", NamesOfProducts.Select(product => new
        {
            sku = product.Key,
            texts = new[] { new { locale = "en", name = product.Value } },
            variants = new[] { new { sku = product.Key } },
        }));
        Buyer = await CreateBuyerKey("C00000");
    }
}

/// <summary>
/// Every database pages by name in one order: upper case, compared byte by byte in UTF-8 without blanks at the end, then by id. What is expected is computed here, so
/// that the same is shown of whatever database this runs on.
/// </summary>
public sealed class SameOrderTests(OddNames shop) : IClassFixture<OddNames>
{
    private const string Products = """
        query($first: Int!, $after: String, $filter: ProductFilter) {
          page: products(first: $first, after: $after, filter: $filter, sort: NAME) { edges { node { id key: sku name } } pageInfo { hasNextPage endCursor } }
        }
        """;

    private const string Companies = """
        query($first: Int!, $after: String) { page: companies(first: $first, after: $after) { edges { node { id key: externalId name } } pageInfo { hasNextPage endCursor } } }
        """;

    [Fact]
    public async Task A_buyer_reads_ten_thousand_products_once_each_in_the_order_of_their_names()
    {
        var read = await ToTheEnd(after => shop.Data(shop.Buyer, Products, new { first = 250, after }));

        CheckOrder(shop.NamesOfProducts, read);
    }

    [Fact]
    public async Task Staff_reads_companies_once_each_in_the_order_of_their_names()
    {
        var read = await ToTheEnd(after => shop.Admin(Companies, new { first = 97, after }));

        CheckOrder(shop.NamesOfCompanies, read);
    }

    [Fact]
    public async Task Products_found_by_SKU_stand_in_the_order_of_all_products()
    {
        // Some with supplementary characters beside some with U+E000–U+FFFF: UTF-16 code units would order them the other way round.
        var skus = shop.NamesOfProducts
            .Where(product => product.Value.Any(c => c >= '\uD800'))
            .Select(product => product.Key)
            .Take(250).ToList();

        var read = await ToTheEnd(after => shop.Data(shop.Buyer, Products, new { first = 7, after, filter = new { skus } }));

        Assert.Contains(skus, sku => char.IsSurrogate(shop.NamesOfProducts[sku][0]));
        Assert.Contains(skus, sku => shop.NamesOfProducts[sku][0] >= '\uE000');
        CheckOrder(skus.ToDictionary(sku => sku, sku => shop.NamesOfProducts[sku]), read);
    }

    [Fact]
    public async Task Products_found_by_other_filters_stand_in_the_order_of_all_products()
    {
        var read = await ToTheEnd(after => shop.Data(shop.Buyer, Products, new { first = 250, after, filter = new { kind = "FINISHED_GOOD" } }));

        CheckOrder(shop.NamesOfProducts, read);
    }

    private static async Task<List<(string Key, string Name, long Id)>> ToTheEnd(Func<string?, Task<JsonElement>> ask) =>
    [
        .. (await Pages.ToTheEnd(async after => (await ask(after)).GetProperty("page")))
            .Select(node => (node.Text("key"), node.Text("name"), NodeId.Parse(node.Text("id")).Key)),
    ];

    private static void CheckOrder(Dictionary<string, string> names, List<(string Key, string Name, long Id)> read)
    {
        Assert.Equal(names.Count, read.Count);
        Assert.All(read, row => Assert.True(names[row.Key] == row.Name, $"{row.Key}: {OddText.CodePoints(names[row.Key])} came back as {OddText.CodePoints(row.Name)}"));
        var idOf = read.ToDictionary(row => row.Key, row => row.Id);
        var expected = names
            .OrderBy(name => name.Value.ToUpperInvariant().TrimEnd(' '), OddText.Order).ThenBy(name => idOf[name.Key])
            .Select(name => name.Key).ToList();
        for (var i = 0; i < expected.Count; i++)
        {
            Assert.True(
                expected[i] == read[i].Key,
                $"At {i}: expected {expected[i]} ({OddText.CodePoints(names[expected[i]])}), not {read[i].Key} ({OddText.CodePoints(read[i].Name)}).");
        }
    }
}
