using System.Text;
using CsvHelper;

namespace Wholesale.Imports;

/// <summary>Reads CSV by RFC 4180, in UTF-8, as spreadsheets write it: with a comma, a semicolon or a tab between cells, whichever the first line has most of.</summary>
internal static class CsvSheet
{
    private const string Hint = "sep=";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>All rows, blank ones too, in order.</summary>
    /// <exception cref="RefusedFileException">It is not UTF-8, or a quote is never closed.</exception>
    public static IEnumerable<SheetRow> Read(ReadOnlyMemory<byte> file)
    {
        var text = TextOf(file.Span);
        var hint = HintOf(text);
        CsvMalformedRecord? malformed = null;
        using var reader = CsvReader.FromText(text, new CsvReaderOptions
        {
            HasHeader = false,
            Separator = hint ?? SeparatorOf(text),
            DetectSeparatorHint = false,
            SkipEmptyLines = false,
            TrackLineNumbers = true,
            OnMalformedRecord = record => malformed = record,
        });
        while (reader.Read())
        {
            // Excel's hint is a row of the file, but none of the table.
            if (hint is null || reader.RowNumber > 1)
            {
                yield return RowOf(reader, malformed);
            }

            malformed = null;
        }
    }

    private static string TextOf(ReadOnlySpan<byte> file)
    {
        try
        {
            return Strict.GetString(file is [0xEF, 0xBB, 0xBF, .. var rest] ? rest : file);
        }
        catch (DecoderFallbackException)
        {
            throw new RefusedFileException(StatusCodes.Status400BadRequest, "BAD_ENCODING", "The file is not UTF-8: save it as \"CSV UTF-8\", and send it again.");
        }
    }

    private static SheetRow RowOf(CsvReader reader, CsvMalformedRecord? malformed)
    {
        if (malformed?.Reason == CsvMalformedReason.UnterminatedQuote)
        {
            throw RefusedFileException.NotReadable($"The quote that begins in the row at line {reader.LineNumber} is never closed, so that nothing behind it can be told apart.");
        }

        var cells = Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetString(i).Trim());
        return new(
            (int)reader.RowNumber,
            [.. cells.Take(SheetRow.MaximumColumns)],
            cells.Skip(SheetRow.MaximumColumns).Any(cell => cell.Length > 0),
            malformed?.Reason == CsvMalformedReason.TextAfterClosingQuote ? "Text stands behind the closing quote of a cell; a quote within quotes is written twice." : null);
    }

    /// <summary>What a first line <c>sep=;</c> says, as Excel writes and reads it.</summary>
    private static char? HintOf(string text)
    {
        var end = text.AsSpan().IndexOfAny('\r', '\n');
        return end == Hint.Length + 1 && text.StartsWith(Hint, StringComparison.OrdinalIgnoreCase) && text[Hint.Length] is (',' or ';' or '\t') ? text[Hint.Length] : null;
    }

    private static char SeparatorOf(string text)
    {
        var (commas, semicolons, tabs, isQuoted) = (0, 0, 0, false);
        foreach (var c in text.AsSpan().TrimStart(['\r', '\n', ' ']))
        {
            if (c is '\r' or '\n' && !isQuoted)
            {
                break;
            }

            isQuoted ^= c == '"';
            commas += c == ',' && !isQuoted ? 1 : 0;
            semicolons += c == ';' && !isQuoted ? 1 : 0;
            tabs += c == '\t' && !isQuoted ? 1 : 0;
        }

        return tabs > commas && tabs > semicolons ? '\t' : semicolons > commas ? ';' : ',';
    }
}
