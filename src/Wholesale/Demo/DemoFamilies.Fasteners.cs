namespace Wholesale.Demo;

internal static partial class DemoFamilies
{
    private const string Finishes =
        "material: zinc-plated steel|Stahl verzinkt; hot-dip galvanised steel|Stahl feuerverzinkt; stainless steel A2|Edelstahl A2; "
        + "stainless steel A4|Edelstahl A4; black steel 10.9|Stahl schwarz 10.9; brass|Messing";

    private const string FewerFinishes =
        "material: zinc-plated steel|Stahl verzinkt; hot-dip galvanised steel|Stahl feuerverzinkt; stainless steel A2|Edelstahl A2; stainless steel A4|Edelstahl A4";

    private const string Threads = "thread: M4; M5; M6; M8; M10; M12";
    private const string BoltLengths = "length mm: 16; 25; 40; 60; 80";
    private const string NutPacks = "pack pcs: 50; 100; 500";

    private static readonly DemoFamily[] Fasteners =
    [
        new("HEX", "bolts", "Hexagon bolt ISO 4017|Sechskantschraube ISO 4017",
            "Fully threaded, sold by the piece.|Mit Gewinde bis Kopf, einzeln verkauft.", Finishes, Threads, BoltLengths, 0.0420m) { Minimum = 10, Case = 200, CasesOnPallet = 60 },
        new("CYL", "bolts", "Socket head cap screw ISO 4762|Zylinderschraube ISO 4762",
            "Hexagon socket for places where a wrench finds no room.|Innensechskant für Stellen, an denen kein Schlüssel Platz hat.",
            Finishes, Threads, BoltLengths, 0.0560m) { Minimum = 10, Case = 200, CasesOnPallet = 60 },
        new("CSK", "bolts", "Countersunk screw ISO 10642|Senkschraube ISO 10642",
            "Lies flush with the surface.|Schließt bündig mit der Oberfläche ab.", Finishes, Threads, "length mm: 12; 20; 30; 50", 0.0510m),
        new("CAR", "bolts", "Carriage bolt DIN 603|Flachrundschraube DIN 603",
            "The square neck keeps it from turning in wood.|Der Vierkantansatz verhindert das Mitdrehen im Holz.",
            FewerFinishes, "thread: M6; M8; M10; M12", "length mm: 40; 60; 80; 100; 120", 0.1200m),
        new("THR", "bolts", "Threaded rod DIN 976|Gewindestange DIN 976",
            "Strength class 4.8 or better, cut to length on request.|Festigkeitsklasse 4.8 oder besser, auf Wunsch abgelängt.",
            FewerFinishes, "thread: M6; M8; M10; M12; M16", "cut_length m: 1; 2; 3", 1.4500m),
        new("NUT", "nuts", "Hexagon nut ISO 4032|Sechskantmutter ISO 4032",
            "Matches bolts of the same finish.|Passend zu Schrauben gleicher Ausführung.", Finishes, Threads, NutPacks, 1.2000m, unit: "box") { Case = 20, CasesOnPallet = 48 },
        new("LOC", "nuts", "Lock nut ISO 10511|Sicherungsmutter ISO 10511",
            "The polyamide ring holds against vibration.|Der Polyamidring sichert gegen Vibration.", Finishes, "thread: M4; M5; M6; M8; M10", NutPacks, 1.9000m,
            unit: "box"),
        new("WAS", "nuts", "Flat washer ISO 7089|Unterlegscheibe ISO 7089",
            "Spreads the load and spares the surface.|Verteilt die Last und schont die Oberfläche.", Finishes, Threads, NutPacks, 0.8000m, unit: "box") { Case = 20, CasesOnPallet = 48 },
        new("SPR", "nuts", "Spring washer DIN 127|Federring DIN 127",
            "Keeps short joints under tension.|Hält kurze Verbindungen unter Spannung.", FewerFinishes, Threads, NutPacks, 0.9000m, unit: "box"),
        new("CHS", "wood-screws", "Chipboard screw|Spanplattenschraube",
            "Countersunk head with milling ribs; needs no pilot hole.|Senkkopf mit Fräsrippen; kein Vorbohren nötig.",
            "material: yellow zinc-plated|gelb verzinkt; blue zinc-plated|blau verzinkt; stainless steel A2|Edelstahl A2", "diameter mm: 3; 3.5; 4; 4.5; 5; 6",
            "length mm: 20; 30; 40; 60; 80", 3.1000m, unit: "box"),
        new("DEC", "wood-screws", "Decking screw|Terrassenschraube",
            "Double thread draws boards down firmly.|Das Doppelgewinde zieht Dielen fest an.",
            "material: stainless steel A2|Edelstahl A2; stainless steel A4|Edelstahl A4; hardened stainless steel|Edelstahl gehärtet",
            "diameter mm: 4.5; 5; 5.5", "length mm: 40; 50; 60; 80", 11.4000m, unit: "box") { Case = 12 },
        new("DRY", "wood-screws", "Drywall screw|Schnellbauschraube",
            "Bugle head that does not tear the paper.|Trompetenkopf, der den Karton nicht aufreißt.",
            "thread: coarse thread|Grobgewinde; fine thread|Feingewinde; collated|magaziniert", "length mm: 25; 35; 45; 55", "pack pcs: 200; 500; 1000", 3.6000m,
            unit: "box"),
        new("PLG", "anchors", "Nylon wall plug|Nylondübel",
            "For solid and hollow bricks, weatherproof from -40 to 80 °C.|Für Voll- und Lochsteine, wetterfest von -40 bis 80 °C.",
            "design: standard|normal; long|lang; with collar|mit Kragen", "diameter mm: 5; 6; 8; 10; 12; 14", "pack pcs: 25; 50; 100", 1.7000m, unit: "box"),
        new("BLT", "anchors", "Bolt anchor|Bolzenanker",
            "Expands under load, for cracked and uncracked concrete.|Spreizt unter Last, für gerissenen und ungerissenen Beton.",
            "material: zinc-plated steel|Stahl verzinkt; hot-dip galvanised steel|Stahl feuerverzinkt; stainless steel A4|Edelstahl A4",
            "thread: M6; M8; M10; M12; M16", "length mm: 65; 95; 120", 0.6200m),
        new("CHM", "anchors", "Injection mortar|Injektionsmörtel",
            "Cartridge with two static mixers.|Kartusche mit zwei Statikmischern.",
            "resin: polyester|Polyester; vinyl ester|Vinylester; epoxy|Epoxid", "grade: standard|normal; winter|Winter", "volume ml: 300; 420", 8.9000m),
        new("HAN", "anchors", "Cavity anchor|Hohlraumdübel",
            "Folds open behind boards and keeps its thread for repeated use.|Spreizt sich hinter der Platte auf und bleibt wiederverwendbar.",
            "design: with screw|mit Schraube; with hook|mit Haken; with eye|mit Öse", "thread: M4; M5; M6", "length mm: 38; 52; 65", 0.2800m),
    ];
}
