using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Wholesale.Bench.Orders;

/// <summary>
/// The statements of one mutation or several, as the product sent them, to be sent again by hand: each transaction with its commands, prepared once, on one connection. Ids that were new when they
/// were recorded, event numbers and order numbers are moved on at each replay, so that it writes as many new rows as the original did.
/// </summary>
internal sealed partial class StatementTape : DbCommandInterceptor, IDbTransactionInterceptor
{
    private readonly List<Entry> entries = [];
    private long firstNewId;
    private bool isOn;

    /// <summary>How many statements there are, those that begin and end transactions apart.</summary>
    public int Statements => entries.Count(entry => entry.Sql is not null);

    /// <summary>How many of them the first mutation sent.</summary>
    public int OfFirst => entries.TakeWhile(entry => entry is not { Sql: null, Begins: false }).Count(entry => entry.Sql is not null);

    /// <summary>How many transactions there are.</summary>
    public int Transactions => entries.Count(entry => entry is { Sql: null, Begins: true });

    /// <summary>Records from now on.</summary>
    /// <param name="id">Greater ids are new.</param>
    public void Begin(long id) => (firstNewId, isOn) = (id, true);

    /// <summary>Records no more.</summary>
    public void End() => isOn = false;

    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result) => Note(command, result);

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default) => new(Note(command, result));

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) => new(Note(command, result));

    public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default) => new(Note(command, result));

    public ValueTask<DbTransaction> TransactionStartedAsync(DbConnection connection, TransactionEndEventData eventData, DbTransaction result, CancellationToken cancellationToken = default)
    {
        Add(new(null, [], Begins: true));
        return new(result);
    }

    public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Add(new(null, [], Begins: false));
        return Task.CompletedTask;
    }

    /// <summary>Sends all of it again, again and again, for some time.</summary>
    /// <param name="file">The database, of which nobody else makes use.</param>
    /// <param name="start">How often it was sent before.</param>
    /// <param name="seconds">For how long.</param>
    /// <returns>How often it was sent.</returns>
    public int Replay(string file, int start, double seconds)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        Execute(connection, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;");
        var commands = entries.ConvertAll(entry => Prepare(connection, entry));
        var events = entries.Sum(entry => entry.Sql?.Contains("INTO \"Events\"", StringComparison.Ordinal) == true ? EventNumber().Count((string)entry.Values[0].Value!) : 0);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var rounds = 0;
        for (; clock.Elapsed.TotalSeconds < seconds; rounds++)
        {
            SendOnce(connection, commands, start + rounds + 1, events);
        }

        commands.ForEach(command => command?.Dispose());
        return rounds;
    }

    private void SendOnce(SqliteConnection connection, List<SqliteCommand?> commands, int round, int events)
    {
        SqliteTransaction? transaction = null;
        for (var i = 0; i < entries.Count; i++)
        {
            if (commands[i] is not { } command)
            {
                if (entries[i].Begins)
                {
                    transaction = connection.BeginTransaction();
                }
                else
                {
                    transaction!.Commit();
                    transaction.Dispose();
                    transaction = null;
                }

                continue;
            }

            command.Transaction = transaction;
            for (var p = 0; p < entries[i].Values.Count; p++)
            {
                command.Parameters[p].Value = Moved(entries[i].Values[p].Value, round, events, entries[i].Sql!);
            }

            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                for (var column = 0; column < reader.FieldCount; column++)
                {
                    _ = reader.GetValue(column); // as whoever asked would
                }
            }
        }
    }

    private object? Moved(object? value, int round, int events, string sql) => value switch
    {
        long id when id > firstNewId => id + (round * 1_000_000_000_000L),
        string text => OrderNumber().Replace(
            NewId().Replace(
                sql.Contains("INTO \"Events\"", StringComparison.Ordinal) ? EventNumber().Replace(text, number => Sum(number, (long)round * events, "[", ",")) : text,
                id => long.Parse(id.Value, CultureInfo.InvariantCulture) > firstNewId ? Sum(id, round * 1_000_000_000_000L, "", "") : id.Value),
            number => string.Create(CultureInfo.InvariantCulture, $"ORD-{int.Parse(number.ValueSpan[4..], CultureInfo.InvariantCulture) + round:000000}")),
        _ => value,
    };

    private static string Sum(Match number, long more, string before, string after) =>
        string.Create(CultureInfo.InvariantCulture, $"{before}{long.Parse(number.Value.AsSpan(before.Length, number.Length - before.Length - after.Length), CultureInfo.InvariantCulture) + more}{after}");

    private static SqliteCommand? Prepare(SqliteConnection connection, Entry entry)
    {
        if (entry.Sql is null)
        {
            return null;
        }

        var command = connection.CreateCommand();
        command.CommandText = entry.Sql;
        foreach (var (name, value) in entry.Values)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        command.Prepare();
        return command;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private InterceptionResult<T> Note<T>(DbCommand command, InterceptionResult<T> result)
    {
        Add(new(command.CommandText, [.. command.Parameters.Cast<DbParameter>().Select(parameter => (parameter.ParameterName, parameter.Value is DBNull ? null : parameter.Value))], Begins: false));
        return result;
    }

    private void Add(Entry entry)
    {
        if (isOn)
        {
            entries.Add(entry);
        }
    }

    [GeneratedRegex(@"\b\d{17,19}\b")]
    private static partial Regex NewId();

    [GeneratedRegex(@"(?<=^\[|\],)\[\d+,")]
    private static partial Regex EventNumber();

    [GeneratedRegex(@"ORD-\d{6}")]
    private static partial Regex OrderNumber();

    private sealed record Entry(string? Sql, IReadOnlyList<(string Name, object? Value)> Values, bool Begins);
}
