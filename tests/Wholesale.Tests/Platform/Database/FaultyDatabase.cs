using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Wholesale.Tests.Platform.Database;

/// <summary>Lets transactions fail as a network would: before they are committed, or after, when only the answer is lost.</summary>
internal sealed class FaultyDatabase : DbTransactionInterceptor
{
    private Func<Exception?>? before;
    private Func<Exception?>? after;
    private Func<Exception?>? beginning;

    /// <summary>The next commits fail with these before the database hears of them; those that are null succeed.</summary>
    public void LoseBeforeCommit(params Exception?[] errors) => before = InTurn(errors);

    /// <summary>The next commits fail with these although the database carried them out.</summary>
    public void LoseAfterCommit(params Exception?[] errors) => after = InTurn(errors);

    /// <summary>The next transactions do not begin, for these reasons; those that are null do.</summary>
    public void RefuseToBegin(params Exception?[] errors) => beginning = InTurn(errors);

    /// <summary>From now on each of these fails by chance, in so many of a hundred; 0 ends it.</summary>
    public void LoseByChance(int seed, int percent, Func<Exception> error)
    {
        var random = new Random(seed);
        Exception? Chance()
        {
            lock (random)
            {
                return random.Next(100) < percent ? error() : null;
            }
        }

        before = after = beginning = percent == 0 ? null : Chance;
    }

    public override ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
        DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result, CancellationToken cancellationToken = default)
    {
        if (beginning?.Invoke() is { } error)
        {
            throw error;
        }

        return base.TransactionStartingAsync(connection, eventData, result, cancellationToken);
    }

    public override ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        if (before?.Invoke() is { } error)
        {
            throw error;
        }

        return base.TransactionCommittingAsync(transaction, eventData, result, cancellationToken);
    }

    public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (after?.Invoke() is { } error)
        {
            throw error;
        }

        return base.TransactionCommittedAsync(transaction, eventData, cancellationToken);
    }

    private static Func<Exception?> InTurn(Exception?[] errors)
    {
        var left = new Queue<Exception?>(errors);
        return () => left.TryDequeue(out var error) ? error : null;
    }
}

/// <summary>Lets a statement fail, as if it went by a connection of its own.</summary>
internal sealed class FaultyStatements : DbCommandInterceptor
{
    private (string Part, Exception Error)? next;

    /// <summary>The next statement that holds these words fails.</summary>
    public void LoseNext(string part, Exception error) => next = (part, error);

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        if (next is { } fault && command.CommandText.Contains(fault.Part, StringComparison.Ordinal))
        {
            next = null;
            throw fault.Error;
        }

        return base.ReaderExecutingAsync(command, eventData, result, cancellationToken);
    }
}
