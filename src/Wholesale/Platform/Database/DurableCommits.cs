namespace Wholesale.Platform.Database;

/// <summary>
/// Sees to it that nobody is told of what a loss of power could still undo. On SQLite a commit only writes the log; the disk is waited for here, outside the write gate, by one flush for all that
/// was committed until it began: so many writers share one wait, and the next one's turn does not stand in it. On SQL Server a commit is on disk when it returns, and nothing is ever waited for.
/// Thread-safe; one for a database.
/// </summary>
public sealed class DurableCommits
{
    private readonly Lock sync = new();
    private readonly Action<string> flush;
    private string file = "";
    private long begun;
    private long ended;
    private long durable;
    private TaskCompletionSource? committing;
    private TaskCompletionSource? flushing;
    private Exception? failure;

    /// <summary>Flushes the log that SQLite keeps beside its file.</summary>
    public DurableCommits()
        : this(FlushLog)
    {
    }

    /// <summary>Flushes otherwise.</summary>
    /// <param name="flush">Gets the path of the database.</param>
    internal DurableCommits(Action<string> flush) => this.flush = flush;

    /// <summary>A commit begins: from now on readers may see it. Called in the turn of whoever commits, so one at a time.</summary>
    /// <param name="databaseFile">The path of the database.</param>
    public void Begin(string databaseFile)
    {
        lock (sync)
        {
            file = databaseFile;
            begun++;
            committing = NewSignal();
        }
    }

    /// <summary>It has ended, well or not: the log has all of it.</summary>
    public void End()
    {
        TaskCompletionSource signal;
        lock (sync)
        {
            ended = begun;
            signal = committing!;
        }

        signal.SetResult();
    }

    /// <summary>All that anyone can have seen until now is on disk: at once where nothing was committed since the last flush.</summary>
    /// <exception cref="NotDurableException">
    /// A flush failed. What was committed since the one before may be lost, and no later flush could tell; so this is thrown from then on, and the process is to be started again.
    /// </exception>
    public ValueTask Reached()
    {
        var mine = Interlocked.Read(ref begun);
        return Interlocked.Read(ref durable) >= mine ? ValueTask.CompletedTask : new(Reach(mine));
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task Reach(long mine)
    {
        while (!IsReached(mine, out var others))
        {
            await others; // a commit that runs; or a flush, which may have begun too early for this one
        }
    }

    /// <summary>Flushes, if nobody does and there is a reason.</summary>
    /// <param name="mine">So many commits are to be on disk.</param>
    /// <param name="others">What is to be waited for, if they are not.</param>
    private bool IsReached(long mine, out Task others)
    {
        others = Task.CompletedTask;
        long upTo;
        lock (sync)
        {
            if (failure is not null)
            {
                throw new NotDurableException(failure);
            }

            if (durable >= mine)
            {
                return true;
            }

            if (ended < mine || flushing is not null)
            {
                others = (flushing ?? committing!).Task;
                return false;
            }

            flushing = NewSignal();
            upTo = ended;
        }

        Flush(upTo);
        return false; // it is looked again
    }

    private void Flush(long upTo)
    {
        Exception? error = null;
        try
        {
            flush(file);
        }
        catch (Exception exception)
        {
            error = exception; // told to all who wait, and to whoever comes
        }

        TaskCompletionSource signal;
        lock (sync)
        {
            if (error is null)
            {
                Interlocked.Exchange(ref durable, upTo);
            }

            failure ??= error;
            signal = flushing!;
            flushing = null;
        }

        signal.SetResult();
    }

    /// <summary>
    /// Opened anew each time: while a connection is open, as the one of whoever waits is, the path is that of the log in use. Without a log all of it is in the database, and was flushed with it.
    /// </summary>
    private static void FlushLog(string databaseFile)
    {
        try
        {
            using var log = File.OpenHandle($"{databaseFile}-wal", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            RandomAccess.FlushToDisk(log);
        }
        catch (FileNotFoundException)
        {
            // Nothing is left to be flushed.
        }
    }
}

/// <summary>It cannot be said whether what was committed is on disk.</summary>
/// <param name="inner">What the flush failed of.</param>
public sealed class NotDurableException(Exception inner) : Exception("The log of the database could not be flushed to disk: what was committed last may be lost. The process is to be started again.", inner);
