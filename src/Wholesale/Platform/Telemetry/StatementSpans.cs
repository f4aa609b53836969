using System.Buffers;
using System.Data.Common;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Wholesale.Platform.Database;

namespace Wholesale.Platform.Telemetry;

/// <summary>
/// A span for each command of a request: its text without the values of its parameters, and how long it took, the reading of its rows included. By the semantic conventions
/// for database client spans. What begins is told by <see cref="StatementCounter"/>, which reads the text; what ends, by EF Core. Thread-safe.
/// </summary>
public sealed class StatementSpans : DbCommandInterceptor
{
    /// <summary>Characters of a command's text that are told.</summary>
    public const int MaxTextLength = 8_000;

    private static readonly SearchValues<char> NameEnds = SearchValues.Create(" (,;\n\r");

    private readonly ConditionalWeakTable<DbCommand, Activity> running = [];

    /// <inheritdoc/>
    public override int NonQueryExecuted(DbCommand command, CommandExecutedEventData eventData, int result) => End(command, result);

    /// <inheritdoc/>
    public override ValueTask<int> NonQueryExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default) => new(End(command, result));

    /// <inheritdoc/>
    public override object? ScalarExecuted(DbCommand command, CommandExecutedEventData eventData, object? result) => End(command, result);

    /// <inheritdoc/>
    public override ValueTask<object?> ScalarExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, object? result, CancellationToken cancellationToken = default) => new(End(command, result));

    /// <summary>The end of a query: SQLite works while its rows are read.</summary>
    public override InterceptionResult DataReaderDisposing(DbCommand command, DataReaderDisposingEventData eventData, InterceptionResult result) => End(command, result);

    /// <inheritdoc/>
    public override void CommandFailed(DbCommand command, CommandErrorEventData eventData) => Fail(command, eventData.Exception);

    /// <inheritdoc/>
    public override Task CommandFailedAsync(DbCommand command, CommandErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        Fail(command, eventData.Exception);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override void CommandCanceled(DbCommand command, CommandEndEventData eventData) => Fail(command, new OperationCanceledException());

    /// <inheritdoc/>
    public override Task CommandCanceledAsync(DbCommand command, CommandEndEventData eventData, CancellationToken cancellationToken = default)
    {
        CommandCanceled(command, eventData);
        return Task.CompletedTask;
    }

    /// <summary>A command begins.</summary>
    /// <param name="command">Not run yet.</param>
    /// <param name="count">How many statements are in it.</param>
    /// <param name="first">Where in its text the first of them begins.</param>
    internal void Begin(DbCommand command, int count, int first)
    {
        if (RequestTally.Current?.TakesSpan() != true)
        {
            return;
        }

        var request = Activity.Current;
        var (operation, table) = Summary(command.CommandText.AsSpan(first));
        var span = Tracing.Source.StartActivity(table is null ? operation : $"{operation} {table}", ActivityKind.Client);
        Activity.Current = request; // the database driver's own flow of control is not ours
        if (span is null)
        {
            return;
        }

        span.SetTag("db.query.summary", span.DisplayName);
        span.SetTag("db.operation.name", operation);
        span.SetTag("db.collection.name", table);
        span.SetTag("db.query.text", command.CommandText.Length > MaxTextLength ? command.CommandText[..MaxTextLength] : command.CommandText);
        span.SetTag("db.operation.batch.size", count > 1 ? count : null);
        Describe(span, command.Connection);
        running.AddOrUpdate(command, span);
    }

    /// <summary>What a statement does, and to which table first.</summary>
    /// <param name="sql">Begins with the statement's first word.</param>
    internal static (string Operation, string? Table) Summary(ReadOnlySpan<char> sql)
    {
        var end = sql.IndexOfAnyExceptInRange('A', 'Z');
        var operation = sql[..(end < 0 ? sql.Length : end)].ToString();
        var marker = operation switch { "INSERT" or "REPLACE" or "MERGE" => "INTO ", "UPDATE" => "UPDATE ", _ => "FROM " };
        while (sql.IndexOf(marker) is var found and >= 0)
        {
            sql = sql[(found + marker.Length)..];
            if (NameAt(sql) is { Length: > 0 } name)
            {
                return (operation, name.ToString());
            }
        }

        return (operation, null);
    }

    /// <summary>The table's name at the start, without its quotes; empty where something else stands, such as a query in parentheses.</summary>
    private static ReadOnlySpan<char> NameAt(ReadOnlySpan<char> sql) => sql switch
    {
        ['"', ..] => Until(sql[1..], '"'),
        ['[', ..] => Until(sql[1..], ']'),
        [var c, ..] when char.IsAsciiLetter(c) => sql[..(sql.IndexOfAny(NameEnds) is var end and >= 0 ? end : sql.Length)],
        _ => [],
    };

    private static ReadOnlySpan<char> Until(ReadOnlySpan<char> sql, char end) => sql[..Math.Max(sql.IndexOf(end), 0)];

    private static void Describe(Activity span, DbConnection? connection)
    {
        if (connection is SqliteConnection)
        {
            span.SetTag("db.system.name", "sqlite");
            return;
        }

        span.SetTag("db.system.name", "microsoft.sql_server");
        span.SetTag("db.namespace", connection?.Database);
        span.SetTag("server.address", connection?.DataSource);
    }

    private T End<T>(DbCommand command, T result)
    {
        if (running.TryGetValue(command, out var span))
        {
            running.Remove(command);
            var request = Activity.Current;
            span.Stop();
            Activity.Current = request;
        }

        return result;
    }

    private void Fail(DbCommand command, Exception exception)
    {
        if (running.TryGetValue(command, out var span))
        {
            span.SetStatus(ActivityStatusCode.Error);
            span.SetTag("error.type", exception.GetType().FullName);
            span.SetTag("db.response.status_code", exception switch
            {
                SqlException { Number: var number } => $"{number}",
                SqliteException { SqliteExtendedErrorCode: var code } => $"{code}",
                _ => null,
            });
        }

        End(command, exception);
    }
}
