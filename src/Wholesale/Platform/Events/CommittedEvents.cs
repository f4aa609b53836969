namespace Wholesale.Platform.Events;

/// <summary>
/// Tells this process's caches of what this process committed, in commit order and before the writer has its answer. What other nodes commit is not heard
/// here: every cache also checks itself within two seconds. Thread-safe.
/// </summary>
public sealed class CommittedEvents(ILogger<CommittedEvents> log)
{
    private readonly Lock sync = new();
    private volatile Action<IReadOnlyList<Event>>[] listeners = [];

    /// <summary>Adds a listener, for as long as the process runs.</summary>
    /// <param name="listener">Gets the events of one commit. It only marks what is stale: the next writer waits for it.</param>
    public void Subscribe(Action<IReadOnlyList<Event>> listener)
    {
        lock (sync)
        {
            listeners = [.. listeners, listener];
        }
    }

    internal void Publish(IReadOnlyList<Event> events)
    {
        if (events.Count == 0)
        {
            return;
        }

        foreach (var listener in listeners)
        {
            try
            {
                listener(events);
            }
            catch (Exception exception)
            {
                // The change is committed: its writer must not hear that it failed, and the other caches must hear of it.
                log.LogError(exception, "A listener failed on the events from {Number} on.", events[0].Number);
            }
        }
    }
}
