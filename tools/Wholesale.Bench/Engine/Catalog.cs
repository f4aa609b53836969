using System.Globalization;
using System.Text;
using System.Text.Json;
using Wholesale.Platform;

namespace Wholesale.Bench.Engine;

// The measured catalog: plain objects in arrays, the same for every contender.

internal sealed record Product(int Index, string Id, string Sku, string Name, string? Brand, int Stock, Category Category, Variant[] Variants);

internal sealed record Variant(int Index, string Id, string Sku, int Stock);

internal sealed record Category(string Id, string Name, Category? Parent)
{
    public List<Product> Products { get; } = [];
}

internal sealed record Price(Amount Amount, Currency Currency, int MinimumQuantity, PriceBreak[] Breaks)
{
    /// <summary>The price a unit of this many.</summary>
    public Price At(int quantity)
    {
        for (var i = Breaks.Length - 1; i >= 0; i--)
        {
            if (Breaks[i].MinimumQuantity <= quantity)
            {
                return this with { Amount = Breaks[i].Amount, MinimumQuantity = Breaks[i].MinimumQuantity };
            }
        }

        return this;
    }
}

internal readonly record struct PriceBreak(int MinimumQuantity, Amount Amount);

/// <summary>Who asks: a company's own prices, by the index of product and variant.</summary>
internal sealed record Caller(Price[] Products, Price[] Variants);

/// <summary>250 products with 20 variants each and the prices of one caller, from a fixed seed.</summary>
internal sealed class Catalog
{
    private const int ProductCount = 250;
    private const int VariantCount = 20;
    private static readonly string[] Brands = ["Müller & Söhne", "Northwind", "Fabrikam", "Contoso", "Żubr"];
    private static readonly string[] Things = ["cordless drill", "hex bolt M8", "safety gloves", "cable drum 50 m", "angle grinder", "work light \"Ω\""];

    public Catalog()
    {
        var random = new Random(20250901);
        var top = new Category(IdOf("Category", 0), "Tools", Parent: null);
        Category[] categories = [top, .. Enumerable.Range(1, 9).Select(i => new Category(IdOf("Category", i), $"Tools, group {i}", top))];
        Products = [.. Enumerable.Range(0, ProductCount).Select(i => NewProduct(i, categories[random.Next(categories.Length)], random))];
        Caller = new Caller(Prices(ProductCount, random), Prices(ProductCount * VariantCount, random));
        Categories = categories;
    }

    public Product[] Products { get; }

    public Category[] Categories { get; }

    public Caller Caller { get; }

    /// <summary>What the contenders in JavaScript read. Amounts are strings already, which spares them the formatting.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(
        new
        {
            products = Products.Select(p => new
            {
                index = p.Index,
                id = p.Id,
                sku = p.Sku,
                name = p.Name,
                brand = p.Brand,
                stock = p.Stock,
                variants = p.Variants.Select(v => new { index = v.Index, id = v.Id, sku = v.Sku, stock = v.Stock }),
            }),
            productPrices = Caller.Products.Select(ToJson),
            variantPrices = Caller.Variants.Select(ToJson),
        });

    private static object ToJson(Price price) => new
    {
        amount = price.Amount.ToString(),
        currency = price.Currency.Code,
        minimumQuantity = price.MinimumQuantity,
        breaks = price.Breaks.Select(b => new { minimumQuantity = b.MinimumQuantity, amount = b.Amount.ToString() }),
    };

    private static Product NewProduct(int index, Category category, Random random)
    {
        var brand = Brands[random.Next(Brands.Length)];
        var sku = string.Create(CultureInfo.InvariantCulture, $"WH-{index + 1:00000}");
        var variants = Enumerable.Range(index * VariantCount, VariantCount)
            .Select(i => new Variant(i, IdOf("Variant", i), string.Create(CultureInfo.InvariantCulture, $"{sku}-{i % VariantCount:00}"), random.Next(1_000)));
        var product = new Product(
            index, IdOf("Product", index), sku, $"{brand} {Things[random.Next(Things.Length)]} {random.Next(100)}", random.Next(10) == 0 ? null : brand,
            random.Next(10_000), category, [.. variants]);
        category.Products.Add(product);
        return product;
    }

    private static Price[] Prices(int count, Random random) => [.. Enumerable.Range(0, count).Select(_ => NewPrice(random))];

    private static Price NewPrice(Random random)
    {
        var cents = random.NextInt64(100, 1_000_000);
        Amount Percent(int percent) => new(cents * percent, MinimumDigits: 2);
        return new Price(Percent(100), Currency.Of("EUR"), 1, [new(10, Percent(95)), new(100, Percent(90)), new(1_000, Percent(80))]);
    }

    private static string IdOf(string type, int index) => Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{type}:{index:0000}")));
}
