using Wholesale.GraphQL.Execution;

namespace Wholesale.GraphQL.Http;

/// <summary>
/// Lets so many requests run at once, lets so many more wait, and refuses the rest at once: a server that takes more than it can do answers nobody in time.
/// Thread-safe.
/// </summary>
/// <param name="maxRunning">How many run at once, at least 1.</param>
/// <param name="maxWaiting">How many wait for their turn, in the order of their coming.</param>
public sealed class RequestGate(int maxRunning = 32, int maxWaiting = 64) : IDisposable
{
    private readonly SemaphoreSlim places = new(maxRunning);
    private readonly SemaphoreSlim eventPlaces = new(Math.Max(maxRunning / 2, 1));
    private int waiting;

    /// <summary>Takes a place, which is to be given back by <see cref="Leave"/>, if one is free.</summary>
    public bool TryEnter() => places.Wait(0, CancellationToken.None);

    /// <summary>Waits for a place, which is to be given back by <see cref="Leave"/>.</summary>
    /// <returns>False if too many wait already.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled before its turn.</exception>
    public ValueTask<bool> Enter(CancellationToken cancellation) =>
        TryEnter() ? new ValueTask<bool>(true) : WaitInLine(cancellation);

    /// <summary>Whether there is a place; not if too many wait, nor if the request's time is up before its turn.</summary>
    internal async ValueTask<bool> MayEnter(RequestContext context)
    {
        try
        {
            return TryEnter() || await Enter(context.Cancellation);
        }
        catch (OperationCanceledException) when (context.IsTimedOut)
        {
            return false;
        }
    }

    /// <summary>Gives a place back.</summary>
    public void Leave() => places.Release();

    /// <summary>
    /// Waits for a place for the event of a stream, to be given back by <see cref="LeaveEvent"/>. None is refused, since a stream must not miss one, and there are never
    /// more than streams; but together they take half of the places, so that requests are answered meanwhile.
    /// </summary>
    /// <exception cref="OperationCanceledException">It was cancelled before its turn.</exception>
    internal async ValueTask EnterEvent(CancellationToken cancellation)
    {
        await eventPlaces.WaitAsync(cancellation);
        try
        {
            await places.WaitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            eventPlaces.Release();
            throw;
        }
    }

    /// <summary>Gives an event's place back.</summary>
    internal void LeaveEvent()
    {
        places.Release();
        eventPlaces.Release();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        places.Dispose();
        eventPlaces.Dispose();
    }

    private async ValueTask<bool> WaitInLine(CancellationToken cancellation)
    {
        try
        {
            if (Interlocked.Increment(ref waiting) > maxWaiting)
            {
                return false;
            }

            await places.WaitAsync(cancellation);
            return true;
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }
}
