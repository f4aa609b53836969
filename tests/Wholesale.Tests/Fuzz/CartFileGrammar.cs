using System.IO.Compression;
using System.Text;
using Wholesale.Tests.Imports;

namespace Wholesale.Tests.Fuzz;

/// <summary>Makes up files that fill carts, CSV and XLSX, right ones and others: spoilt are the text, a workbook's parts, or the package that holds them.</summary>
internal sealed class CartFileGrammar(Random random)
{
    private static readonly string[] Names = ["sku", "SKU", "Item", "part number", "quantity", "Qty", "note", "Comment", "price", ""];

    private static readonly string[] Further = ["price", "weight", "colour", "", "Comment"];

    private static readonly string[] Cells =
        ["TOOL-001-S", "TOOL-002-L", "TOOL-020-S", "NOTHING", "1", "2.5", "0", "1,5", "-1", "1e3", "999999999", "1000000000000", "", " ", "\"", "\"a\nb\"", "\"a\"\"b\"", "\"a\"b", "Ü", "\u0000", "=1+1", "#N/A"];

    private static readonly IReadOnlyList<byte[]> CsvPieces =
        [.. new[] { ",", ";", "\t", "\"", "\"\"", "\n", "\r", "\r\n", "sep=;", "\uFEFF", "\0", "sku", "qty" }.Select(Encoding.UTF8.GetBytes), [0xFF], [0xC3], [0xED, 0xA0, 0x80]];

    private static readonly IReadOnlyList<byte[]> XmlPieces =
    [
        .. new[]
        {
            "<", ">", "/>", "</", "\"", "&", "&#0;", "&#xD800;", "&amp;", "<!DOCTYPE a [<!ENTITY b \"c\">]>", "<![CDATA[", "]]>", "<!--", "<?a ?>", "<row>", "</row>", "<c>", "<c/>", "</c>", "<v>", "<v/>", "</v>",
            "<is>", "<t>", "<rPh>", "r=\"ZZZ9\"", "r=\"0\"", "r=\"99999999999\"", "t=\"s\"", "t=\"b\"", "t=\"n\"", "1E400", "-1", "NaN", "<sheetData>", "<sheet/>", "xmlns:r=\"x\"",
        }.Select(Encoding.UTF8.GetBytes),
        [0xFF], [0],
    ];

    private readonly Damage text = new(random, CsvPieces, maxChanges: 3);
    private readonly Damage xml = new(random, XmlPieces, maxChanges: 2);
    private readonly Damage package = new(random, [[0], [0xFF], "PK"u8.ToArray()], maxChanges: 2);

    /// <summary>The next file.</summary>
    public (byte[] File, bool IsWorkbook) Next() => random.Next(2) == 0 ? (Csv(), false) : (Xlsx(), true);

    /// <summary>A CSV file; three of four are spoilt.</summary>
    public byte[] Csv()
    {
        var separator = ",;\t"[random.Next(3)];
        var file = Encoding.UTF8.GetBytes(string.Join('\n', Table().Select(row => string.Join(separator, row))));
        return random.Next(4) == 0 ? file : text.Of(file, file);
    }

    /// <summary>A workbook; of three of four a part is spoilt, or the whole.</summary>
    public byte[] Xlsx()
    {
        var sheet = Workbook.Sheet(Table().Select(row => row.Select(cell => random.Next(3) == 0 && decimal.TryParse(cell, out var number) ? (object)number : cell.Replace("\0", "", StringComparison.Ordinal)).ToArray()));
        return random.Next(4) switch
        {
            0 => Workbook.Pack(Level(), ("xl/worksheets/sheet1.xml", sheet)),
            1 => Workbook.Pack(Level(), ("xl/worksheets/sheet1.xml", Spoilt(sheet))),
            2 => Workbook.Pack(Level(), ("xl/worksheets/sheet1.xml", sheet), Other()),
            _ => package.Of(Workbook.Pack(Level(), ("xl/worksheets/sheet1.xml", sheet)), Workbook.Pack(("xl/worksheets/sheet1.xml", sheet))),
        };
    }

    private (string Name, string Xml) Other()
    {
        var sample = Workbook.Pack(("xl/worksheets/sheet1.xml", ""));
        var name = new[] { "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml" }[random.Next(4)];
        using var archive = new ZipArchive(new MemoryStream(sample));
        using var reader = new StreamReader(archive.GetEntry(name)!.Open());
        return (name, Spoilt(reader.ReadToEnd()));
    }

    private string Spoilt(string part)
    {
        var bytes = Encoding.UTF8.GetBytes(part);
        return Encoding.UTF8.GetString(xml.Of(bytes, bytes));
    }

    private CompressionLevel Level() => random.Next(2) == 0 ? CompressionLevel.NoCompression : CompressionLevel.Fastest;

    private IEnumerable<string[]> Table()
    {
        var columns = 2 + random.Next(4);
        var names = random.Next(8) > 0 ? ["sku", "qty", .. Pick(Further, columns - 2)] : Pick(Names, columns);
        return [names, .. Enumerable.Range(0, random.Next(12)).Select(_ => (string[])[Cells[random.Next(4)], Cells[4 + random.Next(4)], .. Pick(Cells, columns - 2)])];
    }

    private string[] Pick(string[] among, int count) => [.. Enumerable.Range(0, count).Select(_ => among[random.Next(among.Length)])];
}
