using Wholesale.Catalog;
using Wholesale.Companies;
using Wholesale.Platform;

namespace Wholesale.Demo;

/// <summary>A catalog view of the demo.</summary>
/// <param name="Input">The view.</param>
/// <param name="Company">The external id of the company that has it.</param>
internal sealed record DemoView(CreateCatalogViewInput Input, string Company);

/// <summary>Who buys in the demo: two markets, two tiers, three companies, three segments, and what each of them may see.</summary>
internal static class DemoCompanies
{
    /// <summary>Has the whole catalog, in dollars.</summary>
    public const string Summit = "summit-industrial";

    /// <summary>Has a part of the catalog, in euros and in German.</summary>
    public const string Bergmann = "bergmann-technik";

    /// <summary>Has workwear only, at prices of its own.</summary>
    public const string Harbor = "harbor-uniforms";

    /// <summary>The market in dollars.</summary>
    public const string UnitedStates = "us";

    /// <summary>The market in euros.</summary>
    public const string Germany = "de";

    /// <summary>The better tier.</summary>
    public const string Gold = "gold";

    /// <summary>The other tier.</summary>
    public const string Silver = "silver";

    /// <summary>The segment of shops that sell clothing or shoes.</summary>
    public const string ClothingShops = "clothing-shops";

    /// <summary>The user of each company that the demo's key acts as: its web shop.</summary>
    public const string WebShopUser = "web-shop";

    /// <summary>The external ids of all companies.</summary>
    public static IReadOnlyList<string> ExternalIds { get; } = [Summit, Bergmann, Harbor];

    /// <summary>All markets.</summary>
    public static IReadOnlyList<MarketInput> Markets { get; } =
        [new(UnitedStates, "United States", Currency.Of("USD")), new(Germany, "Germany", Currency.Of("EUR"))];

    /// <summary>All tiers.</summary>
    public static IReadOnlyList<CustomerTierInput> Tiers { get; } = [new(Gold, "Gold", 20), new(Silver, "Silver", 10)];

    /// <summary>All segments; industries are NACE codes.</summary>
    public static IReadOnlyList<CustomerSegmentInput> Segments { get; } =
    [
        new(ClothingShops, "Clothing shops", new([new(SegmentAttribute.Industry, ["47.71", "47.72"])])),
        new("german-trades", "German trades", new([new(SegmentAttribute.Country, ["DE"]), new(SegmentAttribute.Industry, ["43.21", "43.22", "43.32"])])),
        new("large-american", "Large American firms", new([new(SegmentAttribute.Market, [UnitedStates]), new(SegmentAttribute.Employees, Minimum: 100)])),
    ];

    /// <summary>All companies, all of them verified.</summary>
    public static IReadOnlyList<CompanyInput> All { get; } =
    [
        new(
            Summit,
            "Summit Industrial Supply",
            BusinessType.Distributor,
            VerificationStatus.Verified,
            Gold,
            UnitedStates,
            Industry: "46.69",
            Country: "US",
            Region: "mountain",
            Employees: 140,
            Units: [new("denver", "Denver"), new("reno", "Reno branch", "denver"), new("austin", "Austin branch", "denver")],
            Users:
            [
                new("carol", "Carol Whitman", "carol.whitman@summit.example", CompanyRole.Admin, "denver"),
                new("luis", "Luis Ortega", "luis.ortega@summit.example", CompanyRole.Buyer, "reno"),
                new(WebShopUser, "Web shop", "shop@summit.example", CompanyRole.Buyer, "denver"),
            ],
            Addresses: DemoAddresses.Summit),
        new(
            Bergmann,
            "Bergmann Gebäudetechnik GmbH",
            BusinessType.EndUser,
            VerificationStatus.Verified,
            Silver,
            Germany,
            Locale: "de",
            Industry: "43.21",
            Country: "DE",
            Region: "hesse",
            Employees: 38,
            Units: [new("zentrale", "Zentrale Kassel"), new("werkstatt", "Werkstatt Fulda", "zentrale")],
            Users:
            [
                new("jana", "Jana Bergmann", "jana@bergmann.example", CompanyRole.Admin, "zentrale"),
                new("tom", "Tom Krüger", "tom@bergmann.example", CompanyRole.Viewer, "werkstatt"),
                new(WebShopUser, "Bestellportal", "portal@bergmann.example", CompanyRole.Buyer, "zentrale"),
            ],
            Addresses: DemoAddresses.Bergmann),
        new(
            Harbor,
            "Harbor Uniforms",
            BusinessType.WebShop,
            VerificationStatus.Verified,
            Market: UnitedStates,
            Locale: "en",
            Industry: "47.71",
            Country: "US",
            Region: "pacific",
            Employees: 6,
            Users:
            [
                new("mei", "Mei Tanaka", "mei@harbor.example", CompanyRole.Admin),
                new(WebShopUser, "Web shop", "shop@harbor.example", CompanyRole.Buyer),
            ],
            Addresses: DemoAddresses.Harbor),
    ];

    /// <summary>What each company may see.</summary>
    public static IReadOnlyList<DemoView> Views { get; } =
    [
        new(new CreateCatalogViewInput("full-range", "The full range"), Summit),
        new(
            new CreateCatalogViewInput(
                "building-services",
                "Building services",
                [
                    new(RuleAction.Include, Category: "electrical"),
                    new(RuleAction.Include, Category: "fasteners"),
                    new(RuleAction.Include, Category: "hand-tools"),
                    new(RuleAction.Include, Sku: "DRL-202"),
                    new(RuleAction.Exclude, Category: "wood-screws"),
                    new(RuleAction.Exclude, Attribute: new AttributeInput("material", "brass")),
                    new(RuleAction.Exclude, Attribute: new AttributeInput("colour", "cream")),
                ]),
            Bergmann),
        new(
            new CreateCatalogViewInput(
                "corporate-clothing",
                "Corporate clothing",
                [
                    new(RuleAction.Include, Category: "clothing"),
                    new(RuleAction.Include, Category: "footwear"),
                    new(RuleAction.Exclude, Attribute: new AttributeInput("cut", "flame-retardant")),
                ]),
            Harbor),
    ];
}
