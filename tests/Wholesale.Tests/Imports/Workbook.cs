using System.IO.Compression;
using System.Security;
using System.Text;

namespace Wholesale.Tests.Imports;

/// <summary>Makes workbooks part by part, right ones and others.</summary>
internal static class Workbook
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private const string Packages = "http://schemas.openxmlformats.org/package/2006/relationships";

    /// <summary>A sheet of rows: strings are texts, whatever else is a number as it is written; null is no cell.</summary>
    public static byte[] Of(params object?[][] rows) => Pack(("xl/worksheets/sheet1.xml", Sheet(rows)));

    /// <summary>A sheet's XML.</summary>
    public static string Sheet(params IEnumerable<object?[]> rows)
    {
        var xml = new StringBuilder($"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<worksheet xmlns=\"{Main}\"><sheetData>");
        foreach (var (index, row) in rows.Index())
        {
            xml.Append($"<row r=\"{index + 1}\">");
            foreach (var (column, cell) in row.Index().Where(cell => cell.Item is not null))
            {
                var name = $"{(char)('A' + column)}{index + 1}";
                xml.Append(cell is string text
                    ? $"<c r=\"{name}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{SecurityElement.Escape(text)}</t></is></c>"
                    : FormattableString.Invariant($"<c r=\"{name}\"><v>{cell}</v></c>"));
            }

            xml.Append("</row>");
        }

        return xml.Append("</sheetData></worksheet>").ToString();
    }

    /// <summary>Rows as XML, within a sheet.</summary>
    public static string SheetOf(string rows) => $"<worksheet xmlns=\"{Main}\"><sheetData>{rows}</sheetData></worksheet>";

    /// <summary>A package with the usual parts, but for those that are given; null is left out.</summary>
    public static byte[] Pack(params (string Name, string? Xml)[] given) => Pack(CompressionLevel.Optimal, given);

    /// <summary>The same, zipped as wanted.</summary>
    public static byte[] Pack(CompressionLevel level, params (string Name, string? Xml)[] given)
    {
        var parts = new Dictionary<string, string?>
        {
            ["_rels/.rels"] = $"<Relationships xmlns=\"{Packages}\"><Relationship Id=\"rId1\" Type=\"{Office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
            ["xl/workbook.xml"] = $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Office}\"><sheets><sheet name=\"Order\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
            ["xl/_rels/workbook.xml.rels"] = Relationships(("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "sharedStrings", "/xl/sharedStrings.xml")),
            ["xl/sharedStrings.xml"] = $"<sst xmlns=\"{Main}\"><si><t>sku</t></si><si><t>qty</t></si><si><r><t>TOOL-</t></r><r><t>004-S</t></r><rPh><t>spoken</t></rPh></si></sst>",
        };
        foreach (var (name, xml) in given)
        {
            parts[name] = xml;
        }

        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, xml) in parts.Where(part => part.Value is not null))
            {
                using var part = archive.CreateEntry(name, level).Open();
                part.Write(Encoding.UTF8.GetBytes(xml!));
            }
        }

        return file.ToArray();
    }

    /// <summary>Where the workbook leads to.</summary>
    public static string Relationships(params (string Id, string Type, string Target)[] relationships) =>
        $"<Relationships xmlns=\"{Packages}\">{string.Concat(relationships.Select(r => $"<Relationship Id=\"{r.Id}\" Type=\"{Office}/{r.Type}\" Target=\"{r.Target}\"/>"))}</Relationships>";
}
