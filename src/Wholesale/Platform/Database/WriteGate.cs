using System.Diagnostics;
using System.Diagnostics.Metrics;
using Wholesale.Platform.Telemetry;

namespace Wholesale.Platform.Database;

/// <summary>
/// Lets one write at a time to a database that takes one at a time, strictly in the order of asking. Without it SQLite's driver would have each
/// writer sleep and try again on a blocked thread, and luck would decide who goes first. Thread-safe; not reentrant.
/// How long each turn takes is published as the histogram <c>wholesale.database.turn</c> of the meter <c>Wholesale</c>, in seconds.
/// </summary>
public sealed class WriteGate
{
    /// <summary>The name of the histogram of turns.</summary>
    public const string TurnInstrument = "wholesale.database.turn";

    private static readonly Meter Meter = new("Wholesale");
    private static readonly Histogram<double> Turns = Meter.CreateHistogram<double>(TurnInstrument, "s", "How long writers have the database to themselves.", advice: Seconds.Advice);

    private readonly Lock sync = new();

    /// <summary>Waits for the disk, which no turn does.</summary>
    public DurableCommits Commits { get; init; } = new();

    private readonly LinkedList<TaskCompletionSource<Turn>> waiting = new();
    private bool taken;

    /// <summary>How many wait now.</summary>
    public int Waiting
    {
        get
        {
            lock (sync)
            {
                return waiting.Count;
            }
        }
    }

    /// <summary>Waits for its turn, which lasts until it is disposed of.</summary>
    /// <param name="cancellation">Gives up the place in the line. A turn that was given already is kept.</param>
    /// <exception cref="OperationCanceledException">It was cancelled before its turn.</exception>
    public ValueTask<Turn> Enter(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        LinkedListNode<TaskCompletionSource<Turn>> place;
        lock (sync)
        {
            if (!taken)
            {
                taken = true;
                return new ValueTask<Turn>(new Turn(this));
            }

            // Whoever passes the turn on must not run the next one's work inside its own call.
            place = waiting.AddLast(new TaskCompletionSource<Turn>(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        return Wait(place, cancellation);
    }

    private async ValueTask<Turn> Wait(LinkedListNode<TaskCompletionSource<Turn>> place, CancellationToken cancellation)
    {
        using var span = Tracing.Wait("wait for a turn to write");
        await using var registration = cancellation.UnsafeRegister(_ => Leave(place, cancellation), null);
        return await place.Value.Task;
    }

    private void Leave(LinkedListNode<TaskCompletionSource<Turn>> place, CancellationToken cancellation)
    {
        lock (sync)
        {
            if (place.List is null)
            {
                return; // its turn has come meanwhile
            }

            waiting.Remove(place);
        }

        place.Value.SetCanceled(cancellation);
    }

    private void PassOn()
    {
        TaskCompletionSource<Turn> next;
        lock (sync)
        {
            if (waiting.First is not { } first)
            {
                taken = false;
                return;
            }

            waiting.RemoveFirst();
            next = first.Value;
        }

        next.SetResult(new Turn(this));
    }

    /// <summary>The right to write.</summary>
    public sealed class Turn : IDisposable
    {
        private readonly long start = Stopwatch.GetTimestamp();
        private WriteGate? gate;

        internal Turn(WriteGate gate) => this.gate = gate;

        /// <summary>Lets the next one in; a second call does nothing.</summary>
        public void Dispose()
        {
            if (Interlocked.Exchange(ref gate, null) is { } passed)
            {
                Turns.Record(Stopwatch.GetElapsedTime(start).TotalSeconds);
                passed.PassOn();
            }
        }
    }
}
