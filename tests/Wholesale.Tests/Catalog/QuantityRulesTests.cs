using Microsoft.EntityFrameworkCore;
using Wholesale.Catalog;
using Wholesale.GraphQL.Execution;
using Wholesale.Platform;
using static Wholesale.Tests.Catalog.Goods;

namespace Wholesale.Tests.Catalog;

/// <summary>In which quantities variants are sold and packed.</summary>
public sealed class QuantityRulesTests : IDisposable
{
    private readonly RoomDatabase database = new();

    public void Dispose() => database.Dispose();

    [Fact]
    public async Task Limits_and_packages_are_kept_left_out_and_cleared()
    {
        await database.Upsert(Product("x", null, Limits(10, 500) with { Packaging = Packages(("PALLET", 480), ("CASE", 12)) }));

        await database.Upsert(new ProductInput("x", Variants: [new("x", Position: 1)]));
        var (kept, packages) = await Load();
        await database.Upsert(new ProductInput("x", Variants: [new("x", MinimumQuantity: new(null), MaximumQuantity: new(null), Packaging: new(null))]));
        var (cleared, none) = await Load();

        Assert.Equal((Quantity.Of(10), Quantity.Of(500), 2), (kept.MinimumQuantity, kept.MaximumQuantity, kept.Version));
        Assert.Equal(["CASE 12", "PALLET 480"], packages);
        Assert.Equal((null, null, 3), (cleared.MinimumQuantity, cleared.MaximumQuantity, cleared.Version));
        Assert.Empty(none);
    }

    [Fact]
    public async Task A_variant_without_them_has_none()
    {
        await database.Upsert(Product("x"));

        var (variant, packages) = await Load();

        Assert.Null(variant.MinimumQuantity);
        Assert.Null(variant.MaximumQuantity);
        Assert.Empty(packages);
    }

    [Fact]
    public async Task Packages_are_replaced_as_a_whole_and_the_same_again_change_nothing()
    {
        await database.Upsert(Product("x", null, new VariantInput("x", Packaging: Packages(("CASE", 12), ("PALLET", 480)))));

        await database.Upsert(new ProductInput("x", Variants: [new("x", Packaging: Packages(("PALLET", 480), ("CASE", 12)))]));
        var (same, _) = await Load();
        await database.Upsert(new ProductInput("x", Variants: [new("x", Packaging: Packages(("CASE", 10), ("BOX", 2)))]));
        var (changed, packages) = await Load();

        Assert.Equal(1, same.Version);
        Assert.Equal(["BOX 2", "CASE 10"], packages);
        Assert.Equal(2, changed.Version);
        Assert.Equal(2, (await database.Read(async db => await db.Products.SingleAsync())).Version);
    }

    [Fact]
    public async Task Every_part_is_checked_where_it_stands()
    {
        var nine = Packages([.. Enumerable.Range(1, 9).Select(i => ($"P{i}", i))]);
        var result = await database.Upsert(
            Product("a", null, Limits(0, 0, "a")),
            Product("b", null, Limits(5, 7, "b") with { QuantityIncrement = Quantity.Of(2) }),
            Product("c", null, Limits(10, 9, "c")),
            Product("d", null, new VariantInput("d", Packaging: nine)),
            Product("e", null, new VariantInput("e", Packaging: new(
            [
                new("", Quantity.Of(1)), new("CASE", new Quantity(0), "", "123"), new(new string('c', 21), Quantity.Of(1)), new("CASE", Quantity.Of(3)),
            ]))));

        Assert.Equal(
            [
                "INVALID_VALUE products/0/variants/0/minimumQuantity",
                "INVALID_VALUE products/0/variants/0/maximumQuantity",
                "INVALID_VALUE products/1/variants/0/minimumQuantity",
                "INVALID_VALUE products/1/variants/0/maximumQuantity",
                "INVALID_VALUE products/2/variants/0/maximumQuantity",
                "INVALID_VALUE products/3/variants/0/packaging",
                "INVALID_VALUE products/4/variants/0/packaging/0/code",
                "INVALID_VALUE products/4/variants/0/packaging/1/name",
                "INVALID_VALUE products/4/variants/0/packaging/1/contains",
                "INVALID_VALUE products/4/variants/0/packaging/1/gtin",
                "INVALID_VALUE products/4/variants/0/packaging/2/code",
                "INVALID_VALUE products/4/variants/0/packaging/3/code",
            ],
            result.Errors("products").Select(error => error.Short()));
        Assert.Equal("5 is not a multiple of the quantity increment, 2.", result.Errors("products")[2].Message);
        Assert.Equal("The minimum, 10, is more than the maximum, 9.", result.Errors("products")[4].Message);
        Assert.Equal("The package \"CASE\" is given twice.", result.Errors("products")[^1].Message);
    }

    [Theory]
    [InlineData(3, null, null, "quantityIncrement", "quantityIncrement")]
    [InlineData(null, 30, null, "minimumQuantity")]
    [InlineData(null, null, 5, "maximumQuantity")]
    [InlineData(5, null, null)]
    [InlineData(4, 12, 24)]
    public async Task What_a_row_leaves_out_is_checked_as_it_was(int? increment, int? minimum, int? maximum, params string[] wrong)
    {
        await database.Upsert(Product("x", null, Limits(10, 20)));

        var result = await database.Upsert(new ProductInput("x", Variants:
        [
            new VariantInput(
                "x",
                QuantityIncrement: increment is { } i ? Quantity.Of(i) : null,
                MinimumQuantity: minimum is { } least ? new(Quantity.Of(least)) : default,
                MaximumQuantity: maximum is { } most ? new(Quantity.Of(most)) : default),
        ]));

        Assert.Equal(wrong.Select(field => $"INVALID_VALUE products/0/variants/0/{field}"), result.Errors("products").Select(error => error.Short()));
    }

    [Fact]
    public async Task The_packages_of_many_variants_take_one_statement()
    {
        await database.Upsert([.. Enumerable.Range(0, 50).Select(i => Product($"p{i}", null, new VariantInput($"p{i}", Packaging: Packages(("CASE", i + 1)))))]);
        var variants = await database.Read(async db => await db.Variants.ToListAsync());

        var (packages, statements) = await database.Count(db => CatalogFields.VariantPackaging(Batch<Variant>.Of([.. variants]), db, default));

        Assert.Equal(1, statements);
        Assert.All(variants, variant => Assert.Equal(variant.Id, Assert.Single(packages[variants.IndexOf(variant)]).VariantId));
    }

    private static VariantInput Limits(int minimum, int maximum, string sku = "x") =>
        new(sku, MinimumQuantity: new(Quantity.Of(minimum)), MaximumQuantity: new(Quantity.Of(maximum)));

    private static Optional<IReadOnlyList<PackagingLevelInput>?> Packages(params (string Code, int Contains)[] levels) =>
        new([.. levels.Select(level => new PackagingLevelInput(level.Code, Quantity.Of(level.Contains)))]);

    private async Task<(Variant Variant, IEnumerable<string> Packages)> Load()
    {
        var variant = await database.Read(async db => await db.Variants.SingleAsync());
        var packages = await database.Read(db => CatalogFields.VariantPackaging(Batch<Variant>.Of([variant]), db, default));
        return (variant, packages[0].Select(level => $"{level.Code} {level.Contains}"));
    }
}
