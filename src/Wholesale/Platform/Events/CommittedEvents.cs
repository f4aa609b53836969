using System.Diagnostics.CodeAnalysis;

namespace Wholesale.Platform.Events;

/// <summary>
/// What is committed, told to this process's caches and streams: of a writer of this process before it has its answer, of another node's as soon as
/// <see cref="LogTail"/> has read it. Of one node in commit order, of several as they are heard of; some are told twice. Thread-safe; one a process.
/// </summary>
/// <param name="log">Is told of listeners that fail.</param>
public sealed class CommittedEvents(ILogger<CommittedEvents> log)
{
    /// <summary>How many of the newest events are kept in memory, for those who follow the log.</summary>
    public const int Kept = 1_000;

    /// <summary>How many characters of <see cref="Event.Data"/> they may have together.</summary>
    private const int KeptCharacters = 1_000_000;

    /// <summary>This process's commits that may wait for what is in between.</summary>
    private const int MostAhead = 5_000;

    private readonly Lock sync = new();

    /// <summary>This process's commits behind which there is an event that was not heard of yet.</summary>
    private readonly Dictionary<long, Event> ahead = [];

    /// <summary>What caches were told of and nobody else.</summary>
    private readonly List<Event> unpublished = [];

    /// <summary>The newest events without a gap, the last of them <see cref="newest"/>.</summary>
    private readonly List<Event> recent = [];

    private volatile Listener[] listeners = [];
    private TaskCompletionSource news = New();
    private Event? newest;
    private bool isFollowed;
    private int recentCharacters;
    private long lookedAt = long.MinValue;
    private int pasts;

    /// <summary>
    /// When the log was last looked at, by the clock's timestamp: all that was committed before is told. <see cref="long.MinValue"/>: not yet, or not since
    /// all was forgotten.
    /// </summary>
    public long LookedAt => Volatile.Read(ref lookedAt);

    /// <summary>The newest event up to which all are told; null if there is none, or nothing is known of the log.</summary>
    internal Event? Newest
    {
        get
        {
            lock (sync)
            {
                return newest;
            }
        }
    }

    private long NewestNumber => newest?.Number ?? 0;

    /// <summary>Whether this process has committed something behind what it has not heard of yet.</summary>
    internal bool IsBehind
    {
        get
        {
            lock (sync)
            {
                return ahead.Count > 0;
            }
        }
    }

    /// <summary>Another number when the log was found to go on from another past: who followed it cannot go on.</summary>
    public int Past => Volatile.Read(ref pasts);

    /// <summary>Ends when something is told. To be taken before looking, so that nothing falls in between.</summary>
    public Task News => Volatile.Read(ref news).Task;

    /// <summary>What this process has committed, before its writer has its answer.</summary>
    public event Action<IReadOnlyList<Event>>? Written;

    /// <summary>Adds a listener, for as long as the process runs.</summary>
    /// <param name="told">Gets the events of one commit, or of several. It only marks what is stale: the next writer waits for it.</param>
    /// <param name="forget">What was told may be wrong, or not all: nothing that was known before is to be believed.</param>
    public void Subscribe(Action<IReadOnlyList<Event>> told, Action forget)
    {
        lock (sync)
        {
            listeners = [.. listeners, new(told, forget)];
        }
    }

    /// <summary>Tells caches what this process has committed. To be called before <see cref="Publish"/>: what is kept counts as told, and may be what <see cref="LookedAt"/> speaks of.</summary>
    internal void Tell(IReadOnlyList<Event> events)
    {
        TellCaches(events);
        lock (sync)
        {
            unpublished.AddRange(events);
        }
    }

    private void TellCaches(IReadOnlyList<Event> events)
    {
        foreach (var listener in events.Count == 0 ? [] : listeners)
        {
            Run(() => listener.Told(events), events[0].Number);
        }
    }

    /// <summary>Tells those who follow the log, and other nodes, what this process has committed and nothing can undo any more.</summary>
    /// <param name="last">The last of it: all that caches were told of before that is published with it, if it was not yet.</param>
    internal void Publish(Event last)
    {
        List<Event> events;
        lock (sync)
        {
            events = [.. unpublished.Where(e => e.Number <= last.Number).OrderBy(e => e.Number)]; // writers of lanes of their own may have told of theirs in another order
            unpublished.RemoveAll(e => e.Number <= last.Number);
        }

        if (events.Count == 0)
        {
            return;
        }

        lock (sync)
        {
            foreach (var happened in isFollowed ? events.Where(e => e.Number > NewestNumber) : [])
            {
                ahead.TryAdd(happened.Number, happened);
            }

            KeepOn();
        }

        SignalNews();
        Run(() => Written?.Invoke(events), events[0].Number);
        if (ahead.Count > MostAhead)
        {
            Forget(hasOtherPast: false); // the log cannot be read, though it can be written
        }
    }

    /// <summary>The newest event up to which there is no gap. False: nothing is known of the log, and it is to be begun with <see cref="Begin"/>.</summary>
    /// <param name="event">Null of an empty log.</param>
    internal bool TryGetNewest(out Event? @event)
    {
        lock (sync)
        {
            @event = newest;
            return isFollowed;
        }
    }

    /// <summary>From here on all is told.</summary>
    /// <param name="last">The newest event of the log; null: there is none.</param>
    /// <param name="at">The clock's timestamp before it was read.</param>
    internal void Begin(Event? last, long at)
    {
        lock (sync)
        {
            Clear();
            newest = last;
            isFollowed = true;
        }

        TellToForget(); // what is in the caches may be older than where this begins
        Volatile.Write(ref lookedAt, at);
    }

    /// <summary>Tells what follows the newest event in the log, as far as it was not told yet.</summary>
    /// <param name="events">Numbers ascending by one.</param>
    /// <param name="at">The clock's timestamp before they were read.</param>
    internal void Hear(IReadOnlyList<Event> events, long at)
    {
        List<Event> unheard;
        lock (sync)
        {
            unheard = [.. events.Where(e => e.Number > NewestNumber && !ahead.ContainsKey(e.Number))];
        }

        if (unheard.Count > 0)
        {
            TellCaches(unheard);
        }

        lock (sync)
        {
            foreach (var happened in events)
            {
                KeepOn();
                if (happened.Number == NewestNumber + 1)
                {
                    Keep(happened);
                }
            }

            KeepOn();
        }

        Volatile.Write(ref lookedAt, at);
        if (events.Count > 0)
        {
            SignalNews();
        }
    }

    /// <summary>What is known of the log is not to be built upon any more.</summary>
    /// <param name="hasOtherPast">Whether it is even wrong, as after a backup was restored.</param>
    internal void Forget(bool hasOtherPast)
    {
        lock (sync)
        {
            Clear();
        }

        if (hasOtherPast)
        {
            Interlocked.Increment(ref pasts);
        }

        TellToForget();
    }

    /// <summary>The events behind a number, from memory.</summary>
    /// <param name="after">The number.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="events">Ascending, without a gap; none if there are no newer ones.</param>
    /// <returns>False: they are not all here.</returns>
    internal bool TryRead(long after, int most, [NotNullWhen(true)] out List<Event>? events)
    {
        lock (sync)
        {
            var behind = NewestNumber - after;
            var isHere = isFollowed && behind >= 0 && behind <= recent.Count;
            events = isHere ? recent.GetRange(recent.Count - (int)behind, (int)Math.Min(behind, most)) : null;
            return isHere;
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Clear()
    {
        ahead.Clear();
        recent.Clear();
        (newest, isFollowed, recentCharacters) = (null, false, 0);
        Volatile.Write(ref lookedAt, long.MinValue);
    }

    /// <summary>Carries on with this process's own commits.</summary>
    private void KeepOn()
    {
        while (ahead.Count > 0 && ahead.Remove(NewestNumber + 1, out var next))
        {
            Keep(next);
        }
    }

    private void Keep(Event happened)
    {
        newest = happened;
        recent.Add(happened);
        recentCharacters += happened.Data?.Length ?? 0;
        while (recent.Count > Kept || (recentCharacters > KeptCharacters && recent.Count > 1))
        {
            recentCharacters -= recent[0].Data?.Length ?? 0;
            recent.RemoveAt(0);
        }
    }

    private void SignalNews() => Interlocked.Exchange(ref news, New()).TrySetResult();

    private void TellToForget()
    {
        foreach (var listener in listeners)
        {
            Run(listener.Forget, 0);
        }

        SignalNews();
    }

    private void Run(Action listener, long number)
    {
        try
        {
            listener();
        }
        catch (Exception exception)
        {
            // The change is committed: its writer must not hear that it failed, and the other caches must hear of it.
            log.LogError(exception, "A listener failed on the events from {Number} on.", number);
        }
    }

    private sealed record Listener(Action<IReadOnlyList<Event>> Told, Action Forget);
}
