using System.Buffers;
using Wholesale.Platform;
using Wholesale.Platform.Events;

namespace Wholesale.Imports;

/// <summary>
/// The way every file takes: line by line, row by row, in batches that are written one after the other, with a report of what was not carried out.
/// While a batch is being written the next is read; however long the file, no more than these two are in memory.
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

    /// <summary>The request's services.</summary>
    public IServiceProvider Services => services;

    /// <summary>Does something with services of its own.</summary>
    public async ValueTask<T> InScope<T>(Func<IServiceProvider, ValueTask<T>> work)
    {
        await using var scope = services.CreateAsyncScope();
        return await work(scope.ServiceProvider);
    }

    /// <summary>Reads all rows and has them written.</summary>
    /// <param name="keyField">The field that names a row in the report where the row cannot be read.</param>
    /// <param name="key">What names a row in the report.</param>
    /// <param name="batchRows">How many rows go into a batch; the last one has fewer.</param>
    /// <param name="write">Writes a batch; one result a row. Runs beside the reading.</param>
    /// <param name="identity">What tells rows apart; null: the key. The later of two that are the same goes into a later batch, so that it counts.</param>
    /// <param name="maximumRows">How many rows a batch may grow to while another is being written, or more are there already; null: no more than others.</param>
    public async ValueTask Read<TRow>(
        string keyField,
        Func<TRow, string> key,
        int batchRows,
        Func<IReadOnlyList<TRow>, ValueTask<IReadOnlyList<ImportedRow>>> write,
        Func<TRow, object>? identity = null,
        int? maximumRows = null)
        where TRow : class
    {
        await using var lines = new LineReader(body, LineBytes);
        identity ??= key;
        var batch = new List<Line<TRow>>(batchRows);
        var seen = new HashSet<object>();
        var bytes = 0L;
        var writing = Task.CompletedTask;
        try
        {
            while (await NextLine())
            {
                if (!lines.IsTooLong && IsBlank(lines.Line))
                {
                    continue;
                }

                var line = Parse<TRow>(lines, keyField);
                if (batch.Count == (maximumRows ?? batchRows) || bytes + lines.Line.Length > BatchBytes || (line.Row is not null && !seen.Add(identity(line.Row))))
                {
                    await Flush();
                    if (line.Row is not null)
                    {
                        seen.Add(identity(line.Row));
                    }
                }

                batch.Add(line);
                bytes += lines.Line.Length;
            }

            await Flush();
            await writing;
        }
        catch
        {
            await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // nothing goes on behind the back of whoever clears up
            throw;
        }

        // Whoever has to wait for the client has a batch written meanwhile, if it is one.
        async ValueTask<bool> NextLine()
        {
            var next = lines.Read(cancellation);
            if (next.IsCompleted || batch.Count < batchRows)
            {
                return await next;
            }

            var line = next.AsTask();
            await Task.WhenAny(line, writing);
            if (!line.IsCompleted)
            {
                await Flush();
            }

            return await line;
        }

        async ValueTask Flush()
        {
            await writing;
            var full = batch;
            writing = Task.Run(() => Write(full), CancellationToken.None); // a thread of its own: SQLite's driver works on the caller's
            batch = new List<Line<TRow>>(full.Count);
            seen.Clear();
            bytes = 0;
        }

        async Task Write(List<Line<TRow>> full)
        {
            var rows = full.Select(line => line.Row).OfType<TRow>().ToList();
            var results = new Queue<ImportedRow>(rows.Count > 0 ? await write(rows) : []);
            foreach (var line in full)
            {
                report.Add(line.Number, line.Row is null ? line.Key : key(line.Row), line.Failure ?? results.Dequeue());
            }
        }
    }

    private static Line<TRow> Parse<TRow>(LineReader lines, string keyField) where TRow : class
    {
        if (lines.IsTooLong)
        {
            return new(lines.Number, null, null, Failed($"The line has more than {LineBytes} bytes."));
        }

        if (RowParser.Parse<TRow>(lines.Line, out var errors) is { } row)
        {
            return new(lines.Number, null, row, null);
        }

        var isCutOff = lines.IsUnfinished && !RowParser.IsJson(lines.Line);
        return new(
            lines.Number,
            RowParser.Peek(lines.Line, keyField),
            null,
            isCutOff ? Failed("The file ends in the middle of this row.") : new ImportedRow(RowOutcome.Failed, errors));
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

    /// <summary>A line of a batch: a row, or why it is none and the key it seems to have.</summary>
    private readonly record struct Line<TRow>(int Number, string? Key, TRow? Row, ImportedRow? Failure) where TRow : class;
}
