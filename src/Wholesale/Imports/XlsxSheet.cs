using System.Globalization;
using System.Text;
using System.Xml;

namespace Wholesale.Imports;

/// <summary>
/// Reads the first sheet of a workbook (ISO/IEC 29500-1, SpreadsheetML) that is not hidden: what its cells hold, of formulas what they came to when it was saved. By the standard's reader and not by
/// a library that takes the whole workbook: only four parts are looked at, so a broken link or picture elsewhere does no harm.
/// </summary>
internal static class XlsxSheet
{
    /// <summary>The most texts that cells share.</summary>
    public const int MaximumStrings = 200_000;

    /// <summary>The last row and the number of columns that a sheet can have.</summary>
    private const int LastRow = 1_048_576, ColumnCount = 16_384;

    /// <summary>From here on a number's digits are not all kept by what it is stored as.</summary>
    private const double Exact = 1e15;

    private static readonly string[] RelationshipNamespaces =
        ["http://schemas.openxmlformats.org/officeDocument/2006/relationships", "http://purl.oclc.org/ooxml/officeDocument/relationships"];

    /// <summary>The rows that the sheet has, in order; rows that were never touched are left out.</summary>
    /// <exception cref="InvalidDataException">It is no such workbook.</exception>
    /// <exception cref="XmlException">It is no such workbook.</exception>
    /// <exception cref="RefusedFileException">It is too large.</exception>
    public static IEnumerable<SheetRow> Read(byte[] file)
    {
        using var package = new XlsxPackage(file);
        var workbook = package.Relationships("").Find(r => r.Type == "officeDocument")?.Target ?? throw new InvalidDataException("There is no workbook.");
        var parts = package.Relationships(workbook);
        var sheetId = FirstSheet(package, workbook);
        var sheet = parts.Find(r => r.Id == sheetId && r.Type == "worksheet")?.Target ?? throw new InvalidDataException("The first sheet is not there.");
        var strings = parts.Find(r => r.Type == "sharedStrings") is { } shared ? Strings(package, shared.Target) : [];
        using var part = package.Part(sheet);
        var number = 0;
        while (XlsxPackage.Next(part))
        {
            if (part is { NodeType: XmlNodeType.Element, LocalName: "row" })
            {
                number = part.GetAttribute("r") is { } given ? Number(given, 1, LastRow) : number + 1;
                yield return Row(part, number, strings);
            }
        }
    }

    private static string FirstSheet(XlsxPackage package, string workbook)
    {
        string? hidden = null;
        using var part = package.Part(workbook);
        while (XlsxPackage.Next(part))
        {
            if (part is { NodeType: XmlNodeType.Element, LocalName: "sheet" })
            {
                var id = RelationshipNamespaces.Select(name => part.GetAttribute("id", name)).FirstOrDefault(value => value is not null) ?? "";
                if (part.GetAttribute("state") is null or "visible")
                {
                    return id;
                }

                hidden ??= id;
            }
        }

        return hidden ?? throw new InvalidDataException("There is no sheet.");
    }

    private static List<string> Strings(XlsxPackage package, string name)
    {
        var strings = new List<string>();
        using var part = package.Part(name);
        while (XlsxPackage.Next(part))
        {
            if (part is { NodeType: XmlNodeType.Element, LocalName: "si" })
            {
                strings.Add(strings.Count < MaximumStrings ? Text(part) : throw XlsxPackage.TooLarge());
            }
        }

        return strings;
    }

    private static SheetRow Row(XmlReader part, int number, List<string> strings)
    {
        var (cells, column, hasMore) = (new List<string>(), -1, false);
        foreach (var _ in Children(part, "c"))
        {
            column = part.GetAttribute("r") is { } given ? Column(given) : column + 1;
            var text = Cell(part, strings).Trim();
            if (column >= SheetRow.MaximumColumns)
            {
                hasMore |= text.Length > 0;
                continue;
            }

            while (cells.Count <= column)
            {
                cells.Add("");
            }

            cells[column] = text;
        }

        return new(number, cells, hasMore);
    }

    private static string Cell(XmlReader part, List<string> strings)
    {
        var (type, value) = (part.GetAttribute("t"), "");
        foreach (var _ in Children(part, "v", "is"))
        {
            value = Text(part);
        }

        return (type, value) switch
        {
            (_, "") => "",
            ("s", _) => strings[Number(value, 0, strings.Count - 1)],
            ("b", _) => value == "1" ? "TRUE" : "FALSE",
            (null or "n", _) => Digits(value),
            _ => value,
        };
    }

    /// <summary>
    /// The number that the sheet shows: it keeps binary fractions, so that the sum of 0.1 and 0.2 stands in the file as 0.30000000000000004, and means no more than the first 15 digits. Whole numbers
    /// are what they are.
    /// </summary>
    private static string Digits(string value)
    {
        if (!value.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            return value.TrimStart('0') is { Length: > 0 } whole ? whole : "0";
        }

        return double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) < Exact
            ? ((decimal)number).ToString("0.############################", CultureInfo.InvariantCulture) // a decimal is made of 15 digits
            : value;
    }

    /// <summary>The children of these names of the element that stands first; afterwards its end does.</summary>
    private static IEnumerable<XmlReader> Children(XmlReader part, params string[] names)
    {
        var depth = part.Depth;
        while (!IsEnd(part, depth) && XlsxPackage.Next(part) && part.Depth > depth)
        {
            if (part.NodeType == XmlNodeType.Element && part.Depth == depth + 1 && names.Contains(part.LocalName))
            {
                yield return part;
            }
        }
    }

    /// <summary>Whether the element at this depth, at which the reader stands or whose content it has read, has no more.</summary>
    private static bool IsEnd(XmlReader part, int depth) => part.Depth == depth && (part.NodeType == XmlNodeType.EndElement || part.IsEmptyElement);

    /// <summary>The text of the element that stands first: of a value its own, else that of its parts, but for how it is spoken.</summary>
    private static string Text(XmlReader part)
    {
        var (depth, text, isText, spoken) = (part.Depth, new StringBuilder(), part.LocalName == "v", -1);
        while (!IsEnd(part, depth) && XlsxPackage.Next(part) && part.Depth > depth)
        {
            spoken = part.Depth <= spoken ? -1 : spoken;
            switch (part.NodeType)
            {
                case XmlNodeType.Element:
                    isText = part is { LocalName: "t", IsEmptyElement: false } && spoken < 0;
                    spoken = part is { LocalName: "rPh", IsEmptyElement: false } && spoken < 0 ? part.Depth : spoken;
                    break;
                case XmlNodeType.EndElement:
                    isText = false;
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace when isText:
                    text.Append(part.Value);
                    break;
            }
        }

        return text.ToString();
    }

    /// <summary>The column, from 0, of a cell's name such as B7.</summary>
    private static int Column(string cell)
    {
        var column = 0;
        foreach (var letter in cell.AsSpan(0, Math.Max(cell.AsSpan().IndexOfAnyExceptInRange('A', 'Z'), 0)))
        {
            column = Math.Min((column * 26) + letter - 'A' + 1, ColumnCount + 1);
        }

        return column is > 0 and <= ColumnCount ? column - 1 : throw new InvalidDataException("A cell's name is none.");
    }

    private static int Number(string text, int minimum, int maximum) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= minimum && number <= maximum
            ? number
            : throw new InvalidDataException("A number of a row or a text is none.");
}
