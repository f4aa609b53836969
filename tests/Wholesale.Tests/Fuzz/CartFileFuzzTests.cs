using Wholesale.Imports;

namespace Wholesale.Tests.Fuzz;

/// <summary>Whatever the bytes of a cart file: its rows are read, or it is refused with a reason.</summary>
public sealed class CartFileFuzzTests
{
    [Fact]
    public void Any_CSV_is_read_or_refused() => Feed("CSV", 4_000, isWorkbook: false, ["INVALID_VALUE", "BAD_ENCODING"]);

    [Fact]
    public void Any_workbook_is_read_or_refused() => Feed("XLSX", 6_000, isWorkbook: true, ["INVALID_VALUE"]);

    private static void Feed(string what, int files, bool isWorkbook, IEnumerable<string> codes)
    {
        var run = new FuzzRun($"cart files of {what}", leastMedian: 50);
        var fates = run.Count("files", ["read", "broken", .. codes]);
        var rows = run.Count("rows", ["good", "flawed"]);
        var grammar = new CartFileGrammar(run.Random);
        run.Run(files, isWorkbook ? grammar.Xlsx : grammar.Csv, file =>
        {
            try
            {
                CartFile.Read(file, isWorkbook).ForEach(row => rows.Add(row.Row.Flaws is [] ? "good" : "flawed"));
                fates.Add("read");
            }
            catch (RefusedFileException refusal)
            {
                fates.Add(refusal.Code is RefusedFileException.Unreadable or RefusedFileException.TooLarge ? "broken" : refusal.Code);
            }
        });
    }
}
