using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Wholesale.Platform;

namespace Wholesale.Imports;

/// <summary>
/// The answer to an import: a line for each row that was not carried out, then the counts. It is kept aside, in memory and then on disk, while the file is
/// read: most clients do not read an answer before they have sent everything, and would wait for us while we wait for them.
/// </summary>
internal sealed class ImportReport : IAsyncDisposable
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly FileBufferingWriteStream lines = new();
    private long applied;
    private long skipped;
    private long failed;

    /// <summary>Counts a row, and tells of it unless it was carried out.</summary>
    /// <param name="number">Its line in the file, from 1.</param>
    /// <param name="key">Its key; null if it could not be read.</param>
    /// <param name="row">What became of it.</param>
    public void Add(int number, string? key, ImportedRow row)
    {
        switch (row.Outcome)
        {
            case RowOutcome.Applied:
                applied++;
                return;
            case RowOutcome.Skipped:
                skipped++;
                break;
            default:
                failed++;
                break;
        }

        Write(json =>
        {
            json.WriteNumber("row", number);
            WriteFate(json, row.Outcome == RowOutcome.Skipped ? "SKIPPED" : "FAILED", key, row.Errors);
        });
    }

    /// <summary>Takes back rows that were counted as carried out, all for one reason: it concerns no one row.</summary>
    public void TakeBack(int rows, string key, UserError error)
    {
        applied -= rows;
        failed += rows;
        Write(json =>
        {
            json.WriteNull("row");
            WriteFate(json, "FAILED", key, [error]);
        });
    }

    /// <summary>Adds the counts and sends everything.</summary>
    public async ValueTask Send(Stream target, CancellationToken cancellation)
    {
        Write(json =>
        {
            json.WriteNumber("received", applied + skipped + failed);
            json.WriteNumber("applied", applied);
            json.WriteNumber("skipped", skipped);
            json.WriteNumber("failed", failed);
        });
        await lines.DrainBufferAsync(target, cancellation);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => lines.DisposeAsync();

    private static void WriteFate(Utf8JsonWriter json, string status, string? key, IReadOnlyList<UserError> errors)
    {
        json.WriteString("status", status);
        json.WriteString("key", key);
        json.WriteStartArray("errors");
        foreach (var error in errors)
        {
            json.WriteStartObject();
            json.WriteString("code", error.Code);
            json.WriteString("message", error.Message);
            json.WritePropertyName("path");
            JsonSerializer.Serialize(json, error.Path);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void Write(Action<Utf8JsonWriter> members)
    {
        using (var json = new Utf8JsonWriter(lines, Relaxed))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        lines.WriteByte((byte)'\n');
    }
}
