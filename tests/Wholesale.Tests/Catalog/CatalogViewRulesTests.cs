using Wholesale.Catalog;

namespace Wholesale.Tests.Catalog;

public sealed class CatalogViewRulesTests
{
    private const long Oak = 1, Oak1 = 11, Oak2 = 12, Tables = 100, Furniture = 200;

    /// <summary>Product 1 in category 100 (below 200), made of oak, in variants 11 (red) and 12 (blue).</summary>
    private static readonly RuledProduct Product = new(
        Oak, [Furniture, Tables], [("material", "oak")], [new(Oak1, [("color", "red")]), new(Oak2, [("color", "blue")])]);

    [Fact]
    public void Without_rules_everything_is_in() => AssertIn([], Oak1, Oak2);

    [Fact]
    public void A_category_takes_in_what_stands_below_it()
    {
        AssertIn([Category(RuleAction.Include, Tables)], Oak1, Oak2);
        AssertIn([Category(RuleAction.Include, Furniture)], Oak1, Oak2);
        AssertIn([Category(RuleAction.Include, 999)]);
        AssertIn([Category(RuleAction.Exclude, Furniture)]);
    }

    [Fact]
    public void A_fact_of_the_product_matches_all_its_variants()
    {
        AssertIn([Fact(RuleAction.Include, "material", "oak")], Oak1, Oak2);
        AssertIn([Fact(RuleAction.Exclude, "material", "oak")]);
        AssertIn([Fact(RuleAction.Include, "material", "pine")]);
    }

    [Fact]
    public void A_fact_of_a_variant_matches_that_variant_only()
    {
        AssertIn([Fact(RuleAction.Include, "color", "red")], Oak1);
        AssertIn([Fact(RuleAction.Exclude, "color", "red")], Oak2);
        AssertIn([Fact(RuleAction.Include, "color", "RED")]);
    }

    [Fact]
    public void A_product_whose_variants_are_all_left_out_is_left_out() =>
        AssertIn([Fact(RuleAction.Exclude, "color", "red"), Fact(RuleAction.Exclude, "color", "blue")]);

    [Fact]
    public void A_sku_matches_the_product_or_one_variant()
    {
        AssertIn([Sku(RuleAction.Include, Oak)], Oak1, Oak2);
        AssertIn([Sku(RuleAction.Include, Oak, Oak2)], Oak2);
        AssertIn([Sku(RuleAction.Exclude, Oak, Oak2)], Oak1);
        AssertIn([Sku(RuleAction.Include, 2, 21)]);
    }

    [Fact]
    public void Leaving_out_outweighs_taking_in_wherever_it_stands()
    {
        AssertIn([Sku(RuleAction.Exclude, Oak, Oak1), Category(RuleAction.Include, Tables)], Oak2);
        AssertIn([Category(RuleAction.Include, Tables), Sku(RuleAction.Exclude, Oak, Oak1)], Oak2);
        AssertIn([Sku(RuleAction.Include, Oak, Oak1), Category(RuleAction.Exclude, Tables)]);
    }

    [Fact]
    public void Rules_that_take_in_add_up() =>
        AssertIn([Fact(RuleAction.Include, "color", "red"), Sku(RuleAction.Include, Oak, Oak2)], Oak1, Oak2);

    private static void AssertIn(CatalogViewRule[] rules, params long[] variants) =>
        Assert.Equal(variants, new CatalogViewRules(rules).Variants(Product));

    private static CatalogViewRule Category(RuleAction action, long category) =>
        new() { ViewId = 1, Position = 0, Action = action, CategoryId = category };

    private static CatalogViewRule Fact(RuleAction action, string code, string value) =>
        new() { ViewId = 1, Position = 0, Action = action, AttributeCode = code, AttributeValue = value };

    private static CatalogViewRule Sku(RuleAction action, long product, long? variant = null) =>
        new() { ViewId = 1, Position = 0, Action = action, Sku = "x", ProductId = product, VariantId = variant };
}
