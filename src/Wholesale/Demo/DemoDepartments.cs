namespace Wholesale.Demo;

/// <summary>What products of one department have in common: invented makers, and sentences that end their descriptions.</summary>
internal sealed record DemoDepartment(IReadOnlyList<string> Brands, IReadOnlyList<DemoText> Remarks)
{
    private static readonly Dictionary<string, DemoDepartment> All = new()
    {
        ["workshop"] = Of(
            "Hallberg; Torvik; Kestrel Tools; Werkmann",
            "For daily use in workshops and on site.|Für den täglichen Einsatz in Werkstatt und auf der Baustelle.",
            "Spare parts are available for ten years.|Ersatzteile sind zehn Jahre lang lieferbar.",
            "Supplied ready for use.|Einsatzbereit geliefert."),
        ["fasteners"] = Of(
            "Fixara; Norrbolt; Brandes Verbindungstechnik",
            "Test certificates on request.|Prüfzeugnisse auf Anfrage.",
            "Made to the standard, checked batch by batch.|Normgerecht gefertigt und chargenweise geprüft.",
            "Suitable for indoor use and sheltered areas.|Geeignet für Innenräume und geschützte Bereiche."),
        ["packaging"] = Of(
            "Packwell; Kartonia; Boxline",
            "Recyclable after use.|Nach Gebrauch recycelbar.",
            "Printed with your logo from 500 pieces on.|Ab 500 Stück mit eigenem Logo bedruckbar.",
            "Stores flat and dry.|Flach und trocken lagern."),
        ["workwear"] = Of(
            "Nordmark; Arbeo; Trailhand; Hansen Textil",
            "Washable at 60 °C.|Bei 60 °C waschbar.",
            "Reordered in the same quality for at least five years.|Mindestens fünf Jahre in gleicher Qualität nachlieferbar.",
            "Goes with the other pieces of the collection.|Passt zu den übrigen Teilen der Kollektion."),
        ["electrical"] = Of(
            "Voltera; Lumenor; Elbe Elektrik",
            "To be installed by qualified electricians.|Einbau durch Elektrofachkräfte.",
            "CE marked, with a declaration of conformity.|Mit CE-Kennzeichnung und Konformitätserklärung.",
            "Five years' warranty.|Fünf Jahre Garantie."),
        ["cleaning"] = Of(
            "Clarano; Purevia; Glanzwerk",
            "Safety data sheet on request.|Sicherheitsdatenblatt auf Anfrage.",
            "Made for professional cleaning.|Für die professionelle Reinigung.",
            "Saves storage space.|Platzsparend zu lagern."),
        ["industry"] = Of(
            "Rollwerk; Metallum; Sauerland Halbzeuge",
            "Larger quantities at short notice.|Größere Mengen kurzfristig lieferbar.",
            "Advice by our application engineers.|Beratung durch unsere Anwendungstechnik.",
            "Delivered on the agreed day.|Lieferung zum vereinbarten Termin."),
    };

    /// <summary>A department by its category's external id.</summary>
    public static DemoDepartment Of(string category) => All[category];

    private static DemoDepartment Of(string brands, params string[] remarks) =>
        new(brands.Split(';', StringSplitOptions.TrimEntries), [.. remarks.Select(DemoText.Of)]);
}
