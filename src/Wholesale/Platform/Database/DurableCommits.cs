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
    private long committed;
    private long durable;
    private TaskCompletionSource? running;
    private Exception? failure;

    /// <summary>Flushes the log that SQLite keeps beside its file.</summary>
    public DurableCommits()
        : this(FlushLog)
    {
    }

    /// <summary>Flushes otherwise.</summary>
    /// <param name="flush">Gets the path of the database.</param>
    internal DurableCommits(Action<string> flush) => this.flush = flush;

    /// <summary>Something was committed, and its log may not be on disk yet. Called in the turn of whoever committed.</summary>
    /// <param name="databaseFile">The path of the database.</param>
    public void Note(string databaseFile)
    {
        file = databaseFile;
        Interlocked.Increment(ref committed);
    }

    /// <summary>All that was committed until now is on disk: at once where nothing was since the last flush.</summary>
    /// <exception cref="NotDurableException">
    /// A flush failed. What was committed since the one before may be lost, and no later flush could tell; so this is thrown from then on, and the process is to be started again.
    /// </exception>
    public ValueTask Reached()
    {
        var mine = Interlocked.Read(ref committed);
        return Interlocked.Read(ref durable) >= mine ? ValueTask.CompletedTask : new(Reach(mine));
    }

    private async Task Reach(long mine)
    {
        while (true)
        {
            Task others;
            lock (sync)
            {
                if (failure is not null)
                {
                    throw new NotDurableException(failure);
                }

                if (durable >= mine)
                {
                    return;
                }

                if (running is null)
                {
                    running = new(TaskCreationOptions.RunContinuationsAsynchronously);
                    break;
                }

                others = running.Task;
            }

            await others; // which may have begun before this was committed: then it is looked again
        }

        Flush();
        lock (sync)
        {
            if (failure is not null)
            {
                throw new NotDurableException(failure);
            }
        }
    }

    private void Flush()
    {
        var upTo = Interlocked.Read(ref committed);
        Exception? error = null;
        try
        {
            flush(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            error = exception;
        }

        TaskCompletionSource ended;
        lock (sync)
        {
            if (error is null)
            {
                Interlocked.Exchange(ref durable, upTo);
            }

            failure ??= error;
            ended = running!;
            running = null;
        }

        ended.SetResult();
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
