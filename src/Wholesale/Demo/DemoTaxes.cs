using Wholesale.Platform;
using Wholesale.Tax;

namespace Wholesale.Demo;

/// <summary>What tax the demo's companies are charged. German rates are those of § 12 UStG; American ones those of the two states alone, without counties and cities.</summary>
internal static class DemoTaxes
{
    /// <summary>All rates.</summary>
    public static IReadOnlyList<TaxRateInput> Rates { get; } =
    [
        Rate("de-standard", "MwSt. 19 %", "DE", 19),
        Rate("de-reduced", "MwSt. 7 %", "DE", 7) with { TaxClass = "reduced" },
        Rate("us-co", "Colorado sales tax 2.9 %", "US", 2.9m) with { Region = "CO" },
        Rate("us-ny", "New York sales tax 4 %", "US", 4) with { Region = "NY" },
    ];

    /// <summary>The German company's tax id, and that the American reseller's goods for resale are exempt in New York.</summary>
    public static IReadOnlyList<CompanyTaxProfileInput> Profiles { get; } =
    [
        new(DemoCompanies.Bergmann, [new("DE", "DE000000000", IsVerified: true)]),
        new(DemoCompanies.Harbor, TaxExemptions: [new("US", "NY-ST-120-0000", "NY")]),
    ];

    private static TaxRateInput Rate(string externalId, string name, string country, decimal percent) =>
        new(externalId, name, country, Rate: new Amount((long)(percent * 10_000)));
}
