using Wholesale.Platform;
using Wholesale.Platform.Database;
using Wholesale.Platform.Events;

namespace Wholesale.Imports;

/// <summary>What became of a row.</summary>
/// <param name="Outcome">Applied, skipped or failed.</param>
/// <param name="Errors">Paths begin at the row. Empty unless it failed.</param>
internal sealed record ImportedRow(RowOutcome Outcome, IReadOnlyList<UserError> Errors)
{
    /// <summary>What became of the rows of a bulk call.</summary>
    public static IReadOnlyList<ImportedRow> Of<T>(BulkResult<T> result) where T : class =>
        [.. result.Rows.Select(row => new ImportedRow(row.Outcome, row.Errors))];
}

/// <summary>A kind of file: what its rows are, who may send it, and what writes them.</summary>
/// <param name="Name">As in <c>POST /imports/products</c>.</param>
/// <param name="Permission">What the caller needs besides IMPORTS_WRITE.</param>
/// <param name="Run">Takes a file.</param>
internal sealed record ImportKind(string Name, Permission Permission, Func<ImportRun, ValueTask> Run)
{
    /// <summary>A kind whose rows a room writes by a bulk function. A batch that was not committed for a reason that passes is written again.</summary>
    /// <param name="name">As in <c>POST /imports/products</c>.</param>
    /// <param name="permission">What the caller needs besides IMPORTS_WRITE.</param>
    /// <param name="keyField">The field that tells rows apart.</param>
    /// <param name="key">Its value.</param>
    /// <param name="write">Writes some rows inside a transaction; one result a row.</param>
    /// <param name="batchRows">Rows in a transaction: so many that others do not wait long for it.</param>
    public static ImportKind Of<TRow>(
        string name,
        Permission permission,
        string keyField,
        Func<TRow, string> key,
        Func<IServiceProvider, IReadOnlyList<TRow>, CancellationToken, ValueTask<IReadOnlyList<ImportedRow>>> write,
        int batchRows = ImportRun.BatchRows) where TRow : class =>
        new(name, permission, run => run.Read(
            keyField,
            key,
            batchRows,
            rows => WithRetries(run, services => services.GetRequiredService<Writes>().Run(run.Actor, () => write(services, rows, run.Cancellation), run.Cancellation))));

    /// <summary>
    /// Writes a batch in a scope of its own each time. Not again where nobody knows whether it was committed: a file says nothing of what was there before.
    /// </summary>
    private static async ValueTask<T> WithRetries<T>(ImportRun run, Func<IServiceProvider, ValueTask<T>> work)
    {
        var maxRetries = run.Services.GetRequiredService<DatabaseSettings>().MaxRetries;
        for (var retries = 0; ; retries++)
        {
            try
            {
                return await run.InScope(work);
            }
            catch (Exception exception) when (retries < maxRetries && WriteRetries.MayTryAgain(exception, isIdempotent: false))
            {
                // Others were in the way, or the server was: they are gone a moment later.
            }

            await Task.Delay(WriteRetries.Backoff(retries), run.Services.GetRequiredService<Clock>().TimeProvider, run.Cancellation);
        }
    }
}
