using System.Buffers;
using Wholesale.Platform;
using Wholesale.Platform.Events;

namespace Wholesale.Imports;

/// <summary>
/// The way every file takes: line by line, row by row, in batches that are written in a transaction each, with a report of what was not carried out.
/// However long the file, no more than a batch is in memory.
/// </summary>
/// <param name="body">The file; not closed.</param>
/// <param name="report">Gets each row that is not carried out.</param>
/// <param name="actor">Who imports.</param>
/// <param name="services">Where each batch gets a scope of its own from.</param>
/// <param name="cancellation">Cancelled when the client is gone.</param>
internal sealed class ImportRun(Stream body, ImportReport report, Actor actor, IServiceProvider services, CancellationToken cancellation)
{
    /// <summary>Short rows in a transaction.</summary>
    public const int BatchRows = 1_000;

    /// <summary>Rows in a transaction that are many rows of tables each.</summary>
    public const int BatchWideRows = 250;

    /// <summary>Bytes of a batch, so that long rows make it shorter.</summary>
    public const int BatchBytes = 4 * 1024 * 1024;

    /// <summary>Bytes that a line may have.</summary>
    public const int LineBytes = 1024 * 1024;

    /// <summary>Who imports.</summary>
    public Actor Actor => actor;

    /// <summary>What was not carried out, and the counts.</summary>
    public ImportReport Report => report;

    /// <summary>Cancelled when the client is gone.</summary>
    public CancellationToken Cancellation => cancellation;

    /// <summary>Does something with services of its own.</summary>
    public async ValueTask<T> InScope<T>(Func<IServiceProvider, ValueTask<T>> work)
    {
        await using var scope = services.CreateAsyncScope();
        return await work(scope.ServiceProvider);
    }

    /// <summary>Reads all rows and has them written.</summary>
    /// <param name="keyField">The field that names a row in the report where the row cannot be read.</param>
    /// <param name="key">What names a row in the report.</param>
    /// <param name="batchRows">How many rows go into a batch.</param>
    /// <param name="write">Writes a batch; one result a row.</param>
    /// <param name="identity">What tells rows apart; null: the key. The later of two that are the same goes into a later batch, so that it counts.</param>
    public async ValueTask Read<TRow>(
        string keyField,
        Func<TRow, string> key,
        int batchRows,
        Func<IReadOnlyList<TRow>, ValueTask<IReadOnlyList<ImportedRow>>> write,
        Func<TRow, object>? identity = null)
        where TRow : class
    {
        await using var lines = new LineReader(body, LineBytes);
        identity ??= key;
        var batch = new List<(int Number, TRow Row)>(batchRows);
        var seen = new HashSet<object>();
        var bytes = 0L;
        while (await lines.Read(cancellation))
        {
            if (Parse<TRow>(lines, keyField) is not { } row)
            {
                continue;
            }

            if (batch.Count == batchRows || bytes + lines.Line.Length > BatchBytes || seen.Contains(identity(row)))
            {
                await Flush();
            }

            batch.Add((lines.Number, row));
            seen.Add(identity(row));
            bytes += lines.Line.Length;
        }

        await Flush();

        async ValueTask Flush()
        {
            if (batch.Count > 0)
            {
                var results = await write([.. batch.Select(b => b.Row)]);
                foreach (var ((number, row), result) in batch.Zip(results))
                {
                    report.Add(number, key(row), result);
                }
            }

            batch.Clear();
            seen.Clear();
            bytes = 0;
        }
    }

    /// <summary>The line as a row; null if it is empty or no row, which is reported.</summary>
    private TRow? Parse<TRow>(LineReader lines, string keyField) where TRow : class
    {
        if (lines.IsTooLong)
        {
            report.Add(lines.Number, null, Failed($"The line has more than {LineBytes} bytes."));
            return null;
        }

        if (IsBlank(lines.Line))
        {
            return null;
        }

        var row = RowParser.Parse<TRow>(lines.Line, out var errors);
        if (row is null)
        {
            var isCutOff = lines.IsUnfinished && !RowParser.IsJson(lines.Line);
            report.Add(
                lines.Number,
                RowParser.Peek(lines.Line, keyField),
                isCutOff ? Failed("The file ends in the middle of this row.") : new ImportedRow(RowOutcome.Failed, errors));
        }

        return row;
    }

    private static ImportedRow Failed(string message) => new(RowOutcome.Failed, [new UserError(ErrorCodes.InvalidValue, message)]);

    private static bool IsBlank(ReadOnlySequence<byte> line)
    {
        foreach (var segment in line)
        {
            if (segment.Span.ContainsAnyExcept(" \t\r"u8))
            {
                return false;
            }
        }

        return true;
    }
}
