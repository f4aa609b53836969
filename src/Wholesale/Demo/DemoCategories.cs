using Wholesale.Catalog;

namespace Wholesale.Demo;

/// <summary>The demo's category tree: departments, groups, and the leaves that products stand in.</summary>
internal static class DemoCategories
{
    // One line a category, children below their parent and further in; "external id: English|German".
    private const string Tree = """
        workshop: Workshop|Werkstatt
          hand-tools: Hand tools|Handwerkzeug
            screwdrivers: Screwdrivers and bits|Schraubendreher und Bits
            wrenches: Wrenches and pliers|Schraubenschlüssel und Zangen
            measuring: Measuring and striking|Messen und Schlagen
          power-tools: Power tools|Elektrowerkzeug
            machines: Drills and grinders|Bohr- und Schleifmaschinen
            tool-accessories: Drill bits and discs|Bohrer und Scheiben
        fasteners: Fasteners|Befestigungstechnik
          metal-fasteners: Bolts and nuts|Schrauben und Muttern
            bolts: Bolts and machine screws|Maschinenschrauben
            nuts: Nuts and washers|Muttern und Scheiben
          fixings: Wood and wall fixings|Holz- und Wandbefestigung
            wood-screws: Wood screws|Holzschrauben
            anchors: Anchors|Dübel und Anker
        packaging: Packaging|Verpackung
          boxes: Boxes and mailers|Kartons und Versandtaschen
            cartons: Cartons|Kartons
            mailers: Mailers and tubes|Versandtaschen und Rohre
          sealing: Sealing and cushioning|Verschließen und Polstern
            tapes: Tapes and labels|Klebebänder und Etiketten
            films: Films and fillers|Folien und Füllstoffe
        workwear: Workwear|Arbeitskleidung
          clothing: Clothing|Bekleidung
            trousers: Trousers and coveralls|Hosen und Overalls
            jackets: Jackets and vests|Jacken und Westen
            shirts: Shirts|Shirts und Hemden
          protection: Protection|Arbeitsschutz
            footwear: Safety footwear|Sicherheitsschuhe
            gloves: Gloves|Handschuhe
            head-protection: Head, eyes and ears|Kopf, Augen und Ohren
        electrical: Electrical|Elektro
          installation: Installation|Elektroinstallation
            cables: Cables|Kabel und Leitungen
            switches: Switches and sockets|Schalter und Steckdosen
            distribution: Distribution|Verteilung
          lighting: Lighting|Beleuchtung
            lamps: Lamps|Leuchtmittel
            luminaires: Luminaires|Leuchten
        cleaning: Cleaning|Reinigung
          agents: Cleaning agents|Reinigungsmittel
            floor-and-surface: Floors and surfaces|Böden und Flächen
            hygiene: Hygiene|Hygiene
          cleaning-equipment: Cleaning equipment|Reinigungsgeräte
            wipes: Wipes and paper|Tücher und Papier
            tools: Mops, brooms and bins|Mopps, Besen und Eimer
        industry: Industrial supplies|Industriebedarf
          metal-stock: Metal stock|Metallhalbzeug
            profiles: Bars and sheets|Stangen und Bleche
          machine-parts: Machine parts|Maschinenteile
            bearings: Bearings and seals|Lager und Dichtungen
          services: Services|Dienstleistungen
            workshop-services: Workshop services|Werkstattservice
        """;

    private static readonly Dictionary<string, string?> Parents;

    static DemoCategories()
    {
        var above = new Stack<(string ExternalId, int Indent, int Children)>();
        var all = new List<CategoryInput>();
        var tops = 0;
        foreach (var line in Tree.Split('\n'))
        {
            var indent = line.Length - line.TrimStart().Length;
            while (above.Count > 0 && above.Peek().Indent >= indent)
            {
                above.Pop();
            }

            string? parent = null;
            int position;
            if (above.TryPop(out var over))
            {
                (parent, position) = (over.ExternalId, over.Children);
                above.Push(over with { Children = over.Children + 1 });
            }
            else
            {
                position = tops++;
            }

            var (externalId, names) = line.Split(": ") is [var key, var words] ? (key.Trim(), DemoText.Of(words)) : throw new FormatException(line);
            all.Add(new CategoryInput(externalId, parent, [new("en", names.English), new("de", names.German)], position));
            above.Push((externalId, indent, 0));
        }

        All = all;
        Parents = all.ToDictionary(category => category.ExternalId, category => category.Parent.Or(null));
    }

    /// <summary>All categories, parents before children.</summary>
    public static IReadOnlyList<CategoryInput> All { get; }

    /// <summary>The top category above a category.</summary>
    public static string Department(string externalId)
    {
        while (Parents[externalId] is { } parent)
        {
            externalId = parent;
        }

        return externalId;
    }
}
