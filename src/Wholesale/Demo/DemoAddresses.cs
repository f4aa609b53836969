using Wholesale.Companies;

namespace Wholesale.Demo;

/// <summary>Where the demo's companies have goods and invoices sent to. The streets do not exist.</summary>
internal static class DemoAddresses
{
    /// <summary>One for invoices, and one for the goods of each branch.</summary>
    public static IReadOnlyList<AddressInput> Summit { get; } =
    [
        new(
            "office",
            Name: "Summit Industrial Supply",
            Attention: "Accounts payable",
            Lines: ["1200 Quarry Lane", "Suite 400"],
            City: "Denver",
            Region: "CO",
            PostalCode: "80200",
            Country: "US",
            IsShipTo: false,
            IsDefaultBillTo: true),
        new(
            "denver-warehouse",
            Name: "Summit Industrial Supply, central warehouse",
            Lines: ["1210 Quarry Lane", "Gate 3"],
            City: "Denver",
            Region: "CO",
            PostalCode: "80200",
            Country: "US",
            IsBillTo: false,
            IsDefaultShipTo: true),
        new("reno", "reno", "Summit Reno", Lines: ["77 Sagebrush Court"], City: "Reno", Region: "NV", PostalCode: "89500", Country: "US", IsBillTo: false, IsDefaultShipTo: true),
        new("austin", "austin", "Summit Austin", Lines: ["18 Pecan Yard"], City: "Austin", Region: "TX", PostalCode: "78700", Country: "US", IsBillTo: false, IsDefaultShipTo: true),
    ];

    /// <summary>The head office for everything, and the workshop for its own goods.</summary>
    public static IReadOnlyList<AddressInput> Bergmann { get; } =
    [
        new(
            "zentrale",
            Name: "Bergmann Gebäudetechnik GmbH",
            Attention: "Einkauf",
            Lines: ["Musterweg 12"],
            City: "Kassel",
            Region: "HE",
            PostalCode: "34100",
            Country: "DE",
            Phone: "+49 561 0000-0",
            IsDefaultShipTo: true,
            IsDefaultBillTo: true),
        new("werkstatt", "werkstatt", "Bergmann Werkstatt", "Tom Krüger", ["Beispielstraße 3", "Tor B"], "Fulda", "HE", "36000", "DE", IsBillTo: false, IsDefaultShipTo: true),
    ];

    /// <summary>The shop, and a warehouse on the other coast.</summary>
    public static IReadOnlyList<AddressInput> Harbor { get; } =
    [
        new(
            "shop",
            Name: "Harbor Uniforms",
            Lines: ["5 Lantern Pier"],
            City: "Portland",
            Region: "OR",
            PostalCode: "97200",
            Country: "US",
            IsDefaultShipTo: true,
            IsDefaultBillTo: true),
        new("east-coast", Name: "Harbor Uniforms, c/o Eastside Storage", Lines: ["410 Ferry Slip"], City: "New York", Region: "NY", PostalCode: "10000", Country: "US", IsBillTo: false),
    ];
}
