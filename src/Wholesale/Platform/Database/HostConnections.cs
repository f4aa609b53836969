using System.Data;
using Microsoft.EntityFrameworkCore;

namespace Wholesale.Platform.Database;

/// <summary>
/// The connections of a host to SQLite, which all last as long as it: one for each context of the pool to read by, and one that all writes go through, each in its turn. A connection whose file another
/// one writes to forgets every page it has read, so writers that take turns on connections of their own would begin with nothing each time. On SQL Server there are none. One a process; thread-safe but
/// for <see cref="Lend"/>, which the write gate lets one do at a time.
/// </summary>
public sealed class HostConnections : IDisposable
{
    /// <summary>How many contexts are kept in the pool, and connections with them: each holds pages and statements.</summary>
    public const int Maximum = 128;

    private readonly Lock sync = new();

    /// <summary>Those of contexts, and by how many scopes each is used: two for the moment in which one has given its context back and another has it.</summary>
    private readonly Dictionary<LastingConnection, int> adopted = [];
    private LastingConnection? writer;
    private bool isLent;
    private bool isOver;

    /// <summary>A context begins to be used. Its connection, if it is not one of too many, is from now on no longer EF Core's to close; what someone has left open on it is closed.</summary>
    /// <param name="db">Fresh from the pool.</param>
    /// <returns>The connection, to be told when it is used no more; null: EF Core's.</returns>
    internal LastingConnection? Adopt(WholesaleDb db)
    {
        if (db.Database.GetDbConnection() is not LastingConnection connection)
        {
            return null;
        }

        bool isNew;
        lock (sync)
        {
            isNew = !adopted.TryGetValue(connection, out var scopes);
            if (isOver || (isNew && adopted.Count == Maximum))
            {
                return null;
            }

            adopted[connection] = scopes + 1;
        }

        if (isNew)
        {
            connection.IsHeld = true;
            db.Database.SetDbConnection(null); // to the same one it is not set
            db.Database.SetDbConnection(connection);
        }
        else
        {
            connection.Close();
        }

        return connection;
    }

    /// <summary>A scope has given its context back.</summary>
    internal void Return(LastingConnection connection)
    {
        lock (sync)
        {
            if (--adopted[connection] == 0 && isOver)
            {
                connection.End();
            }
        }
    }

    /// <summary>Has a context that was adopted use the writers' connection until what is returned is disposed of.</summary>
    /// <returns>Null: it goes on with its own.</returns>
    internal IDisposable? Lend(WholesaleDb db)
    {
        if (db.Database.GetDbConnection() is not LastingConnection { IsHeld: true } own)
        {
            return null;
        }

        lock (sync)
        {
            if (isOver)
            {
                return null;
            }

            writer ??= Open(own.ConnectionString);
            isLent = true;
        }

        db.Database.SetDbConnection(writer);
        return new Loan(this, db, own);
    }

    /// <summary>Closes those that nobody uses; what still runs closes the others.</summary>
    public void Dispose()
    {
        lock (sync)
        {
            isOver = true;
            EndWriter();
            foreach (var (connection, scopes) in adopted)
            {
                if (scopes == 0)
                {
                    connection.End();
                }
            }
        }
    }

    private static LastingConnection Open(string connectionString)
    {
        var opened = new LastingConnection(connectionString) { IsHeld = true };
        opened.Open();
        SqliteConnectionSetup.Flushed.SetUp(opened);
        return opened;
    }

    private void EndWriter()
    {
        if (!isLent)
        {
            writer?.End();
            writer = null;
        }
    }

    private void TakeBack(WholesaleDb db, LastingConnection own)
    {
        db.Database.SetDbConnection(own);
        writer!.Close(); // if a transaction could not be ended, or a reader was left open; else it stays as it is
        lock (sync)
        {
            isLent = false;
            if (isOver || writer.State != ConnectionState.Open)
            {
                EndWriter();
            }
        }
    }

    private sealed class Loan(HostConnections connections, WholesaleDb db, LastingConnection own) : IDisposable
    {
        public void Dispose() => connections.TakeBack(db, own);
    }
}

/// <summary>The context of a scope and its connection, which is told when the scope has given the context back: whoever is made first is disposed of last.</summary>
internal sealed class ScopeConnection(HostConnections connections) : IDisposable
{
    private LastingConnection? connection;

    /// <summary>The scope's context, fresh from the pool.</summary>
    public WholesaleDb Adopt(WholesaleDb db)
    {
        connection = connections.Adopt(db);
        return db;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (connection is not null)
        {
            connections.Return(connection);
        }
    }
}
