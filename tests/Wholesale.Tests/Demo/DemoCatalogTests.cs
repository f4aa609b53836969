using System.Text.Json;
using Wholesale.Catalog;
using Wholesale.Demo;
using Wholesale.Platform;

namespace Wholesale.Tests.Demo;

public sealed class DemoCatalogTests
{
    private static readonly IReadOnlyList<DemoProduct> Products = DemoCatalog.Products();

    [Fact]
    public void The_same_products_are_made_every_time()
    {
        var again = DemoCatalog.Products();

        Assert.Equal(AsJson(Products), AsJson(again));
        Assert.Equal(Products.SelectMany(p => p.Dollars), again.SelectMany(p => p.Dollars));
    }

    [Fact]
    public void There_are_about_two_thousand_products_and_no_two_things_share_a_sku()
    {
        var skus = Products.Select(p => p.Input.Sku).Concat(Products.SelectMany(p => p.Input.Variants!).Select(v => v.Sku)).ToList();

        Assert.InRange(Products.Count, 1900, 2200);
        Assert.DoesNotContain(skus.CountBy(sku => sku), count => count.Value > 1);
    }

    [Fact]
    public void Some_goods_have_a_minimum_and_some_come_in_cases_and_on_pallets()
    {
        var bolt = Products.First(p => p.Input.Sku.StartsWith("HEX-", StringComparison.Ordinal)).Input.Variants![0];
        var screws = Products.First(p => p.Input.Sku.StartsWith("DEC-", StringComparison.Ordinal)).Input.Variants![0];

        Assert.Equal(Quantity.Of(10), bolt.MinimumQuantity.Or(null));
        Assert.Equal([("CASE", Quantity.Of(200)), ("PALLET", Quantity.Of(12_000))], bolt.Packaging.Or(null)!.Select(l => (l.Code, l.Contains)));
        Assert.Equal(["CASE"], screws.Packaging.Or(null)!.Select(l => l.Code));
        Assert.Contains(Products, p => p.Input.Variants!.All(v => !v.MinimumQuantity.HasValue && !v.Packaging.HasValue));
    }

    [Fact]
    public void Every_product_and_category_has_words_in_both_languages()
    {
        Assert.All(Products, product =>
        {
            Assert.Equal(["en", "de"], product.Input.Texts!.Select(text => text.Locale));
            Assert.All(product.Input.Texts!, text => Assert.False(string.IsNullOrWhiteSpace(text.Description)));
            Assert.DoesNotContain(product.Input.Texts!, text => text.Name.Contains('|', StringComparison.Ordinal));
        });
        Assert.All(DemoCategories.All, category => Assert.Equal(["en", "de"], category.Texts!.Select(text => text.Locale)));
    }

    [Fact]
    public void No_two_products_have_the_same_name()
    {
        Assert.DoesNotContain(Products.CountBy(p => p.Input.Texts![0].Name), count => count.Value > 1);
        Assert.DoesNotContain(Products.CountBy(p => p.Input.Texts![1].Name), count => count.Value > 1);
    }

    [Fact]
    public void A_german_name_has_german_words_and_a_german_decimal_sign()
    {
        var product = Products.Single(p => p.Input.Sku == "SDS-103");

        Assert.Equal("Slotted screwdriver, two-component handle, 5.5 mm", product.Input.Texts![0].Name);
        Assert.Equal("Schlitz-Schraubendreher, Zweikomponentengriff, 5,5 mm", product.Input.Texts![1].Name);
    }

    [Fact]
    public void The_tree_has_three_levels_and_every_leaf_has_products()
    {
        var parents = DemoCategories.All.ToDictionary(category => category.ExternalId, category => category.Parent.Or(null));
        var leaves = parents.Keys.Except(parents.Values.OfType<string>()).ToHashSet();

        Assert.InRange(parents.Count, 40, 60);
        Assert.All(leaves, leaf => Assert.True(parents[parents[leaf]!] is { } top && parents[top] is null, $"{leaf} is not on the third level."));
        Assert.Equal(leaves.Order(), Products.Select(p => p.Input.Category.Value!).Distinct().Order());
    }

    [Fact]
    public void There_are_some_products_of_each_kind_and_in_each_state()
    {
        ProductKind[] kinds = [ProductKind.FinishedGood, ProductKind.Component, ProductKind.RawMaterial, ProductKind.Service];

        Assert.All(kinds, kind => Assert.Contains(Products, p => p.Input.Kind == kind));
        Assert.Contains(Products, p => p.Input.Status == ProductStatus.Draft);
        Assert.Contains(Products, p => p.Input.Status == ProductStatus.Archived);
        Assert.Contains(Products, p => p.Input.PublishedFrom.Or(null) >= DemoCatalog.Future);
        Assert.Contains(Products, p => p.Input.PublishedTo.HasValue);
        Assert.Contains(Products, p => p.Input.ExclusiveTo.HasValue);
        Assert.Contains(Products.SelectMany(p => p.Input.Variants!), v => v.PublishedTo.HasValue);
        Assert.InRange(Products.Count(p => p.Input == p.Input with { Status = null, PublishedTo = default, ExclusiveTo = default }), 1700, Products.Count - 50);
    }

    [Fact]
    public void Goods_have_valid_article_numbers_and_services_none()
    {
        var (services, goods) = (Products.Where(p => p.Input.Kind == ProductKind.Service), Products.Where(p => p.Input.Kind != ProductKind.Service));

        Assert.All(services.SelectMany(p => p.Input.Variants!), v => Assert.Null(v.Gtin.Or(null)));
        Assert.All(goods.SelectMany(p => p.Input.Variants!), v => Assert.True(Variant.IsGtin(v.Gtin.Value!), v.Gtin.Value));
    }

    private static string AsJson(IEnumerable<DemoProduct> products) => JsonSerializer.Serialize(products.Select(p => p.Input), Json.Options);
}
