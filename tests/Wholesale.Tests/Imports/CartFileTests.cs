using System.IO.Compression;
using System.Text;
using Wholesale.Imports;

namespace Wholesale.Tests.Imports;

/// <summary>What is read of a cart file, and which files are refused as a whole.</summary>
public sealed class CartFileTests
{
    private const string Header = "sku,quantity\n";

    [Theory]
    [InlineData("sku,quantity,note\nA,2,x\n")]
    [InlineData("Article;QTY;Comment\r\nA;2;x\r\n")]
    [InlineData("Part Number\t quantity \tNote\nA\t2\tx")]
    [InlineData("\uFEFFitem;qty;price, net;comment\nA;2;1,50;x")]
    [InlineData("sep=;\nitem;qty;comment\nA;2;x")]
    [InlineData("\n\nQty,Weight,Note,SKU\n2,9,x,A\n,,,\n")]
    [InlineData("\"s k u\",\"quan,tity;;;\",qty,note\n\" A \",,002.000, x \n")]
    public void Columns_are_found_by_name_whatever_their_order_and_separator(string csv)
    {
        var rows = Csv(csv);

        Assert.Equal([("A", "2", "x")], rows.Select(Said));
    }

    [Fact]
    public void Quoted_cells_hold_separators_quotes_and_line_ends_and_rows_are_numbered_as_a_spreadsheet_numbers_them()
    {
        var rows = Csv("sku,quantity,note\nA,1,\"one, \"\"two\"\"\nthree\"\n\nB,1,5\" pipe\nC,x,\n");

        Assert.Equal([2, 4, 5], rows.Select(row => row.Number));
        Assert.Equal([("A", "1", "one, \"two\"\nthree"), ("B", "1", "5\" pipe"), ("C", null, null)], rows.Select(Said));
        Assert.Equal("INVALID_VALUE quantity", Flaw(rows[2]));
    }

    [Theory]
    [InlineData("1", 1_000L)]
    [InlineData("0.125", 125L)]
    [InlineData("0002.50", 2_500L)]
    [InlineData("999999999.999", 999_999_999_999)]
    [InlineData("0", 0L)]
    [InlineData("1000000000", null)]
    [InlineData("2.9999999", null)]
    [InlineData("-1", null)]
    [InlineData("+1", null)]
    [InlineData("1e3", null)]
    [InlineData("1 000", null)]
    [InlineData("\"1,5\"", null)]
    [InlineData("1.", null)]
    [InlineData(".5", null)]
    [InlineData("٣", null)]
    [InlineData("two", null)]
    public void A_quantity_is_digits_with_at_most_three_decimals_behind_a_point(string text, long? thousandths)
    {
        var row = Assert.Single(Csv($"{Header}A,{text}\n"));

        Assert.Equal(thousandths, row.Row.Quantity?.Thousandths);
        Assert.Equal(thousandths is null ? "INVALID_VALUE quantity" : null, Flaw(row));
    }

    [Theory]
    [InlineData("3", "3")]
    [InlineData("3.0", "3")]
    [InlineData("0.30000000000000004", "0.3")]
    [InlineData("2.9999999999999996", "3")]
    [InlineData("1.25E2", "125")]
    [InlineData("2.9999999", null)]
    [InlineData("-1", null)]
    [InlineData("1E+30", null)]
    [InlineData("NaN", null)]
    public void A_number_of_a_workbook_is_what_the_sheet_shows(string value, string? quantity)
    {
        var file = Workbook.Pack(("xl/worksheets/sheet1.xml", Workbook.SheetOf(
            $"""<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row><row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2"><v>{value}</v></c></row>""")));

        var row = Assert.Single(CartFile.Read(file, isWorkbook: true));

        Assert.Equal(("TOOL-004-S", quantity, null), Said(row));
    }

    [Fact]
    public void SKUs_that_are_numbers_keep_their_digits_and_leading_zeros_if_they_are_text()
    {
        var file = Workbook.Of(["Item", "Qty"], [4_006_381_333_931, 1], ["0042", 1], [42, 1], [9_007_199_254_740_993, 1]);

        var rows = CartFile.Read(file, isWorkbook: true);

        Assert.Equal(["4006381333931", "0042", "42", "9007199254740993"], rows.Select(row => row.Row.Sku));
        Assert.All(rows, row => Assert.Null(Flaw(row)));
    }

    [Fact]
    public void Formulas_are_what_they_came_to_and_rows_keep_their_numbers()
    {
        var file = Workbook.Pack(("xl/worksheets/sheet1.xml", Workbook.SheetOf(
            """
            <row r="3"><c r="B3" t="str"><f>"qu"&amp;"antity"</f><v>quantity</v></c><c r="C3" t="inlineStr"><is><r><t>s</t></r><r><t>ku</t></r></is></c></row>
            <row r="4"><c r="B4"/></row>
            <row r="7"><c r="B7"><f>1+1</f><v>2</v></c><c r="C7" t="str"><f>A1</f><v>A</v></c><c r="XFD7" t="e"><v>#N/A</v></c></row>
            <row><c/><c><f>NOW()</f></c><c t="b"><v>1</v></c></row>
            """)));

        var rows = CartFile.Read(file, isWorkbook: true);

        Assert.Equal([7, 8], rows.Select(row => row.Number));
        Assert.Equal([("A", "2", null), ("TRUE", null, null)], rows.Select(Said));
    }

    [Fact]
    public void The_first_sheet_that_is_not_hidden_is_read_and_nothing_else_is_looked_at()
    {
        var file = Workbook.Pack(
            ("xl/workbook.xml", """<workbook xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main" xmlns:r="http://purl.oclc.org/ooxml/officeDocument/relationships"><sheets><sheet name="Lists" state="veryHidden" r:id="rId7"/><sheet name="Order" r:id="rId9"/><sheet name="Other" r:id="rId8"/></sheets></workbook>"""),
            ("xl/_rels/workbook.xml.rels", Workbook.Relationships(("rId7", "worksheet", "worksheets/lists.xml"), ("rId9", "worksheet", "../xl/Sheets/order.xml"))),
            ("xl/worksheets/lists.xml", "no XML"),
            ("xl/styles.xml", "no XML"),
            ("xl/Sheets/_rels/order.xml.rels", "<Relationships><Relationship Target=\"mailto:a b@c d\" TargetMode=\"External\"/></Relationships>"),
            ("xl/Sheets/order.xml", Workbook.Sheet([["sku", "qty"], ["A", 1]])));

        Assert.Equal([("A", "1", null)], CartFile.Read(file, isWorkbook: true).Select(Said));
    }

    [Theory]
    [InlineData("A,1,2\n", null)]
    [InlineData(",1\n", "INVALID_VALUE sku")]
    [InlineData("A,\n", "INVALID_VALUE quantity")]
    [InlineData("A\n", "INVALID_VALUE quantity")]
    [InlineData("\"A\"B,1\n", "INVALID_VALUE ")]
    public void What_is_wrong_with_a_cell_is_reported_with_its_column(string row, string? flaw) => Assert.Equal(flaw, Flaw(Assert.Single(Csv(Header + row))));

    [Fact]
    public void A_cell_that_is_read_has_at_most_1000_characters_and_is_not_cut_off()
    {
        var rows = Csv($"Item,Qty,Comment,Description\nA,1,{new string('x', 1_000)},{new string('x', 2_000)}\nA,1,{new string('x', 1_001)},\n");

        Assert.Null(Flaw(rows[0]));
        Assert.Equal("INVALID_VALUE note", Flaw(rows[1]));
        Assert.Equal("Column \"Comment\": at most 1000 characters are taken, not 1001.", rows[1].Row.Flaws![0].Message);
    }

    [Theory]
    [InlineData("", "The file is empty")]
    [InlineData("\n\n", "The file is empty")]
    [InlineData("A,1\nB,2\n", "Row 1 must name the columns, and names none for the SKU (\"sku\", \"item\", \"article\" or \"part number\"), and none for the quantity (\"quantity\" or \"qty\").")]
    [InlineData("sku,amount\nA,1\n", "Row 1 must name the columns, and names none for the quantity (\"quantity\" or \"qty\").")]
    [InlineData("sku,qty,Item\nA,1,A\n", "The columns \"sku\" and \"Item\" mean the same")]
    [InlineData("sku,qty,a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s\nA,1\n", "A file has at most 20 columns")]
    public void Names_that_do_not_tell_what_is_where_refuse_the_file(string csv, string detail)
    {
        var refusal = Assert.Throws<RefusedFileException>(() => Csv(csv));

        Assert.Equal((400, "INVALID_VALUE"), (refusal.Status, refusal.Code));
        Assert.StartsWith(detail, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_quote_that_is_never_closed_refuses_the_file_since_it_would_swallow_rows()
    {
        var refusal = Assert.Throws<RefusedFileException>(() => Csv($"{Header}A,1\n\"B,1\nC,1\n"));

        Assert.Equal((400, "FILE_UNREADABLE"), (refusal.Status, refusal.Code));
        Assert.Contains("line 3", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("iso-8859-1")]
    public void Another_encoding_than_UTF_8_refuses_the_file(string encoding)
    {
        var file = Encoding.GetEncoding(encoding).GetPreamble().Concat(Encoding.GetEncoding(encoding).GetBytes($"{Header}Ä,1\n")).ToArray();

        var refusal = Assert.Throws<RefusedFileException>(() => CartFile.Read(file, isWorkbook: false));

        Assert.Equal((400, "BAD_ENCODING"), (refusal.Status, refusal.Code));
    }

    [Fact]
    public void More_than_5000_rows_refuse_the_file_and_blank_ones_do_not_count()
    {
        var full = Header + string.Concat(Enumerable.Repeat("A,1\n,\n", 5_000));

        var refusal = Assert.Throws<RefusedFileException>(() => Csv(full + "A,1\n"));

        Assert.Equal(5_000, Csv(full).Count);
        Assert.Equal((400, "TOO_MANY_ROWS"), (refusal.Status, refusal.Code));
    }

    public static TheoryData<string, byte[]> Broken => new()
    {
        { "nothing", [] },
        { "CSV", "sku,qty\nA,1"u8.ToArray() },
        { "an old workbook", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[600]] },
        { "cut off", Workbook.Of(["sku", "qty"])[..^40] },
        { "no workbook", Workbook.Pack(("xl/workbook.xml", null)) },
        { "no relationships", Workbook.Pack(("xl/_rels/workbook.xml.rels", null)) },
        { "no sheet", Workbook.Pack(("xl/worksheets/sheet1.xml", null)) },
        { "no sheets", Workbook.Pack(("xl/workbook.xml", "<workbook><sheets/></workbook>")) },
        { "a sheet elsewhere", Workbook.Pack(("xl/_rels/workbook.xml.rels", "<Relationships><Relationship Id=\"rId1\" Type=\"x/worksheet\" Target=\"http://127.0.0.1:9/sheet.xml\" TargetMode=\"External\"/></Relationships>")) },
        { "no XML", Workbook.Pack(("xl/worksheets/sheet1.xml", "sku,qty")) },
        { "a DTD", Workbook.Pack(("xl/worksheets/sheet1.xml", "<!DOCTYPE w [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>" + Workbook.SheetOf("<row><c t=\"str\"><v>&a;</v></c></row>"))) },
        { "a text that is not there", Workbook.Pack(("xl/worksheets/sheet1.xml", Workbook.SheetOf("<row><c t=\"s\"><v>3</v></c></row>"))) },
        { "a row that cannot be", Workbook.Pack(("xl/worksheets/sheet1.xml", Workbook.SheetOf("<row r=\"1048577\"/>"))) },
        { "a cell that cannot be", Workbook.Pack(("xl/worksheets/sheet1.xml", Workbook.SheetOf("<row><c r=\"XFE1\"/></row>"))) },
        { "a size that is a lie", Lying(Workbook.Pack(("xl/worksheets/sheet1.xml", Workbook.SheetOf(new string(' ', 15_000_000))))) },
        { "deep nesting", Workbook.Pack(CompressionLevel.NoCompression, ("xl/worksheets/sheet1.xml", Workbook.SheetOf("<row><c>" + string.Concat(Enumerable.Repeat("<v>", 100_000))))) },
    };

    // Not enumerated by discovery: what it finds it writes down, byte by byte, and megabytes become gigabytes.
    [Theory]
    [MemberData(nameof(Broken), DisableDiscoveryEnumeration = true)]
    public void What_is_no_workbook_is_refused(string what, byte[] file)
    {
        var refusal = Assert.Throws<RefusedFileException>(() => CartFile.Read(file, isWorkbook: true));

        Assert.True((400, "FILE_UNREADABLE") == (refusal.Status, refusal.Code), $"{what}: {refusal.Status} {refusal.Code}");
    }

    public static TheoryData<string, byte[]> Bombs => new()
    {
        { "a part of one byte, 15 million times", Workbook.Pack(("xl/media/image1.png", new string('x', 15_000_000))) },
        { "parts of 21 MB together", Workbook.Pack(CompressionLevel.NoCompression, [.. Enumerable.Range(0, 21).Select(i => ($"xl/media/{i}.png", (string?)new string('x', 1024 * 1024)))]) },
        { "more texts than any order has", Workbook.Pack(("xl/sharedStrings.xml", "<sst>" + string.Concat(Enumerable.Range(0, 200_001).Select(i => $"<si><t>{i}</t></si>")) + "</sst>")) },
        { "a tag without end", Workbook.Pack(CompressionLevel.NoCompression, ("xl/worksheets/sheet1.xml", "<worksheet " + string.Concat(Enumerable.Range(0, 100_000).Select(i => $"a{i}=\"\" ")))) },
    };

    [Theory]
    [MemberData(nameof(Bombs), DisableDiscoveryEnumeration = true)]
    public void A_workbook_that_would_fill_memory_is_refused_before_it_does(string what, byte[] file)
    {
        Assert.Throws<RefusedFileException>(() => CartFile.Read(Workbook.Pack(("xl/sharedStrings.xml", "")), isWorkbook: true)); // what is compiled once
        var before = GC.GetAllocatedBytesForCurrentThread();

        var refusal = Assert.Throws<RefusedFileException>(() => CartFile.Read(file, isWorkbook: true));

        Assert.True((413, "FILE_TOO_LARGE") == (refusal.Status, refusal.Code), $"{what}: {refusal.Status} {refusal.Code}");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 * 1024 * 1024);
    }

    /// <summary>The same package, whose largest part is said to have 1,000 bytes.</summary>
    private static byte[] Lying(byte[] file)
    {
        var (size, said) = (BitConverter.GetBytes((int)new ZipArchive(new MemoryStream(file)).Entries.Max(e => e.Length)), BitConverter.GetBytes(1_000));
        for (var at = file.AsSpan().IndexOf(size); at >= 0; at = file.AsSpan().IndexOf(size))
        {
            said.CopyTo(file, at);
        }

        return file;
    }

    private static List<CartFileRow> Csv(string text) => CartFile.Read(Encoding.UTF8.GetBytes(text), isWorkbook: false);

    private static (string? Sku, string? Quantity, string? Note) Said(CartFileRow row) => (row.Row.Sku, row.Row.Quantity?.ToString(), row.Row.Note.Or(null));

    private static string? Flaw(CartFileRow row) => row.Row.Flaws is [var flaw, ..] ? $"{flaw.Code} {string.Join('.', flaw.Path ?? [])}" : null;
}
