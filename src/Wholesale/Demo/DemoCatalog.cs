using Wholesale.Catalog;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;

namespace Wholesale.Demo;

/// <summary>A product of the demo, and what its variants cost.</summary>
/// <param name="Input">The row to write.</param>
/// <param name="Family">What it is one of.</param>
/// <param name="Department">The external id of the top category above it.</param>
/// <param name="Dollars">What one of each variant costs everyone, in the order of the variants.</param>
internal sealed record DemoProduct(ProductInput Input, DemoFamily Family, string Department, IReadOnlyList<decimal> Dollars);

/// <summary>Makes the demo's products of its families. The same products every time: chance comes from a fixed seed, and no clock is read.</summary>
internal sealed class DemoCatalog
{
    /// <summary>When goods and prices of the past ended; before that, those of today began. It lies before any start of this program.</summary>
    internal static readonly DateTime Past = new(2025, 7, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>When announced goods and prices will come.</summary>
    internal static readonly DateTime Future = new(2036, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private static readonly string[] Countries = ["DE", "PL", "CZ", "IT", "SE", "US", "TW"];

    private readonly Random random = new(2000);
    private long lastGtin;

    private DemoCatalog()
    {
    }

    /// <summary>All products: families in their order, each with every combination of its first two axes.</summary>
    public static IReadOnlyList<DemoProduct> Products()
    {
        var catalog = new DemoCatalog();
        return
        [
            .. from family in DemoFamilies.All
               from first in Enumerable.Range(0, family.First.Options.Count)
               from second in Enumerable.Range(0, family.Second.Options.Count)
               select catalog.Product(family, first, second),
        ];
    }

    private DemoProduct Product(DemoFamily family, int first, int second)
    {
        var sku = $"{family.Code}-{first + 1}{second + 1:00}";
        var department = DemoCategories.Department(family.Category);
        var common = DemoDepartment.Of(department);
        var (one, two) = (family.First.Label(first), family.Second.Label(second));
        var name = new DemoText($"{family.Name.English}, {one.English}, {two.English}", $"{family.Name.German}, {one.German}, {two.German}");
        var remark = Any(common.Remarks);
        var slug = sku.ToLowerInvariant();
        var input = new ProductInput(
            sku,
            [
                new("en", name.English, $"{family.Description.English} {remark.English}"),
                new("de", name.German, $"{family.Description.German} {remark.German}"),
            ],
            Any(common.Brands),
            family.Kind,
            PublishedFrom: Past.AddDays(-random.Next(1, 900)),
            Category: family.Category,
            Attributes: [Fact(family.First, first), Fact(family.Second, second), new("country_of_origin", Any(Countries))],
            Media: [.. Enumerable.Range(1, random.Next(1, 4)).Select(i => new MediaInput($"https://images.example/{slug}-{i}.jpg", name.English))],
            Documents: [new($"https://documents.example/{slug}.pdf", $"Data sheet {sku}", DocumentKind.SpecSheet, "en")],
            Variants: [.. family.Variants.Options.Select((_, option) => Variant(family, sku, option))]);
        return new DemoProduct(WithLife(input), family, department, Dollars(family, first, second));
    }

    private VariantInput Variant(DemoFamily family, string sku, int option) => new(
        $"{sku}-{Short(family.Variants.Options[option].English)}",
        [Fact(family.Variants, option)],
        family.Unit,
        family.Unit == "m" ? new Quantity(500) : Quantity.One,
        family.Kind == ProductKind.Service ? null : Gtin(),
        Position: option,
        MinimumQuantity: family.Minimum == 0 ? default : new Optional<Quantity?>(Quantity.Of(family.Minimum)),
        Packaging: family.Packaging.Count == 0 ? default : new Optional<IReadOnlyList<PackagingLevelInput>?>(family.Packaging));

    /// <summary>Most products are sold now, to everyone; of each other state there are some.</summary>
    private ProductInput WithLife(ProductInput input) => random.Next(200) switch
    {
        0 or 1 => input with { Status = ProductStatus.Draft },
        2 or 3 => input with { Status = ProductStatus.Archived },
        4 or 5 => input with { PublishedFrom = Future.AddDays(random.Next(90)) },
        6 or 7 => input with { PublishedTo = Past.AddDays(random.Next(90)) },
        8 or 9 => input with { ExclusiveTo = new Optional<IReadOnlyList<string>?>([Any(DemoCompanies.ExternalIds)]) },
        10 => input with { Variants = [.. input.Variants!.SkipLast(1), input.Variants![^1] with { PublishedTo = Past }] },
        _ => input,
    };

    private List<decimal> Dollars(DemoFamily family, int first, int second)
    {
        var dollars = family.Price * family.First.Factor(first) * family.Second.Factor(second) * random.Next(950, 1051) / 1000;
        return [.. family.Variants.Options.Select((_, option) => dollars * family.Variants.Factor(option))];
    }

    private T Any<T>(IReadOnlyList<T> list) => list[random.Next(list.Count)];

    /// <summary>A number of the range that GS1 leaves to each company for itself, so that it is no real article's.</summary>
    private string Gtin()
    {
        var digits = $"20{++lastGtin:0000000000}";
        var sum = digits.Select((digit, i) => (digit - '0') * (i % 2 == 0 ? 1 : 3)).Sum();
        return $"{digits}{(10 - sum % 10) % 10}";
    }

    private static AttributeInput Fact(DemoAxis axis, int option) => new(axis.Code, axis.Options[option].English, axis.Unit);

    /// <summary>An option as a part of a SKU.</summary>
    private static string Short(string option)
    {
        var letters = string.Concat(option.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
        return letters.Length <= 8 ? letters : letters[..8];
    }
}
