using System.Globalization;
using Wholesale.Catalog;
using Wholesale.Platform;

namespace Wholesale.Demo;

/// <summary>Words in the two languages of the demo.</summary>
internal readonly record struct DemoText(string English, string German)
{
    /// <summary>Reads <c>English|German</c>; one text for both where there is no bar.</summary>
    public static DemoText Of(string text)
    {
        var parts = text.Split('|');
        return new DemoText(parts[0], parts[^1]);
    }
}

/// <summary>One of the things that products or variants differ in, with all its options in their order.</summary>
internal sealed class DemoAxis
{
    /// <summary>Options of these cost as much more as they are more; of other numbers a third of that.</summary>
    private static readonly HashSet<string> Amounts = ["pack", "volume", "cut_length"];

    private DemoAxis(string code, string? unit, IReadOnlyList<DemoText> options)
    {
        Code = code;
        Unit = unit;
        Options = options;
    }

    /// <summary>The attribute's code.</summary>
    public string Code { get; }

    /// <summary>The unit of numbers; null for words.</summary>
    public string? Unit { get; }

    /// <summary>Words, or numbers as decimals.</summary>
    public IReadOnlyList<DemoText> Options { get; }

    /// <summary>Reads <c>code unit: option; option|German option</c>; without a unit the options are words.</summary>
    public static DemoAxis Of(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var head = text[..colon].Split(' ');
        return new DemoAxis(
            head[0], head.Length > 1 ? head[1] : null, [.. text[(colon + 1)..].Split(';', StringSplitOptions.TrimEntries).Select(DemoText.Of)]);
    }

    /// <summary>An option as a name shows it: numbers with their unit, and with the language's decimal sign.</summary>
    public DemoText Label(int option)
    {
        var text = Options[option];
        return Unit is null ? text : new DemoText($"{text.English} {Unit}", $"{text.English.Replace('.', ',')} {Unit}");
    }

    /// <summary>How much an option costs, the first being 1.</summary>
    public decimal Factor(int option)
    {
        if (Unit is null)
        {
            return 1 + 0.06m * option;
        }

        var more = Number(option) / Number(0) - 1;
        return 1 + more * (Amounts.Contains(Code) ? 0.9m : 0.35m);
    }

    private decimal Number(int option) => decimal.Parse(Options[option].English, CultureInfo.InvariantCulture);
}

/// <summary>Products that differ in two ways, each sold in variants that differ in a third: bolts by finish and thread, in several lengths.</summary>
internal sealed class DemoFamily
{
    /// <summary>A family as the lists of families give it; see <see cref="DemoText.Of"/> and <see cref="DemoAxis.Of"/>.</summary>
    public DemoFamily(
        string code, string category, string name, string description, string first, string second, string variants, decimal price,
        ProductKind kind = ProductKind.FinishedGood, string unit = "pcs")
    {
        (Code, Category, Price, Kind, Unit) = (code, category, price, kind, unit);
        (Name, Description) = (DemoText.Of(name), DemoText.Of(description));
        (First, Second, Variants) = (DemoAxis.Of(first), DemoAxis.Of(second), DemoAxis.Of(variants));
    }

    /// <summary>What its SKUs begin with.</summary>
    public string Code { get; }

    /// <summary>The external id of a leaf of <see cref="DemoCategories"/>.</summary>
    public string Category { get; }

    /// <summary>What its products' names begin with.</summary>
    public DemoText Name { get; }

    /// <summary>A sentence that holds for all its products.</summary>
    public DemoText Description { get; }

    /// <summary>What products differ in first.</summary>
    public DemoAxis First { get; }

    /// <summary>What products differ in second.</summary>
    public DemoAxis Second { get; }

    /// <summary>What the variants of a product differ in.</summary>
    public DemoAxis Variants { get; }

    /// <summary>What the cheapest variant costs, in dollars.</summary>
    public decimal Price { get; }

    /// <summary>What kind of goods these are.</summary>
    public ProductKind Kind { get; }

    /// <summary>What quantities count; what goes by the metre is cut to half metres.</summary>
    public string Unit { get; }

    /// <summary>The least that can be bought of a variant; 0: one increment.</summary>
    public int Minimum { get; init; }

    /// <summary>How many are in a case; 0: there are no cases.</summary>
    public int Case { get; init; }

    /// <summary>How many cases are on a pallet; 0: there are no pallets.</summary>
    public int CasesOnPallet { get; init; }

    /// <summary>What its variants are packed in.</summary>
    public IReadOnlyList<PackagingLevelInput> Packaging =>
    [
        .. Case > 0 ? [new("CASE", Quantity.Of(Case), "Case")] : (PackagingLevelInput[])[],
        .. CasesOnPallet > 0 ? [new("PALLET", Quantity.Of(Case * CasesOnPallet), "Euro pallet")] : (PackagingLevelInput[])[],
    ];
}
