using Wholesale.Catalog;

namespace Wholesale.Demo;

internal static partial class DemoFamilies
{
    private const string Metals =
        "material: steel S235|Stahl S235; stainless steel 1.4301|Edelstahl 1.4301; aluminium EN AW-6060|Aluminium EN AW-6060; brass CW614N|Messing CW614N";

    private static readonly DemoFamily[] Industry =
    [
        new("RND", "profiles", "Round bar|Rundstange",
            "Drawn, tolerance h9, with a test certificate on request.|Gezogen, Toleranz h9, auf Wunsch mit Werkszeugnis.",
            Metals, "diameter mm: 8; 10; 12; 16; 20; 30", "cut_length m: 1; 2; 3; 6", 2.90m, ProductKind.RawMaterial),
        new("FLT", "profiles", "Flat bar|Flachstange",
            "Even edges, cut at right angles.|Gleichmäßige Kanten, rechtwinklig abgelängt.",
            Metals, "section: 20 × 5 mm; 30 × 5 mm; 40 × 8 mm; 50 × 10 mm; 60 × 10 mm; 80 × 10 mm", "cut_length m: 1; 2; 3; 6", 3.40m, ProductKind.RawMaterial),
        new("SHT", "profiles", "Sheet|Blech",
            "Protected by film on one side.|Einseitig mit Schutzfolie.",
            Metals, "thickness mm: 1; 1.5; 2; 3; 5", "format: 1000 × 500 mm; 1000 × 1000 mm; 2000 × 1000 mm", 16.00m, ProductKind.RawMaterial),
        new("BBR", "bearings", "Deep groove ball bearing|Rillenkugellager",
            "Greased for life where sealed.|In abgedichteter Ausführung lebensdauergeschmiert.",
            "design: open|offen; shielded|mit Deckscheiben; sealed|abgedichtet; stainless|rostfrei", "series: 6000; 6001; 6002; 6003; 6004; 6005",
            "clearance: normal clearance|normale Lagerluft; C3 clearance|Lagerluft C3", 2.60m, ProductKind.Component),
        new("ORI", "bearings", "O-ring|O-Ring",
            "Moulded without a visible seam.|Ohne sichtbare Naht gepresst.",
            "material: NBR; EPDM; silicone|Silikon; FKM", "inner_diameter mm: 10; 15; 20; 30; 50", "pack pcs: 10; 100", 1.10m, ProductKind.Component),
        new("BEL", "bearings", "V-belt|Keilriemen",
            "Runs quietly and with little stretch.|Läuft leise und dehnt sich kaum.",
            "profile: SPZ; SPA; SPB", "length mm: 800; 1000; 1250; 1600; 2000", "design: wrapped|ummantelt; raw-edge|flankenoffen", 6.20m, ProductKind.Component),
        new("SVC", "workshop-services", "Calibration|Kalibrierung",
            "With a certificate that can be traced to national standards.|Mit Zertifikat, rückführbar auf nationale Normale.",
            "item: of callipers|von Messschiebern; of torque wrenches|von Drehmomentschlüsseln; of gauges|von Lehren; of scales|von Waagen",
            "scope: standard|Standard; accredited|akkreditiert", "turnaround: five days|fünf Tage; next day|nächster Tag", 28.00m, ProductKind.Service),
        new("SVE", "workshop-services", "Logo embroidery|Logostickerei",
            "On workwear bought here, from one piece on.|Auf hier gekaufter Kleidung, ab einem Stück.",
            "position: on the chest|auf der Brust; on the back|auf dem Rücken; on the sleeve|auf dem Ärmel",
            "colours: one colour|einfarbig; up to six colours|bis sechs Farben; metallic|Metallicgarn", "size: small|klein; large|groß", 4.50m, ProductKind.Service),
        new("SVS", "workshop-services", "Sharpening|Schärfdienst",
            "Collected, ground, tested and returned.|Abgeholt, geschliffen, geprüft und zurückgebracht.",
            "item: of drill bits|von Bohrern; of saw blades|von Sägeblättern; of milling cutters|von Fräsern; of knives|von Messern",
            "quality: standard|Standard; premium|Premium", "turnaround: five days|fünf Tage; next day|nächster Tag", 3.80m, ProductKind.Service),
    ];
}
