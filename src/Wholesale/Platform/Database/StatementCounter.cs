using System.Data.Common;
using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Wholesale.Platform.Telemetry;

namespace Wholesale.Platform.Database;

/// <summary>
/// Counts the statements that read or change rows, as the database sees them: a command that holds three counts three times. What SQL Server's bulk copy sends is no
/// command, and is not counted. Thread-safe.
/// Also published as the counter <c>wholesale.database.statements</c> of the meter <c>Wholesale</c>.
/// </summary>
public sealed class StatementCounter : DbCommandInterceptor, IDisposable
{
    private readonly Meter meter = new("Wholesale");
    private readonly Counter<long> counter;
    private readonly StatementSpans? spans;
    private long total;

    /// <summary>A counter of its own, from 0.</summary>
    /// <param name="spans">Told of each command that holds a counted statement; null where nobody traces.</param>
    public StatementCounter(StatementSpans? spans = null)
    {
        this.spans = spans;
        counter = meter.CreateCounter<long>("wholesale.database.statements", "{statement}", "Statements that read or change rows.");
    }

    /// <summary>Statements so far.</summary>
    public long Total => Interlocked.Read(ref total);

    /// <summary>Gets the text of each command that holds a counted statement, before it runs, on the thread that runs it.</summary>
    public event Action<string>? Executing;

    /// <summary>How many statements of a command's text read or change rows: <c>BEGIN</c>, <c>PRAGMA</c>, <c>CREATE</c> and their like do not.</summary>
    public static int Count(ReadOnlySpan<char> sql) => Count(sql, out _);

    private static int Count(ReadOnlySpan<char> sql, out int first)
    {
        first = 0;
        var count = 0;
        var atStart = true;
        for (var i = 0; i < sql.Length;)
        {
            var c = sql[i];
            if (char.IsWhiteSpace(c) || c == ';')
            {
                atStart |= c == ';';
                i++;
            }
            else if (Skipped(sql[i..]) is var length and > 0)
            {
                i += length;
            }
            else
            {
                var word = Word(sql[i..]);
                if (atStart && word is "SELECT" or "WITH" or "VALUES" or "INSERT" or "UPDATE" or "DELETE" or "REPLACE" or "MERGE")
                {
                    first = count++ == 0 ? i : first;
                }

                atStart = false;
                i += Math.Max(1, word.Length);
            }
        }

        return count;
    }

    /// <inheritdoc/>
    public override InterceptionResult<DbDataReader> ReaderExecuting(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result) => Add(command, result);

    /// <inheritdoc/>
    public override InterceptionResult<object> ScalarExecuting(
        DbCommand command, CommandEventData eventData, InterceptionResult<object> result) => Add(command, result);

    /// <inheritdoc/>
    public override InterceptionResult<int> NonQueryExecuting(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result) => Add(command, result);

    /// <inheritdoc/>
    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default) =>
        new(Add(command, result));

    /// <inheritdoc/>
    public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default) =>
        new(Add(command, result));

    /// <inheritdoc/>
    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) =>
        new(Add(command, result));

    /// <inheritdoc/>
    public void Dispose() => meter.Dispose();

    private InterceptionResult<T> Add<T>(DbCommand command, InterceptionResult<T> result)
    {
        var count = Count(command.CommandText, out var first);
        if (count > 0)
        {
            Interlocked.Add(ref total, count);
            counter.Add(count);
            RequestTally.Current?.Add(count);
            spans?.Begin(command, count, first);
            Executing?.Invoke(command.CommandText);
        }

        return result;
    }

    /// <summary>The length of the comment, string or quoted name at the start, in which a semicolon parts nothing; 0 if there is none.</summary>
    private static int Skipped(ReadOnlySpan<char> sql) => sql switch
    {
        ['-', '-', ..] => Through(sql, 2, "\n"),
        ['/', '*', ..] => Through(sql, 2, "*/"),
        ['\'', ..] => Through(sql, 1, "'"), // a doubled quote inside reads as two strings in a row
        ['"', ..] => Through(sql, 1, "\""),
        ['[', ..] => Through(sql, 1, "]"),
        _ => 0,
    };

    private static int Through(ReadOnlySpan<char> sql, int start, string end) =>
        sql[start..].IndexOf(end) is var found and >= 0 ? start + found + end.Length : sql.Length;

    private static ReadOnlySpan<char> Word(ReadOnlySpan<char> sql)
    {
        var end = 0;
        while (end < sql.Length && (char.IsAsciiLetterOrDigit(sql[end]) || sql[end] == '_'))
        {
            end++;
        }

        return sql[..end];
    }
}
