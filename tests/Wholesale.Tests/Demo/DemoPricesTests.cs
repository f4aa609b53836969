using Wholesale.Demo;
using Wholesale.Platform;
using Wholesale.Pricing;

namespace Wholesale.Tests.Demo;

public sealed class DemoPricesTests
{
    private static readonly DateTime Now = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);

    private static readonly IReadOnlyList<DemoProduct> Products = DemoCatalog.Products();

    private static readonly IReadOnlyDictionary<string, DemoPriceList> Lists =
        DemoPrices.Lists(Products).ToDictionary(list => list.Input.ExternalId);

    private static readonly HashSet<string> Skus = [.. Products.SelectMany(p => p.Input.Variants!).Select(v => v.Sku)];

    [Fact]
    public void Every_price_is_a_variants_and_above_zero()
    {
        Assert.All(Lists.Values, list =>
        {
            Assert.NotEmpty(list.Prices);
            Assert.DoesNotContain(list.Prices, price => !Skus.Contains(price.Sku));
            Assert.All(list.Prices, price => Assert.True(price.UnitPrice!.Value.TenThousandths > 0, price.Sku));
        });
    }

    [Theory]
    [InlineData("list-usd")]
    [InlineData("list-eur")]
    public void Everyone_has_a_price_for_one_of_every_variant_now_and_after_announced_changes(string list)
    {
        foreach (var instant in new[] { Now, DemoCatalog.Future })
        {
            Assert.Equal(Skus.Order(), At(list, instant).Where(p => p.MinimumQuantity.Value == Quantity.One).Select(p => p.Sku).Order());
        }
    }

    [Fact]
    public void A_greater_quantity_never_costs_more_a_piece()
    {
        Assert.All(Lists.Keys.SelectMany(list => At(list, Now).GroupBy(price => price.Sku)), breaks =>
        {
            var amounts = breaks.OrderBy(p => p.MinimumQuantity.Value).Select(p => p.UnitPrice!.Value).ToList();
            Assert.Equal(amounts.OrderDescending(), amounts);
        });
    }

    [Theory]
    [InlineData("gold-usd", "list-usd")]
    [InlineData("silver-eur", "list-eur")]
    [InlineData("clothing-shops-usd", "list-usd")]
    [InlineData("harbor-contract", "clothing-shops-usd")]
    [InlineData("harbor-contract", "list-usd")]
    public void A_list_of_ones_own_undercuts_the_list_for_everyone_at_every_quantity(string own, string everyones)
    {
        var listed = At(everyones, Now).ToLookup(price => price.Sku);

        Assert.All(At(own, Now), price =>
            Assert.All(listed[price.Sku].Where(p => p.MinimumQuantity.Value <= price.MinimumQuantity.Value), p =>
                Assert.True(price.UnitPrice <= p.UnitPrice, $"{price.Sku} from {price.MinimumQuantity.Value}: {price.UnitPrice} and {p.UnitPrice}")));
        Assert.True(At(own, Now).Select(p => p.Sku).Distinct().Count() < Skus.Count / 2);
    }

    [Fact]
    public void Some_prices_have_ended_and_some_are_announced()
    {
        var prices = Lists["list-usd"].Prices;

        Assert.Contains(prices, price => price.ValidTo < Now);
        Assert.Contains(prices, price => price.ValidFrom > Now);
        Assert.All(Lists["harbor-contract"].Prices, price => Assert.Equal(DemoCatalog.Future, price.ValidTo));
    }

    private static IEnumerable<PriceInput> At(string list, DateTime instant) =>
        Lists[list].Prices.Where(p => (p.ValidFrom is null || p.ValidFrom <= instant) && (p.ValidTo is null || p.ValidTo > instant));
}
