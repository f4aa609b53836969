using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace Wholesale.Platform.Database;

/// <summary>
/// A connection to SQLite that stays open until it is disposed of, and keeps what was prepared on it, so that a statement that was sent before is bound and run, and not parsed and planned again: EF
/// Core makes a command for each execution, and closes the connection after it. Every context of the pool has one. For one thread at a time, as all connections.
/// </summary>
/// <param name="connectionString">Which file.</param>
internal sealed class LastingConnection(string connectionString) : SqliteConnection(connectionString)
{
    /// <summary>How many statements are kept; those that were not sent for the longest time go first.</summary>
    public const int MaximumKept = 128;

    private readonly Dictionary<string, LinkedListNode<LastingCommand>> idle = [];
    private readonly LinkedList<LastingCommand> byUse = [];
    private int inUse;
    private bool isClosing;
    private bool isEnding;

    /// <summary>Whether only <see cref="End"/> disposes of it: EF Core disposes of a connection that a context is to use no more.</summary>
    public bool IsHeld { get; set; }

    /// <summary>Closes and disposes of it.</summary>
    public void End()
    {
        IsHeld = false;
        Dispose();
    }

    /// <summary>A command like one that was made, which ends; prepared already, if its text was sent before.</summary>
    public SqliteCommand Take(SqliteCommand made)
    {
        if (!LastingCommand.IsWorthKeeping(made))
        {
            return made;
        }

        LastingCommand command;
        if (idle.Remove(made.CommandText, out var found))
        {
            byUse.Remove(found);
            command = found.Value;
        }
        else
        {
            command = new() { CommandText = made.CommandText, Connection = this };
        }

        command.TakeOver(made);
        inUse++;
        return command;
    }

    /// <summary>Stays open, unless someone has left a transaction or a reader open, which end with it.</summary>
    public override void Close()
    {
        if (!isEnding && State == ConnectionState.Open && inUse == 0 && raw.sqlite3_get_autocommit(Handle) != 0)
        {
            return;
        }

        isClosing = true; // so that nothing comes back that was prepared on what is closed here
        while (byUse.First is { } first)
        {
            Drop(first.Value);
        }

        base.Close();
        isClosing = false;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (!IsHeld)
        {
            isEnding = true;
            base.Dispose(disposing);
        }
    }

    /// <summary>Takes a command back.</summary>
    /// <returns>False: it is not kept.</returns>
    private bool Return(LastingCommand command, bool isGood)
    {
        inUse--;
        if (!isGood || isClosing || idle.ContainsKey(command.CommandText))
        {
            return false;
        }

        idle.Add(command.CommandText, byUse.AddLast(command));
        if (byUse.Count > MaximumKept)
        {
            Drop(byUse.First!.Value);
        }

        return true;
    }

    private void Drop(LastingCommand command)
    {
        idle.Remove(command.CommandText, out var node);
        byUse.Remove(node!);
        command.End();
    }

    /// <summary>A command that goes back to its connection when it is disposed of.</summary>
    private sealed class LastingCommand : SqliteCommand
    {
        /// <summary>Longer values would stay in memory with the statement that they were bound to.</summary>
        private const int MaximumBound = 16_384;

        private State state;

        private enum State
        {
            /// <summary>Somebody uses it, and it is not known to end well, or holds much.</summary>
            Doubtful,

            /// <summary>Somebody uses it, and it can be sent again.</summary>
            Good,

            /// <summary>Nobody uses it.</summary>
            Idle,

            /// <summary>It is not kept any more.</summary>
            Ended,
        }

        /// <summary>Whether a command is of those that are sent again and again: upon rows.</summary>
        public static bool IsWorthKeeping(SqliteCommand command) => command.CommandText is ['S', 'E', 'L', 'E', 'C', 'T', ..] or ['I', 'N', 'S', 'E', 'R', 'T', ..]
            or ['U', 'P', 'D', 'A', 'T', 'E', ..] or ['D', 'E', 'L', 'E', 'T', 'E', ..] or ['W', 'I', 'T', 'H', ..];

        /// <summary>Takes another command's values and transaction, and ends that one.</summary>
        public void TakeOver(SqliteCommand made)
        {
            (state, Transaction, CommandTimeout) = (State.Doubtful, made.Transaction, made.CommandTimeout);
            foreach (SqliteParameter parameter in made.Parameters)
            {
                Parameters.Add(parameter);
            }

            made.Parameters.Clear();
            made.Dispose();
        }

        /// <inheritdoc/>
        public override SqliteDataReader ExecuteReader(CommandBehavior behavior)
        {
            state = State.Doubtful;
            var isSmall = Parameters.Cast<SqliteParameter>().All(parameter => parameter.Value is not (string { Length: > MaximumBound } or byte[] { Length: > MaximumBound }));
            var reader = base.ExecuteReader(behavior);
            state = isSmall ? State.Good : State.Doubtful;
            return reader;
        }

        /// <summary>Disposes of it.</summary>
        public void End()
        {
            state = State.Ended;
            Dispose();
        }

        /// <inheritdoc/>
        protected override void Dispose(bool disposing)
        {
            if (disposing && state == State.Idle)
            {
                return; // disposed of twice
            }

            if (disposing && state is State.Doubtful or State.Good)
            {
                var isGood = state == State.Good && DataReader is null;
                (state, Transaction) = (State.Idle, null);
                Parameters.Clear();
                if (((LastingConnection)Connection!).Return(this, isGood))
                {
                    return;
                }

                state = State.Ended;
            }

            base.Dispose(disposing);
        }
    }
}

/// <summary>Gives EF Core lasting connections: without its functions for decimals and regular expressions, for which no column and no query has a use.</summary>
internal sealed class LastingConnections : DbCommandInterceptor, IDbConnectionInterceptor
{
    private LastingConnections()
    {
    }

    /// <summary>The one there is.</summary>
    public static LastingConnections Instance { get; } = new();

    /// <inheritdoc/>
    public DbConnection ConnectionCreated(ConnectionCreatedEventData eventData, DbConnection result)
    {
        using (result)
        {
            return new LastingConnection(result.ConnectionString);
        }
    }

    /// <inheritdoc/>
    public override DbCommand CommandInitialized(CommandEndEventData eventData, DbCommand result) =>
        result is SqliteCommand { Connection: LastingConnection connection } command ? connection.Take(command) : result;
}
