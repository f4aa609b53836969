using Wholesale.Companies;
using Wholesale.Platform;
using Wholesale.Pricing;

namespace Wholesale.Demo;

/// <summary>A price list of the demo.</summary>
/// <param name="Input">The list.</param>
/// <param name="Level">What kind of thing has it.</param>
/// <param name="Assignee">Whose external id; null for everyone.</param>
/// <param name="Prices">All its rows.</param>
internal sealed record DemoPriceList(CreatePriceListInput Input, AssigneeLevel Level, string? Assignee, IReadOnlyList<PriceInput> Prices);

/// <summary>Makes the demo's prices: a list for everyone in each currency, one for each tier and for a segment with a part of the assortment, and a contract.</summary>
internal static class DemoPrices
{
    private const decimal EurosPerDollar = 0.92m;

    /// <summary>From how many pieces on how much is off, for the whole quantity.</summary>
    private static readonly (int Minimum, decimal Discount)[] Breaks = [(1, 0), (10, 0.04m), (50, 0.09m), (250, 0.15m)];

    /// <summary>All lists; tiers, the segment and the contract undercut the lists for everyone at every quantity.</summary>
    public static IReadOnlyList<DemoPriceList> Lists(IReadOnlyList<DemoProduct> products) =>
    [
        new(List("list-usd", "List prices in dollars", "USD"), AssigneeLevel.Everyone, null, [.. products.SelectMany(p => Listed(p, 1))]),
        new(List("list-eur", "List prices in euros", "EUR"), AssigneeLevel.Everyone, null, [.. products.SelectMany(p => Listed(p, EurosPerDollar))]),
        new(List("gold-usd", "Gold", "USD"), AssigneeLevel.Tier, DemoCompanies.Gold,
            [.. products.Where(p => p.Department is "workshop" or "fasteners").SelectMany(p => Broken(p, 0.92m))]),
        new(List("silver-eur", "Silber", "EUR"), AssigneeLevel.Tier, DemoCompanies.Silver,
            [.. products.Where(p => p.Department is "electrical" or "fasteners").SelectMany(p => Broken(p, EurosPerDollar * 0.96m))]),
        new(List("clothing-shops-usd", "Clothing shops", "USD"), AssigneeLevel.Segment, DemoCompanies.ClothingShops,
            [.. products.Where(p => p.Department == "workwear").SelectMany(p => InTwoSteps(p, 0.9m, 0.82m))]),
        new(List("harbor-contract", "Contract with Harbor Uniforms", "USD"), AssigneeLevel.Company, DemoCompanies.Harbor,
            [.. products.Where(p => p.Department == "workwear").SelectMany(p => InTwoSteps(p, 0.82m, 0.76m, DemoCatalog.Past, DemoCatalog.Future))]),
    ];

    private static CreatePriceListInput List(string externalId, string name, string currency) => new(externalId, name, Currency.Of(currency));

    /// <summary>What everyone pays. Lamps were dearer once; machines will be.</summary>
    private static IEnumerable<PriceInput> Listed(DemoProduct product, decimal rate) => product.Family.Category switch
    {
        "lamps" => [.. Broken(product, rate * 1.1m, validTo: DemoCatalog.Past), .. Broken(product, rate, validFrom: DemoCatalog.Past)],
        "machines" => [.. Broken(product, rate, validTo: DemoCatalog.Future), .. Broken(product, rate * 1.05m, validFrom: DemoCatalog.Future)],
        _ => Broken(product, rate),
    };

    /// <summary>Two prices a variant: for one and from a hundred on.</summary>
    private static IEnumerable<PriceInput> InTwoSteps(
        DemoProduct product, decimal one, decimal hundred, DateTime? validFrom = null, DateTime? validTo = null) =>
        product.Dollars.SelectMany((dollars, variant) => new[]
        {
            Price(product, variant, 1, dollars * one, validFrom, validTo),
            Price(product, variant, 100, dollars * hundred, validFrom, validTo),
        });

    /// <summary>The prices of a product's variants with all quantity breaks; services have none.</summary>
    private static IEnumerable<PriceInput> Broken(DemoProduct product, decimal rate, DateTime? validFrom = null, DateTime? validTo = null) =>
        from variant in Enumerable.Range(0, product.Dollars.Count)
        from step in product.Input.Kind == Catalog.ProductKind.Service ? Breaks[..1] : Breaks
        select Price(product, variant, step.Minimum, product.Dollars[variant] * rate * (1 - step.Discount), validFrom, validTo);

    private static PriceInput Price(DemoProduct product, int variant, int minimum, decimal amount, DateTime? validFrom, DateTime? validTo) =>
        new(product.Input.Variants![variant].Sku, Quantity.Of(minimum), Rounded(amount), ValidFrom: validFrom, ValidTo: validTo);

    /// <summary>To the cent; what costs less than half a unit, to a hundredth of one.</summary>
    private static Amount Rounded(decimal amount)
    {
        var decimals = amount < 0.5m ? 4 : 2;
        return new Amount((long)(decimal.Round(amount, decimals, MidpointRounding.AwayFromZero) * 10_000));
    }
}
