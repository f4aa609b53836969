using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Wholesale.GraphQL.Execution;

namespace Wholesale.Platform.Database;

/// <summary>Why a database refused, whichever it is.</summary>
public enum DatabaseFault
{
    /// <summary>It did not, or for a reason that is a bug.</summary>
    None,

    /// <summary>Another writer wrote a row of the same key first.</summary>
    Duplicate,

    /// <summary>A row refers to one that is not there, or is referred to by one that is.</summary>
    Reference,

    /// <summary>Of two transactions that waited for each other this one was given up.</summary>
    Deadlock,

    /// <summary>A row that a snapshot was to change had been changed by another transaction.</summary>
    Overtaken,

    /// <summary>A statement took longer than it may.</summary>
    TimedOut,

    /// <summary>The turn to write did not come in time.</summary>
    Busy,

    /// <summary>There is no room left.</summary>
    Full,

    /// <summary>The server cannot be reached, or the connection was lost; or the file is away.</summary>
    Unreachable,
}

/// <summary>The one place that knows the databases' error numbers, and what clients are told of them.</summary>
internal static class DatabaseFaults
{
    /// <summary>The number of our own error for a lock that was not given in time: see <see cref="DatabaseLocks"/>.</summary>
    public const int LockNotGiven = 50_001;

    /// <summary>The number of our own error for a lock that two transactions waited for in a circle.</summary>
    public const int LockDeadlock = 50_003;

    /// <summary>The code of what another writer was faster with.</summary>
    public const string Conflict = ErrorCodes.Conflict;

    private const string SqlClient = "Microsoft.Data.SqlClient";

    // No translations of the client's texts are built in.
    private static readonly string[] Lost = ["open and available Connection", "The connection is closed", "This SqlTransaction has completed"];

    /// <summary>Why the database refused; <see cref="DatabaseFault.None"/> for whatever else went wrong.</summary>
    public static DatabaseFault Of(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case SqlException of:
                    return OfSqlServer(of);
                case SqliteException of:
                    return OfSqlite(of);
                case NotDurableException:
                    return DatabaseFault.Unreachable;
                case OvertakenException:
                    return DatabaseFault.Overtaken;
                case InvalidOperationException { Source: SqlClient } of when Lost.Any(words => of.Message.Contains(words, StringComparison.Ordinal)):
                    return DatabaseFault.Unreachable; // it was lost between two statements, and the client only sees that it is not open
                case InvalidOperationException { Source: SqlClient } of when of.Message.Contains("from the pool", StringComparison.Ordinal):
                    return DatabaseFault.Busy; // all connections were in use for too long
            }
        }

        return DatabaseFault.None;
    }

    /// <summary>Whether the same may succeed a moment later.</summary>
    public static bool IsPassing(this DatabaseFault fault) => fault is DatabaseFault.Deadlock or DatabaseFault.Overtaken or DatabaseFault.Unreachable;

    /// <summary>What a client is told; null where it is nothing but an internal error.</summary>
    public static GraphQLException? ErrorOf(Exception exception) => exception is CommitUnknownException unknown
        ? new GraphQLException(unknown.Message, "OUTCOME_UNKNOWN")
        : Of(exception) switch
        {
            DatabaseFault.None => null,
            DatabaseFault.Duplicate or DatabaseFault.Reference or DatabaseFault.Overtaken => new GraphQLException(
                "Another request changed the same at the same moment. Nothing of this one was; read again, then send it again.", Conflict),
            _ => new GraphQLException(Unavailable, "UNAVAILABLE"),
        };

    /// <summary>What is said of a database that cannot answer now.</summary>
    public const string Unavailable = "The database cannot be used now. Nothing was changed; try again.";

    private static DatabaseFault OfSqlServer(SqlException exception) => exception.Number switch
    {
        2601 or 2627 => DatabaseFault.Duplicate,
        547 => DatabaseFault.Reference,
        1205 or LockDeadlock => DatabaseFault.Deadlock,
        3957 or 3960 or 3961 or 3966 => DatabaseFault.Overtaken,
        -2 => DatabaseFault.TimedOut,
        LockNotGiven or 1204 or 1222 or 8628 or 8645 or 8651 => DatabaseFault.Busy,
        1105 or 9002 => DatabaseFault.Full,

        // The network's errors, those of a server that starts, stops or fails over, and those of Azure that ask to come again.
        -1 or 2 or 20 or 26 or 40 or 53 or 64 or 121 or 233 or 258 or 596 or 615 or 617 or 669 or 701 or 921 or 922 or 924 or 926 or 927 or 982 or 983 or 988 or 997
            or 4060 or 4221 or 6005 or 10053 or 10054 or 10060 or 10061 or 10922 or 10928 or 10929 or 10936 or 11001 or 14355 or 17142 or 17197
            or 18401 or 40143 or 40197 or 40501 or 40540 or 40613 or 40642 or 42108 or 42109 or 49918 or 49802 or 49919 or 49920 => DatabaseFault.Unreachable,
        _ => exception.Class >= 20 ? DatabaseFault.Unreachable : DatabaseFault.None, // from class 20 on the server has ended the connection
    };

    private static DatabaseFault OfSqlite(SqliteException exception) => exception switch
    {
        { SqliteErrorCode: 5 or 6 } => DatabaseFault.Busy,
        { SqliteErrorCode: 13 } => DatabaseFault.Full,
        { SqliteErrorCode: 8 or 10 or 14 } => DatabaseFault.Unreachable, // the file cannot be written, read or opened: its disk is away, or is another's by now
        { SqliteExtendedErrorCode: 2067 or 1555 } => DatabaseFault.Duplicate,
        { SqliteExtendedErrorCode: 787 } => DatabaseFault.Reference,
        _ => DatabaseFault.None,
    };
}

/// <summary>
/// What a writer had read was changed by another before it could change it itself, which a condition of its statement noticed: nothing of it may be committed. The same
/// may succeed a moment later.
/// </summary>
public sealed class OvertakenException(string message) : Exception(message);

/// <summary>The connection was lost while a change was committed, and the database did not come back in time to be asked whether it was.</summary>
public sealed class CommitUnknownException(Exception inner) : Exception(
    "The database did not say whether the change was made. Read before you send it again, or send it again with the same Idempotency-Key.", inner);
